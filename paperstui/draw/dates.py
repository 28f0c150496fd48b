"""Dates as the screen shows them: "4 Jun", "8 Feb 2023", "Thu 4 Jun 2026"."""

from __future__ import annotations

from datetime import date, datetime, timezone

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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
