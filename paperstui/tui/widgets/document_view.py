"""A document to scroll through: lines of a flow in a centred column, laid out for the width piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from paperstui.documents.blocks import Block
from paperstui.documents.find import Finder
from paperstui.documents.flow import LEAST, Flow, Lead, Place
from paperstui.draw.document import column, labelled_line
from paperstui.draw.lines import Line, fit, line_width
from paperstui.text.copied import leading
from paperstui.tui.widgets.selection import Selection, Spot
from paperstui.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from paperstui.tui.widgets.lines_view import Found

AT_ONCE = 150
"""Blocks that are laid out before the first painting, which takes some milliseconds; the others follow in a thread."""

SLICE = 200

Aside = Callable[[Callable[[], None]], Coroutine[Any, Any, None]]
Work = Callable[[Callable[[], Coroutine[Any, Any, None]], str], None]


class DocumentView(TextView):
    """The text and where one is in it.

    aside: runs a function in a thread. work: starts something in the background, and ends what goes by the same name.
    """

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
        self.pointed = range(0)
        self.labels: dict[int, list[tuple[int, str]]] = {}
        self.whole = False
        self._aside = aside
        self._work = work
        self._blocks: Sequence[Block] = ()
        self._place = Place(0, 0)
        self._finder = Finder(self.flow.lines)
        self._left = 0
        self._height = 1

    # What is shown

    def show(self, blocks: Sequence[Block], place: Place) -> None:
        """Show a document from a place on."""
        self._blocks, self._place = blocks, place
        self.hit = -1
        self._lay()

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
        if self.selection is not None:
            self.selection = _elsewhere(self.selection, self.flow, flow)
        self.flow = flow
        self.top = min(flow.line_of(self._place), max(0, len(flow.lines) - self.height))
        self.pointed, self._marks, self.hits = range(0), {}, []
        self.look_again()
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
            self._work(partial(self._look, self._phrases), "look")

    async def _look(self, phrases: Sequence[str]) -> None:
        if self._finder.lines is not self.flow.lines:
            self._finder = Finder(self.flow.lines)
        finder = self._finder
        found: list[Found] = []
        await self._aside(lambda: found.append(self.found(finder, phrases)))
        if self.is_attached and phrases == self._phrases and finder.lines is self.flow.lines:
            self.take_found(found[0])

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


def _elsewhere(selection: Selection, before: Flow, flow: Flow) -> Selection:
    """What is selected in a text, where it stands when it is laid out otherwise."""
    (line, start), (last, end) = (
        _point(flow, _place(before, *point))
        for point in ((selection.line, selection.start), (selection.last, selection.end))
    )
    return Selection(line, start, last, end)


def _place(flow: Flow, line: int, at: int) -> Place:
    begin = flow.place(line)
    return Place(begin.block, begin.offset + max(0, at - leading(flow.lines[line])))


def _point(flow: Flow, place: Place) -> tuple[int, int]:
    line = flow.line_of(place)
    return line, place.offset - flow.place(line).offset + (leading(flow.lines[line]) if flow.lines else 0)
