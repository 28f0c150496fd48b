"""Which papers came lately: onto the list of a day, or into the library while they are new."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

LATE = timedelta(days=3)
"""How much older than the day of their arrival papers may be and still be news: a weekend and a holiday.

What is older was fetched to fill the archive.
"""

# Only the lists of a day tell that something appeared. The others, of a week, a month, what is trending, a search or a
# file of the user's, hold papers of any age: what they bring is news by its own days alone, and not without any.
_ARRIVED = """
SELECT p.rowid FROM papers p WHERE p.first_seen >= :since
    AND (p.listed >= :day OR (p.listed IS NULL AND p.published >= :start))
UNION
SELECT l.paper FROM listings l WHERE l.first_seen >= :since
    AND (l.feed = 'daily' OR l.feed GLOB 'arxiv:*') AND l.period >= :day
"""


def arrived_since(moment: datetime) -> tuple[str, dict[str, object]]:
    """The statement, and its values, for the rowids of all papers that are news since a moment.

    A paper is news when it came since then onto the list of a day, of the Daily Papers or of arXiv, or into the library
    from elsewhere, and that day, or else the one it was published on, is not more than `LATE` older than the moment.
    """
    day = (moment.astimezone(timezone.utc) - LATE).date()
    start = datetime.combine(day, time(), timezone.utc)
    return _ARRIVED, {"since": int(moment.timestamp()), "start": int(start.timestamp()), "day": day.isoformat()}
