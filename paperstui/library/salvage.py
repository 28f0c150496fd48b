"""Reading what is left of a damaged library into a new one, with plain SELECTs over small windows of row numbers.

SQLite's own recovery is not in Python, and its command line tool may not be there. A window that cannot be read is read
row by row; tables without numbers are read from both ends. Where the first page is gone, that of an empty library takes
its place in a copy: it says where the tables are, which is the same in all libraries. It may say so of indexes that are
not there, which nothing here is read by.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from paperstui.journal.files import create_private
from paperstui.library import gains, index, packing, projection, schema
from paperstui.library.connect import open_reader
from paperstui.text.clean import clean
from paperstui.text.titles import arxiv_id

# The names in the statements below are those of our own tables and columns (S608); the file brings values only.
_WINDOW = 64
_NUMBERED = ("papers", "bodies")
_KEYED = {
    "wordings": "paper, source, version",
    "listings": "feed, period, paper",
    "votes": "paper, at",
    "periods": "feed, period",
    "aliases": "alias",
    "state": "paper_id, field",
    "tags": "paper, tag",
    "notes": "paper",
}
_DECIDED = frozenset({"state", "tags", "notes"})
# Fewer bytes than any paper takes: how many rows a file can have at most.
_LEAST = 100
_LONGEST = 1_000_000
_TITLE_ID = re.compile("title:[0-9a-f]{16}")

UNSOUND = object()
"""Stands for a value that damage made something else."""


def salvage(damaged: Path, fresh: Path, *, state: bool) -> int:
    """Copy what can be read of a damaged library into an empty one; returns how many papers that is.

    state: also what the library says about the user's decisions. Only where there are no journals: damage may have made
    a decision later than it was, and then the journal could not correct it.

    Raises:
        OSError, sqlite3.Error: the new library cannot be written.
    """
    best = 0
    for header in (0, 100, schema.PAGE_SIZE):
        patched = fresh.with_name(f"{fresh.name}-patched")
        try:
            source = damaged
            if header:
                if not _patch(damaged, fresh, patched, header):
                    break
                source = patched
            best = _copy(source, fresh, state=state)
        finally:
            for suffix in ("", "-wal", "-shm"):
                patched.with_name(patched.name + suffix).unlink(missing_ok=True)
        if best:
            break
    return best


def _patch(damaged: Path, fresh: Path, patched: Path, length: int) -> bool:
    """A copy of a damaged file that begins like a sound one; False where there is no room for it."""
    with fresh.open("rb") as file:
        beginning = bytearray(file.read(length))
    # SQLite reads nothing where an index, be it one that is not needed, is said to be beyond the end.
    pages = max(damaged.stat().st_size, fresh.stat().st_size) // schema.PAGE_SIZE
    beginning[28:32] = pages.to_bytes(4, "big")
    # No list of free pages, which are none of this copy's business.
    beginning[32:40] = bytes(8)
    try:
        with os.fdopen(create_private(patched), "wb") as out, damaged.open("rb") as source:
            shutil.copyfileobj(source, out, 1024 * 1024)
            out.truncate(max(out.tell(), pages * schema.PAGE_SIZE))
            out.seek(0)
            out.write(beginning)
    except OSError:
        return False
    return True


def _copy(source: Path, fresh: Path, *, state: bool) -> int:
    """Copy all tables; whatever SQLite says about the source only ends a window or a table."""
    try:
        damaged = open_reader(source)
    except sqlite3.DatabaseError:
        return 0
    with closing(damaged), closing(sqlite3.connect(fresh, isolation_level=None)) as target:
        damaged.text_factory = bytes
        if not _has_tables(damaged):
            return 0
        target.execute("PRAGMA foreign_keys = OFF")
        target.execute("BEGIN IMMEDIATE")
        most = source.stat().st_size // _LEAST + 1
        for table in _NUMBERED:
            _insert(target, table, _numbered(damaged, table, most))
        for table, key in _KEYED.items():
            if state or table not in _DECIDED:
                _insert(target, table, _keyed(damaged, table, key))
        _make_consistent(target)
        target.execute("COMMIT")
        found: int = target.execute("SELECT count(*) FROM papers").fetchone()[0]
        return found


def _has_tables(damaged: sqlite3.Connection) -> bool:
    """Whether the schema can be read: without it nothing can."""
    try:
        return any(row[0] == b"papers" for row in damaged.execute("SELECT name FROM sqlite_master"))
    except sqlite3.DatabaseError:
        return False


def _insert(target: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """Put rows into a table of the new library; of what is wrong with them, and of what they lack, nothing is kept."""
    types = {name: kind for _, name, kind, *_ in target.execute(f"PRAGMA table_info({table})")}
    for row in rows:
        values = {name: _sound(value, types[name]) for name, value in row.items() if name in types}
        if any(value is UNSOUND for value in values.values()) or not _is_id(values.get("id")):
            continue
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        target.execute(f"INSERT OR IGNORE INTO {table}({names}) VALUES({marks})", list(values.values()))


def _is_id(value: object) -> bool:
    """Whether a paper's id is one; a row without a paper's id has nothing to be wrong."""
    return value is None or (isinstance(value, str) and (arxiv_id(value) == value or bool(_TITLE_ID.fullmatch(value))))


def _sound(value: object, kind: str) -> object:
    """A value fit for a column, its text cleaned again; `UNSOUND` where damage made it something else."""
    if value is None:
        return None
    if kind == "TEXT":
        return clean(value.decode("utf-8", "replace"), _LONGEST) if isinstance(value, bytes) else UNSOUND
    if kind == "BLOB":
        # The paper stays, and what its columns say of it.
        return value if packing.is_sound(value) else b""
    if kind == "INTEGER":
        return value if isinstance(value, int) else UNSOUND
    return value if isinstance(value, int | float) else UNSOUND


def _numbered(source: sqlite3.Connection, table: str, most: int) -> Iterator[dict[str, Any]]:
    """The rows of a table with row numbers that can be read."""
    with suppress(sqlite3.DatabaseError):
        most = min(most, source.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0)  # noqa: S608
    for first in range(1, most + 1, _WINDOW):
        last = first + _WINDOW - 1
        try:
            rows = _rows(source, table, f"WHERE rowid BETWEEN {first} AND {last}")
        except sqlite3.DatabaseError:
            rows = []
            for number in range(first, last + 1):
                with suppress(sqlite3.DatabaseError):
                    rows += _rows(source, table, f"WHERE rowid = {number}")
        yield from rows


def _keyed(source: sqlite3.Connection, table: str, key: str) -> Iterator[dict[str, Any]]:
    """The rows of a table without row numbers, from its beginning and from its end as far as either can be read."""
    backwards = ", ".join(f"{name} DESC" for name in key.split(", "))
    for order in (key, backwards):
        try:
            cursor = source.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            while row := cursor.fetchone():
                yield dict(zip(names, row, strict=True))
        except sqlite3.DatabaseError:
            continue
        return


def _rows(source: sqlite3.Connection, table: str, condition: str) -> list[dict[str, Any]]:
    cursor = source.execute(f"SELECT * FROM {table} {condition}")  # noqa: S608
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _make_consistent(target: sqlite3.Connection) -> None:
    """See to it that every paper has a body, everything else a paper, and that index and state agree with them."""
    target.execute("DELETE FROM papers WHERE text_source NOT IN ('hf', 'arxiv', 'page')")
    target.execute("INSERT OR IGNORE INTO bodies(rowid) SELECT rowid FROM papers")
    target.execute("DELETE FROM bodies WHERE rowid NOT IN (SELECT rowid FROM papers)")
    target.execute("DELETE FROM wordings WHERE source NOT IN ('hf', 'arxiv', 'page') OR packed = x''")
    for table in ("wordings", "listings", "votes", "aliases", "tags", "notes"):
        target.execute(f"DELETE FROM {table} WHERE paper NOT IN (SELECT rowid FROM papers)")  # noqa: S608
    gains.count_all(target)
    index.rebuild(target)
    # Whatever made its plain text: it is made anew.
    target.execute("DELETE FROM meta WHERE key = ?", (index.VERSION_KEY,))
    projection.project(target, [row[0] for row in target.execute("SELECT rowid FROM papers")])
