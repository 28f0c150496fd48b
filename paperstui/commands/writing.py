"""Files that a user asked for: whole or as they were before, and for whoever the umask says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from paperstui.errors import UsageError, save_error
from paperstui.text.clean import clean_line

_NAME = 100
"""Characters of a file's name that the unfinished one repeats: names end at 255 bytes."""


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a text in UTF-8 to a file, piece by piece.

    The file gets its name when all of it is on disk, so that a failure, a signal or a full disk leaves what was there.
    One that is there keeps its mode, a new one is made as the umask says; a link is followed. What is no plain file (a
    pipe, a terminal) is written to as it comes.

    Raises:
        UsageError: it is a directory.
        SaveError: it cannot be written.
        BrokenPipeError: it is a pipe that nobody reads any more.
    """
    shown = clean_line(path, 200)
    try:
        about = path.stat() if path.exists() else None
        if about is not None and stat.S_ISDIR(about.st_mode):
            raise UsageError(f"{shown} is a directory")
        if about is not None and not stat.S_ISREG(about.st_mode):
            # By the name that was given: where a pipe's leads (/dev/stdout, /dev/fd/63) there is no file of that name.
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(path)), pieces, None if about is None else stat.S_IMODE(about.st_mode))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise save_error(shown, error) from error


def _replace(target: Path, pieces: Iterable[str], mode: int | None) -> None:
    unfinished = target.with_name(f".{target.name[:_NAME]}.{os.getpid()}.part")
    with suppress(FileNotFoundError):
        # Of a process that was killed and had the same number.
        unfinished.unlink()
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(unfinished, flags, 0o666 if mode is None else 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            if mode is not None:
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
