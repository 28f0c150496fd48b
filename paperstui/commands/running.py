"""Running asynchronous work for a command, so that a signal ends it in order: what is being stored is stored."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end a command besides the one of ^C."""

_HANDLERS = (signal.SIG_DFL, signal.default_int_handler)

_GRACE = 0.5


class Ended(KeyboardInterrupt):
    """A signal ends the program; `number` is which."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__()
        self.number = number


@contextmanager
def ending_in_order() -> Iterator[None]:
    """While it lasts, SIGTERM and SIGHUP unwind the program as ^C does. A signal that is ignored (nohup) stays so.

    Raises:
        Ended: a signal ended what was done, also where that took it for an error: SQLite says of whatever a function
            of ours raises only that something was raised.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    heeded = {number: handler for number, handler in before.items() if handler in _HANDLERS}
    caught: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        caught.append(number)
        raise Ended(number)

    for number in heeded:
        signal.signal(number, end)
    try:
        yield
    except Exception as error:
        if caught:
            raise Ended(caught[0]) from error
        raise
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run work to its end, or until a signal ends it: then it is cancelled and may tidy up.

    Raises:
        Ended: a signal ended it.
    """
    # Here, since most commands do without it and it takes longer to import than a list takes to print.
    import asyncio

    loop = asyncio.new_event_loop()
    task = loop.create_task(work())
    caught: list[int] = []

    def end(number: int) -> None:
        caught.append(number)
        task.cancel()

    before = _heeded()
    for number in before:
        loop.add_signal_handler(number, end, number)
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        if not caught:
            raise
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
        loop.run_until_complete(loop.shutdown_asyncgens())
        # Not `shutdown_default_executor`, which waits for a look-up of a host name that hangs.
        loop.close()
    if caught:
        raise Ended(caught[0])


def _heeded() -> dict[int, Any]:
    """The signals that end the work, with what they did before."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    return {number: handler for number, handler in handlers.items() if handler not in (signal.SIG_IGN, None)}


def leaving(job: Callable[[], int]) -> int:
    """Do a job that asks services, and end then or when a signal ends it: without waiting for a look-up that hangs.

    job: runs its work (`run`), says what came, and gives the exit status.

    Raises:
        Ended: a signal ended it.
    """
    try:
        status = job()
    except Ended as ended:
        leave_if_stuck(128 + ended.number)
        raise
    leave_if_stuck(status)
    return status


def leave_if_stuck(status: int) -> None:
    """End the process at once if a thread hangs in a look-up of a host name, which Python would wait for.

    Everything that counts is on disk by now. status: the exit status.
    """
    until = time.monotonic() + _GRACE
    for thread in threading.enumerate():
        if thread.name.startswith("asyncio_"):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
