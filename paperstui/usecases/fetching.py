"""Fetching: one day, the newest day, or a range that can be interrupted at any point and goes on where it was.

What came is stored page by page, so that a failure costs only what had not come yet. A failure is told in the result.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from paperstui import clock
from paperstui.errors import PaperstuiError, SourceError
from paperstui.library.store import Library
from paperstui.models import Upserted
from paperstui.paths import Paths
from paperstui.sources.addresses import endpoint as endpoint_of
from paperstui.usecases.results import Place, Refreshed
from paperstui.usecases.days import settled

if TYPE_CHECKING:
    from paperstui.sources.daily_papers import DailyPapers, Page
    from paperstui.sources.http import Http

FEED = "daily"

STEPS_BACK = 7
"""Days looked at for the newest one with papers; enough for a weekend with a holiday on both sides."""

PATIENCE = 600.0
"""Seconds a backfill waits when the service asks for a pause; a longer one ends it, to be taken up another time."""

FAILURES = 3
"""Days in a row that may fail before a backfill gives up."""

PageCame = Callable[[Refreshed], Awaitable[None]]


class Fetching:
    """Brings papers from the source into the library. Belongs to one event loop."""

    def __init__(self, paths: Paths, library: Library, carry: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        self._paths = paths
        self._library = library
        self._carry = carry
        self._http: Http | None = None

    @property
    def endpoint(self) -> str:
        """The address of the home feed."""
        return endpoint_of()

    def _source(self) -> DailyPapers:
        from paperstui.sources.daily_papers import DailyPapers
        from paperstui.sources.http import open_http

        if self._http is None:
            self._http = open_http(self._paths)
        return DailyPapers(self._http)

    async def close(self) -> None:
        """Close the connections."""
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def refresh_day(self, day: date | None, *, asked: bool = False, on_page: PageCame | None = None) -> Refreshed:
        """Fetch a day, or walk back from today to the newest day that has papers.

        asked: the user wants it now, so pauses of our own making do not count.
        """
        try:
            source = self._source()
        except PaperstuiError as error:
            return Refreshed(feed=FEED, period="", complete=False, error=str(error), status=error.exit_status)
        if asked and self._http is not None:
            self._http.wake()
        result = Refreshed(feed=FEED, period="")
        for candidate in [day] if day else _newest_days():
            result = await self._fetch(source, candidate, on_page)
            if result.papers or result.error:
                break
        return result

    async def _fetch(self, source: DailyPapers, day: date, on_page: PageCame | None) -> Refreshed:
        result = Refreshed(feed=FEED, period=day.isoformat(), not_modified=True)
        try:
            async for page in source.pages(day):
                result = await self._take(result, page)
                if on_page is not None and page.batch.items:
                    await on_page(result)
        except SourceError as error:
            return replace(result, complete=False, not_modified=False, error=str(error), status=error.exit_status)
        except PaperstuiError as error:
            return replace(result, complete=False, not_modified=False, error=str(error), status=error.exit_status)
        return result

    async def _take(self, result: Refreshed, page: Page) -> Refreshed:
        return await asyncio.to_thread(self._store, result, page)

    def _store(self, result: Refreshed, page: Page) -> Refreshed:
        """Store one page; the period is marked with every page, so that an interrupted one is known to be so."""
        at = clock.seconds()
        batch = page.batch
        known = self._library.period(result.feed, result.period)
        papers = result.papers + len(batch.items)
        # The cache may outlive the library: what did not change at the source may still be missing here.
        if batch.not_modified and known is not None and known.papers >= papers:
            came = Upserted(unchanged=tuple(item.paper.id for item in batch.items))
        else:
            came = self._library.upsert(batch.items, at)
            self._carry(came.merged)
        complete = page.last and not page.problem
        if not page.absent:
            self._library.mark_period(result.feed, result.period, at=at, complete=complete, papers=papers)
        return replace(
            result,
            upserted=result.upserted + came,
            papers=papers,
            skipped=result.skipped + batch.skipped,
            complete=complete,
            not_modified=result.not_modified and batch.not_modified,
            error=page.problem,
        )

    async def backfill(self, since: date, until: date) -> AsyncIterator[tuple[int, int, Refreshed]]:
        """Fetch every day of a range that is not here whole, newest first: (done, of how many, what came)."""
        try:
            source = self._source()
        except PaperstuiError as error:
            yield 0, 1, Refreshed(feed=FEED, period="", complete=False, error=str(error), status=error.exit_status)
            return
        if self._http is not None:
            self._http.wake()
        days = await asyncio.to_thread(lambda: [day for day in _weekdays(since, until) if not self._settled(day)])
        failed = 0
        for done, day in enumerate(days, 1):
            result = await self._patiently(source, day)
            yield done, len(days), result
            failed = failed + 1 if result.error else 0
            if result.status and (failed >= FAILURES or not self._may_go_on(result)):
                return

    def _settled(self, day: date) -> bool:
        return settled(self._library, Place("today", day.isoformat()))

    def _may_go_on(self, result: Refreshed) -> bool:
        """A full disk or a pause of an hour ends a backfill; a day that failed does not."""
        health = self._http.health if self._http is not None else None
        paused = health is not None and health.not_before is not None and health.not_before - clock.wall() > PATIENCE
        return result.status == SourceError.exit_status and not paused

    async def _patiently(self, source: DailyPapers, day: date) -> Refreshed:
        """Fetch a day; when the service asks for a pause that is not too long, wait for it and ask again."""
        result = await self._fetch(source, day, None)
        health = self._http.health if self._http is not None else None
        if result.status == SourceError.exit_status and health is not None and health.not_before is not None:
            pause = health.not_before - clock.wall()
            if 0 < pause <= PATIENCE:
                await asyncio.sleep(pause + 0.1)
                result = await self._fetch(source, day, None)
        return result


def _newest_days() -> Iterator[date]:
    """The newest day the feed can have, and the weekdays before it."""
    day = clock.newest_feed_day()
    for _ in range(STEPS_BACK):
        if day.weekday() < 5:
            yield day
        if day <= clock.ARCHIVE_START:
            return
        day -= timedelta(days=1)


def _weekdays(since: date, until: date) -> Iterator[date]:
    """The weekdays of a range, newest first; the feed has nothing at weekends."""
    day = until
    while day >= since:
        if day.weekday() < 5:
            yield day
        day -= timedelta(days=1)
