"""The terminal's driver: it takes over from the first frame, and does without a terminal that is gone.

There is no second alternate screen, which terminals would clear.
"""

from __future__ import annotations

import asyncio
import select
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver

from paperstui.tui.first_frame import ALTERNATE_SCREEN, Shown

if TYPE_CHECKING:
    from paperstui.tui.app import PaperstuiApp


class Outlet:
    """What is written to the terminal, until that is gone.

    Textual's thread that writes would die of the first error, and all that is written after it would wait for ever for a
    thread to take it: the program would not end.
    """

    def __init__(self, file: TextIO, gone: Callable[[], None]) -> None:
        """gone: told once, from whichever thread writes, that nothing is written any more."""
        self._file = file
        self._gone = gone
        self._closed = False

    def write(self, text: str) -> None:
        """Write."""
        if not self._closed:
            self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Have what was written shown."""
        if not self._closed:
            self._try(self._file.flush)

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except OSError:
            self._closed = True
            self._gone()

    def fileno(self) -> int:
        """The file's number."""
        return self._file.fileno()


class Watcher:
    """Waits, in a thread of its own, for the terminal to be closed. What is read then is empty, again and again."""

    def __init__(self, terminal: int, gone: Callable[[], None]) -> None:
        self._terminal = terminal
        self._gone = gone
        threading.Thread(target=self._watch, name="terminal", daemon=True).start()

    def _watch(self) -> None:
        waiting = select.poll()
        waiting.register(self._terminal, 0)
        if any(event & select.POLLHUP for _, event in waiting.poll()):
            self._gone()


class Successor(LinuxDriver):
    """Textual's driver. The frame that is there stays until something is painted over it."""

    _app: PaperstuiApp
    _over: Shown | None = None
    _watcher: Watcher | None = None

    def start_application_mode(self) -> None:
        """Begin, the first time over the first frame; the modes to go back to are those that the terminal had before it."""
        if self._watcher is None:
            loop = asyncio.get_running_loop()

            def gone() -> None:
                """Leave, also where whoever closed the terminal sent no signal for it."""
                with suppress(RuntimeError):  # the loop has ended
                    loop.call_soon_threadsafe(self._app.leave_on, signal.SIGHUP)

            self._watcher = Watcher(self.fileno, gone)
            self._file = cast("Any", Outlet(cast("TextIO", self._file), gone))
        shown, self._app.shown = self._app.shown, None
        self._over = shown
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if shown is not None and self._writing:
            self.attrs_before = shown.modes
            shown.take_over()

    @property
    def _writing(self) -> bool:
        """Whether anybody writes what is to be written: Textual starts nobody where the terminal is gone."""
        return self._writer_thread is not None and self._writer_thread.is_alive()

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if self._over is not None and data == ALTERNATE_SCREEN:
            self._over = None
        elif self._writing:
            super().write(data)

    def close(self) -> None:
        """Write what is still to be written, and end."""
        if self._writing:
            super().close()
