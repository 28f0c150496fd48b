"""What is selected of lines with the mouse: two places between characters, in the text and not on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from paperstui.draw.lines import Line, plain
from paperstui.text.copied import copied, cut, goes_on, leading, word_around
from paperstui.text.width import Broken, is_narrow, width


class Spot(NamedTuple):
    """A character of a line, as the mouse points to it; behind the end of the line its start is its end."""

    line: int
    start: int
    end: int


class Selection(NamedTuple):
    """From a character of a line up to one of the same or a later line, which is not a part of it."""

    line: int
    start: int
    last: int
    end: int

    def on(self, index: int, line: Line) -> tuple[int, int]:
        """The characters of a line that are selected; what only stands before its text is not marked."""
        size = len(plain(line))
        if not self.line <= index <= self.last:
            return 0, 0
        start = self.start if index == self.line else 0
        return max(start, leading(line)), min(self.end, size) if index == self.last else size

    def text(self, lines: Sequence[Line]) -> str:
        """What is selected, as it is copied."""
        pieces: list[Line] = []
        for index in range(self.line, min(self.last + 1, len(lines))):
            line = lines[index]
            start = self.start if index == self.line else 0
            pieces.append(cut(line, start, self.end if index == self.last else len(plain(line))))
        return copied(pieces)


def between(one: Spot, other: Spot) -> Selection:
    """From one character to another, both included."""
    first, last = sorted((one, other))
    return Selection(first.line, first.start, last.line, last.end)


def spot_at(lines: Sequence[Line], index: int, cells: int) -> Spot:
    """The character that stands so many cells from the beginning of a line; the nearest where there is none."""
    if not lines or index < 0:
        return Spot(0, 0, 0)
    if index >= len(lines):
        end = len(plain(lines[-1]))
        return Spot(len(lines) - 1, end, end)
    text = plain(lines[index])
    if cells < 0:
        return Spot(index, 0, 0)
    if is_narrow(text):
        return Spot(index, min(cells, len(text)), min(cells + 1, len(text)))
    from paperstui.text.wide import graphemes

    at = used = 0
    for letter in graphemes(text):
        used += letter.cells
        if cells < used:
            return Spot(index, at, at + len(letter.text))
        at += len(letter.text)
    return Spot(index, at, at)


def cells_before(line: Line, at: int) -> int:
    """The cells that the characters of a line before a place take."""
    return width(plain(line)[:at])


def word_at(lines: Sequence[Line], spot: Spot) -> Selection | None:
    """The word that a character is of, also when it is broken into several lines."""
    if spot.line >= len(lines) or spot.start >= spot.end:
        return None
    first = last = spot.line
    while first and _is_broken(lines[first]):
        first -= 1
    while last + 1 < len(lines) and _is_broken(lines[last + 1]):
        last += 1
    places = [
        (index, at) for index in range(first, last + 1) for at in range(leading(lines[index]), len(plain(lines[index])))
    ]
    here = (spot.line, spot.start)
    if here not in places:
        return None
    start, end = word_around("".join(plain(lines[index])[at] for index, at in places), places.index(here))
    if start == end:
        return None
    (line, begin), (until, final) = places[start], places[end - 1]
    return Selection(line, begin, until, final + 1)


def _is_broken(line: Line) -> bool:
    """Whether a line goes on with what the one above it was broken within."""
    return any(isinstance(text, Broken) for text, _ in line)


def paragraph_at(lines: Sequence[Line], index: int) -> Selection | None:
    """The paragraph or the row of a table that a line is of."""
    if not 0 <= index < len(lines) or not plain(lines[index]).strip():
        return None
    first = last = index
    while first and goes_on(lines[first]):
        first -= 1
    while last + 1 < len(lines) and goes_on(lines[last + 1]):
        last += 1
    return Selection(first, 0, last, len(plain(lines[last])))
