"""What is shown: the place, the query, the list of papers and the paper under the cursor. Answers that come late are dropped."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from paperstui.draw import states
from paperstui.draw.dates import issue
from paperstui.draw.marks import marks_of
from paperstui.errors import PaperstuiError
from paperstui.text.clean import clean_line
from paperstui.tui.selecting import Selecting
from paperstui.tui.widgets.numbers import Numbers
from paperstui.usecases.asking import DAILY, FOUND, NOWHERE, Place, Stay

if TYPE_CHECKING:
    from paperstui.draw.frame import Opening
    from paperstui.draw.marks import FoundMarks
    from paperstui.draw.row import Marks
    from paperstui.models import Detail, Row
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases import Beginning, Selection

DETAILS_KEPT = 64
"""Papers whose whole text is kept in memory."""


class Shelf:
    """Holds the place and the query; asks the desk for papers and gives them to the list and the pane."""

    def __init__(self, screen: ReaderScreen, text: str) -> None:
        self.screen = screen
        self.place = Place("today")
        self.text = text
        self.problem = ""
        self.remark = ""
        self._finished = True
        self.selecting = Selecting(screen)
        self._left: dict[Place, int | None] = {}
        self._details: dict[int, Detail] = {}
        self._shown: int | None = None
        self._marks: FoundMarks | Marks | None = None

    def begin_with(self, opening: Opening) -> None:
        """Show what is known already, so that the first painting is the whole screen."""
        screen = self.screen
        self.place = Place("today", opening.day.isoformat())
        screen.views.visited(self.place)
        self.selecting.counts = opening.counts
        screen.refresher.begin_with(opening.fetched_at)
        ids = array("q", opening.ids)
        numbers = Numbers(opening.unread, len(ids), opening.total)
        screen.papers.show_papers(ids, opening.rows, order=opening.order, at=0, numbers=numbers, fresh=True)
        self._shown = screen.papers.rowid

        screen.tabs.begin_with(opening)

    async def start(self) -> None:
        """Fill the screen from the library, before anything else happens; or see what became of what it began with."""
        papers, before = self.screen.papers, (self.place, self.text)
        place = await self.screen.background.read(self.screen.desk.start_place)
        if (self.place, self.text) != before:
            return  # keys were quicker, and it has been asked for something else
        begun = papers.rowid is not None and place == self.place
        self.place = Place("all") if self.text else place
        # What was begun with stays where keys have moved it.
        await self.selecting.begin(self.place, self.text, papers.stay() if begun else NOWHERE, fresh=not begun)

    # The place and the query

    def go(self, place: Place, *, text: str | None = None, paper: int | None = None) -> None:
        """Show another place, where the cursor was last there. A filter stays until it is cleared.

        text: another filter. paper: the number of the one that the cursor is to be on.
        """
        # Not the one that a filter put the cursor on.
        self._left[self.place] = self.screen.papers.pinned
        if text is None and (before := self.screen.more.filter_after(place)) != self.text:
            text = before
        self.place = place
        if text is not None:
            self.text, self._finished = text, True
            self.screen.filter_bar.show_text(text)
        self.screen.papers.arrived = 0
        self.screen.arrivals.forget_newer()
        self.screen.refresher.moved_on()
        self.screen.hush()
        self.screen.filter_bar.put_away()
        self.screen.header.again()
        self.screen.hint_bar.again()
        self.screen.ways.do_close()
        self._ask(Stay(self._left.get(place) if paper is None else paper), fresh=True)

    def filter(self, text: str, *, finished: bool) -> None:
        """Show what a query lets through."""
        self.text = text
        self._finished = finished
        # While it is typed the best is on top; a paper that is gone leaves its place to the next one only afterwards.
        self._ask(self.screen.papers.stay(following=finished), hold=finished)

    def again(self, *, fresh: bool = False) -> None:
        """Ask for the same place again: papers came, or decisions changed what belongs to it."""
        self._ask(NOWHERE if fresh else self.screen.papers.stay(), fresh=fresh)

    def drop(self, row: Row) -> None:
        """A paper is hidden: it goes from the list at once, and all others stay, unless hidden papers were asked for."""
        from paperstui.query.parser import parse

        papers, rowid = self.screen.papers, row.rowid
        numbers = papers.numbers
        if rowid not in papers.ids or parse(self.text).hidden:
            return
        if numbers is None or not papers.whole_list:
            self.again()
            return
        at = papers.ids.index(rowid)
        ids = papers.ids[:at] + papers.ids[at + 1 :]
        unread = numbers.unread - (not row.read)
        numbers = numbers._replace(unread=unread, shown=numbers.shown - 1, total=numbers.total - 1)
        cursor = papers.cursor - (at < papers.cursor)
        papers.show_papers(ids, (), order=papers.order, at=cursor, numbers=numbers, fresh=True)
        self.tell()
        self.screen.status_bar.again()

    def bring_back(self, rowid: int) -> None:
        """A paper is hidden no more: it is in the list again, with the cursor on it, if it belongs there."""
        self.screen.papers.pinned = rowid
        self._ask(Stay(rowid))

    def _ask(self, stay: Stay, *, fresh: bool = False, hold: bool = True) -> None:
        self.selecting.ask(self.place, self.text, finished=self._finished, stay=stay, fresh=fresh, hold=hold)

    def take(self, answer: Beginning | Selection, stay: Stay, *, fresh: bool) -> None:
        """Show what was asked for, or the beginning of it. stay: what the answer says of the cursor was asked for this."""
        self.screen.views.visited(answer.place)
        self.problem, self.remark = getattr(answer, "problem", ""), answer.remark
        if not self.problem:
            self._take(answer, stay, fresh=fresh)
        self.screen.status_bar.again()

    def _take(self, answer: Beginning | Selection, stay: Stay, *, fresh: bool) -> None:
        paper_list = self.screen.papers
        self._marks = self.screen.search.marks(answer.place, _marks_of(answer))
        paper_list.mark_with(self._marks)
        paper_list.arrived = 0
        before, at = paper_list.rowid, answer.at
        if not fresh and paper_list.pinned not in (stay.paper, None) and paper_list.pinned in answer.ids:
            # The cursor was moved meanwhile.
            at = answer.ids.index(paper_list.pinned)
        numbers = _numbers(answer)
        paper_list.show_papers(answer.ids, answer.rows, order=answer.order, at=at, numbers=numbers, fresh=fresh)
        self.tell()
        if paper_list.rowid is None or paper_list.rowid == before:
            self.show_paper(paper_list.rowid, keep=True)

    def take_over(self, whole: Selection, beginning: Beginning) -> None:
        """Show all papers in place of the first of them, with nothing moved."""
        self.problem = whole.problem
        paper_list = self.screen.papers
        if whole.problem:
            pass
        elif whole.ids[: len(beginning.ids)] == beginning.ids:
            paper_list.go_on(whole.ids, Numbers(whole.unread, len(whole.ids), whole.total))
        else:
            # The library changed between the two.
            self._take(whole, Stay(paper_list.pinned), fresh=False)
        self.tell()
        self.screen.status_bar.again()

    def found(self) -> str:
        """What the filter found, for the status line: "312 of 48,120"."""
        numbers = self.screen.papers.numbers
        if not self.text or self.problem or numbers is None:
            return ""
        if self.selecting.late or not self.screen.papers.counted:
            return f"… of {numbers.total:,}"
        return f"{numbers.shown:,} of {numbers.total:,}"

    def tell(self) -> None:
        """What stands in the list when it has no papers. While it is asked for them, that is what stood there before."""
        if self.selecting.pending and not self.screen.papers.ids:
            return
        self.screen.papers.tell(self._notice())

    def _notice(self) -> states.Notice:
        refresher = self.screen.refresher
        if self.place.view == FOUND and (not self.text or self.screen.search.standing()):
            return self.screen.search.notice()
        if self.text:
            return states.no_match(self.text, everywhere=self.place.view == "all")
        if self.place.view == "starred":
            return states.nothing_starred()
        if self.place.view == "queue":
            return states.nothing_queued()
        feed, period = self.place.feed, self.place.period
        name = issue(feed, period) if period else "today's papers"
        if refresher.fetching:
            return states.loading(name, refresher.host)
        why = clean_line(refresher.trouble, 300)
        if not self.selecting.counts.get("all"):
            return states.empty_library(why or "The library is empty.")
        day = self.place.day
        if not why and day is not None:
            weekend = day.weekday() >= 5
            why = "The site has none on weekends and holidays." if weekend else "The site had none."
        joint = "on" if feed == DAILY else "in"
        return states.empty_issue(name, why, here=bool(self.screen.refresher.known), joint=joint)

    def do_next_unread(self) -> None:
        self._seek_unread(1)

    def do_previous_unread(self) -> None:
        self._seek_unread(-1)

    def _seek_unread(self, step: int) -> None:
        self.screen.work(partial(self._go_unread, step), group="seek", hold=True)

    async def _go_unread(self, step: int) -> None:
        index = await self._next_unread(step)
        if index is None and self.selecting.pending:
            # Not among the first papers, which are all that is there.
            await self.selecting.settled()
            index = await self._next_unread(step)
        if index is None:
            self.screen.say("No unread paper below." if step > 0 else "No unread paper above.")
        elif index >= 0:
            self.screen.papers.move_to(index)

    async def _next_unread(self, step: int) -> int | None:
        """Where the next unread paper stands; -1: the list is another one by now."""
        paper_list = self.screen.papers
        ids = paper_list.ids
        index = await self.screen.background.read(self.screen.desk.next_unread, ids, paper_list.cursor, step)
        return index if ids is paper_list.ids or index is None else -1

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

    async def reload(self, papers: Sequence[str], *, recount: bool = True) -> None:
        """Papers (ids) changed: show them as they are now, where they stand. recount: the library has it already."""
        desk = self.screen.desk
        changed = await self.screen.background.read(desk.rows_of, papers)
        for row in changed:
            self._details.pop(row.rowid, None)
        paper_list = self.screen.papers
        paper_list.take_rows(changed)
        if recount:
            self.recount()
        if self._shown in {row.rowid for row in changed}:
            self.show_paper(self._shown, keep=True)

    async def look_again(self) -> None:
        """The library is another one: what is on the screen is read anew, and whatever was read before is forgotten."""
        screen, paper_list, shown = self.screen, self.screen.papers, self._shown
        kept = self.detail
        self._details = {} if kept is None else {kept.rowid: kept}
        paper_list.take_rows(await screen.background.read(screen.desk.rows, paper_list.forget_far()))
        if shown is None:
            return
        detail = await screen.background.read(screen.desk.detail, shown)
        if detail != kept:
            self._keep(detail)
            if shown == self._shown:
                self.redraw_paper()
        screen.hints.look()

    def recount(self) -> None:
        """The library holds another number of papers, or of starred or unread ones."""
        self.selecting.recount()

    def show_paper(self, rowid: int | None, *, keep: bool = False) -> None:
        """Show a paper in the pane."""
        self._shown = rowid
        self.screen.hints.look()
        if rowid is None:
            self.screen.tabs.show_none()
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
        write = self.screen.changes.writer(detail)
        if write is not None:
            self.screen.pane.show(write, keep=keep)
        else:
            self.screen.tabs.show(detail, marks_of(self._marks, detail.paper.id), keep=keep)


def _numbers(answer: Beginning | Selection) -> Numbers | None:
    """The numbers of a whole list."""
    from paperstui.usecases import Selection

    return Numbers(answer.unread, len(answer.ids), answer.total) if isinstance(answer, Selection) else None


def _marks_of(answer: Beginning | Selection) -> Marks | None:
    """What finds the stretches of a text that a query matched."""
    if answer.query.empty:
        return None
    from paperstui.query.highlight import highlights

    return partial(highlights, answer.query)
