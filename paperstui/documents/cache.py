"""The documents cache: full texts, threads and answers of services, each of which can be fetched again.

It holds `SIZE_LIMIT` bytes. When it is full, what was stored longest ago goes first, whatever it is, and ten values at most
for each that is put in. What is spared goes only when nothing else is left; that holds for what was spared when
`DocumentCache.spare` was called last.

Nothing that happens to the cache is its caller's trouble. On a full or read-only disk nothing is kept, and what was kept
before is found where it can be read. A file that is garbage, replaced, deleted or locked means that nothing is found and
nothing is kept; a damaged one is made anew. All methods block, so an event loop calls them in a thread, and they may be
called from any thread.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from paperstui.errors import PaperstuiError
from paperstui.paths import private_directory
from paperstui.text.clean import clean_line

if TYPE_CHECKING:
    import diskcache

SIZE_LIMIT = 512 * 2**20
"""How many bytes the cache may take; the oldest values go first, and those that are spared last."""

FILE = "cache.db"
"""The name of the cache's database in its directory."""

_VALUES = re.compile("[0-9a-f]{2}")
_BUSY_SECONDS = 2.0
_SPARED = (
    100 * 365 * 86_400.0
)  # seconds that a spared value is said to be stored later: by that time it is chosen what goes
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_log = logging.getLogger(__name__)
T = TypeVar("T")


class Validators(NamedTuple):
    """What a service gave to ask "did it change since?" with; either may be empty."""

    etag: str = ""
    last_modified: str = ""


class Response(NamedTuple):
    """A kept answer of a service: its validators, its body and when it came (Unix seconds)."""

    validators: Validators
    body: bytes
    at: float


class _Head(msgspec.Struct):
    etag: str = ""
    last_modified: str = ""
    at: float = 0.0


class DocumentCache:
    """A cache in a directory of its own, which is made 0700 with files 0600. Opened when it is first used."""

    def __init__(self, directory: Path, *, size_limit: int = SIZE_LIMIT) -> None:
        self._directory = directory
        self._size_limit = size_limit
        self._cache: Any = None
        self._identity: tuple[int, int] | None = None
        self._lock = threading.RLock()

    def get(self, key: str) -> bytes | str | None:
        """The value kept under a key, or None."""
        return self.values([key])[0]

    def put(self, key: str, value: bytes | str, expire: float | None = None) -> bool:
        """Keep a value under a key, for `expire` seconds where that is given; False when it could not be kept."""
        return self._attempt(lambda cache: bool(cache.set(key, value, expire=expire)), False)

    def values(self, keys: Sequence[str]) -> list[bytes | str | None]:
        """The values kept under keys, in their order, None where there is none; for many small ones."""
        found: Sequence[object] | None = self._attempt(lambda cache: [cache.get(key) for key in keys], None)
        if found is None:
            found = self._looked_up(keys)
        return [value if isinstance(value, (bytes, str)) else None for value in found]

    def holds(self, keys: Iterable[str]) -> set[str]:
        """Those of keys that something is kept under."""
        wanted = list(keys)
        held: set[str] | None = self._attempt(lambda cache: {key for key in wanted if key in cache}, None)
        if held is None:
            held = {key for key, value in zip(wanted, self._looked_up(wanted), strict=True) if value is not None}
        return held

    def _looked_up(self, keys: Sequence[str]) -> Sequence[object]:
        """The values under keys, of a cache that cannot be opened to be written: its disk is full, or read-only."""
        from paperstui.documents.disk import looked_up

        if self._file_identity() is None:
            return [None] * len(keys)
        try:
            return looked_up(self._directory, FILE, keys)
        except Exception as error:  # noqa: BLE001 - as in `_attempt`
            _log.info("the documents cache cannot be read: %s: %s", type(error).__name__, clean_line(error))
            return [None] * len(keys)

    def spare(self, begins: str, wanted: Callable[[str], bool]) -> None:
        """Let wanted ones of the values whose keys begin so go last, when room is needed, and others in their turn."""
        if self._file_identity() is not None:
            self._attempt(lambda cache: _spare(cache, begins, wanted), None)

    def forget(self, key: str) -> None:
        """Drop what is kept under a key."""
        self._attempt(lambda cache: cache.delete(key), False)

    def response(self, url: str) -> Response | None:
        """The kept answer of an address, or None."""
        stored = self.get(_response_key(url))
        if not isinstance(stored, bytes):
            return None
        line, newline, body = stored.partition(b"\n")
        try:
            head = msgspec.json.decode(line, type=_Head)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        return Response(Validators(head.etag, head.last_modified), body, head.at) if newline else None

    def validators(self, url: str) -> Validators | None:
        """What to ask an address "did it change?" with; None when nothing of it is kept or it gave no validators."""
        response = self.response(url)
        return response.validators if response is not None and any(response.validators) else None

    def store_response(self, url: str, body: bytes, etag: str, last_modified: str, at: float) -> bool:
        """Keep a good answer of an address together with its validators; `at` is Unix seconds."""
        head = msgspec.json.encode(_Head(etag, last_modified, at))
        return self.put(_response_key(url), head + b"\n" + body)

    def forget_response(self, url: str) -> None:
        """Drop the kept answer of an address."""
        self.forget(_response_key(url))

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._remove()

    def size(self) -> int:
        """How many bytes the cache takes on the disk; 0 when it cannot be read."""
        return self._attempt(lambda cache: int(cache.volume()), 0)

    def _attempt(self, work: Callable[[Any], T], otherwise: T) -> T:
        """Do something with the cache; a damaged one is made anew once, and any other failure gives `otherwise`."""
        from paperstui.documents.disk import RefusedError

        for rebuilt in (False, True):
            try:
                return self._once(work)
            except RefusedError as error:
                # Somebody else wrote into the cache, so nothing in it is believed any more.
                _log.warning("the documents cache held %s and was emptied", clean_line(error))
                self.clear()
                return otherwise
            except Exception as error:  # noqa: BLE001 - whatever breaks in a cache, its caller goes on without it
                _log.info("the documents cache failed: %s: %s", type(error).__name__, clean_line(error))
                if rebuilt or not self._damaged(error):
                    return otherwise
                self.clear()
        return otherwise

    def _once(self, work: Callable[[Any], T]) -> T:
        with self._lock:
            cache = self._opened()
        try:
            return work(cache)
        finally:
            # diskcache keeps a connection for each thread and never closes those of threads that ended.
            cache.close()

    def _opened(self) -> diskcache.Cache:
        """The open cache. One whose file was deleted or replaced meanwhile would go on writing into nowhere."""
        found = self._file_identity()
        if self._cache is None or found is None or found != self._identity:
            self._cache = None
            self._cache = self._open()
            self._identity = self._file_identity()
        return self._cache

    def _open(self) -> diskcache.Cache:
        import diskcache

        from paperstui.documents.disk import ExactDisk

        if not self._directory.is_dir():
            _delete(self._directory)
        directory = str(private_directory(self._directory))
        self._directory.chmod(0o700)
        if os.path.expandvars(Path(directory).expanduser()) != directory:
            raise PaperstuiError("the cache directory has a $ or ~ in its name, which diskcache would replace")
        # SQLite gives its side files the mode of the main file, so that one must exist before SQLite makes it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._directory / FILE, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            return diskcache.Cache(
                directory,
                timeout=_BUSY_SECONDS,
                disk=ExactDisk,
                size_limit=self._size_limit,
                # A memory-mapped file that is cut short by somebody kills the process instead of failing a read.
                sqlite_mmap_size=0,
            )
        except (TypeError, ValueError, AttributeError, KeyError, AssertionError) as error:
            # The settings table of the file decides what diskcache does here; ours never leads to these.
            raise sqlite3.DatabaseError(f"settings that are not ours: {error}") from error

    def _damaged(self, error: Exception) -> bool:
        """Whether the file itself is bad. Busy, full, read-only and unreadable disks are not the file's fault."""
        if not isinstance(error, sqlite3.Error):
            return False
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_CANTOPEN:
            return not (self._directory / FILE).is_file()
        return code in _DAMAGED

    def _file_identity(self) -> tuple[int, int] | None:
        try:
            found = (self._directory / FILE).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _remove(self) -> None:
        """Delete what a cache consists of, and only that."""
        self._cache = None
        for suffix in ("", "-wal", "-shm", "-journal"):
            _delete(self._directory / (FILE + suffix))
        with contextlib.suppress(OSError):
            for entry in list(self._directory.iterdir()):
                if _VALUES.fullmatch(entry.name):
                    _delete(entry)


def _spare(cache: diskcache.Cache, begins: str, wanted: Callable[[str], bool]) -> None:
    # diskcache has no way to do it. Of its columns only this one says when a value goes; nothing else looks at it.
    sql = cache._sql  # noqa: SLF001
    far = time.time() + _SPARED / 2
    end = f"{begins[:-1]}{chr(ord(begins[-1]) + 1)}"
    rows = sql(
        "SELECT rowid, key, store_time FROM Cache WHERE key >= ? AND key < ? AND raw = 1", (begins, end)
    ).fetchall()
    moved = [
        (_SPARED if keep else -_SPARED, rowid, key)
        for rowid, key, at in rows
        if isinstance(key, str) and (keep := wanted(key)) != (at > far)
    ]
    if moved:
        with cache.transact():
            for each in moved:
                sql("UPDATE Cache SET store_time = store_time + ? WHERE rowid = ? AND key = ?", each)


def is_sound(directory: Path) -> bool:
    """Whether SQLite can read the cache in a directory, which is not changed by asking."""
    file = directory / FILE
    immutable = "" if file.with_name(f"{FILE}-wal").exists() else "&immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro{immutable}", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
            connection.execute("SELECT count(*) FROM Cache").fetchone()
    except sqlite3.Error:
        return False
    return found == ["ok"]


def _response_key(url: str) -> str:
    return f"response {url}"


def _delete(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s of the documents cache could not be deleted: %s", path.name, error.strerror)
