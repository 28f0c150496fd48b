"""More from here: papers of the same organisation, submitter or author, and similar ones; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from paperstui.text.latex import to_unicode
from paperstui.usecases.asking import Place

if TYPE_CHECKING:
    from paperstui.actions import Context
    from paperstui.models import Discussion, Paper
    from paperstui.tui.screens.reader import ReaderScreen


class Left(NamedTuple):
    """Where one was: the place, the query and the paper; and the query that led away from there.

    named: what its papers are in words, where the query itself says nothing to a person.
    """

    place: Place
    text: str
    rowid: int | None
    led_by: str
    named: str = ""


class Here(NamedTuple):
    """Where one is: who is elsewhere when an answer comes is not called back."""

    place: Place
    text: str
    rowid: int | None
    context: Context
    uncovered: bool


class More:
    """Does the actions that lead from a paper to others. Each is a query over all papers, so it can be gone on with."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._left: list[Left] = []
        self._away: Left | None = None  # where the way began that was left for another view

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
            self._say(f"It is not known {_MISSING[kind]}.")

    async def _similar(self) -> None:
        """What is here is done before the next key; what has to be asked for holds no key, and calls nobody back."""
        screen = self.screen
        paper = await self._paper()
        if paper is None:
            return
        desk = await screen.background.aside(lambda: screen.desk.discussing)
        found = await screen.background.aside(desk.kept, paper.id)
        if paper.arxiv_id is not None and not screen.desk.offline and not (found and found.similar):
            self._say("Asking for similar papers …")
            screen.work(partial(self._ask_for_similar, paper, self._here()), group="more")
        else:
            await self._show_similar(paper, found)

    async def _ask_for_similar(self, paper: Paper, here: Here) -> None:
        result = await self.screen.desk.discussing.fetch(paper.id)
        if self._here() != here:
            return
        if result.discussion is None or (result.error and not result.discussion.similar):
            self._say(result.error, "error")
        else:
            await self._show_similar(paper, result.discussion)

    async def _show_similar(self, paper: Paper, found: Discussion | None) -> None:
        if found is None or not found.similar:
            self._say("No similar papers are known yet: Hugging Face's bot has not commented.")
        else:
            title = to_unicode(paper.title, bare=paper.text_source != "arxiv")
            await self._show([similar.id for similar in found.similar], f"Similar to {title}")

    def go_to(self, papers: Sequence[str]) -> None:
        """Show papers by their ids; those that are not in the library are fetched first."""
        self.screen.work(partial(self._show, papers), group="more", exclusive=True, hold=True)

    async def _show(self, papers: Sequence[str], named: str = "") -> None:
        screen = self.screen
        here = {row.id for row in await screen.background.read(screen.desk.rows_of, papers)}
        absent = [paper_id for paper_id in papers if paper_id not in here]
        if absent and not screen.desk.offline:
            self._say(f"Fetching {_papers(len(absent))} …")
            screen.work(partial(self._bring, papers, here, absent, self._here(), named), group="more")
        else:
            told = f"{_papers(len(absent))} not here, and there is no network." if absent else ""
            self._show_found([paper_id for paper_id in papers if paper_id in here], named, told)

    async def _bring(
        self, papers: Sequence[str], present: set[str], absent: Sequence[str], here: Here, named: str
    ) -> None:
        """Fetch the papers that are absent, and show them with those that are present unless one has gone elsewhere."""
        screen = self.screen
        desk = await screen.background.aside(lambda: screen.desk.discussing)
        brought = await desk.bring(absent)
        if self._here() != here:
            if brought.papers:
                screen.shelf.recount()
                screen.say(f"{_papers(len(brought.papers))} came while you went on.")
            return
        found = [paper_id for paper_id in papers if paper_id in present or paper_id in brought.papers]
        self._show_found(
            found, named, brought.error or _not_had(len(brought.missing)), "error" if brought.error else "dim"
        )

    def _show_found(self, found: Sequence[str], named: str, told: str, ink: str = "dim") -> None:
        if found:
            fitting = found[: _fitting(found)]
            self._go(_ids(fitting), named)
            if len(fitting) < len(found):
                told = f"These are the first {len(fitting)} of {len(found)}: a query holds no more. {told}".rstrip()
            if told:
                self.screen.say(told, ink)
        elif told:
            self._say(told, ink)

    def _here(self) -> Here:
        screen = self.screen
        return Here(screen.shelf.place, screen.shelf.text, screen.papers.rowid, screen.context, screen.is_current)

    def _say(self, message: str, ink: str = "dim") -> None:
        """Say something about the paper under the cursor."""
        self.screen.say(message, ink, paper=self.screen.papers.rowid)

    async def _paper(self) -> Paper | None:
        """The paper under the cursor."""
        rowid = self.screen.papers.rowid
        if rowid is None:
            return None
        shown = self.screen.shelf.detail
        if shown is None or shown.rowid != rowid:
            shown = await self.screen.background.read(self.screen.desk.detail, rowid)
        return shown.paper if shown is not None else None

    def _go(self, query: str, named: str = "") -> None:
        screen = self.screen
        self._left.append(Left(screen.shelf.place, screen.shelf.text, screen.papers.rowid, query, named))
        screen.shelf.go(Place("all"), text=query)

    @property
    def named(self) -> str:
        """What is shown, in words, where one was led to by a query that says nothing to a person; else ""."""
        return self._left[-1].named if self._led_here else ""

    @property
    def _led_here(self) -> bool:
        shelf = self.screen.shelf
        return bool(self._left) and (shelf.place, shelf.text) == (Place("all"), self._left[-1].led_by)

    def filter_after(self, place: Place) -> str:
        """The filter for another place, which is gone to: what led here stays behind, and the one of before is back."""
        text: str = self.screen.shelf.text
        if self._led_here:
            while self._left and text == self._left[-1].led_by:
                self._away = self._left.pop()
                text = self._away.text
        if self._away is not None and place == self._away.place:
            self._away = None
        return text

    def back(self) -> bool:
        """Go back to where one was, if what is shown is where one was led to."""
        if not self._led_here:
            self._left.clear()
            return False
        self._go_back(self._left.pop())
        return True

    def back_from_view(self) -> bool:
        """Go back to where one was led from, if a view was gone to from there and nothing else is looked for in it."""
        left, self._away = self._away, None
        if left is None or left.text != self.screen.shelf.text:
            return False
        self._go_back(left)
        return True

    def _go_back(self, left: Left) -> None:
        self.screen.shelf.go(left.place, text=left.text, paper=left.rowid)


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
