"""How wide text is on a terminal, and fitting it: in cells, never in characters.

The cells are `rich.cells`'s, which is what Textual draws with; the two must agree, or a line is cut in the wrong place.
Its tables are loaded when the first text beyond ASCII is measured, so that a first frame without any does not wait for
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

ELLIPSIS: Final = "…"

_PARTS: Final = re.compile(r"\s+|\S+")
# Scripts written without spaces, where a line may end between any two characters: CJK ideographs, kana, and their
# punctuation. Hangul is as wide, but is written with spaces.
_UNSPACED: Final = re.compile(
    "[\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
)
_NEVER_FIRST: Final = frozenset(
    "、。，．：；！？）］｝〉》」』】〕〗〙〛ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…—,.;:!?)]}’”%"
)
_NEVER_LAST: Final = frozenset("（［｛〈《「『【〔〖〘〚([{‘“$")
_REGIONAL: Final = ("\U0001f1e6", "\U0001f1ff")


class _Grapheme(NamedTuple):
    """One character as a reader sees it, and its cells."""

    text: str
    cells: int


def width(text: str) -> int:
    """How many cells the text takes. Control characters count nothing: clean text has none but the newline."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def truncate(text: str, cells: int) -> str:
    """The text in at most `cells` cells, with an ellipsis inside them if anything was cut; never half a character."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text
    return _head(text, cells - 1).rstrip() + ELLIPSIS


def pad(text: str, cells: int) -> str:
    """The text in exactly `cells` cells: cut like `truncate`, or filled up with spaces."""
    shown = truncate(text, cells)
    return shown + " " * (cells - width(shown))


def wrap(text: str, cells: int) -> list[str]:
    """The text as lines of at most `cells` cells.

    Breaks at white space, which goes at the break and stays everywhere else; between characters in Chinese and
    Japanese; and anywhere in what is wider than a line. Every newline of the text begins a line, an empty line stays
    one. Nothing fits into no cells: then there are no lines.
    """
    if cells <= 0:
        return []
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if len(paragraph) <= cells and width(paragraph) <= cells:
            lines.append(paragraph)
        else:
            lines += _wrapped(paragraph, cells)
    return lines


def _wrapped(paragraph: str, cells: int) -> list[str]:
    """One paragraph that may be wider than a line."""
    lines: list[str] = []
    line, used = "", 0  # the line so far
    blank = ""  # the white space that goes if the line ends here
    for part in _PARTS.findall(paragraph):
        if part.isspace():
            blank += part
            continue
        for piece in _pieces(part):
            size, gap = width(piece), width(blank)
            if used + gap + size <= cells:
                line, used = line + blank + piece, used + gap + size
            else:
                if line:
                    lines.append(line)
                line, used = piece, size
                if size > cells:
                    *full, line = _chopped(piece, cells)
                    lines += full
                    used = width(line)
            blank = ""
    lines.append(line)
    return lines


def _pieces(word: str) -> Iterator[str]:
    """The parts of a word between which a line may end: the whole word, except in scripts without spaces."""
    if word.isascii() or not _UNSPACED.search(word):
        yield word
        return
    piece = ""
    free = False  # whether a line may end behind the piece
    for grapheme in _graphemes(word):
        first = grapheme.text[0]
        unspaced = bool(_UNSPACED.match(first))
        if piece and (free or unspaced) and first not in _NEVER_FIRST and piece[-1] not in _NEVER_LAST:
            yield piece
            piece = ""
        piece += grapheme.text
        free = unspaced
    yield piece


def _chopped(word: str, cells: int) -> list[str]:
    """A word wider than a line in lines as full as they can be; a character wider than a line becomes an ellipsis."""
    lines: list[str] = []
    line, used = "", 0
    for grapheme in _graphemes(word):
        text, size = grapheme if grapheme.cells <= cells else (ELLIPSIS, 1)
        if used + size > cells:
            lines.append(line)
            line, used = "", 0
        line, used = line + text, used + size
    lines.append(line)
    return lines


def _head(text: str, cells: int) -> str:
    """As many whole characters from the start as fit."""
    start = text[: cells + 1]  # with the next character, which may be a mark on the last one
    if start.isascii() and start.isprintable():
        return text[:cells]
    used = end = 0
    for grapheme in _graphemes(text):
        used += grapheme.cells
        if used > cells:
            break
        end += len(grapheme.text)
    return text[:end]


def _graphemes(text: str) -> Iterator[_Grapheme]:
    """The characters as a reader sees them: with their marks, joined emoji, skin colours, and the two letters of a flag."""
    if text.isascii():
        for char in text:
            yield _Grapheme(char, width(char))
        return
    from rich.cells import split_graphemes

    spans, _ = split_graphemes(text)
    held, held_cells = "", 0  # a letter that may be the first half of a flag: Rich takes it for a character of its own
    for start, end, cells in spans:
        part = text[start:end]
        letter = _REGIONAL[0] <= part[0] <= _REGIONAL[1]
        if held and letter:
            yield _Grapheme(held + part, held_cells + cells)
            held = ""
            continue
        if held:
            yield _Grapheme(held, held_cells)
            held = ""
        if letter:
            held, held_cells = part, cells
        else:
            yield _Grapheme(part, cells)
    if held:
        yield _Grapheme(held, held_cells)
