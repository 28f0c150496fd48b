"""A lock that is given in the order in which it was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets threads take turns: a star does not wait for the whole of an import."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next = 0
        self._serving = 0

    def __enter__(self) -> None:
        with self._changed:
            ticket = self._next
            self._next += 1
            self._changed.wait_for(lambda: self._serving == ticket)

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._serving += 1
            self._changed.notify_all()

    @contextmanager
    def at_once(self) -> Iterator[bool]:
        """Take a turn if nobody else has one or waits for one; whether it was taken."""
        with self._changed:
            free = self._next == self._serving
            if free:
                self._next += 1
        try:
            yield free
        finally:
            if free:
                self.__exit__()
