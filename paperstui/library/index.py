"""The search index: kept in step with the papers by hand, because only some of their columns are in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import zip_longest

from paperstui import clock
from paperstui.library import meta, projection, schema
from paperstui.library.connect import is_damage
from paperstui.library.identity import TITLE, add_alias
from paperstui.library.packing import pack, unpack
from paperstui.library.records import key_of, plain
from paperstui.query.initials import letters_of

TEXT_VERSION = 1
"""Raise it when `paperstui.text.latex` renders differently: plain text is then made anew, in the background."""

VERSION_KEY = "text_version"
"""Under which the library keeps the version its plain text was made by."""

Indexed = tuple[str, str, str, str, str]
"""The texts of one paper in the index: title, abstract, authors, organisation, keywords."""

_DOUBTFUL = "index_doubtful"
_BATCH = 50
_TEXTS = (
    "SELECT p.rowid, coalesce(p.title_plain, p.title), p.authors, p.organization, b.packed"
    " FROM papers p JOIN bodies b ON b.rowid = p.rowid ORDER BY p.rowid"
)


def insert(connection: sqlite3.Connection, rowid: int, texts: Indexed) -> None:
    """Put a new paper into the index."""
    connection.execute(
        "INSERT INTO search(rowid, title, abstract, authors, organization, keywords) VALUES(?, ?, ?, ?, ?, ?)",
        (rowid, *texts),
    )
    connection.execute("INSERT INTO initials(rowid, letters) VALUES(?, ?)", (rowid, letters_of(texts)))


def delete(connection: sqlite3.Connection, rowid: int, texts: Indexed) -> None:
    """Take a paper out of the index; the texts must be those that were put in."""
    connection.execute(
        "INSERT INTO search(search, rowid, title, abstract, authors, organization, keywords)"
        " VALUES('delete', ?, ?, ?, ?, ?, ?)",
        (rowid, *texts),
    )
    connection.execute("DELETE FROM initials WHERE rowid = ?", (rowid,))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the papers; part of a transaction."""
    connection.execute("INSERT INTO search(search) VALUES('delete-all')")
    connection.execute("DELETE FROM initials")
    meta.put(connection, _DOUBTFUL, None)
    for rowid, texts in _papers(connection):
        insert(connection, rowid, texts)


def _papers(connection: sqlite3.Connection) -> Iterator[tuple[int, Indexed]]:
    """All papers with their texts, by number."""
    for rowid, title, authors, organization, packed in connection.execute(_TEXTS):
        body = unpack(packed)
        yield rowid, (title, _shown(body.abstract, body.abstract_plain), authors, organization, body.keywords)


def remake(connection: sqlite3.Connection) -> None:
    """Make the index anew when even its own tables are damaged. Not part of a transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DROP TABLE search")
        for statement in schema.statements(schema.SEARCH):
            connection.execute(statement)
        rebuild(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def doubt(connection: sqlite3.Connection) -> None:
    """Note that the index may hold what no paper says any more, so that the next start looks."""
    meta.put(connection, _DOUBTFUL, "yes")


def is_doubtful(connection: sqlite3.Connection) -> bool:
    """Whether that was noted, and the index was not made anew since."""
    return meta.get(connection, _DOUBTFUL) is not None


def agrees(connection: sqlite3.Connection) -> bool:
    """Whether the index holds exactly the texts of the papers. Reads all of both."""
    # The view that it reads them by calls functions of ours, which SQLite lets no schema do that may be anybody's.
    connection.execute("PRAGMA trusted_schema = ON")
    try:
        connection.execute("INSERT INTO search(search, rank) VALUES('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise
    finally:
        connection.execute("PRAGMA trusted_schema = OFF")
    kept = connection.execute("SELECT rowid, letters FROM initials ORDER BY rowid")
    found = ((rowid, letters_of(texts)) for rowid, texts in _papers(connection))
    return all(this == other for this, other in zip_longest(kept, found))


def is_stale(connection: sqlite3.Connection) -> bool:
    """Whether plain text was made by an earlier renderer."""
    return meta.get(connection, VERSION_KEY) != str(TEXT_VERSION)


def renew_batch(connection: sqlite3.Connection) -> bool:
    """Make the plain text of the next papers anew; returns whether there are more. Goes on where it stopped."""
    position = int(meta.get(connection, f"text_position_{TEXT_VERSION}") or 0)
    rows = connection.execute(
        "SELECT p.rowid, p.title_key, p.text_source, p.title, p.title_plain, p.authors, p.organization, b.packed"
        " FROM papers p JOIN bodies b ON b.rowid = p.rowid WHERE p.rowid > ? ORDER BY p.rowid LIMIT ?",
        (position, _BATCH),
    ).fetchall()
    for rowid, key, source, title, title_plain, authors, organization, packed in rows:
        clock.give_way()
        body = unpack(packed)
        if key_of(title) != key:
            add_alias(connection, TITLE + key, rowid)
            connection.execute("UPDATE papers SET title_key = ? WHERE rowid = ?", (key_of(title), rowid))
            projection.project(connection, [rowid])
        fresh = plain(title, source), plain(body.abstract, source)
        if fresh == (title_plain, body.abstract_plain):
            continue
        rest = authors, organization, body.keywords
        delete(connection, rowid, (_shown(title, title_plain), _shown(body.abstract, body.abstract_plain), *rest))
        connection.execute("UPDATE papers SET title_plain = ? WHERE rowid = ?", (fresh[0], rowid))
        renewed = pack(body._replace(abstract_plain=fresh[1]))
        connection.execute("UPDATE bodies SET packed = ? WHERE rowid = ?", (renewed, rowid))
        insert(connection, rowid, (_shown(title, fresh[0]), _shown(body.abstract, fresh[1]), *rest))
    if rows:
        meta.put(connection, f"text_position_{TEXT_VERSION}", str(rows[-1][0]))
        return True
    connection.execute("DELETE FROM meta WHERE key LIKE 'text\\_position\\_%' ESCAPE '\\'")
    meta.put(connection, VERSION_KEY, str(TEXT_VERSION))
    return False


def renew(write: Callable[[Callable[[sqlite3.Connection], bool]], bool], stop: Callable[[], bool]) -> bool:
    """Make all plain text anew, in short transactions, until it is done (True) or `stop` says so."""
    while not stop():
        if not write(renew_batch):
            return True
    return False


def _shown(text: str, plain_text: str | None) -> str:
    return text if plain_text is None else plain_text
