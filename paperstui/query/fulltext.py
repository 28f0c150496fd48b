"""Words as an expression of the search index. Nothing of FTS5's own syntax is ever taken from what the user typed.

A part of a tree that consists of words alone becomes one expression: one look into the index is quicker than many.
"""

from __future__ import annotations

from collections.abc import Sequence

from paperstui.query.fields import FIELDS
from paperstui.query.spellings import spellings
from paperstui.query.tokens import goes_on, has_token
from paperstui.query.tree import And, Node, Not, Or, Text, leaves

COLUMNS = ("title", "abstract", "authors", "organization", "keywords")
"""The columns of the search index, in its order."""
WEIGHTS = (10.0, 1.0, 5.0, 3.0, 3.0)
"""How much a match in each column counts for relevance."""

DEEPEST = 20
"""Levels of AND, OR and NOT in one expression; FTS5 takes about thirty."""

_COLUMN = {field.name: field.columns[0] for field in FIELDS if field.kind == "text"} | {"": ""}


def in_index(node: Node) -> bool:
    """Whether a leaf is answered by the index: words in a field of text, with at least one token."""
    return isinstance(node, Text) and node.field in _COLUMN and has_token(node.words)


def column_of(leaf: Text) -> str:
    """The column of the index that words are looked for in, "" for any."""
    return _COLUMN[leaf.field]


def expression(node: Node, room: int = DEEPEST) -> str | None:
    """The index's expression for a part of a tree; None if it cannot answer that part alone.

    room: how many levels the part may have, because FTS5's parser has a stack of a fixed size.
    """
    if room < 0:
        return None
    match node:
        case Text():
            return _words(node) if in_index(node) else None
        case And(parts):
            wanted = [found for part in parts if not isinstance(part, Not) and (found := expression(part, room - 1))]
            unwanted = [found for part in parts if isinstance(part, Not) and (found := expression(part.part, room - 1))]
            return both(wanted, unwanted) if wanted and len(wanted) + len(unwanted) == len(parts) else None
        case Or(parts):
            either = [found for part in parts if (found := expression(part, room - 1))]
            return one_of(either) if len(either) == len(parts) else None
        case _:
            return None


def any_of_words(parts: Sequence[Node]) -> str | None:
    """One expression for all parts that the index can answer; None if it can answer none."""
    found = [part for part in map(expression, parts) if part]
    return one_of(found) if found else None


def one_of(found: list[str]) -> str:
    """What any of some expressions finds; at least one."""
    return _joined("OR", found)


def both(wanted: list[str], unwanted: list[str]) -> str:
    """What all of the wanted expressions find and none of the unwanted; at least one is wanted."""
    found = _joined("AND", wanted)
    return f"({found} NOT {one_of(unwanted)})" if unwanted else found


def any_wanted(tree: Node) -> str | None:
    """An expression for any of the words that are asked for, wherever they stand in the tree."""
    found = [_words(leaf) for leaf, wanted in leaves(tree) if wanted and isinstance(leaf, Text) and in_index(leaf)]
    return one_of(found) if found else None


def _joined(operator: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"


def _words(leaf: Text) -> str:
    """A phrase in its spellings: SQLite cuts it into the same tokens as the text in the index, whatever signs are in it."""
    quoted = one_of([_quoted(spelled) for spelled in spellings(leaf) if has_token(spelled.words)])
    return f"{{{column}}} : {quoted}" if (column := column_of(leaf)) else quoted


def _quoted(leaf: Text) -> str:
    return '"{}"{}'.format(leaf.words.replace('"', " "), "*" if leaf.prefix and goes_on(leaf.words) else "")
