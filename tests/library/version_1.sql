-- A library as version 1 made it, with three papers. It never changes: what such a file holds is found for ever.
PRAGMA page_size = 8192;
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
CREATE VIRTUAL TABLE search USING fts5(
    title, abstract, authors, organization, keywords,
    content='searchable', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2'
);
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
ANALYZE sqlite_master;
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_shown', '50000 30 2 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_unread', '20000 20 2 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_starred', '400 2 1 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_hidden', '400 2 1 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_queued', '50 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_published', '50000 20');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_upvotes', '50000 300');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_first_seen', '50000 40');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_title', '50000 2');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'papers_title_key', '500 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('papers', 'sqlite_autoindex_papers_1', '100000 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('listings', 'listings_paper', '120000 2');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('listings', 'listings', '120000 20000 30 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('votes', 'votes', '300000 3 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('tags', 'tags_tag', '400 20');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('tags', 'tags', '400 2 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('notes', NULL, '200');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('wordings', 'wordings', '20000 1 1 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('bodies', NULL, '100000');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('initials', NULL, '100000');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('state', 'state', '60000 2 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('aliases', 'aliases_paper', '500 1');
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES('aliases', 'aliases', '500 1');
INSERT INTO meta(key, value) VALUES('text_version', '1');
INSERT INTO meta(key, value) VALUES('what', 'paperstui library 5f0c9d5e');
INSERT INTO papers(rowid, id, title, title_plain, title_key, text_source, authors, author_count, organization, organization_login, submitter, published, listed, upvotes, comments, code_url, code_stars, has_summary, categories, has_project, first_seen, updated, read, starred, queued, hidden, revised) VALUES(1, '2506.00001', 'Paper number 1 about models', NULL, '74f6cfe722ff8d3f', 'hf', 'Ada Number1, José Álvarez', 2, '', '', '', 1748000001, '2026-06-04', 14, 7, 'https://github.com/ada/1', 200, 0, 'cs.CL', 0, 1780560000, 1780560600, 1, 0, NULL, 0, NULL);
INSERT INTO papers(rowid, id, title, title_plain, title_key, text_source, authors, author_count, organization, organization_login, submitter, published, listed, upvotes, comments, code_url, code_stars, has_summary, categories, has_project, first_seen, updated, read, starred, queued, hidden, revised) VALUES(2, '2506.00002', 'Paper number 2 about models', NULL, 'cb619ca8c41c6fdf', 'hf', 'Ada Number2, José Álvarez', 2, '', '', '', 1748000002, '2026-06-04', 5, 8, 'https://github.com/ada/2', 400, 0, 'cs.CL', 0, 1780560000, 1780560000, 0, 1, NULL, 0, NULL);
INSERT INTO papers(rowid, id, title, title_plain, title_key, text_source, authors, author_count, organization, organization_login, submitter, published, listed, upvotes, comments, code_url, code_stars, has_summary, categories, has_project, first_seen, updated, read, starred, queued, hidden, revised) VALUES(3, '2506.00003', 'The cost of $O(n^2)$ models', 'The cost of O(n²) models', '6ed1595185a2b539', 'arxiv', 'Ada Number3, José Álvarez', 2, '', '', '', 1748000003, '2026-06-04', 7, 9, 'https://github.com/ada/3', 600, 0, 'cs.CL', 0, 1780560000, 1780560600, 0, 0, NULL, 0, 1780560600);
INSERT INTO bodies(rowid, packed) VALUES(1, X'01921B3EC629000003369D505AA7B001134350A90C1AB5D6638014220C0C0C00');
INSERT INTO bodies(rowid, packed) VALUES(2, X'01715E008429000003369D505AA7B001132350A90C1AB5D6638014220C0C0C00');
INSERT INTO bodies(rowid, packed) VALUES(3, X'01BDA8179F29000003369D505AA7B001136350A90C1AB5D6638014220C0C0CD54AE0F4014A3F46B500');
INSERT INTO listings(feed, period, paper, rank, upvotes, comments, submitter, first_seen, last_seen) VALUES('daily', '2026-06-04', 1, 1, 14, 7, '', 1780560000, 1780560600);
INSERT INTO listings(feed, period, paper, rank, upvotes, comments, submitter, first_seen, last_seen) VALUES('daily', '2026-06-04', 2, 2, 5, 8, '', 1780560000, 1780560000);
INSERT INTO listings(feed, period, paper, rank, upvotes, comments, submitter, first_seen, last_seen) VALUES('daily', '2026-06-04', 3, 3, 7, 9, '', 1780560000, 1780560600);
INSERT INTO votes(paper, at, upvotes, comments) VALUES(1, 1780560000, 10, 7);
INSERT INTO votes(paper, at, upvotes, comments) VALUES(1, 1780560600, 14, 7);
INSERT INTO votes(paper, at, upvotes, comments) VALUES(2, 1780560000, 5, 8);
INSERT INTO votes(paper, at, upvotes, comments) VALUES(3, 1780560000, 7, 9);
INSERT INTO periods(feed, period, fetched_at, complete, papers) VALUES('daily', '2026-06-04', 1780560600, 1, 3);
INSERT INTO state(paper_id, field, value, ms, counter, device) VALUES('2506.00001', 'read', 'true', 1780560000000, 1, 'bcdfc17b');
INSERT INTO state(paper_id, field, value, ms, counter, device) VALUES('2506.00002', 'starred', 'true', 1780560000000, 0, 'bcdfc17b');
INSERT INTO initials(rowid, letters) VALUES(1, 139244033);
INSERT INTO initials(rowid, letters) VALUES(2, 273461761);
INSERT INTO initials(rowid, letters) VALUES(3, 541880837);
INSERT INTO tags(paper, tag) VALUES(2, 'thesis');
INSERT INTO state(paper_id, field, value, ms, counter, device) VALUES('2506.00002', 'tag:thesis', 'true', 1780560000000, 2, 'ba026827');
INSERT INTO search(rowid, title, abstract, authors, organization, keywords) VALUES(1, 'Paper number 1 about models', 'We show that the number 1 matters.', 'Ada Number1, José Álvarez', '', 'models');
INSERT INTO search(rowid, title, abstract, authors, organization, keywords) VALUES(2, 'Paper number 2 about models', 'We show that the number 2 matters.', 'Ada Number2, José Álvarez', '', 'models');
INSERT INTO search(rowid, title, abstract, authors, organization, keywords) VALUES(3, 'The cost of O(n²) models', 'We show that the number 3 matters.', 'Ada Number3, José Álvarez', '', 'models');
PRAGMA application_id = 1886549109;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
