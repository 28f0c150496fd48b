"""The part of the desk that reaches out: to Hugging Face, to arXiv, and into files."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.config import Settings
from paperstui.feeds import ARXIV
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.usecases import deciding
from paperstui.usecases.asking import DAILY
from paperstui.usecases.elsewhere import brought, fetched_at, recent
from paperstui.usecases.periods import newest_period
from paperstui.usecases.results import Imported, Refreshed

if TYPE_CHECKING:
    from paperstui.sources.http import Http
    from paperstui.usecases.ahead import Ahead
    from paperstui.usecases.arxiv import ArxivDesk
    from paperstui.usecases.claims import Claims
    from paperstui.usecases.discussing import Discussing
    from paperstui.usecases.fetching import Fetching, Waits
    from paperstui.usecases.figures import Figures
    from paperstui.usecases.noting import Noting
    from paperstui.usecases.pdfs import Pdfs
    from paperstui.usecases.places import Places
    from paperstui.usecases.reading import Reading
    from paperstui.usecases.searching import Searching

BEFORE = 60
"""Seconds: another process that is fetching something may have begun so long ago."""


class Reaching:
    """The sources of a desk; see `paperstui.usecases.desk.Desk`. What it needs is made when it is first asked for."""

    def __init__(self, paths: Paths, library: Library, settings: Settings | None, *, offline: bool) -> None:
        self.paths = paths
        self.library = library
        self.offline = offline
        self.invented = False
        self.notices: list[str] = list(library.notices)
        self._decisions = deciding.Decisions(paths, library, self.notices)
        self._fetching: Fetching | None = None
        self._making = threading.Lock()
        self._categories = settings.arxiv if settings is not None else ()

    @cached_property
    def arxiv(self) -> ArxivDesk:
        """All that there is to do with arXiv."""
        from paperstui.usecases.arxiv import ArxivDesk

        client, carry = self._fetcher.client, self._decisions.carry
        return ArxivDesk(self.library, client, carry, self._categories, offline=self.offline)

    @cached_property
    def discussing(self) -> Discussing:
        """What there is around a paper: its discussion, and what is built on it."""
        from paperstui.usecases.discussing import opened

        return opened(self, self._fetcher.client, self._decisions.carry)

    @cached_property
    def searching(self) -> Searching:
        """Hugging Face's own search."""
        from paperstui.usecases.searching import opened

        return opened(self, self._fetcher.client, self._decisions.carry)

    @cached_property
    def reading(self) -> Reading:
        """Full texts."""
        from paperstui.usecases.reading import opened

        return opened(self, self._fetcher.client)

    @cached_property
    def ahead(self) -> Ahead:
        """Full texts of the reading list, fetched before they are asked for."""
        from paperstui.usecases.ahead import opened

        return opened(self)

    @cached_property
    def figures(self) -> Figures:
        """The pictures of papers."""
        from paperstui.usecases.figures import opened

        return opened(self, self._fetcher.client)

    @cached_property
    def pdfs(self) -> Pdfs:
        """Downloaded PDFs."""
        from paperstui.usecases.pdfs import opened

        return opened(self, self._fetcher.client)

    @cached_property
    def noting(self) -> Noting:
        """What the user writes about papers."""
        from paperstui.usecases.noting import Noting

        return Noting(self.paths, self.library, self._decisions)

    @cached_property
    def places(self) -> Places:
        """Where the user was in each text."""
        from paperstui.usecases.places import Places

        return Places(self.paths)

    @property
    def _fetcher(self) -> Fetching:
        """What fetches, made when it is first needed: most commands fetch nothing."""
        with self._making:
            # Asked for in several threads, and there is to be one client for all sources.
            if self._fetching is None:
                from paperstui.usecases.fetching import Fetching

                self._fetching = Fetching(self.paths, self.library, self._decisions.carry)
            return self._fetching

    @cached_property
    def claims(self) -> Claims:
        """Who is fetching what."""
        from paperstui.usecases.claims import Claims

        return Claims(self.paths.locks)

    @property
    def http(self) -> Http | None:
        """The client for all sources, if there was need of one."""
        return self._fetching.http if self._fetching is not None else None

    @property
    def endpoint(self) -> str:
        """The address of the home feed."""
        from paperstui.sources.addresses import endpoint

        return endpoint()

    async def disconnect(self) -> None:
        """Close the connections to the sources; in the event loop that fetched, when nothing is fetched any more."""
        if self._fetching is not None:
            await self._fetching.close()

    async def refresh(
        self,
        feed: str = DAILY,
        period: str | None = None,
        *,
        asked: bool = False,
        on_page: Callable[[Refreshed], Awaitable[None]] | None = None,
        others: Callable[[], None] = lambda: None,
        waits: Waits | None = None,
    ) -> Refreshed:
        """Fetch an issue of a feed, or the newest one. What came is stored page by page; a failure is in the result.

        While another process fetches it, that is waited for, and what came of it is the result.

        asked: the user wants it now, so pauses of our own making do not count. on_page: awaited when a page is stored.
        others: told that another process is fetching it. waits: told of pauses that arXiv asks for; they are waited out
        where it is given.
        """

        async def fetch() -> Refreshed:
            if feed.startswith(ARXIV):
                return await self.arxiv.refresh(feed, asked=asked, waits=waits)
            return await self._fetcher.refresh(feed, period, asked=asked, on_page=on_page)

        return await self._once(feed, period, fetch, others=others)

    async def _once(
        self,
        feed: str,
        period: str | None,
        fetch: Callable[[], Awaitable[Refreshed]],
        *,
        others: Callable[[], None],
    ) -> Refreshed:
        """Fetch an issue, unless another process does just now: then that is waited for."""
        import asyncio

        began = clock.seconds()
        # In a thread, because of what is imported. What is claimed is the first issue to be asked for: the source may have
        # another one as its newest.
        claims = await asyncio.to_thread(lambda: self.claims)
        name = f"{feed} {period or await asyncio.to_thread(newest_period, feed)}"
        async with claims.turn(name, others) as waited:
            if waited:
                there = await asyncio.to_thread(brought, self.library, feed, period, began - BEFORE)
                if there is not None:
                    return there
            return await fetch()

    def answered_at(self, feed: str) -> float | None:
        """When the source of a feed last answered this process, whatever it was asked for, in Unix seconds of the machine."""
        if self.http is None:
            return None
        from paperstui.sources.arxiv_hosts import arxiv_hosts

        return self.http.health_of(arxiv_hosts().api if feed.startswith(ARXIV) else self.endpoint).last_success

    def brought(self, feed: str, period: str | None, since: int) -> Refreshed | None:
        """What came of an issue, by default the newest, since a moment (Unix seconds), whichever process fetched it."""
        return brought(self.library, feed, period, since)

    def recent(self, feed: str, period: str | None) -> Refreshed | None:
        """An issue, by default the newest, that any process has just fetched whole: it need not be asked for again."""
        return recent(self.library, feed, period)

    def version(self) -> int:
        """A number that is another one when anybody has changed the library; to be compared within one thread."""
        return self.library.version()

    def newest_fetched_at(self) -> int | None:
        """When any process fetched the newest day last, Unix seconds."""
        return fetched_at(self.library, DAILY)

    def backfill(
        self,
        since: date,
        until: date,
        *,
        feed: str = DAILY,
        others: Callable[[], None] = lambda: None,
        waits: Waits | None = None,
    ) -> AsyncIterator[tuple[int, int, Refreshed]]:
        """Fetch a range of days, weeks or months, newest first, leaving out those that are here whole: (done, of how many, result).

        others: told that another process is fetching one, which is waited for. waits: told when the service asks for a
        pause that is waited for.
        """
        return self._fetcher.backfill(since, until, feed=feed, once=partial(self._once, others=others), waits=waits)

    def here_whole(self, since: date, until: date, *, feed: str = DAILY) -> int:
        """How many days, weeks or months of a range `backfill` would leave out, because they are here whole."""
        return self._fetcher.here_whole(since, until, feed)

    def import_file(self, path: Path, day: date | None = None) -> Imported:
        """Take papers from a saved page or an API answer.

        Raises:
            PaperstuiError: the file cannot be read or holds no papers.
        """
        from paperstui.usecases import importing

        return importing.import_file(self.library, path, day, self._decisions.carry)
