"""Titles and abstracts that a paper does not have itself: those of Hugging Face beside arXiv's, and of earlier versions.

Most abstracts are the same in both, so only what differs is kept, packed like the texts of papers.
"""

from __future__ import annotations

import sqlite3

from paperstui.library.identity import within
from paperstui.library.packing import NOTHING, Body, pack, unpack
from paperstui.models import Paper, Wording

_KEY = "paper = ? AND source = ? AND version = ?"
_SELECT = "SELECT paper, source, version, packed, at FROM wordings WHERE paper IN"


def keep(connection: sqlite3.Connection, rowid: int, old: Paper, account: Paper, now: Paper, at: int) -> None:
    """Keep the texts that a paper has no longer, or never had; `account` has just made `now` out of `old`.

    Nothing is kept beside the text of Hugging Face itself, since arXiv's is the only one that is better, and nothing
    that is only another spelling of one version.
    """
    if now.text_source != "arxiv":
        return
    for each in (old, account):
        same = (each.text_source, each.version) == ("arxiv", now.version)
        # What a copied page says is what Hugging Face says, with typographic quotes.
        copied = each is account and each.text_source == "page"
        if each.abstract and not same and not copied:
            _put(connection, rowid, each, now, at)


def is_revised(connection: sqlite3.Connection, rowid: int, old: Paper, account: Paper) -> bool:
    """Whether an account tells of a version that appeared after the paper came into the library."""
    if account.version is None:
        return False
    if old.version is not None:
        return account.version > old.version
    if account.version == 1 or account.version_at is None:
        return False
    first_seen: int = connection.execute("SELECT first_seen FROM papers WHERE rowid = ?", (rowid,)).fetchone()[0]
    return account.version_at > first_seen


def mark(connection: sqlite3.Connection, rowid: int, at: int | None) -> None:
    """Remember when a newer version was seen; None when the user has looked at it."""
    connection.execute("UPDATE papers SET revised = ? WHERE rowid = ? AND revised IS NOT ?", (at, rowid, at))


def wordings_of(connection: sqlite3.Connection, rowid: int) -> tuple[Wording, ...]:
    """The other texts of a paper: of arXiv the newest version first, then those of other sources."""
    return wordings_by_paper(connection, [rowid]).get(rowid, ())


def wordings_by_paper(connection: sqlite3.Connection, rowids: list[int]) -> dict[int, tuple[Wording, ...]]:
    """The same of many papers, by their numbers; without those that have none."""
    found: dict[int, list[Wording]] = {}
    for paper, source, version, packed, at in within(connection, _SELECT, rowids):
        body = unpack(packed)
        if body is not NOTHING:
            said = Wording(source=source, version=version or None, title=body.keywords, abstract=body.abstract, at=at)
            found.setdefault(paper, []).append(said)
    return {paper: tuple(sorted(some, key=_rank)) for paper, some in found.items()}


def _rank(said: Wording) -> tuple[bool, int, str]:
    return said.source != "arxiv", -(said.version or 0), said.source


def _put(connection: sqlite3.Connection, rowid: int, said: Paper, now: Paper, at: int) -> None:
    key = rowid, said.text_source, said.version or 0
    row = connection.execute(f"SELECT packed FROM wordings WHERE {_KEY}", key).fetchone()  # noqa: S608
    packed = pack(Body(abstract=said.abstract, keywords=said.title))
    if _words(said.title, said.abstract) == _words(now.title, now.abstract):
        if row is not None:
            connection.execute(f"DELETE FROM wordings WHERE {_KEY}", key)  # noqa: S608
    elif row is None:
        connection.execute(
            "INSERT INTO wordings(paper, source, version, packed, at) VALUES(?, ?, ?, ?, ?)", (*key, packed, at)
        )
    elif row[0] != packed:
        # Not INSERT OR REPLACE: it takes a savepoint, for which the search index writes out all that it holds back.
        connection.execute(f"UPDATE wordings SET packed = ?, at = ? WHERE {_KEY}", (packed, at, *key))  # noqa: S608


def _words(title: str, abstract: str) -> list[str]:
    return [*title.split(), "", *abstract.split()]
