"""Clients of the loopback server for tests: with a clock that is moved by hand, and little patience."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from paperstui.documents.cache import DocumentCache
from paperstui.sources.http import Http
from paperstui.sources.limits import Limits
from paperstui.sources.patience import Patience, Surroundings
from tests.server import Server

START = 1_780_000_000.0


@dataclass
class Clock:
    """A clock that stands still until somebody waits. slept: how long, each time."""

    time: float = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def surroundings(self, **changes: Any) -> Surroundings:
        given: dict[str, Any] = {
            "sleep": self.sleep,
            "monotonic": self.now,
            "now": self.now,
            "chance": lambda: 1.0,
        }
        return Surroundings(**given | changes)


RELAXED = Patience(gap=0.0)
"""As in production, for tests in which nothing has to time out."""

HASTY = Patience(read=0.15, total=0.4, backoff=0.0, gap=0.0)
"""For tests in which something does."""


def client(
    server: Server,
    *,
    clock: Clock | None = None,
    patience: Patience = RELAXED,
    limits: Limits | None = None,
    cache: DocumentCache | None = None,
    **options: Any,
) -> Http:
    """A client of a server; with a hand-moved clock if that is given."""
    changes = options.pop("outside", {})
    outside = clock.surroundings(**changes) if clock else Surroundings(**changes)
    held = limits or Limits(now=outside.now)
    return Http(server.url, limits=held, cache=cache, patience=patience, outside=outside, **options)
