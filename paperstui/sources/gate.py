"""The gate every request passes: it waits for its turn, and learns from the answer when the next may pass."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from paperstui.sources.addresses import host_of, origin_of
from paperstui.sources.arxiv_hosts import SERVICE, Arxiv
from paperstui.sources.failures import FailedRequestError, in_words
from paperstui.sources.limits import BLOCKED, BLOCKED_FOR, Limits, bucket_of, rate_limit
from paperstui.sources.patience import Patience, Surroundings, not_counted
from paperstui.sources.pauses import Pacer
from paperstui.sources.shared_pace import SharedPace

PACE_FILE = "arxiv-pace.json"
ALL = "all"
"""The bucket of a service that has only one."""


@dataclass(slots=True)
class Health:
    """How it goes with one host, or with all of arXiv's. Times are Unix seconds.

    left: requests that remain until `left_until`, where the service says so. not_before: when it wants to be asked
    again, if it wants a pause. notice: something the user should know although it went on.
    """

    last_success: float | None = None
    last_error: str = ""
    last_error_at: float | None = None
    left: int | None = None
    left_until: float | None = None
    not_before: float | None = None
    notice: str = ""


class Gate:
    """Lets requests pass at the pace and the times that services allow.

    endpoint: the service whose addresses are counted in several buckets. arxiv: whose hosts are one service. Its pace is
    shared by all processes through a file beside that of the limits.
    """

    def __init__(self, endpoint: str, arxiv: Arxiv, limits: Limits, patience: Patience, outside: Surroundings) -> None:
        self._home = origin_of(endpoint)
        self._arxiv = arxiv
        self._limits = limits
        self._patience = patience
        self._outside = outside
        self._pacer = Pacer(patience.gap, monotonic=outside.monotonic, sleep=outside.sleep)
        shared = limits.path.with_name(PACE_FILE) if limits.path is not None else None
        self._pace = SharedPace(shared, patience.arxiv_gap, outside)
        self._healths: dict[str, Health] = {}

    def is_arxiv(self, url: str) -> bool:
        """Whether an address is one of arXiv's, to which requests are made one at a time."""
        return self._arxiv.covers(url)

    def health_of(self, url: str) -> Health:
        """How it goes with the host of an address; all hosts of arXiv are one."""
        return self._healths.setdefault(SERVICE if self.is_arxiv(url) else host_of(url), Health())

    @asynccontextmanager
    async def passage(self, url: str) -> AsyncIterator[None]:
        """Wait until an address may be asked, and ask it while this lasts.

        Raises:
            FailedRequestError: that is not soon; `retry_at` says when.
        """
        await self._admitted(url)
        async with AsyncExitStack() as stack:
            if self.is_arxiv(url):
                with not_counted():
                    await stack.enter_async_context(self._pace.turn())
                # Whoever was before may have been told to wait.
                await self._admitted(url)
            else:
                await self._pacer.turn(origin_of(url))
            yield

    async def _admitted(self, url: str) -> None:
        """Wait out a short pause that the service asked for; a longer one is raised."""
        service, bucket = self._counted(url)
        now, health = self._outside.now(), self.health_of(url)
        blocked = self._limits.not_before(service, BLOCKED)
        until = blocked or self._limits.not_before(service, bucket)
        wait = until - now
        health.not_before = until if wait > 0 else None
        if blocked:
            message = f"{host_of(url)} refuses us, and is not asked again for {in_words(wait)}"
            raise FailedRequestError(message, kind="refused", retry_at=until, tries=1)
        if wait > self._patience.inline:
            message = f"{host_of(url)} asks to wait {in_words(wait)} before the next request"
            raise FailedRequestError(message, kind="limited", retry_at=until, tries=1)
        if wait > 0:
            await self._outside.sleep(wait)

    async def learn(self, url: str, headers: Mapping[str, str]) -> None:
        """Take note of what an answer says about the requests that are left."""
        limit = rate_limit(headers)
        if limit is None:
            return
        health = self.health_of(url)
        health.left, health.left_until = limit.left, self._outside.now() + limit.reset
        if limit.left == 0 and limit.reset > 0:
            await self.pause(url, limit.reset, limit.bucket)

    async def pause(self, url: str, seconds: float, bucket: str | None = None) -> float:
        """Let nothing pass to an address's bucket for so many seconds; returns the Unix time of its end."""
        until = self._outside.now() + seconds
        service, counted = self._counted(url)
        known = bucket if bucket and (bucket == BLOCKED or service == self._home) else counted
        await asyncio.to_thread(self._limits.pause, service, known, until)
        self.health_of(url).not_before = until
        return until

    async def block(self, url: str) -> float:
        """A service wants nothing of us any more: let nothing pass to it for a day; returns the Unix time of its end."""
        return await self.pause(url, BLOCKED_FOR, BLOCKED)

    def _counted(self, url: str) -> tuple[str, str]:
        """The service and the bucket in which an address is counted."""
        if self.is_arxiv(url):
            return SERVICE, ALL
        origin = origin_of(url)
        return origin, bucket_of(url) if origin == self._home else ALL
