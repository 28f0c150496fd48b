"""The paper that a key is about: the one whose full text is open, else the one under the list's cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from paperstui.models import Detail, Row
    from paperstui.tui.screens.reader import ReaderScreen


class Mark(NamedTuple):
    """Which paper was meant when a key was pressed.

    rowid: its number. id: its id if its text is open, which holds when a title becomes known under its arXiv id.
    """

    rowid: int
    id: str = ""


class AtHand:
    """Tells what is done with a paper which one that is. Whatever moves the list's cursor below a text does not matter."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def mark(self) -> Mark | None:
        """The paper that is meant now; None in an empty list."""
        if (opened := self.screen.full_text.opened) is not None:
            return opened
        rowid = self.screen.papers.rowid
        return None if rowid is None else Mark(rowid)

    @property
    def rowid(self) -> int | None:
        """Its number."""
        mark = self.mark()
        return None if mark is None else mark.rowid

    async def row(self, mark: Mark) -> Row | None:
        """The row of a paper, read where it is not in memory; None when the library does not hold it any more."""
        screen = self.screen
        shown: Row | None = screen.papers.paper
        if shown is not None and shown.rowid == mark.rowid:
            return shown
        desk, read = screen.desk, screen.background.read
        rows = await (read(desk.rows_of, [mark.id]) if mark.id else read(desk.rows, [mark.rowid]))
        return rows[0] if rows else None

    async def detail(self, mark: Mark) -> Detail | None:
        """All about a paper, read where it is not in memory; None when the library does not hold it any more."""
        screen = self.screen
        shown: Detail | None = screen.shelf.detail
        if shown is not None and shown.rowid == mark.rowid:
            return shown
        row = await self.row(mark) if mark.id else None
        return await screen.background.read(screen.desk.detail, mark.rowid if row is None else row.rowid)
