"""The tabs of the paper in the pane: which one is shown, where each is scrolled to, and what they are loaded with.

The abstract is in the library. What the other tabs show is looked up in the documents cache when one of them is opened,
and asked for when that is missing or old; while one goes through papers, only for a paper one stays on.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.draw.facts import facts_of
from paperstui.draw.lines import Line, Sheet
from paperstui.draw.notes import no_note_lines
from paperstui.draw.panes import column
from paperstui.draw.paper import paper_sheet, summary_lines
from paperstui.draw.tabs import FIRST, TABS, OpenTab
from paperstui.errors import PaperstuiError
from paperstui.text.mathematics import source_shown
from paperstui.tui.held import Held, age_of, counts_of, instead, laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperstui.draw.frame import Opening
    from paperstui.draw.row import Marks
    from paperstui.models import Detail, Discussion
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases.discussing import Discussing

REST = 0.3
"""Seconds that one stays on a paper before anything is asked for it."""

UNASKED = (FIRST, "notes")
"""Tabs that nothing is asked for."""

NAMES = tuple(name for name, _ in TABS)


class Tabs:
    """Shows a paper tab by tab; does the actions that turn them."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.shown = FIRST
        self._detail: Detail | None = None
        self._marks: Marks | None = None
        self._tops: dict[str, int] = {}
        self._held: dict[str, Held] = {}
        self._filling = ""

    @property
    def held(self) -> Held | None:
        """What is known beyond the library of the paper in the pane."""
        return self._held.get(self._detail.paper.id) if self._detail is not None else None

    def begin_with(self, opening: Opening) -> None:
        """Show the paper of the first frame, of which no more is known yet."""
        pane = self.screen.pane

        def write(cells: int) -> Sheet:
            return paper_sheet(opening.facts, cells, opening.today, below_rule=pane.stacked, low=pane.low)

        pane.show(write)

    def show(self, detail: Detail, marks: Marks | None, *, keep: bool) -> None:
        """Show a paper on the tab that is open, from its beginning unless it is the one that was shown."""
        before = self._detail
        other = before is None or before.rowid != detail.rowid
        if other:
            self._leave()
        self._detail, self._marks = detail, marks
        if other:
            self.screen.pictures.show(detail.paper)
            if self.shown not in UNASKED:
                self._load(rest=REST)
        self._paint(keep=keep)

    def show_none(self) -> None:
        """There is no paper to show: the list is empty. The next one comes on the tab that is open."""
        self._leave()
        self._detail = self._marks = None
        self.screen.pictures.show(None)
        self.screen.pane.pinned = False
        self.screen.pane.show(lambda _cells: ())

    def _leave(self) -> None:
        """The paper goes. What was asked for it is not kept: at the next visit it would be of another one."""
        self.screen.workers.cancel_group(self.screen, "tab")
        self._filling = ""
        if self._detail is not None:
            # What is new of it is another thing at the next visit.
            self._held.pop(self._detail.paper.id, None)
        self._tops.clear()

    # Turning

    def do_next_tab(self) -> None:
        self._turn(1)

    def do_previous_tab(self) -> None:
        if self.shown == FIRST or self.screen.papers.rowid is None:
            self.screen.ways.do_close()
        else:
            self._turn(-1)

    def do_turn_tab(self) -> None:
        self._turn(1)

    def do_turn_tab_back(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        at = NAMES.index(self.shown) + step
        if 0 <= at < len(NAMES):
            self.turn_to(NAMES[at])

    def turn_to(self, name: str) -> None:
        """Show a tab by its name."""
        if name not in NAMES or name == self.shown:
            return
        if self._detail is None:
            # The paper comes, and then on this tab.
            self.shown = name
            return
        self.screen.changes.forget()
        pane = self.screen.pane
        self._tops[self.shown] = pane.top
        self.shown = name
        if name not in UNASKED:
            self._load()
        self._paint(keep=True)
        # What the paper is stays where it is, unless the other tab was left further down.
        below = min(pane.top, max(0, pane.stays))
        pane.scroll_to_line(max(self._tops.get(name, below), self._begin()))

    def _begin(self) -> int:
        """The line in which a tab begins at first."""
        pane = self.screen.pane
        return max(0, pane.stays) if pane.pinned else 0

    def do_reload_tab(self) -> None:
        if self.shown in UNASKED or self.screen.papers.rowid is None:
            self.screen.refresher.do_refresh()
        else:
            self._load(asked=True)

    # Loading

    def _load(self, *, rest: float = 0.0, asked: bool = False) -> None:
        if self._detail is None or (self._filling == self._detail.paper.id and not asked):
            return
        self._filling = self._detail.paper.id
        self.screen.work(partial(self._load_all, self._filling, rest, asked=asked), group="tab", exclusive=True)

    async def _load_all(self, paper_id: str, rest: float, *, asked: bool) -> None:
        """All that the tabs of a paper need, and then what the one that is open needs besides."""
        try:
            held = await self._fill(paper_id, rest=rest, asked=asked)
            done = ""
            while done != self.shown:
                done = self.shown
                await self._finish(paper_id, held, done)
        except PaperstuiError as error:
            if self._is_here(paper_id):
                self._held.setdefault(paper_id, Held()).trouble = str(error)
                self._took(paper_id)
        finally:
            if self._filling == paper_id:
                self._filling = ""

    async def _fill(self, paper_id: str, *, rest: float, asked: bool) -> Held:
        """Look a paper up, show it, and ask for it when it is not here or old. Another paper ends this at any point."""
        held = self._held.get(paper_id)
        if held is None or held.discussion is None:
            held = await self.screen.background.aside(self._look, paper_id)
            self._keep(paper_id, held)
        self._took(paper_id)
        if rest:
            await asyncio.sleep(rest)
        desk = self.screen.desk.discussing
        if not paper_id.startswith("title:") and (asked or not desk.is_fresh(held.discussion)):
            held = await self._ask(desk, paper_id, held, asked=asked)
        return held

    async def _finish(self, paper_id: str, held: Held, shown: str) -> None:
        """What a tab alone needs: the rest of the repositories; and that the comments were seen."""
        if held.discussion is None or not held.discussion.known or not self._is_here(paper_id):
            return
        desk = self.screen.desk.discussing
        if shown == "links":
            await self._ask_for_repos(desk, paper_id, held)
        elif shown == "discussion":
            await self.screen.background.aside(desk.saw, held.discussion)

    async def _ask(self, desk: Discussing, paper_id: str, held: Held, *, asked: bool) -> Held:
        if self.screen.desk.offline:
            return held
        held.loading = True
        self._took(paper_id)
        try:
            result = await desk.fetch(paper_id, asked=asked)
        finally:
            held.loading = False
        if result.discussion is None:
            held.trouble = result.error
            self._took(paper_id)
            return held
        before = held.seen
        if before is None and held.discussion is not None and self.shown == "discussion":
            # At the first visit nothing is new but what comes while it lasts.
            before = frozenset(comment.id for comment in held.discussion.comments)
        fresh = await self.screen.background.aside(self._prepare, result.discussion, before)
        fresh.trouble = result.error
        self._keep(paper_id, fresh)
        self._took(paper_id)
        if result.changed:
            await self.screen.shelf.reload((paper_id,))
        return fresh

    async def _ask_for_repos(self, desk: Discussing, paper_id: str, held: Held) -> None:
        discussion = held.discussion
        if discussion is None or discussion.whole or self.screen.desk.offline:
            return
        result = await desk.fetch_repos(discussion)
        if result.discussion is None:
            held.trouble = result.error
        else:
            held.discussion = result.discussion
        self._took(paper_id)

    def _look(self, paper_id: str) -> Held:
        """What is kept of a paper; in a thread."""
        desk: Discussing = self.screen.desk.discussing
        discussion, seen = desk.kept(paper_id), desk.seen(paper_id)
        return Held(seen=seen) if discussion is None else self._prepare(discussion, seen)

    def _prepare(self, discussion: Discussion, seen: frozenset[str] | None) -> Held:
        """A discussion made ready to be shown, laid out for the pane as it is; in a thread."""
        from paperstui.documents.markdown import markdown_blocks
        from paperstui.draw.discussion import Said, new_ones
        from paperstui.export.urls import HUGGING_FACE

        new = new_ones(discussion, seen)
        said = []
        for comment in discussion.comments:
            said.append(Said(comment, markdown_blocks(comment.text, base=HUGGING_FACE, breaks=True), comment.id in new))
            clock.give_way()
        here = frozenset(self.screen.desk.discussing.here(discussion.similar))
        pane = self.screen.pane
        form = column(pane.size.width, stacked=pane.stacked), source_shown()
        return Held(discussion, tuple(said), here, seen, drawn=(form, laid_out(said, discussion, *form)))

    def _keep(self, paper_id: str, held: Held) -> None:
        """Hold what is known of a paper for as long as it is shown."""
        if self._is_here(paper_id):
            self._held[paper_id] = held

    def _is_here(self, paper_id: str) -> bool:
        return self._detail is not None and self._detail.paper.id == paper_id

    def _took(self, paper_id: str) -> None:
        """More is known of a paper, or less: it is painted if it is the one in the pane."""
        if self._is_here(paper_id) and self.shown != FIRST:
            at_begin = self.screen.pane.top == 0
            self._paint(keep=True)
            if at_begin:
                self.screen.pane.scroll_to_line(self._begin())

    # Painting

    def again(self) -> None:
        """Paint what is shown anew, where it is."""
        self._paint(keep=True)

    def _paint(self, *, keep: bool) -> None:
        detail, marks, pane = self._detail, self._marks, self.screen.pane
        if detail is None or self.screen.changes.shown:
            return
        facts, held, shown = facts_of(detail), self.held, self.shown
        body = None if shown == FIRST else partial(self._body, shown, detail, held)

        def write(cells: int) -> Sheet:
            placed = self._placed(shown, detail, held, cells)
            tab = OpenTab(shown, "" if shown in UNASKED else age_of(held), counts_of(facts, held), body, placed)
            today, stacked, low = clock.today(), pane.stacked, pane.low
            figure = self.screen.pictures.lines
            return paper_sheet(facts, cells, today, marks=marks, below_rule=stacked, low=low, tab=tab, figure=figure)

        pane.pinned = pane.low and body is not None
        pane.show(write, keep=keep)
        if not keep:
            pane.scroll_to_line(self._begin())

    def _placed(self, shown: str, detail: Detail, held: Held | None, cells: int) -> Sequence[Line]:
        """The part of a tab that stands where it belongs already."""
        if shown == "notes":
            return self.screen.notes.lines(detail, cells)
        return self._comments(held, cells) if shown == "discussion" and held is not None else ()

    def _body(self, shown: str, detail: Detail, held: Held | None, cells: int) -> list[Line]:
        from paperstui.draw.lines import paragraph

        if shown == "notes":
            return [] if detail.state.note else no_note_lines(cells)
        lines: list[Line] = []
        if held is not None and held.trouble:
            lines += [*paragraph(f"{held.trouble}. R in the paper tries again.", "error", cells), []]
        bodies = {"summary": self._summary, "discussion": self._discussion, "links": self._links}
        return lines + bodies[shown](detail, held, cells)

    def _summary(self, detail: Detail, held: Held | None, cells: int) -> list[Line]:
        loading = held is None or held.loading
        otherwise = (
            "Asking for the summary …" if loading else "There is no AI summary of this paper. Many come a day late."
        )
        return summary_lines(facts_of(detail), cells, otherwise, self._marks)

    def _discussion(self, detail: Detail, held: Held | None, cells: int) -> list[Line]:
        from paperstui.draw.discussion import empty_lines
        from paperstui.draw.lines import paragraph

        discussion = held.discussion if held is not None else None
        if held is None or discussion is None:
            waiting = not self.screen.desk.offline and (held is None or held.loading or not held.trouble)
            return paragraph(instead(detail, waiting=waiting), "dim", cells)
        return [] if held.said else empty_lines(discussion, cells)

    def _comments(self, held: Held, cells: int) -> list[Line]:
        """The comments for a pane of another width: those that are laid out, until they are laid out for this one."""
        if not held.said:
            return []
        drawn, form = held.drawn, (cells, source_shown())
        if (drawn is None or drawn[0] != form) and held.wanted != form:
            held.wanted = form
            self.screen.work(partial(self._lay_out, held, form), group="comments", exclusive=True)
        return drawn[1] if drawn is not None else []

    async def _lay_out(self, held: Held, form: tuple[int, bool]) -> None:
        discussion = held.discussion
        try:
            if discussion is not None:
                lines = await self.screen.background.aside(laid_out, held.said, discussion, *form)
                held.drawn = form, lines
        finally:
            held.wanted = None if held.wanted == form else held.wanted
        if held is self.held and self.shown == "discussion":
            self._paint(keep=True)

    def _links(self, detail: Detail, held: Held | None, cells: int) -> list[Line]:
        from paperstui.draw.linked import linked_lines

        discussion, here = (held.discussion, held.here) if held is not None else (None, frozenset[str]())
        return linked_lines(facts_of(detail), detail.paper, discussion, here, cells)
