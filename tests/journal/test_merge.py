from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from paperstui.journal import entries, merge
from paperstui.journal.entries import Assignment, Entry, Stamp, default
from paperstui.journal.merge import Held, Key

papers = st.sampled_from(["2506.00001", "2506.00002", "title:0123456789abcdef"])
fields = st.sampled_from(["starred", "read", "tag:x"])
stamps = st.builds(Stamp, st.integers(0, 3), st.integers(0, 2), st.sampled_from(["a", "b"]))
parts = st.builds(Assignment, papers, fields, st.booleans(), st.booleans())
some_entries = st.lists(
    st.builds(lambda stamp, part: entries.make(stamp, "x", part), stamps, st.lists(parts, max_size=3)), max_size=8
)


@given(some_entries, st.randoms(use_true_random=False))
def test_journals_in_any_order_and_any_number_of_times_give_one_state(history: list[Entry], chance: Any) -> None:
    shuffled = history + chance.sample(history, len(history) // 2)
    chance.shuffle(shuffled)
    assert merge.merged(shuffled) == merge.merged(history)


@given(some_entries, some_entries, some_entries)
def test_states_join_as_a_lattice(one: list[Entry], two: list[Entry], three: list[Entry]) -> None:
    a, b, c = merge.merged(one), merge.merged(two), merge.merged(three)
    assert merge.join(a, b) == merge.join(b, a)
    assert merge.join(a, merge.join(b, c)) == merge.join(merge.join(a, b), c)
    assert merge.join(a, a) == a
    assert merge.join(a, b) == merge.merged(one + two) == merge.merged(two, a)


def entry(ms: int, label: str = "", *parts: tuple[Any, ...], undoes: Entry | None = None, device: str = "a") -> Entry:
    return entries.make(Stamp(ms, 0, device), label or str(ms), parts, undoes=None if undoes is None else undoes.stamp)


def star(ms: int, *, value: bool = True, device: str = "a", paper: str = "1") -> Entry:
    return entry(ms, "", (paper, "starred", value, not value), device=device)


def newest(*history: Entry) -> list[Entry]:
    return sorted(history, key=lambda each: each.stamp, reverse=True)


def test_the_newest_own_action_is_undone_first() -> None:
    mine, theirs = star(1), star(2, device="b")
    assert merge.next_undo(newest(mine, theirs), "a") == mine
    assert merge.next_undo(newest(mine, theirs), "b") == theirs
    assert merge.next_undo([], "a") is None


def test_undo_goes_back_step_by_step_and_redo_comes_forward() -> None:
    one, two = star(1), star(2, paper="2")
    first_undo = entry(3, undoes=two)
    assert merge.next_undo(newest(one, two, first_undo), "a") == one
    second_undo = entry(4, undoes=one)
    history = newest(one, two, first_undo, second_undo)
    assert merge.next_undo(history, "a") is None
    assert merge.next_redo(history, "a") == second_undo
    first_redo = entry(5, undoes=second_undo)
    assert merge.next_redo([first_redo, *history], "a") == first_undo
    assert merge.next_undo([first_redo, *history], "a") == one
    second_redo = entry(6, undoes=first_undo)
    assert merge.next_redo([second_redo, first_redo, *history], "a") is None
    assert merge.next_undo([second_redo, first_redo, *history], "a") == two


def test_a_new_action_leaves_nothing_to_redo() -> None:
    one = star(1)
    undo = entry(2, undoes=one)
    assert merge.next_redo(newest(one, undo), "a") == undo
    assert merge.next_redo(newest(one, undo, star(3)), "a") is None
    assert merge.next_redo(newest(one, undo, star(3, device="b")), "a") == undo


def test_an_undo_out_of_turn_can_be_redone() -> None:
    one, two = star(1), star(2, paper="2")
    undo = entry(3, undoes=one)
    assert merge.next_redo(newest(one, two, undo), "a") == undo
    redo = entry(4, undoes=undo)
    assert merge.next_redo(newest(one, two, undo, redo), "a") is None


def test_state_carried_over_is_no_action() -> None:
    kept = entries.make(Stamp(5, 0, "a"), "Kept", [("1", "starred", True)], merge=True)
    mine = star(1)
    assert merge.next_undo([kept, mine], "a") == mine
    assert merge.next_redo([kept, entry(2, undoes=mine), mine], "a") is not None


def current_of(*history: Entry) -> Any:
    state = merge.merged(history)

    def current(paper: str, field: str) -> Any:
        held = state.get((paper, field))
        return default(field) if held is None else held.value

    return current


def test_undo_restores_what_was_before() -> None:
    both = entry(1, "Both", ("1", "starred", True, False), ("1", "note", "new", "old"), ("2", "queued", 2.0, None))
    found = merge.inverse(both, [both], current_of(both))
    assert found.left == 0
    assert found.assignments == (
        Assignment("1", "starred", False, True),
        Assignment("1", "note", "old", "new"),
        Assignment("2", "queued", None, 2.0),
    )


def test_a_field_without_a_previous_value_goes_back_to_nothing() -> None:
    made = entry(1, "", ("1", "starred", True, None))
    assert merge.inverse(made, [made], current_of(made)).assignments == (Assignment("1", "starred", False, True),)


def test_undo_never_takes_a_later_decision_with_it() -> None:
    mine = entry(1, "Both", ("1", "starred", True, False), ("2", "starred", True, False))
    theirs = entry(2, "", ("1", "starred", True, True), device="b")
    history = newest(mine, theirs)
    found = merge.inverse(mine, history, current_of(*history))
    assert found.assignments == (Assignment("2", "starred", False, True),)
    assert found.left == 1


def test_a_later_decision_that_was_undone_is_none() -> None:
    one, two = star(1), star(2, value=False)
    undo = entry(3, "", ("1", "starred", True, False), undoes=two)
    history = newest(one, two, undo)
    assert merge.inverse(one, history, current_of(*history)).assignments == (Assignment("1", "starred", False, True),)


def test_a_later_decision_under_another_id_of_the_paper_counts() -> None:
    title, arxiv = star(1, paper="title:0123456789abcdef"), star(2, paper="2506.00001")
    history = newest(title, arxiv)
    found = merge.inverse(title, history, lambda *_: True, lambda _: "one")
    assert found == merge.Inverse((), 1)


def test_undoing_twice_does_nothing() -> None:
    one = star(1)
    undo = entry(2, "", ("1", "starred", False, True), undoes=one)
    history = newest(one, undo)
    assert merge.inverse(one, history, current_of(*history)) == merge.Inverse((), 0)


class Undoing(RuleBasedStateMachine):
    """One device that decides, undoes and redoes, against a list of states with a finger on it."""

    @initialize()
    def begin(self) -> None:
        self.history: list[Entry] = []
        self.clock = itertools.count(1)
        self.states: list[dict[Key, Any]] = [{}]
        self.labels: list[str] = []
        self.at = 0

    def current(self, paper: str, field: str) -> Any:
        held = merge.merged(self.history).get((paper, field))
        return default(field) if held is None else held.value

    def append(self, parts: list[Assignment], undoes: Entry | None = None) -> None:
        self.history.insert(0, entry(next(self.clock), "", *parts, undoes=undoes))

    @rule(changes=st.dictionaries(st.tuples(papers, fields), st.booleans(), min_size=1, max_size=3))
    def decide(self, changes: dict[Key, bool]) -> None:
        parts = [Assignment(*key, value, self.current(*key)) for key, value in changes.items()]
        self.append(parts)
        self.states[self.at + 1 :] = [self.states[self.at] | changes]
        self.at += 1

    @rule()
    def undo(self) -> None:
        found = merge.next_undo(self.history, "a")
        assert (found is None) == (self.at == 0)
        if found is not None:
            inverse = merge.inverse(found, self.history, self.current)
            assert inverse.left == 0
            self.append(list(inverse.assignments), found)
            self.at -= 1

    @rule()
    def redo(self) -> None:
        found = merge.next_redo(self.history, "a")
        assert (found is None) == (self.at == len(self.states) - 1)
        if found is not None:
            inverse = merge.inverse(found, self.history, self.current)
            assert inverse.left == 0
            self.append(list(inverse.assignments), found)
            self.at += 1

    @invariant()
    def shows_what_the_model_shows(self) -> None:
        if hasattr(self, "states"):
            for key in itertools.product(["2506.00001", "2506.00002"], ["starred", "read", "tag:x"]):
                assert self.current(*key) == self.states[self.at].get(key, False)


TestUndoing = Undoing.TestCase


def test_equal_stamps_of_damaged_files_still_agree() -> None:
    one, two = star(1), star(1, value=False)
    assert merge.merged([one, two]) == merge.merged([two, one])
    assert merge.beats(Held(True, one.stamp), None)
