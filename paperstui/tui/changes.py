"""What changed in the shown paper, in place of the paper until a key leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from paperstui import clock

if TYPE_CHECKING:
    from paperstui.draw.changes import Compared
    from paperstui.draw.lines import Line
    from paperstui.models import Detail
    from paperstui.tui.screens.reader import ReaderScreen


class WhatChanged:
    """Does the action that shows what changed. It is shown for one paper, and gone when another one is looked at."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._shown: int | None = None
        self._found: Compared | None = None

    @property
    def shown(self) -> bool:
        """Whether the pane says what changed in the paper under the cursor."""
        return self._shown is not None and self._shown == self.screen.papers.rowid

    def writer(self, detail: Detail) -> Callable[[int], list[Line]] | None:
        """What draws the pane in place of the paper; None where the paper itself is to be seen."""
        if detail.rowid != self._shown:
            self._shown = None
            return None
        from paperstui.draw.changes import change_lines

        found, stacked = self._found, self.screen.pane.stacked
        return lambda cells: change_lines(detail, found, cells, clock.today(), below_rule=stacked)

    def do_changes(self) -> None:
        if self.shown:
            self.leave()
        elif self.screen.papers.rowid is not None:
            self.screen.work(partial(self._show, self.screen.papers.rowid), group="changes", exclusive=True, hold=True)

    def forget(self) -> None:
        """Something else is shown in its place."""
        self._shown = None

    def leave(self) -> None:
        """Show the paper again."""
        rowid, self._shown = self._shown, None
        self.screen.shelf.show_paper(rowid)

    def compare_again(self) -> None:
        """The texts are shown in another form: what differs is told in that."""
        if self.shown and self._shown is not None:
            self.screen.work(partial(self._show, self._shown), group="changes", exclusive=True, hold=True)

    async def _show(self, rowid: int) -> None:
        screen = self.screen
        detail = await screen.background.read(screen.desk.detail, rowid)
        if detail is None:
            return
        found = await screen.background.aside(_compared, detail)
        if rowid != screen.papers.rowid:
            return
        self._shown, self._found = rowid, found
        if screen.has_class("-tiny"):
            screen.ways.do_open()
        screen.shelf.show_paper(rowid)
        if detail.revised is not None and not screen.desk.readonly:
            screen.work(partial(self._looked_at, detail), group="looked")

    async def _looked_at(self, detail: Detail) -> None:
        await self.screen.background.follow(self.screen.desk.looked_at, detail.rowid)
        await self.screen.shelf.reload((detail.paper.id,))


def _compared(detail: Detail) -> Compared | None:
    from paperstui.draw.changes import compared

    return compared(detail)
