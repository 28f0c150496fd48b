"""Text to scroll through, with a scroll bar: what is seen of it, what is found in it, and how it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.strip import Strip

from paperstui.draw.lines import Line
from paperstui.draw.panes import thumb
from paperstui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from paperstui.documents.find import Finder, Hit

    Found = tuple[list[Hit], dict[int, list[tuple[int, int]]]]
    """Places of words, and where in each line a part of one begins and ends."""


class LinesView(Canvas, can_focus=True):
    """Lines that are scrolled and looked through. A subclass says which, and what is around them."""

    GROUND: ClassVar[str] = "detail"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.top = 0
        self.hits: list[Hit] = []
        self.hit = -1
        self.looking = False
        self.wrapped = 0
        self._phrases: tuple[str, ...] = ()
        self._looked_in: Sequence[Line] = ()
        self._start = -1  # the line from which on the first place is to be gone to, when it is known
        self._steps = 0  # to the next place or the one before, asked for while it is still being looked
        self._marks: dict[int, list[tuple[int, int]]] = {}
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._thumb = range(0)
        self._focused = False
        self._known: Sequence[Line] = ()

    # What a subclass says

    @property
    def lines(self) -> Sequence[Line]:
        """The lines for the width there is."""
        raise NotImplementedError

    @property
    def before(self) -> int:
        """The cells that stand on the left of a line."""
        raise NotImplementedError

    @property
    def above(self) -> int:
        """The rows that stand above the text."""
        return 0

    @property
    def height(self) -> int:
        """The lines that are seen at once."""
        return max(1, self.size.height - self.above)

    @property
    def last_top(self) -> int:
        """The furthest that can be scrolled."""
        return max(0, len(self.lines) - self.height)

    def index_at(self, row: int) -> int:
        """The line that stands in a row of the text."""
        return self.top + row

    def framed(self, index: int, line: Line, *, bar: bool) -> Line:
        """A line with what stands beside it, exactly as wide as the widget; -1 is what stands above all lines."""
        raise NotImplementedError

    def scrolled(self) -> None:
        """Another part of the text is seen."""

    # Moving

    def scroll_to_line(self, line: int) -> None:
        """Scroll so that a line is the first one."""
        top = max(0, min(line, self.last_top))
        if top != self.top:
            self.top = top
            self.refresh()
            self.scrolled()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by a number of lines."""
        self.scroll_to_line(self.top + lines)

    def turn_wheel(self, direction: int) -> None:
        """The wheel scrolls the text."""
        self.scroll_lines(3 * direction)

    # Finding

    def look_for(self, *phrases: str, start: int | None = None) -> None:
        """Mark all places of some words, and go to the first from a line on (that on top); none marks nothing."""
        self._phrases, self.hit, self.wrapped, self._steps = tuple(filter(str.strip, phrases)), -1, 0, 0
        self._start = self.top if start is None else start
        if self._phrases:
            self.look_again()
        else:
            self.looking = False
            self.take_found(([], {}))

    def look_again(self) -> None:
        """The lines are others, or more: look for the same words in them."""
        from paperstui.documents.find import Finder

        if self._phrases:
            self._looked_in = self.lines
            self.take_found(self.found(Finder(self._looked_in), self._phrases))

    @staticmethod
    def found(finder: Finder, phrases: Sequence[str]) -> Found:
        """All places of some words, and where they are line by line; this may be done in a thread."""
        from paperstui.documents.find import by_line

        hits = sorted(hit for phrase in phrases for hit in finder.find(phrase))
        return hits, by_line(hits)

    def take_found(self, found: Found) -> None:
        """Mark what was found, and go to the first place or on from it, if that was asked for."""
        self.hits, self._marks = found
        self.looking = False
        self.hit = self.hit if self.hit < len(self.hits) else -1
        start, self._start = self._start, -1
        if start >= 0 and self.hits:
            self.to_hit(next((at for at, hit in enumerate(self.hits) if hit[0].line >= start), 0))
        by, self._steps = self._steps, 0
        if by:
            self.step(by)
        self.redraw()
        self.found_others()

    def found_others(self) -> None:
        """There are other places, or another is gone to."""

    def step(self, by: int) -> None:
        """Go to the place after this one or before it, counted round: `wrapped` tells which way it went round."""
        if self.looking:
            self._steps += by
        elif self.hits:
            number = self.hit + by
            self.wrapped = 0 if 0 <= number < len(self.hits) else 1 if number > 0 else -1
            self.to_hit(number)

    def to_hit(self, number: int) -> None:
        """Go to one of the places, counted round."""
        if not self.hits:
            return
        self.hit = number % len(self.hits)
        line = self.hits[self.hit][0].line
        if not self.top <= line < self.top + self.height - 1:
            self.scroll_to_line(line - self.height // 3)
        self.redraw()
        self.found_others()

    # Painting

    def redraw(self) -> None:
        """Draw anew what is on the lines, and paint it."""
        self._strips.clear()
        self.refresh()

    def forget(self) -> None:
        """Drop what was drawn."""
        super().forget()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region; the last one never stands above the end of the view."""
        lines = self.met()
        height, last_top = self.height, self.last_top
        self.top = max(0, min(self.top, last_top))
        self._thumb = thumb(max(len(lines), last_top + height), height, self.top)
        self._focused = self.has_focus
        return super().render_lines(crop)

    def met(self) -> Sequence[Line]:
        """The lines; those that are others than before are looked through again."""
        lines = self.lines
        if lines is not self._known:
            self._known = lines
            if self._phrases and self._looked_in is not lines:
                self.look_again()
        return lines

    def line_at(self, y: int) -> Strip:
        """What stands in a row of the widget."""
        row = y - self.above
        index, bar = self.index_at(row) if row >= 0 else -1, row in self._thumb
        key = (index, bar, self._focused)
        found = self._strips.get(key)
        if found is None:
            found = self._strips[key] = self.strip(
                self.framed(index, self.marked(index), bar=bar),
                "cursor" if self.stands_out(index) else None,
                fitting=True,
            )
        return found

    def stands_out(self, index: int) -> bool:
        """Whether a line holds the place that one is at."""
        return 0 <= self.hit < len(self.hits) and any(piece.line == index for piece in self.hits[self.hit])

    def marked(self, index: int) -> Line:
        """A line with what is found in it."""
        line: Line = self._known[index] if 0 <= index < len(self._known) else []
        if index not in self._marks:
            return line
        from paperstui.draw.document import marked_line

        return marked_line(line, self._marks[index], "match")
