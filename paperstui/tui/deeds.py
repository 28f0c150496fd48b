"""What a reader decides about a paper, and takes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from paperstui.draw.row import title_shown

if TYPE_CHECKING:
    from paperstui.models import Row
    from paperstui.tui.at_hand import Mark
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases import Decision


FOLLOWED_AFTER = 1.0
"""Seconds that a list waits for the library to follow a decision. Longer, and it is shown as the library has it."""


class Deeds:
    """The decisions. Each is painted when it is on disk, not before; the library follows."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._following: asyncio.Future[str] | None = None
        self._late = False

    # Decisions

    def do_star(self) -> None:
        self._toggle("starred")

    def do_read(self) -> None:
        self._toggle("read")

    def do_queue(self) -> None:
        self._toggle("queued")

    def do_hide(self) -> None:
        self._toggle("hidden")

    def _toggle(self, field: str) -> None:
        mark = self.screen.at_hand.mark()
        if mark is not None:
            self.screen.work(partial(self._turn, mark, field), group="decide", hold=True)

    async def _turn(self, mark: Mark, field: str) -> None:
        """Turn a field of the paper that was meant; its row may not have been read yet."""
        row = await self.screen.at_hand.row(mark)
        if row is None:
            return
        value = not getattr(row, field)
        await self.carry(partial(self.screen.desk.decide, (row.id,), field, value, follow=False))
        if field == "queued" and value:
            self.screen.keeper.queued(row.id)
        if field == "hidden" and value:
            self.screen.shelf.drop(row)
        forward = field == "read" and value and self.screen.settings.auto_advance
        if forward and self.screen.context == "list" and self.screen.papers.rowid == row.rowid:
            self.screen.papers.move(1)

    def mark_opened(self) -> None:
        """A paper was opened, and the settings say that this is reading it."""
        row = self.screen.papers.paper
        if row is not None and not row.read:
            self._decide(row, "read", value=True)

    def _decide(self, row: Row, field: str, value: bool) -> None:
        self.screen.work(
            partial(self.carry, partial(self.screen.desk.decide, (row.id,), field, value, follow=False)),
            group="decide",
        )

    def do_undo(self) -> None:
        self._take_back(partial(self.screen.desk.undo, follow=False), "Nothing to undo.")

    def do_redo(self) -> None:
        self._take_back(partial(self.screen.desk.redo, follow=False), "Nothing to redo.")

    def _take_back(self, deed: Callable[[], Decision | None], otherwise: str) -> None:
        self.screen.work(partial(self._go_back, deed, otherwise), group="decide", hold=True)

    async def _go_back(self, deed: Callable[[], Decision | None], otherwise: str) -> None:
        """Undo or redo, and put the cursor on the paper that it was about, if that is in the list and no text covers it."""
        decision = await self.carry(deed, otherwise)
        if decision is None or len(decision.papers) != 1:
            return
        papers, covered = self.screen.papers, self.screen.full_text.opened is not None
        for row in await self.screen.background.read(self.screen.desk.rows_of, decision.papers):
            if row.rowid in papers.ids and row.hidden and decision.hides:
                self.screen.shelf.drop(row)
            elif row.rowid in papers.ids:
                if not covered:
                    papers.move_to(papers.ids.index(row.rowid))
            elif decision.hides and not row.hidden:
                if covered:
                    self.screen.shelf.again()
                else:
                    self.screen.shelf.bring_back(row.rowid)

    def carry_out(self, deed: Callable[[], Decision | None], otherwise: str) -> None:
        """Decide something that the library is to follow afterwards; the next key waits until it is shown.

        otherwise: what is said when there was nothing to decide.
        """
        self.screen.work(partial(self.carry, deed, otherwise), group="decide", hold=True)

    async def carry(self, deed: Callable[[], Decision | None], otherwise: str = "It is so already.") -> Decision | None:
        """The same for those who go on when it is decided. None when there was nothing to decide."""
        decision = await self.screen.background.write(deed)
        if decision is None:
            self.screen.say(otherwise)
            return None
        await self.screen.shelf.reload(decision.papers, recount=False)
        if decision.order:
            self.screen.queue.order_changed()
        # Begun here, so that the next key finds it under way.
        self._following = asyncio.ensure_future(self.screen.background.follow(self.screen.desk.follow))
        left = f"; {decision.left} decided again later and left alone" if decision.left else ""
        which = ""
        if len(decision.papers) == 1:
            rows = await self.screen.background.read(self.screen.desk.rows_of, decision.papers)
            which = f": {title_shown(rows[0])}" if rows else f": {decision.papers[0]}"
        self.screen.say(f"{decision.label}{which}{left}")
        self.screen.work(partial(self._follow, self._following, decision.label), group="follow")
        return decision

    async def _follow(self, following: asyncio.Future[str], label: str) -> None:
        """When the library has followed a decision, counts change, and lists that could not wait for it."""
        trouble = await following
        if trouble:
            self.screen.say(f"{label}; {trouble}", "error")
        elif self._late:
            self._late = False
            self.screen.shelf.again()
        else:
            self.screen.shelf.recount()

    async def followed(self) -> None:
        """Wait until lists of the library show what was decided, but not for long."""
        if self._following is not None and not self._following.done() and not self._late:
            _, waiting = await asyncio.wait([self._following], timeout=FOLLOWED_AFTER)
            self._late = bool(waiting)
