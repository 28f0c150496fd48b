"""What lists and panes read. Every function takes a connection and reads; none waits for a writer."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from typing import Any, NamedTuple

import msgspec

from paperstui.journal.entries import MAX_CITATION_AUTHORS, TAG, Citation
from paperstui.library import gains, packing, papers, projection
from paperstui.library.glance import ROW_WITH, row_of
from paperstui.library.identity import TITLE, chunks, resolve, within
from paperstui.library.listings import listings_of, votes_of
from paperstui.library.records import SEPARATOR
from paperstui.library.wordings import wordings_of
from paperstui.models import Detail, Row, State

WINDOW = 64
"""Rows that are read at once."""

_PIECE = 32_768

Params = Sequence[Any] | Mapping[str, Any]

_TOTALS = """
SELECT
    (SELECT count(*) FROM papers),
    (SELECT count(*) FROM papers WHERE read = 0 AND hidden = 0),
    (SELECT count(*) FROM papers WHERE starred = 1 AND hidden = 0),
    (SELECT count(*) FROM papers WHERE queued IS NOT NULL AND hidden = 0),
    (SELECT count(*) FROM papers WHERE hidden = 1)
"""


class Totals(NamedTuple):
    """How many papers there are and in which state; hidden ones count only in `papers` and `hidden`."""

    papers: int
    unread: int
    starred: int
    queued: int
    hidden: int


def rowids(connection: sqlite3.Connection, sql: str, params: Params = (), limit: int | None = None) -> array[int]:
    """The numbers that a compiled query of one column finds, in its order. limit: no more than so many."""
    if limit is not None:
        sql = f"{sql} LIMIT {int(limit)}"
    # SQLite makes one text of them, which takes a third of the time that fetching them row by row does, and the
    # interpreter is free meanwhile.
    statement = f"WITH found(n) AS ({sql}) SELECT group_concat(n) FROM found"  # noqa: S608
    joined = connection.execute(statement, params).fetchone()[0] or ""
    found, begin = array("q"), 0
    while begin < len(joined):
        # Piece by piece, since a list of all of them would take five times as much memory as they do.
        end = joined.find(",", begin + _PIECE)
        end = len(joined) if end < 0 else end
        found.extend(msgspec.json.decode(f"[{joined[begin:end]}]", type=list[int]))
        begin = end + 1
    return found


def count(connection: sqlite3.Connection, sql: str, params: Params = ()) -> int:
    """What a compiled count says."""
    found: int = connection.execute(sql, params).fetchone()[0]
    return found


def rows(connection: sqlite3.Connection, numbers: Iterable[int], looks: int | None = None) -> list[Row]:
    """The rows of some papers, in the order given; papers that are gone are left out.

    looks: when the user looks, Unix seconds, for whom it is said what was gained; by default what was written down last.
    """
    found = []
    row = ROW_WITH.format_map(gains.columns(connection, looks))
    for part in chunks(numbers, WINDOW):
        by_number = {values[0]: row_of(values) for values in within(connection, f"{row} WHERE rowid IN", part)}
        found += [by_number[number] for number in part if number in by_number]
    return found


def rows_by_id(connection: sqlite3.Connection, paper_ids: Iterable[str], looks: int | None = None) -> dict[str, Row]:
    """The rows of some papers, by the ids asked for; ids of no paper here are left out. looks: as of `rows`."""
    numbers = {paper_id: resolve(connection, paper_id) for paper_id in paper_ids}
    by_number = {row.rowid: row for row in rows(connection, {number for number in numbers.values() if number}, looks)}
    return {paper_id: by_number[number] for paper_id, number in numbers.items() if number in by_number}


def detail(connection: sqlite3.Connection, rowid: int, looks: int | None = None) -> Detail | None:
    """Everything about a paper; None when there is none with this number. looks: as of `rows`."""
    # One snapshot, so that a paper that is being stored is seen before or after, not in between.
    connection.execute("BEGIN")
    try:
        stored = papers.by_rowid(connection, rowid)
        if stored is None:
            return None
        since = gains.of_known(connection, looks)
        first_seen, revised, gained = connection.execute(
            f"SELECT first_seen, revised, {since} FROM papers WHERE rowid = ?",  # noqa: S608 - our numbers
            (rowid,),
        ).fetchone()
        paper = stored.paper
        return Detail(
            rowid=rowid,
            paper=paper,
            state=state_of(projection.states(connection, [paper.id])[paper.id]),
            listings=listings_of(connection, rowid),
            votes=votes_of(connection, rowid),
            first_seen=first_seen,
            updated=stored.updated,
            wordings=wordings_of(connection, rowid),
            revised=revised,
            gained=gained,
        )
    finally:
        connection.execute("COMMIT")


def state_of(fields: Mapping[str, Any]) -> State:
    """A state from its decided fields; fields that this version does not know are left out."""
    return State(
        read=fields.get("read") is True,
        starred=fields.get("starred") is True,
        queued=fields.get("queued"),
        hidden=fields.get("hidden") is True,
        tags=tuple(sorted(field[len(TAG) :] for field, value in fields.items() if field.startswith(TAG) and value)),
        note=fields.get("note") or "",
    )


def totals(connection: sqlite3.Connection) -> Totals:
    """How many papers there are and in which state."""
    return Totals(*connection.execute(_TOTALS).fetchone())


def unenriched(connection: sqlite3.Connection, limit: int) -> list[str]:
    """The ids of papers that arXiv may know more about: its text, or when they were submitted; the last listed first."""
    rows = connection.execute(
        "SELECT id FROM papers WHERE hidden = 0 AND (text_source <> 'arxiv' OR published IS NULL)"
        " AND id NOT LIKE 'title:%'"
        " ORDER BY listed DESC, upvotes DESC, published DESC LIMIT ?",
        (limit,),
    )
    return [row[0] for row in rows]


def kept(connection: sqlite3.Connection) -> list[str]:
    """The ids of the papers of arXiv that are starred or in the reading list."""
    rows = connection.execute(
        "SELECT id FROM papers WHERE starred = 1 UNION SELECT id FROM papers WHERE queued IS NOT NULL"
    )
    return [row[0] for row in rows if not row[0].startswith(TITLE)]


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is found wrong with the library when all of it is read, without the search index."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    for what, table in (("the texts", "bodies"), ("texts beside those", "wordings")):
        numbers = connection.execute(f"SELECT {'rowid' if table == 'bodies' else 'paper'}, packed FROM {table}")  # noqa: S608
        unreadable = len({number for number, packed in numbers if not packing.is_sound(packed)})
        if unreadable:
            found.append(f"{what} of {unreadable:,} paper{'' if unreadable == 1 else 's'} cannot be read")
    return found


def citations(connection: sqlite3.Connection, paper_ids: Iterable[str]) -> dict[str, Citation]:
    """What some papers are, for journal entries about them, by the ids asked for."""
    found = {}
    for paper_id, row in rows_by_id(connection, paper_ids).items():
        found[paper_id] = Citation(
            title=row.title,
            authors=tuple(row.authors.split(SEPARATOR)[:MAX_CITATION_AUTHORS]) if row.authors else (),
            year=_year(row.published),
            url="" if row.id.startswith(TITLE) else f"https://arxiv.org/abs/{row.id}",
        )
    return found


def _year(published: int | None) -> int | None:
    if published is not None:
        with suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(published, timezone.utc).year
    return None
