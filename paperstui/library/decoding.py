"""What to do with bytes in a library that are no text."""

from __future__ import annotations

import sqlite3


def undecodable(error: sqlite3.Error, connection: sqlite3.Connection) -> bool:
    """Whether a row holds bytes that are no text; from now on such bytes are shown as U+FFFD instead of failing."""
    if "decode to UTF-8" not in str(error):
        return False
    connection.text_factory = _replaced
    return True


def _replaced(data: bytes) -> str:
    return data.decode("utf-8", "replace")
