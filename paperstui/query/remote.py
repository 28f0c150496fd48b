"""What of a query another search can be asked, and what is left to be looked for among its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from paperstui.query.fields import field_named
from paperstui.query.lexer import Kind, Token, tokenise


class Remote(NamedTuple):
    """A query in two parts: the words that are sent, and the query that their answer goes through afterwards.

    unsent: words that are too many to be sent, and are not looked for in the answer either.
    """

    words: str
    rest: str
    unsent: str = ""


def remote(text: str) -> Remote:
    """Part a query.

    Words are sent, and words in a text field (`title:x`) as well, which are also looked for in the answer. What
    another search knows nothing of is only looked for in the answer: states, numbers, days, what is not wanted, an order.
    """
    tokens = tokenise(text)
    words: list[str] = []
    rest: list[str] = []
    for clause in _clauses(tokens):
        words += _words(clause)
        if any(token.kind in (Kind.NOT, Kind.FIELD, Kind.UNKNOWN, Kind.REGEX) for token in clause):
            rest.append(text[clause[0].start : clause[-1].end])
    return Remote(" ".join(" ".join(words).split()), " ".join(rest))


def _clauses(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The parts of a query all of which a paper has to meet."""
    found: list[Sequence[Token]] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind in (Kind.AND, Kind.OR, Kind.CLOSE):
            at += 1
            continue
        end = _end(tokens, at)
        while end + 1 < len(tokens) and tokens[end].kind is Kind.OR:
            end = _end(tokens, end + 1)
        found.append(tokens[at:end])
        at = end
    return found


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where a term ends: a word or a group with the field and the minus before it."""
    while at < len(tokens) and tokens[at].kind in (Kind.NOT, Kind.FIELD, Kind.UNKNOWN):
        at += 1
    depth = 0
    while at < len(tokens):
        depth += (tokens[at].kind is Kind.OPEN) - (tokens[at].kind is Kind.CLOSE)
        at += 1
        if depth <= 0:
            break
    return at


def _words(tokens: Sequence[Token]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind is Kind.NOT or (token.kind in (Kind.FIELD, Kind.UNKNOWN) and not _sent(token)):
            at = max(at + 1, _end(tokens, at))
            continue
        if token.kind in (Kind.WORD, Kind.PHRASE):
            found.append(token.text)
        at += 1
    return found


def _sent(token: Token) -> bool:
    field = field_named(token.text)
    return field is not None and (field.kind == "text" or field.name == "id")
