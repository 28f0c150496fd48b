"""A day, a week or a month as a person types it: `mon`, `24.12.`, `dec 24`, `last week`, `2026-W23`, `june 2026`, `3d`.

What has no year, no month or no week of its own is the last such one that is not after today.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from paperstui import clock
from paperstui.periods import MONTH, WEEK, beside, containing, days_of

LONGEST = 60
"""Characters that are read at most."""

NOT_A_DATE = "Not a date. Try: mon, 24.12., last week, 3d"
"""What is said of a text that means nothing. No problem has more cells than the smallest calendar has room for."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"d": "daily", "w": WEEK, "m": MONTH}
_CENTURY = 2000
_MOST_BACK = 10_000

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", re.ASCII)
_ISO_WEEK = re.compile(r"(?:(\d{4})[- ]?)?(?:w|week ?)(\d{1,2})(?: (\d{4}))?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{4}|\d{2})?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,5}) ?(d|w|m|days?|weeks?|months?)(?: ago)?", re.ASCII)
_RELATIVE = re.compile(r"(this|last|next)[- ]?(day|week|month)", re.ASCII)
_LAST_DAY = re.compile(r"(?:(last|this|next)[- ])?([a-z]+)", re.ASCII)
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?", re.ASCII)


class Moment(NamedTuple):
    """What was meant: a period ("2026-06-04", "2026-W23", "2026-06"), or why it cannot be had."""

    period: str = ""
    problem: str = ""


def moment(text: str, today: date | None = None) -> Moment:
    """The period that a text means. It never fails: what means nothing, or nothing that there is, has a problem."""
    today = today or clock.today()
    words = " ".join(text[: LONGEST + 1].lower().replace(",", " ").split())
    if not words:
        return Moment(problem="type a day, a week or a month")
    if len(words) > LONGEST:
        return Moment(problem="that is too long for a day")
    try:
        period = _read(words, today)
    except (ValueError, OverflowError):
        return Moment(problem="there is no such day")
    if period is None:
        return Moment(problem=NOT_A_DATE)
    return _within(period, today)


def _within(period: str, today: date) -> Moment:
    days = days_of(period)
    if days is None:
        return Moment(problem="there is no such day")
    if days[0] > today:
        return Moment(problem=f"{period} is in the future")
    if days[1] < clock.ARCHIVE_START:
        return Moment(problem=f"the first Daily Papers are of {clock.ARCHIVE_START}")
    return Moment(period)


def _read(words: str, today: date) -> str | None:
    for way in (_named, _iso, _week, _ago, _relative, _dotted, _written, _bare):
        found = way(words, today)
        if found is not None:
            return found
    return None


def _named(words: str, today: date) -> str | None:
    if words in ("today", "now", "newest", "latest"):
        return today.isoformat()
    if words in ("yesterday", "tomorrow"):
        return (today + timedelta(days=1 if words == "tomorrow" else -1)).isoformat()
    found = _LAST_DAY.fullmatch(words)
    for names in (_DAYS, _LONG_DAYS):
        if found and found[2] in names:
            back = (today.weekday() - names.index(found[2])) % 7
            if found[1] == "next":
                return (today + timedelta(days=7 - back)).isoformat()
            return (today - timedelta(days=back or (7 if found[1] == "last" else 0))).isoformat()
    return None


def _iso(words: str, today: date) -> str | None:
    del today
    found = _ISO.fullmatch(words)
    if found is None:
        return None
    if found[3] is None:
        return date(int(found[1]), int(found[2]), 1).isoformat()[:7]
    return date(int(found[1]), int(found[2]), int(found[3])).isoformat()


def _week(words: str, today: date) -> str | None:
    found = _ISO_WEEK.fullmatch(words)
    if found is None or (found[1] and found[3]):
        return None
    number, year = int(found[2]), found[1] or found[3]
    if year:
        return containing(WEEK, date.fromisocalendar(int(year), number, 1))
    this = today.isocalendar().year
    for year_before in range(this, this - 8, -1):
        # Not every year has a week 53.
        period = f"{year_before:04}-W{number:02}"
        days = days_of(period)
        if days is not None and days[0] <= today:
            return period
    raise ValueError(number)


def _ago(words: str, today: date) -> str | None:
    found = _AGO.fullmatch(words)
    if found is None:
        return None
    return _back(_UNITS[found[2][0]], int(found[1]), today)


def _relative(words: str, today: date) -> str | None:
    found = _RELATIVE.fullmatch(words)
    if found is None:
        return None
    return _back(_UNITS[found[2][0]], {"this": 0, "last": 1, "next": -1}[found[1]], today)


def _back(feed: str, count: int, today: date) -> str:
    """The period so many before that of today."""
    if feed == MONTH:
        months = today.year * 12 + today.month - 1 - count
        return date(months // 12, months % 12 + 1, 1).isoformat()[:7]
    return containing(feed, today - timedelta(days=count * (7 if feed == WEEK else 1)))


def _dotted(words: str, today: date) -> str | None:
    found = _DOTTED.fullmatch(words)
    if found is None:
        return None
    return _of_year(int(found[1]), int(found[2]), found[3], today)


def _written(words: str, today: date) -> str | None:
    """A month by its name, with a day or a year or both, in any order."""
    parts = words.split(" ")
    names = [part for part in parts if _month(part)]
    others = [part for part in parts if not _month(part)]
    if len(names) != 1 or len(others) > 2:
        return None
    month = _month(names[0])
    years = [part for part in others if len(part) == 4 and part.isascii() and part.isdigit()]
    days = [found[1] for part in others if (found := _DAY_OF_MONTH.fullmatch(part))]
    if len(years) + len(days) != len(others) or len(years) > 1 or len(days) > 1:
        return None
    year = years[0] if years else None
    if days:
        return _of_year(int(days[0]), month, year, today)
    if year:
        return date(int(year), month, 1).isoformat()[:7]
    return date(today.year - (month > today.month), month, 1).isoformat()[:7]


def _bare(words: str, today: date) -> str | None:
    """A day of this month, or of the one before."""
    found = _DAY_OF_MONTH.fullmatch(words)
    if found is None:
        return None
    day = int(found[1])
    month = containing(MONTH, today)
    for _ in range(_MOST_BACK):
        days = days_of(month)
        if days is None or not 1 <= day <= 31:
            break
        if day <= days[1].day and (there := days[0].replace(day=day)) <= today:
            return there.isoformat()
        month = beside(month, -1) or ""
    raise ValueError(day)


def _month(word: str) -> int:
    """The number of a month by its name; 0 for none."""
    name = word.rstrip(".")
    for names in (_MONTHS, _LONG_MONTHS):
        if name in names:
            return names.index(name) + 1
    return 9 if name == "sept" else 0


def _of_year(day: int, month: int, year: str | None, today: date) -> str:
    """A day of a year, or without one the last such day."""
    if year is not None:
        number = int(year)
        return date(number if len(year) > 2 else _CENTURY + number, month, day).isoformat()
    for before in range(9):
        try:
            found = date(today.year - before, month, day)
        except ValueError:
            continue  # the 29th of February
        if found <= today:
            return found.isoformat()
    raise ValueError(day)
