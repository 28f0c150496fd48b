"""More from here: papers of the same organisation, submitter or author, and similar ones; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from paperstui.models import Paper
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases.asking import Place


class Left(NamedTuple):
    """Where one was: the place, the query and the paper; and the query that led away from there."""

    place: Place
    text: str
    rowid: int | None
    led_by: str


class More:
    """Does the actions that lead from a paper to others. Each is a query over all papers, so it can be gone on with."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._left: list[Left] = []

    def do_more_org(self) -> None:
        self.lead_to("org")

    def do_more_submitter(self) -> None:
        self.lead_to("submitter")

    def do_more_author(self) -> None:
        self.lead_to("author")

    def do_more_similar(self) -> None:
        self.screen.work(self._similar, group="more", exclusive=True, hold=True)

    def lead_to(self, kind: str) -> None:
        """Show the papers that share something with the one under the cursor: "org", "submitter" or "author"."""
        self.screen.work(partial(self._lead_to, kind), group="more", exclusive=True, hold=True)

    async def _lead_to(self, kind: str) -> None:
        paper = await self._paper()
        if paper is None:
            return
        from paperstui.query.completion import term

        name = _NAMES[kind](paper)
        if name:
            self._go(term(kind, name))
        else:
            self.screen.say(f"It is not known {_MISSING[kind]}.")

    async def _similar(self) -> None:
        screen = self.screen
        paper = await self._paper()
        if paper is None:
            return
        desk = await screen.background.aside(lambda: screen.desk.discussing)
        found = await screen.background.aside(desk.kept, paper.id)
        if paper.arxiv_id is not None and not screen.desk.offline and not (found and found.similar):
            screen.say("Asking for similar papers …")
            result = await desk.fetch(paper.id)
            if result.discussion is None:
                screen.say(result.error, "error")
                return
            found = result.discussion
        if found is None or not found.similar:
            screen.say("Nothing is said of similar papers: the bot that names them has not been there yet.")
            return
        await self._show([similar.id for similar in found.similar])

    def go_to(self, papers: Sequence[str]) -> None:
        """Show papers by their ids; those that are not in the library are fetched first."""
        self.screen.work(partial(self._show, papers), group="more", exclusive=True, hold=True)

    async def _show(self, papers: Sequence[str]) -> None:
        screen = self.screen
        here = {row.id for row in await screen.background.read(screen.desk.rows_of, papers)}
        absent = [paper_id for paper_id in papers if paper_id not in here]
        told, ink = "", "dim"
        if absent and screen.desk.offline:
            told = f"{_papers(len(absent))} not here, and there is no network."
        elif absent:
            screen.say(f"Fetching {_papers(len(absent))} …")
            desk = await screen.background.aside(lambda: screen.desk.discussing)
            brought = await desk.bring(absent)
            here.update(brought.papers)
            told, ink = (
                (brought.error, "error") if brought.error else (_not_had(len(absent) - len(brought.papers)), ink)
            )
        found = [paper_id for paper_id in papers if paper_id in here]
        if found:
            fitting = found[: _fitting(found)]
            self._go(_ids(fitting))
            if len(fitting) < len(found):
                told = f"These are the first {len(fitting)} of {len(found)}: a query holds no more. {told}".rstrip()
        if told:
            screen.say(told, ink)

    async def _paper(self) -> Paper | None:
        """The paper under the cursor."""
        rowid = self.screen.papers.rowid
        if rowid is None:
            return None
        shown = self.screen.shelf.detail
        if shown is None or shown.rowid != rowid:
            shown = await self.screen.background.read(self.screen.desk.detail, rowid)
        return shown.paper if shown is not None else None

    def _go(self, query: str) -> None:
        from paperstui.usecases.asking import Place

        screen = self.screen
        self._left.append(Left(screen.shelf.place, screen.shelf.text, screen.papers.rowid, query))
        screen.shelf.go(Place("all"), text=query)

    def back(self) -> bool:
        """Go back to where one was, if what is shown is where one was led to."""
        if not self._left or self._left[-1].led_by != self.screen.shelf.text:
            self._left.clear()
            return False
        left = self._left.pop()
        self.screen.shelf.go(left.place, text=left.text, paper=left.rowid)
        return True


_NAMES: dict[str, Callable[[Paper], str]] = {
    "org": lambda paper: paper.organization.shown if paper.organization else "",
    "submitter": lambda paper: (paper.submitter.login or paper.submitter.name) if paper.submitter else "",
    "author": lambda paper: paper.shown_authors[0] if paper.shown_authors else "",
}
_MISSING = {
    "org": "which organisation it comes from",
    "submitter": "who submitted it",
    "author": "who wrote it",
}


def _ids(papers: Sequence[str]) -> str:
    """The query that finds papers by their ids."""
    return f"id:({' | '.join(papers)})" if len(papers) > 1 else f"id:{papers[0]}"


def _fitting(papers: Sequence[str]) -> int:
    """How many of some papers a query can name."""
    from paperstui.query.parser import LONGEST_QUERY

    return next(count for count in range(len(papers), 0, -1) if len(_ids(papers[:count])) <= LONGEST_QUERY)


def _not_had(count: int) -> str:
    return f"{_papers(count)} could not be had: Hugging Face does not know them." if count else ""


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"
