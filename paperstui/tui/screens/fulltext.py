"""The full text of a paper: to read, to look through, to follow links in, and to come back to at the same place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.screen import Screen

from paperstui.actions import Action, works_in
from paperstui.documents.as_written import as_shown
from paperstui.documents.flow import Place
from paperstui.draw import bars
from paperstui.draw.document import status_line, title_line
from paperstui.draw.lines import Line
from paperstui.text.clean import clean_line
from paperstui.text.copied import said_of
from paperstui.text.mathematics import source_shown
from paperstui.tui import garbage
from paperstui.tui.contents import Contents
from paperstui.tui.finding import Finding
from paperstui.tui.keys import Pending, Resolver, key_name
from paperstui.tui.leads import Leads
from paperstui.tui.source import standing
from paperstui.tui.text_hints import TextHints
from paperstui.tui.text_moves import TextMoves
from paperstui.tui.widgets.bar import Bar
from paperstui.tui.widgets.document_view import DocumentView
from paperstui.tui.widgets.lines_pane import LinesPane
from paperstui.tui.written import Form, Written
from paperstui.usecases.text_heads import WHY_UNKEPT

if TYPE_CHECKING:
    from textual.timer import Timer

    from paperstui.models import Paper
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases.reading import Document, Reading

PATIENCE = 0.2
"""Seconds after which the abstract is shown until a text that is here is read."""

REST = 2.0
"""Seconds without a move after which the place is remembered, so that also a reader that is killed keeps it."""


class FullTextScreen(Screen[None]):
    """Shows one text. Decisions and ways out of the terminal are those of the reader's screen below."""

    DEFAULT_CSS: ClassVar[str] = """
    FullTextScreen { overflow: hidden; }
    FullTextScreen #text-title, FullTextScreen #text-status, FullTextScreen #text-hints { height: 1; }
    FullTextScreen DocumentView { height: 1fr; }
    FullTextScreen #text-outline { height: 1fr; display: none; }
    FullTextScreen.-outline #text-outline { display: block; }
    FullTextScreen.-outline DocumentView { display: none; }
    """

    view = getters.query_one(DocumentView)
    outline = getters.query_one("#text-outline", LinesPane)

    def __init__(self, reader: ReaderScreen, paper: Paper) -> None:
        super().__init__()
        self.reader = reader
        self.paper = paper
        self.document: Document | None = None
        self._again = False  # whether the text that is read is fetched once more
        self._keys = Resolver()
        self._message = ""
        self._ink = "dim"
        self._waiting = ""
        self.contents = Contents(self)
        self.leads = Leads(self)
        self.finding = Finding(self)
        self.moves = TextMoves(self)
        self.hints = TextHints(self)
        self.written = Written(self)
        self.last_key = ""
        self.pending: Pending | None = None
        self._read: DocumentView | None = None
        self._kept: tuple[str, Place] | None = None  # the place that is on disk
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The text between three lines; the outline in its place when it is asked for."""
        yield Bar(self._draw_title, id="text-title")
        yield DocumentView(self._aside, self._in_view, id="text")
        yield LinesPane(id="text-outline")
        yield Bar(self._draw_status, id="text-status")
        yield Bar(self.hints.draw, id="text-hints")

    def on_mount(self) -> None:
        """What is kept is shown at once; otherwise it is fetched."""
        garbage.seldom()
        self.outline.stacked, self.outline.selects = True, False
        self._read = self.view
        self._read.focus()
        self.reader.work(self._open, group="full text")

    async def _aside(self, function: Callable[[], None]) -> None:
        await self.reader.background.aside(function)

    def _in_view(self, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.reader.work(job, group="text in view")

    # The document

    async def _fetch_again(self) -> None:
        try:
            await self._open(again=True)
        finally:
            self._again = False
            if self.is_attached:
                self._bars_again()

    async def _open(self, *, again: bool = False) -> None:
        background = self.reader.background
        reading = await background.aside(lambda: self.reader.desk.reading)
        begun = False  # whether the beginning of the text is shown already
        kept = None
        if not again:
            beginning = await background.aside(reading.beginning, self.paper)
            if beginning and self.is_attached:
                source = source_shown()
                self.written.show(Form(as_shown(beginning, source=source), source), Place(0, 0))
                begun = True
            kept = await self._read_kept(reading, begun=begun)
            if kept is not None:
                await self._take(kept, begun=begun)
                if not kept.wanting:
                    return
            elif self.is_attached:
                self.written.show(self.written.form(None), Place(0, 0))
        if kept is not None and kept.wanting == "newer":
            self.say("This is of an earlier version; the newest is asked for.")
        found = await reading.fetch(self.paper, asked=True, again=again, waits=self._asks)
        if kept is None:
            await self._take(found, begun=False)
        elif self.is_attached:
            await self._compare(kept, found)

    async def _read_kept(self, reading: Reading, *, begun: bool) -> Document | None:
        """What is kept. A page of arXiv may take a while to be read: the abstract stands there until it is."""
        reads = asyncio.ensure_future(self.reader.background.aside(reading.kept, self.paper))
        done, _ = await asyncio.wait({reads}, timeout=PATIENCE)
        if not done and not begun and self.is_attached:
            self.written.show(self.written.form(None), Place(0, 0))
        return await reads

    async def _take(self, found: Document, *, begun: bool) -> None:
        """Show a document from where it was left. begun: its beginning is shown already."""
        background = self.reader.background
        place = await background.aside(self.reader.desk.places.get, self.paper.id, found.source)
        form = await background.aside(self.written.form, found)
        if not self.is_attached:
            return
        self._waiting = self._message = ""
        before = self.document if self._again else None
        if before is not None and before.whole and not found.whole:
            self.say(f"This is the text that came before: {found.error or 'no source has it now'}", "error")
            return
        stays = before is not None and before.source == found.source
        if stays:
            place = self.written.kept(self.view.place)  # one may have read on
        self.document = found
        if begun and self.view.place != Place(0, 0):
            place = None  # somebody reads on already
        self.leads.close()
        begin = self.view.place if begun else Place(0, 0)
        self.written.show(form, begin if place is None else self.written.there(place, form))
        if found.whole and found.error and not found.wanting:
            self.say(f"This is the text that came before: {found.error}", "error")
        elif found.unkept:
            self.say(f"Read it now: {WHY_UNKEPT[found.unkept]}", "error")
        elif not found.whole and self.view.percent < 100:
            self.say("No full text: why is below.")
        elif place is not None and not stays:
            self.say("You were here before; g g is the beginning.")
        self._bars_again()

    async def _compare(self, kept: Document, found: Document) -> None:
        """A text is read while a newer or better one was asked for: it takes the other's place where nobody reads yet."""
        self._waiting = ""
        if (found.at, found.source) == (kept.at, kept.source):
            return
        form = await self.reader.background.aside(self.written.form, found)
        if not self.is_attached:
            return
        if self.view.place == Place(0, 0):
            self.document = found
            self.written.show(form, Place(0, 0))
            self.say(f"This is {found.source}, which is {'newer' if kept.wanting == 'newer' else 'better'}.")
        else:
            self.say(f"{found.source} came: it is there when you open this again.")
        self._bars_again()

    def _asks(self, said: str) -> None:
        self._waiting = said
        if self.is_attached:
            self._bars_again()

    def on_unmount(self) -> None:
        """Remember the place; the view is not a part of the screen any more."""
        self._keep_place()
        self.document = None
        if self._read is not None:
            self._read.let_go()
        garbage.usual()

    def _rest(self) -> None:
        self._keep_place()
        garbage.at_rest()

    def _keep_place(self) -> None:
        if self.document is None or not self.document.whole or self._read is None:
            return
        here = (self.document.source, self.written.kept(self._read.place))
        if here != self._kept:
            self._kept = here
            self.reader.background.finish(self.reader.desk.places.put, self.paper.id, *here)

    # The lines around it

    def say(self, message: str, ink: str = "dim") -> None:
        """Say something below the text, until the next key."""
        self._message, self._ink = clean_line(message, 300), ink
        if self.is_attached:
            self.query_one("#text-status", Bar).again()

    def _bars_again(self) -> None:
        for bar in self.query(Bar):
            bar.again()

    def _draw_title(self, cells: int) -> Line:
        index = self.view.flow.section_at(self.view.top + 1)
        section = self.view.flow.sections[index].title if index >= 0 else ""
        title = self.written.title
        return title_line(title, "" if section == title else section, cells)

    def _draw_status(self, cells: int) -> Line:
        asking = f"{self._waiting} …" if self._waiting else "looking for the text …"
        left: Line = [(f" {self._message}", self._ink)] if self._message else []
        if self.contents.shown:
            left = self.contents.said or left
        elif self.finding.typed is not None:
            left = self.finding.said
        elif self.leads.shown:
            left = [(f" {self.leads.said}", "dim")]
        elif not left:
            left = self.finding.said
        if (self.document is None or self._again) and not left:
            return [(f" {asking[:1].upper()}{asking[1:]}", "dim")]
        source = self.document.source if self.document is not None else asking
        source = f"{form} · {source}" if (form := standing()) else source
        return status_line(left, source, self.view.percent, cells)

    def on_resize(self) -> None:
        """Links stand elsewhere after it, so their letters go."""
        self.leads.close()

    @on(DocumentView.Scrolled)
    def _scrolled(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rest)
        self.query_one("#text-title", Bar).again()
        self.query_one("#text-status", Bar).again()

    @on(Bar.Clicked, "#text-hints")
    def _hints_clicked(self, event: Bar.Clicked) -> None:
        self.hints.clicked(event.bar.line, event.x)

    @on(Bar.Clicked, "#text-status")
    def _status_clicked(self) -> None:
        if not (self.contents.shown or self.leads.shown) and self.finding.typed is None:
            self.take("/")

    def on_click(self, event: events.Click) -> None:
        """A section of the outline is gone to."""
        if self.contents.shown and self.outline.region.contains_point((event.screen_x, event.screen_y)):
            self.contents.clicked(event.screen_y - self.outline.region.y)

    @on(DocumentView.LeadClicked)
    def _clicked(self, event: DocumentView.LeadClicked) -> None:
        self.leads.follow(event.lead)

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means here; what is typed for a search or a link is taken as that."""
        self.take(key_name(event.key, event.character))
        return True

    def take(self, name: str) -> None:
        """Do what a key means, by its name."""
        self.last_key = name
        self._message = ""
        self.view.point(-1)
        if self.finding.typed is not None:
            self.finding.take_key(name)
        elif self.leads.shown:
            self.leads.take_key(name)
        elif self.contents.shown:
            self.contents.take_key(name)
        else:
            self._act(name)
        if self.is_attached:
            self._bars_again()

    def _act(self, name: str) -> None:
        begun, self.pending = self.pending, None
        if name == "escape" and begun is not None:
            self._keys.forget()
            return
        found = self._keys.press(name, "text")
        self.pending = found if isinstance(found, Pending) else None
        if isinstance(found, Action):
            self._perform(found)
        elif found is None and begun is not None:
            self.say(bars.unknown_chord(begun.begun, name, begun.following))
        elif found is None and isinstance(meant := Resolver().press(name, "list"), Action):
            self._say_elsewhere(meant)

    def _say_elsewhere(self, action: Action) -> None:
        self.say(f"{action.title}: q closes the text first.")

    def do_palette(self) -> None:
        from paperstui.tui.screens.palette import PaletteScreen

        def chose(action: Action | None) -> None:
            if action is not None and self.is_attached:
                (self._perform if works_in(action, "text") else self._say_elsewhere)(action)

        self.reader.around.show(PaletteScreen(), chose)

    def _perform(self, action: Action) -> None:
        for part in (self, self.moves, self.finding, self.leads, self.contents, self.written):
            method = getattr(part, f"do_{action.id}", None)
            if method is not None:
                method()
                return
        self.reader.perform(action)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted while something is typed is typed."""
        event.stop()
        words = clean_line(event.text, 300)
        for letter in words if self.finding.typed is not None or self.contents.typed is not None else "":
            self.take("space" if letter == " " else letter)

    def do_text_close(self) -> None:
        if self.last_key == "escape" and self.view.unselect():
            return
        if self.finding.words and self.last_key == "escape":
            self.finding.end()
        else:
            self.dismiss()

    def do_text_fetch(self) -> None:
        if self.document is None or self._again:
            self.say("It is being asked for already.")
            return
        self._keep_place()
        self._again = True
        self.reader.work(self._fetch_again, group="full text")

    def do_text_copy(self) -> None:
        from paperstui.documents.blocks import words

        if selected := self.view.selected:
            self.reader.outward.copy(said_of(selected), selected)
        elif self.view.making:
            self.view.tell_made()
        elif (block := self.written.block(self.view.place.block)) is not None:
            self.reader.outward.copy("the paragraph", words(block))
