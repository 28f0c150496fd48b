"""The order as part of a query's text: `sort:…` is the one way to say it, so a key press writes it there."""

from __future__ import annotations

from paperstui.query.fields import SORTS, choice_named, field_named
from paperstui.query.lexer import Kind, Token, tokenise
from paperstui.query.parser import parse
from paperstui.query.tree import Sort


def sort_of(text: str) -> Sort | None:
    """The first sort key that a query names."""
    return next(iter(parse(text).sort), None)


def with_sort(text: str, sort: Sort | None) -> str:
    """The query with this order in place of whatever it says about that; None leaves the order to the view.

    Everything else of the text stays as it was typed, but for white space around what is taken out.
    """
    kept, at = "", 0
    for start, end in _sorts(tokenise(text)):
        kept = _joined(kept, text[at:start])
        at = end
    kept = _joined(kept, text[at:]) if at else text.strip()
    if sort is None:
        return kept
    said = f"sort:{'-' if sort.reverse else ''}{sort.key}"
    # In front, so that the last word stays the last one, which finds longer ones while it is typed.
    front = _joined(said, kept)
    return front if parse(front).sort == (sort,) else _joined(kept, said)


def ready(text: str) -> str:
    """The text with room behind it for another word, where one would become part of the order."""
    sorts = _sorts(tokenise(text))
    return f"{text} " if sorts and sorts[-1][1] == len(text) else text


def _joined(before: str, after: str) -> str:
    before, after = before.rstrip(), after.strip()
    return f"{before} {after}" if before and after else before or after


def _sorts(tokens: list[Token]) -> list[tuple[int, int]]:
    """Where a query says something about the order, from the first to the last place."""
    found = []
    depth = 0
    for index, token in enumerate(tokens):
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        field = field_named(token.text) if token.kind is Kind.FIELD else None
        if field is None or field.kind != "sort":
            continue
        first = index
        while first and tokens[first - 1].kind is Kind.NOT and tokens[first - 1].end == tokens[first].start:
            first -= 1
        behind = index + 1
        while not depth and behind < len(tokens) and tokens[behind].kind is Kind.CLOSE:
            behind += 1  # it closes nothing, and the parser takes no notice of it
        value = tokens[behind] if behind < len(tokens) else None
        if value and value.kind is Kind.OPEN and value.start == token.end:
            found.append((tokens[first].start, _group_end(tokens, behind)))
            continue
        if value and behind > index + 1 and choice_named(SORTS, value.text.removeprefix("-")):
            found.append((tokens[first].start, value.end))
            continue
        found.append((tokens[first].start, value.end if value and _is_value(token, value) else token.end))
    return found


def _group_end(tokens: list[Token], opening: int) -> int:
    """The place behind the parenthesis that closes one, or behind the last token where none does."""
    depth = 0
    for token in tokens[opening:]:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if not depth:
            return token.end
    return tokens[-1].end


def _is_value(field: Token, value: Token) -> bool:
    """Whether a token belongs to the field before it: directly behind the colon anything does."""
    if value.kind is Kind.WORD and field.apart:
        return choice_named(SORTS, value.text.removeprefix("-")) is not None
    return value.start == field.end and value.kind in (Kind.WORD, Kind.PHRASE)
