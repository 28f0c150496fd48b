"""Showing where in a query something makes no sense: the query, and a line that points at the place."""

from __future__ import annotations

from paperstui.commands.output import terminal_columns
from paperstui.text.width import width

INDENT = "  "
_BEFORE = 24
_MORE = "…"


def pointed(text: str, start: int, end: int) -> list[str]:
    """Two lines: the query, or what of it a line holds, and a `^` under every cell of text[start:end]."""
    room = max(20, terminal_columns() - len(INDENT) - 1)
    shown = "".join(character if character.isprintable() else " " for character in text)
    first = 0
    if width(shown[:end]) > room:
        first = max(0, start - _BEFORE)
    before = (_MORE if first else "") + shown[first:start]
    place = _fitting(shown[start:end], room - width(before))
    rest = _fitting(shown[end:], room - width(before + place)) if place == shown[start:end] else ""
    carets = "^" * max(1, width(place))
    return [f"{INDENT}{before}{place}{rest}".rstrip(), f"{INDENT}{' ' * width(before)}{carets}"]


def _fitting(text: str, room: int) -> str:
    """As much of the text as the room takes, with a sign that there is more."""
    if width(text) <= room:
        return text
    while text and width(text) >= room:
        text = text[: min(len(text) - 1, max(room - 1, 0))]
    return text + _MORE
