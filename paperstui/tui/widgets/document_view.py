"""A document to scroll through: lines of a flow in a centred column, laid out for the width piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from paperstui.documents.blocks import Block, size
from paperstui.documents.find import Finder
from paperstui.documents.flow import LEAST, Flow, Lead, Place
from paperstui.draw.document import column, labelled_line
from paperstui.draw.lines import Line, fit, line_width
from paperstui.tui.widgets.flow_view import Aside, FlowView, Work
from paperstui.tui.widgets.selection import Spot

if TYPE_CHECKING:
    from paperstui.tui.widgets.lines_view import Found

ABOVE = 20
"""Blocks above the place in the text that are laid out before the first painting, if it is not near the beginning."""

MOST_AT_ONCE = 40_000
"""Characters that are laid out before a painting, which takes some milliseconds; the others follow in a thread."""

SLICE = 150


class DocumentView(FlowView):
    """The text and where one is in it.

    What another text, width or word has made stale ends by itself: a task that is cancelled, or that is given a text, keeps
    it until the next search for garbage.
    """

    class Scrolled(Message):
        """Another part of the text is seen, or more of it is there."""

    class LeadClicked(Message):
        """A link or a citation was clicked."""

        def __init__(self, lead: Lead) -> None:
            self.lead = lead
            super().__init__()

    def __init__(self, aside: Aside, work: Work, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(aside, work, id=id)
        self.pointed = range(0)
        self.labels: dict[int, list[tuple[int, str]]] = {}
        self._place = Place(0, 0)
        self._coming = self.flow  # the one that is being laid out
        self._finder = Finder(self.flow.lines)
        self._hit = -1  # the one that was gone to in another width, until all is laid out in this one
        self._left = 0
        self._height = 1

    # What is shown

    def show(self, blocks: Sequence[Block], place: Place) -> None:
        """Show a document from a place on."""
        self._blocks, self._place = blocks, place
        self.hit = self._hit = -1
        self._lay()

    def let_go(self) -> None:
        """Nothing is shown any more: what there was is not to wait for a search for garbage."""
        self.forget_selected()
        self._blocks, self.hits, self._marks, self.labels = (), [], {}, {}
        self.flow = self._coming = Flow(80)
        self._finder, self._known, self._looked_in = Finder(self.flow.lines), (), ()
        self._strips.clear()

    @property
    def lines(self) -> Sequence[Line]:
        """The lines that are laid out."""
        return self.flow.lines

    @property
    def before(self) -> int:
        """What is free on the left of the column."""
        return self._left

    @property
    def height(self) -> int:
        """The lines that are seen at once, also while something else is shown in its place."""
        self._height = self.size.height or self._height
        return self._height

    @property
    def place(self) -> Place:
        """The place in the text that the first visible line begins with."""
        return self._place

    @property
    def percent(self) -> int:
        """How much of the text is above the lower end of what is seen."""
        if not self._blocks or self.flow.blocks == 0:
            return 0
        flow = self.flow
        share = min(1.0, (self.top + self.height) / max(1, len(flow.lines)))
        return round(100 * (flow.first + share * (flow.blocks - flow.first)) / len(self._blocks))

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
        self.whole = False
        near = self._near()
        if near is not None:
            self._take(near)
        self._coming = near if near is not None and not near.first else Flow(*self._widths())
        self._work(self._lay_rest)

    def _near(self) -> Flow | None:
        """The text around the place, two screens of it; None when that alone takes long."""
        at, blocks = self._place.block, self._blocks
        if at >= len(blocks) or size(blocks[at]) > MOST_AT_ONCE:
            return None
        first = 0 if at <= 3 * ABOVE else at - ABOVE
        if sum(map(size, blocks[first:at])) > MOST_AT_ONCE:
            first = at
        flow, laid = Flow(*self._widths(), first), 0
        for block in blocks[first:]:
            laid += size(block)
            if flow.blocks > at and (
                laid > MOST_AT_ONCE or len(flow.lines) > flow.line_of(self._place) + 2 * self.height
            ):
                break
            flow.extend((block,))
        return flow

    def _widths(self) -> tuple[int, int]:
        """The cells of the column, and those up to the right edge."""
        cells, left = column(self.size.width)
        cells = max(LEAST, cells)
        return cells, max(cells, self.size.width - 3 - left)

    def _take(self, flow: Flow) -> None:
        before, self.flow = self.flow, flow
        self.relaid(before)
        self.top = min(flow.line_of(self._place), max(0, len(flow.lines) - self.height))
        self.pointed, self._marks, self.hits = range(0), {}, []
        self._hit, self.hit = max(self.hit, self._hit), -1
        self.look_again()
        self._changed()

    async def _lay_rest(self) -> None:
        blocks, flow = self._blocks, self._coming
        while flow.blocks < len(blocks):
            at = flow.blocks
            await self._aside(partial(flow.extend, blocks[at : at + SLICE]))
            if not self.is_attached or flow is not self._coming:
                return  # another text or width is laid out by now
            if flow is not self.flow and flow.line_of(self._place) + 2 * self.height < len(flow.lines):
                self._take(flow)
            self._changed()
        if flow is not self.flow:
            self._take(flow)
        self.whole = True
        self.relaid(flow)
        self.look_again()
        self._changed()

    def _changed(self) -> None:
        self.redraw()
        self.post_message(self.Scrolled())

    # Moving

    def scroll_to(self, top: int, *_: object, **__: object) -> None:  # type: ignore[override]
        """Make a line the first one that is seen."""
        self.scroll_to_line(top)

    def scrolled(self) -> None:
        """Remember the place, and tell."""
        self._place = self.flow.place(self.top)
        self.post_message(self.Scrolled())

    def go(self, place: Place) -> None:
        """Make the line with a place in the text the first one, also where nothing is laid out yet."""
        if self.whole or self.flow.first <= place.block < self.flow.blocks:
            self.scroll_to(self.flow.line_of(place))
        else:
            self._place = place
            near = self._near()
            if near is not None:
                self._take(near)

    @property
    def end(self) -> Place:
        """The place of what is seen at the end of the text."""
        return self.flow.place(self.last_top) if self.whole else Place(max(0, len(self._blocks) - 1), 0)

    def go_to(self, line: int) -> None:
        """Bring a line near the top."""
        self.scroll_to(line - min(2, self.height // 4))

    def point(self, line: int) -> None:
        """Bring a line near the top and mark it and what belongs to it, so that the eye finds it; -1 marks nothing."""
        end = line
        while 0 <= end < len(self.flow.lines) and self.flow.same_block(line, end):
            end += 1
        if line >= 0:
            self.go_to(line)
        if self.pointed != range(line, end):
            self.pointed = range(line, end)
            self.redraw()

    # Finding

    def look_again(self) -> None:
        """Look for the words in what is laid out, in a thread: that takes long in a long text."""
        if self._phrases:
            self.looking = True
            self._work(self._look)

    async def _look(self) -> None:
        if self._finder.lines is not self.flow.lines:
            self._finder = Finder(self.flow.lines)
        finder, phrases = self._finder, self._phrases
        found: list[Found] = []

        def look() -> None:
            if phrases == self._phrases and finder.lines is self.flow.lines:
                found.append(self.found(finder, phrases))

        await self._aside(look)
        if found and self.is_attached and phrases == self._phrases and finder.lines is self.flow.lines:
            self.take_found(found[0])

    def take_found(self, found: Found) -> None:
        """Mark what was found; in another width one is at the same place of it."""
        if self.whole:
            self.hit, self._hit = max(self.hit, self._hit), -1
        super().take_found(found)

    def look_for(self, *phrases: str, start: int | None = None) -> None:
        """Mark all places of some words, and go to the first."""
        self._hit = -1
        super().look_for(*phrases, start=start)

    def found_others(self) -> None:
        """Tell that there are other places, or another is gone to."""
        self.post_message(self.Scrolled())

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
        self.redraw()

    def _tell_clicked(self, spot: Spot) -> None:
        for lead in self.flow.leads:
            if lead.line == spot.line and lead.start <= spot.start < lead.end:
                self.post_message(self.LeadClicked(lead))
                return

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        if self._blocks and not self.flow.lines and self.size.width:
            self._lay()
        return super().render_lines(crop)

    def marked(self, index: int) -> Line:
        """A line with what is found in it, and with the letters of its links."""
        line = super().marked(index)
        return labelled_line(line, self.labels[index]) if index in self.labels else line

    def stands_out(self, index: int) -> bool:
        """Whether a line is pointed at."""
        return index in self.pointed or super().stands_out(index)

    def framed(self, index: int, line: Line, *, bar: bool) -> Line:
        """A line in its column, with its piece of the scroll bar."""
        del index
        room = self.drawn_size.width - 1
        whole: Line = [(" " * self._left, "text"), *line]
        free = room - line_width(whole)
        whole = fit(whole, room) if free < 0 else [*whole, (" " * free, "text")]
        return [*whole, ("▐" if bar else " ", "rule")]
