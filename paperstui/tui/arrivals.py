"""What a refresh brought is shown without moving anything that the reader looks at: new papers wait behind a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from paperstui.feeds import ARXIV
from paperstui.usecases.asking import DAILY, Place, place_of

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases import Refreshed


class Coming(NamedTuple):
    """A refresh under way: where the reader stood when it began, and whether what comes is to be shown at once.

    Who has moved on since is not called back.
    """

    began_at: Place
    asked: bool


class Arrivals:
    """Takes in what came, and remembers which papers wait and whether they are those of a newer issue."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._newer: Place | None = None
        self._waiting: set[str] = set()

    async def take_list(self, new: int) -> None:
        """A list of arXiv came in the background, with so many new papers: where arXiv is shown, they wait behind a line."""
        shelf, paper_list = self.screen.shelf, self.screen.papers
        before = shelf.place
        if not before.feed.startswith(ARXIV):
            return
        newest = await self.screen.background.read(self.screen.desk.start_place, before.view)
        if shelf.place != before or not newest.period:
            return
        if newest == before:
            shelf.again(fresh=not paper_list.ids)
        elif newest.period > (before.period or ""):
            self._newer = newest
            paper_list.arrived = new
            paper_list.refresh()

    async def page_came(self, coming: Coming, result: Refreshed) -> None:
        """Papers arrived while the rest of the list is still on its way."""
        here = self.screen.shelf.place == place_of(result.feed, result.period)
        if not self.screen.papers.ids or (here and coming.asked):
            await self.take_in(result, coming._replace(asked=True))

    async def take_in(self, result: Refreshed, coming: Coming) -> None:
        """Show what a refresh brought, without moving anything the reader looks at."""
        shelf, paper_list = self.screen.shelf, self.screen.papers
        place = place_of(result.feed, result.period)
        here = shelf.place == place
        if result.upserted.updated:
            await shelf.reload(result.upserted.updated)
        shelf.recount()
        if shelf.place.view == place.view and not here:
            self._tell_newer(place, result, coming)
        elif not (_listed(result) and result.papers) and paper_list.ids:
            return
        elif (
            (here and (coming.asked or not paper_list.ids))
            or not paper_list.ids
            or (coming.asked and not shelf.place.is_issue)
        ):
            shelf.again(fresh=not paper_list.ids)
        elif here or shelf.place.view == "all":
            await self._count_arrived(result)

    def _tell_newer(self, place: Place, result: Refreshed, coming: Coming) -> None:
        """A newer issue than the shown one came: go there, or say that it waits."""
        shelf, paper_list = self.screen.shelf, self.screen.papers
        if not result.papers or result.period <= (shelf.place.period or ""):
            return
        # Only the newest of these can be had: who asked for what is shown meant it, and who has just opened it, too.
        meant = result.feed != DAILY and (coming.asked or paper_list.cursor == 0)
        if shelf.place == coming.began_at and (meant or not paper_list.ids):
            shelf.go(place)
        elif result.upserted.new and not coming.asked:
            if self._newer != place:
                self._waiting.clear()
            self._newer = place
            self._wait(result.upserted.new)

    async def _count_arrived(self, result: Refreshed) -> None:
        """Papers that belong to the shown list and are not in it wait behind a line."""
        paper_list, shelf = self.screen.papers, self.screen.shelf
        if self._newer is not None:
            return  # the line stands for them
        await shelf.selecting.settled()
        shown = paper_list.ids
        rows = await self.screen.background.read(self.screen.desk.rows_of, _listed(result))
        numbers = {row.rowid for row in rows}.difference(shown)
        belonging = await shelf.selecting.among(numbers)
        if shown is paper_list.ids and belonging:
            self._wait(row.id for row in rows if row.rowid in belonging)

    def _wait(self, papers: Iterable[str]) -> None:
        """Papers (ids) wait, each of them once, with those that wait already."""
        paper_list = self.screen.papers
        if not paper_list.arrived:
            self._waiting.clear()
        self._waiting.update(papers)
        paper_list.arrived = len(self._waiting)
        paper_list.refresh()

    def do_show_new(self) -> None:
        newer, waiting = self._newer, self.screen.papers.arrived
        self.forget_newer()
        if newer is not None:
            self.screen.shelf.go(newer)
        elif waiting:
            self.screen.shelf.again()
        else:
            self.screen.say("No new papers are waiting.")

    def forget_newer(self) -> None:
        """The newer issue needs no line any more: the reader went elsewhere, and it is a tab away."""
        self._newer = None


def _listed(result: Refreshed) -> tuple[str, ...]:
    """The papers of which something is new: they may be listed where they were not before."""
    return result.upserted.new + result.upserted.updated
