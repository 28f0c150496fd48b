"""The shape of the database, version by version.

A migration is a function that takes the database from one version to the next; it never changes once released. Text
that is not there is "", a number or a day NULL. Queries that are to use a partial index repeat its condition as it
stands here: `hidden = 0`, `read = 0`, `starred = 1`, `queued IS NOT NULL`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

APPLICATION_ID = 0x70727475
"""Stands in the header of every library: "prtu"."""

MARKER = "paperstui library 5f0c9d5e"
"""Stands in the schema and in a row of every library, so that a damaged file can still be known as ours."""

PAGE_SIZE = 8192
"""Bytes. Half of it would leave an eighth of the pages of texts empty; twice as much makes every change write more."""

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID /* paperstui library 5f0c9d5e */;

-- AUTOINCREMENT: a number that a list on screen still holds is never given to another paper.
CREATE TABLE papers(
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_plain TEXT,
    title_key TEXT NOT NULL,
    text_source TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '',
    author_count INTEGER NOT NULL DEFAULT 0,
    organization TEXT NOT NULL DEFAULT '',
    organization_login TEXT NOT NULL DEFAULT '',
    submitter TEXT NOT NULL DEFAULT '',
    published INTEGER,
    listed TEXT,
    upvotes INTEGER,
    comments INTEGER,
    code_url TEXT NOT NULL DEFAULT '',
    code_stars INTEGER,
    has_summary INTEGER NOT NULL DEFAULT 0,
    categories TEXT NOT NULL DEFAULT '',
    has_project INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    queued REAL,
    hidden INTEGER NOT NULL DEFAULT 0,
    -- When a newer version was seen that the user has not looked at yet.
    revised INTEGER
);

-- Apart from the papers, so that a list never reads over abstracts. What is in the bytes: paperstui.library.packing.
CREATE TABLE bodies(
    rowid INTEGER PRIMARY KEY REFERENCES papers(rowid) ON DELETE CASCADE,
    packed BLOB NOT NULL DEFAULT x''
);

-- Titles and abstracts of other sources and of earlier versions (0: unknown), where they are not the paper's own;
-- in the bytes the title stands where the keywords of a paper do.
CREATE TABLE wordings(
    paper INTEGER NOT NULL REFERENCES papers(rowid) ON DELETE CASCADE,
    source TEXT NOT NULL,
    version INTEGER NOT NULL,
    packed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(paper, source, version)
) WITHOUT ROWID;

CREATE TABLE listings(
    feed TEXT NOT NULL,
    period TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES papers(rowid) ON DELETE CASCADE,
    rank INTEGER,
    upvotes INTEGER,
    comments INTEGER,
    submitter TEXT NOT NULL DEFAULT '',
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY(feed, period, paper)
) WITHOUT ROWID;
CREATE INDEX listings_paper ON listings(paper);

CREATE TABLE votes(
    paper INTEGER NOT NULL REFERENCES papers(rowid) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    upvotes INTEGER NOT NULL,
    comments INTEGER,
    PRIMARY KEY(paper, at)
) WITHOUT ROWID;

CREATE TABLE periods(
    feed TEXT NOT NULL,
    period TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    papers INTEGER NOT NULL,
    PRIMARY KEY(feed, period)
) WITHOUT ROWID;

-- Other ids under which a paper was known: decisions under them are decisions about it.
CREATE TABLE aliases(
    alias TEXT PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES papers(rowid) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX aliases_paper ON aliases(paper);

-- What the journals say, by paper id: also about papers that are not here (yet).
CREATE TABLE state(
    paper_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    ms INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY(paper_id, field)
) WITHOUT ROWID;

-- How far each journal was read.
CREATE TABLE journals(
    name TEXT PRIMARY KEY,
    offset INTEGER NOT NULL,
    line INTEGER NOT NULL,
    fingerprint TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tags(
    paper INTEGER NOT NULL REFERENCES papers(rowid) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY(paper, tag)
) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags(tag);

CREATE TABLE notes(
    paper INTEGER PRIMARY KEY REFERENCES papers(rowid) ON DELETE CASCADE,
    note TEXT NOT NULL
);

-- The letters that words of a paper begin with, as bits (`paperstui.query.initials`); kept in step like the search index.
CREATE TABLE initials(
    rowid INTEGER PRIMARY KEY,
    letters INTEGER NOT NULL
);

-- Only what compares the index with the papers reads it; `packing` has the functions.
CREATE VIEW searchable AS
SELECT p.rowid AS rowid, coalesce(p.title_plain, p.title) AS title, abstract_of(b.packed) AS abstract,
    p.authors AS authors, p.organization AS organization, keywords_of(b.packed) AS keywords
FROM papers p JOIN bodies b ON b.rowid = p.rowid;
"""

_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(
    title, abstract, authors, organization, keywords,
    content='searchable', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2'
);
"""

_MERGING = """
-- Twice as many pieces as usual are left before they are made one: it is a tenth of the work of storing a paper.
INSERT INTO search(search, rank) VALUES('automerge', 8);
"""

SEARCH = _SEARCH + _MERGING
"""Makes the search index as it is now."""

# In the orders of `paperstui.query`, and with the condition that its queries have, so that a view is read from an index
# alone, from end to end.
_INDEXES = """
CREATE INDEX papers_shown ON papers(listed DESC, upvotes DESC, published DESC) WHERE hidden = 0;
CREATE INDEX papers_unread ON papers(listed DESC, upvotes DESC, published DESC) WHERE read = 0 AND hidden = 0;
CREATE INDEX papers_starred ON papers(listed DESC, upvotes DESC, published DESC) WHERE starred = 1;
CREATE INDEX papers_hidden ON papers(listed DESC, upvotes DESC, published DESC) WHERE hidden = 1;
CREATE INDEX papers_queued ON papers(queued) WHERE queued IS NOT NULL;
CREATE INDEX papers_published ON papers(published DESC) WHERE hidden = 0;
CREATE INDEX papers_upvotes ON papers(upvotes DESC) WHERE hidden = 0;
CREATE INDEX papers_first_seen ON papers(first_seen DESC) WHERE hidden = 0;
CREATE INDEX papers_title ON papers(substr(coalesce(title_plain, title), 1, 12) COLLATE NOCASE) WHERE hidden = 0;
CREATE INDEX papers_title_key ON papers(title_key) WHERE id >= 'title:' AND id < 'title;';
"""

# Upvotes since the user last looked (`paperstui.library.gains`), which nobody has been noted to have done yet: they
# count from the first ones that are known.
_GAINED = """
UPDATE papers SET gained = upvotes - (
    SELECT v.upvotes FROM votes v WHERE v.paper = papers.rowid
    AND v.at < (SELECT max(at) FROM votes WHERE paper = papers.rowid) ORDER BY v.at LIMIT 1
);
"""

_MORE_INDEXES = """
CREATE INDEX IF NOT EXISTS papers_gained ON papers(gained DESC, upvotes DESC) WHERE hidden = 0;
-- Only those that come first: of all papers they would be too dear, and the others are seldom wanted.
CREATE INDEX IF NOT EXISTS papers_comments ON papers(comments DESC) WHERE hidden = 0 AND comments > 5;
CREATE INDEX IF NOT EXISTS papers_stars ON papers(code_stars DESC) WHERE hidden = 0 AND code_stars > 100;
CREATE INDEX IF NOT EXISTS papers_author ON papers(substr(authors, 1, 12) COLLATE NOCASE)
    WHERE hidden = 0 AND authors > '' AND authors < 'B' COLLATE NOCASE;
"""

# What the planner is to believe of every library, so that no query changes its way as the library grows: rows, and rows
# for each value of the columns, as ANALYZE would find them in a large one.
_STATISTICS = (
    ("papers", "papers_shown", "50000 30 2 1"),
    ("papers", "papers_unread", "20000 20 2 1"),
    ("papers", "papers_starred", "400 2 1 1"),
    ("papers", "papers_hidden", "400 2 1 1"),
    ("papers", "papers_queued", "50 1"),
    ("papers", "papers_published", "50000 20"),
    ("papers", "papers_upvotes", "50000 300"),
    ("papers", "papers_first_seen", "50000 40"),
    ("papers", "papers_title", "50000 2"),
    ("papers", "papers_title_key", "500 1"),
    ("papers", "sqlite_autoindex_papers_1", "100000 1"),
    ("listings", "listings_paper", "120000 2"),
    ("listings", "listings", "120000 20000 30 1"),
    ("votes", "votes", "300000 3 1"),
    ("tags", "tags_tag", "400 20"),
    ("tags", "tags", "400 2 1"),
    ("notes", None, "200"),
    ("wordings", "wordings", "20000 1 1 1"),
    ("bodies", None, "100000"),
    ("initials", None, "100000"),
    ("state", "state", "60000 2 1"),
    ("aliases", "aliases_paper", "500 1"),
    ("aliases", "aliases", "500 1"),
)
_MORE_STATISTICS = (
    ("papers", "papers_gained", "50000 100 20"),
    ("papers", "papers_comments", "5000 20"),
    ("papers", "papers_stars", "5000 20"),
    ("papers", "papers_author", "5000 2"),
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in statements(_TABLES + _SEARCH + _INDEXES):
        connection.execute(statement)
    # On a page of its own, for when the first page, which holds the schema, is gone.
    connection.execute("INSERT INTO meta(key, value) VALUES('what', ?)", (MARKER,))
    connection.execute("ANALYZE sqlite_master")
    connection.executemany("INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES(?, ?, ?)", _STATISTICS)


def _second(connection: sqlite3.Connection) -> None:
    """What papers have gained, and indexes for more orders."""
    if "gained" not in {row[1] for row in connection.execute("PRAGMA table_info(papers)")}:
        connection.execute("ALTER TABLE papers ADD COLUMN gained INTEGER")
        connection.execute(_GAINED)
    for statement in statements(_MERGING + _MORE_INDEXES):
        connection.execute(statement)
    connection.executemany("DELETE FROM sqlite_stat1 WHERE tbl = ? AND idx = ?", [row[:2] for row in _MORE_STATISTICS])
    connection.executemany("INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES(?, ?, ?)", _MORE_STATISTICS)


MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (_first, _second)
"""MIGRATIONS[n] takes a database of version n to version n + 1."""


def version() -> int:
    """The version of a database that has had every migration."""
    return len(MIGRATIONS)


def statements(script: str) -> list[str]:
    """The statements of a script, one by one: `executescript` would commit what is open before it begins."""
    found, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found


def migrate(connection: sqlite3.Connection, to: int | None = None) -> None:
    """Bring a database to the newest version, each step in its own transaction: old or new, never between.

    to: an earlier version, to stop there.

    Raises:
        sqlite3.Error: a step failed; the database is as that step found it.
    """
    wanted = version() if to is None else to
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            reached: int = connection.execute("PRAGMA user_version").fetchone()[0]
            if reached < wanted:
                MIGRATIONS[reached](connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {reached + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        if reached >= wanted:
            return
