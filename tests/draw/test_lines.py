from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.lines import Line, Span, fit, line_width, marked, paragraph, parted, plain, spread, wrap_spans
from paperstui.text.width import width
from tests.draw.samples import CELLS, INK, LINE, SPAN, TEXT


def letters(spans: list[Span]) -> list[tuple[str, str]]:
    """What is not white space, letter by letter with its ink."""
    return [(letter, ink) for text, ink in spans for letter in text if not letter.isspace()]


def merged(line: Line) -> list[tuple[str, str]]:
    return [(letter, ink) for text, ink in line for letter in text]


@given(LINE, st.integers(-3, 120), INK)
def test_a_fitted_line_is_exactly_as_wide_as_asked(line: Line, cells: int, ink: str) -> None:
    assert line_width(fit(line, cells, ink)) == max(0, cells)


@given(LINE, CELLS)
def test_fitting_keeps_what_fits_and_fills_with_spaces(line: Line, cells: int) -> None:
    if line_width(line) <= cells:
        fitted = fit(line, cells, "faint")
        assert fitted[: len(line)] == line
        filler = cells - line_width(line)
        assert fitted[len(line) :] == ([(" " * filler, "faint")] if filler else [])


@given(LINE, CELLS)
def test_fitting_cuts_the_end_with_an_ellipsis(line: Line, cells: int) -> None:
    whole = plain(line)
    shown = plain(fit(line, cells)).rstrip()
    if whole.startswith(shown):
        assert not width(whole[len(shown) :].strip()) or shown.endswith("…")
    else:
        assert shown.endswith("…")
        assert whole.startswith(shown[:-1].rstrip())


def test_fitting_by_hand() -> None:
    assert fit([("Quiet ", "strong"), ("Models", "dim")], 9) == [("Quiet ", "strong"), ("Mo…", "dim")]
    assert fit([("Quiet", "strong"), (" Models", "dim")], 5) == [("Quie…", "strong")]
    assert fit([("Quiet", "strong"), ("  ", "dim")], 5) == [("Quiet", "strong"), ("", "dim")]
    assert fit([("量子", "text")], 4) == [("量子", "text")]
    assert fit([("量子化", "text")], 5) == [("量子…", "text")]
    assert fit([("量子", "text")], 3, "dim") == [("量…", "text")]
    assert fit([("量子化", "text")], 4, "dim") == [("量…", "text"), (" ", "dim")]
    assert fit([("a", "text")], 3, "dim") == [("a", "text"), ("  ", "dim")]
    assert fit([("a", "text")], 0) == []
    assert fit([], 2, "dim") == [("  ", "dim")]


@given(LINE, LINE, st.integers(-3, 160), INK)
def test_two_parts_make_exactly_one_line(left: Line, right: Line, cells: int, ink: str) -> None:
    assert line_width(spread(left, right, cells, ink)) == max(0, cells)


@given(LINE, LINE, CELLS)
def test_the_right_part_is_shown_whole_or_not_at_all(left: Line, right: Line, cells: int) -> None:
    made = spread(left, right, cells)
    if line_width(left) + line_width(right) + 1 <= cells:
        assert made[: len(left)] == left
        assert right == [] or made[-len(right) :] == right
    else:
        assert made == fit(left, cells)


def test_two_parts_by_hand() -> None:
    left, right = [("left", "text")], [("right", "dim")]
    assert spread(left, right, 12, "faint") == [("left", "text"), ("   ", "faint"), ("right", "dim")]
    assert plain(spread(left, right, 10)) == "left right"
    assert plain(spread(left, right, 9)) == "left     "
    assert plain(spread(left, right, 3)) == "le…"


@given(TEXT, INK, st.integers(2, 80))
def test_a_paragraph_is_no_wider_than_asked(text: str, ink: str, cells: int) -> None:
    lines = paragraph(text, ink, cells)
    assert all(line_width(line) <= cells for line in lines)
    assert [letter for line in lines for letter in letters(line)] == letters([(text, ink)])


@given(TEXT, st.integers(6, 80))
def test_an_indented_paragraph_begins_every_line_with_it(text: str, cells: int) -> None:
    lines = paragraph(text, "dim", cells, indent="  - ")
    assert lines
    assert all(line[0] == ("  - ", "dim") for line in lines)
    assert all(line_width(line) <= cells for line in lines)


@given(st.lists(SPAN, max_size=8), st.integers(2, 80))
def test_wrapped_spans_keep_every_letter_its_order_and_its_ink(spans: list[Span], cells: int) -> None:
    lines = wrap_spans(spans, cells)
    assert letters([span for line in lines for span in line]) == letters(spans)


@given(st.lists(SPAN, max_size=8), st.integers(2, 80))
def test_wrapped_spans_are_no_wider_than_asked(spans: list[Span], cells: int) -> None:
    assert all(width(plain(line)) <= cells for line in wrap_spans(spans, cells))


@given(st.lists(SPAN, max_size=8), st.integers(2, 80))
def test_wrapped_spans_of_one_ink_are_one_span(spans: list[Span], cells: int) -> None:
    for line in wrap_spans(spans, cells):
        assert all(before[1] != after[1] for before, after in pairwise(line))
        assert all(text for text, _ in line)


def test_wrapping_spans_by_hand() -> None:
    spans = [("Quiet ", "text"), ("models for", "italic"), (" loud data", "text")]
    assert wrap_spans(spans, 12) == [
        [("Quiet ", "text"), ("models", "italic")],
        [("for", "italic"), (" loud", "text")],
        [("data", "text")],
    ]
    assert [plain(line) for line in wrap_spans([("a\n", "text"), ("b", "dim")], 10)] == ["a", "b"]
    assert [plain(line) for line in wrap_spans([], 10)] == [""]


@given(st.lists(TEXT, max_size=8), INK, st.integers(2, 80))
def test_facts_are_no_wider_than_asked_and_none_is_lost(parts: list[str], ink: str, cells: int) -> None:
    lines = parted(parts, ink, cells)
    assert all(width(plain(line)) <= cells for line in lines)
    assert {used for line in lines for _, used in line} <= {ink}
    kept = "".join(plain(line) for line in lines).replace("·", "")
    assert "".join(kept.split()) == "".join("".join(parts).replace("·", "").split())


def test_facts_by_hand() -> None:
    facts = ["▲ 42", "3 comments", "from Sue Bmit", "an author takes part"]
    assert [plain(line) for line in parted(facts, "dim", 30)] == [
        "▲ 42 · 3 comments",
        "from Sue Bmit",
        "an author takes part",
    ]
    assert [plain(line) for line in parted(facts, "dim", 60)] == [" · ".join(facts)]
    assert [plain(line) for line in parted(facts[2:], "dim", 9)] == ["from Sue", "Bmit", "an author", "takes", "part"]
    assert parted([], "dim", 60) == []


MARKS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)).filter(lambda pair: pair[0] < pair[1]), max_size=5)


@given(TEXT, MARKS)
def test_marking_changes_inks_and_nothing_else(text: str, marks: list[tuple[int, int]]) -> None:
    marks = sorted((start, min(end, len(text))) for start, end in marks if start < len(text))
    expected = [
        (letter, "match" if any(start <= index < end for start, end in marks) else "title")
        for index, letter in enumerate(text)
    ]
    assert merged(marked(text, "title", marks, "match")) == expected


def test_marking_by_hand() -> None:
    assert marked("quiet models", "title", [(0, 5)], "match") == [("quiet", "match"), (" models", "title")]
    assert marked("quiet", "title", [], "match") == [("quiet", "title")]


@pytest.mark.parametrize("line", [[], [("a", "text"), ("量", "dim")], [("", "text")]])
def test_a_plain_line_is_its_text(line: Line) -> None:
    assert plain(line) == "".join(text for text, _ in line)
    assert line_width(line) == sum(width(text) for text, _ in line)
