"""Periods as they are written: a day ("2026-06-04"), an ISO week ("2026-W23"), a month ("2026-06"); and which days they have.

A feed has periods of one kind. The issues of `trending` and of arXiv are called after the day they were seen on.
"""

from __future__ import annotations

from datetime import date, timedelta

KINDS = {"daily": "day", "weekly": "week", "monthly": "month", "trending": "day"}
"""What one issue of a feed is; every other feed goes by days."""

WEEK = "weekly"
MONTH = "monthly"

_DAY_LENGTH, _WEEK_LENGTH, _MONTH_LENGTH = 10, 8, 7


def kind_of(feed: str) -> str:
    """What one issue of a feed is: "day", "week" or "month"."""
    return KINDS.get(feed, "day")


def containing(feed: str, day: date) -> str:
    """The period of a feed that has a day."""
    if feed == WEEK:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return day.isoformat()[:_MONTH_LENGTH] if feed == MONTH else day.isoformat()


def days_of(period: str) -> tuple[date, date] | None:
    """The first and the last day of a period; None for what is not written like one or is none, such as 2025-W53."""
    try:
        if len(period) == _DAY_LENGTH:
            day = date.fromisoformat(period)
            first, last = day, day
        elif len(period) == _WEEK_LENGTH and period[4:6] == "-W":
            first = date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
            last = first + timedelta(days=6)
        elif len(period) == _MONTH_LENGTH and period[4] == "-":
            first = date(int(period[:4]), int(period[5:]), 1)
            after = date(first.year + 1, 1, 1) if first.month == 12 else date(first.year, first.month + 1, 1)
            last = after - timedelta(days=1)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    # Other ways to write the same are none that is stored.
    return (first, last) if period in (first.isoformat(), containing(WEEK, first), containing(MONTH, first)) else None


def feed_of(period: str) -> str:
    """The feed of the Daily Papers whose issues are called like a period: `daily`, `weekly` or `monthly`."""
    return {_WEEK_LENGTH: WEEK, _MONTH_LENGTH: MONTH}.get(len(period), "daily")


def beside(period: str, step: int) -> str | None:
    """The week, month or day after (1) or before (-1) one; None where the calendar ends, or for what is no period."""
    days = days_of(period)
    if days is None:
        return None
    try:
        return containing(feed_of(period), (days[1] if step > 0 else days[0]) + timedelta(days=step))
    except OverflowError:
        return None
