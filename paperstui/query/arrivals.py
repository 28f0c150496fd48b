"""Which papers came lately: into the library, or onto a list of a feed."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

LATE = timedelta(days=3)
"""How much older than the day of their arrival papers may be and still be news: a weekend and a holiday.

What is older was fetched to fill the archive.
"""

# Lists of papers that were on a list of a day before, and of papers that the user brought in: to be on them is no news.
_NO_NEWS = ("weekly", "monthly", "search", "imported")

_ARRIVED = f"""
SELECT p.rowid FROM papers p WHERE p.first_seen >= :since
    AND (p.listed >= :day OR (p.listed IS NULL AND (p.published IS NULL OR p.published >= :start)))
UNION
SELECT l.paper FROM listings l WHERE l.first_seen >= :since
    AND l.feed NOT IN {_NO_NEWS} AND (length(l.period) <> 10 OR l.period >= :day)
"""  # noqa: S608 - the feeds are ours


def arrived_since(moment: datetime) -> tuple[str, dict[str, object]]:
    """The statement, and its values, for the rowids of all papers that are news since a moment.

    A paper is news when it came into the library since then, or onto the list of a day or of what is trending, and it
    or that day is not more than `LATE` older.
    """
    day = (moment.astimezone(timezone.utc) - LATE).date()
    start = datetime.combine(day, time(), timezone.utc)
    return _ARRIVED, {"since": int(moment.timestamp()), "start": int(start.timestamp()), "day": day.isoformat()}
