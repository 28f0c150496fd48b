"""A query in words, for an empty list and for the names of views."""

from __future__ import annotations

from paperstui.query.tree import (
    And,
    Compare,
    DateRange,
    Edge,
    Everything,
    Flag,
    Has,
    Node,
    Not,
    Or,
    PaperId,
    Query,
    Regex,
    Text,
)

_FLAGS = {"queued": "in the reading list"}
_HAS = {"notes": "a note", "tags": "a tag", "summary": "a summary", "project": "a project page"}
_NAMED = {"cat": "in", "tag": "tagged", "submitter": "submitted by", "feed": "listed in"}


def describe(query: Query) -> str:
    """What a query asks for, in one line: "unread, title with “diffusion”, without “survey”"; "" for everything."""
    return _say(query.tree)


def _say(node: Node) -> str:
    match node:
        case Everything():
            return ""
        case And(parts):
            return ", ".join(map(_say, parts))
        case Or(parts):
            return " or ".join(f"({_say(part)})" if isinstance(part, And) else _say(part) for part in parts)
        case Not(part):
            return f"not ({_say(part)})" if isinstance(part, And | Or) else _without(part)
        case _:
            return _leaf(node)


def _leaf(node: Node) -> str:
    match node:
        case Text():
            return _text(node)
        case PaperId(paper, prefix):
            return f"id {paper}…" if prefix else f"id {paper}"
        case Compare():
            return _number(node)
        case DateRange():
            return _days(node)
        case Flag(name):
            return _FLAGS.get(name, name)
        case Has(name):
            return f"with {_HAS.get(name, name)}"
        case Regex(pattern):
            return f"/{pattern}/"
        case _:
            return ""


def _without(node: Node) -> str:
    said = _say(node)
    if isinstance(node, Text) and not node.field:
        return f"without {said}"
    return f"without {said.removeprefix('with ')}" if isinstance(node, Has) else f"not {said}"


def _text(leaf: Text) -> str:
    words = f"“{leaf.words}{'…' if leaf.prefix else ''}”"
    if not leaf.field:
        return words
    return f"{_NAMED[leaf.field]} {words}" if leaf.field in _NAMED else f"{leaf.field} with {words}"


def _number(leaf: Compare) -> str:
    if leaf.low == leaf.high:
        return f"{leaf.field} {leaf.low}"
    if leaf.low is None:
        return f"{leaf.field} at most {leaf.high}"
    return f"{leaf.field} at least {leaf.low}" + ("" if leaf.high is None else f" and at most {leaf.high}")


def _days(leaf: DateRange) -> str:
    first, last = leaf.first, leaf.last
    if first is not None and last is not None and first.period == last.period:
        return f"{leaf.field} {first.period}"
    said = leaf.field
    if first is not None:
        said += f" {'after' if first.shift else 'since'} {_edge(first)}"
    if last is not None:
        said += f" {'before' if last.shift else 'until'} {_edge(last)}"
    return said


def _edge(edge: Edge) -> str:
    period = edge.period
    if period[-1] not in "dwmy" or not period[:-1].isdigit():
        return period
    count, unit = int(period[:-1]), {"d": "day", "w": "week", "m": "month", "y": "year"}[period[-1]]
    return f"{count} {unit}{'' if count == 1 else 's'} ago"
