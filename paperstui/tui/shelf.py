"""What is shown: the place, the query, the list of papers and the paper under the cursor. Answers that come late are dropped."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.draw import bars, states
from paperstui.draw.dates import weekday
from paperstui.draw.lines import Line
from paperstui.draw.paper import fact_lines, paper_lines
from paperstui.errors import PaperstuiError
from paperstui.models import Detail
from paperstui.query.highlight import highlights
from paperstui.text.clean import clean_line
from paperstui.usecases import Place, Selection

if TYPE_CHECKING:
    from paperstui.draw.frame import Opening
    from paperstui.draw.row import Marks
    from paperstui.tui.screens.reader import ReaderScreen

DETAILS_KEPT = 64
"""Papers whose whole text is kept in memory."""


class Shelf:
    """Holds the place and the query; asks the desk for papers and gives them to the list and the pane."""

    def __init__(self, screen: ReaderScreen, text: str) -> None:
        self.screen = screen
        self.place = Place("today")
        self.text = text
        self.problem = ""
        self._finished = True
        self.selection: Selection | None = None
        self._left: dict[Place, int | None] = {}
        self._counts: dict[str, int] = {}
        self._asked = 0
        self._last_day: Place | None = None
        self._details: dict[int, Detail] = {}
        self._shown: int | None = None
        self._marks: Marks | None = None

    def begin_with(self, opening: Opening) -> None:
        """Show what is known already, so that the first painting is the whole screen."""
        screen = self.screen
        self.place = self._last_day = Place("today", opening.day.isoformat())
        self._counts = opening.counts
        screen.refresher.begin_with(opening.fetched_at)
        ids = array("q", opening.ids)
        screen.papers.show_papers(ids, opening.rows, total=opening.total, unread=opening.unread, order=opening.order)
        self._shown = screen.papers.rowid

        def write(cells: int) -> list[Line]:
            return fact_lines(opening.facts, cells, opening.today, below_rule=screen.pane.stacked)

        screen.pane.show(write)

    async def start(self) -> None:
        """Fill the screen from the library, before anything else happens."""
        desk = self.screen.desk
        self.place = await self.screen.background.read(desk.start_place)
        if self.text:
            self.place = Place("all")
        await self._select(self._next_key())

    # The place and the query

    def go(self, place: Place) -> None:
        """Show another place, where the cursor was last there. A filter stays until it is cleared."""
        self._left[self.place] = self.screen.papers.rowid
        self.place = place
        self.screen.papers.arrived = 0
        self.screen.refresher.moved_on()
        self.screen.filter_bar.put_away()
        self.screen.header.again()
        self.screen.do_close()
        self._run_select(fresh=True)

    def filter(self, text: str, *, finished: bool) -> None:
        """Show what a query lets through."""
        self.text = text
        self._finished = finished
        self._run_select(hold=finished)

    def again(self, *, fresh: bool = False) -> None:
        """Ask for the same place again: papers came, or decisions changed what belongs to it."""
        self._run_select(fresh=fresh)

    def _next_key(self) -> int:
        self._asked += 1
        return self._asked

    def _run_select(self, *, fresh: bool = False, hold: bool = True) -> None:
        key = self._next_key()
        self.screen.work(partial(self._select, key, fresh=fresh), group="select", exclusive=True, hold=hold)

    async def _select(self, key: int, *, fresh: bool = False) -> None:
        background, desk = self.screen.background, self.screen.desk
        await self.screen.deeds.followed()
        selection = await background.read(desk.select, self.place, self.text, typing=True, ranked=self._finished)
        if key != self._asked:
            return
        self.problem = selection.problem
        if selection.place.day is not None:
            self._last_day = selection.place
        if not selection.problem:
            self._take(selection, fresh=fresh)
        self.screen.status_bar.again()
        counts = await background.read(desk.counts, self._last_day or self.place)
        if key == self._asked and counts != self._counts:
            self._counts = counts
            self.screen.header.again()

    def _take(self, selection: Selection, *, fresh: bool) -> None:
        self.selection = selection
        paper_list = self.screen.papers
        self._marks = None if selection.query.empty else partial(highlights, selection.query)
        paper_list.mark_with(self._marks)
        paper_list.arrived = 0
        before = paper_list.rowid
        paper_list.show_papers(
            selection.ids,
            selection.rows,
            total=selection.total,
            unread=selection.unread,
            order=selection.order,
            at=self._beginning(selection) if fresh else None,
        )
        self.tell()
        if paper_list.rowid is None or paper_list.rowid == before:
            self.show_paper(paper_list.rowid, keep=True)

    def _beginning(self, selection: Selection) -> int | None:
        """Where the cursor begins in a place: on the paper it was left on, else on the first one."""
        left = self._left.get(selection.place)
        if left is not None and left in selection.ids:
            return left
        return selection.ids[0] if selection.ids else None

    def tell(self) -> None:
        """What stands in the list when it has no papers."""
        self.screen.papers.tell(self._notice())

    def _notice(self) -> states.Notice:
        refresher = self.screen.refresher
        if self.text:
            return states.no_match(self.text, everywhere=self.place.view == "all")
        if self.place.view == "starred":
            return states.nothing_starred()
        day = self.place.day
        name = weekday(day) if day else "today's papers"
        if refresher.fetching:
            return states.loading(name, refresher.host)
        why = clean_line(refresher.trouble, 300)
        if not self._counts.get("all"):
            return states.empty_library(why or "The library is empty.")
        if not why and day is not None:
            why = "The site has none on weekends and holidays." if day.weekday() >= 5 else "The site had none."
        return states.empty_day(name, why, here=bool(self.screen.refresher.known))

    # The header

    @property
    def _day(self) -> date | None:
        """The day that the first view shows, or would show."""
        return self.place.day or (self._last_day.day if self._last_day else None)

    def tabs(self) -> list[bars.Tab]:
        """The views, with true counts."""
        return bars.view_tabs(self._counts, self.place.view, today=self._day in (None, clock.today()))

    def header_clicked(self, line: Line, x: int) -> None:
        """A tab or an arrow of the header was clicked."""
        tab = bars.tab_at(self.tabs(), x, line)
        if tab is not None:
            self._view(int(tab.key))
            return
        text = "".join(part for part, _ in line)
        arrow = text[x : x + 2].strip() or text[max(0, x - 1) : x + 1].strip()
        if "‹" in arrow:
            self.do_previous_day()
        elif "›" in arrow:
            self.do_next_day()

    def _view(self, number: int) -> None:
        name, _ = bars.VIEWS[number - 1]
        if name == "today" and self.place.view != "today" and self._last_day is not None:
            self.go(self._last_day)
        elif name == "today":
            self.do_latest_day()
        else:
            self.go(Place(name))

    def do_view_1(self) -> None:
        self._view(1)

    def do_view_2(self) -> None:
        self._view(2)

    def do_view_3(self) -> None:
        self._view(3)

    def do_previous_day(self) -> None:
        self._step(-1)

    def do_next_day(self) -> None:
        self._step(1)

    def _step(self, direction: int) -> None:
        self.screen.work(partial(self._step_to, direction), group="step", hold=True)

    async def _step_to(self, direction: int) -> None:
        place = await self.screen.background.read(self.screen.desk.neighbour, self.place, direction)
        if place is None:
            self.screen.say("This is the newest day." if direction > 0 else "The archive begins on 4 May 2023.")
            return
        self.go(place)
        self.screen.refresher.fetch_if_missing(place)

    def do_latest_day(self) -> None:
        self.screen.work(self._to_latest, group="step", hold=True)

    async def _to_latest(self) -> None:
        self.go(await self.screen.background.read(self.screen.desk.start_place))

    def do_next_unread(self) -> None:
        self._seek_unread(1)

    def do_previous_unread(self) -> None:
        self._seek_unread(-1)

    def _seek_unread(self, step: int) -> None:
        self.screen.work(partial(self._go_unread, step), group="seek", hold=True)

    async def _go_unread(self, step: int) -> None:
        paper_list = self.screen.papers
        ids = paper_list.ids
        index = await self.screen.background.read(self.screen.desk.next_unread, ids, paper_list.cursor, step)
        if ids is not paper_list.ids:
            return
        if index is None:
            self.screen.say("No unread paper below." if step > 0 else "No unread paper above.")
        else:
            paper_list.move_to(index)

    # Rows and the paper

    def fetch_rows(self, rowids: Sequence[int]) -> None:
        """Fetch rows the list is about to show."""
        self.screen.work(partial(self._fetch_rows, tuple(rowids)), group="rows")

    async def _fetch_rows(self, rowids: Sequence[int]) -> None:
        try:
            rows = await self.screen.background.read(self.screen.desk.rows, rowids)
        except PaperstuiError:
            self.screen.papers.not_had(rowids)
            raise
        self.screen.papers.take_rows(rows)

    async def reload(self, papers: Sequence[str]) -> None:
        """Papers (ids) changed: show them as they are now, where they stand."""
        desk = self.screen.desk
        changed = await self.screen.background.read(desk.rows_of, papers)
        for row in changed:
            self._details.pop(row.rowid, None)
        paper_list = self.screen.papers
        paper_list.take_rows(changed)
        await self.recount()
        if self._shown in {row.rowid for row in changed}:
            self.show_paper(self._shown, keep=True)

    async def recount(self) -> None:
        """The library holds another number of papers, or of starred ones."""
        counts = await self.screen.background.read(self.screen.desk.counts, self._last_day or self.place)
        if counts != self._counts:
            self._counts = counts
            self.screen.header.again()

    def show_paper(self, rowid: int | None, *, keep: bool = False) -> None:
        """Show a paper in the pane."""
        self._shown = rowid
        if rowid is None:
            self.screen.pane.show(lambda _cells: ())
            return
        detail = self._details.get(rowid)
        if detail is not None:
            self._draw(detail, keep=keep)
            self._fetch_near(rowid)
            return
        self.screen.work(partial(self._fetch_detail, rowid, keep=keep), group="detail", exclusive=True)

    def _fetch_near(self, rowid: int) -> None:
        """Fetch the neighbours, so that the next key finds its paper in memory."""
        ids, cursor = self.screen.papers.ids, self.screen.papers.cursor
        near = [near for near in ids[max(0, cursor - 1) : cursor + 4] if near not in self._details and near != rowid]
        if near:
            self.screen.work(partial(self._fetch_details, near), group="near", exclusive=True)

    async def _fetch_detail(self, rowid: int, *, keep: bool) -> None:
        detail = await self.screen.background.read(self.screen.desk.detail, rowid)
        self._keep(detail)
        if self._shown == rowid and detail is not None:
            self._draw(detail, keep=keep)
            self._fetch_near(rowid)

    async def _fetch_details(self, rowids: Sequence[int]) -> None:
        for rowid in rowids:
            self._keep(await self.screen.background.read(self.screen.desk.detail, rowid))

    def _keep(self, detail: Detail | None) -> None:
        if detail is None:
            return
        while len(self._details) >= DETAILS_KEPT:
            del self._details[next(iter(self._details))]
        self._details[detail.rowid] = detail

    @property
    def detail(self) -> Detail | None:
        """The paper in the pane."""
        return None if self._shown is None else self._details.get(self._shown)

    def redraw_paper(self) -> None:
        """The pane stands elsewhere."""
        if self.detail is not None:
            self._draw(self.detail, keep=True)

    def _draw(self, detail: Detail, *, keep: bool) -> None:
        pane, marks = self.screen.pane, self._marks

        def write(cells: int) -> list[Line]:
            return paper_lines(detail, cells, clock.today(), marks=marks, below_rule=pane.stacked)

        pane.show(write, keep=keep)
