from __future__ import annotations

import errno
import itertools
import os
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from paperstui import paths
from paperstui.errors import SaveError
from paperstui.journal import entries, merge
from paperstui.journal.entries import Entry, Stamp, default
from paperstui.journal.store import Journal
from paperstui.library import projection
from paperstui.library.store import Library
from paperstui.models import Item, State
from paperstui.paths import Paths
from paperstui.text.titles import title_id
from tests.library.making import AT, decide, dump, item, items, paper, starred

FIELDS: dict[str, Any] = {
    "read": True,
    "starred": True,
    "hidden": True,
    "queued": 2.5,
    "tag:to read": True,
    "tag:été": True,
    "note": "First line\nSecond line",
}


def state_of(library: Library, paper_id: str = "2506.00001") -> State:
    found = library.detail(library.find(paper_id) or 0)
    assert found is not None
    return found.state


def test_every_field_is_shown_everywhere(library: Library, journal: Journal) -> None:
    library.upsert(items(2), AT)
    for field, value in FIELDS.items():
        decide(library, journal, "2506.00001", field, value)
    assert library.state(["2506.00001"])["2506.00001"] == FIELDS
    assert state_of(library) == State(
        read=True, starred=True, hidden=True, queued=2.5, tags=("to read", "été"), note="First line\nSecond line"
    )
    row = library.rows_by_id(["2506.00001"])["2506.00001"]
    assert (row.read, row.starred, row.queued, row.hidden) == (True, True, True, True)
    for sql in (
        "SELECT p.rowid FROM papers p WHERE p.read = 1 AND p.starred = 1 AND p.queued = 2.5 AND p.hidden = 1",
        "SELECT paper FROM tags WHERE tag = 'été'",
        "SELECT paper FROM notes WHERE note LIKE '%Second%'",
    ):
        assert list(library.rowids(sql)) == [library.find("2506.00001")]
    assert state_of(library, "2506.00002") == State()


def test_every_field_can_be_taken_back(library: Library, journal: Journal) -> None:
    library.upsert(items(1), AT)
    for field, value in FIELDS.items():
        decide(library, journal, "2506.00001", field, value)
    for field in FIELDS:
        decide(library, journal, "2506.00001", field, default(field))
    assert state_of(library) == State()
    assert list(library.rowids("SELECT paper FROM tags UNION ALL SELECT paper FROM notes")) == []
    assert library.totals() == (1, 1, 0, 0, 0)


def test_catching_up_says_what_changed(library: Library, journal: Journal) -> None:
    library.upsert(items(3), AT)
    journal.append("Star", [("2506.00001", "starred", True), ("2506.00002", "starred", True)])
    journal.append("Read", [("2506.00002", "read", True), ("9999.00001", "rating", 5)])
    done = library.catch_up(journal)
    assert (done.applied, done.problems) == (2, [])
    assert sorted(done.changed) == ["2506.00001", "2506.00002", "9999.00001"]
    assert library.catch_up(journal) == projection.CaughtUp(0, [], [])
    assert library.max_stamp() == journal.history(1)[0].stamp


def test_catching_up_with_nothing_writes_nothing(
    library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append("Star", [("2506.00001", "starred", True)])
    library.catch_up(journal)
    monkeypatch.setattr(projection, "apply", lambda *_: pytest.fail("it wrote"))
    assert library.catch_up(journal).applied == 0


def test_problems_are_told_once(library: Library, journal: Journal) -> None:
    (journal.directory / "b.jsonl").mkdir()
    (journal.directory / "c.jsonl").write_bytes(b"rubbish\n")
    assert len(library.catch_up(journal).problems) == 2
    assert library.catch_up(journal).problems == []


def test_an_older_decision_of_another_device_does_not_win(library: Library, journal: Journal, places: Paths) -> None:
    library.upsert(items(1), AT)
    decide(library, journal, "2506.00001")
    old = entries.make(Stamp(1, 0, "ffffffff"), "Unstar", [("2506.00001", "starred", False)])
    other = Journal(places.journal, "ffffffff", places.locks)
    other.restore([old])
    done = library.catch_up(journal)
    assert (done.applied, done.changed) == (1, [])
    assert starred(library) == {"2506.00001"}


def test_decisions_of_all_ids_of_a_paper_are_one_state(library: Library, journal: Journal) -> None:
    title = title_id(paper(1).title)
    library.upsert(items(1), AT)
    decide(library, journal, title, "tag:a")
    decide(library, journal, "2506.00001", "tag:b")
    decide(library, journal, "2506.00001")
    decide(library, journal, title, value=False)
    both = {"tag:a": True, "tag:b": True, "starred": False}
    assert library.state([title, "2506.00001"]) == {title: both, "2506.00001": both}
    assert starred(library) == set()


def test_a_library_made_anew_knows_every_decision(library: Library, journal: Journal, places: Paths) -> None:
    library.upsert([*items(3), Item(paper(4, id=title_id("A title"), title="A title"))], AT)
    for number, (field, value) in enumerate(FIELDS.items()):
        decide(library, journal, f"2506.0000{number % 3 + 1}", field, value)
    decide(library, journal, title_id("A title"))
    before = library.state([f"2506.0000{number}" for number in range(1, 4)])
    library.close()
    places.library.unlink()
    fresh = Library.open(places)
    fresh.catch_up(journal)
    assert fresh.state(before) == before
    fresh.upsert([*items(3), item(4, title="A title")], AT)
    assert starred(fresh) == starred_of(before) | {"2506.00004"}
    fresh.close()


def starred_of(states: dict[str, dict[str, Any]]) -> set[str]:
    return {paper_id for paper_id, state in states.items() if state.get("starred") and not state.get("hidden")}


def test_decisions_carried_over_hold_without_the_old_title(library: Library, journal: Journal, places: Paths) -> None:
    title = paper(1, id=title_id("A working title"), title="A working title")
    library.upsert([Item(title)], AT)
    decide(library, journal, title.id)
    decide(library, journal, title.id, "tag:x")
    decide(library, journal, title.id, "read")
    decide(library, journal, title.id, "read", value=False)
    done = library.upsert([item(1, title="A working title")], AT)
    carried = library.carried(done.merged)
    assert {(part.paper, part.field, part.value) for part in carried} == {
        ("2506.00001", "starred", True),
        ("2506.00001", "tag:x", True),
        ("2506.00001", "read", False),
    }
    journal.append("Carried", carried, merge=True, floor=library.max_stamp())
    library.close()
    places.library.unlink()
    fresh = Library.open(places)
    fresh.catch_up(journal)
    fresh.upsert([item(1, title="The final title")], AT)
    assert starred(fresh) == {"2506.00001"}
    fresh.close()


def test_a_journal_that_was_deleted_is_written_anew(library: Library, journal: Journal, places: Paths) -> None:
    library.upsert(items(3), AT)
    entry = decide(library, journal, "2506.00001")
    decide(library, journal, "2506.00002", "note", "Mine")
    journal.file.unlink()
    done = library.catch_up(journal)
    assert done.problems == ["a journal was gone; what it said was written anew from the library"]
    kept = journal.history()
    assert [each.stamp for each in kept] == [library.max_stamp(), entry.stamp]
    assert all(each.merge for each in kept)
    assert kept[1].cite is not None
    assert kept[1].cite["2506.00001"].title == paper(1).title
    assert kept[1].cite["2506.00001"].year == 2025
    assert merge.next_undo(journal.newest(), journal.device) is None
    library.close()
    places.library.unlink()
    fresh = Library.open(places)
    fresh.catch_up(journal)
    assert fresh.state(["2506.00001", "2506.00002"]) == {
        "2506.00001": {"starred": True},
        "2506.00002": {"note": "Mine"},
    }
    fresh.close()


def test_all_journals_and_the_name_of_the_device_can_go(library: Library, journal: Journal, places: Paths) -> None:
    library.upsert(items(1), AT)
    decide(library, journal, "2506.00001")
    decide(library, Journal(places.journal, "ffffffff", places.locks), "2506.00001", "read")
    for path in journal.files():
        path.unlink()
    renamed = Journal(places.journal, "12345678", places.locks)
    assert len(library.catch_up(renamed).problems) == 1
    assert merge.merged(renamed.history()).keys() == {("2506.00001", "starred"), ("2506.00001", "read")}
    assert library.catch_up(renamed) == projection.CaughtUp(0, [], [])


def test_a_journal_that_was_cut_gets_back_only_what_it_lost(library: Library, journal: Journal) -> None:
    library.upsert(items(3), AT)
    first = decide(library, journal, "2506.00001")
    cut = journal.file.stat().st_size
    second = decide(library, journal, "2506.00002")
    os.truncate(journal.file, cut)
    library.catch_up(journal)
    assert [(each.stamp, each.merge) for each in journal.history()] == [(second.stamp, True), (first.stamp, False)]
    third = decide(library, journal, "2506.00003")
    assert third.stamp > second.stamp


def test_a_copy_of_a_journal_that_goes_away_changes_nothing(library: Library, journal: Journal) -> None:
    decide(library, journal, "2506.00001")
    copy = journal.directory / "0a1b2c3d.sync-conflict-1.jsonl"
    copy.write_bytes(journal.file.read_bytes())
    library.catch_up(journal)
    before = journal.file.read_bytes()
    copy.unlink()
    assert library.catch_up(journal).problems == []
    assert journal.file.read_bytes() == before


def test_a_journal_that_cannot_be_written_anew_is_said(
    library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(library, journal, "2506.00001")
    journal.file.unlink()

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        assert "could not be written anew: the disk is full" in library.catch_up(journal).problems[0]
    assert library.state(["2506.00001"])["2506.00001"] == {"starred": True}
    assert "was written anew" in library.catch_up(journal).problems[0]


def test_what_fails_is_read_again(library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    library.upsert(items(1), AT)
    decide(library, journal, "2506.00001", "read")
    journal.append("Star", [("2506.00001", "starred", True)])

    def fail(*_: object) -> None:
        raise OverflowError("too large")

    with monkeypatch.context() as patched:
        patched.setattr(projection, "project", fail)
        with pytest.raises(SaveError):
            library.catch_up(journal)
    assert library.state(["2506.00001"])["2506.00001"] == {"read": True}
    assert library.catch_up(journal).changed == ["2506.00001"]
    assert starred(library) == {"2506.00001"}


def test_a_long_journal_is_projected_in_pieces(
    library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "CHUNK", 300)
    library.upsert(items(20), AT)
    for number in range(1, 21):
        journal.append("Star", [(f"2506.{number:05d}", "starred", True)])
    (journal.directory / "ffffffff.jsonl").write_bytes(journal.file.read_bytes())
    done = library.catch_up(journal)
    assert done.applied == 40
    assert len(done.changed) == 20
    assert len(starred(library)) == 20
    assert library.catch_up(journal).applied == 0


def test_lines_that_were_too_new_are_read_when_the_program_is_not(
    library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upsert(items(1), AT)
    monkeypatch.setattr(entries, "VERSION", 2)
    journal.append("Star", [("2506.00001", "starred", True)])
    monkeypatch.setattr(entries, "VERSION", 1)
    assert "kept for later" in library.catch_up(journal).problems[0]
    assert starred(library) == set()
    monkeypatch.setattr(entries, "VERSION", 2)
    library.catch_up(journal)
    assert starred(library) == {"2506.00001"}


def test_a_value_that_damage_made_unreadable_costs_only_itself(library: Library, journal: Journal) -> None:
    library.upsert(items(1), AT)
    decide(library, journal, "2506.00001")
    decide(library, journal, "2506.00001", "read")
    library._write(lambda connection: connection.execute("UPDATE state SET value = '{' WHERE field = 'starred'"))
    assert library.state(["2506.00001"]) == {"2506.00001": {"read": True}}


decisions = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["2506.00001", "2506.00002", title_id(paper(1).title), "9999.00001"]),
        st.sampled_from(["starred", "read", "tag:x"]),
        st.booleans(),
        st.integers(1, 5),
    ),
    max_size=10,
)


@settings(max_examples=20, deadline=None)
@given(decisions, st.randoms(use_true_random=False))
def test_journals_in_any_order_and_any_pieces_give_one_state(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str, str, bool, int]], chance: Any
) -> None:
    counters = itertools.count()
    lines = [
        entries.make(Stamp(ms, next(counters), device * 8), "x", [(paper_id, field, value)])
        for device, paper_id, field, value, ms in made
    ]
    dumps = []
    for turn in range(2):
        places = paths.under(tmp_path_factory.mktemp("library"))
        places.make()
        library = Library.open(places)
        journal = Journal(places.journal, "0a1b2c3d", places.locks)
        if turn:
            library.upsert(items(2), AT)
        lines = chance.sample(lines, len(lines))
        for number, entry in enumerate(lines):
            Journal(places.journal, f"device{number}", places.locks).restore([entry, entry])
            if chance.random() < 0.5:
                library.catch_up(journal)
        library.catch_up(journal)
        if not turn:
            library.upsert(items(2), AT)
        library.close()
        dumps.append([row for row in dump(places.library) if row[0] != "journals"])
    assert dumps[0] == dumps[1]


def test_a_journal_may_be_lost_again_and_again(library: Library, places: Paths, journal: Journal) -> None:
    library.upsert(items(1), AT)
    decide(library, journal, "2506.00001")
    for _ in range(3):
        journal.file.unlink()
        library.catch_up(journal)
        assert "2506.00001" in journal.file.read_text()
    library.close()
    places.library.unlink()
    with closing(Library.open(places)) as again:
        again.catch_up(journal)
        assert again.state(["2506.00001"])["2506.00001"]["starred"] is True


class Life(RuleBasedStateMachine):
    """A user who decides and undoes, restarts, and loses the library or the journal, against plain dictionaries."""

    papers = ("2506.00001", "2506.00002")
    fields = ("starred", "read", "tag:x")

    @initialize()
    def begin(self) -> None:
        import tempfile
        from pathlib import Path

        self.directory = tempfile.TemporaryDirectory()
        self.places = paths.under(Path(self.directory.name))
        self.places.make()
        self.journal = Journal(self.places.journal, "0a1b2c3d", self.places.locks)
        self.library = Library.open(self.places)
        self.library.upsert(items(2), AT)
        self.model: dict[tuple[str, str], bool] = {}
        self.past: list[dict[tuple[str, str], bool]] = []

    @rule(
        keys=st.lists(st.tuples(st.sampled_from(papers), st.sampled_from(fields)), min_size=1, max_size=3),
        value=st.booleans(),
    )
    def decide(self, keys: list[tuple[str, str]], value: bool) -> None:
        parts = [(paper_id, field, value, self.now(paper_id, field)) for paper_id, field in keys]
        self.append("Decide", parts)
        self.past.append(dict(self.model))
        self.model.update(dict.fromkeys(keys, value))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        entry = merge.next_undo(self.journal.newest(), self.journal.device)
        assert entry is not None
        found = merge.inverse(entry, self.journal.newest(), self.now)
        assert found.left == 0
        self.append("Undo", found.assignments, entry)
        self.model = self.past.pop()

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = Library.open(self.places)
        self.library.catch_up(self.journal)

    @rule()
    def lose_the_library(self) -> None:
        self.library.close()
        self.places.library.unlink()
        self.library = Library.open(self.places)
        self.library.catch_up(self.journal)
        self.library.upsert(items(2), AT)

    @rule()
    def lose_the_journal(self) -> None:
        self.journal.file.unlink(missing_ok=True)
        self.library.catch_up(self.journal)
        self.past.clear()

    @rule()
    def refresh(self) -> None:
        self.library.upsert(items(2), AT + 60)

    def now(self, paper_id: str, field: str) -> bool:
        return bool(self.library.state([paper_id])[paper_id].get(field, default(field)))

    def append(self, label: str, parts: Any, undoes: Entry | None = None) -> None:
        stamp = undoes.stamp if undoes else None
        self.journal.append(label, parts, undoes=stamp, floor=self.library.max_stamp())
        self.library.catch_up(self.journal)

    @invariant()
    def shows_what_was_decided(self) -> None:
        if hasattr(self, "model"):
            for key in itertools.product(self.papers, self.fields):
                assert self.now(*key) == self.model.get(key, False)
            assert starred(self.library) == {one for one in self.papers if self.model.get((one, "starred"))}

    def teardown(self) -> None:
        if hasattr(self, "library"):
            assert self.library.care.index_agrees()
            self.library.close()
            self.directory.cleanup()


Life.TestCase.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
TestLife = Life.TestCase
