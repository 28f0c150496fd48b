"""Waiting for something to become true, with a limit; no test sleeps for a time that somebody guessed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

LIMIT = 20.0
"""Seconds after which a test gives up; generous, since machines are shared."""


async def wait_for(predicate: Callable[[], object], what: str = "") -> None:
    """Let the event loop run until the predicate holds."""
    end = time.monotonic() + LIMIT
    while not predicate():
        if time.monotonic() > end:
            raise AssertionError(f"it never happened: {what or predicate}")
        await asyncio.wait([asyncio.ensure_future(_tick())])


async def _tick() -> None:
    """Give way to everything that is ready, and to threads."""
    await asyncio.get_running_loop().run_in_executor(None, time.monotonic)
