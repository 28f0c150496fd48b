"""Who has the library open, and whether it was closed well: what decides how closely the next start looks at it."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from paperstui.errors import LibraryError, PaperstuiError
from paperstui.paths import private_directory

OPEN = "library.open"
"""The lock file that every process shares that has the library open."""

_PATIENCE = 60.0


class Presence:
    """A process's stay in a library: shared with others, alone while the library is looked at or repaired.

    locks: the directory of lock files. A process that is killed is gone at once.
    """

    def __init__(self, locks: Path) -> None:
        self._descriptor: int | None = None
        self._closed_well = locks / "library.closed"
        self._suspect = locks / "library.suspect"
        with suppress(OSError, PaperstuiError):
            private_directory(locks)
            self._descriptor = os.open(locks / OPEN, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def alone(self) -> bool:
        """Whether nobody else has the library open; from then on nobody can open it until `share`."""
        return self._lock(fcntl.LOCK_EX)

    def share(self) -> None:
        """Have it open beside others.

        Raises:
            LibraryError: another process has been repairing it for a minute.
        """
        until = time.monotonic() + _PATIENCE
        while self._descriptor is not None and not self._lock(fcntl.LOCK_SH):
            if time.monotonic() > until:
                raise LibraryError("another paperstui is repairing the library: try again when it has finished")
            time.sleep(0.01)

    def leave(self) -> None:
        """Be gone."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def seal(self, library: Path) -> None:
        """Note how the library was left, if nobody else has it open; an unchanged one need not be looked at again."""
        if not self.alone():
            return
        with suppress(OSError):
            self._closed_well.unlink(missing_ok=True)
            left = _look(library)
            if left:
                descriptor = os.open(
                    self._closed_well, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
                )
                with os.fdopen(descriptor, "w") as file:
                    file.write(left)

    def is_sealed(self, library: Path) -> bool:
        """Whether the library is as the last process left it when it closed it well."""
        try:
            return self._closed_well.read_text() == _look(library)
        except (OSError, UnicodeDecodeError):
            return False

    def was_changed(self, library: Path) -> bool:
        """Whether something else than a process that died changed the library after it was closed well."""
        return self._closed_well.exists() and self.is_whole(library) and not self.is_sealed(library)

    @staticmethod
    def is_whole(library: Path) -> bool:
        """Whether everything of the library is in its file, and nothing in a WAL."""
        return bool(_look(library))

    def suspect(self) -> None:
        """Note that damage was seen, so that the next start looks closely."""
        with suppress(OSError):
            os.close(os.open(self._suspect, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))

    def is_suspect(self) -> bool:
        """Whether damage was seen and nobody has looked closely since."""
        return self._suspect.exists()

    def trust(self) -> None:
        """Note that somebody looked closely."""
        with suppress(OSError):
            self._suspect.unlink(missing_ok=True)

    def _lock(self, kind: int) -> bool:
        if self._descriptor is None:
            return False
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # No locks on this file system: nothing can be told, so this process shares and is never alone.
            return kind == fcntl.LOCK_SH
        return True


def _look(library: Path) -> str:
    """What tells one state of the file from another without reading it; "" while a WAL belongs to it."""
    with suppress(FileNotFoundError):
        if library.with_name(library.name + "-wal").stat().st_size:
            return ""
    found = library.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}\n"
