"""A desk that is opened when it is first needed: behind a first frame, the library is opened after the screen stands."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, cast

from paperstui import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperstui.tui.app import PaperstuiApp
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases import Desk

KEYS_FIRST = 0.05
"""Seconds for which keys that were typed before the first screen keep the opening waiting at most."""

_AT_ONCE = frozenset({"question", "behind", "discussing", "endpoint", "readonly"})
"""What the screen asks for in the event loop and not in a thread: it waits for the opening."""


class LateDesk:
    """Stands for a desk. What it is asked to do opens it, in whichever thread that is.

    Whoever asks while it is being opened waits for it. An opening that failed fails again for everybody.
    """

    offline = False

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open_desk = open_desk
        self._lock = Lock()
        self._allowed = Event()
        self._desk: Desk | None = None
        self._error: Exception | None = None
        self._notices: list[str] = []

    def open(self) -> Desk:
        """Open it, unless that was done before.

        Raises:
            PaperstuiError: it cannot be opened.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            if self._desk is None:
                try:
                    desk = self._open_desk()
                except Exception as error:
                    self._error = error
                    raise
                # Some ask as soon as it is open, and what was gained is to be what the first frame says.
                desk.looks(clock.seconds())
                desk.notices[:0] = self._notices
                self._desk = desk
            return self._desk

    def allow(self) -> None:
        """From now on whoever asks for something opens it; until then they wait, though not for long."""
        self._allowed.set()

    @property
    def notices(self) -> list[str]:
        """What the user is to be told once."""
        return self._notices if self._desk is None else self._desk.notices

    async def disconnect(self) -> None:
        """Close the connections to the sources, if there can be any."""
        if self._desk is not None:
            await self._desk.disconnect()

    def close(self) -> None:
        """Close the library, if it was opened."""
        with self._lock:
            if self._desk is not None:
                self._desk.close()
            self._error = self._error or RuntimeError("the desk is closed")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a desk has
        """What the desk has of this name; a method of a desk that is not open yet opens it when it is called."""
        if self._desk is not None:
            return getattr(self._desk, name)
        if name in _AT_ONCE:
            return getattr(self.open(), name)
        return _Later(self, name)

    def opened(self) -> Desk:
        """The desk, for who asks in a thread."""
        # The opening would take the processor from the keys that are carried out.
        self._allowed.wait(2 * KEYS_FIRST)
        return self.open()


class _Later:
    """A method of a desk that is not open yet, or a part of it with methods of its own: calling one opens the desk."""

    def __init__(self, late: LateDesk, *names: str) -> None:
        self._late = late
        self._names = names

    def __getattr__(self, name: str) -> _Later:
        return _Later(self._late, *self._names, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        found: Any = self._late.opened()
        for name in self._names:
            found = getattr(found, name)
        return found(*args, **kwargs)


async def begin_late(screen: ReaderScreen) -> None:
    """Behind the first screen: carry out the keys there are, open the desk, and see what its list is by now."""
    app = cast("PaperstuiApp", screen.app)
    await app.filled.wait()
    with suppress(TimeoutError):
        await asyncio.wait_for(app.typed_out(), KEYS_FIRST)
    late = cast("LateDesk", screen.desk)
    late.allow()
    try:
        await screen.background.read(late.open)
    except Exception as error:  # noqa: BLE001 - it ends the reader, and is told when the terminal is as it was
        app.give_up(error)
        return
    screen.sittings.begin()
    await screen.shelf.start()
    screen.sittings.write_down()
    screen.begun()
