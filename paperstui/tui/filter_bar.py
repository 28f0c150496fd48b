"""The filter bar: one line at the bottom. The field is made when it is first used; until then a bar stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from paperstui.draw import bars
from paperstui.draw.lines import Line

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen

LONGEST = 500
"""Characters a query may have."""


class FilterField(Input):
    """The field; every change is a query."""

    DEFAULT_CSS = """
    FilterField, FilterField:focus {
        width: 50%; height: 1; border: none; padding: 0; background: $panel; color: $foreground;
    }
    """

    def __init__(self, bar: FilterBar, text: str) -> None:
        super().__init__(value=text, max_length=LONGEST, select_on_focus=False, id="filter")
        self.cursor_blink = False
        self._bar = bar

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        self._bar.typed(event.value)

    def on_paste(self, event: events.Paste) -> None:
        """A newline in pasted text is a space here, never the end of the query."""
        event.text = " ".join(event.text[: LONGEST * 2].split())[:LONGEST]


class FilterBar:
    """The field with its slash on the left; what was found and how fresh it is on the right."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.input: FilterField | None = None

    def draw(self, cells: int, message: str, ink: str, freshness: str) -> Line:
        """The bar: the query when the field is not there, and the status."""
        shelf = self.screen.shelf
        if shelf.problem:
            message, ink = shelf.problem, "error"
        if self.input is not None and self.input.display:
            return bars.status(message, ink, shelf.found(), freshness, cells)
        return bars.filter_line(shelf.text, message, ink, shelf.found(), freshness, cells)

    def do_filter(self) -> None:
        """Open the field."""
        self.screen.work(self._open, group="field", hold=True)

    async def _open(self) -> None:
        if self.input is None:
            self.input = FilterField(self, self.screen.shelf.text)
            await self.screen.query_one("#bottom").mount(self.input, after="#slash")
        self.input.display = True
        self.screen.set_focus(self.input)
        self.input.cursor_position = len(self.input.value)
        self.screen.status_bar.again()

    def typed(self, text: str) -> None:
        """The field holds another text."""
        if text != self.screen.shelf.text:
            self.screen.shelf.filter(text, finished=False)

    def do_filter_done(self) -> None:
        """Keep the filter and go to the list."""
        shelf = self.screen.shelf
        self._hide()
        if self.input is not None and self.input.value.strip():
            shelf.filter(self.input.value, finished=True)
        self.screen.set_focus(self.screen.papers)

    def do_filter_clear(self) -> None:
        """Drop the filter and go to the list."""
        self.cleared()
        self.screen.set_focus(self.screen.papers)
        if self.screen.shelf.text:
            self.screen.shelf.filter("", finished=True)

    def put_away(self) -> None:
        """Another place is shown: the field goes, the filter stays."""
        self._hide()

    def cleared(self) -> None:
        """The filter is gone."""
        if self.input is not None:
            with self.input.prevent(Input.Changed):
                self.input.value = ""
        self._hide()

    def _hide(self) -> None:
        if self.input is not None:
            self.input.display = False
        self.screen.status_bar.again()
