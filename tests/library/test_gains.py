from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.library import gains, packing, schema
from paperstui.library import papers as storing
from paperstui.library.gains import APART, Looked
from paperstui.library.glance import glance
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, item

DAY = 86_400
BEFORE = "2026-06-01"
"""A day that is over when the first look is taken (AT is the morning of 4 June 2026)."""


def gained(library: Library) -> dict[int, int | None]:
    return {row.rowid: row.gained for row in library.rows(range(1, 10))}


@pytest.mark.parametrize(
    ("looked", "at", "then"),
    [
        (Looked(None, None), 1000, Looked(1000, 1000)),
        (Looked(10, 1000), 1000 + APART - 1, Looked(10, 1000 + APART - 1)),
        (Looked(10, 1000), 1000 + APART, Looked(1000, 1000 + APART)),
        (Looked(10, 1000), 999, Looked(10, 1000)),
        (Looked(10, 1000 + APART), 1000, Looked(1000, 1000)),
    ],
)
def test_sittings(looked: Looked, at: int, then: Looked) -> None:
    assert looked.at(at) == then


def test_what_was_gained_since_the_sitting_before(library: Library) -> None:
    library.upsert([item(1, day=BEFORE, upvotes=10), item(2, day=BEFORE, upvotes=5)], AT)
    assert library.user_looks(AT)
    assert not library.user_looks(AT + 600)
    library.upsert([item(1, day=BEFORE, upvotes=12)], AT + 900)
    assert gained(library) == {1: 2, 2: None}, "within a sitting it is counted from the first look"
    assert library.user_looks(AT + DAY)
    assert gained(library) == {1: 2, 2: None}, "what came after the last key was not seen"
    library.upsert([item(1, day=BEFORE, upvotes=21), item(2, day=BEFORE, upvotes=4)], AT + DAY + 60)
    assert gained(library) == {1: 11, 2: -1}
    assert not library.user_looks(AT + DAY + 600)
    assert gained(library) == {1: 11, 2: -1}, "it stays for the whole sitting"
    assert library.user_looks(AT + 2 * DAY)
    assert gained(library) == {1: None, 2: None}


def test_what_had_no_votes_before_is_told_from_what_is_new(library: Library, places: Paths) -> None:
    library.upsert([item(1, day=BEFORE, upvotes=0), item(2, upvotes=0)], AT)
    library.user_looks(AT + 60)
    library.upsert([item(1, day=BEFORE, upvotes=5), item(2, upvotes=5), item(3, day="2026-06-05", upvotes=5)], AT + DAY)
    for looks in (None, AT + 60):
        if looks is not None:
            library.looks(looks)
        rows = library.rows([1, 2, 3])
        assert [(row.gained, row.fresh) for row in rows] == [(5, False), (5, False), (5, True)]
    first = glance(str(places.library), 5)
    assert first is not None
    assert [(row.gained, row.fresh) for row in first.rows] == [(5, True)]


def test_before_the_first_look_it_counts_from_the_first_votes(library: Library) -> None:
    library.upsert([item(1, upvotes=10)], AT)
    library.upsert([item(1, upvotes=15)], AT + 60)
    assert gained(library) == {1: 5}


def test_of_what_was_listed_since_all_votes_are_gained_and_of_what_came_late_those_seen(library: Library) -> None:
    library.user_looks(AT)
    library.upsert([item(1, day="2026-06-05", upvotes=7), item(2, day=BEFORE, upvotes=9)], AT + DAY)
    assert gained(library) == {1: 7, 2: None}
    library.upsert([item(1, day="2026-06-05", upvotes=8), item(2, day=BEFORE, upvotes=10)], AT + DAY + 60)
    assert gained(library) == {1: 8, 2: 1}


def test_a_paper_without_votes_gains_none(library: Library) -> None:
    library.user_looks(AT)
    library.upsert([item(1, day="2026-06-05", upvotes=None)], AT + DAY)
    assert gained(library) == {1: None}


def test_hidden_papers_are_counted_anew_too(library: Library, places: Paths) -> None:
    library.upsert([item(1, day=BEFORE, upvotes=1)], AT)
    library.user_looks(AT)
    library.upsert([item(1, day=BEFORE, upvotes=2)], AT + 60)
    with closing(sqlite3.connect(places.library)) as connection:
        connection.execute("UPDATE papers SET hidden = 1")
        connection.commit()
    assert gained(library) == {1: 1}
    library.user_looks(AT + DAY)
    library.user_looks(AT + 2 * DAY)
    assert gained(library) == {1: None}


def test_two_readers_share_their_sittings(library: Library, places: Paths) -> None:
    library.upsert([item(1, day=BEFORE, upvotes=1)], AT)
    library.user_looks(AT)
    library.user_looks(AT + 600)
    with closing(Library.open(places)) as other:
        library.upsert([item(1, day=BEFORE, upvotes=4)], AT + DAY)
        assert other.user_looks(AT + DAY + 60)
        assert not library.user_looks(AT + DAY + 120), "this sitting was begun by the other one"
        assert gained(library) == gained(other) == {1: 3}


def test_a_look_that_nothing_was_between_writes_nothing(library: Library) -> None:
    library.user_looks(AT)
    version = library.version()
    assert not library.user_looks(AT)
    assert library.version() == version


def test_the_first_glance_shows_what_the_list_will(
    library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upsert([item(1, upvotes=10)], AT)
    library.user_looks(AT)
    library.upsert([item(1, upvotes=13)], AT + DAY)
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-06T12:00:00")
    seen = glance(str(places.library), 5)
    assert seen is not None
    library.user_looks(AT + 2 * DAY)
    assert [row.gained for row in seen.rows] == [row.gained for row in library.rows([1])] == [3]
    assert (seen.facts.gained, gained_by_the_pane(library, 1)) == (3, 3)


def gained_by_the_pane(library: Library, rowid: int) -> int | None:
    """What the pane says a paper has gained; for a paper alone and for one of many it is the same."""
    alone, [one] = library.detail(rowid), library.details([rowid])
    assert alone is not None
    assert alone.gained == one.gained
    return alone.gained


def test_the_pane_says_of_no_paper_that_is_new_what_it_gained(library: Library) -> None:
    library.upsert([item(1, upvotes=10, day="2026-05-20")], AT)
    library.user_looks(AT)
    library.upsert([item(1, upvotes=8, day="2026-05-20"), item(2, upvotes=7)], AT + DAY)
    assert [gained_by_the_pane(library, number) for number in (1, 2)] == [-2, None]


_days = st.sampled_from(["2026-06-01", "2026-06-04", "2026-06-05", "2026-06-07"])
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("look"), st.integers(0, 30)),
        st.tuples(st.just("refresh"), st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), _days), max_size=4)),
        st.tuples(st.just("hide"), st.integers(1, 4)),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(_steps)
def test_it_is_always_what_the_votes_say(steps: list[tuple[str, object]]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.migrate(connection)
        packing.register(connection)
        at = AT
        for kind, value in steps:
            at += 3600
            if kind == "look":
                assert isinstance(value, int)
                at += 1800 * value
                gains.look(connection, at)
            elif kind == "hide":
                connection.execute("UPDATE papers SET hidden = 1 WHERE rowid = ?", (value,))
            else:
                assert isinstance(value, list)
                found = [item(number, day=day, upvotes=votes) for number, votes, day in value]
                storing.store(connection, storing.gathered(found), at)
            shown = dict(connection.execute("SELECT rowid, gained FROM papers"))
            assert shown == reference(connection)


def reference(connection: sqlite3.Connection) -> dict[int, int | None]:
    """What papers have gained, the slow way."""
    since = gains.looked(connection).before
    found: dict[int, int | None] = {}
    for rowid, upvotes, listed in connection.execute("SELECT rowid, upvotes, listed FROM papers").fetchall():
        votes = connection.execute("SELECT at, upvotes FROM votes WHERE paper = ? ORDER BY at", (rowid,)).fetchall()
        before = [count for at, count in votes if since is not None and at <= since]
        after = [count for at, count in votes if since is None or at > since]
        if not after:
            found[rowid] = None
        elif before:
            found[rowid] = upvotes - before[-1]
        elif since is not None and listed >= day_of(since):
            found[rowid] = upvotes
        else:
            found[rowid] = upvotes - after[0] if len(after) > 1 else None
    return found


def day_of(seconds: int) -> str:
    days = {AT // DAY + number: f"2026-06-{4 + number:02}" for number in range(27)}
    return days[seconds // DAY]


def test_the_index_finds_what_gained(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library.db", isolation_level=None)) as connection:
        schema.migrate(connection)
        for sql in (
            "SELECT p.rowid FROM papers p WHERE p.hidden = 0 AND p.gained >= 20",
            "SELECT p.rowid FROM papers p WHERE p.hidden = 0 ORDER BY p.gained DESC, p.upvotes DESC, p.rowid ASC",
        ):
            plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))
            assert "papers_gained" in plan
            assert "TEMP B-TREE" not in plan
