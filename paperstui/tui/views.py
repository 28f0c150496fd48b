"""Which view is shown and which of its issues: the tabs and arrows of the header, and the keys that do the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.draw import bars
from paperstui.draw.dates import this_one
from paperstui.feeds import together
from paperstui.periods import days_of, feed_of
from paperstui.text.width import truncate
from paperstui.usecases.asking import FOUND, TRENDING, Place, place_of

if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.tui.screens.reader import ReaderScreen

SEARCH = "search"
SEARCH_CELLS = 24
"""Cells of what was searched for in the header."""

NO_CATEGORIES = 'Set arxiv = ["cs.CL"] in config.toml to follow categories of arXiv.'


class Views:
    """Goes from view to view and from issue to issue, and remembers where it was last in each."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._last: dict[str, Place] = {}

    def visited(self, place: Place) -> None:
        """A place is shown: its view comes back to it."""
        if place.period is not None:
            self._last[_name_of(place)] = place

    def counted(self, place: Place) -> dict[str, Place]:
        """The places whose papers are counted in the header, when a place is shown; without a period where a view begins."""
        last = self._last | {_name_of(place): place} if place.period is not None else self._last
        views = {name: self._arxiv if name == "arxiv" else name for name, *_ in bars.VIEWS}
        return {name: last.get(name, Place(view)) for name, view in views.items() if view}

    # The header

    @property
    def _arxiv(self) -> str:
        """The view of arXiv's categories; "" where none are followed."""
        categories = self.screen.settings.arxiv
        return f"feed:{together(categories)}" if categories else ""

    def header(self, cells: int) -> Line:
        """The top line."""
        place = self.screen.shelf.place
        period = f"“{truncate(place.period or '', SEARCH_CELLS)}”" if place.view == FOUND else place.period
        return bars.header(self.tabs(), period, cells, banner=self.screen.banner)

    def tabs(self) -> list[bars.Tab]:
        """The views, with true counts."""
        shelf = self.screen.shelf
        day = self._last.get("today", Place("today"))
        if shelf.place.view == "today":
            day = shelf.place
        today = day.day in (None, clock.today())
        return bars.view_tabs(shelf.selecting.counts, shelf.place.view, today=today, arxiv=bool(self._arxiv))

    def header_clicked(self, line: Line, x: int) -> None:
        """A tab or an arrow of the header was clicked."""
        tab = bars.tab_at(self.tabs(), x, line)
        if tab is not None:
            self._show(int(tab.key))
            return
        step = bars.arrow_at(line, x)
        if step:
            self._step(step)
        elif bars.is_period_at(line, x):
            self.do_pick_date()

    # Views

    def _show(self, number: int) -> None:
        name, *_ = bars.VIEWS[number - 1]
        view = self._arxiv if name == "arxiv" else name
        if not view:
            self.screen.say(NO_CATEGORIES)
        elif not Place(view).feed:
            self.screen.shelf.go(Place(view))
        elif name in self._last and _name_of(self.screen.shelf.place) != name:
            self._open(self._last[name])
        else:
            self._open_latest(view)

    def do_view_1(self) -> None:
        self._show(1)

    def do_view_2(self) -> None:
        self._show(2)

    def do_view_3(self) -> None:
        self._show(3)

    def do_view_4(self) -> None:
        self._show(4)

    def do_view_5(self) -> None:
        self._show(5)

    def do_view_6(self) -> None:
        self._show(6)

    def do_view_7(self) -> None:
        self._show(7)

    def do_view_8(self) -> None:
        self._show(8)

    # Issues

    def do_previous_period(self) -> None:
        self._step(-1)

    def do_next_period(self) -> None:
        self._step(1)

    def do_latest_period(self) -> None:
        place = self.screen.shelf.place
        self._open_latest(place.view if place.is_issue else "today")

    def do_pick_date(self) -> None:
        from paperstui.tui.screens.calendar import CalendarScreen

        days = days_of(self.screen.shelf.place.period or "")
        begin = max(clock.ARCHIVE_START, min(days[1], clock.today())) if days else clock.today()
        self.screen.around.show(CalendarScreen(self.screen, begin), self._picked)

    def _picked(self, period: str | None) -> None:
        if period is not None:
            self._open(place_of(feed_of(period), period))

    def _open(self, place: Place) -> None:
        """Show a place, and fetch what of it is not here."""
        self.screen.shelf.go(place)
        self.screen.refresher.fetch_if_missing(place)

    def _open_latest(self, view: str) -> None:
        self.screen.work(partial(self._to_latest, view), group="step", hold=True)

    async def _to_latest(self, view: str) -> None:
        self._open(await self.screen.background.read(self.screen.desk.start_place, view))

    def _step(self, direction: int) -> None:
        self.screen.work(partial(self._step_to, direction), group="step", hold=True)

    async def _step_to(self, direction: int) -> None:
        before = self.screen.shelf.place
        place = await self.screen.background.read(self.screen.desk.neighbour, before, direction)
        if place is None:
            self.screen.say(self._end_of(before.feed, direction))
        else:
            self._open(place)

    def _end_of(self, feed: str, direction: int) -> str:
        """Why there is nothing further."""
        if feed == SEARCH:
            return "This is your last search." if direction > 0 else "There is no search before this one."
        if direction > 0:
            return f"This is the newest {this_one(feed)}."
        if self.screen.desk.offline:
            return "Nothing earlier is here."
        if feed == TRENDING or feed.startswith("arxiv:"):
            return f"No earlier {this_one(feed)} is here: only the newest can be fetched, and each is kept."
        return "The archive begins on 4 May 2023."


def _name_of(place: Place) -> str:
    """What the header calls the view of a place."""
    return "arxiv" if place.view.startswith(bars.ARXIV_VIEW) else place.view
