"""The library at a glance: what the first screen shows, read at once, in a moment, with nothing but SQLite.

It only looks: it waits for nobody, makes no file and mends nothing. Whenever that is not enough it gives None, and the
library is opened as always.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import timedelta, timezone

from paperstui import clock
from paperstui.library import gains
from paperstui.library.packing import unpack
from paperstui.periods import MONTH, WEEK, containing
from paperstui.rows import Facts, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from paperstui.light import NamedTuple

FORM = (0x70727475, 2)
"""The application id and the version of the libraries that are understood here: those of `schema`."""

ROW_WITH = (
    "SELECT rowid, id, title, title_plain, text_source, authors, author_count, organization, published, listed, upvotes,"
    " comments, submitter, code_url <> '', has_summary, first_seen, read, starred, queued IS NOT NULL, hidden,"
    " revised IS NOT NULL, {gained}, {fresh}, EXISTS(SELECT 1 FROM notes WHERE notes.paper = papers.rowid) FROM papers"
)
"""What makes a `Row`, with what `gains.columns` has to say in it."""

_FEED = "daily"

_PERIOD = "SELECT max(period) FROM listings WHERE feed = ?"
_PAPERS = (
    "SELECT p.rowid, p.read FROM papers p JOIN listings l ON l.paper = p.rowid AND l.feed = ? AND l.period = ?"
    " WHERE p.hidden = 0 ORDER BY l.rank ASC NULLS LAST, p.upvotes DESC, p.rowid ASC"
)
# Hidden papers are few, so those that are starred are sought among them and not the other way round.
_COUNTS = """
SELECT
    (SELECT count(*) FROM papers),
    (SELECT count(*) FROM papers WHERE hidden = 1),
    (SELECT count(*) FROM papers WHERE starred = 1),
    (SELECT count(*) FROM papers WHERE hidden = 1 AND +starred = 1),
    (SELECT count(*) FROM papers WHERE queued IS NOT NULL AND +hidden = 0)
"""
_ISSUE = """
SELECT
    (SELECT count(*) FROM listings WHERE feed = :feed AND period = :period)
        - (SELECT count(*) FROM papers p CROSS JOIN listings l ON l.feed = :feed AND l.period = :period AND l.paper = p.rowid
            WHERE p.hidden = 1),
    EXISTS(SELECT 1 FROM listings WHERE feed = :feed AND period = :period)
        OR EXISTS(SELECT 1 FROM periods WHERE feed = :feed AND period = :period)
"""
_FETCHED = "SELECT fetched_at FROM periods WHERE feed = ? AND period = ?"
_PAPER = (
    "SELECT id, title, text_source, coalesce(title_plain, title), authors, author_count, organization, published, listed,"
    " categories, upvotes, comments, code_url, code_stars, starred, read, queued IS NOT NULL,"
    " revised IS NOT NULL AND (starred = 1 OR read = 1 OR queued IS NOT NULL), packed,"
    " EXISTS(SELECT 1 FROM notes WHERE notes.paper = papers.rowid), {}"
    " FROM papers JOIN bodies USING (rowid) WHERE rowid = ?"
)
# Lists come with a unit separator between their parts, and NULL when they are not among the details.
_DETAILS = """
SELECT
    json_extract(d, '$.summary_model'), json_extract(d, '$.code_added_by'), json_extract(d, '$.project_url'),
    json_extract(d, '$.withdrawn'), json_extract(d, '$.author_takes_part'), json_extract(d, '$.author_count'),
    coalesce(nullif(json_extract(d, '$.submitter.name'), ''), json_extract(d, '$.submitter.login')),
    coalesce(nullif(json_extract(d, '$.organization.name'), ''), json_extract(d, '$.organization.login')),
    coalesce(json_extract(d, '$.models'), 0) + coalesce(json_extract(d, '$.datasets'), 0)
        + coalesce(json_extract(d, '$.spaces'), 0),
    json_extract(d, '$.version'), json_extract(d, '$.version_at'),
    json_type(d, '$.authors') IS NOT NULL,
    (SELECT group_concat(json_extract(value, '$.name'), char(31)) FROM json_each(d, '$.authors')
        WHERE coalesce(json_extract(value, '$.hidden'), 0) = 0),
    (SELECT group_concat(value, char(31)) FROM json_each(d, '$.media')),
    (SELECT group_concat(value, char(31)) FROM json_each(d, '$.keywords')),
    (SELECT group_concat(value, char(31)) FROM json_each(d, '$.categories'))
FROM (SELECT ? AS d)
"""
_LISTINGS = "SELECT feed, period FROM listings WHERE paper = ? ORDER BY period DESC, feed"
_VOTES = "SELECT at, upvotes FROM votes WHERE paper = ? ORDER BY at"


class Glance(NamedTuple):
    """The newest day with papers.

    period: the day. ids: all of its papers in the order of the feed; unread: how many of them; rows: the first ones.
    issues: how many papers the week, the month and the trending list have that their views begin with, by view, as far as
    they are here. papers, starred, queued: how many there are in the library, without hidden ones. fetched_at: when the day
    was fetched last, Unix seconds. facts: the first paper.
    """

    period: str
    ids: tuple[int, ...]
    unread: int
    rows: tuple[Row, ...]
    issues: dict[str, int]
    papers: int
    starred: int
    queued: int
    fetched_at: int | None
    facts: Facts


def glance(path: str, rows: int) -> Glance | None:
    """What the library at the path shows at first, with so many rows; None if that is not to be had like this.

    That is so when there is no library or it has no papers; when it is damaged, another version's or another program's;
    and when reading it would take making a file, or waiting.
    """
    file = os.path.realpath(path)
    before = _written(file)
    mode = _mode(file)
    if mode is None:
        return None
    name = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        connection = sqlite3.connect(f"file:{name}?{mode}", uri=True, isolation_level=None, timeout=0)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("BEGIN")
        found = _glance(connection, rows)
        # Pages of two states may have been read of a file that was written to meanwhile and that nothing held still.
        return found if "immutable" not in mode or _written(file) == before else None
    except (sqlite3.Error, ValueError, OverflowError):
        return None
    finally:
        connection.close()


def _written(path: str) -> tuple[int, ...]:
    """What differs when somebody has written to the library, to its file or to the WAL beside it."""
    found: list[int] = []
    for name in (path, f"{path}-wal"):
        try:
            about = os.stat(name)
            found += (about.st_size, about.st_mtime_ns)
        except OSError:
            found += (0, 0)
    return tuple(found)


def _mode(path: str) -> str | None:
    """How the library can be opened without making a file beside it; None if it cannot."""
    if not os.path.isfile(path) or os.path.exists(f"{path}-journal"):
        return None
    try:
        waiting = os.stat(f"{path}-wal").st_size
    except OSError:
        waiting = 0
    if not waiting:
        # Nothing waits to be brought into the file, so it is read as it is.
        return "mode=ro&immutable=1"
    return "mode=ro" if os.path.exists(f"{path}-shm") else None


def _glance(connection: sqlite3.Connection, rows: int) -> Glance | None:
    one = connection.execute
    if (one("PRAGMA application_id").fetchone()[0], one("PRAGMA user_version").fetchone()[0]) != FORM:
        return None
    period = one(_PERIOD, (_FEED,)).fetchone()[0]
    found = one(_PAPERS, (_FEED, period)).fetchall()
    if not found:
        return None
    first = tuple(number for number, _ in found[:rows])
    at = clock.seconds()
    row = ROW_WITH.format_map(gains.columns(connection, at))
    by_number = {
        values[0]: row_of(values) for values in one(f"{row} WHERE rowid IN ({','.join('?' * len(first))})", first)
    }
    papers, hidden, starred, both, queued = one(_COUNTS).fetchone()
    fetched = one(_FETCHED, (_FEED, period)).fetchone()
    return Glance(
        period=period,
        ids=tuple(number for number, _ in found),
        unread=sum(1 for _, read in found if not read),
        rows=tuple(by_number[number] for number in first),
        issues=_issues(connection),
        papers=papers - hidden,
        starred=starred - both,
        queued=queued,
        fetched_at=fetched[0] if fetched else None,
        facts=facts_of(connection, first[0], at),
    )


def _issues(connection: sqlite3.Connection) -> dict[str, int]:
    """How many papers the other views of issues begin with; which those are is what `usecases.periods.start_place` says."""
    found: dict[str, int] = {}
    for view, feed in (("week", WEEK), ("month", MONTH), ("trending", "trending")):
        here = connection.execute(_PERIOD, (feed,)).fetchone()[0]
        now = _now(feed)
        period = here if here is not None and (feed == "trending" or here > now) else now
        papers, known = connection.execute(_ISSUE, {"feed": feed, "period": period}).fetchone()
        if known:
            found[view] = papers
    return found


def _now(feed: str) -> str:
    """The newest period of a feed. Which of two days is the newest takes time to find out, and matters on few of them."""
    today = clock.now().astimezone(timezone.utc).date()
    period = containing(feed, today)
    if period != containing(feed, today - timedelta(days=1)):
        period = containing(feed, clock.newest_feed_day())
    return period


def row_of(values: tuple[Any, ...]) -> Row:
    """The row of what `ROW_WITH` found."""
    *plain, code, summary, first_seen, read, starred, queued, hidden, revised, gained, fresh, noted = values
    states = bool(read), bool(starred), bool(queued), bool(hidden), bool(revised)
    return Row._make((*plain, bool(code), bool(summary), first_seen, *states, gained, bool(fresh), bool(noted)))


def facts_of(connection: sqlite3.Connection, rowid: int, at: int | None = None) -> Facts:
    """What the pane says of a paper that is there. at: when somebody looks, as of `gains.columns`."""
    (
        paper, title, source, title_plain, authors, author_count, organization, published, listed, categories, upvotes,
        comments, code_url, code_stars, starred, read, queued, revised, packed, noted, gained,
    ) = connection.execute(_PAPER.format(gains.of_known(connection, at)), (rowid,)).fetchone()  # fmt: skip
    abstract, abstract_plain, summary, keywords, details = unpack(packed)
    (
        summary_model, code_added_by, project_url, withdrawn, takes_part, count, submitter, organization_too,
        repos, version, version_at, has_authors, names, media, more_keywords, more_categories,
    ) = connection.execute(_DETAILS, (details or "{}",)).fetchone()  # fmt: skip
    if has_authors:
        shown = _parts(names)
    else:
        shown, count = (tuple(authors.split(", ")), None) if authors else ((), count or author_count or None)
    return Facts(
        id=paper,
        title=title,
        text_source=source,
        title_plain=title_plain,
        abstract=abstract,
        abstract_plain=abstract if abstract_plain is None else abstract_plain,
        summary=summary,
        summary_model=summary_model or "",
        keywords=tuple(keywords.split("\n")) if more_keywords is None and keywords else _parts(more_keywords),
        authors=shown,
        author_count=count,
        organization=organization_too or organization,
        published=published,
        listed=listed,
        withdrawn=withdrawn or "",
        categories=tuple(categories.split(" ")) if more_categories is None and categories else _parts(more_categories),
        upvotes=upvotes,
        comments=comments,
        submitter=submitter or "",
        author_takes_part=bool(takes_part),
        code_url=code_url,
        code_stars=code_stars,
        code_added_by=code_added_by or "",
        project_url=project_url or "",
        media=_parts(media),
        starred=bool(starred),
        read=bool(read),
        queued=bool(queued),
        listings=tuple(connection.execute(_LISTINGS, (rowid,))),
        revised=bool(revised),
        version=version,
        version_at=version_at,
        noted=bool(noted),
        gained=gained,
        votes=tuple(connection.execute(_VOTES, (rowid,))),
        repos=repos,
    )


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\x1f")) if text else ()
