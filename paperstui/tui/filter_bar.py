"""The filter bar: one line at the bottom. The field is made when it is first used; until then a bar stands in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from paperstui.draw import bars
from paperstui.draw.lines import Line
from paperstui.text.width import width
from paperstui.tui.recall import Recall

if TYPE_CHECKING:
    from paperstui.tui.filter_field import FilterField
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.tui.suggester import Suggester


class FilterBar:
    """The field with its slash on the left; what was found and how fresh it is on the right."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.input: FilterField | None = None
        self.begun_with = ""
        self.recall = Recall(screen)
        self._suggester: Suggester | None = None

    @property
    def suggester(self) -> Suggester:
        """The suggestions for what is typed; made when they are first asked for."""
        if self._suggester is None:
            from paperstui.tui.suggester import Suggester

            self._suggester = Suggester(self)
        return self._suggester

    @property
    def suggesting(self) -> Suggester | None:
        """The suggestions, while they are shown."""
        return self._suggester if self._suggester is not None and self._suggester.shown else None

    def lay_out(self) -> None:
        """The screen has another size."""
        if self._suggester is not None:
            self._suggester.lay_out()

    def draw(self, cells: int, message: str, ink: str, freshness: str) -> Line:
        """The bar: the query when the field is not there, and the status."""
        shelf = self.screen.shelf
        if shelf.problem and not self.suggester.tells_problem:
            message, ink = shelf.problem, "error"
        elif shelf.remark and not message:
            message, ink = shelf.remark, "dim"
        if self.input is not None and self.input.display:
            return bars.status(message, ink, shelf.found(), freshness, cells)
        return bars.filter_line(self.screen.more.named or shelf.text, message, ink, shelf.found(), freshness, cells)

    def do_filter(self) -> None:
        """Open the field."""
        self.screen.work(self._open, group="field", hold=True)

    async def _open(self) -> None:
        from paperstui.query.sorting import ready

        self.begun_with = self.screen.shelf.text
        text = ready(self.begun_with)
        if self.input is None:
            from paperstui.tui.filter_field import FilterField

            self.input = FilterField(self, text)
            await self.screen.query_one("#bottom").mount(self.input, after="#slash")
        else:
            self.show_text(text)
        self.input.display = True
        self.screen.set_focus(self.input)
        self.screen.status_bar.again()
        await self.recall.load()

    def typed(self, text: str) -> None:
        """The field holds another text."""
        if self.input is None:
            return
        self.screen.hush()
        self.recall.typed()
        self.suggester.typed(text, self.input.cursor_position)
        if text != self.screen.shelf.text:
            self.screen.shelf.filter(text, finished=False)

    def moved(self) -> None:
        """The cursor is elsewhere; while something is typed that is so, too, and then `typed` comes after it."""
        if self.input is not None and self.suggester.stands_elsewhere(self.input.value, self.input.cursor_position):
            self.suggester.close()

    def column_of(self, index: int) -> int:
        """The column of the screen where a character of the query stands, or the field's first one if that is off it."""
        if self.input is None:
            return 0
        field = self.input.region
        return field.x + max(0, width(self.input.value[:index]) - self.input.scroll_offset.x)

    def show_text(self, text: str, cursor: int | None = None) -> None:
        """Put a text into the field that nobody typed, with the cursor at its end or elsewhere."""
        if self.input is not None:
            with self.input.prevent(self.input.Changed):
                self.input.value = text
            self.input.cursor_position = len(text) if cursor is None else cursor

    # Suggestions and earlier queries

    def do_complete(self) -> None:
        """Take a suggestion; without one go to the list."""
        if self.input is None or not self.input.has_focus:
            return
        self.suggester.fresh(self.input.value, self.input.cursor_position)
        self.screen.work(self._complete, group="field", hold=True)

    async def _complete(self) -> None:
        from paperstui.query.parser import LONGEST_QUERY

        found = await self.suggester.take()
        if found is None:
            self.do_filter_done()
        elif len(found[0]) > LONGEST_QUERY:
            self.screen.say(f"A query has at most {LONGEST_QUERY} characters.", "error")
        else:
            self.show_text(found[0], found[1])
            self.typed(found[0])

    def do_candidate_down(self) -> None:
        self.screen.work(self._down, group="field", hold=True)

    async def _down(self) -> None:
        await self.suggester.answered()
        if self.suggester.walkable:
            self.suggester.step(1)
        elif self.recall.walking:
            self.do_next_query()
        else:
            self.do_filter_done()

    def do_candidate_up(self) -> None:
        if self.suggester.walked:
            self.suggester.step(-1)
        else:
            self.do_previous_query()

    def do_previous_query(self) -> None:
        self._recall(-1)

    def do_next_query(self) -> None:
        self._recall(1)

    def _recall(self, direction: int) -> None:
        if self.input is None or not self.input.has_focus:
            return
        query = self.recall.step(direction, self.input.value)
        if query is not None:
            self.suggester.close()
            self.show_text(query)
            self.screen.shelf.filter(query, finished=False)

    # Leaving

    def do_filter_done(self) -> None:
        """Keep the filter and go to the list."""
        self.finish()
        self._hide()
        self.screen.set_focus(self.screen.papers)

    def finish(self) -> None:
        """The query is as it was meant: the best match comes first, and it can be found again."""
        from paperstui.query import parse

        text = self.input.value if self.input is not None else ""
        self.screen.hush()
        if text.strip():
            self.screen.shelf.filter(text, finished=True)
            if parse(text).ok:
                self.screen.work(partial(self.recall.remember, text), group="remember", hold=True)

    def do_filter_clear(self) -> None:
        """Close the suggestions; without any drop the filter and go to the list."""
        if self.suggesting is not None:
            self.suggesting.dismiss()
            return
        self.cleared()
        self.screen.set_focus(self.screen.papers)
        if self.screen.shelf.text:
            self.screen.shelf.filter("", finished=True)

    def put_away(self) -> None:
        """Another place is shown: the field goes, the filter stays."""
        self._hide()

    def cleared(self) -> None:
        """The filter is gone."""
        self.show_text("")
        self._hide()

    def _hide(self) -> None:
        if self._suggester is not None:
            self._suggester.close()
        if self.input is not None:
            self.input.display = False
        self.screen.status_bar.again()
