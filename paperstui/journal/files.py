"""Files of the user's own: made private, read without surprises, written so that they last.

Journals are read as bytes, by whole lines, from a place that was reached before or from the end backwards.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from paperstui.errors import SaveError, save_error
from paperstui.journal.entries import MAX_LINE
from paperstui.paths import private_directory

BLOCK = 1024 * 1024
_FINGERPRINTED = 256


class Place(NamedTuple):
    """How far a journal was read: bytes and lines before it, and a fingerprint of the last bytes before it.

    The fingerprint tells a file that only grew from one that was replaced.
    """

    offset: int = 0
    line: int = 0
    fingerprint: str = ""


def create_private(path: Path, flags: int = os.O_WRONLY) -> int:
    """Make a file that only the user may read, whatever the umask, and return its descriptor.

    Raises:
        OSError: it exists (links are not followed), or cannot be made.
    """
    descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor


def open_regular(path: Path, flags: int = os.O_RDONLY) -> int:
    """Open a file that must be a plain file: no link, no directory, nothing that makes the reader wait.

    Raises:
        OSError: it is not one, or cannot be opened.
    """
    try:
        descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a symbolic link") from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a file")
    return descriptor


def sync_directory(directory: Path) -> None:
    """Make the names in a directory last through a power cut.

    Raises:
        OSError: it cannot be written.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def ready() -> None:
    """Import what the first lock needs, where nobody waits for it."""
    import filelock

    del filelock


@contextmanager
def locked(lock: Path, what: str, seconds: float = 10.0) -> Iterator[None]:
    """Hold a lock file against all other processes, and threads, of this user. It frees itself when a process dies.

    Raises:
        SaveError: somebody else holds it for so long (`what` names the thing that waits), or it cannot be made.
    """
    from filelock import FileLock, Timeout

    private_directory(lock.parent)
    holder = FileLock(lock, mode=0o600)
    try:
        holder.acquire(timeout=seconds, poll_interval=0.002)
    except Timeout:
        raise SaveError(f"{what} was not saved: another paperstui has been writing for {seconds:g} seconds") from None
    except OSError as error:
        raise save_error(what, error) from error
    except NotImplementedError:
        raise SaveError(f"{what} was not saved: {lock.parent} is on a file system without locks") from None
    try:
        yield
    finally:
        holder.release()


def is_held(lock: Path) -> bool:
    """Whether a process holds a lock file, shared or alone. Nothing is made."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def put(descriptor: int, end: int, data: bytes) -> None:
    """Append bytes to an open file and wait until they are on disk; on any failure the file ends at `end` again.

    Raises:
        OSError: they are not there.
    """
    try:
        _write_whole(descriptor, data)
        os.fsync(descriptor)
    except BaseException:
        # Also when a signal ends the program here: what is not acknowledged must not stand in the journal by half.
        with suppress(OSError):
            os.ftruncate(descriptor, end)
            os.fsync(descriptor)
        raise


def _write_whole(descriptor: int, data: bytes) -> None:
    # One call, so that lines of two writers never mix. Less than all of it means that there is no room for the rest.
    if os.write(descriptor, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fingerprint(descriptor: int, offset: int) -> str:
    """A short hash of the bytes before an offset."""
    start = max(0, offset - _FINGERPRINTED)
    return _blake2b(os.pread(descriptor, offset - start, start))


def _blake2b(data: bytes) -> str:
    """16 hexadecimal digits."""
    try:
        # What `hashlib.blake2b` is; `hashlib` brings all of OpenSSL for it.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    return blake2b(data, digest_size=8).hexdigest()


def grew_only(descriptor: int, place: Place) -> bool:
    """Whether the file is the one that was read up to a place, with nothing but more lines."""
    if place.offset > os.fstat(descriptor).st_size:
        return False
    return place.offset == 0 or fingerprint(descriptor, place.offset) == place.fingerprint


def lines_after(descriptor: int, offset: int) -> Iterator[tuple[bytes | None, int]]:
    """Whole lines from an offset on, without their newline, and where each ends; None for one that is too long.

    A last line without a newline is still being written or was torn: it is left for another time.
    """
    with os.fdopen(os.dup(descriptor), "rb", buffering=BLOCK) as file:
        file.seek(offset)
        end = offset
        while piece := file.readline(MAX_LINE + 1):
            length = len(piece)
            line: bytes | None = piece[:-1]
            while not piece.endswith(b"\n"):
                line = None
                piece = file.readline(BLOCK)
                length += len(piece)
                if not piece:
                    return
            end += length
            yield line, end


def lines_before(descriptor: int, end: int) -> Iterator[bytes | None]:
    """Lines from an offset backwards, without their newlines; None for one that is too long.

    The first is what follows the last newline: empty unless the last line was torn.
    """
    tail = b""
    overlong = False
    position = end
    while position > 0:
        size = min(64 * 1024, position)
        position -= size
        lines: list[bytes | None] = [*(os.pread(descriptor, size, position) + tail).split(b"\n")]
        if overlong:
            if len(lines) == 1:
                continue
            lines[-1] = None
            overlong = False
        yield from reversed(lines[1:])
        tail = lines[0] or b""
        if len(tail) > MAX_LINE:
            tail, overlong = b"", True
    yield None if overlong else tail
