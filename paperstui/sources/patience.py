"""How long things may take, and where time, chance and names come from (tests bring their own)."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from paperstui import clock
from paperstui.sources.addresses import Resolver, resolve


@dataclass(frozen=True, slots=True)
class Patience:
    """All times in seconds.

    connect, read: for one connection and one read. total: for a list with all its tries. backoff, longest_backoff: the
    wait before another try is a random part of the first, doubled each time, up to the second. inline: a pause a
    service asks for is waited out up to this, and reported beyond it. gap: between two requests to a service. rest: how
    long a service is left alone after all tries failed.
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0
    backoff: float = 0.5
    longest_backoff: float = 8.0
    inline: float = 5.0
    gap: float = 0.2
    rest: float = 60.0


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
