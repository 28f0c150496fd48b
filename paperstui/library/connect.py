"""Connections to the library: one that writes, one a thread that reads.

Writers of all processes take turns by a lock file as well as by SQLite's own: SQLite before 3.51.3 can damage a WAL
that one connection checkpoints while another writes, and a lock file does not make a star wait for SQLite's back-off.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from paperstui.errors import LibraryError, PaperstuiError, SaveError, save_error
from paperstui.journal.files import locked
from paperstui.library import functions
from paperstui.library.decoding import undecodable
from paperstui.library.turns import Turns

if TYPE_CHECKING:
    from paperstui.query.regex import Regexp

P = ParamSpec("P")
T = TypeVar("T")

WAL_LIMIT = 4 * 1024 * 1024
"""Bytes at which the WAL is brought into the database. More at a time takes a little less work, but while the disk is
busy with it a journal waits to be written."""

READER_CACHE = 256
"""Kilobytes of pages that each connection keeps that reads."""

_PATIENCE = 5000  # milliseconds
_MOMENT = 0.05  # seconds
_STEPS = 20_000
"""Steps of SQLite's machine, less than a millisecond, after which a reader is asked whether to go on."""

_WHAT = "the library"
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class _Reader:
    """A connection that one thread reads from, what is held while it does, and its SQL function `regexp`."""

    def __init__(self, path: Path, *, immutable: bool) -> None:
        self.connection = open_reader(path, immutable=immutable)
        self.immutable = immutable
        # What reads may store something meanwhile, which reads, too.
        self.turn = threading.RLock()
        self._regexp: Regexp | None = None

    def regexp(self) -> Regexp:
        """The function, which the connection has from now on."""
        if self._regexp is None:
            from paperstui.query.regex import Regexp

            self._regexp = Regexp()
            self.connection.create_function("regexp", 2, self._regexp, deterministic=True)
        return self._regexp


class InterruptedReadError(PaperstuiError):
    """A read was stopped by `Library.interrupt`, because nobody waits for its answer any more."""


class DamagedError(LibraryError):
    """SQLite found the library damaged. The next `Library.open` looks closely and repairs it."""


def code(error: sqlite3.Error) -> int:
    """SQLite's primary result code of an error; 0 where there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is corrupt or no database: the only errors for which a file is set aside."""
    return code(error) in _DAMAGE


def open_writer(path: Path) -> sqlite3.Connection:
    """A connection that writes to a database that exists.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection = _connect(path, "mode=rw")
    try:
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # Not within a transaction's commit, for which others wait: see `Connections.write`.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA cache_size = -8000")
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """A connection that only reads. immutable: nobody writes, so no file is made beside it (a read-only directory).

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection = _connect(path, "mode=ro&immutable=1" if immutable else "mode=ro")
    try:
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")
        # A few pages: the system keeps the file in memory anyway, once for all readers, and reading a page from there
        # costs next to nothing beside what a query makes of it.
        connection.execute(f"PRAGMA cache_size = -{READER_CACHE}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # No transactions of Python's own: every one is begun where it is meant.
    connection = sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False)
    functions.register(connection)
    return connection


class Connections:
    """The connections of one process to one library.

    path: the database. lock: the lock file that writers of all processes take turns by. writer: None when it can only
    be read. connect: makes a writer, or raises sqlite3.Error; asked again before each write that has none, so that a
    disk that was full needs no new start. immutable: see `open_reader`. suspect: called when SQLite finds damage.
    """

    def __init__(
        self,
        path: Path,
        lock: Path,
        writer: sqlite3.Connection | None,
        connect: Callable[[], sqlite3.Connection],
        *,
        immutable: bool,
        suspect: Callable[[], None],
    ) -> None:
        self._path = path
        self._lock = lock
        self._writer = writer
        self._connect = connect
        self._immutable = immutable
        self._suspect = suspect
        self._turn = Turns()
        self._file = path.stat()
        self._readers: dict[int, _Reader] = {}
        self._registry = threading.Lock()
        self._own = threading.local()
        self._closed = False

    @property
    def writable(self) -> bool:
        """Whether anything can be saved."""
        return self._writer is not None

    def read(self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function reads from this thread's connection.

        Raises:
            LibraryError: it cannot be read.
            InterruptedReadError: it was stopped.
        """
        try:
            reader = self._reader()
            with reader.turn:
                try:
                    return job(reader.connection, *args, **kwargs)
                except sqlite3.OperationalError as error:
                    if not undecodable(error, reader.connection):
                        raise
                    return job(reader.connection, *args, **kwargs)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self._cannot_read(error) from error

    def query(
        self,
        job: Callable[Concatenate[sqlite3.Connection, str, P], T],
        sql: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What a function reads by a compiled query, which may look for regular expressions.

        Raises:
            LibraryError: it cannot be read.
            InterruptedReadError: it was stopped.
            QueryTimeout: a regular expression took too long.
        """

        def timed(connection: sqlite3.Connection) -> T:
            with self._reader().regexp().running():
                return job(connection, sql, *args, **kwargs)

        if "regexp(" in sql:
            return self.read(timed)
        return self.read(job, sql, *args, **kwargs)

    def write(self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function returns that writes in one transaction: all of what it does is kept, or nothing.

        Raises:
            SaveError: it could not be written.
            LibraryError: the library is damaged or closed.
        """
        try:
            try:
                with self._transaction() as connection:
                    result = job(connection, *args, **kwargs)
            except sqlite3.OperationalError as error:
                if self._writer is None or not undecodable(error, self._writer):
                    raise
                with self._transaction() as connection:
                    result = job(connection, *args, **kwargs)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self._cannot_write(error) from error
        if self._wal_size() >= WAL_LIMIT:
            self._bring_in()
        return result

    def write_at_once(
        self, job: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same for what nobody is to wait for: while anybody else writes, it is not written.

        Raises:
            SaveError: it could not be written, or not at once.
            LibraryError: the library is damaged or closed.
        """
        with self._turn.at_once() as free:
            if not free:
                raise SaveError(f"{_WHAT} was not saved: it is being written to")
            try:
                with self._alone(patient=False) as connection:
                    return job(connection, *args, **kwargs)
            except (sqlite3.Error, OverflowError, UnicodeError) as error:
                raise self._cannot_write(error) from error

    def interrupt(self, thread: int | None = None) -> None:
        """Stop what a thread (`threading.get_ident()`) is reading, or every thread."""
        with self._registry:
            for ident, reader in self._readers.items():
                if thread in (None, ident):
                    with suppress(sqlite3.Error):
                        reader.connection.interrupt()

    @contextmanager
    def stoppable(self, stop: Callable[[], bool]) -> Iterator[None]:
        """Stop what this thread reads within it once `stop`, which is asked every now and then, says so."""
        connection = self._reader().connection
        connection.set_progress_handler(stop, _STEPS)
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                connection.set_progress_handler(None, _STEPS)

    def close(self) -> None:
        """Close them all, and bring what is in the WAL into the database."""
        with self._registry:
            self._closed = True
            readers, self._readers = self._readers, {}
        for reader in readers.values():
            with suppress(sqlite3.Error):
                # Not under a thread that is in the middle of a read.
                reader.connection.interrupt()
                with reader.turn:
                    reader.connection.close()
        with self._turn:
            writer, self._writer = self._writer, None
            if writer is None:
                return
            # Another process may be reading: then it is the one that tidies up when it ends.
            if self._wal_size():
                with suppress(sqlite3.Error, SaveError), locked(self._lock, _WHAT, 1.0):
                    writer.execute("PRAGMA busy_timeout = 100")
                    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with suppress(sqlite3.Error):
                writer.close()

    def _bring_in(self) -> None:
        """Bring the WAL into the database and empty it, in a turn of its own: whoever waits to write goes first.

        The lock file is held, because of what SQLite before 3.51.3 does otherwise. What a reader still needs stays for
        the next time; and what goes wrong is met, and told, by the next who writes.
        """
        with suppress(sqlite3.Error, SaveError), self._turn, locked(self._lock, _WHAT):
            writer = self._writer
            if writer is None:
                return
            writer.execute("PRAGMA busy_timeout = 0")
            try:
                writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                writer.execute(f"PRAGMA busy_timeout = {_PATIENCE}")

    def _wal_size(self) -> int:
        """Bytes of the WAL, which holds nothing that is not to be brought into the database."""
        try:
            return self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except FileNotFoundError:
            return 0
        except OSError:
            return WAL_LIMIT

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._turn, self._alone() as writer:
            yield writer

    @contextmanager
    def _alone(self, *, patient: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction, for who has the turn. patient: it waits until no other process is writing."""
        with locked(self._lock, _WHAT) if patient else locked(self._lock, _WHAT, _MOMENT):
            self._look_at_the_file()
            writer = self._writable_again() if self._writer is None else self._writer
            if patient:
                writer.execute("BEGIN IMMEDIATE")
            else:
                writer.execute("PRAGMA busy_timeout = 0")
                try:
                    writer.execute("BEGIN IMMEDIATE")
                finally:
                    writer.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some errors, such as a full disk.
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise

    def _look_at_the_file(self) -> None:
        """What is written to a file that somebody deleted or replaced is lost when it is closed."""
        try:
            same = os.path.samestat(self._path.stat(), self._file)
        except OSError as error:
            raise save_error(_WHAT, error) from error
        if not same:
            raise SaveError(f"{_WHAT} was not saved: its file was replaced; start paperstui again")

    def _writable_again(self) -> sqlite3.Connection:
        if self._closed:
            raise LibraryError(f"{_WHAT} is closed")
        self._writer = self._connect()
        self._immutable = False
        return self._writer

    def _reader(self) -> _Reader:
        reader: _Reader | None = getattr(self._own, "reader", None)
        if reader is None or reader.immutable is not self._immutable:
            reader = self._own.reader = _Reader(self._path, immutable=self._immutable)
            with self._registry:
                # This thread's connection before, or that of a thread that ended and had the same number.
                stale = self._readers.pop(threading.get_ident(), None)
                if self._closed:
                    stale = reader
                else:
                    self._readers[threading.get_ident()] = reader
            if stale is not None:
                stale.connection.close()
        return reader

    def _cannot_read(self, error: Exception) -> PaperstuiError:
        if isinstance(error, sqlite3.Error):
            if code(error) == sqlite3.SQLITE_INTERRUPT:
                return InterruptedReadError("it was stopped")
            if is_damage(error):
                return self._damaged()
            if self._closed:
                return LibraryError(f"{_WHAT} is closed")
        return LibraryError(f"{_WHAT} cannot be read: {error}")

    def _cannot_write(self, error: Exception) -> PaperstuiError:
        if not isinstance(error, sqlite3.Error):
            return SaveError(f"{_WHAT} was not saved: {error}")
        if is_damage(error):
            return self._damaged()
        if code(error) in _BUSY:
            return SaveError(f"{_WHAT} was not saved: another program has been writing to it for too long")
        return save_error(_WHAT, error)

    def _damaged(self) -> DamagedError:
        self._suspect()
        return DamagedError(f"{_WHAT} is damaged: start paperstui again to repair it")
