"""What the filter bar suggests while a query is typed. Nothing changes the text but a key that takes a suggestion."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from paperstui.draw import choices
from paperstui.draw.lines import Line
from paperstui.query.completion import ValueRequest, taken
from paperstui.tui.choice import Choice
from paperstui.usecases.suggesting import Offer, Values, offer

if TYPE_CHECKING:
    from paperstui.tui.filter_bar import FilterBar

DELAY = 0.15
"""Seconds without a key after which fields are shown that a word may become, or that an answer takes its time."""

PATIENCE = 0.03
"""Seconds that counts wait for each other, so that they are painted together."""

ROWS = 8
"""Lines of suggestions at most."""

LEFT_TO_LIST = 5
"""Lines of the screen that suggestions never take: the header, two of the list, the bar and the hints."""

Spot = tuple[str, str]
NOTHING = Offer()


class Suggester:
    """Holds the suggestions for a text and a cursor, and shows them above the bar.

    Each change of the text is a question with a number; answers to an earlier one are dropped, and stopped on their way.
    shown: the box is there.
    """

    def __init__(self, bar: FilterBar) -> None:
        self.bar = bar
        self.shown = False
        self.choice = Choice()
        self._text = ""
        self._cursor = 0
        self._offer = NOTHING
        self._lacking = ""
        self._question = 0
        self._answered = asyncio.Event()
        self._answered.set()
        self._spot: Spot | None = None
        self._dismissed: Spot | None = None
        self._cells = 0
        self._told: tuple[bool, ...] = ()

    # What is typed

    def typed(self, text: str, cursor: int) -> None:
        """The text or the cursor is another one."""
        self._question += 1
        self._lacking = ""
        self._text, self._cursor = text, cursor
        self._offer = offer(text, cursor)
        spot = _spot(text, self._offer)
        if spot is None or spot == self._dismissed:
            self._spot = spot
            self._drop()
            return
        self._dismissed = None
        if spot != self._spot:
            self._spot, self._cells = spot, 0
        if self._offer.request is not None:
            self._ask(self._offer.request)
            return
        self.choice = Choice(self._offer.candidates)
        self._answered.set()
        if self._offer.pressing or self.shown:
            self._show()
            self._count()
        else:
            self._later(self._show)

    def fresh(self, text: str, cursor: int) -> None:
        """Make sure that the suggestions are for this text and cursor."""
        if (text, cursor) != (self._text, self._cursor):
            self.typed(text, cursor)

    def stands_elsewhere(self, text: str, cursor: int) -> bool:
        """Whether the text is the one these are for, but the cursor is elsewhere."""
        return text == self._text and cursor != self._cursor and self._spot is not None

    def close(self) -> None:
        """There is nothing to suggest until something else is typed."""
        self._question += 1
        self._cursor = -1
        self._spot = None
        self._offer = NOTHING
        self._drop()

    def dismiss(self) -> None:
        """The user does not want these: they stay away until another word is typed."""
        self._question += 1
        self._dismissed = self._spot
        self._drop()

    def _drop(self) -> None:
        self.choice = Choice()
        self._lacking = ""
        self._answered.set()
        self._hide()

    # What is chosen

    @property
    def walkable(self) -> bool:
        """Whether there is something to choose from."""
        return self.shown and len(self.choice.candidates) > 1

    @property
    def takeable(self) -> bool:
        """Whether there is something to take."""
        return self.shown and bool(self.choice.candidates)

    @property
    def walked(self) -> bool:
        """Whether another than the best was chosen."""
        return self.shown and self.choice.chosen > 0

    @property
    def tells_problem(self) -> bool:
        """Whether the box says what is wrong with the query."""
        return self.shown and bool(self._offer.problem)

    async def answered(self) -> None:
        """Wait for what was asked."""
        await self._answered.wait()

    def step(self, direction: int) -> None:
        """Choose the suggestion below (1) or above (-1)."""
        self.choice.step(direction, self._rows())
        self._show()
        self._count()

    def choose(self, line: int) -> bool:
        """Choose the suggestion in a line of the box; whether there is one."""
        return self.choice.choose(line - len(self._problem()), self._rows())

    async def take(self) -> tuple[str, int] | None:
        """The text with the chosen suggestion, and the cursor; None if there is none. Waits for one on its way."""
        question = self._question
        await self.answered()
        chosen = self.choice.candidate
        if question != self._question or chosen is None:
            return None
        if chosen.kind != "meant":
            return taken(self._text, chosen)
        text = self._text[: chosen.start] + chosen.text + self._text[chosen.end :]
        return text, max(chosen.start, self._cursor + len(text) - len(self._text))

    # What the library is asked

    def _ask(self, request: ValueRequest) -> None:
        """Ask for values; what is shown stays until they come."""
        self._answered.clear()
        self.bar.screen.work(partial(self._fetch, self._question, request), group="suggest", exclusive=True)
        self._later(self._show_waiting)

    async def _fetch(self, question: int, request: ValueRequest) -> None:
        screen = self.bar.screen
        found: Values | None = None
        try:
            found = await screen.background.aside(
                screen.desk.suggested, screen.shelf.place, self._text, request, lambda: question != self._question
            )
        finally:
            if question == self._question:
                found = found or Values()
                self.choice = Choice(found.candidates, found.more, dict(found.papers), sampled=found.sampled)
                self._lacking = found.lacking
                self._answered.set()
                self._show()
        await self._count_shown(question)

    def _count(self) -> None:
        """Ask how many papers the suggestions that are shown would leave."""
        if self.choice.uncounted(self._rows()):
            self.bar.screen.work(partial(self._count_shown, self._question), group="suggest", exclusive=True)

    async def _count_shown(self, question: int) -> None:
        screen = self.bar.screen
        clock = asyncio.get_running_loop().time
        painted = clock()
        for one in self.choice.uncounted(self._rows()):
            papers = await screen.background.aside(
                screen.desk.left_by, screen.shelf.place, self._text, one, lambda: question != self._question
            )
            if question != self._question:
                return
            if papers is not None:
                self.choice.papers[one.text] = papers
            if self.shown and clock() - painted > PATIENCE:
                self._show()
                painted = clock()
        if self.shown and question == self._question:
            self._show()

    def _later(self, show: Callable[[], None]) -> None:
        question = self._question

        def then() -> None:
            if question == self._question:
                show()

        self.bar.screen.set_timer(DELAY, then)

    # The box

    def _room(self) -> int:
        """Lines there are for suggestions."""
        return min(ROWS, self.bar.screen.size.height - LEFT_TO_LIST) - len(self._problem())

    def _rows(self) -> int:
        """How many suggestions are seen at once; one line says how many there are beside these."""
        return self._room() - (self.choice.total > self._room())

    def _problem_text(self) -> str:
        """What is wrong; what was probably meant stands below it already."""
        problem = self._offer.problem
        return problem.partition("; did you mean")[0] if self.choice.candidates else problem

    def _problem(self) -> list[Line]:
        return choices.problem_lines(self._problem_text(), self._width()) if self._offer.problem else []

    def _width(self) -> int:
        """Never narrower than it was for the same word, so that it does not flutter."""
        wanted = choices.suggestion_cells(self.choice.candidates, counted=self.choice.counted)
        if self._offer.problem:
            wanted = max(wanted, choices.problem_cells(self._problem_text()))
        wanted = max(wanted, choices.problem_cells(self._lacking))
        self._cells = max(self._cells, wanted)
        return min(self._cells, self.bar.screen.size.width)

    def _show(self) -> None:
        problem, choice = self._problem(), self.choice
        if self._lacking and self._room() > 0:
            self._put(choices.lacking_lines(self._lacking, self._width()), None)
            return
        if self._rows() < 1 or not (problem or choice.candidates):
            self._hide()
            return
        lines = choices.suggestion_lines(
            choice.candidates,
            choice.papers,
            self._width(),
            self._room(),
            chosen=choice.chosen,
            top=choice.top,
            more=None if choice.sampled else choice.more,
            counted=choice.counted,
        )
        self._put([*problem, *lines], len(problem) + choice.chosen - choice.top if choice.candidates else None)

    def lay_out(self) -> None:
        """The screen has another size."""
        if self.shown:
            self._show()

    def _show_waiting(self) -> None:
        if not self._answered.is_set() and self._room() > 0:
            self._put(choices.waiting_lines(self._width()), None)

    def _put(self, lines: list[Line], chosen: int | None) -> None:
        self.shown = True
        spot = self._spot[0] if self._spot is not None else ""
        self.bar.screen.overlay.put(lines, x=self.bar.column_of(len(spot)), cells=self._width(), chosen=chosen)
        self._tell()

    def _hide(self) -> None:
        if self.shown:
            self.shown = False
            self.bar.screen.overlay.away()
        self._tell()

    def _tell(self) -> None:
        """The hints and the status say what the keys do now, and what the box does not."""
        told = self.shown, self.takeable, self.walkable, self.tells_problem
        if told != self._told:
            self._told = told
            self.bar.screen.hint_bar.again()
            self.bar.screen.status_bar.again()


def _spot(text: str, found: Offer) -> Spot | None:
    """What is being completed: the text before it, and what it is. None if there is nothing to offer."""
    if found.request is not None:
        return text[: found.request.start], found.request.field
    if found.candidates:
        return text[: found.candidates[0].start], found.candidates[0].kind
    return ("", found.problem) if found.problem else None
