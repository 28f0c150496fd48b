"""The way into a paper's full text, and what is said while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.tui.at_hand import Mark

if TYPE_CHECKING:
    from paperstui.tui.screens.fulltext import FullTextScreen
    from paperstui.tui.screens.reader import ReaderScreen


class FullText:
    """Opens the text of the paper that is shown."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._open: FullTextScreen | None = None
        self.opened: Mark | None = None
        """The paper whose text is open."""

    def do_read_full(self) -> None:
        self.screen.work(self._show, group="full text", hold=True)

    def heard(self, message: str, ink: str) -> None:
        """Something was said that the screen of the text covers: it says it, too."""
        if self._open is not None:
            self._open.say(message, ink)

    async def _show(self) -> None:
        rowid = self.screen.papers.rowid
        if rowid is None:
            return
        detail = self.screen.shelf.detail
        if detail is None or detail.rowid != rowid:
            detail = await self.screen.background.read(self.screen.desk.detail, rowid)
        if detail is None:
            return
        from paperstui.tui.screens.fulltext import FullTextScreen

        self._open = FullTextScreen(self.screen, detail.paper)
        self.opened = Mark(detail.rowid, detail.paper.id)
        await self.screen.app.push_screen(self._open, self._closed)

    def _closed(self, _: object) -> None:
        self._open = self.opened = None
        # Its text may be here only now, and with it a figure.
        self.screen.pictures.look_again()
