"""The state that the journals say, as the database holds it: what makes lists of starred and unread papers quick.

`state` has the newest assignment to each field by paper id, of papers that are not here as well. A paper's own columns,
its tags and its note follow from the assignments to any of its ids.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from paperstui.journal import entries, merge
from paperstui.journal.entries import TAG, Assignment, Citation, Entry, Stamp
from paperstui.journal.files import Place
from paperstui.journal.merge import Held, Key
from paperstui.journal.store import Tail
from paperstui.library import meta
from paperstui.library.identity import TITLE, chunks, meant, names, resolve, within

CHUNK = 2 * 1024 * 1024
"""Bytes of journals that are projected in one transaction."""

_AT_ONCE = 200
_VERSION = "journal_version"
_NEWEST = "newest_stamp"
_PUT = (
    "INSERT INTO state(paper_id, field, value, ms, counter, device) VALUES(?, ?, ?, ?, ?, ?)"
    " ON CONFLICT(paper_id, field) DO UPDATE SET value = excluded.value, ms = excluded.ms,"
    " counter = excluded.counter, device = excluded.device"
    " WHERE (excluded.ms, excluded.counter, excluded.device, excluded.value)"
    " > (state.ms, state.counter, state.device, state.value)"
)


class CaughtUp(Struct):
    """What reading on in the journals did.

    applied: how many entries were read. problems: one line for the user about each thing that could not be read, once.
    changed: the ids, as the journals have them, whose state is another now.
    """

    applied: int
    problems: list[str]
    changed: list[str]


def places(connection: sqlite3.Connection) -> dict[str, Place]:
    """How far each journal was read; nothing when a version read them that understood less than this one."""
    if meta.get(connection, _VERSION) not in (None, str(entries.VERSION)):
        return {}
    return {
        name: Place(offset, line, fingerprint)
        for name, offset, line, fingerprint in connection.execute(
            "SELECT name, offset, line, fingerprint FROM journals"
        )
    }


def apply(connection: sqlite3.Connection, tail: Tail) -> list[str]:
    """Project what was read, with the places it was read up to; returns the paper ids whose state changed."""
    winners = merge.merged(entry for _, entry in tail.entries)
    changed: dict[str, None] = {}
    for (paper, field), held in winners.items():
        value = entries.canonical(held.value).decode()
        if connection.execute(_PUT, (paper, field, value, *held.stamp)).rowcount > 0:
            changed[paper] = None
    project(connection, meant(connection, changed))
    connection.executemany(
        "INSERT OR REPLACE INTO journals(name, offset, line, fingerprint) VALUES(?, ?, ?, ?)",
        [(name, *place) for name, place in tail.offsets.items()],
    )
    stamps = [entry.stamp for _, entry in tail.entries]
    newest = max([*stamps, *filter(None, [newest_stamp(connection)])], default=None)
    meta.put(connection, _VERSION, str(entries.VERSION))
    if newest is not None:
        meta.put(connection, _NEWEST, msgspec.json.encode(newest).decode())
    return list(changed)


def forget(connection: sqlite3.Connection, gone: Iterable[str]) -> None:
    """Forget how far journals were read that are there no more."""
    connection.executemany("DELETE FROM journals WHERE name = ?", [(name,) for name in gone])


def newest_stamp(connection: sqlite3.Connection) -> Stamp | None:
    """The newest stamp of any entry read from any device."""
    kept = meta.get(connection, _NEWEST)
    return msgspec.json.decode(kept, type=Stamp) if kept else None


def is_decided(connection: sqlite3.Connection, paper_id: str, title_key: str) -> bool:
    """Whether the journals say anything about a paper that is new here."""
    row = connection.execute(
        "SELECT 1 FROM state WHERE paper_id IN (?, ?) LIMIT 1", (paper_id, TITLE + title_key)
    ).fetchone()
    return row is not None


def project(connection: sqlite3.Connection, rowids: Iterable[int]) -> None:
    """Bring the columns, tags and notes of some papers to what the state says."""
    for part in chunks(rowids, _AT_ONCE):
        states = _states(connection, names(connection, part))
        flags: list[tuple[Any, ...]] = []
        tags: set[tuple[int, str]] = set()
        notes: set[tuple[int, str]] = set()
        for rowid, *before in within(
            connection, "SELECT rowid, read, starred, queued, hidden FROM papers WHERE rowid IN", part
        ):
            state = states[rowid]
            read, starred, hidden = (int(state.get(field) is True) for field in ("read", "starred", "hidden"))
            now = [read, starred, state.get("queued"), hidden]
            if now != before:
                flags.append((*now, rowid))
            tags.update((rowid, field[len(TAG) :]) for field, value in state.items() if field.startswith(TAG) and value)
            if state.get("note"):
                notes.add((rowid, state["note"]))
        connection.executemany("UPDATE papers SET read = ?, starred = ?, queued = ?, hidden = ? WHERE rowid = ?", flags)
        tagged = set(within(connection, "SELECT paper, tag FROM tags WHERE paper IN", part))
        connection.executemany("DELETE FROM tags WHERE paper = ? AND tag = ?", tagged - tags)
        connection.executemany("INSERT INTO tags(paper, tag) VALUES(?, ?)", tags - tagged)
        noted = set(within(connection, "SELECT paper, note FROM notes WHERE paper IN", part))
        connection.executemany("DELETE FROM notes WHERE paper = ? AND note = ?", noted - notes)
        connection.executemany("INSERT INTO notes(paper, note) VALUES(?, ?)", notes - noted)


def states(connection: sqlite3.Connection, paper_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The decided fields of some papers, by the ids asked for, also of papers that are not here."""
    asked = list(dict.fromkeys(paper_ids))
    rowids = {paper_id: resolve(connection, paper_id) for paper_id in asked}
    known: dict[int, dict[str, Any]] = {}
    for part in chunks({rowid for rowid in rowids.values() if rowid is not None}, _AT_ONCE):
        known.update(_states(connection, names(connection, part)))
    unknown = _held(connection, [paper_id for paper_id, rowid in rowids.items() if rowid is None])
    found: dict[str, dict[str, Any]] = {}
    for paper_id, rowid in rowids.items():
        if rowid is None:
            found[paper_id] = {field: held.value for field, held in unknown.get(paper_id, {}).items()}
        else:
            found[paper_id] = known[rowid]
    return found


def states_of(connection: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The decided fields of papers that are here, by their numbers."""
    known: dict[int, dict[str, Any]] = {}
    for part in chunks(rowids, _AT_ONCE):
        known.update(_states(connection, names(connection, part)))
    return known


def newer(connection: sqlite3.Connection, said: Iterable[Entry]) -> dict[tuple[int | str, str], Held]:
    """What some entries say that is newer than the state: by the papers' numbers, or ids of those that are not here."""
    found: dict[tuple[int | str, str], Held] = {}
    for (paper_id, field), held in merge.merged(said).items():
        rowid = resolve(connection, paper_id)
        ids = [paper_id] if rowid is None else names(connection, [rowid])[rowid]
        known = [fields[field] for fields in _held(connection, ids).values() if field in fields]
        key = paper_id if rowid is None else rowid, field
        if all(merge.beats(held, other) for other in [*known, found.get(key)]):
            found[key] = held
    return found


def carried(connection: sqlite3.Connection, merged: Iterable[tuple[str, str]]) -> list[Assignment]:
    """The decisions about papers that got their arXiv id, as assignments to that id.

    In a journal entry with `merge` they hold even in a library made anew that never sees the old title.
    """
    pairs = list(merged)
    old = _held(connection, [title_id for title_id, _ in pairs])
    now = states(connection, [paper_id for _, paper_id in pairs])
    return [
        Assignment(paper_id, field, now[paper_id][field])
        for title_id, paper_id in pairs
        for field in old.get(title_id, {})
        if field in now[paper_id]
    ]


def unsaid(
    connection: sqlite3.Connection, said: Mapping[Key, Held], cite: Mapping[str, Citation] | None = None
) -> list[Entry]:
    """The state that journals do not say (any more), as entries with the stamps it has, the oldest first."""
    by_stamp: dict[Stamp, list[Assignment]] = {}
    for paper, field, value, ms, counter, device in connection.execute(
        "SELECT paper_id, field, value, ms, counter, device FROM state ORDER BY ms, counter, device"
    ):
        held = said.get((paper, field))
        stamp = Stamp(ms, counter, device)
        if held is None or held.stamp < stamp:
            with suppress(msgspec.MsgspecError):
                by_stamp.setdefault(stamp, []).append(Assignment(paper, field, msgspec.json.decode(value)))
    lost = []
    for stamp, assignments in by_stamp.items():
        for part in chunks(assignments, 1000):
            known = {each.paper: cite[each.paper] for each in part if cite and each.paper in cite and each.value}
            lost.append(entries.make(stamp, "Kept by the library", part, cite=known, merge=True))
    return lost


def _states(connection: sqlite3.Connection, ids: Mapping[int, list[str]]) -> dict[int, dict[str, Any]]:
    """The decided fields of papers, by number, from the assignments to all of their ids."""
    held = _held(connection, dict.fromkeys(paper_id for all_of in ids.values() for paper_id in all_of))
    found = {}
    for rowid, all_of in ids.items():
        fields: dict[str, Held] = {}
        for paper_id in all_of:
            for field, one in held.get(paper_id, {}).items():
                if merge.beats(one, fields.get(field)):
                    fields[field] = one
        found[rowid] = {field: one.value for field, one in fields.items()}
    return found


def _held(connection: sqlite3.Connection, paper_ids: Iterable[str]) -> dict[str, dict[str, Held]]:
    """The newest assignments to exactly these ids."""
    found: dict[str, dict[str, Held]] = {}
    for part in chunks(paper_ids):
        for paper_id, field, value, *stamp in within(
            connection, "SELECT paper_id, field, value, ms, counter, device FROM state WHERE paper_id IN", part
        ):
            # A value that damage made unreadable is none; the journal has it.
            with suppress(msgspec.MsgspecError):
                found.setdefault(paper_id, {})[field] = Held(msgspec.json.decode(value), Stamp(*stamp))
    return found
