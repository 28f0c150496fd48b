"""Which paper an id means. One paper may have several: its own, the id of its title, and ids it had before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

TITLE = "title:"
"""How the id of a paper begins that is known by its title alone."""

NO_TITLE = "e3b0c44298fc1c14"
"""`title_key` of a title with nothing in it that counts: such papers are never taken for one another."""

# SQLite before 3.32 takes 999 parameters.
_MOST = 500


def chunks(values: Iterable[Any], size: int = _MOST) -> Iterator[list[Any]]:
    """Values in lists of at most `size`."""
    part: list[Any] = []
    for value in values:
        part.append(value)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def within(connection: sqlite3.Connection, statement: str, values: list[Any]) -> sqlite3.Cursor:
    """What a statement that ends in "IN" finds for some values, which are at most 500."""
    return connection.execute(f"{statement} ({','.join('?' * len(values))})", values)


def resolve(connection: sqlite3.Connection, paper_id: str) -> int | None:
    """The number of the paper that an id means; of several with the same title, the one listed last."""
    row = connection.execute("SELECT rowid FROM papers WHERE id = ?", (paper_id,)).fetchone()
    if row is None and paper_id.startswith(TITLE):
        row = (
            connection.execute("SELECT paper FROM aliases WHERE alias = ?", (paper_id,)).fetchone()
            or connection.execute(
                "SELECT rowid FROM papers WHERE title_key = ? AND title_key <> ?"
                " ORDER BY coalesce(listed, '') DESC, rowid LIMIT 1",
                (paper_id.removeprefix(TITLE), NO_TITLE),
            ).fetchone()
        )
    return row[0] if row else None


def meant(connection: sqlite3.Connection, paper_ids: Iterable[str]) -> set[int]:
    """The numbers of all papers to which decisions under any of these ids belong."""
    rowids: set[int] = set()
    for part in chunks(paper_ids):
        found = [within(connection, "SELECT rowid FROM papers WHERE id IN", part)]
        titles = [paper_id for paper_id in part if paper_id.startswith(TITLE)]
        if titles:
            keys = [paper_id.removeprefix(TITLE) for paper_id in titles]
            found.append(within(connection, "SELECT paper FROM aliases WHERE alias IN", titles))
            found.append(within(connection, "SELECT rowid FROM papers WHERE title_key IN", keys))
        rowids.update(row[0] for rows in found for row in rows)
    return rowids


def names(connection: sqlite3.Connection, rowids: list[int]) -> dict[int, list[str]]:
    """All ids of some papers by number, each paper's own id first. At most 500 papers."""
    found = {
        rowid: [paper_id] if paper_id == TITLE + key else [paper_id, TITLE + key]
        for rowid, paper_id, key in within(connection, "SELECT rowid, id, title_key FROM papers WHERE rowid IN", rowids)
    }
    for rowid, alias in within(connection, "SELECT paper, alias FROM aliases WHERE paper IN", rowids):
        if alias not in found[rowid]:
            found[rowid].append(alias)
    return found


def add_alias(connection: sqlite3.Connection, alias: str, rowid: int) -> None:
    """Let an id mean a paper from now on, besides its own."""
    connection.execute("INSERT OR REPLACE INTO aliases(alias, paper) VALUES(?, ?)", (alias, rowid))
