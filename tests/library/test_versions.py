"""Libraries that earlier versions made are opened, and everything in them is found."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from paperstui.errors import LibraryError
from paperstui.library import looking, recovery, schema
from paperstui.library.glance import glance
from paperstui.library.recovery import Kind
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.query import compile_query, parse
from tests.library.making import AT, item

OLD = Path(__file__).with_name("version_1.sql")
ALL = "SELECT type, name, sql FROM sqlite_master ORDER BY name"


def make_old(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in schema.statements(OLD.read_text()):
            connection.execute(statement)


@pytest.fixture
def old(places: Paths) -> Path:
    """A library of version 1 in its place."""
    make_old(places.library)
    return places.library


def shape(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(ALL).fetchall()


def find(library: Library, query: str) -> list[int]:
    found = compile_query(parse(query), today=date(2026, 6, 4))
    return list(library.rowids(found.sql, found.params))


def test_the_first_version_is_for_ever_what_it_was(old: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.db"
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        schema.migrate(connection, to=1)
        statistics = "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx"
        with closing(sqlite3.connect(old)) as other:
            assert connection.execute(statistics).fetchall() == other.execute(statistics).fetchall()
    assert shape(made) == shape(old)


def test_an_old_library_becomes_what_a_new_one_is(old: Path, places: Paths, tmp_path: Path) -> None:
    Library.open(places).close()
    new = tmp_path / "new.db"
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        schema.migrate(connection)
        statistics = "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx"
        with closing(sqlite3.connect(old)) as other:
            assert connection.execute(statistics).fetchall() == other.execute(statistics).fetchall()
            assert other.execute("PRAGMA user_version").fetchone()[0] == schema.version()
    assert shape(old) == shape(new)


def test_everything_in_an_old_library_is_found(old: Path, places: Paths) -> None:
    assert glance(str(old), 5) is None, "it is opened as always"
    library = Library.open(places)
    assert library.notices == []
    assert library.readonly is False
    assert [(row.id, row.upvotes, row.gained) for row in library.rows([1, 2, 3])] == [
        ("2506.00001", 14, 4),
        ("2506.00002", 5, None),
        ("2506.00003", 7, None),
    ]
    assert sorted(find(library, "number")) == [1, 2, 3]
    assert find(library, "tag:thesis is:starred") == [2]
    assert find(library, "upvotes:+4") == [1]
    assert find(library, "sort:momentum")[0] == 1
    assert find(library, "sort:comments")[0] == 3
    detail = library.detail(3)
    assert detail is not None
    assert (detail.paper.title, detail.paper.abstract) == (
        "The cost of $O(n^2)$ models",
        "We show that the number 3 matters.",
    )
    assert library.care.verify() == []
    assert library.care.index_agrees()
    library.upsert([item(1, upvotes=20), item(4, upvotes=1)], AT + 7200)
    assert library.rows([1])[0].gained == 10
    library.close()
    first = glance(str(old), 5)
    assert first is not None
    assert first.papers == 4


def test_an_old_library_is_backed_up_before_it_is_changed(old: Path, places: Paths) -> None:
    before = shape(old)
    Library.open(places).close()
    assert shape(places.backups / "library-2026-06-04-v1.db") == before


def test_a_backup_of_an_old_library_comes_back(old: Path, places: Paths) -> None:
    Library.open(places).close()
    old.write_bytes(bytes(8192) + old.read_bytes()[8192:])
    again = Library.open(places)
    assert "3 papers came back from the backup" in again.notices[0]
    assert again.rows([1])[0].gained == 4
    again.close()


@pytest.mark.parametrize("lost", [100, schema.PAGE_SIZE])
def test_what_is_left_of_a_damaged_old_library_is_saved(old: Path, places: Paths, lost: int) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    old.write_bytes(bytes(lost) + old.read_bytes()[lost:])
    assert recovery.examine(old, places.backups, places.journal) is Kind.DAMAGED
    library = Library.open(places)
    assert "3 papers could be read from it" in library.notices[0]
    assert [(row.id, row.starred, row.gained) for row in library.rows([1, 2, 3])] == [
        ("2506.00001", False, 4),
        ("2506.00002", True, None),
        ("2506.00003", False, None),
    ]
    assert sorted(find(library, "number")) == [1, 2, 3]
    library.close()


def test_an_old_library_is_only_named_by_who_only_looks(old: Path, places: Paths) -> None:
    before = old.read_bytes()
    with pytest.raises(looking.OldError, match="of version 1"):
        Library.look(places)
    assert old.read_bytes() == before


def test_an_old_library_on_a_full_disk_is_told_of(old: Path, places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(old)
    usage = shutil.disk_usage(places.data)
    monkeypatch.setattr("paperstui.library.backup.shutil.disk_usage", lambda _: usage._replace(free=0))
    library = Library.open(places)
    assert "no room on the disk for a backup" in library.notices[0]
    assert library.totals().papers == 3
    library.close()
    assert shape(old) != before, "what a migration adds takes nothing away"


def test_a_migration_that_broke_off_leaves_an_old_library(
    old: Path, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shape(old)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "_MORE_INDEXES", "CREATE INDEX broken ON nothing(at all);\n")
        with pytest.raises(LibraryError):
            Library.open(places)
    assert shape(old) == before
    library = Library.open(places)
    assert library.totals().papers == 3
    library.close()
