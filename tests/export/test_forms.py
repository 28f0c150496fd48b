"""Addresses, Markdown links and JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from paperstui.export.forms import FORMS, pieces
from paperstui.export.json_form import KEYS, paper_json
from paperstui.export.plain import link, markdown_link
from paperstui.export.urls import abs_url, doi, hf_url, pdf_url
from paperstui.models import Author, Detail, Listing, Organization, Paper, State
from paperstui.text.clean import clean_line, safe_url
from tests.export.making import found

PAPER = Paper(id="2606.01234", title="Tern: Two-Bit Weights")
UNKNOWN = Paper(id="title:0123456789abcdef", title="Tern & Kite: 100% of what?")


def test_a_paper_on_arxiv_has_all_addresses() -> None:
    assert abs_url(PAPER) == link(PAPER) == "https://arxiv.org/abs/2606.01234"
    assert pdf_url(PAPER) == "https://arxiv.org/pdf/2606.01234"
    assert hf_url(PAPER, "https://hub.example.org/") == "https://hub.example.org/papers/2606.01234"
    assert doi(PAPER) == "10.48550/arXiv.2606.01234"


def test_a_paper_known_by_its_title_is_searched_for() -> None:
    assert (abs_url(UNKNOWN), pdf_url(UNKNOWN), doi(UNKNOWN)) == ("", "", "")
    assert link(UNKNOWN) == "https://huggingface.co/papers?q=Tern%20%26%20Kite%3A%20100%25%20of%20what%3F"
    assert link(replace(UNKNOWN, title="")) == ""


@pytest.mark.parametrize("paper_id", ["../../etc/passwd", "2606.01234v2", "2606.1", "x\n2606.01234", ""])
def test_an_id_that_is_not_one_makes_no_address(paper_id: str) -> None:
    paper = replace(PAPER, id=paper_id, title="")
    assert (abs_url(paper), pdf_url(paper), hf_url(paper), link(paper)) == ("", "", "", "")


@given(st.text(max_size=300))
def test_every_address_may_be_opened(title: str) -> None:
    address = hf_url(replace(UNKNOWN, title=clean_line(title)))
    assert safe_url(address) == address or len(address) > 2_048


def test_a_title_with_a_formula_is_linked_as_unicode() -> None:
    paper = replace(PAPER, title=r"$\ell_2$ Norms [draft]", text_source="arxiv")
    assert markdown_link(paper).startswith("[ℓ")
    assert "\\[draft\\]](https://arxiv.org/abs/2606.01234)" in markdown_link(paper)


@given(st.text(alphabet="ab[]()`*_<>!#&;~|\\$ \"'^{}@:/.hx", min_size=1, max_size=40))
def test_markdown_shows_the_title_and_nothing_else(title: str) -> None:
    title = clean_line(title)
    written = markdown_link(replace(PAPER, title=title, text_source="hf"))
    (paragraph,) = [
        token for token in MarkdownIt("gfm-like", {"linkify": False}).parse(written) if token.type == "inline"
    ]
    children = paragraph.children or []
    assert [token.type for token in children if token.type.startswith("link")] == ["link_open", "link_close"]
    assert children[0].attrs == {"href": "https://arxiv.org/abs/2606.01234"}
    assert {token.type for token in children} <= {"link_open", "text", "text_special", "link_close"}
    assert json.dumps("".join(token.content for token in children)) == json.dumps(json_title(title))


def json_title(title: str) -> str:
    found: str = paper_json(detail(replace(PAPER, title=title)))["title"]
    return found


def detail(paper: Paper, state: State | None = None) -> Detail:
    return Detail(
        rowid=7,
        paper=paper,
        state=state or State(),
        listings=(),
        votes=(),
        first_seen=1_780_531_200,
        updated=1_780_531_200,
    )


def test_a_bare_paper_has_all_keys_in_their_order() -> None:
    found = paper_json(detail(UNKNOWN))
    assert tuple(found) == KEYS
    assert " ".join(KEYS) == (
        "id title abstract authors organization published listed feed period upvotes comments url pdf_url code_url "
        "code_stars keywords summary categories read starred queued hidden tags note first_seen author_count"
    )
    nothing = {key for key, value in found.items() if value is None}
    assert nothing == {
        "organization", "published", "listed", "feed", "period", "upvotes", "comments", "pdf_url", "code_url",
        "code_stars", "author_count",
    }  # fmt: skip
    assert found["first_seen"] == "2026-06-04T00:00:00+00:00"


def test_a_full_paper_says_everything() -> None:
    paper = Paper(
        id="2606.01234",
        title=r"$\ell_2$ of Schr\"odinger",
        abstract=r"It is 5\% \emph{better}.",
        text_source="arxiv",
        authors=(Author("Zoë Garcíanda"), Author("Not Shown", hidden=True)),
        author_count=40,
        organization=Organization("kite", "Kite Lab 🥭"),
        published=1_780_444_800,
        listed="2026-06-04",
        upvotes=0,
        comments=2,
        summary="Short.",
        keywords=("one", "two"),
        code_url="https://git.example.org/kite/tern",
        code_stars=0,
        categories=("cs.CL",),
    )
    state = State(read=True, starred=True, queued=1.5, hidden=True, tags=("thesis",), note="line\nline")
    found = paper_json(detail(paper, state), Listing(feed="daily", period="2026-06-04", rank=3))
    assert "Schrödinger" in found["title"]
    assert "$" not in found["title"]
    assert found["abstract"] == "It is 5% better."
    assert found["authors"] == ["Zoë Garcíanda"]
    assert found["author_count"] == 40
    assert found["organization"] == "Kite Lab 🥭"
    assert (found["published"], found["listed"]) == ("2026-06-03", "2026-06-04")
    assert (found["feed"], found["period"]) == ("daily", "2026-06-04")
    assert (found["upvotes"], found["comments"], found["code_stars"]) == (0, 2, 0)
    assert found["url"] == "https://arxiv.org/abs/2606.01234"
    assert [found[key] for key in ("read", "starred", "queued", "hidden")] == [True, True, True, True]
    assert (found["tags"], found["note"]) == (["thesis"], "line\nline")
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("note", [" ", "\n \n", "\u2003"])
@pytest.mark.parametrize("form", FORMS)
def test_a_note_of_white_space_is_none(form: str, note: str) -> None:
    assert "".join(pieces(form, found(PAPER, state=State(note=note)))) == "".join(pieces(form, found(PAPER)))
