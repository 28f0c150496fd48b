"""Blocks laid out as lines for a width: what a reader of a document scrolls through.

A line is a list of (text, ink) as everywhere else in the program, the inks being names of `paperstui.draw.ink`; widths
are cells. Each line knows its block and where in the block's text it begins, so that a place in the text is found again
after the width changed. Laying out is linear, and may be done piece by piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from paperstui.documents.blocks import Block, Heading, Inside, Item, Quote, words
from paperstui.documents.layout import Laid, block_lines, lead_lines
from paperstui.text.inked import Line, plain

LEAST = 20
"""Cells below which nothing can be laid out sensibly: narrower is laid out like this, and cut by whoever shows it."""


class Place(NamedTuple):
    """A place in a document that does not depend on how it is laid out: a block, and a character of its text."""

    block: int
    offset: int


class Section(NamedTuple):
    """A heading and the line it is on; level 1 is the highest."""

    line: int
    level: int
    title: str
    key: str
    number: str


class Lead(NamedTuple):
    """A piece of a line that leads somewhere: to an address, or to a block of the document by its key.

    start and end are characters of the line's text. A link that is wrapped has a piece on each of its lines.
    """

    line: int
    start: int
    end: int
    address: str
    target: str


class Flow:
    """A document's lines at one width, with where in them what is. It only grows.

    lines: the lines; sections: its headings, in order; leads: its links and citations, in order. wide: cells that a
    table may take which needs more than `cells`. first: the number of the first block that it is given; blocks: that of
    the one after the last.
    """

    def __init__(self, cells: int, wide: int = 0, first: int = 0) -> None:
        self.cells = max(LEAST, cells)
        self.wide = max(self.cells, wide)
        self.first = first
        self.lines: list[Line] = []
        self.sections: list[Section] = []
        self.leads: list[Lead] = []
        self.blocks = first
        self._block_of = array("l")
        self._offset_of = array("l")
        self._first_line = array("l")
        self._keys: dict[str, int] = {}
        self._before: Block | None = None

    def extend(self, blocks: Iterable[Block]) -> None:
        """Lay out further blocks."""
        for block in blocks:
            laid = block_lines(block, self.cells, self.wide)
            if self._before is not None and apart(self._before, block):
                self._line(lead_lines(_common(self._before.inside, block.inside)), 0)
            first = len(self.lines)
            self._first_line.append(first)
            for line, offset in zip(laid.lines, laid.offsets, strict=True):
                self._line(line, offset)
            self._note(block, first, laid)
            self._before = block
            self.blocks += 1

    def _line(self, line: Line, offset: int) -> None:
        index = len(self.lines)
        self.lines.append(line)
        self._block_of.append(self.blocks)
        self._offset_of.append(offset)
        at = 0
        for text, ink in line:
            kind, _, where = ink.partition(":")
            if where and text.strip():
                found = (where, "") if kind == "link" else ("", where)
                self.leads.append(Lead(index, at, at + len(text), *found))
            at += len(text)

    def _note(self, block: Block, first: int, laid: Laid) -> None:
        if isinstance(block, Heading):
            self.sections.append(Section(first, block.level, " ".join(words(block).split()), block.key, block.number))
        key = getattr(block, "key", "")
        if key and laid.lines:
            self._keys.setdefault(key, first)

    def place(self, line: int) -> Place:
        """The place in the text that a line begins with; the last one for lines behind the end."""
        if not self.lines:
            return Place(self.first, 0)
        line = max(0, min(line, len(self.lines) - 1))
        return Place(self._block_of[line], self._offset_of[line])

    def line_of(self, place: Place) -> int:
        """The line that holds a place; the nearest there is for one that does not exist here."""
        if not self.lines or place.block < self.first:
            return 0
        if place.block >= self.blocks:
            return len(self.lines) - 1
        line = self._first_line[place.block - self.first]
        while (
            line + 1 < len(self.lines)
            and self._block_of[line + 1] == place.block
            and self._offset_of[line + 1] <= place.offset
        ):
            line += 1
        return min(line, len(self.lines) - 1)

    def line_of_key(self, key: str) -> int | None:
        """The line at which the block with a key begins, or None."""
        return self._keys.get(key)

    def section_at(self, line: int) -> int:
        """The index of the section a line is in; -1 before the first."""
        low, high = 0, len(self.sections)
        while low < high:
            middle = (low + high) // 2
            if self.sections[middle].line <= line:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def same_block(self, line: int, other: int) -> bool:
        """Whether two lines are of one block."""
        return self._block_of[line] == self._block_of[other]

    def text(self, line: int) -> str:
        """The plain text of a line."""
        return plain(self.lines[line])


def flow(blocks: Iterable[Block], cells: int) -> Flow:
    """A document laid out for a width in cells."""
    made = Flow(cells)
    made.extend(blocks)
    return made


def apart(before: Block, block: Block) -> bool:
    """Whether an empty line stands between two blocks."""
    if type(before) is type(block) and type(block).__name__ in ("Footnote", "Reference"):
        return False
    inner = block.inside[-1] if block.inside else None
    if isinstance(inner, Item) and inner.tight:
        return not any(isinstance(one, Item) for one in before.inside)
    return True


def _common(before: Inside, after: Inside) -> Inside:
    """What both of two neighbours are inside of, as far as quotations go: the bar goes on between them."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if isinstance(one, Quote) != isinstance(other, Quote):
            break
        count += 1
        if isinstance(other, Item) and other.first:
            break
    common = after[:count]
    while common and not isinstance(common[-1], Quote):
        common = common[:-1]
    return tuple(one._replace(first=False) if isinstance(one, Item) else one for one in common)
