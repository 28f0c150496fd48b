"""How long things may take, and where time, chance and names come from (tests bring their own)."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from paperstui import clock
from paperstui.sources.addresses import Resolver, resolve


@dataclass(frozen=True, slots=True)
class Patience:
    """All times in seconds.

    connect, read: for one connection and one read. total: for a list with all its tries. backoff, longest_backoff: the
    wait before another try is a random part of the first, doubled each time, up to the second. inline: a pause a
    service asks for is waited out up to this, and reported beyond it. gap: between two requests to a service. rest: how
    long a service is left alone after all tries failed. arxiv_gap: between an answer of arXiv and the next request to
    it, over all of its hosts and all processes (https://info.arxiv.org/help/api/tou.html).
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0
    backoff: float = 0.5
    longest_backoff: float = 8.0
    inline: float = 5.0
    gap: float = 0.2
    rest: float = 60.0
    arxiv_gap: float = 3.1  # the rule says 3; requests do not all take as long to arrive


_running: ContextVar[asyncio.Timeout | None] = ContextVar("running", default=None)


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[None]:
    """What is done here must be done within so many seconds, without the time that is `not_counted`.

    Raises:
        TimeoutError: it was not.
    """
    async with asyncio.timeout(seconds) as timeout:
        token = _running.set(timeout)
        try:
            yield
        finally:
            _running.reset(token)


@contextmanager
def not_counted() -> Iterator[None]:
    """Stop the clock of the `deadline` around: it is no service's fault how long one waits for one's turn."""
    timeout = _running.get()
    when = timeout.when() if timeout is not None else None
    if timeout is None or when is None:
        yield
        return
    loop = asyncio.get_running_loop()
    left = when - loop.time()
    timeout.reschedule(None)
    try:
        yield
    finally:
        timeout.reschedule(loop.time() + left)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a client gets time, chance and the addresses of host names from.

    now: Unix seconds of the machine, since a fixed clock would make pauses endless.
    """

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = clock.wall
    chance: Callable[[], float] = random.random
    resolver: Resolver = resolve
