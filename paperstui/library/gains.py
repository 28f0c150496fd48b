"""What papers have gained since the user last looked, and when that was.

The user looks in sittings. A sitting lasts while keys are pressed, and ends when none is for four hours or the reader is
closed and stays so for as long. What papers have gained is counted from the end of the sitting before this one, so that
what a morning shows stays there all morning. All readers of a library share its sittings. Before the first one it is
counted from the first votes that are known.

A paper that was listed since has gained all of its votes. One that came from an earlier day counts from its first ones.
"""

from __future__ import annotations

import sqlite3
import time

from paperstui.library import meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from paperstui.light import NamedTuple

APART = 4 * 3600
"""Seconds without a look after which the next one begins another sitting."""

_BEFORE, _LAST = "looked_before", "looked_last"

# Votes are only kept when they change. What has had no others since is NULL: nothing is known to have been gained.
_GAINED = (
    "CASE WHEN (SELECT max(at) FROM votes WHERE paper = papers.rowid) > {since} THEN papers.upvotes - coalesce("
    "(SELECT v.upvotes FROM votes v WHERE v.paper = papers.rowid AND v.at <= {since} ORDER BY v.at DESC LIMIT 1),"
    " CASE WHEN papers.listed >= '{day}' THEN 0 END,"
    " (SELECT v.upvotes FROM votes v WHERE v.paper = papers.rowid"
    " AND v.at < (SELECT max(at) FROM votes WHERE paper = papers.rowid) ORDER BY v.at LIMIT 1)) END"
)
_COUNTED = (
    "SELECT rowid FROM papers WHERE hidden = 0 AND gained IS NOT NULL"
    " UNION ALL SELECT rowid FROM papers WHERE hidden = 1 AND gained IS NOT NULL"
)


class Looked(NamedTuple):
    """When the user looked, Unix seconds; None where nobody ever has.

    before: the end of the sitting before, from which gains are counted. last: the newest sign of this one.
    """

    before: int | None
    last: int | None

    def at(self, moment: int) -> Looked:
        """The same for somebody who looks at a moment."""
        if self.last is None:
            return Looked(moment, moment)
        if moment - self.last >= APART:
            return Looked(self.last, moment)
        if self.last - moment >= APART:
            # The clock was wrong.
            return Looked(moment, moment)
        return Looked(self.before, max(self.last, moment))


def looked(connection: sqlite3.Connection) -> Looked:
    """When the user looked."""
    before, last = (meta.get(connection, key) for key in (_BEFORE, _LAST))
    return Looked(None if before is None else int(before), None if last is None else int(last))


def look(connection: sqlite3.Connection, at: int) -> bool:
    """The user looks at a time; returns whether what papers have gained is counted from another moment now."""
    before = looked(connection)
    now = before.at(at)
    if now != before:
        meta.put(connection, _BEFORE, None if now.before is None else str(now.before))
        meta.put(connection, _LAST, str(now.last))
    if now.before == before.before:
        return False
    # Whatever has had other votes since the later moment has had some since the earlier one.
    connection.execute(f"UPDATE papers SET gained = {_gained(now.before)} WHERE rowid IN ({_COUNTED})")  # noqa: S608
    return True


def columns(connection: sqlite3.Connection, at: int | None = None) -> dict[str, str]:
    """The SQL of what a paper has gained, and of whether all of that is because it is new since.

    at: for somebody who looks at this moment, before `look` has written it down; by default as it is written down.
    """
    written = looked(connection)
    since = written.before if at is None else written.at(at).before
    return {
        "gained": "gained" if since == written.before else _gained(since),
        "fresh": "0" if since is None else f"first_seen > {int(since)} AND coalesce(listed >= '{_day(since)}', 0)",
    }


def of_known(connection: sqlite3.Connection, at: int | None = None) -> str:
    """The SQL of what a paper has gained that is not new since. at: as of `columns`."""
    return "CASE WHEN NOT ({fresh}) THEN {gained} END".format_map(columns(connection, at))


def of_new(since: int | None, listed: str | None, upvotes: int | None, at: int) -> int | None:
    """What a paper has gained of which nothing was known until a time. since: from when it is counted (`Looked.before`)."""
    return upvotes if since is not None and at > since and listed is not None and listed >= _day(since) else None


def count(connection: sqlite3.Connection, rowid: int, since: int | None) -> None:
    """Write down what a paper has gained, after its votes or its day have changed. since: as of `of_new`."""
    gained = _gained(since)
    connection.execute(
        f"UPDATE papers SET gained = {gained} WHERE rowid = ? AND gained IS NOT {gained}",  # noqa: S608 - our numbers
        (rowid,),
    )


def count_all(connection: sqlite3.Connection) -> None:
    """The same for all papers; for a library that was put together from parts of another."""
    connection.execute(f"UPDATE papers SET gained = {_gained(looked(connection).before)}")  # noqa: S608 - as above


def _gained(since: int | None) -> str:
    # No moment is before the first one, and no day after the last.
    return _GAINED.format(since=-1 if since is None else int(since), day="~" if since is None else _day(since))


def _day(moment: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))
