"""One line of the frame around the panes: header, status, key hints."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from paperstui.draw.lines import Line
from paperstui.tui.widgets.canvas import Canvas


class Bar(Canvas):
    """A line that a function draws for the width there is; `again` draws it anew when what it tells has changed."""

    GROUND: ClassVar[str] = "bar"

    class Clicked(Message):
        """A column of the bar was clicked."""

        def __init__(self, bar: Bar, x: int) -> None:
            self.bar = bar
            self.x = x
            super().__init__()

        @property
        def control(self) -> Bar:
            """The bar."""
            return self.bar

    def __init__(self, draw: Callable[[int], Line], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._draw = draw
        self._drawn: Strip | None = None
        self.line: Line = []

    def again(self) -> None:
        """What the line tells has changed."""
        self.forget()
        self.refresh()

    def forget(self) -> None:
        """Drop what was drawn."""
        super().forget()
        self._drawn = None

    def line_at(self, y: int) -> Strip:
        """The line."""
        del y
        if self._drawn is None:
            self.line = self._draw(self.drawn_size.width)
            self._drawn = self.strip(self.line)
        return self._drawn

    def on_click(self, event: events.Click) -> None:
        """Tell which column was clicked."""
        self.post_message(self.Clicked(self, event.x))
