"""From a path to a library that can be used: examined, repaired where it must be, brought to the newest version."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from paperstui.errors import LibraryError
from paperstui.library import index, recovery, schema
from paperstui.library.connect import Connections, code, is_damage, open_reader, open_writer
from paperstui.library.presence import Presence
from paperstui.library.recovery import Kind
from paperstui.paths import Paths, private_directory
from paperstui.text.clean import clean_line

LOCK = "library.lock"


class Opened(Struct):
    """A library that is open. path: the file. notices: what the user should know, one line each."""

    path: Path
    connections: Connections
    presence: Presence
    notices: list[str]


def open_library(paths: Paths) -> Opened:
    """Open the library, making, repairing or updating it first where that is needed.

    Raises:
        LibraryError: the file is of a later version or another program's (it was left as it is), or cannot be read.
        SaveError: there is none and none can be made, or a damaged one cannot be repaired.
    """
    presence = Presence(paths.locks)
    notices: list[str] = []
    try:
        alone = presence.alone()
        if not alone:
            presence.share()
        path = paths.library.resolve() if paths.library.is_symlink() else paths.library
        if alone:
            recovery.tidy(path)
        _see_to_it(path, paths, notices, alone=alone)
        try:
            connections = _connections(path, paths, presence, notices, alone=alone)
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            _recover(path, paths, notices, alone=alone)
            presence.trust()
            connections = _connections(path, paths, presence, notices, alone=alone)
        presence.share()
    except sqlite3.Error as error:
        presence.leave()
        raise LibraryError(f"{clean_line(paths.library)} cannot be opened: {error}") from error
    except BaseException:
        presence.leave()
        raise
    return Opened(path, connections, presence, notices)


def _see_to_it(path: Path, paths: Paths, notices: list[str], *, alone: bool) -> None:
    """See to it that there is a library at the path, as far as its first bytes tell."""
    kind = recovery.examine(path, paths.backups, paths.journal)
    if kind in (Kind.FOREIGN, Kind.NEWER):
        raise recovery.refuse(path, kind)
    if kind is Kind.ABSENT:
        private_directory(path.parent)
        recovery.create(path)
    elif kind is Kind.DAMAGED:
        _recover(path, paths, notices, alone=alone)


def _recover(path: Path, paths: Paths, notices: list[str], *, alone: bool) -> None:
    if not alone:
        raise LibraryError(f"{clean_line(path)} is damaged and open elsewhere: close every paperstui and start again")
    notices.append(recovery.recover(path, paths.backups, paths.journal).notice)


def _connections(path: Path, paths: Paths, presence: Presence, notices: list[str], *, alone: bool) -> Connections:
    """Connect, look closely if the library was not closed well, and migrate."""
    _make_private(path)
    immutable = False
    writer = None
    try:
        writer = _writer(path)
    except sqlite3.Error as error:
        if is_damage(error):
            raise
        immutable = _must_be_immutable(path)
        notices.append("the library is read-only here: nothing new can be saved")
        if immutable and not presence.is_whole(path):
            notices.append("what was saved last cannot be read, because the library was not closed")
    if writer is not None:
        try:
            if alone:
                _look_closely(writer, path, presence, notices)
            _migrate(writer, path, paths, notices)
        except BaseException:
            writer.close()
            raise
    lock = paths.locks / LOCK
    return Connections(path, lock, writer, lambda: _writer(path), immutable=immutable, suspect=presence.suspect)


def _look_closely(writer: sqlite3.Connection, path: Path, presence: Presence, notices: list[str]) -> None:
    """See whether a library is whole that was not closed well; and its search index, if damage was seen or is likely."""
    suspect = presence.is_suspect() or presence.was_changed(path) or index.is_doubtful(writer)
    if suspect or not presence.is_sealed(path):
        recovery.check(writer)
    if suspect and not index.agrees(writer):
        index.remake(writer)
        notices.append("the search index was damaged and was made anew")
    presence.trust()


def _writer(path: Path) -> sqlite3.Connection:
    """A connection that can write.

    Raises:
        sqlite3.Error: the library is damaged or, for any other error, can at best be read.
    """
    connection = open_writer(path)
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            # Somebody is writing, so it can be written.
            if code(error) != sqlite3.SQLITE_BUSY:
                raise
        connection.execute("PRAGMA busy_timeout = 5000")
    except BaseException:
        connection.close()
        raise
    return connection


def _must_be_immutable(path: Path) -> bool:
    """Whether reading takes a connection that makes no files beside the library.

    Raises:
        sqlite3.Error: it cannot be read either way.
        LibraryError: it is of an earlier version and cannot be brought to this one.
    """
    for immutable in (False, True):
        try:
            connection = open_reader(path, immutable=immutable)
            try:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                connection.execute("SELECT count(*) FROM meta").fetchone()
            finally:
                connection.close()
        except sqlite3.Error as error:
            if immutable or is_damage(error):
                raise
            continue
        if version < schema.version():
            raise LibraryError(f"{clean_line(path)} must be updated to be read, and it is read-only here")
        return immutable
    return True


def _migrate(writer: sqlite3.Connection, path: Path, paths: Paths, notices: list[str]) -> None:
    version = writer.execute("PRAGMA user_version").fetchone()[0]
    if version >= schema.version():
        return
    from paperstui.library import backup

    made = backup.back_up(path, paths.backups, paths.locks, suffix=f"-v{version}")
    if made.why_not:
        notices.append(made.why_not)
    schema.migrate(writer)


def _make_private(path: Path) -> None:
    with suppress(OSError):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
