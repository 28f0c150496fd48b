from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.choices import (
    NARROWEST,
    WIDEST,
    key_lines,
    problem_cells,
    problem_lines,
    suggestion_cells,
    suggestion_lines,
    waiting_lines,
)
from paperstui.draw.lines import line_width, plain
from paperstui.query.completion import Candidate
from tests.draw.samples import HOSTILE

KEYS = [(key, f"title {key}", key == "b") for key in "abcdefghijkl"]


def candidate(text: str, meaning: str = "") -> Candidate:
    return Candidate(text, "value", meaning, 0, 0)


def shown(*texts: str, rows: int = 8, cells: int = 40, chosen: int = 0, top: int = 0, more: int = 0) -> list[str]:
    several = [candidate(text, f"meaning of {text}") for text in texts]
    lines = suggestion_lines(several, {}, cells, rows, chosen=chosen, top=top, more=more)
    assert {line_width(line) for line in lines} <= {cells}
    return [plain(line) for line in lines]


def test_suggestions_by_hand() -> None:
    several = [candidate("cat:cs.CL", "Computation and Language"), candidate("cat:cs.LG", "Machine Learning")]
    lines = suggestion_lines(several, {"cat:cs.CL": 1214}, 60, 8, chosen=1, top=0, counted=True)
    assert [plain(line) for line in lines] == [
        "│ cat:cs.CL    1,214  Computation and Language             │",
        "▌ cat:cs.LG           Machine Learning                     │",
    ]
    assert ("cs.LG", "strong") in lines[1]
    assert ("cat:", "dim") in lines[1]


def test_what_is_not_shown_is_counted() -> None:
    assert len(shown("a", "b", "c", rows=3)) == 3
    assert shown("a", "b", "c", "d", rows=3)[-1].startswith("│ … 2 more")
    assert shown("a", "b", "c", rows=3, more=1_214)[-1].startswith("│ … 1,215 more")
    assert shown("a", "b", "c", "d", rows=3, top=2)[-1].startswith("│ no more")
    assert [line[2] for line in shown("a", "b", "c", "d", rows=3, top=2)[:2]] == ["c", "d"]


def test_where_nobody_knows_how_many_there_are_no_number_is_said() -> None:
    several = tuple(Candidate(f"keyword:{name}", "value", "", 0, 0) for name in "ab")
    lines = suggestion_lines(several, {}, 60, 8, chosen=0, top=0, more=None)
    assert plain(lines[-1]).startswith("│ … others: type on")
    assert len(lines) == 3


def test_a_box_is_as_wide_as_what_it_says_but_not_too_wide() -> None:
    one = [candidate("is:unread", "not read yet")]
    assert plain(
        suggestion_lines(one, {}, suggestion_cells(one, counted=True), 8, chosen=0, top=0, counted=True)[0]
    ) == ("▌ is:unread           not read yet │")
    assert suggestion_cells([candidate("x")], counted=False) == NARROWEST
    assert suggestion_cells([candidate("x" * 500)], counted=False) == WIDEST
    assert problem_cells("x" * 20) == 24
    assert problem_cells("x" * 500) == WIDEST


@given(st.lists(st.sampled_from(HOSTILE), max_size=6), st.integers(4, 120), st.integers(1, 9), st.booleans())
def test_hostile_values_stay_in_their_box(texts: list[str], cells: int, rows: int, counted: bool) -> None:
    several = [candidate(text, text) for text in texts]
    counts = dict.fromkeys(texts, 10**9)
    for top in range(len(several)):
        lines = suggestion_lines(several, counts, cells, rows, chosen=top, top=top, more=3, counted=counted)
        assert len(lines) <= rows
        assert {line_width(line) for line in lines} <= {cells}


@pytest.mark.parametrize("cells", [1, 3, 10, 40, 80])
@pytest.mark.parametrize("problem", ["", "short", "there is no such thing; " * 20, "x" * 300, *HOSTILE[:12]])
def test_a_problem_takes_a_few_lines_of_its_box(problem: str, cells: int) -> None:
    lines = problem_lines(problem, cells)
    assert len(lines) <= 3
    assert {line_width(line) for line in lines} <= {cells}


def test_a_long_problem_ends_in_an_ellipsis() -> None:
    assert plain(problem_lines("many words of advice " * 20, 40)[-1]).rstrip("│ ").endswith("…")
    assert "…" not in "".join(plain(line) for line in problem_lines("a few words", 40))


def test_keys_stand_in_columns() -> None:
    lines = [plain(line) for line in key_lines("S … sort by", KEYS, 50, 9)]
    assert lines[0].startswith("│ S … sort by")
    assert lines[1].startswith("│ a title a ")
    assert lines[2].startswith("│ b title b ●")
    assert {len(line) for line in lines} == {50}
    assert sorted("".join(lines).count(f"title {key}") for key, _, _ in KEYS) == [1] * len(KEYS)


def test_keys_without_room_are_counted() -> None:
    lines = [plain(line) for line in key_lines("S …", KEYS, 30, 4)]
    assert len(lines) == 4
    named = sum("".join(lines).count(title) for _, title, _ in KEYS)
    assert lines[-1].startswith(f"│ … {len(KEYS) - named} more")
    assert 0 < named < len(KEYS)


@given(st.integers(0, 100), st.integers(0, 12))
def test_keys_stay_in_their_box(cells: int, rows: int) -> None:
    lines = key_lines("S …", KEYS, cells, rows)
    assert len(lines) <= rows
    assert {line_width(line) for line in lines} <= {cells}


def test_waiting_is_one_line() -> None:
    assert [plain(line) for line in waiting_lines(20)] == ["│ counting …       │"]
