from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from contextlib import closing
from typing import Any

import pytest

from paperstui.errors import LibraryError, SaveError
from paperstui.journal.files import locked
from paperstui.library import connect
from paperstui.library.connect import DamagedError, InterruptedReadError
from paperstui.library.opening import LOCK
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, items
from tests.waiting import LIMIT

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n WHERE i < 0"


def fail(error: int, message: str) -> Any:
    """A job that fails as SQLite would."""

    def job(_: sqlite3.Connection) -> None:
        failure = sqlite3.OperationalError(message)
        failure.sqlite_errorcode = error
        raise failure

    return job


def test_files_are_private_whatever_the_umask(places: Paths) -> None:
    old = os.umask(0)
    try:
        library = Library.open(places)
        library.upsert(items(1), AT)
        library.back_up()
        found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in places.data.rglob("*") if path.is_file()}
        found |= {path.name: stat.S_IMODE(path.stat().st_mode) for path in places.state.rglob("*") if path.is_file()}
        library.close()
    finally:
        os.umask(old)
    assert {"library.db", "library.db-wal", "library.db-shm", "library-2026-06-04.db"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_a_library_that_others_could_read_is_made_private(library: Library, places: Paths) -> None:
    library.close()
    places.library.chmod(0o644)
    Library.open(places).close()
    assert stat.S_IMODE(places.library.stat().st_mode) == 0o600


def test_connections_are_set_up_for_safety(library: Library) -> None:
    pragmas = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "trusted_schema", "wal_autocheckpoint")

    def settings(connection: sqlite3.Connection) -> list[Any]:
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]

    assert library._write(settings) == ["wal", 1, 5000, 1, 0, 0]
    assert library._read(settings)[4] == 0


def test_readers_cannot_write(library: Library) -> None:
    with pytest.raises(LibraryError, match="readonly"):
        library._read(lambda connection: connection.execute("DELETE FROM papers"))


def test_a_read_can_be_stopped(library: Library) -> None:
    reading = threading.Event()
    stopped: list[BaseException] = []

    def read() -> None:
        def count(connection: sqlite3.Connection) -> object:
            connection.set_progress_handler(reading.set, 1000)
            return connection.execute(ENDLESS).fetchone()

        try:
            library._read(count)
        except InterruptedReadError as error:
            stopped.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert reading.wait(20)
    library.interrupt(-1)
    library.interrupt(thread.ident)
    thread.join(20)
    assert len(stopped) == 1


def test_threads_read_and_write_at_once(library: Library) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                rows = library.rows(library.rowids("SELECT p.rowid FROM papers p"))
                assert all(row.title for row in rows)
        except BaseException as error:  # noqa: BLE001 - looked at below
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    writers = [threading.Thread(target=library.upsert, args=(items(60), AT + number)) for number in range(3)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert library.totals().papers == 60


def test_connections_of_threads_that_ended_are_not_kept(library: Library) -> None:
    for _ in range(20):
        thread = threading.Thread(target=library.totals)
        thread.start()
        thread.join()
    assert len(library._connections._readers) <= 21
    library.close()
    assert len(library._connections._readers) == 0


def test_a_closed_library_says_so(library: Library) -> None:
    library.upsert(items(1), AT)
    library.totals()
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.totals()
    with pytest.raises(LibraryError, match="closed"):
        library.upsert(items(2), AT)


def test_closing_leaves_one_file(library: Library, places: Paths) -> None:
    library.upsert(items(60), AT)
    library.close()
    assert sorted(path.name for path in places.data.iterdir()) == ["journal", "library.db"]


def scribble(connection: sqlite3.Connection) -> None:
    """Write half a megabyte."""
    connection.execute("UPDATE papers SET code_url = hex(randomblob(4000))")


def test_the_wal_does_not_grow_for_ever(library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "WAL_LIMIT", 1024 * 1024)
    wal = places.data / "library.db-wal"
    library.upsert(items(50), AT)
    for number in range(20):
        library._write(scribble)
        library.set_meta("round", str(number))
        assert wal.stat().st_size < 2 * connect.WAL_LIMIT
    library.care.reindex()


def test_what_a_reader_needs_stays_in_the_wal_for_the_next_time(
    library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "WAL_LIMIT", 1024 * 1024)
    wal = places.data / "library.db-wal"
    library.upsert(items(50), AT)
    with closing(connect.open_reader(places.library)) as reader:
        reader.execute("BEGIN")
        seen = reader.execute("SELECT code_url FROM papers").fetchall()
        for _ in range(6):
            library._write(scribble)
        assert wal.stat().st_size > connect.WAL_LIMIT
        assert reader.execute("SELECT code_url FROM papers").fetchall() == seen
        reader.execute("COMMIT")
    library.set_meta("one", "more")
    assert wal.stat().st_size == 0


def test_whoever_waits_to_write_goes_before_the_wal_is_brought_in(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "WAL_LIMIT", 256 * 1024)
    library.upsert(items(50), AT)
    done: list[str] = []
    waiting = threading.Thread(target=lambda: library._write(lambda _: done.append("waited")))

    def long(connection: sqlite3.Connection) -> None:
        scribble(connection)
        connection.set_trace_callback(lambda sql: done.append("brought in") if "checkpoint" in sql else None)
        waiting.start()
        turn, end = library._connections._turn, time.monotonic() + LIMIT
        while turn._next - turn._serving < 2:
            assert time.monotonic() < end, "nobody waits"

    library._write(long)
    waiting.join()
    library._write(lambda connection: connection.set_trace_callback(None))
    assert done[:2] == ["waited", "brought in"]


@pytest.mark.parametrize(
    ("error", "message", "said"),
    [
        (sqlite3.SQLITE_FULL, "database or disk is full", "the disk is full: the library was not saved"),
        (sqlite3.SQLITE_READONLY, "attempt to write a readonly database", "read-only"),
        (sqlite3.SQLITE_IOERR, "disk I/O error", "the library was not saved: the disk reports an error"),
        (sqlite3.SQLITE_BUSY, "database is locked", "another program has been writing"),
        (sqlite3.SQLITE_CANTOPEN, "unable to open database file", "read-only"),
    ],
)
def test_what_cannot_be_saved_is_said(library: Library, error: int, message: str, said: str) -> None:
    with pytest.raises(SaveError, match=said):
        library._write(fail(error, message))
    library.upsert(items(1), AT)


@pytest.mark.parametrize("error", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
def test_damage_is_remembered_for_the_next_start(library: Library, places: Paths, error: int) -> None:
    with pytest.raises(DamagedError, match="start paperstui again"):
        library._read(fail(error, "database disk image is malformed"))
    library.close()
    assert (places.locks / "library.suspect").exists()
    Library.open(places).close()
    assert not (places.locks / "library.suspect").exists()


def test_a_writer_of_another_kind_is_waited_for_and_then_said(library: Library, places: Paths) -> None:
    library._write(lambda connection: connection.execute("SELECT 1"))
    assert library._connections._writer is not None
    library._connections._writer.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(places.library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SaveError, match="another program"):
            library.upsert(items(1), AT)
        assert library.totals().papers == 0
        other.execute("ROLLBACK")
    assert library.upsert(items(1), AT).new == ("2506.00001",)


def test_what_nobody_waits_for_is_written_at_once_or_not_at_all(library: Library, places: Paths) -> None:
    def note(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('x', 'y')")

    connections = library._connections
    with closing(sqlite3.connect(places.library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SaveError, match="another program"):
            connections.write_at_once(note)
        other.execute("ROLLBACK")
    with locked(places.locks / LOCK, "another"), pytest.raises(SaveError, match="another paperstui"):
        connections.write_at_once(note)
    with connections._turn, pytest.raises(SaveError, match="is being written to"):
        connections.write_at_once(note)
    connections.write_at_once(note)
    assert connections._writer is not None
    assert connections._writer.execute("PRAGMA busy_timeout").fetchone()[0] == 5000
    assert library._read(lambda reader: reader.execute("SELECT value FROM meta WHERE key = 'x'").fetchall()) == [("y",)]


@pytest.mark.parametrize("replaced", [False, True])
def test_a_library_that_was_deleted_while_it_was_open_is_not_written_to(
    library: Library, places: Paths, replaced: bool
) -> None:
    library.upsert(items(1), AT)
    assert library.totals().papers == 1
    kept = places.library.rename(places.data / "kept.db")
    if replaced:
        places.library.write_bytes(kept.read_bytes())
    with pytest.raises(SaveError, match="the library was not saved"):
        library.upsert(items(2), AT)
    assert library.totals().papers == 1
    kept.rename(places.library)
    library.upsert(items(2), AT)


def test_half_a_transaction_is_taken_back(library: Library) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta(key, value) VALUES('half', 'done')")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library._write(half)
    assert (
        library._read(lambda connection: connection.execute("SELECT * FROM meta WHERE key = 'half'").fetchall()) == []
    )
    library.upsert(items(1), AT)
