"""One request at a time and a gap between any two, for all processes of this machine that ask one service.

A file says when the last request began and ended. Whoever finds that nobody is asking and the gap is over writes itself
down, asks, and writes down when the answer began: only then has the request certainly arrived, and the gap is one that
the service sees. Nothing is locked while somebody waits or asks, so that neither a wait that is given up nor a process
that is stopped, killed or suspended with its terminal keeps the others waiting for longer than a request may take.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec

from paperstui.errors import SaveError
from paperstui.paths import private_directory
from paperstui.sources.patience import Surroundings

LEASE = 20.0
"""Seconds after which a request counts as over whatever became of it: longer than connecting and a first byte take."""

_LOCK_SECONDS = 1.0
_MARGIN = 0.02
"""Seconds on top of a gap: clocks that are being corrected go a little faster or slower than others."""
_LOOK_AGAIN = 0.1
_UNKNOWN = 0.2
"""Seconds until the file is looked at again when somebody else has it."""
_LARGEST = 10_000
_log = logging.getLogger(__name__)


class Turn(msgspec.Struct, frozen=True):
    """The last request of any process: its process, and when it began and ended, Unix seconds.

    ended: 0 while it lasts.
    """

    pid: int
    began: float
    ended: float = 0.0


class SharedPace:
    """Keeps requests to a service apart. For use in one event loop.

    path: the file that processes share; None, or one that cannot be written, keeps apart those of this process alone.
    gap: seconds from the beginning of one answer to the next request.
    """

    def __init__(self, path: Path | None, gap: float, outside: Surroundings) -> None:
        self._path = path
        self._gap = gap
        self._outside = outside
        self._queue = asyncio.Lock()
        self._mine = Turn(0, 0.0)
        self._next = 0.0
        self._stuck_since = 0.0
        self._lock_seconds = _LOCK_SECONDS

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a request may be made, and be the only one to make one while it lasts."""
        async with self._queue:
            while (wait := await self._take()) > 0:
                await self._outside.sleep(wait)
            try:
                yield
            finally:
                self._leave()

    async def _take(self) -> float:
        """Begin the turn, or how many seconds to wait before looking again."""
        if self._gap <= 0:
            return 0.0
        own = self._next - self._outside.monotonic()
        if own > 0 or self._path is None:
            return own
        taking = asyncio.ensure_future(asyncio.to_thread(self._take_from, self._path))
        try:
            wait = await asyncio.shield(taking)
        except asyncio.CancelledError:
            # It may be taken all the same, by a thread that nobody waits for any more.
            taking.add_done_callback(lambda done: self._leave() if done.result() <= 0 else None)
            raise
        return self._patiently(wait) if wait == _UNKNOWN else wait

    def _patiently(self, wait: float) -> float:
        """How long to wait when the file is locked by somebody else: not for ever."""
        now = self._outside.monotonic()
        self._stuck_since = self._stuck_since or now
        if now - self._stuck_since < LEASE:
            return wait
        self._stuck_since = 0.0
        return 0.0

    def _take_from(self, path: Path) -> float:
        try:
            with _locked(path, self._lock_seconds):
                now = self._outside.now()
                wait = self._wait(path, now)
                if wait <= 0:
                    self._mine = Turn(os.getpid(), now)
                    _write(path, self._mine)
                return wait
        except TimeoutError:
            return _UNKNOWN
        except (OSError, SaveError) as error:
            _log.info("the pace is not shared with other processes: %s", type(error).__name__)
            return 0.0

    def _wait(self, path: Path, now: float) -> float:
        """How many seconds the last request still keeps others waiting."""
        last = _read(path)
        if last is None:
            return 0.0
        if max(last.began, last.ended) > now + 1:
            # The clock was set back since: it is as if the last request had been made just now.
            _write(path, Turn(last.pid, now, now))
            return self._gap
        if last.ended:
            return last.ended + self._gap + _MARGIN - now
        left = last.began + LEASE - now
        if left > 0 and _lives(last.pid):
            return min(left, _LOOK_AGAIN)
        return last.began + self._gap + _MARGIN - now

    def _leave(self) -> None:
        """End the turn. Nobody waits until the others know it, least of all what is cancelled."""
        self._stuck_since = 0.0
        if self._gap <= 0:
            return
        self._next = self._outside.monotonic() + self._gap + _MARGIN
        if self._path is not None:
            over = self._mine, Turn(self._mine.pid, self._mine.began, self._outside.now())
            with contextlib.suppress(RuntimeError):
                asyncio.get_running_loop().run_in_executor(None, _tell, self._path, *over)


def _tell(path: Path, mine: Turn, over: Turn) -> None:
    """Tell other processes that a turn is over. Whose took too long may find that another one has begun."""
    try:
        with _locked(path):
            if _read(path) == mine:
                _write(path, over)
    except (OSError, SaveError, TimeoutError) as error:
        _log.info("the end of a request was not told to other processes: %s", type(error).__name__)


@contextlib.contextmanager
def _locked(path: Path, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
    """While it lasts, no other process reads or writes the file."""
    from filelock import FileLock

    private_directory(path.parent)
    with FileLock(path.with_name(path.name + ".lock"), timeout=seconds, mode=0o600):
        yield


def _read(path: Path) -> Turn | None:
    """The last turn; None for none, or where the file says nothing sensible."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=Turn)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _write(path: Path, turn: Turn) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as file:
        json.dump(msgspec.to_builtins(turn), file)


def _lives(pid: int) -> bool:
    """Whether a process is there; one of another user is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError, ValueError):
        return True
    return True
