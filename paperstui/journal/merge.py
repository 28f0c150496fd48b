"""What journals say together, and what undoing means. Pure functions over entries.

State is last-writer-wins: of all assignments to one field of one paper the one with the newest stamp holds. Entries may
come in any order and any number of times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from paperstui.journal.entries import Assignment, Entry, Stamp, canonical, default

Key = tuple[str, str]
"""(paper id, field)."""


class Held(NamedTuple):
    """The value that holds, and since when."""

    value: Any
    stamp: Stamp


class Inverse(NamedTuple):
    """What takes an entry back. left: how many of its fields stay, because they were decided again since."""

    assignments: tuple[Assignment, ...]
    left: int


def beats(new: Held, old: Held | None) -> bool:
    """Whether a value replaces another. Equal stamps only come from damaged files; then the value itself decides."""
    if old is None or new.stamp > old.stamp:
        return True
    return new.stamp == old.stamp and canonical(new.value) > canonical(old.value)


def merged(entries: Iterable[Entry], into: Mapping[Key, Held] | None = None) -> dict[Key, Held]:
    """The state after some entries, on top of a state."""
    state = dict(into or {})
    for entry in entries:
        for assignment in entry.assignments:
            key = assignment.paper, assignment.field
            held = Held(assignment.value, entry.stamp)
            if beats(held, state.get(key)):
                state[key] = held
    return state


def join(one: Mapping[Key, Held], other: Mapping[Key, Held]) -> dict[Key, Held]:
    """The state of two states together."""
    state = dict(one)
    for key, held in other.items():
        if beats(held, state.get(key)):
            state[key] = held
    return state


def next_undo(history: Iterable[Entry], device: str) -> Entry | None:
    """The entry that undo takes back: this device's newest that is neither an undo nor undone.

    history: entries newest first (`Journal.newest`); it is read no further than it must be.
    """
    dead: set[Stamp] = set()
    for entry in history:
        if entry.stamp in dead or entry.merge:
            continue
        if entry.undoes is not None:
            dead.add(entry.undoes)
        elif entry.stamp.device == device:
            return entry
    return None


def next_redo(history: Iterable[Entry], device: str) -> Entry | None:
    """The undo that redo takes back: this device's newest that holds, unless another action was taken after it.

    history: entries newest first.
    """
    dead: set[Stamp] = set()
    # Undos that hold, newest first, by what they undid. Whether that was an action or an undo is known when it is met.
    waiting: dict[Stamp, Entry] = {}
    actions: set[Stamp] = set()
    for entry in history:
        if entry.merge or entry.stamp.device != device:
            continue
        if entry.stamp in dead:
            if entry.undoes is None:
                actions.add(entry.stamp)
            else:
                waiting.pop(entry.stamp, None)
        elif entry.undoes is not None:
            dead.add(entry.undoes)
            waiting[entry.undoes] = entry
        elif not waiting:
            return None
        newest = next(iter(waiting.values()), None)
        if newest is not None and newest.undoes in actions:
            return newest
    return None


def decided_since(
    history: Iterable[Entry], entry: Entry, canonical_id: Callable[[str], str] = str
) -> frozenset[tuple[str, str]]:
    """The fields that were decided again after an entry, by decisions that hold. Undone pairs do not count.

    history: entries newest first. canonical_id: makes all ids of one paper the same.
    """
    dead: set[Stamp] = set()
    decided: set[Key] = set()
    for later in history:
        if later.stamp <= entry.stamp:
            break
        if later.stamp in dead or later.merge:
            continue
        if later.undoes is not None:
            dead.add(later.undoes)
            if later.undoes >= entry.stamp:
                continue
        decided.update((canonical_id(part.paper), part.field) for part in later.assignments)
    return frozenset(decided)


def inverse(
    entry: Entry,
    history: Iterable[Entry],
    current: Callable[[str, str], object],
    canonical_id: Callable[[str], str] = str,
) -> Inverse:
    """The assignments that take an entry back: each field to what it was before, unless it was decided again since.

    history: entries newest first. current: the value that a field of a paper has now. canonical_id: makes all ids
    of one paper the same. Taking back an undo gives what redoes it.
    """
    decided = decided_since(history, entry, canonical_id)
    assignments = []
    left = 0
    for paper, field, value, previous in entry.assignments:
        before = default(field) if previous is None else previous
        now = current(paper, field)
        if now == before:
            continue
        if now != value or (canonical_id(paper), field) in decided:
            left += 1
        else:
            assignments.append(Assignment(paper, field, before, now))
    return Inverse(tuple(assignments), left)
