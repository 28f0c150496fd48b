"""The gate every request passes: it waits for its turn, and learns from the answer when the next may pass."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from paperstui.sources.addresses import host_of, origin_of
from paperstui.sources.failures import FailedRequestError, in_words
from paperstui.sources.limits import Limits, bucket_of, rate_limit
from paperstui.sources.patience import Patience, Surroundings
from paperstui.sources.pauses import Pacer

ALL = "all"
"""The bucket of a service that has only one."""


@dataclass(slots=True)
class Health:
    """How it goes with one host. Times are Unix seconds.

    left: requests that remain until the service wants a pause, where it says so. not_before: when it wants to be asked
    again, if it wants a pause. notice: something the user should know although it went on.
    """

    last_success: float | None = None
    last_error: str = ""
    last_error_at: float | None = None
    left: int | None = None
    not_before: float | None = None
    notice: str = ""


class Gate:
    """Lets requests pass at the pace and the times that services allow.

    endpoint: the service whose addresses are counted in several buckets.
    """

    def __init__(self, endpoint: str, limits: Limits, patience: Patience, outside: Surroundings) -> None:
        self._home = origin_of(endpoint)
        self._limits = limits
        self._patience = patience
        self._outside = outside
        self._pacer = Pacer(patience.gap, monotonic=outside.monotonic, sleep=outside.sleep)
        self._healths: dict[str, Health] = {}

    def health_of(self, host: str) -> Health:
        """How it goes with a host."""
        return self._healths.setdefault(host, Health())

    async def enter(self, url: str) -> None:
        """Wait until an address may be asked.

        Raises:
            FailedRequestError: that is not soon; `retry_at` says when.
        """
        origin, bucket = origin_of(url), self._bucket(url)
        until = self._limits.not_before(origin, bucket)
        wait = until - self._outside.now()
        health = self.health_of(host_of(url))
        health.not_before = until if wait > 0 else None
        if wait > self._patience.inline:
            message = f"{host_of(url)} asks to wait {in_words(wait)} before the next request"
            raise FailedRequestError(message, kind="limited", retry_at=until, tries=1)
        if wait > 0:
            await self._outside.sleep(wait)
        await self._pacer.turn(origin)

    async def learn(self, url: str, headers: Mapping[str, str]) -> None:
        """Take note of what an answer says about the requests that are left."""
        limit = rate_limit(headers)
        if limit is None:
            return
        self.health_of(host_of(url)).left = limit.left
        if limit.left == 0 and limit.reset > 0:
            await self.pause(url, limit.reset, limit.bucket)

    async def pause(self, url: str, seconds: float, bucket: str | None = None) -> float:
        """Let nothing pass to an address's bucket for so many seconds; returns the Unix time of its end."""
        until = self._outside.now() + seconds
        known = bucket if bucket and origin_of(url) == self._home else self._bucket(url)
        await asyncio.to_thread(self._limits.pause, origin_of(url), known, until)
        self.health_of(host_of(url)).not_before = until
        return until

    def _bucket(self, url: str) -> str:
        return bucket_of(url) if origin_of(url) == self._home else ALL
