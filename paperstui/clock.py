"""The one clock. "Today", ages and journal times are taken from here, so `PAPERSTUI_NOW` can set them all."""

from __future__ import annotations

import os
import time
from datetime import date, datetime, timedelta, timezone

ARCHIVE_START = date(2023, 5, 4)
"""The first day of Hugging Face Daily Papers."""

_BREATH = 0.0001  # seconds; the system makes about twice as much of it


def now() -> datetime:
    """The present time in UTC; `PAPERSTUI_NOW` (an ISO time, UTC unless it says otherwise) replaces it.

    Raises:
        UsageError: `PAPERSTUI_NOW` is not an ISO time.
    """
    fixed = os.environ.get("PAPERSTUI_NOW")
    if not fixed:
        return datetime.now(timezone.utc)
    try:
        value = datetime.fromisoformat(fixed)
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        from paperstui.errors import UsageError

        raise UsageError("PAPERSTUI_NOW is not an ISO time such as 2026-06-04T09:00:00+00:00") from None


def seconds() -> int:
    """The present time as whole Unix seconds."""
    return int(now().timestamp())


def wall() -> float:
    """The machine's own time in Unix seconds, whatever `PAPERSTUI_NOW` says: for pauses that a service asked for."""
    return time.time()


def milliseconds() -> int:
    """The present time as whole Unix milliseconds, for journal entries."""
    if os.environ.get("PAPERSTUI_NOW"):
        return int(now().timestamp() * 1000)
    return time.time_ns() // 1_000_000


def today() -> date:
    """The present day in UTC, which is how the Daily Papers count days."""
    return now().date()


def newest_feed_day(at: datetime | None = None) -> date:
    """The newest day the Daily Papers feed can have, never later than the UTC day.

    Hugging Face's own client takes the New York date and moves to the next day at 21:30 there; a day after the UTC
    date is answered with an error, so the result is clamped to it.
    """
    moment = at or now()
    utc = moment.astimezone(timezone.utc)
    if (utc.hour, utc.minute) >= (2, 30):
        # In New York, four or five hours behind, it is 21:30 or later, or that day already.
        return utc.date()
    # Not before it is needed: a start is spared it.
    from zoneinfo import ZoneInfo

    local = moment.astimezone(ZoneInfo("America/New_York"))
    day = local.date()
    if (local.hour, local.minute) >= (21, 30):
        day += timedelta(days=1)
    return min(day, utc.date())


def weekday_before(day: date) -> date:
    """The last weekday before a day; the feed has no papers on Saturdays and Sundays."""
    day -= timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def weekday_after(day: date) -> date:
    """The first weekday after a day."""
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def give_way() -> None:
    """Let the other threads of this process go on: for long work, between two pieces of it that take a millisecond.

    Python lets a thread that waits have its turn after 5 ms of another's, and counts anew whenever that one asks SQLite
    for something, which is back before the waiting one has woken up. So a thread that stores papers would hold up keys
    for tens of milliseconds.
    """
    import threading

    if threading.active_count() > 1:
        time.sleep(_BREATH)


def age(then: int, at: int | None = None) -> str:
    """How long ago a Unix time was, in words: "just now", "3 min ago", "2 h ago", "5 days ago"."""
    passed = max(0, (seconds() if at is None else at) - then)
    if passed < 60:
        return "just now"
    if passed < 3600:
        return f"{passed // 60} min ago"
    if passed < 86_400:
        return f"{passed // 3600} h ago"
    days = passed // 86_400
    return "1 day ago" if days == 1 else f"{days} days ago"
