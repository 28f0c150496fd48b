"""A small box of lines above the bottom bar. It lies over the panes, so nothing moves when it comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from paperstui.draw.lines import Line
from paperstui.tui.widgets.canvas import Canvas

BELOW = 2
"""Lines below it: the bottom bar and the hints."""


class Popup(Canvas):
    """Shows lines that somebody else has made; one of them may stand out."""

    GROUND: ClassVar[str] = "bar"
    DEFAULT_CSS: ClassVar[str] = """
    Popup { layer: above; dock: bottom; display: none; width: 1; height: 1; }
    """

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, line: int) -> None:
            self.line = line
            super().__init__()

    class Turned(Message):
        """The wheel was turned over it, down (1) or up (-1)."""

        def __init__(self, direction: int) -> None:
            self.direction = direction
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._chosen: int | None = None
        self._place = (0, 0, 0)

    @property
    def lines(self) -> Sequence[Line]:
        """What it shows; nothing when it is not there."""
        return self._lines if self.display else ()

    def show(self, lines: Sequence[Line], *, x: int, cells: int, chosen: int | None = None) -> None:
        """Show lines of a width from a column on. chosen: the one that stands out."""
        self._lines, self._chosen = lines, chosen
        place = (x, cells, len(lines))
        if place != self._place:
            self._place = place
            self.styles.width, self.styles.height = cells, len(lines)
            self.styles.margin = (0, 0, BELOW, x)
        self.display = True
        self.refresh()

    def hide(self) -> None:
        """Take it away."""
        self.display = False

    def line_at(self, y: int) -> Strip:
        """A line, or nothing below the last one."""
        if y >= len(self._lines):
            return self.blank()
        return self.strip(self._lines[y], "cursor" if y == self._chosen else None)

    def turn_wheel(self, direction: int) -> None:
        """The wheel walks through what there is to choose."""
        self.post_message(self.Turned(direction))

    def on_click(self, event: events.Click) -> None:
        """Tell which line was clicked."""
        event.stop()
        self.post_message(self.Clicked(event.y))
