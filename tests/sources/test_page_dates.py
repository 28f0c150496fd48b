"""Dates as the site writes them, and the year of those that name none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.sources.page_dates import Written, page_day, paper_day, read_date


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Jun 4", Written(6, 4)),
        ("Feb 8, 2023", Written(2, 8, 2023)),
        ("Feb 16, 2025 2", Written(2, 16, 2025, 2)),
        ("Apr 19 2", Written(4, 19, None, 2)),
        ("Apr 19 2024", Written(4, 19, 2024)),
        ("Apr 19 1,204", Written(4, 19, None, 1204)),
        ("June 4, 2026", Written(6, 4, 2026)),
        ("Thu, Jun 4", Written(6, 4)),
        ("Thursday, June 4th, 2026", Written(6, 4, 2026)),
        ("4 Jun 2026", Written(6, 4, 2026)),
        ("Sept. 1", Written(9, 1)),
        ("2026-06-04", Written(6, 4, 2026)),
        ("MAY 1", Written(5, 1)),
        ("Feb 29", Written(2, 29)),
        ("Feb 29, 2024", Written(2, 29, 2024)),
    ],
)
def test_dates(text: str, written: Written) -> None:
    assert read_date(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "June 2026",
        "Jun 31",
        "Feb 30, 2024",
        "Feb 29, 2023",
        "Jun 4, 26",
        "Marching 4",
        "Jun 4 and more",
        "4",
        "2026-13-01",
        "Jun 0",
        "Jun ٤",
        "Jun 4, 2026 2 3",
        "J" * 50,
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


JUNE = Written(6, 4)


def test_the_year_is_the_first_after_all_that_are_written() -> None:
    assert page_day(JUNE, [2023, 2025, 2017], date(2026, 11, 22), None) == (date(2026, 6, 4), [])
    assert page_day(JUNE, [2023], date(2024, 6, 4), None) == (date(2024, 6, 4), [])


def test_a_file_may_be_a_day_behind_because_of_time_zones() -> None:
    assert page_day(JUNE, [2025], date(2026, 6, 3), None) == (date(2026, 6, 4), [])


def test_a_file_that_is_older_than_that_decides_with_a_note() -> None:
    day, notes = page_day(JUNE, [2025], date(2026, 6, 2), None)
    assert day == date(2025, 6, 4)
    assert len(notes) == 1
    assert "2026" in notes[0]
    assert "--date" in notes[0]


def test_a_file_of_that_very_day_in_a_later_year_is_worth_a_note() -> None:
    day, notes = page_day(JUNE, [2023], date(2026, 6, 4), None)
    assert day == date(2024, 6, 4)
    assert "2026" in notes[0]
    assert page_day(JUNE, [2023], date(2026, 11, 22), None)[1] == []


def test_without_any_year_the_file_decides() -> None:
    assert page_day(JUNE, [], date(2026, 6, 4), None) == (date(2026, 6, 4), [])
    assert page_day(JUNE, [], date(2026, 3, 1), None) == (date(2025, 6, 4), [])


def test_a_year_that_is_written_is_believed() -> None:
    assert page_day(Written(6, 4, 2024), [2025], date(2026, 1, 1), None) == (date(2024, 6, 4), [])


def test_what_the_user_says_decides() -> None:
    assert page_day(JUNE, [2025], date(2020, 1, 1), date(2026, 6, 4)) == (date(2026, 6, 4), [])
    day, notes = page_day(JUNE, [2025], date(2026, 11, 22), date(2026, 6, 5))
    assert day == date(2026, 6, 5)
    assert "another day" in notes[0]
    assert page_day(None, [], date(2026, 11, 22), date(2026, 6, 5)) == (date(2026, 6, 5), [])


def test_a_page_without_its_day_is_of_the_file_s_day() -> None:
    day, notes = page_day(None, [2025], date(2026, 6, 4), None)
    assert day == date(2026, 6, 4)
    assert "does not name its day" in notes[0]


def test_the_last_of_february_waits_for_a_year_that_has_it() -> None:
    assert page_day(Written(2, 29), [2020], date(2026, 1, 1), None) == (date(2024, 2, 29), [])
    assert page_day(Written(2, 29), [], date(2026, 1, 1), None) == (date(2024, 2, 29), [])


def test_a_paper_s_date_without_a_year_is_of_the_page_s_year_but_not_in_its_future() -> None:
    page = date(2026, 6, 4)
    assert paper_day(Written(4, 22), page) == date(2026, 4, 22)
    assert paper_day(Written(2, 8, 2023), page) == date(2023, 2, 8)
    assert paper_day(Written(6, 5), page) == date(2026, 6, 5)
    assert paper_day(Written(12, 28), page) == date(2025, 12, 28)
    assert paper_day(Written(2, 29), page) is None


@given(
    st.dates(date(2010, 1, 1), date(2030, 12, 31)),
    st.dates(date(2010, 1, 1), date(2030, 12, 31)),
    st.lists(st.integers(2000, 2030)),
)
def test_any_page_has_a_day(heading: date, file_day: date, years: list[int]) -> None:
    day, _ = page_day(Written(heading.month, heading.day), years, file_day, None)
    assert day <= file_day + timedelta(days=1)
    assert (day.month, day.day) == (heading.month, heading.day) or day == file_day
