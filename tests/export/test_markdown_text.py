from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paperstui.export.markdown_text import code, markdown_link, paragraph

LINES = st.text(alphabet=st.sampled_from("ab 019.)-+=*_#>~`|[]()<>&;!\\\"'$:/wé"), max_size=30).map(
    lambda text: " ".join(text.split())
)

# fmt: off
BLOCKS = [
    "- item", "+ item", "* item", "1. item", "123456789) item", "# no", "> no", "===", "--", "---", "+++", "-", "=", "1.",
    "* * *", "~~~", "```", "| a | b |", "[x](y)", "<b>", "&amp;", "a  \\", "**bold**", "_it_", "![x](y)", "[x]: y",
]
# fmt: on


def only(markdown: str, kind: str = "commonmark") -> tuple[str, list[tuple[str, str]]]:
    """The text of the one paragraph that Markdown is, and its inline parts."""
    tokens = MarkdownIt(kind, {"linkify": False}).parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    parts = tokens[1].children or []
    return "".join(part.content for part in parts), [(part.type, part.content) for part in parts]


@pytest.mark.parametrize("text", BLOCKS)
@pytest.mark.parametrize("kind", ["commonmark", "gfm-like"])
def test_a_paragraph_shows_its_text(text: str, kind: str) -> None:
    shown, parts = only(paragraph(text), kind)
    assert shown == " ".join(text.split())
    assert {kind for kind, _ in parts} <= {"text", "text_special"}


@given(LINES.filter(bool))
def test_any_line_is_a_paragraph(text: str) -> None:
    assert only(paragraph(text))[0] == text


@given(LINES.filter(bool))
def test_any_line_is_a_link(text: str) -> None:
    shown, parts = only(markdown_link(text, "https://example.org/(a)?b=[c]"))
    assert shown == text
    assert parts[0][0] == "link_open"
    assert parts[-1][0] == "link_close"


def test_a_link_without_an_address_is_its_text() -> None:
    assert markdown_link("a*b", "") == r"a\*b"
    assert markdown_link("a", "https://x.example/(y)") == "[a](https://x.example/%28y%29)"


@given(LINES.filter(bool))
def test_any_line_is_code(text: str) -> None:
    shown, parts = only("x " + code(text))
    assert parts[-1] == ("code_inline", text), shown
