"""Waiting for something to become true, with a limit; no test sleeps for a time that somebody guessed."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

LIMIT = 20.0
"""Seconds after which a test gives up; generous, since machines are shared."""

LONGEST_PAUSE = 0.005
"""Seconds between two looks at what takes long, so that waiting leaves the processor to what is waited for."""


async def wait_for(predicate: Callable[[], object], what: str = "") -> None:
    """Let the event loop run until the predicate holds."""
    end = time.monotonic() + LIMIT
    pause = 0.0
    while not predicate():
        if time.monotonic() > end:
            raise AssertionError(f"it never happened: {what or predicate}")
        await asyncio.wait([asyncio.ensure_future(_tick(pause))])
        pause = min(LONGEST_PAUSE, pause + 0.0001)


async def _tick(pause: float) -> None:
    """Give way to everything that is ready, and to threads; what takes long is not looked at without a pause."""
    await asyncio.get_running_loop().run_in_executor(None, threading.Event().wait, pause)


def until(predicate: Callable[[], object]) -> None:
    """Wait, without an event loop, for something that another process brings about."""
    end = time.monotonic() + LIMIT
    while not predicate():
        if time.monotonic() > end:
            raise AssertionError(f"it never happened: {predicate}")
        threading.Event().wait(LONGEST_PAUSE)
