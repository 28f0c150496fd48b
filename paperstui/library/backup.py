"""Dated copies of the library beside it, made while it is in use and thinned as they age."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from paperstui import clock
from paperstui.errors import PaperstuiError, SaveError, save_error
from paperstui.journal.files import create_private, sync_directory
from paperstui.library import schema
from paperstui.library.connect import is_damage, open_reader
from paperstui.paths import private_directory

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many of the newest days, weeks and months keep a copy."""
CAP = 500 * 1024 * 1024
"""Bytes that all copies together may take; the newest two are kept in any case."""
ROOM = 64 * 1024 * 1024
"""Bytes that must stay free on the disk."""

_NAME = re.compile(r"library-(\d{4}-\d{2}-\d{2})(-v\d+)?\.db")
_STEP = 2048


class BackedUp(Struct, frozen=True):
    """What became of a backup: the copy, or why there is none ("" when none was due)."""

    path: Path | None = None
    why_not: str = ""


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """The caller did not want to wait for the copy."""


def is_due(directory: Path, now: datetime) -> bool:
    """Whether this day has no copy yet."""
    return now.date() not in {day for day, _ in copies(directory)}


def copies(directory: Path) -> list[tuple[date, Path]]:
    """The copies there are with their days, the newest first. Links and other files with such names are none."""
    found = []
    with suppress(OSError):
        for path in directory.iterdir():
            name = _NAME.fullmatch(path.name)
            about = path.lstat()
            if name and stat.S_ISREG(about.st_mode):
                with suppress(ValueError):
                    found.append((date.fromisoformat(name[1]), about.st_mtime_ns, path))
    return [(day, path) for day, _, path in sorted(found, reverse=True)]


def back_up(
    library: Path,
    directory: Path,
    locks: Path,
    *,
    suffix: str = "",
    stop: Callable[[], bool] = lambda: False,
) -> BackedUp:
    """Copy the library as it is now to `library-<day><suffix>.db`, and thin the older copies.

    Takes as long as reading and writing all of it; call it in a thread. stop: asked now and then whether to give up.
    Nothing is lost by its failure, so a full disk or a damaged library is only said in the result.
    """
    from filelock import FileLock, Timeout

    try:
        private_directory(directory)
        private_directory(locks)
        with FileLock(locks / "backup.lock", mode=0o600).acquire(timeout=0):
            target = directory / f"library-{clock.today().isoformat()}{suffix}.db"
            needed = library.stat().st_size + ROOM
            if shutil.disk_usage(directory).free < needed:
                return BackedUp(why_not="there is no room on the disk for a backup of the library")
            _copy(library, target, stop)
            thin(directory)
            return BackedUp(target)
    except Timeout:
        return BackedUp()
    except Stopped:
        return BackedUp(why_not="the backup of the library was not finished")
    except SaveError as error:
        return BackedUp(why_not=str(error))
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and is_damage(error):
            return BackedUp(why_not="the library is damaged and was not backed up")
        return BackedUp(why_not=str(save_error("the backup of the library", error)))


def thin(directory: Path) -> None:
    """Delete copies that no rule keeps: the newest of each of the last days, weeks and months, below `CAP` bytes.

    The days are counted along the copies, not along the clock: a clock that is wrong deletes nothing.
    """
    found = copies(directory)
    kept: dict[Path, None] = {}
    for how_many, period in (
        (DAILY, lambda day: day.toordinal()),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    ):
        newest: dict[object, Path] = {}
        for day, path in found:
            newest.setdefault(period(day), path)
        kept.update(dict.fromkeys(list(newest.values())[:how_many]))
    total = 0
    for number, (_, path) in enumerate(found):
        size = path.stat().st_size
        if path in kept and (number < 2 or total + size <= CAP):
            total += size
        else:
            path.unlink(missing_ok=True)


def newest_good(directory: Path) -> tuple[date, Path] | None:
    """The newest copy that is whole and that this version can read."""
    return next(((day, path) for day, path in copies(directory) if is_good(path)), None)


def is_good(path: Path) -> bool:
    """Whether a file is a whole library, of this version or an earlier one. Reads all of it."""
    try:
        with closing(open_reader(path, immutable=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
                return False
            if not 0 < connection.execute("PRAGMA user_version").fetchone()[0] <= schema.version():
                return False
            return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
    except (sqlite3.Error, PaperstuiError):
        return False


def restore(copy: Path, target: Path) -> None:
    """Write a copy to a new file, on disk when this returns.

    Raises:
        OSError: it cannot be written.
    """
    descriptor = create_private(target)
    with os.fdopen(descriptor, "wb") as out, copy.open("rb") as source:
        shutil.copyfileobj(source, out, 1024 * 1024)
        out.flush()
        os.fsync(out.fileno())


def _copy(library: Path, target: Path, stop: Callable[[], bool]) -> None:
    """Copy through SQLite to a file of another name, look at it, and only then give it its name."""
    fresh = target.with_name(f"{target.name}.new")
    for left in target.parent.glob("library-*.db.new*"):
        left.unlink()
    os.close(create_private(fresh))

    def progress(_status: int, _remaining: int, _total: int) -> None:
        if stop():
            raise Stopped

    try:
        with closing(open_reader(library)) as source, closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
            # One snapshot from first page to last, or every write in between would begin the copy anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM meta").fetchone()
            source.backup(copy, pages=_STEP, progress=progress, sleep=0)
            # A copy is one file, which can be read where nothing can be written.
            copy.execute("PRAGMA journal_mode = DELETE")
        if not is_good(fresh):
            raise SaveError("the library is damaged and was not backed up")
        descriptor = os.open(fresh, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        fresh.replace(target)
        sync_directory(target.parent)
    finally:
        fresh.unlink(missing_ok=True)
