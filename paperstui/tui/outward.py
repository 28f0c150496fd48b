"""Out of the terminal: pages in the browser, PDFs in their viewer, text on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperstui.draw.row import title_shown
from paperstui.errors import PaperstuiError
from paperstui.export.urls import HUGGING_FACE, abs_url, hf_url, pdf_url
from paperstui.paths import short
from paperstui.text.copied import said_of
from paperstui.tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from paperstui.models import Detail
    from paperstui.outside.opener import Opened
    from paperstui.tui.at_hand import Mark
    from paperstui.tui.screens.reader import ReaderScreen


NO_WAY = "there is no way to the clipboard"


class Outward:
    """Opens and copies what belongs to the paper at hand."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._told = ""  # the odd address of which the true host was shown
        self._unopened = ""  # the address that no browser opened
        self._sent = ""  # what was copied last, of which nobody knows whether it arrived
        self._fetching: dict[str, str] = {}  # what was last said of each PDF that is being fetched

    def _with_paper(self, use: Callable[[Detail], None]) -> None:
        mark = self.screen.at_hand.mark()
        if mark is not None:
            self.screen.work(partial(self._fetch_and, mark, use), group="out")

    async def _fetch_and(self, mark: Mark, use: Callable[[Detail], None]) -> None:
        detail = await self.screen.at_hand.detail(mark)
        if detail is not None:
            use(detail)

    # Pages

    def do_open_page(self) -> None:
        self._with_paper(lambda detail: self.open_link(abs_url(detail.paper) or hf_url(detail.paper)))

    def do_open_site(self) -> None:
        self._with_paper(lambda detail: self.open_link(hf_url(detail.paper)))

    def do_open_code(self) -> None:
        self._with_paper(lambda detail: self.open_link(detail.paper.code_url))

    def do_open_pdf_page(self) -> None:
        self._with_paper(lambda detail: self.open_link(pdf_url(detail.paper)))

    def do_open_project(self) -> None:
        self._with_paper(lambda detail: self.open_link(detail.paper.project_url))

    def do_open_model(self) -> None:
        self._with_paper(lambda detail: self.screen.work(partial(self._open_model, detail), group="open"))

    async def _open_model(self, detail: Detail) -> None:
        """The first model of those that the links show."""

        def found() -> str:
            kept = self.screen.desk.discussing.kept(detail.paper.id)
            repos = kept.repos if kept is not None and kept.known else detail.paper.repos
            return next((repo.id for repo in repos if repo.kind == "model"), "")

        name = await self.screen.background.aside(found)
        self.open_link(f"{HUGGING_FACE}/{name}" if name else "")

    def open_link(self, address: str, shown: str = "") -> None:
        """Open an address in the browser; of an odd one its true host is shown first, and the second time it is opened.

        shown: the text of the link.
        """
        if self.screen.desk.offline:
            self.screen.say("The papers of the demonstration are invented: there is no page to open.")
            return
        if not address:
            self.screen.say("This paper has no such page.", paper=self.screen.at_hand.rowid)
            return
        from paperstui.outside.odd_links import oddness

        odd = oddness(address, shown)
        if odd and self._told != address:
            self._told = address
            self.screen.say(f"This leads to {odd}: the same again opens it.", "error", paper=self.screen.at_hand.rowid)
            return
        self._told = ""
        unopened, self._unopened = self._unopened, ""
        if address == unopened:
            self.copy("the link", address)
        else:
            self.screen.work(partial(self._open, address), group="open")

    async def _open(self, address: str) -> None:
        from paperstui.outside import opener

        opener.checked(address)
        paper = self.screen.at_hand.rowid
        self.screen.say(f"Opening {address}", paper=paper)
        try:
            opened = await self.screen.background.outside(
                opener.open_url, address, browser=self.screen.settings.browser
            )
        except PaperstuiError as error:
            self._unopened = address
            # First what is to be done: on a narrow screen the rest is cut off.
            self.screen.say(f"No browser; the same again copies {address} ({error})", "error", paper=paper)
            return
        self._hand_over(opened)

    def _hand_over(self, opened: Opened) -> None:
        """Give the terminal to a program that needs it, until it ends."""
        if opened.needs_terminal:
            from paperstui.outside import opener

            self.screen.around.hand_over(partial(opener.run_in_terminal, opened.argv))

    # PDFs

    def do_open_pdf(self) -> None:
        self._with_paper(self._begin_pdf)

    def _begin_pdf(self, detail: Detail) -> None:
        if self.screen.desk.offline:
            self.screen.say("The papers of the demonstration are invented: there is no PDF to open.")
        elif said := self._fetching.get(detail.paper.id):
            self.screen.say(said)
        else:
            self.screen.work(partial(self._open_pdf, detail), group="pdf")

    async def _open_pdf(self, detail: Detail) -> None:
        paper = detail.paper
        pdfs = await self.screen.background.aside(lambda: self.screen.desk.pdfs)

        def say(text: str) -> None:
            if self._fetching.get(paper.id) != text:
                self._fetching[paper.id] = text
                self.screen.say(text)

        def progress(done: int, whole: int | None) -> None:
            say(_progress(done, whole))

        try:
            path = await self.screen.background.aside(pdfs.here, paper)
            if path is None:
                say("Asking arXiv for the PDF …")
                others = partial(say, "Another paperstui is fetching the PDF …")
                path = await pdfs.fetch(paper, progress=progress, others=others)
        except PaperstuiError as error:
            raise PaperstuiError(f"No PDF: {error}. P asks the browser.") from error
        finally:
            self._fetching.pop(paper.id, None)
        await self._show_pdf(path)

    async def _show_pdf(self, path: Path) -> None:
        from paperstui.outside import opener

        self.screen.say(f"Opening {short(path)}")
        viewer = self.screen.settings.pdf_viewer
        try:
            self._hand_over(await self.screen.background.outside(opener.open_pdf, path, viewer=viewer))
        except PaperstuiError as error:
            raise PaperstuiError(f"No viewer ({error}); P opens it in the browser. It is in {short(path)}") from error

    # The clipboard

    def do_copy_link(self) -> None:
        self._with_paper(lambda detail: self.copy("the link", abs_url(detail.paper) or hf_url(detail.paper)))

    def do_copy_id(self) -> None:
        self._with_paper(lambda detail: self.copy("the id", detail.paper.id))

    def do_copy_title(self) -> None:
        mark = self.screen.at_hand.mark()
        if mark is not None:
            self.screen.work(partial(self._copy_title, mark), group="out")

    async def _copy_title(self, mark: Mark) -> None:
        row = await self.screen.at_hand.row(mark)
        if row is not None:
            self.copy("the title", title_shown(row))

    def do_copy_bibtex(self) -> None:
        from paperstui.export.bibtex import bibtex

        self._with_paper(lambda detail: self.copy("the BibTeX entry", bibtex(detail.paper)))

    def do_copy_markdown(self) -> None:
        from paperstui.export.markdown import item

        self._with_paper(lambda detail: self.copy("the Markdown item", item(detail).rstrip()))

    def do_copy_selection(self) -> None:
        if text := self.screen.pane.selected:
            self.copy(said_of(text), text)
        else:
            self.screen.say("Nothing is selected: drag over the paper with the mouse, or click a word twice.")

    def copy_selected(self, text: str) -> None:
        """Copy what was just selected with the mouse. Where that is not possible it is said, and nothing put in the way."""
        self.screen.work(partial(self._copy_text, said_of(text), text, released=True), group="copy")

    def copy(self, what: str, text: str) -> None:
        """Copy through the terminal, which works over SSH, and through the system's clipboard command where there is one."""
        if not text:
            self.screen.say("This paper has none.", paper=self.screen.at_hand.rowid)
            return
        self.screen.work(partial(self._copy_text, what, text), group="copy")

    async def _copy_text(self, what: str, text: str, *, released: bool = False) -> None:
        from paperstui.outside import clipboard

        first, why = text.splitlines()[0], ""
        driver = self.screen.app._driver  # noqa: SLF001 - Textual's own copy does not pass through tmux
        sent = driver is not None and clipboard.terminal_takes()
        try:
            if driver is not None and sent:
                driver.write(clipboard.terminal_sequence(text))
        except PaperstuiError as error:
            sent, why = False, str(error)
        try:
            copied = await self.screen.background.outside(clipboard.copy_now, text)
        except PaperstuiError as error:
            copied, why = clipboard.Copied(""), why or str(error)
        again, self._sent = self._sent == text, "" if released else text
        if copied.how:
            self._tell(f"Copied {what}: {first}")
        elif sent and (released or not again):
            # Whether the terminal took it cannot be known.
            shown = "y y sends it again" if released else "once more shows it to select"
            self._tell(f"Sent {what} to the terminal ({shown}): {first}")
        elif released:
            self._tell(f"Selected {what}, but {why or NO_WAY}: y y shows it")
        else:
            await self._show_to_select(what, text, why or ("" if sent else NO_WAY))

    def _tell(self, message: str) -> None:
        """Say something of what was copied, also where the status line is covered."""
        self.screen.say(message)
        above = self.screen.app.screen
        if isinstance(above, PaneScreen):
            above.say(message)

    async def _show_to_select(self, what: str, text: str, why: str) -> None:
        from paperstui.tui.screens.selecting import SelectScreen

        self._sent = ""
        await self.screen.app.push_screen(SelectScreen(what, text, why))


def _progress(done: int, whole: int | None) -> str:
    if whole:
        return f"Fetching the PDF: {min(100, done * 100 // whole)} % of {whole / 2**20:.1f} MB"
    return f"Fetching the PDF: {done // 2**20} MB"
