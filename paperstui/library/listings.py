"""Where and when papers were listed, how they were voted, and which issues of a feed are known."""

from __future__ import annotations

import sqlite3
from typing import Any

from paperstui.feeds import parts
from paperstui.library.identity import chunks, resolve
from paperstui.models import Listing, Period, Vote


def add_listing(connection: sqlite3.Connection, paper: int, listing: Listing, at: int) -> None:
    """Record an appearance of a paper that is not known."""
    seen = listing.rank, listing.upvotes, listing.comments, listing.submitter
    connection.execute(
        "INSERT INTO listings(feed, period, paper, rank, upvotes, comments, submitter, first_seen, last_seen)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (listing.feed, listing.period, paper, *seen, at, at),
    )


def put_listing(connection: sqlite3.Connection, paper: int, listing: Listing, at: int) -> bool:
    """Record a paper's appearance as it was seen at a time; returns whether anything but that time is new."""
    row = connection.execute(
        "SELECT rank, upvotes, comments, submitter, last_seen FROM listings"
        " WHERE feed = ? AND period = ? AND paper = ?",
        (listing.feed, listing.period, paper),
    ).fetchone()
    if row is None:
        add_listing(connection, paper, listing, at)
        return True
    seen = listing.rank, listing.upvotes, listing.comments, listing.submitter
    *known, last_seen = row
    first, second = (seen, known) if at >= last_seen else (known, seen)
    values = [other if one in (None, "") else one for one, other in zip(first, second, strict=True)]
    if values == known and at <= last_seen:
        return False
    connection.execute(
        "UPDATE listings SET rank = ?, upvotes = ?, comments = ?, submitter = ?, last_seen = ?"
        " WHERE feed = ? AND period = ? AND paper = ?",
        (*values, max(at, last_seen), listing.feed, listing.period, paper),
    )
    return bool(values != known)


def add_vote(connection: sqlite3.Connection, paper: int, at: int, upvotes: int, comments: int | None) -> None:
    """Record the votes of a paper at a time at which none are known."""
    connection.execute(
        "INSERT INTO votes(paper, at, upvotes, comments) VALUES(?, ?, ?, ?)", (paper, at, upvotes, comments)
    )


def put_vote(connection: sqlite3.Connection, paper: int, at: int, upvotes: int, comments: int | None) -> bool:
    """Record the votes of a paper at a time, unless they are what they were before; returns whether they are not."""
    row = connection.execute(
        "SELECT upvotes, comments, at FROM votes WHERE paper = ? AND at <= ? ORDER BY at DESC LIMIT 1", (paper, at)
    ).fetchone()
    *before, last = row or (None, None, None)
    now = upvotes, before[1] if comments is None else comments
    if now == tuple(before):
        return False
    # Not INSERT OR REPLACE: it takes a savepoint, for which the search index writes out all that it holds back.
    if last == at:
        connection.execute("UPDATE votes SET upvotes = ?, comments = ? WHERE paper = ? AND at = ?", (*now, paper, at))
    else:
        add_vote(connection, paper, at, *now)
    return True


def listings_of(connection: sqlite3.Connection, paper: int) -> tuple[Listing, ...]:
    """All listings of a paper, the newest first."""
    rows = connection.execute(
        "SELECT feed, period, rank, upvotes, comments, submitter FROM listings WHERE paper = ?"
        " ORDER BY period DESC, feed",
        (paper,),
    )
    return tuple(
        Listing(feed=feed, period=period, rank=rank, upvotes=upvotes, comments=comments, submitter=submitter)
        for feed, period, rank, upvotes, comments, submitter in rows
    )


def votes_of(connection: sqlite3.Connection, paper: int) -> tuple[Vote, ...]:
    """The votes of a paper over time, the oldest first."""
    rows = connection.execute("SELECT at, upvotes, comments FROM votes WHERE paper = ? ORDER BY at", (paper,))
    return tuple(Vote(*row) for row in rows)


def unlist(connection: sqlite3.Connection, feed: str, period: str, *, but: list[str]) -> None:
    """Forget the listings of a period, but for those of some papers."""
    kept = {resolve(connection, paper_id) for paper_id in but}
    rows = connection.execute("SELECT paper FROM listings WHERE feed = ? AND period = ?", (feed, period))
    gone = [(feed, period, paper) for (paper,) in rows.fetchall() if paper not in kept]
    connection.executemany("DELETE FROM listings WHERE feed = ? AND period = ? AND paper = ?", gone)


def mark_period(
    connection: sqlite3.Connection, feed: str, period: str, *, at: int, complete: bool, papers: int
) -> None:
    """Record that a period was fetched at a time, whether to its end, and how many papers it had."""
    connection.execute(
        "INSERT INTO periods(feed, period, fetched_at, complete, papers) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT(feed, period) DO UPDATE SET fetched_at = excluded.fetched_at, complete = excluded.complete,"
        " papers = excluded.papers",
        (feed, period, at, int(complete), papers),
    )


def periods(connection: sqlite3.Connection, feed: str, first: str, last: str) -> list[Period]:
    """The periods of a feed from one to another, both included, in order: fetched ones, and ones that papers name.

    Of several categories together a period was fetched when all of them were, and then it counts since the first.
    """
    feeds = parts(feed)
    marks = ", ".join("?" * len(feeds))
    between: tuple[Any, ...] = (*feeds, first, last)
    fetched = {
        period: (fetched_at, bool(complete))
        for period, fetched_at, complete in connection.execute(
            "SELECT period, min(fetched_at), min(complete) FROM periods"  # noqa: S608 - question marks
            f" WHERE feed IN ({marks}) AND period BETWEEN ? AND ? GROUP BY period HAVING count(*) = {len(feeds)}",
            between,
        )
    }
    listed = f"SELECT period, paper FROM listings WHERE feed IN ({marks}) AND period BETWEEN ? AND ?"  # noqa: S608
    if len(feeds) > 1:
        listed += " GROUP BY period, paper"
    counts = {
        period: (papers, unread)
        for period, papers, unread in connection.execute(
            "SELECT l.period, count(*), total(p.read = 0 AND p.hidden = 0) FROM"  # noqa: S608 - as above
            f" ({listed}) l JOIN papers p ON p.rowid = l.paper GROUP BY l.period",
            between,
        )
    }
    found = []
    for period in sorted(fetched.keys() | counts.keys()):
        fetched_at, complete = fetched.get(period, (None, False))
        papers, unread = counts.get(period, (0, 0))
        found.append(
            Period(
                feed=feed,
                period=period,
                fetched_at=fetched_at,
                complete=complete,
                papers=papers,
                unread=int(unread),
            )
        )
    return found


def last_fetched(connection: sqlite3.Connection, begins: tuple[str, ...]) -> int | None:
    """When a period of the feeds whose names begin so was last fetched, Unix seconds; None for never."""
    wanted = " OR ".join("substr(feed, 1, ?) = ?" for _ in begins)
    values = [part for name in begins for part in (len(name), name)]
    found: int | None = connection.execute(
        f"SELECT max(fetched_at) FROM periods WHERE {wanted}",  # noqa: S608 - question marks
        values,
    ).fetchone()[0]
    return found


def neighbour(connection: sqlite3.Connection, feed: str, period: str, direction: int) -> str | None:
    """The nearest period of a feed after (direction 1) or before (-1) one that has papers here."""
    statement = (
        "SELECT min(period) FROM listings WHERE feed = ? AND period > ?"
        if direction > 0
        else "SELECT max(period) FROM listings WHERE feed = ? AND period < ?"
    )
    rows = [connection.execute(statement, (each, period)).fetchone() for each in parts(feed)]
    found = [row[0] for row in rows if row and row[0] is not None]
    return (min if direction > 0 else max)(found, default=None)


def knows(connection: sqlite3.Connection, feed: str, period: str) -> bool:
    """Whether a period of a feed was fetched, or a paper names it."""
    asked = [(each, period) for each in parts(feed)]
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE feed = ? AND period = ? LIMIT 1", each).fetchone()  # noqa: S608
        for table in ("listings", "periods")
        for each in asked
    )


def fetched_beside(connection: sqlite3.Connection, feed: str, period: str, direction: int) -> str | None:
    """The period of a feed that was fetched right after (direction 1) or before (-1) another one, whatever they hold.

    Before one that was never fetched is the last one of all.
    """
    sign, order = (">", "ASC") if direction > 0 else ("<", "DESC")
    row = connection.execute(
        "SELECT fetched_at FROM periods WHERE feed = ? AND period = ? AND fetched_at IS NOT NULL", (feed, period)
    ).fetchone()
    if row is None and direction > 0:
        return None
    beside = f"AND (fetched_at, period) {sign} (?, ?)" if row else ""
    found = connection.execute(
        f"SELECT period FROM periods WHERE feed = ? AND fetched_at IS NOT NULL {beside}"  # noqa: S608 - of two signs
        f" ORDER BY fetched_at {order}, period {order} LIMIT 1",
        (feed, row[0], period) if row else (feed,),
    ).fetchone()
    return None if found is None else str(found[0])


def listed_in(connection: sqlite3.Connection, feed: str, paper_ids: list[str]) -> dict[str, set[str]]:
    """The periods in which some papers are listed in a feed, by the ids asked for; without those that are not."""
    found: dict[str, set[str]] = {}
    for part in chunks(paper_ids):
        rows = connection.execute(
            "SELECT p.id, l.period FROM papers p CROSS JOIN listings l ON l.paper = p.rowid"  # noqa: S608 - question marks
            f" WHERE p.id IN ({', '.join('?' * len(part))}) AND l.feed = ?",
            (*part, feed),
        )
        for paper_id, period in rows:
            found.setdefault(paper_id, set()).add(period)
    return found
