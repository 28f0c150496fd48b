"""Other readings of a query that finds nothing as it stands, while somebody types it.

A half word that a space ended, and the beginning of a field's name, are on the way to something: a list that is emptied
by them says nothing about the papers.
"""

from __future__ import annotations

from collections.abc import Iterator

from paperstui.query.fields import FIELDS
from paperstui.query.fulltext import in_index
from paperstui.query.lexer import Kind, Token, tokenise
from paperstui.query.parser import parse
from paperstui.query.tree import And, Node, Not, Or, Query, Text

SHORTEST_NAME = 2
"""Letters from which a last word may be the beginning of a field's name."""

LONGER_WORDS = "no paper has all of these words whole: longer ones count, too"


def readings(text: str, *, finished: bool = False) -> Iterator[tuple[Query, str]]:
    """What else a query may mean, the likeliest first, to be asked one after the other until papers are found.

    finished: the user is done with it, and then the last word is no field's name. With each reading comes what is to be
    said about it, once it is finished.
    """
    query = parse(text, typing=True)
    if not query.ok:
        return
    tree = _longer(query.tree)
    if tree != query.tree:
        yield Query(text=text, tree=tree, sort=query.sort), LONGER_WORDS
    last = None if finished else _name_begun(text)
    if last is not None:
        rest = text[: last.start]
        yield parse(rest), ""
        yield from readings(rest)


def _longer(node: Node) -> Node:
    """The same with every word that is asked for as the beginning of one."""
    match node:
        case And(parts):
            return And(tuple(map(_longer, parts)))
        case Or(parts):
            return Or(tuple(map(_longer, parts)))
        case Not():
            return node
        case Text(words, field, False, False) if in_index(node):
            return Text(words, field, prefix=True)
        case _:
            return node


def _name_begun(text: str) -> Token | None:
    """The word at the end of a text, if it is the beginning of a field's name and of no value."""
    tokens = tokenise(text)
    if not tokens or tokens[-1].end != len(text) or tokens[-1].kind is not Kind.WORD or tokens[-1].prefix:
        return None
    last = tokens[-1]
    if len(tokens) > 1 and tokens[-2].kind in (Kind.FIELD, Kind.UNKNOWN):
        return None
    word = last.text
    names = (name for field in FIELDS for name in (field.name, *field.aliases))
    return last if len(word) >= SHORTEST_NAME and any(name.startswith(word) for name in names) else None
