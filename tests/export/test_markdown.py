"""Lists show the papers and nothing else, whatever is in them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from paperstui.export.json_form import paper_json
from paperstui.export.markdown import item, pieces
from paperstui.models import Author, Detail, Paper, State
from paperstui.text.clean import clean
from tests.export.making import PAPER, UNKNOWN, found, papers, states

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
        "  Ask *Ada*.\n"
        "  - twice\n"
        "\n"
        "  1. later\n"
    )


def test_of_many_authors_the_first_are_named_and_the_others_counted() -> None:
    many = tuple(Author(f"Ada Author{number}") for number in range(20))
    assert "Ada Author7 and 12 more ·" in item(detail(replace(PAPER, authors=many)))
    assert "Author7 and" not in item(detail(replace(PAPER, authors=many[:8])))
    assert "Ada Author0 and 46 more ·" in item(detail(replace(PAPER, authors=many[:1], author_count=47)))
    assert "\n  47 authors ·" in item(detail(replace(PAPER, authors=(), author_count=47)))


def test_what_is_not_known_is_left_out() -> None:
    assert item(detail(UNKNOWN)) == ("- [An Untraced Paper](https://huggingface.co/papers?q=An%20Untraced%20Paper)\n")


NOTES = st.lists(
    st.sampled_from(
        [
            "", " ", "    ", "a", "- b", "* b", "1. b", "> c\n", "# d", "---", "```", "~~~", "| e | f |", "| - | - |",
            "<!--", "</li></ul>", "<script>", "<div>", "`<b>`", "`a | <b>` | c", "<?x", "<https://a.example>", "$x<y$",
            "\\\\<b>", "[g]: https://a.example", "[g]", "**h**", "  - i", "    code", "- [x](y)", "&lt;b>", "<b", "k>",
        ]
    ),
    max_size=8,
).map(lambda lines: clean("\n".join(lines)))  # fmt: skip


def in_items(tokens: list[Token]) -> list[list[Token]]:
    """What each item of the one list holds."""
    assert (tokens[0].type, tokens[-1].type) == ("bullet_list_open", "bullet_list_close")
    assert [token.level for token in tokens].count(0) == 2
    begins = [at for at, token in enumerate(tokens) if (token.type, token.level) == ("list_item_open", 1)]
    ends = [at for at, token in enumerate(tokens) if (token.type, token.level) == ("list_item_close", 1)]
    return [tokens[begin + 1 : end] for begin, end in zip(begins, ends, strict=True)]


@given(papers(3), states(), NOTES | st.none())
def test_markdown_shows_the_papers_and_nothing_else(some: list[Paper], state: State, note: str | None) -> None:
    state = state if note is None else replace(state, note=note)
    given = found(*some, state=state)
    items = in_items(parsed("".join(pieces(given))))
    assert len(items) == len(some)
    for tokens, one in zip(items, given, strict=True):
        assert [token.type for token in tokens[:3]] == ["paragraph_open", "inline", "paragraph_close"]
        assert {child.type for child in tokens[1].children or []} <= INLINE
        assert shown(tokens[1]).split("\n")[0] == paper_json(one.detail)["title"]
        inner = [token for token in tokens if token.type != "inline"] + [
            child for token in tokens for child in token.children or []
        ]
        assert not [token for token in inner if token.type in ("html_block", "html_inline")]


@given(papers(2), NOTES)
def test_a_note_says_in_its_item_what_it_says_alone(some: list[Paper], note: str) -> None:
    alone = parsed(note)
    assume(not any("html" in part.type for token in alone for part in (token, *(token.children or ()))))
    said = [(token.type, token.content.rstrip(), token.markup) for token in alone]
    for tokens in in_items(parsed("".join(pieces(found(*some, state=State(note=note)))))):
        assert [(token.type, token.content.rstrip(), token.markup) for token in tokens[3:]] == said


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("<!-- gone\n\nand this", "\\<!-- gone\n\nand this"),
        ("a</li></ul>b", "a\\</li>\\</ul>b"),
        ("see <https://a.example>, `<b>` and 1 < 2", "see <https://a.example>, `<b>` and 1 < 2"),
        ("```\n<b>\n```\n\n<b>", "```\n<b>\n```\n\n\\<b>"),
        (">" * 30 + "<b>", ">" * 30 + "\\<b>"),
    ],
)
def test_html_in_a_note_is_shown_and_not_done(note: str, written: str) -> None:
    text = item(detail(PAPER, State(note=note)))
    assert text.split("\n\n", 1)[1] == "".join(f"  {line}\n" if line else "\n" for line in written.split("\n"))
