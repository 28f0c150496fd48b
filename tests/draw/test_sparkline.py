from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.lines import line_width, plain
from paperstui.draw.sparkline import POINTS, sparkline, votes_lines

TODAY = date(2026, 6, 4)
JUNE_3 = 1_780_480_000


@pytest.mark.parametrize(
    ("numbers", "blocks"),
    [
        ([], ""),
        ([5], "▁"),
        ([5, 5, 5], "▁▁▁"),
        ([0, 7], "▁█"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([42, 12, 20], "█▁▂"),
        ([0, 10**12], "▁█"),
    ],
)
def test_blocks(numbers: list[int], blocks: str) -> None:
    assert sparkline(numbers) == blocks


def test_votes_with_the_first_and_the_last_number_and_the_day() -> None:
    votes = [(JUNE_3, 12), (JUNE_3 + 3600, 14), (JUNE_3 + 7200, 42)]
    assert [plain(line) for line in votes_lines(votes, 60, TODAY)] == ["", "Votes as seen", "▁▁█  12 → 42 since 3 Jun"]


@pytest.mark.parametrize("votes", [[], [(JUNE_3, 12)], [(JUNE_3, 12), (JUNE_3 + 60, 12), (JUNE_3 + 90, 12)]])
def test_votes_that_never_changed_are_no_history(votes: list[tuple[int, int]]) -> None:
    assert votes_lines(votes, 60, TODAY) == []


def test_a_count_that_was_kept_for_its_comments_is_no_change_of_votes() -> None:
    votes = [(JUNE_3, 1), (JUNE_3 + 1, 1), (JUNE_3 + 2, 3)]
    assert plain(votes_lines(votes, 60, TODAY)[-1]) == "▁█  1 → 3 since 3 Jun"


def test_of_many_counts_the_newest_are_drawn_and_the_numbers_are_theirs() -> None:
    votes = [(JUNE_3 + 60 * number, number) for number in range(100)]
    line = plain(votes_lines(votes, 60, TODAY)[-1])
    assert line.index(" ") == POINTS
    assert "76 → 99" in line


@given(
    st.lists(st.tuples(st.integers(0, 2**32), st.integers(0, 10**9)), max_size=60),
    st.integers(10, 100),
)
def test_it_stays_within_its_cells(votes: list[tuple[int, int]], cells: int) -> None:
    lines = votes_lines(sorted(votes), cells, TODAY)
    assert all(line_width(line) <= max(cells, POINTS) for line in lines)
