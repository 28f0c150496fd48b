from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from paperstui.library import recovery, schema
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, items

PAPERS = "SELECT p.rowid FROM papers p WHERE "
COUNT = "SELECT count(*) FROM papers p WHERE "
LISTED = "ORDER BY p.listed DESC, p.upvotes DESC, p.rowid ASC"
FIRST_PAGES = {
    f"p.hidden = 0 {LISTED}": "papers_shown",
    f"p.read = 0 AND p.hidden = 0 {LISTED}": "papers_unread",
    f"p.starred = 1 AND p.hidden = 0 {LISTED}": "papers_starred",
    f"p.hidden = 1 {LISTED}": "papers_hidden",
    "p.queued IS NOT NULL AND p.hidden = 0 ORDER BY p.queued ASC, p.rowid ASC": "papers_queued",
    "p.hidden = 0 ORDER BY p.published DESC, p.rowid ASC": "papers_published",
    "p.hidden = 0 ORDER BY p.upvotes DESC, p.rowid ASC": "papers_upvotes",
    "p.hidden = 0 ORDER BY p.first_seen DESC, p.rowid ASC": "papers_first_seen",
    "p.organization_login = 'uc'": "papers_organization",
    "p.title_key = '0123456789abcdef'": "papers_title_key",
    "p.id = '2506.00001'": "sqlite_autoindex_papers_1",
}
COUNTS = {
    "p.hidden = 0": "papers_shown",
    "p.read = 0 AND p.hidden = 0": "papers_unread",
    "p.starred = 1 AND p.hidden = 0": "papers_starred",
}


def plan(library: Library, sql: str) -> str:
    def explain(connection: sqlite3.Connection) -> str:
        return "; ".join(row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql))

    return library._read(explain)


@pytest.mark.parametrize("filled", [False, True])
def test_views_walk_along_an_index_however_large_the_library(library: Library, filled: bool) -> None:
    if filled:
        library.upsert(items(100), AT)
    for where, index in FIRST_PAGES.items():
        found = plan(library, PAPERS + where)
        assert index in found, where
        assert "TEMP B-TREE" not in found, where
    for where, index in COUNTS.items():
        assert index in plan(library, COUNT + where), where


def test_a_period_is_read_along_its_key(library: Library) -> None:
    found = plan(library, "SELECT paper FROM listings WHERE feed = 'daily' AND period = '2026-06-04' ORDER BY rank")
    assert "PRIMARY KEY (feed=? AND period=?)" in found
    assert "PRIMARY KEY (feed=?)" in plan(library, "SELECT max(period) FROM listings WHERE feed = 'daily'")


def test_the_database_says_whose_it_is(library: Library, places: Paths) -> None:
    library.close()
    with closing(sqlite3.connect(places.library)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
        assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.version()
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA page_size").fetchone()[0] == schema.PAGE_SIZE
    assert schema.MARKER.encode() in places.library.read_bytes()


def test_statements_are_told_apart() -> None:
    script = "CREATE TABLE a(x); -- one\nCREATE TABLE b(\n  y TEXT DEFAULT ';'\n);\n"
    assert len(schema.statements(script)) == 2


def second(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE papers ADD COLUMN mood TEXT")
    connection.execute("UPDATE papers SET mood = 'good'")


def broken(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM papers")
    raise sqlite3.OperationalError("disk I/O error")


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(papers)")]


def test_a_library_of_an_earlier_version_is_backed_up_and_migrated(
    library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upsert(items(3), AT)
    library.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    migrated = Library.open(places)
    assert migrated.notices == []
    assert migrated.totals().papers == 3
    migrated.close()
    assert "mood" in columns(places.library)
    backup = places.backups / "library-2026-06-04-v1.db"
    assert "mood" not in columns(backup)
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upsert(items(3), AT)
    library.close()
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second, broken))
        with pytest.raises(Exception, match="cannot be opened: disk I/O error"):
            Library.open(places)
    assert "mood" in columns(places.library)
    with closing(sqlite3.connect(places.library)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    assert recovery.examine(places.library, places.backups, places.journal) is recovery.Kind.NEWER
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    reopened = Library.open(places)
    assert reopened.totals().papers == 3
    assert reopened.index_agrees()
    reopened.close()
