"""Lists show the papers and nothing else, whatever is in them."""

from __future__ import annotations

from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from paperstui.export.json_form import paper_json
from paperstui.export.markdown import item, pieces
from paperstui.models import Author, Detail, Paper, State
from tests.export.making import PAPER, UNKNOWN, found, papers, states

ALLOWED = {
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "paragraph_open", "paragraph_close",
    "blockquote_open", "blockquote_close", "inline",
}  # fmt: skip
INLINE = {"text", "text_special", "link_open", "link_close", "softbreak", "hardbreak"}


def parsed(text: str) -> list[Token]:
    return MarkdownIt("gfm-like", {"linkify": False}).parse(text)


def shown(token: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or [])


def detail(paper: Paper, state: State | None = None) -> Detail:
    return found(paper, state=state)[0].detail


def test_an_item_says_what_the_paper_says() -> None:
    paper = replace(PAPER, code_url="https://git.example.org/tern")
    assert item(detail(paper, State(tags=("thesis",), note="Ask *Ada*.\n- twice\n\n1. later"))) == (
        "- [Tern: LLaMA with 𝒪(n log n) \\& 50% less](https://arxiv.org/abs/2606.01234)\\\n"
        "  Ashild Wintermolen, Zoë Garcíanda, DeepWell-AI, Joost van der Lind Jr. · 2026-06-03 · cs.CL"
        " · [PDF](<https://arxiv.org/pdf/2606.01234>) · [code](<https://git.example.org/tern>) · \\#thesis\n"
        "\n"
        "  > Ask \\*Ada\\*.\\\n"
        "  > \\- twice\n"
        "  >\n"
        "  > 1\\. later\n"
    )


def test_of_many_authors_the_first_are_named_and_the_others_counted() -> None:
    many = tuple(Author(f"Ada Author{number}") for number in range(20))
    assert "Ada Author7 and 12 more ·" in item(detail(replace(PAPER, authors=many)))
    assert "Author7 and" not in item(detail(replace(PAPER, authors=many[:8])))
    assert "Ada Author0 and 46 more ·" in item(detail(replace(PAPER, authors=many[:1], author_count=47)))
    assert "\n  47 authors ·" in item(detail(replace(PAPER, authors=(), author_count=47)))


def test_what_is_not_known_is_left_out() -> None:
    assert item(detail(UNKNOWN)) == ("- [An Untraced Paper](https://huggingface.co/papers?q=An%20Untraced%20Paper)\n")


@given(papers(3), states())
def test_markdown_shows_the_papers_and_nothing_else(some: list[Paper], state: State) -> None:
    given = found(*some, state=state)
    tokens = parsed("".join(pieces(given)))
    assert {token.type for token in tokens} <= ALLOWED
    assert [token.type for token in tokens].count("bullet_list_open") == 1
    assert [token.type for token in tokens].count("list_item_open") == len(some)
    inlines = [token for token in tokens if token.type == "inline"]
    for token in inlines:
        assert {child.type for child in token.children or []} <= INLINE
    titles = [shown(token).split("\n")[0] for token in inlines if shown(token).split("\n")[-1].find("PDF") >= 0]
    assert titles == [paper_json(one.detail)["title"] for one in given]
    notes = "\n".join(shown(token) for token in inlines if token.level > 3).split()
    assert notes == " ".join([state.note] * len(some)).split()
