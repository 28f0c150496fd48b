"""JSON as text: two spaces a level, UTF-8, and nothing in it that a terminal would obey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

# What a terminal would obey although JSON allows it in a string: DEL, C1, and the controls of direction and width.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_WIDE = re.compile(r"[^\x00-\x7f]")


def document(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """One JSON document, with a newline at its end."""
    return _written(value) + "\n"


def array(values: Iterable[Any]) -> Iterator[str]:
    """A document that is an array, piece by piece, so that no more than one of its values is held."""
    begun = False
    for value in values:
        # A newline in a string is written as "\n", so every other one begins a line of the text.
        written = _written(value).replace("\n", "\n  ")
        yield f"{',' if begun else '['}\n  {written}"
        begun = True
    yield "\n]\n" if begun else "[]\n"


def in_ascii(text: str) -> str:
    """The same document in ASCII. Beyond it there is nothing but strings in a document."""
    return _WIDE.sub(lambda found: _escaped(found[0]), text)


def _written(value: Any) -> str:  # noqa: ANN401 - any JSON value
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return _UNSEEN.sub(lambda found: _escaped(found[0]), text)


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
