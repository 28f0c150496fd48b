from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query.tree import Compare
from paperstui.query.values import BIGGEST, days, number, resolve, unfinished_days, unfinished_number

THURSDAY = date(2026, 6, 4)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5", 5, 5), ("=5", 5, 5), (">50", 51, None), (">=3", 3, None), ("≥3", 3, None), ("=>3", 3, None), ("<10", None, 9),
        ("<=10", None, 10), ("≤10", None, 10), ("5..10", 5, 10), ("10..5", 5, 10), ("5..", 5, None), ("..10", None, 10),
        ("1k", 1000, 1000), (">1K", 1001, None), ("1,500", 1500, 1500), ("-5", -5, -5), ("0", 0, 0), ("007", 7, 7),
        ("9" * 30, BIGGEST, BIGGEST), (">" + "9" * 5000, BIGGEST, None), ("<-" + "9" * 30, None, -BIGGEST),
    ],
)  # fmt: skip
def test_numbers(text: str, low: int | None, high: int | None) -> None:
    assert number("upvotes", text) == Compare("upvotes", low, high)


@pytest.mark.parametrize(
    "text", ["", ">", "abc", "5x", "1.5", "..", "5...6", "a..5", "5..b", ">5..9", "1e3", "٣", "1,00"]
)
def test_what_is_no_number(text: str) -> None:
    assert number("upvotes", text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-06-04", "2026-06-04", "2026-06-04"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-W23", "2026-06-01", "2026-06-07"),
        ("2026-w01", "2025-12-29", "2026-01-04"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("2025-Q4..2026-Q1", "2025-10-01", "2026-03-31"),
        (">2026-Q1", "2026-04-01", None),
        ("2026-05..2026-06", "2026-05-01", "2026-06-30"),
        ("2026-06..2026-05", "2026-05-01", "2026-06-30"),
        ("2026-05..", "2026-05-01", None),
        ("..2026-05", None, "2026-05-31"),
        (">2026-05", "2026-06-01", None),
        (">=2026-05", "2026-05-01", None),
        ("<2026-05", None, "2026-04-30"),
        ("<=2026-05", None, "2026-05-31"),
        ("=2026-05", "2026-05-01", "2026-05-31"),
        ("7d", "2026-05-28", None),
        ("2w", "2026-05-21", None),
        ("1m", "2026-05-04", None),
        ("1y", "2025-06-04", None),
        ("0d", "2026-06-04", None),
        (">7d", None, "2026-05-27"),
        (">=7d", None, "2026-05-28"),
        ("<7d", "2026-05-29", None),
        ("<=7d", "2026-05-28", None),
        ("=7d", "2026-05-28", "2026-05-28"),
        ("14d..7d", "2026-05-21", "2026-05-28"),
        ("7d..14d", "2026-05-21", "2026-05-28"),
        ("7d..", "2026-05-28", None),
        ("today", "2026-06-04", "2026-06-04"),
        ("Yesterday", "2026-06-03", "2026-06-03"),
        ("thu", "2026-06-04", "2026-06-04"),
        ("fri", "2026-05-29", "2026-05-29"),
        ("monday", "2026-06-01", "2026-06-01"),
        ("mon..fri", "2026-05-25", "2026-05-29"),
        ("mon..wed", "2026-06-01", "2026-06-03"),
        ("mon..today", "2026-06-01", "2026-06-04"),
        ("this-week", "2026-06-01", "2026-06-07"),
        ("last-week", "2026-05-25", "2026-05-31"),
        ("this-month", "2026-06-01", "2026-06-30"),
        ("last-month", "2026-05-01", "2026-05-31"),
        ("this-quarter", "2026-04-01", "2026-06-30"),
        ("last-quarter", "2026-01-01", "2026-03-31"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        (">this-week", "2026-06-08", None),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("9999-W52", "9999-12-27", "9999-12-31"),
        (">9999-12-31", "9999-12-31", None),
        ("<0001-01-01", None, "0001-01-01"),
        ("9999999d", "0001-01-01", None),
        ("9999999y", "0001-01-01", None),
    ],
)
def test_days(text: str, first: str | None, last: str | None) -> None:
    found = days("listed", text)
    assert found is not None
    shown = tuple(day.isoformat() if day else None for day in resolve(found, THURSDAY))
    assert shown == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-13", "2026-02-30", "0000", "q1", "2026-Q", "2026-W54",
     "2026-Q0", "2026-Q5", "2026-6-4", "7", "7x", "d", "..", ">", "this-day", "last-",
     "2026-05...2026-06", "x..2026", "2026..x", "12345678d", "٢٠٢٦"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert days("listed", text) is None


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (date(2026, 3, 31), "1m", date(2026, 2, 28)),
        (date(2024, 2, 29), "1y", date(2023, 2, 28)),
        (date(2026, 1, 15), "2m", date(2025, 11, 15)),
        (date(2026, 6, 7), "sun", date(2026, 6, 7)),
        (date(2026, 6, 8), "last-week", date(2026, 6, 1)),
    ],
)
def test_days_count_from_the_day_that_is_given(today: date, text: str, expected: date) -> None:
    found = days("listed", text)
    assert found is not None
    assert resolve(found, today)[0] == expected


@given(text=st.text(alphabet="0123456789-wdmyq.<>=todayesrlnku", max_size=24), today=st.dates())
def test_days_and_numbers_never_raise(text: str, today: date) -> None:
    unfinished_days(text)
    unfinished_number(text)
    number("upvotes", text)
    found = days("listed", text)
    if found is not None:
        first, last = resolve(found, today)
        assert first is not None or last is not None
        assert first is None or last is None or first <= last


@given(
    text=st.sampled_from(
        ["2026-06-04", "2026-W23", "2026-Q2", "yesterday", "this-week", "2026-05..2026-06", ">2026-05"]
    )
)
def test_every_beginning_of_a_date_may_become_one(text: str) -> None:
    assert all(unfinished_days(text[:end]) for end in range(len(text)))
