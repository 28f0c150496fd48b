"""What papers have in a field, and how many of them: what completion offers."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain

from paperstui.library.identity import chunks, within
from paperstui.library.records import SEPARATOR

_VALUES: dict[str, tuple[str, str | None]] = {
    "author": ("SELECT authors FROM papers WHERE rowid IN", SEPARATOR),
    "org": ("SELECT organization FROM papers WHERE rowid IN", None),
    "submitter": ("SELECT submitter FROM papers WHERE rowid IN", None),
    "cat": ("SELECT categories FROM papers WHERE rowid IN", " "),
    "keyword": ("SELECT keywords_of(packed) FROM bodies WHERE rowid IN", "\n"),
    "tag": ("SELECT tag FROM tags WHERE paper IN", None),
    "year": (
        "SELECT strftime('%Y', published, 'unixepoch') FROM papers WHERE published IS NOT NULL AND rowid IN",
        None,
    ),
}
"""How the values of a field are read, and what stands between several."""

_PAUSE_EVERY = 8


def version(connection: sqlite3.Connection) -> int:
    """A number that is another one when anybody has changed the library; it says something on this connection alone."""
    found: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return found


def tally(
    connection: sqlite3.Connection, field: str, numbers: Iterable[int], stop: Callable[[], bool]
) -> dict[str, int] | None:
    """How many of some papers have each value of a field of `FIELDS` with `ask`; None when `stop` said so."""
    statement, between = _VALUES[field]
    found: Counter[str] = Counter()
    for at, part in enumerate(chunks(sorted(numbers))):
        if stop():
            return None
        if at % _PAUSE_EVERY == _PAUSE_EVERY - 1:
            # Gives way to the thread that draws, which would wait for its turn otherwise.
            time.sleep(0)
        texts = (text for (text,) in within(connection, statement, part) if text)
        found.update(texts if between is None else chain.from_iterable(text.split(between) for text in texts))
    return found
