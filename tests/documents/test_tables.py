from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.blocks import Align, Cell, Inline, Table
from paperstui.documents.tables import table_lines
from paperstui.text.inked import line_width, plain


def table(text: str, aligns: tuple[Align, ...] = (), head: int = 1, caption: str = "") -> Table:
    parts = [[cell.strip() for cell in line.split("|")] for line in text.split("\n")]
    rows = tuple(tuple(Cell((Inline(cell),) if cell else ()) for cell in row) for row in parts)
    return Table(rows, aligns, head, (Inline(caption),) if caption else ())


def drawn(shown: Table, cells: int) -> list[str]:
    return [plain(line).rstrip() for line in table_lines(shown, cells)]


def test_a_table_that_fits_is_as_wide_as_it_needs() -> None:
    assert drawn(table("name|score\nours|9.5\nthe other|12.25", ("left", "right"), caption="Table 1: Scores"), 60) == [
        "Table 1: Scores",
        "name       score",
        "────────────────",
        "ours         9.5",
        "the other  12.25",
    ]


def test_the_widest_columns_are_narrowed_and_wrapped() -> None:
    assert drawn(table("a|words that go on and on for long|b\n1|short|2\n3|x|4"), 24) == [
        "a  words that go on    b",
        "   and on for long",
        "────────────────────────",
        "1  short               2",
        "3  x                   4",
    ]


def test_rows_of_several_lines_are_told_apart() -> None:
    assert drawn(table("a|one two three four\nb|x", head=0), 12) == ["a  one two", "   three", "   four", "", "b  x"]


def test_a_table_too_wide_is_shown_in_parts_with_its_first_column() -> None:
    header = "|".join(["method", *(f"benchmark{n}" for n in range(5))])
    assert drawn(table(f"{header}\nours|1|2|3|4|5"), 32) == [
        "columns 2 to 3 of 6",
        "method  benchmark0  benchmark1",
        "──────────────────────────────",
        "ours             1           2",
        "",
        "columns 4 to 5 of 6",
        "method  benchmark2  benchmark3",
        "──────────────────────────────",
        "ours             3           4",
        "",
        "column 6 of 6",
        "method  benchmark4",
        "──────────────────",
        "ours             5",
    ]


def test_cells_may_span_columns_also_across_parts() -> None:
    def cell(text: str, columns: int = 1) -> Cell:
        return Cell((Inline(text),), columns)

    spanned = Table(
        ((cell("m"), cell("first", 2), cell("second", 2)), tuple(cell(text) for text in ("m", "a1", "b2", "c3", "d4"))),
        head=1,
    )
    assert drawn(spanned, 60) == ["m  first   second", "─────────────────", "m  a1  b2  c3  d4"]
    wide = Table((spanned.rows[0], tuple(cell(text * 6) for text in ("m", "a1", "b2", "c3", "d4"))), head=1)
    parts = drawn(wide, 40)
    assert [line.split() for line in parts if "first" in line or "second" in line] == [["m", "first"], ["m", "second"]]


def test_a_ragged_table_has_empty_cells() -> None:
    assert drawn(table("a|b|c\n1\n1|2|3|4"), 40) == ["a  b  c", "──────────", "1", "1  2  3  4"]


def test_wide_letters_keep_the_columns() -> None:
    assert drawn(table("論文|b\n12345|c", head=0), 40) == ["論文   b", "12345  c"]


def test_an_empty_table_is_nothing() -> None:
    assert drawn(Table(()), 40) == []
    assert drawn(Table(((),)), 40) == []


def test_a_table_without_end_says_what_is_left_out() -> None:
    lines = drawn(table("\n".join("a|b" for _ in range(2_500))), 40)
    assert lines[-1] == "500 more rows are not shown."
    assert drawn(table("|".join("a" * 70)), 40)[-1] == "10 more columns are not shown."


def test_numbers_stand_on_the_right_whatever_the_source_says() -> None:
    shown = table("run|score|gain|note\n1|9.5|+0.3 ± 0.1|so\n2|12.25|–|2\n3|—|-12 %|3", ("left", "left", "center"))
    assert drawn(shown, 60) == [
        "run  score        gain  note",
        "────────────────────────────",
        "1      9.5  +0.3 ± 0.1  so",
        "2    12.25           –  2",
        "3        —       -12 %  3",
    ]


def test_a_table_too_wide_goes_on_beyond_the_text_where_there_is_room() -> None:
    wide = table("|".join(["method", *(f"benchmark{n}" for n in range(5))]) + "\n" + "|".join("abcdef"))
    assert len(drawn(wide, 32)) > 9
    lines = [plain(line).rstrip() for line in table_lines(wide, 32, 80)]
    assert lines[0].split() == ["method", *(f"benchmark{n}" for n in range(5))]
    assert len(lines) == 3
    narrow = table("a|words that go on and on for long|b\n1|short|2\n3|x|4")
    assert table_lines(narrow, 24, 80) == table_lines(narrow, 24)


def test_parts_are_about_as_wide_as_each_other() -> None:
    shown = table("|".join(["name", *(f"column{n}" for n in range(6))]) + "\n" + "|".join("abcdefg"))
    parts = [line.split()[1:] for line in drawn(shown, 52) if line.startswith("name")]
    assert [len(part) for part in parts] == [3, 3]


TEXT = st.lists(st.sampled_from(["a", "words", "longer", "fourteenletter", "論文", "0.5"]), max_size=5).map(" ".join)


@given(
    st.lists(st.lists(TEXT, min_size=1, max_size=9), min_size=1, max_size=6),
    st.integers(12, 90),
    st.integers(0, 2),
    st.integers(0, 150),
)
def test_every_line_fits_and_every_letter_is_there(cells: list[list[str]], room: int, head: int, wide: int) -> None:
    rows = tuple(tuple(Cell((Inline(text),) if text else ()) for text in row) for row in cells)
    lines = table_lines(Table(rows, head=head), room, wide)
    assert all(line_width(line) <= max(room, wide) for line in lines)
    shown = "".join(plain(line) for line in lines)
    for letter in set("".join("".join(row) for row in cells)) - {" "}:
        assert shown.count(letter) >= sum(row.count(letter) for row in map("".join, cells))


@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_alignment(align: Align) -> None:
    line = drawn(table("x\nlonger", (align,), head=0), 20)[0]
    assert line == {"left": "x", "right": "     x", "center": "  x"}[align]
