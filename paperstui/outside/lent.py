"""Lends the terminal to another program and waits until it ends; never through a shell."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from paperstui.errors import PaperstuiError

GRACE = 2.0
"""Seconds that a program has to put its work away when its terminal is closed."""

_OWN = (signal.SIGINT, signal.SIGQUIT)
"""Signals of the keyboard, which are the program's while it has the terminal."""

_LATER = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end paperstui, when the program has ended."""


class StillOpenError(PaperstuiError):
    """The terminal was closed, and the program goes on without it."""


def run(argv: Sequence[str], name: str) -> int:
    """Run a program until it ends; how it ended, as `subprocess` tells. The caller has given the terminal away.

    Call it from the main thread: elsewhere signals are not ours. What came meanwhile to end paperstui is heeded then.

    Args:
        argv: the command.
        name: what it is called in what is told.

    Raises:
        OSError: it could not be started.
        StillOpenError: the terminal is gone, and the program did not end of that.
    """
    # What is waited on is a pipe, into which also a signal is written: which thread it comes to is not ours to say.
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        with _left_to_it(writer) as waiting:
            process = subprocess.Popen(argv)  # noqa: S603 - a list, and no shell
            watcher = threading.Thread(target=_tell_end, args=(process, writer), name="lent", daemon=True)
            watcher.start()
            patience = None
            while process.returncode is None:
                if not select.select([reader], [], [], patience)[0]:
                    writer = -1  # the thread's
                    raise StillOpenError(f"the terminal was closed, and {name} goes on")
                os.read(reader, 100)
                patience = GRACE if signal.SIGHUP in waiting else None
            watcher.join()
    finally:
        os.close(reader)
        if writer >= 0:
            os.close(writer)
    return process.returncode


def _tell_end(process: subprocess.Popen[bytes], writer: int) -> None:
    process.wait()
    with suppress(OSError):  # nobody waits any more
        os.write(writer, b"\0")


@contextmanager
def _left_to_it(writer: int) -> Iterator[list[int]]:
    """While it lasts, the keyboard's signals mean nothing to this program, and what would end it waits for the end.

    Gives those that wait. writer: a pipe into which something is written when one came.
    """
    waiting: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield waiting
        return

    def keep(number: int, _: FrameType | None) -> None:
        if number in _LATER:
            waiting.append(number)

    # Handlers of our own, for what is ignored would be ignored by the program as well. The event loop of whoever calls
    # is told of no signal meanwhile.
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    before = {number: signal.getsignal(number) for number in (*_OWN, *_LATER)}
    heeded = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]
    for number in heeded:
        signal.signal(number, keep)
    try:
        yield waiting
    finally:
        for number in heeded:
            signal.signal(number, before[number])
        signal.set_wakeup_fd(woken)
        for late in dict.fromkeys(waiting):
            signal.raise_signal(late)
