"""When arXiv announces: Sunday to Thursday at 20:00 in New York, listed from midnight on (https://info.arxiv.org/help/availability.html).

So the daily lists are of Monday to Friday, and on Saturdays, Sundays and some holidays they are empty.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from paperstui import clock

GRACE = timedelta(minutes=30)
"""After midnight, until a list is out."""

_SATURDAY = 5


def new_york(at: datetime | None = None) -> datetime:
    """A moment as arXiv's own clock shows it; by default now."""
    return (at or clock.now()).astimezone(_zone())


def expected_day(at: datetime | None = None) -> date:
    """The day of the newest list that should be out at a moment, by default now."""
    day = (new_york(at) - GRACE).date()
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day


def next_list(at: datetime | None = None) -> datetime:
    """When the next list should be out, in UTC: not before that can there be anything new."""
    moment = at or clock.now()
    day = (new_york(moment) - GRACE).date() + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return (datetime.combine(day, time(), _zone()) + GRACE).astimezone(timezone.utc)


def announces_on(day: date) -> bool:
    """Whether a day has a list, holidays aside."""
    return day.weekday() < _SATURDAY


def _zone() -> ZoneInfo:
    return ZoneInfo("America/New_York")
