"""Who is fetching what, among all processes that share a library: nothing is fetched by two of them at the same time."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from paperstui.errors import PaperstuiError
from paperstui.paths import private_directory

LOOK_AGAIN = 0.2
"""Seconds between two looks of who waits for another."""

PATIENCE = 60.0
"""Seconds after which nobody waits any more: a process may be stopped with a claim that it never gives back."""


class Claims:
    """Claims on what is being fetched, as locks on files. One of a process that was killed is gone with it.

    locks: the directory of lock files. Where there can be none everything counts as free: it may be done twice then, but
    it is done. patience: seconds to wait for another at most.
    """

    def __init__(
        self,
        locks: Path,
        *,
        patience: float = PATIENCE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._locks = locks
        self._patience = patience
        self._sleep = sleep
        self._monotonic = monotonic

    @asynccontextmanager
    async def turn(
        self, name: str, waits: Callable[[], None] = lambda: None, *, patience: float | None = None
    ) -> AsyncIterator[bool]:
        """Wait until something is nobody else's to fetch, and keep it while this lasts; whether another had it before.

        waits: told that another has it. patience: seconds to wait for it at most, where that is less than usual.
        """
        until, waited = self._monotonic() + (self._patience if patience is None else patience), False
        while (descriptor := await self._claimed(name)) is None and self._monotonic() < until:
            if not waited:
                waits()
            waited = True
            await self._sleep(LOOK_AGAIN)
        try:
            yield waited and descriptor is not None
        finally:
            _give_back(descriptor)

    async def _claimed(self, name: str) -> int | None:
        taking = asyncio.ensure_future(asyncio.to_thread(self._take, name))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            # It may be taken all the same, by a thread that nobody waits for any more.
            taking.add_done_callback(lambda done: _give_back(done.result()))
            raise

    def _take(self, name: str) -> int | None:
        """A descriptor that holds the lock; 0 where there can be no locks, None where another has it."""
        # Names of feeds and periods may be long and hold anything.
        path = self._locks / f"fetch-{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock"
        try:
            private_directory(self._locks)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except (OSError, PaperstuiError):
            return 0
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            with suppress(OSError):
                os.close(descriptor)
            return 0
        return descriptor


def _give_back(descriptor: int | None) -> None:
    if descriptor:
        os.close(descriptor)
