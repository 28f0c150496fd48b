"""Fetching: one issue of a feed, the newest one, or a range of days that can be interrupted and goes on where it was.

What came is stored page by page, so that a failure costs only what had not come yet. A failure is told in the result.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from paperstui import clock, periods
from paperstui.errors import PaperstuiError, SourceError
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.usecases import sittings
from paperstui.usecases.asking import DAILY, TRENDING, place_of
from paperstui.usecases.periods import newest_periods, settled
from paperstui.usecases.results import Refreshed
from paperstui.usecases.storing import failed, whole

if TYPE_CHECKING:
    from paperstui.sources.daily_papers import DailyPapers, Page
    from paperstui.sources.http import Http

PATIENCE = 600.0
"""Seconds a backfill waits when the service asks for a pause; a longer one ends it, to be taken up another time."""

FAILURES: dict[str, int] = {"answer": 3, "refused": 3, "server": 2, "timeout": 2}
"""How many days in a row may fail before a backfill gives up, by the kind of failure; other kinds end it at once."""

PageCame = Callable[[Refreshed], Awaitable[None]]
Waits = Callable[[str, float], None]
Once = Callable[[str, str | None, Callable[[], Awaitable[Refreshed]]], Awaitable[Refreshed]]
"""Told why fetching waits, in words, and for how many seconds."""


class Fetching:
    """Brings papers from the source into the library. Belongs to one event loop."""

    def __init__(self, paths: Paths, library: Library, carry: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        self._paths = paths
        self._library = library
        self._carry = carry
        self._http: Http | None = None
        self._opening = asyncio.Lock()

    @property
    def http(self) -> Http | None:
        """The client, if there was need of one."""
        return self._http

    @property
    def endpoint(self) -> str:
        """The address of the home feed."""
        from paperstui.sources.addresses import endpoint as endpoint_of

        return endpoint_of()

    async def client(self) -> Http:
        """The one client for all sources.

        Raises:
            UsageError: an endpoint in the environment is not an address.
        """
        async with self._opening:
            if self._http is None:
                # In a thread, because what this imports takes longer than a key may wait.
                self._http = await asyncio.to_thread(_open_http, self._paths)
            return self._http

    async def _source(self) -> DailyPapers:
        client = await self.client()
        from paperstui.sources.daily_papers import DailyPapers

        return DailyPapers(client)

    async def close(self) -> None:
        """Close the connections."""
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def refresh(
        self, feed: str, period: str | None, *, asked: bool = False, on_page: PageCame | None = None
    ) -> Refreshed:
        """Fetch an issue of a feed of Hugging Face; by default the newest, of days the newest that has papers.

        asked: the user wants it now, so pauses of our own making do not count.
        """
        try:
            source = await self._source()
        except PaperstuiError as error:
            return _failed(Refreshed(feed=feed, period=period or ""), error)
        if asked:
            self._wake()
        candidates = [period] if period else newest_periods(feed)
        absent = 0
        result = Refreshed(feed=feed, period="")
        for candidate in candidates:
            result = await self._fetch(source, feed, candidate, on_page)
            if result.papers or result.error:
                return result
            absent += result.absent
        # One day may not have begun yet; a service that knows none of them is another one.
        return self._unknown(result) if absent == len(candidates) > 1 else result

    async def backfill(
        self, since: date, until: date, *, once: Once, feed: str = DAILY, waits: Waits | None = None
    ) -> AsyncIterator[tuple[int, int, Refreshed]]:
        """Fetch every day, week or month of a range that is not here whole, newest first: (done, of how many, what came).

        It ends early when the service cannot be reached, asks for a long pause or fails for several of them in a row.

        once: fetches an issue of a feed by what it is given, unless another process does.
        """
        try:
            source = await self._source()
        except PaperstuiError as error:
            yield 0, 1, _failed(Refreshed(feed=feed, period=""), error)
            return
        every = _issues(feed, since, until)
        wanted = await asyncio.to_thread(lambda: [period for period in every if not self._settled(feed, period)])
        failures = absent = 0
        for done, period in enumerate(wanted, 1):
            self._wake()
            result = await once(feed, period, partial(self._patiently, source, feed, period, waits))
            absent = absent + 1 if result.absent else 0
            if absent == FAILURES["refused"]:
                result = self._unknown(result)
            yield done, len(wanted), result
            failures = failures + 1 if result.status else 0
            if result.status and (absent or failures >= FAILURES.get(result.kind, 1)):
                return

    def here_whole(self, since: date, until: date, feed: str) -> int:
        """How many issues of a range are here whole, and so not fetched again."""
        return sum(self._settled(feed, period) for period in _issues(feed, since, until))

    async def _fetch(self, source: DailyPapers, feed: str, period: str, on_page: PageCame | None = None) -> Refreshed:
        result = Refreshed(feed=feed, period=period, not_modified=True)
        try:
            before = await asyncio.to_thread(sittings.reached, self._library, feed, period)
            result = replace(result, papers=before.papers)
            pages = before.pages
            async for page in source.pages_of(feed, period, begin=before.pages):
                pages += 1
                result = await whole(self._store, result, page, pages)
                if on_page is not None and page.batch.items:
                    await on_page(result)
        except PaperstuiError as error:
            result = _failed(result, error)
        return replace(result, notice=self._http.health.notice) if self._http is not None else result

    def _store(self, result: Refreshed, page: Page, pages: int) -> Refreshed:
        """Store one page; the period is marked with every page, so that an interrupted one is known to be so.

        pages: how many of the list are here with it.
        """
        at = clock.seconds()
        batch = page.batch
        if page.absent:
            return replace(result, absent=True, not_modified=False)
        known = self._library.period(result.feed, result.period)
        papers = result.papers + len(batch.items)
        if known is not None and known.papers and not papers and not batch.skipped:
            # Lists do not lose all of their papers. What is here stays, and whether it is whole is not known any better.
            what = "list" if result.feed == TRENDING else periods.kind_of(result.feed)
            text = (
                f"{self._host} sent an empty list, though {known.papers} papers of this {what} are known: they are kept"
            )
            return _failed(result, SourceError(text, kind="answer"))
        # Also what did not change at the source: it may not be here, since what came last may not have been stored.
        came = self._library.upsert(batch.items, at)
        self._carry(came.merged)
        if result.feed == TRENDING and not page.problem:
            # It is another list than it was some hours before; what left it is not trending any more.
            self._library.unlist(result.feed, result.period, but=[item.paper.id for item in batch.items])
        complete = page.last and not page.problem
        self._library.mark_period(result.feed, result.period, at=at, complete=complete, papers=papers)
        if not page.last:
            sittings.remember(self._library, result.feed, result.period, pages, papers)
        elif pages > 1:
            sittings.forget(self._library, result.feed, result.period)
        return replace(
            result,
            upserted=result.upserted + came,
            papers=papers,
            skipped=result.skipped + batch.skipped,
            complete=complete,
            not_modified=result.not_modified and batch.not_modified,
            error=page.problem,
            status=SourceError.exit_status if page.problem else 0,
        )

    async def _patiently(self, source: DailyPapers, feed: str, period: str, waits: Waits | None) -> Refreshed:
        """Fetch an issue; when the service asks for a pause that is not too long, wait for it and ask again."""
        result = await self._fetch(source, feed, period)
        if result.kind == "limited" and result.retry_at is not None:
            pause = result.retry_at - clock.wall()
            if pause <= PATIENCE:
                if waits is not None:
                    waits(result.error, pause)
                await asyncio.sleep(max(0.0, pause) + 0.1)
                result = await self._fetch(source, feed, period)
        return result

    def _wake(self) -> None:
        if self._http is not None:
            self._http.wake()

    def _settled(self, feed: str, period: str) -> bool:
        return settled(self._library, place_of(feed, period))

    @property
    def _host(self) -> str:
        return urlsplit(self.endpoint).netloc

    def _unknown(self, result: Refreshed) -> Refreshed:
        text = f"{self._host} has no Daily Papers: is HF_ENDPOINT right?"
        return _failed(result, SourceError(text, kind="refused"))


def _open_http(paths: Paths) -> Http:
    """The client, with all that fetching imports."""
    from paperstui.sources import daily_papers, http

    del daily_papers
    return http.open_http(paths)


def _failed(result: Refreshed, error: PaperstuiError) -> Refreshed:
    """The result with what ended it; the list is not whole then."""
    return failed(replace(result, complete=False, not_modified=False), error)


def _issues(feed: str, since: date, until: date) -> tuple[str, ...]:
    """The days, weeks or months of a range, newest first."""
    return tuple(dict.fromkeys(periods.containing(feed, day) for day in _days(feed, since, until)))


def _days(feed: str, since: date, until: date) -> Iterator[date]:
    """The days of a range, newest first; without weekends, at which no day has papers, though a week or a month has."""
    day = until
    while day >= since:
        if feed != DAILY or day.weekday() < 5:
            yield day
        day -= timedelta(days=1)
