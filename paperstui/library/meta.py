"""Single values by key: the library's own, and those of its callers, which have names of their own."""

from __future__ import annotations

import sqlite3

CALLERS = "caller:"
"""How the keys of the library's callers begin."""


def get(connection: sqlite3.Connection, key: str) -> str | None:
    """The value under a key."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def put(connection: sqlite3.Connection, key: str, value: str | None) -> None:
    """Keep a value under a key; None forgets it."""
    if value is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", (key, value))
