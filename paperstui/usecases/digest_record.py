"""What digests have told: one plain file of lines of JSON a name, only ever appended to, each line on disk before the next step.

It is among the user's data, because nothing else knows what was mailed. A mail goes through these lines:

    begun    what it holds; nothing was sent yet
    handed   the server has all of it but the last dot
    sent     the server said that it has it              (or `failed`: it said that it has not)

A mail that ended (a kill, a power cut, a lost connection) before `handed` was not delivered, and its papers come again. One
that ended between `handed` and `sent` may have been delivered: SMTP has no way to ask. Its papers are not sent again,
because none may come twice; the next mail says so instead. What is printed is one line, `printed`, behind the printing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from paperstui.errors import PaperstuiError, save_error
from paperstui.journal.files import create_private, locked, open_regular, put, sync_directory
from paperstui.paths import Paths, private_directory

Way = Literal["mail", "print"]
"""How a digest reaches its reader. Each way has its own account, so that a look does not eat the mail."""

Moment = Annotated[datetime, Meta(tz=True)]
What = Literal["looked", "begun", "handed", "sent", "failed", "printed"]

REACH = timedelta(days=7)
"""How far before the last digest a paper may have arrived and still be told, if it was not: its votes may have risen since."""

WAIT = 60.0
"""Seconds that a digest waits for another one of its name."""


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. at: when, an ISO time. id: of the mail, the same on all of its lines.

    since: what arrived after this was asked for. shown, rest: the ids of the papers told: shown, and counted only.
    doubts: the ids of earlier mails of which this one says that they may not have arrived.
    """

    at: Moment
    what: What
    id: str = ""
    since: Moment | None = None
    query: str = ""
    shown: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    why: str = ""


class History(Struct, frozen=True, kw_only=True):
    """What one way of one name has told so far.

    first: the earliest moment that any digest asked for. last: the newest digest that told something, and its query.
    doubtful: mails that may not have arrived and of which nobody was told.
    """

    told: frozenset[str] = frozenset()
    first: datetime | None = None
    last: Line | None = None
    doubtful: tuple[Line, ...] = ()

    def since(self, now: datetime) -> datetime:
        """After which moment what arrived is new: for the first digest, since yesterday at this time."""
        if self.first is None:
            return now - timedelta(days=1)
        return self.first if self.last is None else max(self.first, self.last.at - REACH)


class Record:
    """The file of one name. `problems` says what in it could not be read."""

    def __init__(self, paths: Paths, name: str) -> None:
        self.path = paths.digests / f"{name}.jsonl"
        self._locks = paths.locks
        self._name = name
        self.problems: list[str] = []

    @contextmanager
    def alone(self, way: Way, seconds: float = WAIT) -> Iterator[None]:
        """Keep all other digests of this name and way, in whatever process, waiting. A process that dies lets go.

        Each way has a lock of its own, because what is printed may wait long for somebody who reads it page by page.

        Raises:
            PaperstuiError: another one does not come to its end.
            SaveError: there is no lock to be had.
        """
        from filelock import FileLock, Timeout

        private_directory(self._locks)
        lock = FileLock(self._locks / f"digest-{self._name}-{way}.lock", mode=0o600)
        try:
            lock.acquire(timeout=seconds, poll_interval=0.05)
        except Timeout:
            raise PaperstuiError(f"another paperstui is busy with the digest {self._name}: try again later") from None
        except OSError as error:
            raise save_error(f"the lock of the digest {self._name}", error) from error
        except NotImplementedError:
            raise PaperstuiError(f"{self._locks} is on a file system without locks: no digest is sent") from None
        try:
            yield
        finally:
            lock.release()

    def history(self, way: Way) -> History:
        """What was told this way.

        Raises:
            PaperstuiError: the file is there and cannot be read.
        """
        lines = [line for line in self._lines() if (line.what == "printed") is (way == "print")]
        state: dict[str, What] = {}
        for line in lines:
            if line.what != "begun":
                state[line.id] = line.what
        told = [line for line in lines if line.what == "printed" or (line.what == "begun" and _is_told(state, line))]
        said = {each for line in told for each in line.doubts if state.get(line.id) == "sent"}
        return History(
            told=frozenset(paper for line in told for paper in (*line.shown, *line.rest)),
            first=min((line.since for line in lines if line.since), default=None),
            last=max(told, key=lambda line: line.at, default=None),
            doubtful=tuple(line for line in told if state.get(line.id) == "handed" and line.id not in said),
        )

    def append(self, line: Line) -> None:
        """Add a line and wait until it is on disk.

        Raises:
            SaveError: it is not, and the file is as it was.
        """
        data = msgspec.json.encode(line) + b"\n"
        what = f"the record of the digest {self._name}"
        try:
            private_directory(self.path.parent)
            with locked(self._locks / f"digest-{self._name}.lock", what):
                descriptor = self._open()
                try:
                    end = os.fstat(descriptor).st_size
                    # A line that a power cut tore stays a line of its own.
                    torn = end and os.pread(descriptor, 1, end - 1) != b"\n"
                    put(descriptor, end, b"\n" + data if torn else data)
                finally:
                    os.close(descriptor)
        except OSError as error:
            raise save_error(what, error) from error

    def _open(self) -> int:
        try:
            return open_regular(self.path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            descriptor = create_private(self.path, os.O_RDWR | os.O_APPEND)
            sync_directory(self.path.parent)
            return descriptor

    def _lines(self) -> list[Line]:
        self.problems = []
        data = self._read()
        found = []
        decoder = msgspec.json.Decoder(Line)
        for number, text in enumerate(data.split(b"\n"), 1):
            try:
                if text.strip():
                    found.append(decoder.decode(text))
            except (msgspec.DecodeError, UnicodeDecodeError):
                self.problems.append(f"{self.path}: line {number} cannot be read and is skipped")
        return found

    def _read(self) -> bytes:
        try:
            descriptor = open_regular(self.path)
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise PaperstuiError(f"{self.path} cannot be read ({error.strerror}): no digest is made") from error
        with os.fdopen(descriptor, "rb") as file:
            return file.read()


def _is_told(state: dict[str, What], line: Line) -> bool:
    return state.get(line.id) in ("handed", "sent")
