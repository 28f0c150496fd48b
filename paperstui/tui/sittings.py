"""Notes when the user looks, for what papers have gained since the time before; see `paperstui.library.gains`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.errors import PaperstuiError

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen

EVERY = 300
"""Seconds between two times that it is written down: who is killed has looked until so long before at most."""

AGAIN = 5
"""The same after a time at which somebody else was writing."""


class Sittings:
    """Writes down that the user looks: when the list was first shown, while keys are pressed, and at the end.

    Nobody waits for it, and it waits for nobody: what could not be written down is, with one of the next keys.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._last = 0
        self._noted = 0
        self._every = EVERY

    def begin(self) -> None:
        """Before the first rows are read: they are those of this sitting."""
        self._last = self._noted = clock.seconds()
        self.screen.desk.looks(self._last)

    def write_down(self) -> None:
        """The list is shown, or being read."""
        self.screen.work(self._begin, group="looking")

    def go_on(self) -> None:
        """A key was pressed."""
        if not self._noted:
            return
        self._last = clock.seconds()
        if abs(self._last - self._noted) >= self._every:
            self._noted = self._last
            self.screen.work(self._look_again, group="looking")

    def end(self) -> None:
        """The reader is left: what was on the screen at the last key was seen."""
        if self._noted:
            self.screen.background.finish(self.screen.desk.look, self._last)

    async def _look(self) -> bool:
        self._every = AGAIN
        with suppress(PaperstuiError):
            # Nothing else needs it: what cannot be saved is said where a decision is lost by it.
            changed = await self.screen.background.follow(self.screen.desk.look, self._last)
            self._every = EVERY
            return changed
        return False

    async def _begin(self) -> None:
        if await self._look() and self.screen.shelf.text:
            # The rows say it already, but what was found, and its order, may be by what was gained before.
            self.screen.shelf.again()

    async def _look_again(self) -> None:
        if await self._look():
            await self.screen.shelf.look_again()
