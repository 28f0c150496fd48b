"""Brings the terminal what it needs for pictures, no faster than it takes it.

What Textual writes goes through a queue that holds some thirty writes, and a full one holds up the event loop. So a
picture goes in pieces, each of which is written when the queue is empty: over a slow line a frame waits for one or two
pieces, not for the picture, and no key waits at all.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from paperstui.draw.pictures import KITTY_ENDED, kitty_deleted
from paperstui.tui.graphics import is_full, paint, parcels, send, waiting

if TYPE_CHECKING:
    from textual.driver import Driver

LOOK = 0.005
"""Seconds until it is looked again whether there is room."""


class Courier:
    """Gives images to kitty, and rows of sixels to any terminal. All of it belongs to the event loop."""

    def __init__(self, driver: Callable[[], Driver | None]) -> None:
        self._driver = driver
        self._known: set[int] = set()  # what kitty holds until it is told not to
        self._is_amid = False
        self._errand = 0
        self._late: list[str] = []
        self._rows: deque[tuple[tuple[int, int, str], ...]] = deque()
        self._may_paint: Callable[[], bool] = lambda: True
        self._timers: dict[str, asyncio.TimerHandle] = {}

    async def give(self, number: int, sequences: Iterable[str]) -> bool:
        """Give kitty an image; False if all are to be forgotten before it has it.

        Raises:
            ValueError: one of them is no sequence for a picture.
        """
        errand = self._errand
        for parcel in parcels(sequences):
            while errand == self._errand and (self._late or waiting(self._driver())):  # noqa: ASYNC110 - a queue tells nobody
                await asyncio.sleep(LOOK)
            if errand != self._errand:
                return False
            self._known.add(number)
            send(self._driver(), parcel)
            # Between the first and the last of its pieces there is to be no other sequence for pictures but its end.
            self._is_amid = "m=1;" in parcel[-1]
            await asyncio.sleep(0)
        return errand == self._errand

    def forget(self, *, at_once: bool = False) -> None:
        """Have kitty forget all that it has, and give it nothing more of what is on its way.

        at_once: also where the queue is full, since the terminal is handed over.
        """
        self._errand += 1
        if self._is_amid:
            # A transmission that breaks off would take the next image for its rest.
            self._late.append(KITTY_ENDED)
            self._is_amid = False
        self._late += map(kitty_deleted, sorted(self._known))
        self._known.clear()
        self._say_late(at_once=at_once)

    def paint(self, rows: Iterable[tuple[int, int, str]], may: Callable[[], bool]) -> None:
        """Paint rows of sixels in place of those that are not painted yet: column, row, sequence.

        may: whether they may be painted still.

        Raises:
            ValueError: one of them is no sequence for a picture.
        """
        self._rows = deque(parcels(rows, size=lambda row: len(row[2])))
        self._may_paint = may
        self._go_on()

    def end(self) -> None:
        """Leave nothing in the terminal, and give it nothing more."""
        self._rows.clear()
        self.forget(at_once=True)
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _go_on(self) -> None:
        if self._rows and not self._may_paint():
            self._rows.clear()
        while self._rows and not waiting(self._driver()):
            paint(self._driver(), self._rows.popleft())
        if self._rows:
            self._look_again("rows", self._go_on)

    def _say_late(self, *, at_once: bool = False) -> None:
        if self._late and is_full(self._driver()) and not at_once:
            self._look_again("late", self._say_late)
        elif self._late:
            late, self._late = self._late, []
            send(self._driver(), late)

    def _look_again(self, name: str, then: Callable[[], None]) -> None:
        if name in self._timers:
            self._timers[name].cancel()
        self._timers[name] = asyncio.get_running_loop().call_later(LOOK, then)
