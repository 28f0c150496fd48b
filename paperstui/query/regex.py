"""`/regular expressions/` at work: compiled once, and run under a time limit as an SQL function.

Python's own `re` cannot be stopped within one text and holds the interpreter while it works on it, so that one bad
pattern freezes the reader for as long as it likes. The `regex` package has a time limit for each search and lets other
threads go on meanwhile. `patterns` refuses what would be too large already before it is searched for.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from paperstui.errors import PaperstuiError
from paperstui.query.patterns import BadPattern, checked
from paperstui.text.clean import clean_line

if TYPE_CHECKING:
    import regex

QUICK = 0.000_5
"""Seconds in which an ordinary expression is through with any text, so that they are not counted."""
MEMORY = 64
"""Compiled patterns that are kept."""


class QueryTimeout(PaperstuiError):  # noqa: N818  it says what it is
    """A query was stopped because its time was up."""


@lru_cache(maxsize=MEMORY)
def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern ready to search with, upper and lower case alike.

    Raises:
        BadPattern: it is no regular expression, or one that is too large; the text says why.
    """
    readable = checked(pattern)
    # Only here, because it takes a while to import and few queries need it.
    import regex

    try:
        return regex.compile(readable, regex.IGNORECASE | regex.VERSION0)
    except regex.error as error:
        raise BadPattern(f"it is not a regular expression: {clean_line(error.msg)}") from None
    except (ValueError, OverflowError, RecursionError, MemoryError):
        raise BadPattern("it is too large") from None


def spans(pattern: str, text: str, seconds: float = 0.02) -> list[tuple[int, int]]:
    """Where a pattern stands in a text, as (start, end), as far as the time allows; nothing for a bad pattern."""
    found: list[tuple[int, int]] = []
    with suppress(BadPattern, TimeoutError, MemoryError):
        found.extend(match.span() for match in compiled(pattern).finditer(text, timeout=seconds) if match.group())
    return found


class Regexp:
    """The SQL function `regexp(pattern, text)` for one connection, with a time limit for what runs in `running`.

        regexp = Regexp()
        connection.create_function("regexp", 2, regexp)
        with regexp.running():
            rows = connection.execute(sql, params).fetchall()

    slow: seconds that all texts of one statement may take together beyond `QUICK` each, which ordinary expressions never
    need however many papers there are. seconds: what the whole statement may take. text_seconds: what the search in one
    text may take, counted in time that the process computes. clock: counts seconds.
    """

    def __init__(
        self,
        slow: float = 2.0,
        seconds: float = 20.0,
        *,
        text_seconds: float = 0.25,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._text_seconds = text_seconds
        self._slow = slow
        self._seconds = seconds
        self._clock = clock
        self._left = float("inf")
        self._until = float("inf")
        self._raised: BaseException | None = None

    def __call__(self, pattern: object, text: object) -> bool:
        """Whether the pattern is found in the text; NULL and what is no text is never found."""
        if not isinstance(pattern, str) or not isinstance(text, str):
            return False
        try:
            return self._search(pattern, text)
        except BaseException as error:
            # SQLite would only say that a function raised something, also when a signal ends the program here.
            self._raised = error
            raise

    def _search(self, pattern: str, text: str) -> bool:
        began = self._clock()
        if began > self._until:
            raise QueryTimeout(
                f"{_shown(pattern)} took longer than {self._seconds:g} s: add words that papers must have"
            )
        try:
            found = compiled(pattern).search(text, timeout=self._text_seconds, concurrent=True) is not None
        except BadPattern:
            return False
        except (TimeoutError, MemoryError):
            raise self._too_slow(pattern) from None
        self._left -= max(0.0, self._clock() - began - QUICK)
        if self._left < 0:
            raise self._too_slow(pattern)
        return found

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start the clock for one statement.

        Raises:
            QueryTimeout: its time was up. (SQLite itself says only that a function raised an exception.)
        """
        self._left = self._slow
        self._until = self._clock() + self._seconds
        self._raised = None
        try:
            yield
        except sqlite3.Error:
            raised, self._raised = self._raised, None
            if raised is not None:
                raise raised from None
            raise
        finally:
            self._left = self._until = float("inf")

    @staticmethod
    def _too_slow(pattern: str) -> QueryTimeout:
        return QueryTimeout(f"{_shown(pattern)} can match in too many ways and was stopped: make it simpler")


def _shown(pattern: str) -> str:
    return f"/{clean_line(pattern, 30)}/"
