"""`/regular expressions/` at work: compiled once, and run under a time limit as an SQL function.

`patterns` refuses what could freeze the reader. Beside that, of the text of one field only the first `LONGEST_TEXT`
characters are searched, and all texts of one statement have a time limit. It is looked at between two texts, because
Python cannot stop within one: the text that is being searched when the time is up is still finished.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from paperstui.errors import PaperstuiError
from paperstui.query.patterns import BadPattern, checked

LONGEST_TEXT = 4_000
"""How many characters of one field a regular expression sees; arXiv takes no abstract longer than 1,920."""


class QueryTimeout(PaperstuiError):  # noqa: N818  it says what it is
    """A query was stopped because its time was up."""


@lru_cache(maxsize=64)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern ready to search with, upper and lower case alike.

    Raises:
        BadPattern: it is no regular expression, or could take for ever; the text says why.
    """
    try:
        return re.compile(checked(pattern), re.IGNORECASE)
    except re.error as error:
        raise BadPattern(f"it is not a regular expression: {error.msg}") from None
    except (OverflowError, RecursionError):
        raise BadPattern("it is too large") from None


class Regexp:
    """The SQL function `regexp(pattern, text)` for one connection, with a time limit for what runs in `running`.

        regexp = Regexp()
        connection.create_function("regexp", 2, regexp)
        with regexp.running():
            rows = connection.execute(sql, params).fetchall()

    seconds: what all texts of one statement may take together, measured on `clock`, which counts seconds.
    """

    def __init__(self, seconds: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._until = float("inf")
        self._late = False

    def __call__(self, pattern: object, text: object) -> bool:
        """Whether the pattern is found in the text; NULL and what is no text is never found."""
        if not isinstance(pattern, str) or not isinstance(text, str):
            return False
        if self._clock() > self._until:
            self._late = True
            raise QueryTimeout(self._message())
        try:
            return compiled(pattern).search(text, 0, LONGEST_TEXT) is not None
        except BadPattern:
            return False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start the clock for one statement.

        Raises:
            QueryTimeout: its time was up. (SQLite itself says only that a function raised an exception.)
        """
        self._until = self._clock() + self.seconds
        self._late = False
        try:
            yield
        except sqlite3.Error:
            if self._late:
                raise QueryTimeout(self._message()) from None
            raise
        finally:
            self._until = float("inf")

    def _message(self) -> str:
        return f"the regular expression took longer than {self.seconds:g} s"
