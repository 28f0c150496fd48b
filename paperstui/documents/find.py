"""Finding words in lines of text: all places, also those that a line break goes through, between words or within one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from paperstui.text.copied import leading
from paperstui.text.inked import Line, plain
from paperstui.text.width import Onward

MOST = 10_000
"""Places that are found at most."""

_AT_A_TIME = 50_000
_LONGEST = 2_000
"""Characters that are looked through at a time, and those of a place at most."""

_BETWEEN = "[\\s▏↪]+"
_MARKS = "[\u0300-\u036f]*"
_HAS_MARKS = re.compile("[\u0300-\u036f]")


class Piece(NamedTuple):
    """A part of a place on one line: characters of its text."""

    line: int
    start: int
    end: int


Hit = tuple[Piece, ...]


class _Text(NamedTuple):
    """What is looked through: the lines one after the other, with what was broken within a word in one piece again.

    lines: how many there are. starts: where each begins in the whole, and where one after the last would. ends: where each
    ends there. skipped: the characters of each that are not in it, at its beginning. bare: the whole without accents.
    """

    lines: int
    starts: list[int]
    ends: list[int]
    skipped: list[int]
    whole: str
    bare: str


class Finder:
    """Looks through lines. What it needs for that is made once, and again when there are more of them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._text = _Text(-1, [0], [], [], "", "")

    def find(self, words: str) -> list[Hit]:
        """Where some words stand in this order, whatever white space is between them; `MOST` places at most.

        Capitals and accents matter only when there are any in the words: "naive" finds "Naïve", and "L" finds "ℒ".
        """
        wanted = words.split()
        if not wanted:
            return []
        text = self._brought_up()
        exact = bare(words) != words
        source = text.whole if exact else text.bare
        flags = 0 if words != words.lower() else re.IGNORECASE
        loose = not exact and _HAS_MARKS.search(source) is not None
        pattern = re.compile(_BETWEEN.join(_loose(word) if loose else re.escape(word) for word in wanted), flags)
        found: list[Hit] = []
        for start, end in _matches(pattern, source):
            if len(found) >= MOST:
                break
            pieces = _pieces(text, start, end)
            if pieces:
                found.append(pieces)
        return found

    def _brought_up(self) -> _Text:
        count = len(self.lines)
        if self._text.lines != count:
            texts: list[str] = []
            starts, ends, skipped = list[int](), list[int](), list[int]()
            at = 0
            # Line by line: what is one long call keeps all other threads from going on.
            for index in range(count):
                line = self.lines[index]
                text, skip = plain(line), 0
                if _in_one_word(line):
                    skip = leading(line)
                elif index:
                    texts.append("\n")
                    at += 1
                texts.append(text[skip:])
                starts.append(at)
                skipped.append(skip)
                at += len(text) - skip
                ends.append(at)
            starts.append(at + 1)
            self._text = _Text(count, starts, ends, skipped, "".join(texts), "".join(map(bare, texts)))
        return self._text


def find(lines: Sequence[Line], words: str) -> list[Hit]:
    """The places of some words in lines, as a `Finder` has them."""
    return Finder(lines).find(words)


def by_line(hits: Iterable[Hit]) -> dict[int, list[tuple[int, int]]]:
    """The characters of each line that are a part of any place."""
    marks: dict[int, list[tuple[int, int]]] = {}
    for hit in hits:
        for piece in hit:
            marks.setdefault(piece.line, []).append((piece.start, piece.end))
    return marks


def _matches(pattern: re.Pattern[str], source: str) -> Iterator[tuple[int, int]]:
    """Where a pattern is found, looked for in pieces, so that other threads get their turn between them."""
    at = 0
    while at < len(source):
        end = at + _AT_A_TIME
        for match in pattern.finditer(source, at, end + _LONGEST):
            if match.start() >= end:
                break
            yield match.span()
            at = match.end()
        at = max(at, end)


def bare(text: str) -> str:
    """A text, as long as it was, with letters in place of those with accents or of another shape."""
    if text.isascii():
        return text
    return text.translate(_BARE)


class _Bare(dict[int, str]):
    """What stands for a letter, for `str.translate`."""

    def __missing__(self, letter: int) -> str:
        found = self[letter] = _base(chr(letter))
        return found


_BARE = _Bare()


def _base(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return parts[0] if all(unicodedata.combining(part) for part in parts[1:]) else letter


def _loose(word: str) -> str:
    return "".join(re.escape(letter) + _MARKS for letter in word)


def _in_one_word(line: Line) -> bool:
    """Whether a line goes on with what the one above it was broken within."""
    return any(isinstance(text, Onward) and not text.joint for text, _ in line)


def _pieces(text: _Text, begin: int, end: int) -> Hit:
    """A stretch of the whole text, as parts of its lines."""
    pieces: list[Piece] = []
    line = bisect_right(text.starts, begin) - 1
    while line < text.lines and text.starts[line] < end:
        first, skipped = text.starts[line], text.skipped[line]
        start, stop = max(first, begin), min(text.ends[line], end)
        if start == first and not skipped:  # behind a line break: what stands before the text is not a part of it
            while start < stop and text.whole[start] in " ▏↪":
                start += 1
        if stop > start:
            pieces.append(Piece(line, start - first + skipped, stop - first + skipped))
        line += 1
    return tuple(pieces)
