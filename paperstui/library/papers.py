"""Storing what sources deliver: which paper an item is, what is new about it, and nothing else is written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from paperstui import clock
from paperstui.library import gains, index, projection, wordings
from paperstui.library.combine import combined
from paperstui.library.identity import NO_TITLE, TITLE, add_alias, resolve, with_titles, within
from paperstui.library.listings import add_listing, add_vote, put_listing, put_vote
from paperstui.library.packing import NOTHING, pack, unpack
from paperstui.library.records import PAPER_COLUMNS, Columns, columns_of, key_of, paper_of
from paperstui.models import Item, Listing, Paper, Upserted

BATCH = 50
"""Papers in one transaction: short enough that others who write never wait long."""

_AT_A_STRETCH = 4
"""Papers that are stored before other threads of this process have a chance to go on: a millisecond's work."""

DAILY = "daily"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ONE_DAY = 86_400

_COLUMNS = ", ".join(f"p.{name}" for name in PAPER_COLUMNS)
_SELECT = f"SELECT p.rowid, p.updated, b.packed, {_COLUMNS} FROM papers p JOIN bodies b ON b.rowid = p.rowid"  # noqa: S608
_BY_ID = f"{_SELECT} WHERE p.id = ?"
_BY_ROWID = f"{_SELECT} WHERE p.rowid = ?"
_BY_ROWIDS = f"{_SELECT} WHERE p.rowid IN"
_MARKS = ", ".join("?" for _ in (*PAPER_COLUMNS, "first_seen", "updated", "gained"))
_INSERT = f"INSERT INTO papers({', '.join(PAPER_COLUMNS)}, first_seen, updated, gained) VALUES({_MARKS})"
_INSERT_BODY = "INSERT INTO bodies(rowid, packed) VALUES(?, ?)"


class Gathered(Struct):
    """All that one batch says about one paper."""

    paper: Paper
    listings: list[Listing]


class Stored(Struct):
    """A paper as it stands in the database. whole: its texts can be read."""

    rowid: int
    updated: int
    columns: Columns
    paper: Paper
    whole: bool


class Made(NamedTuple):
    """What is written of a new paper."""

    columns: Columns
    packed: bytes


class Result(Struct):
    """What became of the papers of a batch."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    merged: list[tuple[str, str]] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)

    def upserted(self) -> Upserted:
        """The same, frozen."""
        return Upserted(*(tuple(getattr(self, name)) for name in Upserted.__struct_fields__))


def gathered(items: Iterable[Item]) -> list[Gathered]:
    """Items by paper, in the order in which papers first appear.

    Of several accounts of one paper the one with the newest listing counts as the newest, so that a file read twice
    says the same both times. A listing on the Daily Papers is also the paper's own `listed`.
    """
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.paper.id, []).append(item)
    result = []
    for accounts in found.values():
        accounts.sort(key=lambda item: item.listing.period if item.listing else "")
        papers = map(_listed, accounts)
        paper = next(papers)
        for account in papers:
            paper = combined(paper, account)
        listings = {(item.listing.feed, item.listing.period): item.listing for item in accounts if item.listing}
        result.append(Gathered(paper, list(listings.values())))
    return result


def batches(papers: Sequence[Gathered]) -> Iterable[Sequence[Gathered]]:
    """Papers in pieces of `BATCH`."""
    return (papers[start : start + BATCH] for start in range(0, len(papers), BATCH))


def made(connection: sqlite3.Connection, papers: Sequence[Gathered]) -> dict[str, Made]:
    """What is to be written of those papers that are new, by id. It is half of the work and needs no transaction.

    papers: at most 500.
    """
    ids = [each.paper.id for each in papers]
    known = {row[0] for row in within(connection, "SELECT id FROM papers WHERE id IN", ids)}
    found = {}
    for each in papers:
        if each.paper.id not in known:
            found[each.paper.id] = _made(each.paper)
            clock.give_way()
    return found


def store(
    connection: sqlite3.Connection, papers: Sequence[Gathered], at: int, new: Mapping[str, Made] | None = None
) -> Upserted:
    """Store some papers as they were seen at a time (Unix seconds); part of a transaction. new: what `made` made."""
    result = Result()
    titles = _titles(connection, papers)
    batch = _Batch(at, gains.looked(connection).before, new or {}, titles)
    for number, each in enumerate(papers, 1):
        rowid = _store(connection, each, batch, result)
        if titles:
            key = connection.execute("SELECT title_key FROM papers WHERE rowid = ?", (rowid,)).fetchone()[0]
            if key in titles:
                titles[key] = rowid
        if number % _AT_A_STRETCH == 0:
            clock.give_way()
    return result.upserted()


def by_id(connection: sqlite3.Connection, paper_id: str) -> Stored | None:
    """The paper with exactly this id."""
    return _stored(connection.execute(_BY_ID, (paper_id,)).fetchone())


def by_rowid(connection: sqlite3.Connection, rowid: int) -> Stored | None:
    """The paper with this number."""
    return _stored(connection.execute(_BY_ROWID, (rowid,)).fetchone())


def by_rowids(connection: sqlite3.Connection, rowids: list[int]) -> dict[int, Stored]:
    """The papers with these numbers, which are at most 500; those that are gone are left out."""
    found = map(_stored, within(connection, _BY_ROWIDS, rowids))
    return {stored.rowid: stored for stored in found if stored is not None}


def _at(connection: sqlite3.Connection, rowid: int) -> Stored:
    """The paper with a number that is there."""
    stored = by_rowid(connection, rowid)
    if stored is None:
        raise sqlite3.InternalError("a row is gone")
    return stored


def _stored(row: tuple[Any, ...] | None) -> Stored | None:
    if row is None:
        return None
    rowid, updated, packed, *values = row
    columns = Columns(tuple(values), unpack(packed))
    whole = columns.body is not NOTHING or not packed
    return Stored(rowid, updated, columns, paper_of(columns), whole)


def _titles(connection: sqlite3.Connection, papers: Sequence[Gathered]) -> dict[str, int | None]:
    """The papers that have the titles of those that are known by their titles alone."""
    some = [each.paper for each in papers if each.paper.id.startswith(TITLE)]
    keys = [key for paper in some for key in (paper.id.removeprefix(TITLE), key_of(paper.title))]
    return with_titles(connection, keys)


class _Batch(NamedTuple):
    """What papers that are stored together have in common.

    at: when they were seen. since: from when gains are counted. new: what was made of those that are new, by id. titles:
    the papers that have titles of theirs.
    """

    at: int
    since: int | None
    new: Mapping[str, Made]
    titles: Mapping[str, int | None]


def _store(connection: sqlite3.Connection, each: Gathered, batch: _Batch, result: Result) -> int:
    """Store one paper; returns its number."""
    paper, at = each.paper, batch.at
    old = _counterpart(connection, paper, result, batch.titles)
    if old is None:
        gained = gains.of_new(batch.since, paper.listed, paper.upvotes, at)
        rowid = _insert(connection, paper.id, batch.new.get(paper.id) or _made(paper), at, gained)
        for listing in _listings(each):
            add_listing(connection, rowid, listing, at)
        if paper.upvotes is not None:
            add_vote(connection, rowid, at, paper.upvotes, paper.comments)
        result.new.append(paper.id)
        return rowid
    changed = _update(connection, old, paper, at)
    if wordings.is_revised(connection, old.rowid, old.paper, paper):
        wordings.mark(connection, old.rowid, at)
        result.revised.append(old.paper.id)
    for listing in _listings(each):
        changed |= put_listing(connection, old.rowid, listing, at)
    if paper.upvotes is not None:
        changed |= put_vote(connection, old.rowid, at, paper.upvotes, paper.comments)
    if changed:
        gains.count(connection, old.rowid, batch.since)
    (result.updated if changed else result.unchanged).append(old.paper.id)
    return old.rowid


def _listed(item: Item) -> Paper:
    """The item's paper, which was listed on the day of its listing if no later one is known."""
    listing, paper = item.listing, item.paper
    if listing is None or listing.feed != DAILY or not _DAY.fullmatch(listing.period):
        return paper
    return paper if paper.listed and paper.listed >= listing.period else replace(paper, listed=listing.period)


def _listings(each: Gathered) -> list[Listing]:
    """Its listings; a day that only the paper itself names is one, of which nothing more is known."""
    listed = each.paper.listed
    known = {listing.period for listing in each.listings if listing.feed == DAILY}
    if listed is None or listed in known or not _DAY.fullmatch(listed):
        return each.listings
    return [*each.listings, Listing(feed=DAILY, period=listed)]


def _counterpart(
    connection: sqlite3.Connection, paper: Paper, result: Result, titles: Mapping[str, int | None]
) -> Stored | None:
    """The paper in the library that this one is. A paper known by its title gets its arXiv id here."""
    old = by_id(connection, paper.id)
    if paper.id.startswith(TITLE):
        if old is None:
            rowid = resolve(connection, paper.id, titles) or resolve(connection, TITLE + key_of(paper.title), titles)
            old = by_rowid(connection, rowid) if rowid is not None else None
        return old
    if old is None or old.paper.title != paper.title:
        titled = _titled(connection, paper)
        if titled is not None:
            result.merged.append((titled.paper.id, paper.id))
            old = _renamed(connection, titled, paper.id) if old is None else _absorbed(connection, titled, old)
    return old


def _titled(connection: sqlite3.Connection, paper: Paper) -> Stored | None:
    """The paper known by this one's title alone."""
    key = key_of(paper.title)
    if key == NO_TITLE:
        return None
    row = connection.execute(
        "SELECT id FROM papers WHERE title_key = ? AND id >= 'title:' AND id < 'title;'", (key,)
    ).fetchone()
    return by_id(connection, row[0]) if row else None


def _renamed(connection: sqlite3.Connection, titled: Stored, paper_id: str) -> Stored:
    """The paper under its arXiv id, with the number it had, so that a list on screen still points at it."""
    connection.execute("UPDATE papers SET id = ? WHERE rowid = ?", (paper_id, titled.rowid))
    add_alias(connection, titled.paper.id, titled.rowid)
    projection.project(connection, [titled.rowid])
    return _at(connection, titled.rowid)


def _absorbed(connection: sqlite3.Connection, titled: Stored, old: Stored) -> Stored:
    """The paper with the listings, votes and decisions of its other self, which is gone then."""
    for table in ("listings", "votes", "aliases", "wordings"):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?",  # noqa: S608 - names from the line above
            (old.rowid, titled.rowid),
        )
    connection.execute(
        "UPDATE papers SET first_seen = min(first_seen, (SELECT first_seen FROM papers WHERE rowid = ?))"
        " WHERE rowid = ?",
        (titled.rowid, old.rowid),
    )
    index.delete(connection, titled.rowid, titled.columns.indexed)
    connection.execute("DELETE FROM papers WHERE rowid = ?", (titled.rowid,))
    add_alias(connection, titled.paper.id, old.rowid)
    projection.project(connection, [old.rowid])
    _write(connection, old, combined(old.paper, titled.paper, newer=False), old.updated)
    return _at(connection, old.rowid)


def _made(paper: Paper) -> Made:
    columns = columns_of(paper)
    return Made(columns, pack(columns.body))


def _insert(connection: sqlite3.Connection, paper_id: str, made: Made, at: int, gained: int | None) -> int:
    columns, packed = made
    rowid = connection.execute(_INSERT, (*columns.paper, at, at, gained)).lastrowid
    if rowid is None:
        raise sqlite3.InternalError("a new row has no number")
    connection.execute(_INSERT_BODY, (rowid, packed))
    index.insert(connection, rowid, columns.indexed)
    if projection.is_decided(connection, paper_id, columns.paper[3]):
        projection.project(connection, [rowid])
    return rowid


def _update(connection: sqlite3.Connection, old: Stored, account: Paper, at: int) -> bool:
    """Write what an account adds to a paper; returns whether it adds anything."""
    # A time beyond tomorrow is from a clock that was wrong: it does not hold up what is seen now.
    newer = at >= old.updated or old.updated > clock.seconds() + _ONE_DAY
    paper = combined(old.paper, account, newer=newer)
    wordings.keep(connection, old.rowid, old.paper, account, paper, at)
    if paper == old.paper:
        return False
    _write(connection, old, paper, at if newer else old.updated)
    return True


def _write(connection: sqlite3.Connection, old: Stored, paper: Paper, updated: int) -> None:
    """Write what differs, and nothing else: an index is only touched when a column of it is named."""
    columns = columns_of(paper, (old.paper, old.columns))
    changes = {
        name: value
        for name, value, before in zip(PAPER_COLUMNS, columns.paper, old.columns.paper, strict=True)
        if value != before
    }
    if updated != old.updated:
        changes["updated"] = updated
    reindexed = columns.indexed != old.columns.indexed
    if not old.whole:
        # What the index holds of it is not known any more, and cannot be taken out.
        index.doubt(connection)
    if reindexed:
        index.delete(connection, old.rowid, old.columns.indexed)
    if changes:
        names = ", ".join(f"{name} = ?" for name in changes)
        connection.execute(
            f"UPDATE papers SET {names} WHERE rowid = ?",  # noqa: S608 - our own columns
            (*changes.values(), old.rowid),
        )
    if columns.body != old.columns.body:
        connection.execute("UPDATE bodies SET packed = ? WHERE rowid = ?", (pack(columns.body), old.rowid))
    if reindexed:
        index.insert(connection, old.rowid, columns.indexed)
    if "title_key" in changes:
        # Decisions under the id of the old title stay decisions about this paper.
        add_alias(connection, TITLE + old.columns.paper[3], old.rowid)
        projection.project(connection, [old.rowid])
