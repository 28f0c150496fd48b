"""The queries that were asked before, as a plain text file: one a line, the newest last, none twice.

No decisions, so nothing depends on them; but they are the user's, and kept with the same care.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from paperstui.errors import PaperstuiError, save_error
from paperstui.journal.files import create_private, locked, open_regular
from paperstui.paths import Paths
from paperstui.text.clean import clean_line

MOST = 500
"""Queries that are kept."""

LONGEST_QUERY = 500
"""Characters; the filter bar takes no more."""

_WHAT = "the list of queries"
_LARGEST = 4 * MOST * LONGEST_QUERY
_LOCK = "queries.lock"
_PATIENCE = 2.0


class Queries:
    """The file in the state directory, for any number of processes."""

    def __init__(self, paths: Paths) -> None:
        self._path = paths.queries
        self._lock = paths.locks / _LOCK

    def read(self) -> list[str]:
        """The queries, the oldest first. What does not look like one is left out: anybody may have edited the file.

        Raises:
            PaperstuiError: there is a file that cannot be read.
        """
        try:
            descriptor = open_regular(self._path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unreadable(error) from error
        try:
            with os.fdopen(descriptor, "rb") as file:
                # Of a file that somebody else has filled, the end.
                file.seek(max(0, os.fstat(descriptor).st_size - _LARGEST))
                text = file.read(_LARGEST).decode("utf-8", "replace")
        except OSError as error:
            raise _unreadable(error) from error
        return _sound(text.split("\n"))

    def add(self, query: str) -> None:
        """Put a query behind all others; those that were asked longest ago go when there are too many.

        Raises:
            SaveError: it cannot be written; what was there stays.
            PaperstuiError: what is there cannot be read, and so is not overwritten.
        """
        with locked(self._lock, _WHAT, _PATIENCE):
            queries = _sound([*self.read(), query])
            self._write("".join(f"{line}\n" for line in queries))

    def _write(self, text: str) -> None:
        # One name, since the lock is held: what a process leaves that was killed is taken away by the next one.
        fresh = self._path.with_name(f"{self._path.name}.part")
        try:
            fresh.unlink(missing_ok=True)
            with os.fdopen(create_private(fresh), "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise save_error(_WHAT, error) from error


def _unreadable(error: OSError) -> PaperstuiError:
    return PaperstuiError(f"{_WHAT} cannot be read: {error.strerror or type(error).__name__}")


def _sound(lines: Iterable[str]) -> list[str]:
    """The lines that can be queries, each where it stands last, as many as are kept."""
    found: dict[str, None] = {}
    for line in lines:
        query = clean_line(line, LONGEST_QUERY + 1)
        if query and len(query) <= LONGEST_QUERY:
            found.pop(query, None)
            found[query] = None
    return list(found)[-MOST:]
