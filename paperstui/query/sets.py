"""A query as sets of papers: what to ask the database, part by part, and how to put the answers together.

A statement that finds the papers of a whole query asks everything again with every letter. Asked part by part, what was
found before is still known, and how many of the papers found are in a view or unread is a matter of counting bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from paperstui.query.conditions import Sql
from paperstui.query.fulltext import expression, in_index
from paperstui.query.initials import letter_of
from paperstui.query.tree import And, Compare, DateRange, Everything, Flag, Node, Not, Or, Regex, Text, leaves


class Look(Struct, frozen=True):
    """The papers that one statement names by their rowids."""

    sql: str
    params: tuple[object, ...] = ()


class Both(Struct, frozen=True):
    """The papers in all of `wanted` (without any: all papers) and in none of `unwanted`."""

    wanted: tuple[Sets, ...] = ()
    unwanted: tuple[Sets, ...] = ()


class Either(Struct, frozen=True):
    """The papers in any of the parts."""

    parts: tuple[Sets, ...]


class Sift(Struct, frozen=True):
    """Those papers of `base` that a statement names. It takes their rowids as one more value, a JSON array.

    For conditions that look into the long texts of one paper after the other.
    """

    base: Sets
    sql: str
    params: tuple[object, ...] = ()


Sets: TypeAlias = Look | Both | Either | Sift

EVERYTHING = Look("SELECT rowid FROM papers")
HIDDEN = Look("SELECT rowid FROM papers WHERE hidden = 1")
UNREAD = Look("SELECT rowid FROM papers WHERE read = 0 AND hidden = 0")
UNREAD_WITH_HIDDEN = Look("SELECT rowid FROM papers WHERE read = 0")
_MATCH = "SELECT rowid FROM search WHERE search MATCH ?"
_LETTER = "SELECT rowid FROM initials WHERE letters & ?"
_PAPERS = "SELECT p.rowid FROM papers p WHERE "
_LONG = ("", "abstract", "keyword")
_INDEXED = ("upvotes", "gained", "published", "year", "listed", "seen")
AMONG = "p.rowid IN (SELECT value FROM json_each(?))"
"""The condition that a paper is one of a JSON array of rowids."""


def sets_of(tree: Node, condition: Callable[[Node], Sql], *, hidden: bool, issue: Look | None = None) -> Sets:
    """The papers of a query.

    condition: the condition of SQL over `papers p` for a part of it. hidden: hidden papers may be among them.
    issue: the papers of an issue of a feed, if only those are meant.
    """
    maker = _Maker(condition, hidden=hidden)
    wanted = () if issue is None else (issue,)
    return maker.both(tree.parts if isinstance(tree, And) else (tree,), wanted, () if hidden else (HIDDEN,))


def looks(sets: Sets) -> Iterator[Look]:
    """All statements that are asked by themselves."""
    match sets:
        case Look():
            yield sets
        case Both(wanted, unwanted):
            for part in (*(wanted or (EVERYTHING,)), *unwanted):
                yield from looks(part)
        case Either(parts):
            for part in parts:
                yield from looks(part)
        case Sift(base):
            yield from looks(base)


def is_costly(tree: Node) -> bool:
    """Whether long texts have to be read, one after the other, to tell whether a paper is meant."""
    return any(_reads_texts(leaf) for leaf, _ in leaves(tree))


def _reads_texts(leaf: Node) -> bool:
    return isinstance(leaf, Regex) or (isinstance(leaf, Text) and leaf.field in _LONG and not in_index(leaf))


class _Maker:
    def __init__(self, condition: Callable[[Node], Sql], *, hidden: bool) -> None:
        self._condition = condition
        self._hidden = hidden

    def both(self, parts: tuple[Node, ...], wanted: tuple[Sets, ...] = (), unwanted: tuple[Sets, ...] = ()) -> Sets:
        costly: list[Sql] = []
        for part in parts:
            if isinstance(part, Everything):
                continue
            if is_costly(part):
                costly.append(self._condition(part))
            elif isinstance(part, Not):
                unwanted += (self.set(part.part),)
            else:
                wanted += (self.set(part),)
        base = wanted[0] if len(wanted) == 1 and not unwanted else Both(wanted, unwanted)
        if not costly:
            return base
        text = " AND ".join(part.text for part in costly)
        return Sift(base, f"{_PAPERS}{text} AND {AMONG}", tuple(value for part in costly for value in part.params))

    def set(self, node: Node) -> Sets:
        letter = letter_of(node)
        if letter is not None:
            return Look(_LETTER, (letter,))
        words = expression(node)
        match node:
            # Words that must all be there are looked for one by one: the next letter changes only the last of them.
            case And(parts):
                return self.both(parts)
            case Or(parts) if words is None:
                return Either(tuple(self.set(part) for part in parts))
            case Everything():
                return EVERYTHING
            case Not():
                return self.both((node,))
            case _ if words is not None:
                return Look(_MATCH, (words,))
            case _:
                found = self._condition(node)
                # Only for the sake of partial indexes: hidden papers are left out where it all comes together. What has
                # no index is looked for in the order of the table.
                shown = "" if self._hidden or not has_index(node) else "p.hidden = 0 AND "
                return Look(f"{_PAPERS}{shown}{found.text}", found.params)


def has_index(node: Node) -> bool:
    """Whether there is an index of the papers that are not hidden by which a condition finds its papers."""
    match node:
        case Flag(name):
            return name in ("unread", "starred", "queued")
        case Compare(field=field) | DateRange(field=field):
            return field in _INDEXED
        case _:
            return False
