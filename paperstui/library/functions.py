"""The SQL functions that every connection to a library has."""

from __future__ import annotations

from paperstui.library import packing

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


def register(connection: sqlite3.Connection) -> None:
    """Give a connection `abstract_of` and `keywords_of` (`packing`), and `noted` (`paperstui.query.noted`)."""
    packing.register(connection)
    connection.create_function("noted", 2, _noted, deterministic=True)


def _noted(words: object, note: object) -> bool:
    # Imported only here: few queries ask for notes.
    from paperstui.query.noted import noted

    return noted(words, note)
