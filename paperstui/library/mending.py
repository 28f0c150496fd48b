"""What can be wrong with a library that SQLite finds whole, and how each is put right from what is certain.

What the journals say is certain about decisions, and that a row about a paper that is not there means nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from paperstui.journal import entries
from paperstui.journal.merge import Held, Key
from paperstui.library import projection
from paperstui.library.identity import chunks, meant, within

_AT_ONCE = 200
_DECIDED = "SELECT rowid FROM papers WHERE read <> 0 OR starred <> 0 OR hidden <> 0 OR queued IS NOT NULL"
_PUT = "INSERT OR REPLACE INTO state(paper_id, field, value, ms, counter, device) VALUES(?, ?, ?, ?, ?, ?)"

Shown = tuple[Any, ...]
"""What lists show of a paper's state."""


def strays(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows of which tables are about papers that are not there."""
    found: dict[str, int] = {}
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        found[table] = found.get(table, 0) + 1
    return found


def drop_strays(connection: sqlite3.Connection) -> int:
    """Delete the rows about papers that are not there; returns how many."""
    dropped = 0
    for table in strays(connection):
        for _, _, parent, column, key, *_ in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            dropped += connection.execute(
                f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {parent})"  # noqa: S608 - names of our own schema
            ).rowcount
    return dropped


def bodiless(connection: sqlite3.Connection) -> int:
    """How many papers have no text at all, so that lists show them and the index cannot."""
    found: int = connection.execute(
        "SELECT count(*) FROM papers WHERE rowid NOT IN (SELECT rowid FROM bodies)"
    ).fetchone()[0]
    return found


def embody(connection: sqlite3.Connection) -> int:
    """Give papers without a text an empty one, which the next source that has it fills; returns how many."""
    return connection.execute(
        "INSERT INTO bodies(rowid) SELECT rowid FROM papers WHERE rowid NOT IN (SELECT rowid FROM bodies)"
    ).rowcount


def settle(connection: sqlite3.Connection, said: Mapping[Key, Held]) -> int:
    """Bring the state and what lists show of it to what journals say; returns of how many papers that changed anything.

    said: the state that all journals say together. What the library knows beyond that is left alone.
    """
    wrong = _misheld(connection, said)
    rows = [
        (paper, field, entries.canonical(said[paper, field].value).decode(), *said[paper, field].stamp)
        for paper, field in wrong
    ]
    connection.executemany(_PUT, rows)
    changed = {str(rowid) for rowid in meant(connection, {paper for paper, _ in wrong})}
    # Papers that are not here have a state, too, and only that.
    unknown = {paper for paper, _ in wrong if not meant(connection, [paper])}
    for part in chunks(_about(connection), _AT_ONCE):
        before = _shown(connection, part)
        projection.project(connection, part)
        after = _shown(connection, part)
        changed.update(str(rowid) for rowid in part if before[rowid] != after[rowid])
    return len(changed) + len(unknown)


def _misheld(connection: sqlite3.Connection, said: Mapping[Key, Held]) -> list[Key]:
    """The fields whose state is not what the journals say, unless it is newer."""
    missing = dict.fromkeys(said)
    wrong = []
    for paper, field, value, *stamp in connection.execute(
        "SELECT paper_id, field, value, ms, counter, device FROM state"
    ):
        key = paper, field
        missing.pop(key, None)
        held = said.get(key)
        if held is None or tuple(stamp) > tuple(held.stamp):
            continue
        if tuple(stamp) != tuple(held.stamp) or value != entries.canonical(held.value).decode():
            wrong.append(key)
    return [*wrong, *missing]


def _about(connection: sqlite3.Connection) -> Iterable[int]:
    """The numbers of all papers about which anything is decided, or shown as if it were."""
    said = meant(connection, (row[0] for row in connection.execute("SELECT DISTINCT paper_id FROM state").fetchall()))
    shown = chain(
        connection.execute(_DECIDED).fetchall(),
        connection.execute("SELECT DISTINCT paper FROM tags JOIN papers p ON p.rowid = paper").fetchall(),
        connection.execute("SELECT paper FROM notes JOIN papers p ON p.rowid = paper").fetchall(),
    )
    return sorted(said.union(row[0] for row in shown))


def _shown(connection: sqlite3.Connection, rowids: list[int]) -> dict[int, Shown]:
    found: dict[int, Shown] = {
        rowid: (*flags, set(), set())
        for rowid, *flags in within(
            connection, "SELECT rowid, read, starred, queued, hidden FROM papers WHERE rowid IN", rowids
        )
    }
    for at, statement in (
        (-2, "SELECT paper, tag FROM tags WHERE paper IN"),
        (-1, "SELECT paper, note FROM notes WHERE paper IN"),
    ):
        for rowid, value in within(connection, statement, rowids):
            found[rowid][at].add(value)
    return found
