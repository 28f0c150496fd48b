"""A real pseudo-terminal with a terminal emulator (pyte) behind it, to drive the command as a person would."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

import pyte

LIMIT = 40.0
"""Seconds to wait for something to appear on the screen."""


class Terminal:
    """A program in a terminal of a given size. `raw` holds every byte it wrote. cell: pixels of one, if it tells.

    takes: it is the program's controlling one, which sends signals.
    """

    def __init__(
        self, command: Sequence[str], *, columns: int = 120, rows: int = 40, env: Mapping[str, str] | None = None,
        cell: tuple[int, int] = (0, 0), takes: bool = True,
    ) -> None:  # fmt: skip
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * cell[0], rows * cell[1]))
        self.modes_before = termios.tcgetattr(slave)
        self._slave = slave
        self._open = True
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, **(env or {})}, start_new_session=True,
            preexec_fn=_take_terminal if takes else None,  # noqa: PLW1509 - the child needs this terminal as its controlling one
        )  # fmt: skip

    @classmethod
    def paperstui(
        cls, *arguments: str, columns: int = 120, rows: int = 40, env: Mapping[str, str] | None = None,
        cell: tuple[int, int] = (0, 0), takes: bool = True,
    ) -> Self:  # fmt: skip
        """The program as it is installed beside the running Python."""
        return cls(
            [sys.executable, "-m", "paperstui", *arguments], columns=columns, rows=rows, env=env, cell=cell, takes=takes
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.close()

    def close(self) -> None:
        """Close the window: the terminal is gone."""
        if self._open:
            self._open = False
            os.close(self._slave)
            os.close(self._master)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program wrote."""
        while select.select([self._master], [], [], seconds)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self.raw += data
            self._answer(data)
            with contextlib.suppress(Exception):  # pyte does not know every sequence; the text is what counts
                self._stream.feed(_for_pyte(data))
            seconds = 0.0

    def _answer(self, data: bytes) -> None:
        """Say what a terminal says when it is asked whether it can paint in one go."""
        if b"\x1b[?2026$p" in data:
            os.write(self._master, b"\x1b[?2026;2$y")

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(self.lines)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def wait_for(self, wanted: str | Callable[[], object]) -> None:
        """Read until a text is on the screen, or a predicate holds."""
        end = time.monotonic() + LIMIT
        while True:
            self.read()
            if wanted in self.text if isinstance(wanted, str) else wanted():
                return
            if time.monotonic() > end:
                raise AssertionError(f"never on the screen: {wanted!r}\n{self.text}")

    def wait(self) -> int:
        """Read until the program has ended; its exit status."""
        end = time.monotonic() + LIMIT
        while self.process.poll() is None:
            self.read()
            if time.monotonic() > end:
                raise AssertionError(f"it does not end\n{self.text}")
        self.read()
        return self.process.returncode

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    @property
    def is_stopped(self) -> bool:
        """Whether the program has been suspended, so that it can be told to go on."""
        found = os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT)
        return found is not None

    def resize(self, columns: int, rows: int) -> None:
        """Another window size."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        self.process.send_signal(signal.SIGWINCH)

    @property
    def left_dirty(self) -> list[str]:
        """What the program left switched on in the terminal; empty after a clean end."""
        found = []
        for mode, name in (
            (b"1049", "alternate screen"),
            (b"1000", "mouse"),
            (b"1003", "mouse"),
            (b"2004", "paste"),
            (b"1004", "focus"),
        ):
            on, off = self.raw.rfind(b"\x1b[?%bh" % mode), self.raw.rfind(b"\x1b[?%bl" % mode)
            if on > off:
                found.append(name)
        if self.raw.rfind(b"\x1b[?25l") > self.raw.rfind(b"\x1b[?25h"):
            found.append("cursor hidden")
        if termios.tcgetattr(self._slave)[3] != self.modes_before[3]:
            found.append("terminal modes")
        return found


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b_[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)


def _for_pyte(data: bytes) -> bytes:
    """Without the sequences that pyte takes for text (keyboard protocols, queries)."""
    return _UNKNOWN.sub(b"", data)


_ALLOWED = re.compile(
    rb"\x1b\[[0-9;?<>=]*\$?[A-Za-z]|\x1b\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\|\x1b_[^\x1b]*\x1b\\|\x1b[()][A-Z0-9]|\x1b[=>78]"
)


def stray_controls(raw: bytes) -> list[bytes]:
    """Control bytes in the output that are not of the sequences a Textual program writes."""
    text = _ALLOWED.sub(b"", raw).decode("utf-8", "replace")
    return [
        letter.encode()
        for letter in text
        if (ord(letter) < 32 and letter not in "\r\n\t\x08\x0e\x0f")
        or 127 <= ord(letter) < 160
        or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ]
