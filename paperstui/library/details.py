"""Everything about many papers, a handful at a time: for exports, which go through the whole library."""

from __future__ import annotations

import sqlite3

from paperstui.library import gains, papers, projection
from paperstui.library.identity import within
from paperstui.library.reads import state_of
from paperstui.library.wordings import wordings_by_paper
from paperstui.models import Detail, Listing, Vote

AT_ONCE = 200
"""Papers that are read in one go: about a megabyte."""


def details(connection: sqlite3.Connection, rowids: list[int], looks: int | None = None) -> list[Detail]:
    """Everything about some papers, at most `AT_ONCE`, in the order given; papers that are gone are left out.

    looks: when the user looks, as of `reads.rows`.
    """
    # One snapshot, as for one paper.
    connection.execute("BEGIN")
    try:
        stored = papers.by_rowids(connection, rowids)
        since = gains.of_known(connection, looks)
        some = f"SELECT rowid, first_seen, revised, {since} FROM papers WHERE rowid IN"  # noqa: S608 - our numbers
        seen = {rowid: rest for rowid, *rest in within(connection, some, rowids)}
        states = projection.states_of(connection, stored)
        listings, votes = _listings(connection, rowids), _votes(connection, rowids)
        wordings = wordings_by_paper(connection, rowids)
    finally:
        connection.execute("COMMIT")
    return [
        Detail(
            rowid=rowid,
            paper=stored[rowid].paper,
            state=state_of(states[rowid]),
            listings=tuple(listings.get(rowid, ())),
            votes=tuple(votes.get(rowid, ())),
            first_seen=seen[rowid][0],
            updated=stored[rowid].updated,
            wordings=wordings.get(rowid, ()),
            revised=seen[rowid][1],
            gained=seen[rowid][2],
        )
        for rowid in rowids
        if rowid in stored
    ]


def _listings(connection: sqlite3.Connection, rowids: list[int]) -> dict[int, list[Listing]]:
    """By paper, the newest first."""
    found: dict[int, list[Listing]] = {}
    for paper, feed, period, rank, upvotes, comments, submitter in within(
        connection,
        "SELECT paper, feed, period, rank, upvotes, comments, submitter FROM listings WHERE paper IN",
        rowids,
    ):
        found.setdefault(paper, []).append(
            Listing(feed=feed, period=period, rank=rank, upvotes=upvotes, comments=comments, submitter=submitter)
        )
    for some in found.values():
        some.sort(key=lambda listing: listing.feed)
        some.sort(key=lambda listing: listing.period, reverse=True)
    return found


def _votes(connection: sqlite3.Connection, rowids: list[int]) -> dict[int, list[Vote]]:
    """By paper, the oldest first."""
    found: dict[int, list[Vote]] = {}
    for paper, *vote in within(connection, "SELECT paper, at, upvotes, comments FROM votes WHERE paper IN", rowids):
        found.setdefault(paper, []).append(Vote(*vote))
    for some in found.values():
        some.sort(key=lambda vote: vote.at)
    return found
