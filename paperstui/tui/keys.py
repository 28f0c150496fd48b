"""Keys to actions: single keys and chords, by where the focus is. Knows nothing of Textual but its names of keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from paperstui.actions import ACTIONS, CONTEXTS, Action, works_in

if TYPE_CHECKING:
    from paperstui.actions import Context


class Pending(NamedTuple):
    """A chord was begun: its keys so far, and (next key, action) of all that can follow."""

    begun: str
    following: tuple[tuple[str, Action], ...]


def key_name(key: str, character: str | None) -> str:
    """A key event as the table of actions writes it: printable characters as themselves, others by name."""
    if character is not None and len(character) == 1 and character.isprintable() and character != " ":
        return character
    return key


class Resolver:
    """Turns keys into actions. Keeps the keys of an unfinished chord between calls; there is no time limit on it."""

    def __init__(self, actions: Iterable[Action] = ACTIONS) -> None:
        self._by_context: dict[Context, dict[str, Action]] = {}
        for context in CONTEXTS:
            table: dict[str, Action] = {}
            for action in actions:
                if works_in(action, context):
                    for key in action.keys:
                        if context == "filter" and len(key) == 1:
                            # It is typed.
                            continue
                        # What belongs to the pane itself wins over what works everywhere.
                        if key not in table or action.context == context:
                            table[key] = action
            self._by_context[context] = table
        self._begun: list[str] = []

    @property
    def pending(self) -> bool:
        """Whether a chord was begun."""
        return bool(self._begun)

    def forget(self) -> None:
        """Drop an unfinished chord."""
        self._begun.clear()

    def press(self, key: str, context: Context) -> Action | Pending | None:
        """The action of a key, a chord in progress, or None when the key means nothing here.

        A key that does not continue the chord drops it; Esc drops it and does nothing else.
        """
        table = self._by_context[context]
        whole = " ".join([*self._begun, key])
        if whole in table:
            self._begun.clear()
            return table[whole]
        following = tuple(
            (name.removeprefix(whole + " "), action) for name, action in table.items() if name.startswith(whole + " ")
        )
        if following:
            self._begun.append(key)
            return Pending(whole, following)
        self._begun.clear()
        return None


def clashes(actions: Iterable[Action] = ACTIONS) -> list[str]:
    """Keys that mean two things in one place, or that a shorter key hides; empty when the table is sound."""
    found: list[str] = []
    every = list(actions)
    for context in CONTEXTS:
        owner: dict[str, Action] = {}
        live = [action for action in every if works_in(action, context)]
        for action in live:
            for key in action.keys:
                other = owner.setdefault(key, action)
                if other is not action and (other.context == context) == (action.context == context):
                    found.append(f"{context}: {key!r} is both {other.id} and {action.id}")
        for key, action in owner.items():
            hidden = [other for name, other in owner.items() if name.startswith(key + " ")]
            found += [f"{context}: {key!r} ({action.id}) hides {other.id}" for other in hidden]
    return found
