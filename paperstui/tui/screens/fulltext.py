"""The full text of a paper: to read, to look through, to follow links in, and to come back to at the same place."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.screen import Screen

from paperstui.actions import Action
from paperstui.documents.flow import Place
from paperstui.draw import bars
from paperstui.draw.document import status_line, title_line
from paperstui.draw.lines import Line
from paperstui.text.clean import clean_line
from paperstui.text.latex import to_unicode
from paperstui.tui.contents import Contents
from paperstui.tui.keys import Pending, Resolver, key_name
from paperstui.tui.leads import Leads
from paperstui.tui.widgets.bar import Bar
from paperstui.tui.widgets.document_view import DocumentView
from paperstui.tui.widgets.lines_pane import LinesPane
from paperstui.usecases.reading import abstract_blocks

if TYPE_CHECKING:
    from paperstui.models import Paper
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases.reading import Document

MOST_BACK = 100
"""Places that one can go back to."""


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
        self._title = to_unicode(paper.title, bare=paper.text_source != "arxiv")
        self._keys = Resolver()
        self._message = ""
        self._ink = "dim"
        self._waiting = ""
        self._typed: str | None = None  # what is being looked for, while it is typed
        self._words = ""
        self._back: list[Place] = []
        self.contents = Contents(self)
        self.leads = Leads(self)
        self._last = ""
        self._read: DocumentView | None = None
        self._pending: Pending | None = None

    def compose(self) -> ComposeResult:
        """The text between three lines; the outline in its place when it is asked for."""
        yield Bar(self._draw_title, id="text-title")
        yield DocumentView(self._aside, self._in_view, id="text")
        yield LinesPane(id="text-outline")
        yield Bar(self._draw_status, id="text-status")
        yield Bar(self._draw_hints, id="text-hints")

    def on_mount(self) -> None:
        """What is kept is shown at once; otherwise it is fetched."""
        self.outline.stacked = True
        self._read = self.view
        self._read.focus()
        self.reader.work(self._open, group="full text")

    async def _aside(self, function: Callable[[], None]) -> None:
        await self.reader.background.aside(function)

    def _in_view(self, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.reader.work(job, group="lay out", exclusive=True)

    # The document

    async def _open(self, *, again: bool = False) -> None:
        background = self.reader.background
        reading = await background.aside(lambda: self.reader.desk.reading)
        begun = False  # whether the beginning of the text is shown already
        kept = None
        if not again:
            beginning = await background.aside(reading.beginning, self.paper)
            if beginning and self.is_attached:
                self.view.show(beginning, Place(0, 0))
                begun = True
            kept = await background.aside(reading.kept, self.paper)
            if kept is not None:
                await self._take(kept, begun=begun)
                if not kept.wanting:
                    return
            elif self.is_attached:
                self.view.show(abstract_blocks(self.paper), Place(0, 0))
        if kept is not None and kept.wanting == "newer":
            self.say("This is of an earlier version; the newest is asked for.")
        found = await reading.fetch(self.paper, asked=True, again=again, waits=self._asks)
        if kept is None:
            await self._take(found, begun=False)
        elif self.is_attached:
            self._compare(kept, found)

    async def _take(self, found: Document, *, begun: bool) -> None:
        """Show a document from where it was left. begun: its beginning is shown already."""
        place = await self.reader.background.aside(self.reader.desk.places.get, self.paper.id, found.source)
        if not self.is_attached:
            return
        self._waiting = self._message = ""
        self.document = found
        if begun and self.view.place != Place(0, 0):
            place = None  # somebody reads on already
        self.leads.close()
        self.view.show(found.blocks, place or (self.view.place if begun else Place(0, 0)))
        if found.whole and found.error and not found.wanting:
            self.say(f"{found.error}: this is the text that came before.", "warning")
        elif place is not None:
            self.say("You were here before; g g is the beginning.")
        self._bars_again()

    def _compare(self, kept: Document, found: Document) -> None:
        """A text is read while a newer or better one was asked for: it takes the other's place where nobody reads yet."""
        self._waiting = ""
        if (found.at, found.source) == (kept.at, kept.source):
            return
        if self.view.place == Place(0, 0):
            self.document = found
            self.view.show(found.blocks, Place(0, 0))
            self.say(f"This is {found.source}, which is {'newer' if kept.wanting == 'newer' else 'better'}.")
        else:
            self.say(f"{found.source} came: it is there when you open this again.")
        self._bars_again()

    def _asks(self, name: str) -> None:
        self._waiting = name
        if self.is_attached:
            self._bars_again()

    def on_unmount(self) -> None:
        """Remember the place; the view is not a part of the screen any more."""
        if self.document is not None and self.document.whole and self._read is not None:
            self.reader.background.finish(
                self.reader.desk.places.put, self.paper.id, self.document.source, self._read.place
            )

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
        return title_line(self._title, "" if section == self._title else section, cells)

    def _draw_status(self, cells: int) -> Line:
        asking = f"asking for {self._waiting or 'the text'} …"
        if self.document is None and self._typed is None and not self._message:
            return [(f" {asking[:1].upper()}{asking[1:]}", "dim")]
        left: Line = [(f" {self._message}", self._ink)]
        if self._typed is not None:
            left = [(" / ", "accent"), (self._typed, "strong"), ("▏", "accent")]
            if self._typed:
                left.append((f"  {self._counted()}", "dim"))
        elif self.leads.shown:
            left = [(f" {self.leads.said}", "dim")]
        elif self._words and not self._message:
            left = [(f" {self._words}: {self._counted()}", "dim")]
        source = self.document.source if self.document is not None else asking
        return status_line(left, source, self.view.percent, cells)

    def _counted(self) -> str:
        count = len(self.view.hits)
        if not count:
            return "not found"
        return f"{self.view.hit + 1:,} of {count:,}" if self.view.hit >= 0 else f"{count:,} places"

    def _draw_hints(self, cells: int) -> Line:
        if self._pending is not None:
            return bars.chord_hints(self._pending.begun, self._pending.following, cells)
        if self.contents.shown:
            return bars.hints((("j/k", "choose"), ("Enter", "go there"), ("Esc", "back to the text")), cells)
        if self.leads.shown:
            return bars.hints((("a … z", "go to the link with these letters"), ("Esc", "back to the text")), cells)
        if self._typed is not None:
            return bars.hints((("Enter", "keep the hits marked"), ("Esc", "leave")), cells)
        without = () if self.document is not None else ("text_outline", "text_find", "text_links", "text_next_section")
        if self.document is not None and not self.document.whole:
            return bars.hints((("R", "fetch again"), ("o", "its page"), ("p", "PDF"), ("q", "back")), cells)
        return bars.context_hints("text", cells, without=without)

    def on_resize(self) -> None:
        """Links stand elsewhere after it, so their letters go."""
        self.leads.close()

    @on(DocumentView.Scrolled)
    def _scrolled(self) -> None:
        self.query_one("#text-title", Bar).again()
        self.query_one("#text-status", Bar).again()

    @on(DocumentView.LeadClicked)
    def _clicked(self, event: DocumentView.LeadClicked) -> None:
        self.leads.follow(event.lead)

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means here; what is typed for a search or a link is taken as that."""
        name = self._last = key_name(event.key, event.character)
        self._message = ""
        if self._typed is not None:
            self._type(name)
        elif self.leads.shown:
            self.leads.take_key(name)
        elif self.contents.shown:
            self.contents.take_key(name)
        elif not (event.key == "escape" and self._keys.pending):
            found = self._keys.press(name, "text")
            self._pending = found if isinstance(found, Pending) else None
            if isinstance(found, Action):
                self._perform(found)
        else:
            self._keys.forget()
            self._pending = None
        if self.is_attached:
            self._bars_again()
        return True

    def _perform(self, action: Action) -> None:
        method = getattr(self, f"do_{action.id}", None)
        if method is not None:
            method()
        else:
            self.reader.perform(action)

    def _page(self) -> int:
        return max(1, self.view.height - 2)

    def do_text_down(self) -> None:
        self.view.scroll_to(self.view.top + 1)

    def do_text_up(self) -> None:
        self.view.scroll_to(self.view.top - 1)

    def do_text_page_down(self) -> None:
        self.view.scroll_to(self.view.top + self._page())

    def do_text_page_up(self) -> None:
        self.view.scroll_to(self.view.top - self._page())

    def do_text_half_down(self) -> None:
        self.view.scroll_to(self.view.top + self.view.height // 2)

    def do_text_half_up(self) -> None:
        self.view.scroll_to(self.view.top - self.view.height // 2)

    def do_text_top(self) -> None:
        self.leave()
        self.view.scroll_to(0)

    def do_text_bottom(self) -> None:
        self.leave()
        self.view.scroll_to(self.view.last_top)

    def do_text_close(self) -> None:
        if self._words and self._last == "escape":
            self._words = ""
            self.view.look_for("")
        else:
            self.dismiss()

    def do_text_fetch(self) -> None:
        if self.document is not None:
            self.document = None
            self.reader.work(partial(self._open, again=True), group="full text")

    # Sections

    def do_text_next_section(self) -> None:
        self._to_section(next((s.line for s in self.view.flow.sections if s.line > self.view.top), None))

    def do_text_previous_section(self) -> None:
        self._to_section(next((s.line for s in reversed(self.view.flow.sections) if s.line < self.view.top), None))

    def _to_section(self, line: int | None) -> None:
        if line is None:
            self.say("There is no further section that way.")
        else:
            self.view.scroll_to(line)

    def do_text_outline(self) -> None:
        if self.document is None:
            self.say("The outline is there when the text is.")
        else:
            self.contents.open()

    # Finding

    def do_text_find(self) -> None:
        self._typed = ""

    def _type(self, name: str) -> None:
        typed = self._typed or ""
        if name == "escape":
            self._typed, self._words = None, ""
            self.view.look_for("")
            return
        if name == "enter":
            self._words, self._typed = typed, None
            return
        if name == "backspace":
            typed = typed[:-1]
        elif name == "space":
            typed += " "
        elif len(name) == 1:
            typed += name
        if typed != self._typed:
            if not self._typed:
                self.leave()
            self._typed = typed
            self.view.look_for(typed)

    def do_text_find_next(self) -> None:
        self._to_hit(1)

    def do_text_find_before(self) -> None:
        self._to_hit(-1)

    def _to_hit(self, step: int) -> None:
        if not self.view.hits:
            where = "the text" if self.document is not None else "the abstract; the text is not here yet"
            self.say(f"{self._words} is not in {where}." if self._words else "Type / to search in the text.")
            return
        self.view.to_hit(self.view.hit + step)

    # Links

    def do_text_links(self) -> None:
        self.leads.open()

    def leave(self) -> None:
        """The place that is left can be come back to."""
        self._back = [*self._back[-MOST_BACK:], self.view.place]

    def do_text_return(self) -> None:
        if not self._back:
            self.say("There is no place to go back to.")
            return
        self.view.scroll_to(self.view.flow.line_of(self._back.pop()))

    def do_text_copy(self) -> None:
        from paperstui.documents.blocks import words

        if self.document is not None and self.document.blocks:
            place = self.view.place
            self.reader.outward.copy("the paragraph", words(self.document.blocks[place.block]))
