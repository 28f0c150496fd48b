"""A document to scroll through: lines of a flow in a centred column, laid out for the width piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from paperstui.documents.blocks import Block
from paperstui.documents.find import Finder, Hit, by_line
from paperstui.documents.flow import LEAST, Flow, Lead, Place
from paperstui.draw.document import column, labelled_line, marked_line
from paperstui.draw.lines import Line, fit, line_width
from paperstui.draw.panes import thumb
from paperstui.text.width import width
from paperstui.tui.widgets.canvas import Canvas

AT_ONCE = 150
"""Blocks that are laid out before the first painting, which takes some milliseconds; the others follow in a thread."""

SLICE = 200

Aside = Callable[[Callable[[], None]], Coroutine[Any, Any, None]]
Work = Callable[[Callable[[], Coroutine[Any, Any, None]], str], None]


class DocumentView(Canvas, can_focus=True):
    """The text and where one is in it.

    aside: runs a function in a thread. work: starts something in the background, and ends what goes by the same name.
    """

    GROUND: ClassVar[str] = "detail"

    class Scrolled(Message):
        """Another part of the text is seen, or more of it is there."""

    class LeadClicked(Message):
        """A link or a citation was clicked."""

        def __init__(self, lead: Lead) -> None:
            self.lead = lead
            super().__init__()

    def __init__(self, aside: Aside, work: Work, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.flow = Flow(80)
        self.top = 0
        self.hits: list[Hit] = []
        self.hit = -1
        self.looking = False
        self.wrapped = 0
        self.pointed = range(0)
        self.labels: dict[int, list[tuple[int, str]]] = {}
        self.whole = False
        self._aside = aside
        self._work = work
        self._blocks: Sequence[Block] = ()
        self._place = Place(0, 0)
        self._words = ""
        self._finder = Finder(self.flow)
        self._start = -1  # the line from which on the first place is to be gone to, when it is known
        self._steps = 0  # to the next place or the one before, asked for while it is still being looked
        self._left = 0
        self._height = 1
        self._marks: dict[int, list[tuple[int, int]]] = {}
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._thumb = range(0)

    # What is shown

    def show(self, blocks: Sequence[Block], place: Place) -> None:
        """Show a document from a place on."""
        self._blocks, self._place = blocks, place
        self.hit = -1
        self._lay()

    @property
    def height(self) -> int:
        """The lines that are seen at once, also while something else is shown in its place."""
        self._height = self.size.height or self._height
        return self._height

    @property
    def last_top(self) -> int:
        """The furthest that can be scrolled."""
        return max(0, len(self.flow.lines) - self.height)

    @property
    def place(self) -> Place:
        """The place in the text that the first visible line begins with."""
        return self._place

    @property
    def percent(self) -> int:
        """How much of the text is above the lower end of what is seen."""
        if not self._blocks or self.flow.blocks == 0:
            return 0
        share = min(1.0, (self.top + self.height) / max(1, len(self.flow.lines)))
        return round(100 * share * self.flow.blocks / len(self._blocks))

    def resized(self) -> None:
        """Another width has other lines; the same sentence stays on top."""
        super().resized()
        if self._blocks and self._widths() != (self.flow.cells, self.flow.wide):
            self._lay()
        self._left = column(self.drawn_size.width)[1]

    def _lay(self) -> None:
        """Lay the text out for the width: as far as it is seen now, and the rest in the background."""
        if not self.size.width:
            return
        self._left = column(self.size.width)[1]
        flow = Flow(*self._widths())
        needed = self._place.block + AT_ONCE
        if len(self._blocks) <= 3 * AT_ONCE or needed <= 3 * AT_ONCE or not self.flow.lines:
            flow.extend(self._blocks[: max(needed, AT_ONCE)])
            self._take(flow)
        self.whole = False
        self._work(partial(self._lay_rest, flow), "lay out")

    def _widths(self) -> tuple[int, int]:
        """The cells of the column, and those up to the right edge."""
        cells, left = column(self.size.width)
        cells = max(LEAST, cells)
        return cells, max(cells, self.size.width - 3 - left)

    def _take(self, flow: Flow) -> None:
        self.flow = flow
        self.top = min(flow.line_of(self._place), max(0, len(flow.lines) - self.height))
        self.pointed, self._marks, self.hits = range(0), {}, []
        self._look_again()
        self._changed()

    async def _lay_rest(self, flow: Flow) -> None:
        blocks, widths = self._blocks, (flow.cells, flow.wide)
        while flow.blocks < len(blocks):
            at = flow.blocks
            await self._aside(partial(flow.extend, blocks[at : at + SLICE]))
            if not self.is_attached or blocks is not self._blocks or widths != self._widths():
                return  # another text or width is laid out by now
            if flow is not self.flow and flow.blocks > self._place.block + AT_ONCE:
                self._take(flow)
            self._changed()
        if flow is not self.flow:
            self._take(flow)
        self.whole = True
        self._look_again()
        self._changed()

    def _changed(self) -> None:
        self._strips.clear()
        self.refresh()
        self.post_message(self.Scrolled())

    # Moving

    def scroll_to(self, top: int, *_: object, **__: object) -> None:  # type: ignore[override]
        """Make a line the first one that is seen."""
        top = max(0, min(top, self.last_top))
        if top != self.top:
            self.top = top
            self._place = self.flow.place(top)
            self.refresh()
            self.post_message(self.Scrolled())

    def go_to(self, line: int) -> None:
        """Bring a line near the top."""
        self.scroll_to(line - min(2, self.height // 4))

    def turn_wheel(self, direction: int) -> None:
        """The wheel scrolls the text."""
        self.scroll_to(self.top + 3 * direction)

    def point(self, line: int) -> None:
        """Bring a line near the top and mark it and what belongs to it, so that the eye finds it; -1 marks nothing."""
        end = line
        while 0 <= end < len(self.flow.lines) and self.flow.same_block(line, end):
            end += 1
        if line >= 0:
            self.go_to(line)
        if self.pointed != range(line, end):
            self.pointed = range(line, end)
            self._strips.clear()
            self.refresh()

    # Finding

    def look_for(self, words: str, start: int | None = None) -> None:
        """Mark all places of some words, and go to the first from a line on (that on top); "" marks none."""
        self._words, self.hit, self._steps, self.wrapped = words, -1, 0, 0
        self._start = self.top if start is None else start
        if words:
            self._look_again()
        else:
            self.hits, self._marks, self.looking = [], {}, False
            self._changed()

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
            self.scroll_to(line - self.height // 3)
        self._changed()

    def _look_again(self) -> None:
        """Look for the words in what is laid out, in a thread: that takes long in a long text."""
        if self._words:
            self.looking = True
            self._work(partial(self._look, self._words), "look")

    async def _look(self, words: str) -> None:
        if self._finder.flow is not self.flow:
            self._finder = Finder(self.flow)
        finder, hits, marks = self._finder, list[Hit](), dict[int, list[tuple[int, int]]]()

        def look() -> None:
            hits.extend(finder.find(words))
            marks.update(by_line(hits))

        await self._aside(look)
        if not self.is_attached or words != self._words or finder.flow is not self.flow:
            return  # something else is looked for by now
        self.hits, self._marks, self.looking = hits, marks, False
        self.hit = self.hit if self.hit < len(hits) else -1
        start, self._start = self._start, -1
        if start >= 0 and hits:
            self.to_hit(next((at for at, hit in enumerate(hits) if hit[0].line >= start), 0))
        by, self._steps = self._steps, 0
        if by:
            self.step(by)
        self._changed()

    # Links

    def leads(self) -> list[Lead]:
        """The links and citations in view; one that goes on in the next line once."""
        seen: list[Lead] = []
        for lead in self.flow.leads:
            if lead.line >= self.top + self.height:
                break
            goes_on = seen and lead.start <= 4 and seen[-1].line == lead.line - 1 and seen[-1][3:] == lead[3:]
            if lead.line >= self.top and not goes_on:
                seen.append(lead)
        return seen

    def label(self, labels: Sequence[tuple[Lead, str]]) -> None:
        """Write labels over links; none takes them away."""
        self.labels = {}
        for lead, text in labels:
            self.labels.setdefault(lead.line, []).append((lead.start, text))
        self._strips.clear()
        self.refresh()

    # Painting

    def forget(self) -> None:
        """Drop what was drawn."""
        super().forget()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        if self._blocks and not self.flow.lines and self.size.width:
            self._lay()
        self.top = max(0, min(self.top, self.last_top))
        self._thumb = thumb(len(self.flow.lines), self.height, self.top)
        return super().render_lines(crop)

    def line_at(self, y: int) -> Strip:
        """A line in its column, with its piece of the scroll bar."""
        index, bar = self.top + y, y in self._thumb
        found = self._strips.get((index, bar))
        if found is None:
            found = self._strips[index, bar] = self._drawn(index, bar=bar)
        return found

    def _drawn(self, index: int, *, bar: bool) -> Strip:
        line: Line = self.flow.lines[index] if index < len(self.flow.lines) else []
        here = 0 <= self.hit < len(self.hits) and any(piece.line == index for piece in self.hits[self.hit])
        if index in self._marks:
            line = marked_line(line, self._marks[index], "match")
        if index in self.labels:
            line = labelled_line(line, self.labels[index])
        room = self.drawn_size.width - 1
        whole: Line = [(" " * self._left, "text"), *line]
        free = room - line_width(whole)
        whole = fit(whole, room) if free < 0 else [*whole, (" " * free, "text")]
        ground = "cursor" if here or index in self.pointed else None
        return self.strip([*whole, ("▐" if bar else " ", "rule")], ground, fitting=True)

    def on_click(self, event: events.Click) -> None:
        """Tell which link was clicked."""
        index = self.top + event.y
        if index >= len(self.flow.lines):
            return
        at, cells = 0, self._left
        for text, _ in self.flow.lines[index]:
            for letter in text:
                cells += width(letter)
                if event.x < cells:
                    for lead in self.flow.leads:
                        if lead.line == index and lead.start <= at < lead.end:
                            self.post_message(self.LeadClicked(lead))
                    return
                at += 1
