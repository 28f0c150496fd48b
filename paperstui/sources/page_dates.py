"""Dates as the Daily Papers site writes them, "Jun 4" and "Feb 8, 2023", and the year of those that name none.

The site leaves the year out where it is the present one, so a page names every year but its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TAIL = r"(?:\s+(?P<number>\d[\d,]{0,8}))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?{_TAIL}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?{_TAIL}",
        rf"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d){_TAIL}",
    )
)
_LEAP_YEAR = 2024
_YEARS_TRIED = 8
_LONGEST = 40
_ONE_DAY = timedelta(days=1)


class Written(NamedTuple):
    """A date as it is written: the year may be missing. `number` is a count that stands behind it."""

    month: int
    day: int
    year: int | None = None
    number: int | None = None

    def on(self, year: int) -> date | None:
        """The day in a year (the written one if there is one), or None where that year has no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def read_date(text: str) -> Written | None:
    """The date that a whole line is, with a count behind it if there is one; None if it is anything else."""
    if len(text) > _LONGEST:
        return None
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        name, year, number = found["month"].lower(), found["year"], found["number"]
        month = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1
        count = None if number is None else int(number.replace(",", ""))
        written = Written(month, int(found["day"]), int(year) if year else None, count)
        return written if written.on(_LEAP_YEAR) is not None or (written.year is not None and written.on(0)) else None
    return None


def page_day(
    heading: Written | None, years: Iterable[int], file_day: date, given: date | None
) -> tuple[date, list[str]]:
    """The day of a page and what the user should know about how it was found.

    heading: what the page says. years: all years that dates on the page name. file_day: when the file was last changed
    (UTC). given: what the user says, which decides.

    Without a year in the heading it is the first year after all that are named, unless the file is older than that.
    """
    if given is not None:
        other = heading is not None and heading.on(given.year) != given
        return given, [f"the page names another day than {given}, which was asked for"] if other else []
    if heading is None:
        return file_day, [
            f"the page does not name its day: taken from the file's time, {file_day} (--date says it better)"
        ]
    if heading.year is not None:
        return heading.on(heading.year) or file_day, []
    newest = file_day + _ONE_DAY
    latest = _latest(heading, newest)
    named = max(years, default=None)
    if named is None:
        return latest or file_day, []
    day = next(filter(None, (heading.on(named + step) for step in range(1, _YEARS_TRIED + 1))), file_day)
    if day > newest:
        found = latest or file_day
        return found, [
            f"the page should be of {day.year}, but the file is older: taken as {found} (--date says it better)"
        ]
    if latest is not None and latest.year > day.year and file_day - latest <= _ONE_DAY:
        return day, [
            f"the page is taken as {day}, though the file's time speaks for {latest.year} (--date says it better)"
        ]
    return day, []


def paper_day(written: Written, day: date) -> date | None:
    """The day a paper on a page of `day` names. Without a year it is of the page's own, but never in its future."""
    found = written.on(day.year)
    if written.year is None and (found is None or found > day + _ONE_DAY):
        return written.on(day.year - 1)
    return found


def _latest(heading: Written, newest: date) -> date | None:
    """The last time a month and day was, up to a day."""
    tried = (heading.on(newest.year - step) for step in range(_YEARS_TRIED + 1))
    return next((day for day in tried if day is not None and day <= newest), None)
