"""What is selected in a text that is laid out piece by piece, and anew for each width."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from paperstui.documents.flow import Flow, Place
from paperstui.text.copied import leading
from paperstui.text.inked import plain
from paperstui.tui.widgets.selection import Selection, Spot
from paperstui.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from paperstui.documents.blocks import Block

SHORT = 500
"""Lines whose text is made at once, which takes a millisecond or two; that of more is made in a thread."""

Aside = Callable[[Callable[[], None]], Coroutine[Any, Any, None]]
Work = Callable[[Callable[[], Coroutine[Any, Any, None]]], None]


class FlowView(TextView):
    """The lines of a flow. What is selected are places in the document, so it stays when the lines are others.

    aside: runs a function in a thread. work: starts something in the background. whole: all is laid out. making: the
    text of what is selected is not there yet.
    """

    def __init__(self, aside: Aside, work: Work, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.flow = Flow(80)
        self.whole = False
        self.making = False
        self._aside = aside
        self._work = work
        self._blocks: Sequence[Block] = ()
        self._ends: tuple[Place, Place] | None = None
        self._selected_of: Sequence[Block] = ()
        self._same_in: Flow | None = None  # where what is selected says the same, or is being looked at
        self._turn = 0  # goes up with each selection: what was begun for one before is stale
        self._telling = False

    @property
    def selected(self) -> str:
        """What is selected, as it is copied; "" for nothing, and while it is being made."""
        return self._selected if self.selection is not None else ""

    def select(self, selection: Selection | None, *, tell: bool = False) -> None:
        """Select a part of the text. That of a long one is made in a thread, and told when it is there."""
        self._turn += 1
        self.making, self._telling, self._ends = False, False, None
        self._selected_of, self._same_in = self._blocks, self.flow
        if selection is None or not _is_long(selection):
            super().select(selection, tell=tell)
            selection = self.selection
        else:
            self._selected, self.making, self._telling = "", True, tell
            self._show_selected(selection)
            self._work(self._make)
        if selection is not None:
            self._ends = self._places(selection)

    def tell_made(self) -> None:
        """Tell of what is being made when it is there, also if it was only to be shown."""
        self._telling = self.making

    def unselect(self) -> bool:
        """Drop what is selected; whether any of it was to be seen."""
        had = self.selection is not None
        self.select(None)
        return had

    def lines_changed(self, before: Sequence[object], lines: Sequence[object]) -> None:
        """What becomes of the selection is known by `relaid` already."""

    def relaid(self, before: Flow) -> None:
        """The text is laid out otherwise, or further than before: what is selected stands elsewhere.

        It is marked as far as it is laid out, and dropped when another text stands there. In another document nothing is
        marked before that is known.
        """
        if self._pressed is not None and self.selection is not None:
            self._selection_elsewhere(before)
        if self._ends is None:
            return
        same = self._selected_of is self._blocks
        if self.making and not same:
            self.select(None)
            return
        self._show_selected(self._between(*self._ends) if same else None)
        if self._same_in is not self.flow and self._laid:
            self._same_in = self.flow
            if self.making:
                self._work(self._make)
            else:
                self._look_whether_same()

    @property
    def _laid(self) -> bool:
        """Whether all that is selected is laid out, so that it can be said whether it says the same."""
        if self._ends is None or self.whole:
            return self._ends is not None
        return self.flow.first <= self._ends[0].block and self._ends[1].block < self.flow.blocks

    def forget_selected(self) -> None:
        """Keep nothing of what was selected, nor of the text it was selected in."""
        self._turn += 1
        self.making, self.selection, self._ends, self._selected = False, None, None, ""
        self._selected_of, self._same_in = (), None

    def _selection_elsewhere(self, before: Flow) -> None:
        """The mouse is held down: it goes on from where it was pressed, as far as that is there."""
        if self._pressed is not None and before is not self.flow:
            line, start, end = self._pressed
            (index, first), (_, last) = (self._point(_place(before, line, at)) for at in (start, end))
            self._pressed = Spot(index, first, max(first, last))
        if self.selection is not None and before is not self.flow:
            one = self.selection
            ends = (_place(before, *point) for point in ((one.line, one.start), (one.last, one.end)))
            self._show_selected(self._between(*ends))

    def _look_whether_same(self) -> None:
        selection = self._between(*self._ends) if self._ends is not None else None
        if selection is None:
            return
        if _is_long(selection):
            self._work(self._compare)
        else:
            self._compared(selection, selection.text(self.lines))

    def _compared(self, selection: Selection, text: str) -> None:
        if text == self._selected:
            self._selected_of = self._blocks
            self._show_selected(selection)
        else:
            self.select(None)

    async def _make(self) -> None:
        """Make the text of a long selection. In lines that have come since it has to be the same."""
        turn, flow = self._turn, self.flow
        if not self._laid:
            return  # it will be, and then it is made
        text = await self._text()
        if text is None or turn != self._turn or not self.making or not self.is_attached:
            return
        if not text:
            self.select(None)
            return
        self.making, self._selected = False, text
        if self._telling:
            self._tell_selected()
        if flow is not self.flow and self._laid:
            self._look_whether_same()

    async def _compare(self) -> None:
        """Drop what is selected if the lines that came say something else there."""
        turn, flow = self._turn, self.flow
        text = await self._text()
        if text is not None and turn == self._turn and flow is self.flow and self.is_attached:
            selection = self._between(*self._ends) if self._ends is not None else None
            if selection is not None:
                self._compared(selection, text)

    async def _text(self) -> str | None:
        """The text of what is selected in the lines there are, made in a thread."""
        lines, made = self.lines, list[str]()
        selection = self._between(*self._ends) if self._ends is not None else None
        if selection is not None:
            await self._aside(lambda: made.append(selection.text(lines)))
        return made[0] if made else None

    # Places

    def _places(self, selection: Selection) -> tuple[Place, Place]:
        return (
            _place(self.flow, selection.line, selection.start),
            _place(self.flow, selection.last, selection.end),
        )

    def _between(self, first: Place, last: Place) -> Selection | None:
        """From a place to another as far as that is laid out."""
        flow = self.flow
        if not flow.lines or last.block < flow.first or first.block >= flow.blocks:
            return None
        return Selection(*self._point(first), *self._point(last))

    def _point(self, place: Place) -> tuple[int, int]:
        """The line and the character of a place; the nearest there is."""
        flow = self.flow
        if not flow.lines or place.block < flow.first:
            return 0, 0
        line = flow.line_of(place)
        if place.block >= flow.blocks:
            return line, len(plain(flow.lines[line]))
        return line, place.offset - flow.place(line).offset + leading(flow.lines[line])


def _is_long(selection: Selection) -> bool:
    return selection.last - selection.line >= SHORT


def _place(flow: Flow, line: int, at: int) -> Place:
    if not flow.lines:
        return Place(flow.first, 0)
    begin = flow.place(line)
    return Place(begin.block, begin.offset + max(0, at - leading(flow.lines[line])))
