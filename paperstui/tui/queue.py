"""The order of the reading list: moving a paper past the one above or below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen

VIEW = "queue"


class Queue:
    """Does the actions that move papers within the reading list."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def do_queue_up(self) -> None:
        self._move(-1)

    def do_queue_down(self) -> None:
        self._move(1)

    def order_changed(self) -> None:
        """Papers have other places: the list is shown in its new order."""
        if self.screen.shelf.place.view == VIEW:
            self.screen.shelf.again()

    def _move(self, step: int) -> None:
        from paperstui.query.sorting import sort_of

        if self.screen.shelf.place.view != VIEW:
            self.screen.say("Only the reading list has an order of your own.")
        elif sort_of(self.screen.shelf.text) is not None:
            self.screen.say("The list is sorted otherwise: S d brings your own order back.")
        else:
            self.screen.shelf.selecting.when_whole(partial(self._past, step))

    def _past(self, step: int) -> None:
        """Move the paper under the cursor past the one that stands beside it on the screen."""
        papers = self.screen.papers
        beside = papers.cursor + step
        if papers.rowid is None:
            return
        if not 0 <= beside < len(papers.ids):
            self.screen.say("It is the last one." if step > 0 else "It is the first one.")
            return
        move = partial(self.screen.desk.move, papers.rowid, papers.ids[beside], after=step > 0, follow=False)
        self.screen.deeds.carry_out(move, "It is not on the reading list any more.")
