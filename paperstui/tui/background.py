"""Where blocking work goes, so that a key never waits for a disk: a thread that reads, one that decides, one that follows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class ImpatientExecutor(ThreadPoolExecutor):
    """The event loop's own executor (it looks up host names): leaving does not wait for a look-up that hangs."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Give up what has not begun, wait for nothing."""
        super().shutdown(wait=False, cancel_futures=True)


class Background:
    """Five threads. Reads may be dropped at any time; writes are always finished before the program ends.

    Looking for papers, which may take long, has a thread of its own, and so have decisions: bringing the library up to
    them may have to wait for an import.
    """

    def __init__(self) -> None:
        self._reads = ThreadPoolExecutor(1, "reads")
        self._selects = ThreadPoolExecutor(1, "selects")
        self._writes = ThreadPoolExecutor(1, "writes")
        self._follows = ThreadPoolExecutor(1, "follows")
        self._asides = ThreadPoolExecutor(1, "asides")

    async def read(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self._reads, lambda: function(*args, **kwargs))

    async def select(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that looks for papers, which may take long: rows and texts do not wait behind it."""
        return await asyncio.get_running_loop().run_in_executor(self._selects, lambda: function(*args, **kwargs))

    async def aside(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that only reads, and that no list and no paper is to wait for."""
        return await asyncio.get_running_loop().run_in_executor(self._asides, lambda: function(*args, **kwargs))

    async def write(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that decides; it goes on to its end even when nobody waits for it any more."""
        future = asyncio.get_running_loop().run_in_executor(self._writes, lambda: function(*args, **kwargs))
        return await asyncio.shield(future)

    async def follow(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that writes to the library, for which it may wait; otherwise as `write`."""
        future = asyncio.get_running_loop().run_in_executor(self._follows, lambda: function(*args, **kwargs))
        return await asyncio.shield(future)

    def finish(self, function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a function that writes to the library before the program ends; how it went is nobody's business."""
        self._follows.submit(lambda: function(*args, **kwargs))

    async def outside(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that waits for another program; neither reads nor writes wait behind it."""
        return await asyncio.get_running_loop().run_in_executor(None, lambda: function(*args, **kwargs))

    def close(self) -> None:
        """Finish the writes, give up the reads."""
        self._reads.shutdown(wait=False, cancel_futures=True)
        self._selects.shutdown(wait=False, cancel_futures=True)
        self._asides.shutdown(wait=False, cancel_futures=True)
        self._writes.shutdown(wait=True)
        self._follows.shutdown(wait=True)
