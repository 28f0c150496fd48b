"""Days, weeks and months as a person types them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui import clock
from paperstui.periods import beside, containing, days_of, feed_of
from paperstui.query.moment import LONGEST, NOT_A_DATE, Moment, moment

TODAY = date(2026, 6, 4)
DAYS = st.dates(clock.ARCHIVE_START, TODAY)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("mon", "2026-06-01"),
        ("Monday", "2026-06-01"),
        ("thu", "2026-06-04"),
        ("last thu", "2026-05-28"),
        ("fri", "2026-05-29"),
        ("today", "2026-06-04"),
        ("yesterday", "2026-06-03"),
        ("2025-12-24", "2025-12-24"),
        ("2025/12/4", "2025-12-04"),
        ("24.12.", "2025-12-24"),
        ("24.12", "2025-12-24"),
        ("24.12.2024", "2024-12-24"),
        ("4.6.26", "2026-06-04"),
        ("dec 24", "2025-12-24"),
        ("24 December", "2025-12-24"),
        ("Dec 24, 2024", "2024-12-24"),
        ("24th dec. 2024", "2024-12-24"),
        ("29 feb", "2024-02-29"),
        ("last week", "2026-W22"),
        ("this-week", "2026-W23"),
        ("last month", "2026-05"),
        ("2026-W23", "2026-W23"),
        ("w53", "2020-W53"),
        ("week 1", "2026-W01"),
        ("W23 2025", "2025-W23"),
        ("w30", "2025-W30"),
        ("june 2026", "2026-06"),
        ("2025-12", "2025-12"),
        ("july", "2025-07"),
        ("jun", "2026-06"),
        ("3d", "2026-06-01"),
        ("3 days ago", "2026-06-01"),
        ("2w", "2026-W21"),
        ("6m", "2025-12"),
        ("4", "2026-06-04"),
        ("31", "2026-05-31"),
    ],
)
def test_what_is_typed_means_a_period(text: str, period: str) -> None:
    if period == "2020-W53":
        assert moment(text, TODAY).problem == "the first Daily Papers are of 2023-05-04"
    else:
        assert moment(text, TODAY) == Moment(period)
        assert moment(f"  {text.upper()} ", TODAY) == Moment(period)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "type a day"),
        ("soon", NOT_A_DATE),
        ("2026-02-30", "no such day"),
        ("2025-W53", "no such day"),
        ("31.2.", "no such day"),
        ("99", NOT_A_DATE),
        ("2027-01-01", "2027-01-01 is in the future"),
        ("tomorrow", "2026-06-05 is in the future"),
        ("next thursday", "2026-06-11 is in the future"),
        ("next fri", "2026-06-05 is in the future"),
        ("next month", "2026-07 is in the future"),
        ("2023-05-03", "the first Daily Papers are of 2023-05-04"),
        ("99999d", "the first Daily Papers"),
        ("9" * 70, "too long"),
    ],
)
def test_a_wrong_word_says_so(text: str, words: str) -> None:
    found = moment(text, TODAY)
    assert found.period == ""
    assert len(found.problem) <= 44, "it fits into the smallest calendar"
    assert words in found.problem or (text == "99" and "no such day" in found.problem)


@given(st.one_of(st.text(max_size=LONGEST + 5), st.text("0123456789-./wdm janfeblstuek", max_size=14)), st.dates())
def test_it_never_fails_and_never_leaves_the_archive(text: str, today: date) -> None:
    found = moment(text, today)
    assert bool(found.period) is not bool(found.problem)
    if found.period:
        days = days_of(found.period)
        assert days is not None
        assert days[0] <= today
        assert days[1] >= clock.ARCHIVE_START


@given(DAYS)
def test_every_way_to_write_a_day_is_read(day: date) -> None:
    short, long = f"{day:%b}".lower(), f"{day:%B}"
    ways = (
        day.isoformat(), f"{day:%Y/%m/%d}", f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}",
        f"{short} {day.day} {day.year}", f"{day.day} {long} {day.year}", f"{long} {day.day}, {day.year}",
        f"{(TODAY - day).days}d",
    )  # fmt: skip
    assert {moment(way, TODAY) for way in ways} == {Moment(day.isoformat())}
    without = TODAY - timedelta(days=364)
    if day > without:
        assert (
            moment(f"{day.day}.{day.month}.", TODAY) == moment(f"{short} {day.day}", TODAY) == Moment(day.isoformat())
        )


@given(DAYS, st.sampled_from(["weekly", "monthly"]))
def test_weeks_and_months_are_read_as_they_are_stored(day: date, feed: str) -> None:
    period = containing(feed, day)
    assert moment(period, TODAY) == Moment(period)
    assert moment(period.lower(), TODAY) == Moment(period)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["daily", "weekly", "monthly"]))
def test_periods_follow_each_other_without_a_gap(day: date, feed: str) -> None:
    period = containing(feed, day)
    days, after = days_of(period), beside(period, 1)
    assert days is not None
    assert days[0] <= day <= days[1]
    assert feed_of(period) == feed
    assert after is not None
    assert beside(after, -1) == period
    following = days_of(after)
    assert following is not None
    assert following[0] == days[1] + timedelta(days=1)


def test_weeks_at_the_ends_of_years() -> None:
    assert containing("weekly", date(2021, 1, 3)) == "2020-W53"
    assert containing("weekly", date(2026, 12, 31)) == "2026-W53"
    assert beside("2026-W53", 1) == "2027-W01"
    assert beside("2025-W52", 1) == "2026-W01"
    assert beside("2021-W01", -1) == "2020-W53"
    assert [days_of(text) for text in ("2025-W53", "2026-13", "2026-6", "20260604", "2026-W2", "odd", "")] == [None] * 7
    assert beside("9999-12", 1) is None
    assert beside("0001-01", -1) is None
