"""Running the app in a test: a desk over invented papers, the screen, and ways to wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from textual.pilot import Pilot

from paperstui import clock
from paperstui.config import Settings
from paperstui.demo.generator import items
from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.tui.app import PaperstuiApp
from paperstui.tui.screens.reader import ReaderScreen
from paperstui.usecases import Desk
from tests.golden import frame
from tests.waiting import wait_for

DAY = date(2026, 6, 4)


@dataclass
class Reading:
    """A running reader."""

    app: PaperstuiApp
    pilot: Pilot[None]
    desk: Desk

    @property
    def screen(self) -> ReaderScreen:
        """The reader's screen, whatever lies on top of it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReaderScreen))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return frame(self.app)

    @property
    def line(self) -> str:
        """The status line."""
        return self.text.splitlines()[-2]

    async def press(self, *keys: str) -> None:
        """Press keys and let everything they start come to an end."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until no work is under way and the screen shows it."""
        await wait_for(lambda: not self._busy(), "the work to end")
        await self.pilot.pause()
        await wait_for(lambda: not self._busy(), "the work to end")

    def _busy(self) -> bool:
        return self.app.typing or any(not worker.is_finished for worker in self.app.workers)

    async def see(self, text: str) -> None:
        """Wait until a text is on the screen."""
        await wait_for(lambda: text in self.text, f"{text!r} on the screen:\n{self.text}")


def fill(desk: Desk, count: int = 60, *, last_day: date = DAY, days: int = 5) -> list[Item]:
    """Put invented papers into a desk's library."""
    made = items(count, last_day=last_day, days=days)
    desk.library.upsert(made, clock.seconds() - 3600)
    periods = {item.listing.period for item in made if item.listing}
    for period in periods:
        here = sum(1 for item in made if item.listing and item.listing.period == period)
        desk.library.mark_period("daily", period, at=clock.seconds() - 600, complete=True, papers=here)
    return made


@asynccontextmanager
async def reading(
    desk: Desk,
    *,
    size: tuple[int, int] = (120, 40),
    settings: Settings | None = None,
    settle: bool = True,
    query: str = "",
) -> AsyncIterator[Reading]:
    """The reader over a desk, with toasts and tooltips on."""
    app = PaperstuiApp(desk, settings or Settings(), query=query)
    async with app.run_test(size=size, tooltips=True, notifications=True) as pilot:
        running = Reading(app, pilot, desk)
        if settle:
            await running.settle()
        yield running
    app.background.close()
    if app.fault is not None:
        raise app.fault


def open_desk(places: Paths, *, offline: bool = True) -> Desk:
    """A desk over the test's own directories."""
    return Desk.open(places, Settings(), offline=offline)
