"""Dates and periods as the screen shows them: "4 Jun", "8 Feb 2023", "Thu 4 Jun 2026", "Week 23 · 1–7 Jun 2026", "June 2026"."""

from __future__ import annotations

from datetime import date, datetime, timezone

from paperstui.periods import days_of, kind_of

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_of(seconds: int) -> date:
    """The UTC day of a Unix time."""
    return datetime.fromtimestamp(seconds, timezone.utc).date()


def short(day: date, today: date) -> str:
    """A day without its year when that is this year's."""
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def full(day: date) -> str:
    """A day with its year: "8 Feb 2023"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """A day with its weekday and year: "Thu 4 Jun 2026"."""
    return f"{_DAYS[day.weekday()]} {full(day)}"


def period(text: str) -> str:
    """A period in words: "Thu 4 Jun 2026", "Week 23 · 1–7 Jun 2026", "June 2026"; what is none is left as it is."""
    days = days_of(text)
    if days is None:
        return text
    first, last = days
    if first == last:
        return weekday(first)
    if "W" not in text:
        return f"{_LONG_MONTHS[first.month - 1]} {first.year}"
    if first.year != last.year:
        span = f"{full(first)} – {full(last)}"
    elif first.month != last.month:
        span = f"{short(first, last)} – {full(last)}"
    else:
        span = f"{first.day}–{full(last)}"
    return f"Week {int(text[-2:])} · {span}"


def short_period(text: str) -> str:
    """A period in as few words as can be, for where its year is clear: "4 Jun", "Week 23", "June"."""
    days = days_of(text)
    if days is None:
        return text
    first, last = days
    if first == last:
        return short(first, first)
    return f"Week {int(text[-2:])}" if "W" in text else _LONG_MONTHS[first.month - 1]


def dated_period(text: str) -> str:
    """A period in few words that still say its year: "4 Jun 2026", "Week 23 2026", "June 2026"."""
    days = days_of(text)
    if days is None:
        return text
    if days[0] == days[1]:
        return full(days[0])
    return f"{short_period(text)} {text[:4]}"


def issue(feed: str, text: str, today: date | None = None) -> str:
    """An issue of a feed in words, where the feed has to be said: "Trending · Fri 21 Aug 2026".

    today: where there is little room, a day is told without its weekday, and without its year when that is this day's.
    """
    days = days_of(text)
    name = "arXiv · " if feed.startswith("arxiv:") else "Trending · " if feed == "trending" else ""
    return name + (short(days[0], today) if today and days and days[0] == days[1] else period(text))


def this_one(feed: str) -> str:
    """What an issue of a feed is called: "day", "week", "month", "list"."""
    return "list" if feed == "trending" or feed.startswith("arxiv:") else kind_of(feed)
