"""Which paper an id means. One paper may have several: its own, the id of its title, and ids it had before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
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


def resolve(
    connection: sqlite3.Connection, paper_id: str, titles: Mapping[str, int | None] | None = None
) -> int | None:
    """The number of the paper that an id means; of several with the same title, the one listed last.

    titles: the papers of the titles that are asked for, where they were looked for together (`with_titles`).
    """
    row = connection.execute("SELECT rowid FROM papers WHERE id = ?", (paper_id,)).fetchone()
    if row is None and paper_id.startswith(TITLE):
        row = connection.execute("SELECT paper FROM aliases WHERE alias = ?", (paper_id,)).fetchone()
        if row is None:
            key = paper_id.removeprefix(TITLE)
            return (with_titles(connection, [key]) if titles is None else titles).get(key)
    return row[0] if row else None


def with_titles(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int | None]:
    """The numbers of the papers with some titles, by their keys; None where there is none.

    All papers are read, a hundred thousand in 12 ms: few ids are of titles, fewer of those are not met before this, and
    an index of keys, which are in no order, would be a third of what is written of every new paper.
    """
    wanted = [key for key in dict.fromkeys(keys) if key != NO_TITLE]
    found: dict[str, int | None] = dict.fromkeys(wanted)
    for part in chunks(wanted):
        rows = within(connection, "SELECT coalesce(listed, ''), -rowid, title_key FROM papers WHERE title_key IN", part)
        found.update((key, -number) for _, number, key in sorted(rows))
    return found


def meant(connection: sqlite3.Connection, paper_ids: Iterable[str]) -> set[int]:
    """The numbers of all papers to which decisions under any of these ids belong."""
    rowids: set[int] = set()
    for part in chunks(paper_ids):
        found = [within(connection, "SELECT rowid FROM papers WHERE id IN", part)]
        titles = [paper_id for paper_id in part if paper_id.startswith(TITLE)]
        if titles:
            keys = [paper_id.removeprefix(TITLE) for paper_id in titles]
            # See `with_titles`.
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
