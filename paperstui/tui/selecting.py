"""Asking for what the list shows: the first papers at once, then all of them, then the numbers in the header.

There is one question at a time. A newer one stops it, whatever it is doing, and its answer is never shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from paperstui.usecases.asking import NOWHERE, Place, Stay

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases import Beginning, Question, Selection

Answer = TypeVar("Answer")

CALM = 0.15
"""Seconds for which the numbers of before stay where they are: a blank that comes and goes would be seen, they are not."""


class Selecting:
    """Asks the questions, one at a time. What to ask, and what becomes of an answer, is the shelf's.

    counts: how many papers the views in the header have. pending: not all papers of the list are there yet. late: nothing
    of the newest answer is there, and it has been asked for long enough to say so.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.counts: Mapping[str, int] = {}
        self._counted = ""
        self.pending = False
        self.late = False
        self._question: Question | None = None
        self._finished = asyncio.Event()

    async def begin(self, place: Place, text: str, stay: Stay, *, fresh: bool) -> None:
        """Show the first list of all."""
        await self._show(self._next(place, text, finished=True), stay, fresh=fresh)

    def ask(
        self, place: Place, text: str, *, finished: bool, stay: Stay = NOWHERE, fresh: bool = False, hold: bool = True
    ) -> None:
        """Ask for the papers of a place that a query lets through, and show them.

        finished: the query is not being typed any more. stay: where the cursor is to be. fresh: it is another place.
        hold: the next key waits for the first papers.
        """
        question = self._next(place, text, finished=finished)
        self.screen.work(partial(self._show, question, stay, fresh=fresh), group="select", exclusive=True, hold=hold)

    def stop(self) -> None:
        """Stop what is being asked."""
        if self._question is not None:
            self._question.stop()
        self.pending = False
        self._finished.set()

    async def settled(self) -> None:
        """Wait until the whole list is there, or is known not to come."""
        while self.pending:
            await self._finished.wait()

    async def among(self, rowids: Collection[int]) -> set[int]:
        """Which of some papers belong to the list that was asked for last."""
        question = self._question
        found = None if question is None else await self.screen.background.select(partial(question.among, rowids))
        return found or set()

    def when_whole(self, act: Callable[[], None]) -> None:
        """Do something with the list as soon as all of it is there, unless another one is asked for before that."""
        if self.pending:
            self.screen.work(partial(self._when_whole, self._question, act), group="whole", hold=True)
        else:
            act()

    async def _when_whole(self, question: Question | None, act: Callable[[], None]) -> None:
        await self.settled()
        if question is self._question:
            act()

    def recount(self) -> None:
        """The library holds other papers, or other decisions: the numbers are worked out anew."""
        self.screen.work(self._recount, group="recount", exclusive=True)

    def _next(self, place: Place, text: str, *, finished: bool) -> Question:
        self.stop()
        counted = self.screen.views.counted(place)
        self._question = self.screen.desk.question(place, text, typing=True, ranked=finished, counted=counted)
        self._finished = asyncio.Event()
        self.pending, self.late = True, False
        return self._question

    def _end(self, question: Question) -> None:
        """There is nothing more to come of the list that was asked for."""
        if question is self._question:
            self.pending = self.late = False
            self._finished.set()

    async def _show(self, question: Question, stay: Stay, *, fresh: bool) -> None:
        from paperstui.usecases import Beginning, Selection

        answer: Beginning | Selection | None = None
        try:
            await self.screen.deeds.followed()
            answer = await self._calmly(partial(question.first, stay), self._say_late)
        finally:
            if not isinstance(answer, Beginning):
                self._end(question)
        if answer is None or question is not self._question:
            return
        self.late = False
        self.screen.shelf.take(answer, stay, fresh=fresh)
        if isinstance(answer, Selection) and answer.counts is not None:
            self._put(answer.counts, question)
        else:
            self.screen.work(partial(self._go_on, question, answer), group="rest", exclusive=True)

    def _say_late(self) -> None:
        self.late = True
        self.screen.status_bar.again()

    async def _go_on(self, question: Question, answer: Beginning | Selection) -> None:
        from paperstui.usecases import Beginning

        whole = await self._show_whole(question, answer) if isinstance(answer, Beginning) else answer
        if whole is not None and not whole.problem and whole.counts is None:
            await self._count(question)

    async def _show_whole(self, question: Question, beginning: Beginning) -> Selection | None:
        papers = self.screen.papers
        whole: Selection | None = None
        try:
            whole = await self._calmly(
                partial(question.whole, Stay(papers.rowid)), partial(self._say_counting, question)
            )
        finally:
            self._end(question)
            if question is self._question and (whole is None or whole.problem):
                papers.say_unknown()
                self._blank(question)
        if whole is None or question is not self._question:
            return None
        self.screen.shelf.take_over(whole, beginning)
        if whole.counts is not None:
            self._put(whole.counts, question)
        return whole

    def _say_counting(self, question: Question) -> None:
        self.screen.papers.say_counting()
        self.screen.status_bar.again()
        self._blank(question)

    def _blank(self, question: Question) -> None:
        """The numbers of another query say nothing of this one; those of the same one stand until there are others."""
        if question.text != self._counted:
            self._put({}, question)

    async def _count(self, question: Question) -> None:
        """The numbers in the header: of all papers, or while a filter stands of those that it lets through."""
        counts = await self._calmly(question.counts, partial(self._blank, question))
        if counts is not None and question is self._question:
            self._put(counts.papers, question)
            if counts.problem:
                self.screen.say(f"Not counted in every view: {counts.problem}")

    def _put(self, counts: Mapping[str, int], question: Question) -> None:
        self._counted = question.text
        place = self.screen.shelf.place
        here = next((name for name, each in self.screen.views.counted(place).items() if each == place), "")
        if here in counts:
            self.screen.papers.put_kept(counts[here])
        if counts != self.counts:
            self.counts = counts
            self.screen.header.again()
            self.screen.shelf.tell()

    async def _recount(self) -> None:
        await self.settled()
        question, papers = self._question, self.screen.papers
        if question is None:
            return
        ids = papers.ids
        unread = await self.screen.background.select(self.screen.desk.unread_of, ids)
        if papers.ids is ids:
            papers.put_unread(unread)
        await self._count(question)

    async def _calmly(self, ask: Callable[[], Answer], late: Callable[[], None]) -> Answer:
        """What a question says; `late` is called when it does not say it soon."""
        asked = asyncio.ensure_future(self.screen.background.select(ask))
        try:
            await asyncio.wait({asked}, timeout=CALM)
            if not asked.done():
                late()
            return await asked
        finally:
            asked.cancel()
