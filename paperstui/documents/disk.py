"""How the documents cache puts values on the disk: exact types only, nothing is ever pickled or unpickled.

diskcache unpickles what its file says is a pickle, so whoever can write the file could run code (CVE-2025-69872; its
`JSONDisk` unpickles too). This module imports diskcache, so it is imported when a cache is first used.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from diskcache import Disk
from diskcache.core import MODE_BINARY, MODE_RAW, MODE_TEXT, UNKNOWN

MAX_FILE = 128 * 2**20
"""The largest value file that is read, in bytes: more than the largest thing ever stored."""

_EXACT = (bytes, str, int, float)
_VALUE_FILE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{28}\.val")


class RefusedError(Exception):
    """A row of the cache holds something that paperstui never puts there."""


class ExactDisk(Disk):  # type: ignore[misc]
    """Stores bytes, str, int and float as they are, large ones in files of mode 0600, and refuses all else.

    Raises:
        TypeError: a key or a value to be stored is of another type.
        RefusedError: a stored row is a pickle, names a file that is not a value file, or is too large.
    """

    def put(self, key: object) -> tuple[object, bool]:
        """The key as the database holds it; never a pickle."""
        _check(key)
        fields: tuple[object, bool] = super().put(key)
        return fields

    def get(self, key: object, raw: bool) -> object:
        """A key from the database."""
        if not raw:
            raise RefusedError("a pickled key")
        return super().get(key, raw)

    def store(self, value: object, read: bool, key: object = UNKNOWN) -> tuple[int, int, str | None, object]:
        """The columns size, mode, filename and value for a value."""
        if read:
            raise TypeError("a file object is not stored")
        _check(value)
        data = value.encode() if isinstance(value, str) else value
        if not isinstance(data, bytes) or len(data) < self.min_file_size:
            return 0, MODE_RAW, None, value
        name, full_path = self.filename(key, value)
        _write(Path(full_path), data)
        return len(data), MODE_TEXT if isinstance(value, str) else MODE_BINARY, name, None

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> object:
        """The value a row describes."""
        if mode == MODE_RAW and type(value) in _EXACT:
            return value
        if read or mode not in (MODE_BINARY, MODE_TEXT):
            raise RefusedError("a value that is not plain data")
        data = self._read(filename)
        return data.decode() if mode == MODE_TEXT else data

    def remove(self, file_path: object) -> None:
        """Delete a value file; a row that names any other file deletes nothing."""
        if isinstance(file_path, str) and _VALUE_FILE.fullmatch(file_path):
            super().remove(file_path)

    def _read(self, filename: object) -> bytes:
        if not isinstance(filename, str) or not _VALUE_FILE.fullmatch(filename):
            raise RefusedError("a file outside the cache")
        descriptor = os.open(Path(self._directory) / filename, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise RefusedError("a value that is too large")
        return data


def looked_up(directory: Path, file: str, keys: Sequence[str]) -> list[object]:
    """The values kept under keys in a cache that nothing can be written to, nor beside it.

    What stands in the log of its last writer is seen where SQLite can read that without a file of its own.

    Raises:
        RefusedError: a row holds what paperstui never stores.
        sqlite3.Error, OSError: it cannot be read.
    """
    address = f"{(directory / file).as_uri()}?mode=ro"
    try:
        return _looked_up(ExactDisk(str(directory)), address, keys)
    except sqlite3.OperationalError:
        return _looked_up(ExactDisk(str(directory)), f"{address}&immutable=1", keys)


def _looked_up(disk: ExactDisk, address: str, keys: Sequence[str]) -> list[object]:
    found: list[object] = []
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        for key in keys:
            rows = connection.execute(
                "SELECT mode, filename, value FROM Cache WHERE key = ? AND raw = 1"
                " AND (expire_time IS NULL OR expire_time > ?)",
                (key, time.time()),
            ).fetchall()
            mode, filename, value = rows[0] if rows else (MODE_RAW, None, "")
            try:
                found.append(disk.fetch(mode, filename, value, read=False) if rows else None)
            except OSError:
                found.append(None)
    return found


def _check(value: object) -> None:
    # Subclasses are refused as well: what comes back would be of another type than what went in.
    if type(value) not in _EXACT or (type(value) is int and not -(2**63) <= value < 2**63):
        raise TypeError(f"the cache stores bytes, str, int and float, not {type(value).__name__}")


def _write(path: Path, data: bytes) -> None:
    for directory in (path.parent.parent, path.parent):
        directory.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except BaseException:
        # Nothing would ever name what is there of it, and it would take the room that is missing.
        path.unlink(missing_ok=True)
        raise
