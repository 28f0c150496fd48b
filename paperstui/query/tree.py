"""What a query means: a small tree of frozen values that knows neither the clock nor SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct


class Everything(Struct, frozen=True):
    """Every paper: what an empty query means."""


class And(Struct, frozen=True):
    """Papers that every part finds; two parts or more."""

    parts: tuple[Node, ...]


class Or(Struct, frozen=True):
    """Papers that any part finds; two parts or more."""

    parts: tuple[Node, ...]


class Not(Struct, frozen=True):
    """Papers that `part` does not find."""

    part: Node


class Text(Struct, frozen=True):
    """Words looked for in one field, or in the whole index when `field` is "".

    words: as typed, without quotes and `*`; when it holds several index tokens they must follow each other.
    prefix: the last token may go on (`quant*`, or the word being typed).
    quoted: it was typed in quotes.
    """

    words: str
    field: str = ""
    prefix: bool = False
    quoted: bool = False


class PaperId(Struct, frozen=True):
    """The paper with this id, or with an id that begins so."""

    id: str
    prefix: bool = False


class Compare(Struct, frozen=True):
    """A number between `low` and `high`, both included; None is open. A paper without the number is not found."""

    field: str
    low: int | None = None
    high: int | None = None


class Edge(Struct, frozen=True):
    """One end of a range of days, still free of the clock.

    period: "2026-06-04", "2026-06", "2026", "2026-W23", "7d" (seven days ago), "today", "mon", "last-week", …
    end: take the last day of the period instead of its first. shift: days added after that.
    """

    period: str
    end: bool = False
    shift: int = 0


class DateRange(Struct, frozen=True):
    """Days from `first` to `last`, both included; None is open. A paper without the date is not found."""

    field: str
    first: Edge | None = None
    last: Edge | None = None


class Flag(Struct, frozen=True):
    """`is:name`."""

    name: str


class Has(Struct, frozen=True):
    """`has:name`."""

    name: str


class Regex(Struct, frozen=True):
    """A regular expression over title, abstract and authors, upper and lower case alike."""

    pattern: str


Node: TypeAlias = Everything | And | Or | Not | Text | PaperId | Compare | DateRange | Flag | Has | Regex


class Sort(Struct, frozen=True):
    """One sort key in its natural direction (most, newest, A to Z first), or the reverse."""

    key: str
    reverse: bool = False


class Fix(Struct, frozen=True):
    """What was probably meant by text[start:end]."""

    text: str
    start: int
    end: int


class Problem(Struct, frozen=True):
    """A part of a query that makes no sense: one line for the user, and where it stands, as character offsets.

    fix: what was probably meant, if that can be told.
    """

    message: str
    start: int
    end: int
    fix: Fix | None = None


class Note(Struct, frozen=True):
    """A part of a query that says nothing and was left out, or was understood in a way to be told; as in `Problem`."""

    message: str
    start: int
    end: int


class Query(Struct, frozen=True, kw_only=True):
    """A parsed query. `tree` holds the parts that made sense; `sort` is empty when none was asked for.

    notes: what of a finished query says nothing, from left to right. The rest is right, and is asked.
    """

    text: str = ""
    tree: Node = Everything()
    sort: tuple[Sort, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every part made sense. When not, the list should stay as it was and the problems be shown."""
        return not self.problems

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing: every paper, in the order of the view."""
        return isinstance(self.tree, Everything) and not self.sort

    @property
    def hidden(self) -> bool:
        """Whether it asks for hidden papers, or for others than those."""
        return any(isinstance(leaf, Flag) and leaf.name == "hidden" for leaf, _ in leaves(self.tree))

    @property
    def remark(self) -> str:
        """The notes in one line; "" if there are none."""
        if not self.notes:
            return ""
        more = len(self.notes) - 1
        return self.notes[0].message + (f" (and {more} more)" if more else "")


def all_of(parts: Sequence[Node]) -> Node:
    """The papers that every part finds, flattened; no parts find everything."""
    flat = _flat(parts, And)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(parts: Sequence[Node]) -> Node:
    """The papers that any part finds, flattened; no parts find everything, because then nothing was asked."""
    flat = _flat(parts, Or)
    if not flat or len(flat) < len(parts):
        return Everything()
    return flat[0] if len(flat) == 1 else Or(flat)


def _flat(parts: Sequence[Node], kind: type[And | Or]) -> tuple[Node, ...]:
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And | Or) and isinstance(part, kind):
            flat.extend(part.parts)
        elif not isinstance(part, Everything):
            flat.append(part)
    return tuple(flat)


def opposite(part: Node) -> Node:
    """The papers that `part` does not find; a double negation is undone."""
    return part.part if isinstance(part, Not) else Not(part)


def leaves(tree: Node) -> Iterator[tuple[Node, bool]]:
    """Every leaf from left to right, with whether it is asked for (True) or excluded (False)."""
    waiting = [(tree, True)]
    while waiting:
        node, wanted = waiting.pop()
        if isinstance(node, And | Or):
            waiting.extend((part, wanted) for part in reversed(node.parts))
        elif isinstance(node, Not):
            waiting.append((node.part, not wanted))
        else:
            yield node, wanted
