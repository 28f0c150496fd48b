"""Opening a library to look at it and nothing else, and taking a copy of it to try things on."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from paperstui.errors import LibraryError, SaveError, save_error
from paperstui.journal.files import create_private
from paperstui.library import recovery, schema
from paperstui.library.connect import Connections, DamagedError, is_damage, open_reader, open_writer
from paperstui.library.opening import LOCK, Opened
from paperstui.library.presence import OPEN, Presence
from paperstui.library.recovery import Kind
from paperstui.paths import Paths
from paperstui.text.clean import clean_line

OLDEST_SQLITE = (3, 35)
_STEP = 2048


class Engine(NamedTuple):
    """The SQLite that this Python has. good: it can do all that a library needs. text: its version, in words."""

    good: bool
    text: str


class OldError(LibraryError):
    """The library is of an earlier version: opening it for use brings it to this one."""


class Onlooker(Presence):
    """A stay in a library that leaves no trace: nothing is made, noted or sealed.

    SQLite makes files beside a library to read it. Those that were not there before are taken away in the end, unless
    somebody else has come.
    """

    def __init__(self, library: Path, locks: Path) -> None:
        self._descriptor = None
        with suppress(OSError):
            self._descriptor = os.open(locks / OPEN, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        # Where there is no lock file, nobody has ever opened it from here.
        alone = self._descriptor is None or self.alone()
        self._made = [path for path in map(library.with_name, _beside(library)) if alone and not path.exists()]
        self.share()

    def seal(self, library: Path) -> None:
        """Take away what SQLite made, if nobody else uses it and it holds nothing."""
        if self._descriptor is not None and not self.alone():
            return
        for path in self._made:
            with suppress(OSError):
                if path.name == _beside(library)[0] or not path.stat().st_size:
                    path.unlink()

    def suspect(self) -> None:
        """Damage is only told."""


def engine() -> Engine:
    """The SQLite that this Python has."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            for statement in schema.statements(schema.SEARCH):
                connection.execute(statement)
        except sqlite3.Error:
            return Engine(good=False, text=f"SQLite {sqlite3.sqlite_version} without FTS5")
    return Engine(sqlite3.sqlite_version_info >= OLDEST_SQLITE, f"SQLite {sqlite3.sqlite_version} with FTS5")


def look(paths: Paths) -> Opened:
    """The library, open for reading alone. Nothing of it or beside it is changed, and nothing is repaired.

    Raises:
        FileNotFoundError: there is none.
        DamagedError: it is damaged so that it cannot be opened.
        OldError: it is of an earlier version.
        LibraryError: it is of a later version or another program's, or cannot be read.
    """
    path = paths.library.resolve() if paths.library.is_symlink() else paths.library
    presence = Onlooker(path, paths.locks)
    try:
        _see_that_it_is_ours(path, recovery.examine(path, paths.backups, paths.journal))
        immutable = _must_be_immutable(path)
    except BaseException:
        presence.seal(path)
        presence.leave()
        raise
    lock = paths.locks / LOCK
    connections = Connections(path, lock, None, _refuse, immutable=immutable, suspect=presence.suspect)
    return Opened(path, connections, presence, [])


def copy(library: Path, target: Paths) -> None:
    """Copy a library as it is now, whoever uses it, to a directory of one's own, ready to be opened there.

    Raises:
        SaveError: there is no room.
        LibraryError: it cannot be read.
    """
    target.make()
    try:
        if shutil.disk_usage(target.data).free < library.stat().st_size * 1.2:
            raise SaveError(f"there is no room for a copy of the library in {clean_line(target.data.parent.parent)}")
        os.close(create_private(target.library))
        with (
            closing(open_reader(library, immutable=_must_be_immutable(library))) as source,
            closing(sqlite3.connect(target.library, isolation_level=None)) as fresh,
        ):
            source.backup(fresh, pages=_STEP, sleep=0)
    except OSError as error:
        raise save_error("a copy of the library", error) from error
    except sqlite3.Error as error:
        raise LibraryError(f"{clean_line(library)} cannot be read: {error}") from error


def use(paths: Paths) -> Opened:
    """A copy, open for use without being looked at closely first: what is wrong with it is to be found out."""
    presence = Presence(paths.locks)
    presence.share()
    writer = open_writer(paths.library)
    connections = Connections(
        paths.library, paths.locks / LOCK, writer, _refuse, immutable=False, suspect=presence.suspect
    )
    return Opened(paths.library, connections, presence, [])


def _must_be_immutable(path: Path) -> bool:
    """Whether it can only be read without making files beside it.

    Raises:
        DamagedError: it is damaged.
        OldError: it is of an earlier version.
        LibraryError: it cannot be read either way.
    """
    why: sqlite3.Error | None = None
    for immutable in (False, True):
        try:
            with closing(open_reader(path, immutable=immutable)) as connection:
                version: int = connection.execute("PRAGMA user_version").fetchone()[0]
                connection.execute("SELECT count(*) FROM meta").fetchone()
        except sqlite3.Error as error:
            if is_damage(error):
                raise DamagedError(f"{clean_line(path)} is damaged: {error}") from error
            why = error
            continue
        if version < schema.version():
            raise OldError(f"{clean_line(path)} is of version {version}")
        return immutable
    raise LibraryError(f"{clean_line(path)} cannot be opened: {why}")


def _see_that_it_is_ours(path: Path, kind: Kind) -> None:
    if kind in (Kind.FOREIGN, Kind.NEWER):
        raise recovery.refuse(path, kind)
    if kind is Kind.ABSENT:
        raise FileNotFoundError(str(path))
    if kind is Kind.DAMAGED:
        raise DamagedError(f"{clean_line(path)} is damaged")


def _refuse() -> sqlite3.Connection:
    raise SaveError("the library is only looked at")


def _beside(library: Path) -> tuple[str, str]:
    """The names of what SQLite shares between its connections, and of the WAL."""
    return f"{library.name}-shm", f"{library.name}-wal"
