"""What other processes have fetched: it is in the library already, and only has to be shown."""

from __future__ import annotations

from msgspec.structs import replace

from paperstui import clock
from paperstui.library.store import Library
from paperstui.models import Upserted
from paperstui.usecases.periods import newest_periods
from paperstui.usecases.results import Refreshed

_NEW = (
    "SELECT p.rowid FROM papers p WHERE p.rowid IN (SELECT paper FROM listings WHERE feed = ? AND period = ?)"
    " AND p.first_seen >= ?"
)
_UPDATED = _NEW.replace("p.first_seen >= ?", "p.first_seen < ? AND p.updated >= ?")


def fetched_at(library: Library, feed: str, period: str | None = None) -> int | None:
    """When an issue of a feed, by default the newest there is, was last fetched whole, Unix seconds; None for never."""
    newest: int | None = None
    for candidate in [period] if period else newest_periods(feed):
        known = library.period(feed, candidate)
        if known is None or known.fetched_at is None or not known.complete:
            return None
        newest = known.fetched_at if newest is None else min(newest, known.fetched_at)
        if known.papers:
            break
    return newest


def brought(library: Library, feed: str, period: str | None, since: int) -> Refreshed | None:
    """What came of an issue, by default the newest there is, since a moment (Unix seconds), whoever fetched it.

    None where it was not fetched whole since then.
    """
    at = fetched_at(library, feed, period)
    if at is None or at < since:
        return None
    for candidate in [period] if period else newest_periods(feed):
        known = library.period(feed, candidate)
        if known is not None and known.papers:
            new = library.rows(library.rowids(_NEW, (feed, candidate, since)))
            updated = library.rows(library.rowids(_UPDATED, (feed, candidate, since, since)))
            return Refreshed(
                feed=feed,
                period=candidate,
                papers=known.papers,
                upserted=Upserted(new=tuple(row.id for row in new), updated=tuple(row.id for row in updated)),
                elsewhere=True,
            )
    return Refreshed(feed=feed, period=period or newest_periods(feed)[0], elsewhere=True)


def recent(library: Library, feed: str, period: str | None = None) -> Refreshed | None:
    """An issue of a feed, by default the newest there is, that any process has just fetched whole; None where none has."""
    from paperstui.usecases.scheduler import RECENT

    at = fetched_at(library, feed, period)
    age = -1 if at is None else clock.seconds() - at
    there = brought(library, feed, period, at) if at is not None and 0 <= age < RECENT else None
    # What was new then was told to whoever fetched it.
    return None if there is None else replace(there, upserted=Upserted(), age=age)
