"""Fitting text of any script: wide characters, joined and marked ones, scripts without spaces.

`paperstui.text.width` is the door to it, and does without for text that is only narrow letters, which is nearly all.
"""

from __future__ import annotations

from itertools import groupby

from paperstui.text.width import ELLIPSIS, Broken, Onward, is_double, simple_width, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final, NamedTuple
else:
    from paperstui.light import NamedTuple

# Scripts written without spaces, where a line may end between any two characters: CJK ideographs, kana, and their
# punctuation. Hangul is as wide, but is written with spaces.
_UNSPACED: Final = (
    ("\u2e80", "\u312f"), ("\u31a0", "\ua4cf"), ("\uf900", "\ufaff"), ("\ufe30", "\ufe4f"), ("\uff01", "\uff9f"),
    ("\U0001b000", "\U0001b2ff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
_NEVER_FIRST: Final = frozenset(
    "、。，．：；！？）］｝〉》」』】〕〗〙〛ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…—,.;:!?)]}’”%"
)
_NEVER_LAST: Final = frozenset("（［｛〈《「『【〔〖〘〚([{‘“$")
_REGIONAL: Final = ("\U0001f1e6", "\U0001f1ff")


class Grapheme(NamedTuple):
    """One character as a reader sees it, and its cells."""

    text: str
    cells: int


def wrapped(paragraph: str, cells: int) -> list[str]:
    """One paragraph, which may be wider than a line, as `paperstui.text.width.wrap` breaks it."""
    lines: list[str] = []
    kind: type[str] = str  # what the line is to the one before
    line, used = "", 0  # the line so far
    blank = ""  # the white space that goes if the line ends here
    for is_blank, letters in groupby(paragraph, str.isspace):
        part = "".join(letters)
        if is_blank:
            blank += part
            continue
        for piece in _pieces(part):
            size, gap = width(piece), width(blank)
            if used + gap + size <= cells:
                line, used = line + blank + piece, used + gap + size
            else:
                if line:
                    lines.append(kind(line))
                    kind = Onward if blank else Broken
                line, used = piece, size
                if size > cells:
                    *full, line = _chopped(piece, cells)
                    for text in full:
                        lines.append(kind(text))
                        kind = Broken
                    used = width(line)
            blank = ""
    lines.append(kind(line))
    return lines


def _pieces(word: str) -> Iterator[str]:
    """The parts of a word between which a line may end: the whole word, except in scripts without spaces."""
    if word.isascii() or not any(map(_is_unspaced, word)):
        yield word
        return
    piece = ""
    free = False  # whether a line may end behind the piece
    for grapheme in graphemes(word):
        first = grapheme.text[0]
        unspaced = _is_unspaced(first)
        if piece and (free or unspaced) and first not in _NEVER_FIRST and piece[-1] not in _NEVER_LAST:
            yield piece
            piece = ""
        piece += grapheme.text
        free = unspaced
    yield piece


def _is_unspaced(letter: str) -> bool:
    return letter >= _UNSPACED[0][0] and any(first <= letter <= last for first, last in _UNSPACED)


def _chopped(word: str, cells: int) -> list[str]:
    """A word wider than a line in lines as full as they can be; a character wider than a line becomes an ellipsis."""
    lines: list[str] = []
    line, used = "", 0
    for grapheme in graphemes(word):
        text, size = grapheme if grapheme.cells <= cells else (ELLIPSIS, 1)
        if used + size > cells:
            lines.append(line)
            line, used = "", 0
        line, used = line + text, used + size
    lines.append(line)
    return lines


def head(text: str, cells: int) -> str:
    """As many whole characters from the start as fit."""
    used = end = 0
    for grapheme in graphemes(text):
        used += grapheme.cells
        if used > cells:
            break
        end += len(grapheme.text)
    return text[:end]


def graphemes(text: str) -> Iterator[Grapheme]:
    """The characters as a reader sees them: with their marks, joined emoji, skin colours, and the two letters of a flag."""
    if simple_width(text) >= 0:
        for char in text:
            yield Grapheme(char, 2 if is_double(char) else 1)
        return
    from rich.cells import split_graphemes

    spans, _ = split_graphemes(text)
    held, held_cells = "", 0  # a letter that may be the first half of a flag: Rich takes it for a character of its own
    for start, end, cells in spans:
        part = text[start:end]
        letter = _REGIONAL[0] <= part[0] <= _REGIONAL[1]
        if held and letter:
            yield Grapheme(held + part, held_cells + cells)
            held = ""
            continue
        if held:
            yield Grapheme(held, held_cells)
            held = ""
        if letter:
            held, held_cells = part, cells
        else:
            yield Grapheme(part, cells)
    if held:
        yield Grapheme(held, held_cells)
