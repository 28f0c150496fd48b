"""What processes cost: CPU time of one that runs, of one that has ended, and memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


class BenchmarkError(Exception):
    """Something could not be measured; the message says what."""


class Meter:
    """CPU seconds of a running process with all its threads, also of those that have ended since the last look."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._tasks = _PROC / str(pid) / "task"
        self._seen: dict[str, int] = {}

    def cpu(self) -> float:
        """Seconds so far. Exact to the nanosecond where Linux tells, else as exact as `ps` is."""
        try:
            threads = os.listdir(self._tasks)  # noqa: PTH208 - the names are all that is needed
        except OSError:
            return _cpu_from_ps(self._pid)
        for thread in threads:
            # A thread may end between the two looks.
            with suppress(OSError, ValueError, IndexError):
                self._seen[thread] = int((self._tasks / thread / "schedstat").read_bytes().split()[0])
        if not any(self._seen.values()):
            return _cpu_from_ps(self._pid)
        return sum(self._seen.values()) / 1e9

    def waits(self) -> bool:
        """Whether every thread waits for something, so that nothing happens until something comes. True if unknown."""
        for task in self._tasks.glob("*/stat"):
            with suppress(OSError, IndexError):
                # A thread that is to run but has no core to run on is at work, too.
                if task.read_bytes().rpartition(b")")[2].split()[0] in (b"R", b"D"):
                    return False
        return True


def _cpu_from_ps(pid: int) -> float:
    """What `ps` says: "[days-]hours:minutes:seconds", with hundredths on some systems."""
    days, _, clock = _ps(pid, "time").rpartition("-")
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part.replace(",", "."))
    return seconds + int(days or 0) * 86_400


def memory(pid: int) -> int:
    """Bytes of memory that a process has in use now (its resident set)."""
    try:
        for line in (_PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return int(_ps(pid, "rss")) * 1024


def _ps(pid: int, what: str) -> str:
    try:
        done = subprocess.run(["ps", "-o", f"{what}=", "-p", str(pid)], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchmarkError(f"the {what} of a process cannot be read: {error}") from error
    return done.stdout.strip()


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended: seconds of CPU (its own and its children's) and of the clock."""

    cpu: float
    wall: float


def run(command: Sequence[str], env: Mapping[str, str]) -> Ended:
    """Run a command to its end.

    Raises:
        BenchmarkError: it failed; with the last line of what it complained about.
    """
    with tempfile.TemporaryFile() as complaints:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdin=-3, stdout=-3, stderr=complaints)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip().splitlines() or [""]
            raise BenchmarkError(f"{' '.join(command[:6])} ended with {process.returncode}: {said[-1]}")
    return Ended(used.ru_utime + used.ru_stime, wall)
