"""The way from day to day: where to begin, what lies before and after, and how fresh a day is."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from paperstui import clock
from paperstui.library.store import Library
from paperstui.usecases.asking import FOUND
from paperstui.usecases.results import Place

FEED = "daily"

SETTLES_AFTER = timedelta(days=3)
"""A day's list still grows for a day or two; after that it is not asked for again unless the user says so."""


def start_place(library: Library) -> Place:
    """The newest day with papers; on a library without any the newest day the feed can have."""
    after_all = date.max.isoformat()
    newest = library.neighbour(FEED, after_all, -1)
    return Place("today", newest or clock.newest_feed_day().isoformat())


def neighbour(library: Library, place: Place, step: int, *, here_only: bool) -> Place | None:
    """The day before (-1) or after (1); weekends are passed over unless the library has papers of theirs.

    here_only: only days that the library has. Returns None at the ends of the archive.
    """
    day = place.day
    if day is None:
        return start_place(library)
    known = library.neighbour(FEED, day.isoformat(), step)
    here = date.fromisoformat(known) if known else None
    if here_only:
        return Place("today", known) if known else None
    if step < 0:
        beside = clock.weekday_before(day)
        target = max(beside, here) if here else beside
        return Place("today", target.isoformat()) if target >= clock.ARCHIVE_START else None
    beside = clock.weekday_after(day)
    # Beyond the newest day only what is here: another device's clock may be ahead.
    candidates = [here] if here else []
    if beside <= clock.newest_feed_day():
        candidates.append(beside)
    return Place("today", min(candidates).isoformat()) if candidates else None


def fetched_at(library: Library, place: Place) -> int | None:
    """When a day was last fetched; for a view of many days, when the newest one was. Unix seconds."""
    if place.view == FOUND and place.period:
        found = library.period("search", place.period)
        return found.fetched_at if found else None
    period = place.period or start_place(library).period
    known = library.period(FEED, period) if period else None
    return known.fetched_at if known else None


def settled(library: Library, place: Place) -> bool:
    """Whether a day is here whole, and was fetched late enough that it does not grow any more."""
    day = place.day
    known = library.period(FEED, day.isoformat()) if day else None
    if day is None or known is None or not known.complete or known.fetched_at is None:
        return False
    return datetime.fromtimestamp(known.fetched_at, timezone.utc).date() >= day + SETTLES_AFTER
