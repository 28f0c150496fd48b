from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from paperstui.library import index, packing, recovery, schema
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.query import Compiled, compile_query, parse, view_named
from tests.library.making import AT, items

FOUND_BY = {
    ("all", ""): "papers_shown",
    ("unread", ""): "papers_unread",
    ("starred", ""): "papers_starred",
    ("queue", ""): "papers_queued",
    ("all", "is:hidden"): "papers_hidden",
    ("all", "sort:published"): "papers_published",
    ("all", "sort:upvotes"): "papers_upvotes",
    ("all", "sort:seen"): "papers_first_seen",
    ("all", "sort:-published"): "papers_published",
    ("all", "sort:-upvotes"): "papers_upvotes",
    ("all", "sort:-seen"): "papers_first_seen",
    ("all", "listed:7d"): "papers_shown",
}
# Along the index first, and then by what it does not hold, among the few papers that are alike in it.
WALKED_AND_SORTED = {
    ("all", "sort:title"): "papers_title",
    ("all", "sort:-title"): "papers_title",
    ("all", "sort:-listed"): "papers_shown",
    ("all", "sort:upvotes sort:title"): "papers_upvotes",
}
# Those that come before all others.
FOREMOST = {
    "sort:comments": "papers_comments",
    "sort:momentum": "papers_gained",
    "sort:stars": "papers_stars",
    "sort:author": "papers_author",
    "sort:comments sort:title": "papers_comments",
    "is:unread sort:stars": "papers_stars",
    "-is:read has:code sort:author": "papers_author",
}
COUNTED_BY = {
    ("unread", ""): "papers_unread",
    ("starred", ""): "papers_starred",
    ("all", "upvotes:>50"): "papers_upvotes",
    ("all", "published:2025"): "papers_published",
    ("all", "seen:today"): "papers_first_seen",
}


def plan(library: Library, sql: str, params: Sequence[object] = ()) -> str:
    def explain(connection: sqlite3.Connection) -> str:
        explained = "EXPLAIN QUERY PLAN " + sql
        return "; ".join(row[3] for row in connection.execute(explained, params))

    return library._read(explain)


def compiled(view: str, query: str) -> Compiled:
    return compile_query(parse(query), today=date(2026, 6, 4), base=view_named(view))


@pytest.mark.parametrize("filled", [False, True])
def test_views_walk_along_an_index_however_large_the_library(library: Library, filled: bool) -> None:
    if filled:
        library.upsert(items(100), AT)
    for asked, key in FOUND_BY.items():
        found = compiled(*asked)
        steps = plan(library, found.sql, found.params)
        assert f"USING INDEX {key}" in steps, asked
        assert "TEMP B-TREE" not in steps, asked
    for asked, key in WALKED_AND_SORTED.items():
        found = compiled(*asked)
        steps = f"SCAN p USING INDEX {key}; USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"
        assert plan(library, found.sql, found.params) == steps, asked
    for query, key in FOREMOST.items():
        foremost = compiled("all", query).foremost
        assert foremost is not None
        steps = plan(library, foremost.sql, foremost.params)
        assert f"USING INDEX {key}" in steps, query
        assert "B-TREE FOR ORDER BY" not in steps, query
    for asked, key in COUNTED_BY.items():
        found = compiled(*asked)
        assert f"USING INDEX {key}" in plan(library, found.count_sql, found.count_params), asked


def test_a_paper_is_found_by_each_of_its_keys(library: Library) -> None:
    assert "sqlite_autoindex_papers_1" in plan(library, "SELECT p.rowid FROM papers p WHERE p.id = 'x'")
    by_title = "SELECT id FROM papers WHERE title_key = 'x' AND id >= 'title:' AND id < 'title;'"
    assert "papers_title_key" in plan(library, by_title)


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


NOW = schema.version()


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
    backup = places.backups / f"library-2026-06-04-v{NOW}.db"
    assert "mood" not in columns(backup)
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == NOW


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
        assert connection.execute("PRAGMA user_version").fetchone()[0] == NOW + 1
    assert recovery.examine(places.library, places.backups, places.journal) is recovery.Kind.NEWER
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    reopened = Library.open(places)
    assert reopened.totals().papers == 3
    assert reopened.care.index_agrees()
    reopened.close()


def test_the_index_of_words_keeps_its_way_of_merging_when_it_is_made_anew(library: Library, places: Paths) -> None:
    library.upsert(items(3), AT)
    library.close()
    with closing(sqlite3.connect(places.library, isolation_level=None)) as connection:
        packing.register(connection)
        for make_anew in (lambda _: None, index.rebuild, index.remake):
            make_anew(connection)
            merging = connection.execute("SELECT v FROM search_config WHERE k = 'automerge'").fetchall()
            assert merging == [(8,)]
