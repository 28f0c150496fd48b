from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.lines import line_width, plain
from paperstui.draw.notes import no_note_lines, note_lines


def test_a_note_is_markdown_with_formulas_and_its_own_line_breaks() -> None:
    lines = [plain(line) for line in note_lines("# Plan\nThe **bound** $\\alpha^2$\ncosts $5.\n\n- a", 40)]
    assert [line for line in lines if line] == ["Plan", "The bound α²", "costs $5.", "• a"]


@given(st.text(max_size=300), st.integers(20, 90))
def test_no_line_is_too_wide(text: str, cells: int) -> None:
    assert all(line_width(line) <= cells for line in note_lines(text, cells))


def test_where_there_is_none_the_key_is_named() -> None:
    assert "press e to write one" in plain(no_note_lines(60)[0])
