"""The field of the filter bar. It is imported when it is first used: what it is made of takes a while to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input
from textual.widgets.input import Selection

from paperstui.query.parser import LONGEST_QUERY

if TYPE_CHECKING:
    from paperstui.tui.filter_bar import FilterBar


class FilterField(Input):
    """The field; every change is a query."""

    DEFAULT_CSS = """
    FilterField, FilterField:focus {
        width: 50%; height: 1; border: none; padding: 0; background: $panel; color: $foreground;
    }
    """

    def __init__(self, bar: FilterBar, text: str) -> None:
        self._bar = bar
        super().__init__(value=text, max_length=LONGEST_QUERY, select_on_focus=False, id="filter")
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        self._bar.typed(event.value)

    def watch_selection(self, selection: Selection) -> None:
        """The cursor may have gone elsewhere."""
        del selection
        self._bar.moved()

    def on_blur(self) -> None:
        """Nothing is typed any more."""
        self._bar.suggester.close()

    def on_paste(self, event: events.Paste) -> None:
        """A newline in pasted text is a space here, never the end of the query."""
        event.text = " ".join(event.text[: LONGEST_QUERY * 2].split())[:LONGEST_QUERY]
