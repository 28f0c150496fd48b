from __future__ import annotations

from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw import dates

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (0, "1970-01-01"),
        (86_399, "1970-01-01"),
        (86_400, "1970-01-02"),
        (-1, "1969-12-31"),
        (1_780_531_199, "2026-06-03"),
        (1_780_531_200, "2026-06-04"),
    ],
)
def test_the_day_of_a_moment_is_the_utc_day(seconds: int, day: str) -> None:
    assert dates.day_of(seconds).isoformat() == day


@pytest.mark.parametrize(
    ("day", "short", "full", "weekday"),
    [
        ("2026-06-04", "4 Jun", "4 Jun 2026", "Thu 4 Jun 2026"),
        ("2026-01-01", "1 Jan", "1 Jan 2026", "Thu 1 Jan 2026"),
        ("2025-12-31", "31 Dec 2025", "31 Dec 2025", "Wed 31 Dec 2025"),
        ("2027-02-07", "7 Feb 2027", "7 Feb 2027", "Sun 7 Feb 2027"),
        ("2024-02-29", "29 Feb 2024", "29 Feb 2024", "Thu 29 Feb 2024"),
    ],
)
def test_a_day_in_words(day: str, short: str, full: str, weekday: str) -> None:
    given_day = date.fromisoformat(day)
    assert dates.short(given_day, date(2026, 6, 4)) == short
    assert dates.full(given_day) == full
    assert dates.weekday(given_day) == weekday


@given(DAYS)
def test_a_full_date_names_the_day_it_was_made_of(day: date) -> None:
    name, rest = dates.weekday(day).split(" ", 1)
    assert rest == dates.full(day)
    read = datetime.strptime(f"{name} {rest}", "%a %d %b %Y").replace(tzinfo=timezone.utc).date()
    assert read == day
    assert name == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]


@given(DAYS, DAYS)
def test_a_short_date_leaves_out_this_year_and_no_other(day: date, today: date) -> None:
    if day.year == today.year:
        assert dates.short(day, today) == dates.full(day).rpartition(" ")[0]
    else:
        assert dates.short(day, today) == dates.full(day)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-06-04", "4 Jun 2026"),
        ("2026-W01", "Week 1 2026"),
        ("2026-06", "June 2026"),
        ("“a search”", "“a search”"),
    ],
)
def test_a_period_in_few_words_may_still_say_its_year(text: str, shown: str) -> None:
    assert dates.dated_period(text) == shown
