"""What is kept up to date in the background, and the screen that tells how it goes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.errors import PaperstuiError
from paperstui.usecases.asking import DAILY

if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.models import Upserted
    from paperstui.tui.screens.health import HealthScreen
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases.results import Outcome
    from paperstui.usecases.scheduler import Job, Scheduler


class Keeper:
    """Runs the scheduler beside the screen. What it fetches is shown by the refresher."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.scheduler: Scheduler | None = None
        self._task: asyncio.Task[None] | None = None
        self._outcome: Outcome | None = None
        self._health: HealthScreen | None = None
        self._known: dict[str, float] = {}

    async def start(self) -> None:
        """Begin; the newest day is being fetched already."""
        jobs = await self.screen.background.read(self._jobs)
        from paperstui.usecases.scheduler import Scheduler

        self.scheduler = Scheduler(jobs, changed=self.changed, fault=_in_words)
        if self.screen.refresher.fetching_newest:
            self.scheduler.begun(DAILY)
        if self._outcome is not None:
            self.scheduler.done(DAILY, self._outcome)
        self._task = asyncio.create_task(self.scheduler.run())

    def stop(self) -> None:
        """Let go of everything; nothing is waited for."""
        if self._task is not None:
            self._task.cancel()

    def _jobs(self) -> list[Job]:
        from paperstui.usecases.keeping import jobs

        refresher = self.screen.refresher
        return jobs(
            self.screen.desk,
            self.screen.settings.refresh_minutes,
            refresh=refresher.keep_current,
            came=self._came,
            taken=refresher.take_elsewhere,
            ahead=self.screen.settings.fetch_ahead,
        )

    async def _came(self, upserted: Upserted) -> None:
        """ArXiv brought something: what stands on the screen is shown as it is now."""
        if upserted.updated:
            await self.screen.shelf.reload(upserted.updated)
        if upserted.new:
            self.screen.shelf.recount()
            await self.screen.arrivals.take_list(len(upserted.new))

    def begun(self) -> None:
        """The newest day is being fetched."""
        if self.scheduler is not None:
            self.scheduler.begun(DAILY)

    def done(self, outcome: Outcome) -> None:
        """The newest day was fetched, or could not be."""
        self._outcome = outcome
        if self.scheduler is not None:
            self.scheduler.done(DAILY, outcome)

    def queued(self, paper_id: str) -> None:
        """A paper was put on the reading list: if texts are fetched ahead, its is the next."""
        if self.scheduler is None or not self.screen.settings.fetch_ahead:
            return
        from paperstui.usecases.keeping import AHEAD

        if self.scheduler.state(AHEAD) is not None:
            self.screen.desk.ahead.soon([paper_id])
            self.scheduler.hurry(AHEAD)

    # The screen

    def do_health(self) -> None:
        from paperstui.tui.screens.health import HealthScreen

        self._health = HealthScreen(self._lines, self.screen.refresher.do_refresh)
        self.screen.around.show(self._health, self._closed)
        self.screen.work(self._look_at_fetched, group="health", exclusive=True)

    async def _look_at_fetched(self) -> None:
        """What was fetched before this reader was opened, or by another process; and the reading list as it is by now."""
        self._known = await self.screen.background.aside(self._fetched)
        self.changed()

    def _fetched(self) -> dict[str, float]:
        from paperstui.usecases.keeping import AHEAD, fetched

        if self.scheduler is not None and self.scheduler.state(AHEAD) is not None:
            self.screen.desk.ahead.look()
        return fetched(self.screen.desk.library)

    def _closed(self, _: None) -> None:
        self._health = None

    def changed(self) -> None:
        """Something about the sources is another than it was."""
        if self._health is not None:
            self._health.again()

    def _lines(self, cells: int) -> list[Line]:
        from paperstui.draw.health import health_lines
        from paperstui.draw.lines import paragraph
        from paperstui.usecases.keeping import health

        why = ""
        if self.screen.desk.offline:
            why = "The demonstration does not touch the network."
        elif not self.screen.settings.refresh_minutes:
            why = "Nothing is fetched by itself: refresh_minutes is 0 in config.toml."
        try:
            return health_lines(health(self.screen.desk, self.scheduler, self._known), clock.wall(), cells, why_not=why)
        except PaperstuiError as error:
            return [[], *paragraph(str(error), "error", cells)]


def _in_words(error: Exception) -> str:
    from paperstui.crash import report

    return report(error).replace("\n", "; ")
