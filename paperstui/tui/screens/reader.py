"""The reader's screen: header, list, paper, filter bar, key hints; and which key does what where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

from textual import events, getters, on
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.worker import Worker

from paperstui import clock
from paperstui.actions import Action
from paperstui.config import Settings
from paperstui.draw import layout
from paperstui.draw.ink import address_of, carried
from paperstui.draw.lines import Line
from paperstui.errors import PaperstuiError
from paperstui.tui.around import Around
from paperstui.tui.arrivals import Arrivals
from paperstui.tui.at_hand import AtHand
from paperstui.tui.background import Background
from paperstui.tui.changes import WhatChanged
from paperstui.tui.deeds import Deeds
from paperstui.tui.filter_bar import FilterBar
from paperstui.tui.full_text import FullText
from paperstui.tui.hints import Hints
from paperstui.tui.keeper import Keeper
from paperstui.tui.keys import Pending, Resolver, key_name
from paperstui.tui.late import begin_late
from paperstui.tui.more import More
from paperstui.tui.moves import Moves
from paperstui.tui.notes import Notes
from paperstui.tui.outward import Outward
from paperstui.tui.overlay import Overlay
from paperstui.tui.pictures import Pictures
from paperstui.tui.queue import Queue
from paperstui.tui.refresher import Refresher
from paperstui.tui.saying import Saying
from paperstui.tui.search import Search
from paperstui.tui.shelf import Shelf
from paperstui.tui.sittings import Sittings
from paperstui.tui.sorting import Sorting
from paperstui.tui.source import Source
from paperstui.tui.tabs import Tabs
from paperstui.tui.views import Views
from paperstui.tui.ways import Ways
from paperstui.tui.widgets.bar import Bar
from paperstui.tui.widgets.covered import Covered, CoveredLine
from paperstui.tui.widgets.lines_pane import LinesPane
from paperstui.tui.widgets.paper_list import PaperList
from paperstui.tui.widgets.popup import Popup

if TYPE_CHECKING:
    from paperstui.actions import Context
    from paperstui.draw.frame import Opening
    from paperstui.tui.app import PaperstuiApp
    from paperstui.usecases import Desk

LONGEST_HOLD = 2.0
"""Seconds that a key waits at most for what the key before it began."""


class ReaderScreen(Screen[None]):
    """Lays out the panes and sends keys to the parts: the shelf (what is shown), the deeds, the refresher, the filter bar."""

    DEFAULT_CSS = f"""
    ReaderScreen {{
        overflow: hidden;
        layers: default above;
        #header, #hints {{ height: 1; }}
        #bottom {{ height: 1; }}
        #slash {{ width: {layout.SLASH}; height: 1; }}
        #status {{ width: 1fr; height: 1; }}
        #panes {{ height: 1fr; layout: horizontal; }}
        #list {{ width: {layout.LIST_SHARE}%; max-width: {layout.LIST_MOST}; height: 100%; }}
        #paper {{ width: 1fr; height: 100%; }}
        &.-narrow #panes, &.-tiny #panes {{ layout: vertical; }}
        &.-narrow #list {{ width: 100%; max-width: 100%; height: 1fr; }}
        &.-narrow #paper {{ width: 100%; height: {layout.PAPER_SHARE}%; }}
        &.-narrow.-reading #paper {{ height: {layout.PAPER_SHARE_READ}%; }}
        &.-tiny #list, &.-tiny #paper {{ width: 100%; max-width: 100%; height: 100%; }}
        &.-tiny #paper {{ display: none; }}
        &.-tiny.-reading #paper {{ display: block; }}
        &.-tiny.-reading #list {{ display: none; }}
    }}
    """
    AUTO_FOCUS = "#list"

    papers = getters.query_one("#list", PaperList)
    pane = getters.query_one("#paper", LinesPane)
    header = getters.query_one("#header", Bar)
    status_bar = getters.query_one("#status", Bar)
    hint_bar = getters.query_one("#hints", Bar)

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        background: Background,
        *,
        banner: str = "",
        query: str = "",
        opening: Opening | None = None,
    ) -> None:
        super().__init__()
        self._opening = opening
        self._stands = False
        self._behind: tuple[tuple[Region, str], list[Strip]] | None = None
        self.desk = desk
        self.settings = settings
        self.background = background
        self.banner = banner
        self.keys = Resolver()
        self.around = Around(self)
        self.moves = Moves(self)
        self.ways = Ways(self)
        self.views = Views(self)
        self.shelf = Shelf(self, query)
        self.deeds = Deeds(self)
        self.outward = Outward(self)
        self.queue = Queue(self)
        self.changes = WhatChanged(self)
        self.refresher = Refresher(self)
        self.arrivals = Arrivals(self)
        self.filter_bar = FilterBar(self)
        self.search = Search(self)
        self.sorting = Sorting(self)
        self.tabs = Tabs(self)
        self.full_text = FullText(self)
        self.at_hand = AtHand(self)
        self.pictures = Pictures(self)
        self.notes = Notes(self)
        self.more = More(self)
        self.overlay = Overlay(self)
        self.hints = Hints(self)
        self.sittings = Sittings(self)
        self.keeper = Keeper(self)
        self.saying = Saying(self)
        self.source = Source(self)
        self.last_key = ""
        self._held: list[Worker[None]] = []

    def compose(self) -> ComposeResult:
        """A handful of widgets, whatever the number of papers."""
        # Before there is anything to lay out: a class that changes afterwards means laying it all out again.
        self._classify(self.app.size.width, self.app.size.height)
        yield Bar(self._draw_header, id="header")
        with Covered(id="panes"):
            yield PaperList(id="list")
            yield LinesPane(id="paper")
        with CoveredLine(id="bottom"):
            yield Bar(lambda _cells: [(" / ", "accent")], id="slash")
            yield Bar(self._draw_status, id="status")
        yield Bar(self.hints.draw, id="hints")

    async def on_mount(self) -> None:
        """Show the library first; the network comes after the first paint."""
        self.papers.today = clock.today()
        self._lay_out(self.app.size.width, self.app.size.height)
        if self._opening is not None:
            self.shelf.begin_with(self._opening)
            self.work(partial(begin_late, self), group="begin")
        else:
            self.sittings.begin()
            await self._guarded(self.shelf.start)
            self.sittings.write_down()
        # What was typed before there was a list is carried out when it is laid out: a cursor moves within a height.
        app = cast("PaperstuiApp", self.app)
        self.call_after_refresh(self._stand)
        self.call_after_refresh(app.settle_down)
        if self._opening is None:
            self.begun()

    def _stand(self) -> None:
        self._stands = True
        cast("PaperstuiApp", self.app).filled.set()

    def begun(self) -> None:
        """There is a desk, and it has been asked for the first list."""
        if self.desk.notices:
            self.say(" · ".join(self.desk.notices), "error")
        self.call_after_refresh(self.refresher.start)

    def on_unmount(self) -> None:
        """Leaving waits for no search."""
        self.pictures.end()
        self.shelf.selecting.stop()
        self.keeper.stop()
        self.sittings.end()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Take another size; since nothing here scrolls by Textual's doing, nothing has to be laid out anew for it."""
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again; before the first painting is known to have been, there is nothing to repeat."""
        if self._stands or regions or layout or recompose:
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def render_lines(self, crop: Region) -> list[Strip]:
        """What lies behind everything, which is the same until the size or the theme is another."""
        key = (crop, self.app.theme)
        if self._behind is None or self._behind[0] != key:
            self._behind = (key, super().render_lines(crop))
        return self._behind[1]

    # Layout

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size."""
        self._lay_out(event.size.width, event.size.height)
        self.call_after_refresh(self.hints.lay_out)
        self.call_after_refresh(self.filter_bar.lay_out)

    def _classify(self, width: int, height: int) -> None:
        tiny, wide = layout.is_tiny(width, height), layout.is_wide(width, height)
        self.set_class(tiny, "-tiny")
        self.set_class(not tiny and not wide, "-narrow")

    def _lay_out(self, width: int, height: int) -> None:
        self._classify(width, height)
        shape = not layout.is_wide(width, height), layout.is_low(width, height)
        if (self.pane.stacked, self.pane.low) != shape:
            self.pane.stacked, self.pane.low = shape
            self.pane.forget()
            self.shelf.redraw_paper()

    def on_descendant_focus(self) -> None:
        """The hints follow the focus; on a small screen the paper gets room when it has the focus."""
        if self.focused is not self.filter_bar.input:
            self.set_class(self.focused is self.pane, "-reading")
        self.keys.forget()
        self.hints.follow(None)
        self.hint_bar.again()

    @property
    def context(self) -> Context:
        """Where the focus is."""
        if self.filter_bar.input is not None and self.focused is self.filter_bar.input:
            return "filter"
        return "detail" if self.focused is self.pane else "list"

    # The bars

    def _draw_header(self, cells: int) -> Line:
        return self.views.header(cells)

    def _draw_status(self, cells: int) -> Line:
        return self.filter_bar.draw(cells, self.saying.message, self.saying.ink, self._standing())

    def _standing(self) -> str:
        return self.source.standing(self.search.standing() or self.refresher.freshness())

    def work(
        self, job: Callable[[], Coroutine[Any, Any, object]], *, group: str, exclusive: bool = False, hold: bool = False
    ) -> None:
        """Do something in the background. What goes wrong is said in the status line and never ends the reader.

        hold: the next key waits for it, since what it means depends on what this changes.
        """
        guarded: Callable[[], Coroutine[None, None, None]] = partial(self._guarded, job)
        # Without a description Textual writes out the job with all of its arguments: every paper of a list.
        worker: Worker[None] = self.run_worker(
            guarded, group=group, description=group, exclusive=exclusive, exit_on_error=False
        )
        if hold:
            self._held.append(worker)

    async def settled(self) -> None:
        """Wait until what the last key began is done, so that the next one finds the screen it was meant for."""
        end = asyncio.get_running_loop().time() + LONGEST_HOLD
        while self._held:
            worker = self._held[0]
            if worker.is_finished or asyncio.get_running_loop().time() > end:
                self._held.pop(0)
            else:
                await asyncio.sleep(0.001)

    async def _guarded(self, job: Callable[[], Coroutine[Any, Any, object]]) -> None:
        try:
            await job()
        except PaperstuiError as error:
            self.say(str(error), "error")
        except Exception as error:  # noqa: BLE001 - a fault in one job must not end the reader; it is logged and told
            from paperstui.crash import report

            self.say(report(error).replace("\n", "; "), "error")

    def say(self, message: str, ink: str = "dim", *, here: bool = False, paper: int | None = None) -> None:
        """Say something in the status line. It gives way after some seconds, or to the next message.

        here: also a mistake is about what is shown, and forgotten with it. paper: the number of the one that it is
        about, which it goes with.
        """
        self.saying.say(message, ink, here=here, paper=paper)

    def hush(self) -> None:
        """Something else is shown: what was said of it before is said no more, unless something went wrong."""
        self.saying.hush()

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means: an action, a chord, or nothing. False leaves it to the field that is typed into."""
        name = key_name(event.key, event.character)
        if event.key == "escape" and self.keys.pending:
            found: Action | Pending | None = None
            self.keys.forget()
        else:
            begun = self.hints.pending
            found = self.keys.press(name, self.context)
            if found is None:
                self.hints.unknown(begun, name)
        self.last_key = name
        self.sittings.go_on()
        self.hints.follow(found if isinstance(found, Pending) else None)
        if isinstance(found, Action):
            self.perform(found)
        return found is not None or self.context != "filter"

    def perform(self, action: Action) -> None:
        """Do an action of the table, wherever it was asked for."""
        parts = (
            self.ways, self.moves, self.views, self.shelf, self.deeds, self.outward, self.queue, self.changes, self.refresher,
            self.filter_bar, self.search, self.sorting, self.tabs, self.full_text, self.more, self.around, self.keeper,
            self.arrivals, self.source, self.pictures, self.notes,
        )  # fmt: skip
        for part in parts:
            method = getattr(part, f"do_{action.id}", None)
            if method is not None:
                method()
                return
        raise LookupError(action.id)

    # What the widgets tell

    @on(PaperList.Moved)
    def _moved(self, event: PaperList.Moved) -> None:
        self.saying.moved(event.rowid)
        self.shelf.show_paper(event.rowid)

    @on(PaperList.Opened)
    def _opened(self) -> None:
        self.ways.do_open()

    @on(PaperList.RowsWanted)
    def _rows_wanted(self, event: PaperList.RowsWanted) -> None:
        self.shelf.fetch_rows(event.rowids)

    @on(LinesPane.Clicked)
    def _link_clicked(self, event: LinesPane.Clicked) -> None:
        ink = event.span[1]
        if address := address_of(ink):
            self.outward.open_link(address, event.span[0])
        elif tab := carried(ink, "tab"):
            self.tabs.turn_to(tab)
        elif kind := carried(ink, "more"):
            self.more.lead_to(kind)
        elif paper := carried(ink, "paper"):
            self.more.go_to((paper,))

    @on(Bar.Clicked, "#header")
    def _header_clicked(self, event: Bar.Clicked) -> None:
        self.views.header_clicked(event.bar.line, event.x)

    @on(Bar.Clicked, "#status")
    @on(Bar.Clicked, "#slash")
    def _status_clicked(self) -> None:
        self.filter_bar.do_filter()

    @on(Popup.Clicked)
    def _popup_clicked(self, event: Popup.Clicked) -> None:
        if self.filter_bar.suggester.choose(event.line):
            self.filter_bar.do_complete()

    @on(Popup.Turned)
    def _popup_turned(self, event: Popup.Turned) -> None:
        if self.filter_bar.suggester.walkable:
            self.filter_bar.suggester.step(event.direction)

    @on(Bar.Clicked, "#hints")
    def _hints_clicked(self, event: Bar.Clicked) -> None:
        self.hints.clicked(event.bar.line, event.x)
