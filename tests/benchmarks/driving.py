"""Driving a program in a pseudo-terminal with the time of every byte it wrote.

Nothing is made of the bytes while something is measured: they are stamped and kept, and read through the terminal
emulator afterwards, piece by piece, to find when the screen first showed what was waited for.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.processes import BenchmarkError, Meter
from tests.pty.terminal import Terminal, _for_pyte

LIMIT = 60.0
"""Seconds to wait for anything."""

QUIET = 0.05
"""Seconds without a byte and without work after which a program has done what a key asked for."""

_ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=]*\$?[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78]")
_CUT = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*|\][^\x07\x1b]*)?$")
_WORKING = 0.01  # of a core: less is waiting, not working


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a key: seconds until the first and the last byte, seconds of CPU until all was quiet, bytes."""

    first: float
    last: float
    cpu: float
    written: int


class Driven(Terminal):
    """A program in a terminal. `began`: when it was started, on the clock of `time.perf_counter`."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 120, rows: int = 40, env: Mapping[str, str] | None = None
    ) -> None:
        self.chunks: list[tuple[float, bytes]] = []
        self._fed = 0
        self._held = b""
        self.began = time.perf_counter()
        super().__init__(command, columns=columns, rows=rows, env=env)
        self.meter = Meter(self.process.pid)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program wrote, with the time."""
        while select.select([self._master], [], [], seconds)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self.chunks.append((time.perf_counter(), data))
            self.raw += data
            self._answer(data)
            seconds = 0.0

    @property
    def lines(self) -> list[str]:
        """The screen, line by line, as all bytes so far leave it."""
        self.catch_up()
        return super().lines

    def _feed(self) -> float | None:
        """Let the emulator have the next piece; when it came."""
        if self._fed >= len(self.chunks):
            return None
        stamp, data = self.chunks[self._fed]
        self._fed += 1
        data = self._held + data
        cut = _CUT.search(data)
        self._held = data[cut.start() :] if cut else b""
        with contextlib.suppress(Exception):  # pyte does not know every sequence; the text is what counts
            self._stream.feed(_for_pyte(data[: cut.start()] if cut else data))
        return stamp

    def catch_up(self) -> None:
        """Let the emulator have all that was written."""
        self.replay(lambda _: None)

    def replay(self, look: Callable[[float], object]) -> None:
        """Go on piece by piece through what was written, and look at the screen after each; `look` is given its time."""
        while (stamp := self._feed()) is not None:
            look(stamp)

    def when_written(self, text: str) -> float:
        """Wait for a text among the bytes; seconds from the start of the program until it came.

        Raises:
            BenchmarkError: it never came.
        """
        wanted = text.encode()

        def there() -> bool:
            return wanted in _ESCAPES.sub(b"", self.raw)

        seen = -1
        end = time.perf_counter() + LIMIT
        while time.perf_counter() < end:
            self.read(0.02)
            if seen != len(self.chunks):
                seen = len(self.chunks)
                if there():
                    return self._first_with(wanted) - self.began
            self._must_run(text)
        raise BenchmarkError(f"{text!r} was never written\n{self.text}")

    def _first_with(self, wanted: bytes) -> float:
        whole = b""
        for stamp, data in self.chunks:
            whole += data
            if wanted in _ESCAPES.sub(b"", whole):
                return stamp
        return self.chunks[-1][0]

    def when_shown(self, shown: Callable[[], bool], what: str) -> float:
        """Wait until the screen is as wanted; when it first was, on the clock of `time.perf_counter`.

        Raises:
            BenchmarkError: it never was; `what` says what was waited for.
        """
        end = time.perf_counter() + LIMIT
        while time.perf_counter() < end:
            self.read(0.01)
            if self.chunks and time.perf_counter() - self.chunks[-1][0] < 0.01:
                continue
            while (stamp := self._feed()) is not None:
                if shown():
                    return stamp
            self._must_run(what)
        raise BenchmarkError(f"never on the screen: {what}\n{self.text}")

    def _must_run(self, what: str) -> None:
        if self.process.poll() is not None:
            raise BenchmarkError(f"it ended with {self.process.returncode} before {what}\n{self.text}")

    def settle(self, quiet: float = QUIET) -> None:
        """Read until the program neither writes nor works any more."""
        end = time.perf_counter() + LIMIT
        cpu = self.meter.cpu()
        while time.perf_counter() < end:
            before = len(self.chunks)
            self.read(quiet)
            used = self.meter.cpu()
            if len(self.chunks) == before and used - cpu < _WORKING * quiet and self.meter.waits():
                return
            cpu = used
        raise BenchmarkError(f"it never comes to rest\n{self.text}")

    def press(self, keys: str) -> Answer:
        """Type, and read until all that it started is done."""
        cpu, before = self.meter.cpu(), len(self.chunks)
        sent = time.perf_counter()
        self.send(keys)
        self.settle()
        came = self.chunks[before:]
        if not came:
            return Answer(0.0, 0.0, self.meter.cpu() - cpu, 0)
        written = sum(len(data) for _, data in came)
        return Answer(came[0][0] - sent, came[-1][0] - sent, self.meter.cpu() - cpu, written)

    def end(self, keys: str) -> None:
        """Leave in the program's own way, so that it closes what it has open.

        Raises:
            BenchmarkError: it does not end.
        """
        end = time.perf_counter() + LIMIT
        self.send(keys)
        while self.process.poll() is None:
            self.read(0.02)
            if time.perf_counter() > end:
                raise BenchmarkError(f"it does not end\n{self.text}")
