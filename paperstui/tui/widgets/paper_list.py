"""The list of papers: two lines a paper, drawn from an array of rowids with rows fetched by window.

Nothing in it grows with the library but the array. Positions are in papers, not lines: `top` is the first one shown.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from paperstui.draw.bars import list_heading
from paperstui.draw.marks import FoundMarks, marks_of
from paperstui.draw.row import HEIGHT, row_lines
from paperstui.draw.states import Notice, notice_lines
from paperstui.tui.widgets.canvas import Canvas
from paperstui.tui.widgets.numbers import Numbers
from paperstui.usecases.asking import Stay

if TYPE_CHECKING:
    from paperstui.draw.row import Marks
    from paperstui.rows import Row

WINDOW = 64
"""Papers fetched at once."""

KEPT = 32
"""Windows of rows kept in memory."""

HEADING = 1
"""Lines above the papers."""


class PaperList(Canvas, can_focus=True):
    """Shows papers and a cursor on one of them."""

    class Moved(Message):
        """The cursor is on another paper (rowid), or on none."""

        def __init__(self, rowid: int | None) -> None:
            self.rowid = rowid
            super().__init__()

    class Opened(Message):
        """The paper under the cursor was double-clicked."""

    class RowsWanted(Message):
        """Rows that are about to be shown are not in memory."""

        def __init__(self, rowids: Sequence[int]) -> None:
            self.rowids = rowids
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self.cursor = 0
        self.pinned: int | None = None
        self.top = 0
        self.order = ""
        self.numbers: Numbers | None = None
        self.whole_list = True
        self._counting = False
        self._unknown = False
        self.arrived = 0
        self.today = date.min
        self._rows: dict[int, Row] = {}
        self._wanted: set[int] = set()
        self._drawn: dict[tuple[int, bool, bool], tuple[Strip, Strip]] = {}
        self._marks: FoundMarks | Marks | None = None
        self._notice: Notice | None = None
        self._notice_strips: list[Strip] = []

    @property
    def rowid(self) -> int | None:
        """The rowid of the paper under the cursor."""
        return self.ids[self.cursor] if self.ids else None

    @property
    def paper(self) -> Row | None:
        """The paper under the cursor, when its row is in memory."""
        rowid = self.rowid
        return None if rowid is None else self._rows.get(rowid)

    @property
    def known(self) -> tuple[int, ...]:
        """The papers whose rows are in memory."""
        return tuple(self._rows)

    def forget_far(self) -> tuple[int, ...]:
        """Drop the rows that are far from the screen, and what was drawn; those that are left."""
        near = self.ids[max(0, self.top - WINDOW // 4) : self.top + self.shown_rows + WINDOW // 4]
        self._rows = {rowid: self._rows[rowid] for rowid in near if rowid in self._rows}
        self._drawn.clear()
        return self.known

    @property
    def shown_rows(self) -> int:
        """How many papers have their title on screen."""
        return max(1, (self.size.height - HEADING + HEIGHT - 1) // HEIGHT)

    @property
    def whole(self) -> int:
        """How many papers are wholly on screen."""
        return max(1, (self.size.height - HEADING) // HEIGHT)

    def stay(self, *, following: bool = True) -> Stay:
        """Where the cursor is to be among other papers: on the one the user last moved to.

        A filter that hides it for a moment gives it back afterwards. following: when it is gone, the next one that is
        there will do.
        """
        after = self.ids[self.cursor : self.cursor + WINDOW] if following else ()
        return Stay(self.pinned, tuple(after), self.order)

    def show_papers(
        self, ids: array[int], rows: Iterable[Row], *, order: str, at: int | None, numbers: Numbers | None, fresh: bool
    ) -> None:
        """Show other papers. The cursor keeps its height on the screen.

        Args:
            ids: rowids in the order to show them.
            rows: rows that are known already; the others are asked for when they are to be shown.
            order: the order in words.
            at: the place in `ids` where the cursor is to be; None where nothing says so.
            numbers: of all papers; None when `ids` are only the first of them, and `go_on` has the others.
            fresh: the papers of another place; the one under the cursor is from now on the one it stays on.
        """
        before = self.rowid
        height = self.cursor - self.top
        self._rows.update((row.rowid, row) for row in rows)
        self.order, self.ids = order, ids
        self.cursor = max(0, min(at or 0, len(ids) - 1))
        self.top = self.cursor - height
        if fresh or self.pinned is None:
            self.pinned = self.rowid
        self._put(numbers)
        self._settle()
        self._wanted.clear()
        self._drawn.clear()
        self._want()
        self.refresh()
        if self.rowid != before:
            self.post_message(self.Moved(self.rowid))

    def go_on(self, ids: array[int], numbers: Numbers) -> None:
        """All papers, of which the first are shown already."""
        filled = len(self.ids) >= self.top + self.shown_rows
        self.ids = ids
        self._put(numbers)
        self._want()
        if filled:
            self.refresh(Region(0, 0, self.size.width, HEADING))
        else:
            self.refresh()

    def _put(self, numbers: Numbers | None) -> None:
        self.whole_list = numbers is not None
        self._counting = self._unknown = False
        if numbers is not None:
            self.numbers = numbers

    @property
    def total(self) -> int:
        """Papers in the view before the filter."""
        return self.numbers.total if self.numbers else 0

    @property
    def unread(self) -> int:
        """Unread papers among those shown."""
        return self.numbers.unread if self.numbers else 0

    @property
    def counted(self) -> bool:
        """Whether the numbers are those of the papers shown, or were until a moment ago."""
        return not self._counting and not self._unknown

    def put_unread(self, unread: int) -> None:
        """Another number of the papers shown is unread."""
        if self.numbers is not None and self.whole_list and self.numbers.unread != unread:
            self.numbers = self.numbers._replace(unread=unread)
            self.refresh(Region(0, 0, self.size.width, HEADING))

    def put_kept(self, papers: int) -> None:
        """Of the papers shown, the view holds so many by now; the others only stay until it is left."""
        if self.numbers is not None and self.whole_list:
            self.numbers = self.numbers._replace(kept=max(0, self.numbers.shown - papers))
            self.refresh(Region(0, 0, self.size.width, HEADING))

    def say_counting(self) -> None:
        """How many papers there are is not known yet, and the numbers of before have stood for long enough."""
        self._counting = True
        self.refresh(Region(0, 0, self.size.width, HEADING))

    def say_unknown(self) -> None:
        """How many papers there are could not be found out."""
        self._counting, self._unknown = False, True
        self.refresh(Region(0, 0, self.size.width, HEADING))

    def take_rows(self, rows: Iterable[Row]) -> None:
        """Rows that were asked for, or that changed."""
        for row in rows:
            before = self._rows.get(row.rowid)
            if before is not None and before.read != row.read and row.rowid in self.ids:
                self.put_unread(self.unread + (-1 if row.read else 1))
            self._rows[row.rowid] = row
            self._wanted.discard(row.rowid)
            for cursor in (False, True):
                for focus in (False, True):
                    self._drawn.pop((row.rowid, cursor, focus), None)
        self.refresh()

    def not_had(self, rowids: Sequence[int]) -> None:
        """Rows that were asked for could not be read; they are asked for again when they are next to be shown."""
        self._wanted.difference_update(rowids)

    def mark_with(self, marks: FoundMarks | Marks | None) -> None:
        """Mark what the filter matched in the titles."""
        if marks is not self._marks:
            self._marks = marks
            self._drawn.clear()
            self.refresh()

    def tell(self, notice: Notice | None) -> None:
        """Say something in place of papers; shown only while there are none."""
        if notice != self._notice:
            self._notice = notice
            self._notice_strips = []
            self.refresh()

    def forget(self) -> None:
        """Drop what was drawn."""
        super().forget()
        self._drawn.clear()
        self._notice_strips = []

    def resized(self) -> None:
        """Another size: drawn anew, with the cursor still on screen."""
        super().resized()
        self._settle()
        self._want()

    # Moving

    def move_to(self, index: int) -> None:
        """Put the cursor on a position; outside the list means its end."""
        index = max(0, min(index, len(self.ids) - 1))
        if index == self.cursor or not self.ids:
            return
        old_cursor, old_top = self.cursor, self.top
        self.cursor = index
        self.pinned = self.rowid
        self._settle()
        self._want()
        if self.top == old_top:
            self.refresh(self._region_of(old_cursor), self._region_of(index))
        else:
            self.refresh()
        self.post_message(self.Moved(self.rowid))

    def move(self, papers: int) -> None:
        """Move the cursor by a number of papers."""
        self.move_to(self.cursor + papers)

    def page(self, pages: float) -> None:
        """Move by pages, the view with the cursor."""
        step = max(1, int(abs(pages) * self.whole)) * (1 if pages > 0 else -1)
        before = self.top
        self.top += step
        self._settle_top()
        scrolled = self.top != before
        self.move_to(self.cursor + step)
        if scrolled:
            self._settle()
            self._want()
            self.refresh()

    def scroll_papers(self, papers: int) -> None:
        """Scroll the view; the cursor stays on its paper while that is visible, then at the edge."""
        old = self.top
        self.top += papers
        self._settle_top()
        if self.top == old:
            return
        cursor = max(self.top, min(self.cursor, self.top + self.whole - 1, len(self.ids) - 1))
        moved = cursor != self.cursor
        self.cursor = cursor
        self.pinned = self.rowid
        self._want()
        self.refresh()
        if moved:
            self.post_message(self.Moved(self.rowid))

    def _settle_top(self) -> None:
        self.top = max(0, min(self.top, len(self.ids) - self.whole))

    def _settle(self) -> None:
        """Keep the cursor wholly on screen."""
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor >= self.top + self.whole:
            self.top = self.cursor - self.whole + 1
        self._settle_top()

    def _region_of(self, index: int) -> Region:
        return Region(0, HEADING + (index - self.top) * HEIGHT, self.size.width, HEIGHT)

    def _want(self) -> None:
        """Ask for the rows around the view that are not in memory, a window at a time."""
        first = max(0, self.top - WINDOW // 4)
        last = min(len(self.ids), self.top + self.shown_rows + WINDOW // 4)
        missing = [rowid for rowid in self.ids[first:last] if rowid not in self._rows and rowid not in self._wanted]
        if not missing:
            return
        start = max(0, self.top - WINDOW)
        missing = [
            rowid
            for rowid in self.ids[start : self.top + 2 * WINDOW]
            if rowid not in self._rows and rowid not in self._wanted
        ]
        if len(self._rows) > WINDOW * KEPT:
            near = set(self.ids[max(0, self.top - 4 * WINDOW) : self.top + 4 * WINDOW])
            self._rows = {rowid: row for rowid, row in self._rows.items() if rowid in near}
            self._drawn.clear()
        self._wanted.update(missing)
        self.post_message(self.RowsWanted(missing))

    # Drawing

    def line_at(self, y: int) -> Strip:
        """The heading, or one of the two lines of a paper."""
        if y < HEADING:
            return self._heading()
        if not self.ids:
            return self._notice_line(y - HEADING)
        index = self.top + (y - HEADING) // HEIGHT
        if index >= len(self.ids):
            return self.blank()
        return self._paper(index)[(y - HEADING) % HEIGHT]

    def _heading(self) -> Strip:
        numbers = self.numbers
        if numbers is None or (not self.ids and not numbers.total):
            return self.blank()
        shown = None if self._counting else numbers.shown
        first = len(self.ids) if self._unknown else None
        width = self.drawn_size.width
        return self.strip(
            list_heading(
                numbers.unread, shown, numbers.total, self.order, self.arrived, width, first=first, kept=numbers.kept
            )
        )

    def _notice_line(self, y: int) -> Strip:
        if self._notice is None:
            return self.blank()
        if not self._notice_strips:
            lines = notice_lines(self._notice, self.drawn_size.width, self.drawn_size.height - HEADING)
            self._notice_strips = [self.strip(line) for line in lines]
        return self._notice_strips[y]

    def _paper(self, index: int) -> tuple[Strip, Strip]:
        rowid = self.ids[index]
        cursor = index == self.cursor
        key = (rowid, cursor, cursor and self.has_focus)
        found = self._drawn.get(key)
        if found is None:
            row = self._rows.get(rowid)
            if row is None:
                return self.blank(), self.blank()
            ground = self.GROUND
            if cursor:
                ground = "cursor" if self.has_focus else "cursor-blurred"
            marks = marks_of(self._marks, row.id)
            title, about = row_lines(row, self.drawn_size.width, self.today, cursor=cursor, marks=marks)
            found = self._drawn[key] = (self.strip(title, ground), self.strip(about, ground))
        return found

    # Events

    def turn_wheel(self, direction: int) -> None:
        """The wheel scrolls the view."""
        self.scroll_papers(2 * direction)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a paper, a double click opens it."""
        index = self.top + (event.y - HEADING) // HEIGHT
        if event.y < HEADING or index >= len(self.ids):
            return
        self.move_to(index)
        if event.chain == 2:
            self.post_message(self.Opened())
