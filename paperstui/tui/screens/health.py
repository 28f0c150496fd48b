"""How it goes with the sources, live: it follows what is fetched, and otherwise looks at the clock now and then."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from paperstui.draw.lines import Line
from paperstui.tui.screens.pane_screen import PaneScreen

AGES_EVERY = 30.0
"""Seconds between two looks at the clock: ages and times to come are told in minutes."""


class HealthScreen(PaneScreen):
    """Source by source: state, last success, next try, requests left, last error."""

    CLOSING: ClassVar[tuple[str, ...]] = ("q", "escape", "f9")

    def __init__(self, lines: Callable[[int], list[Line]], refresh: Callable[[], None]) -> None:
        """lines: what is to be shown in so many cells. refresh: the user wants it tried now."""
        super().__init__()
        self._lines = lines
        self._refresh = refresh
        self._stands = False

    def title_line(self, cells: int) -> Line:
        """What is shown."""
        del cells
        return [(" Sources", "accent-strong"), ("  where papers come from", "faint")]

    def hints(self, cells: int) -> tuple[tuple[str, str], ...]:
        """The keys."""
        del cells
        return (("j/k", "scroll"), ("r", "refresh"), ("q", "close"))

    def on_mount(self) -> None:
        """Ages grow."""
        self.set_interval(AGES_EVERY, self.again)

    def fill(self) -> None:
        """How it goes now."""
        self._stands = True
        self.pane.show(self._lines, keep=True)

    def again(self) -> None:
        """Something has changed."""
        if self._stands:
            self.fill()

    def takes(self, name: str) -> bool:
        """Refreshing."""
        if name not in ("r", "f5"):
            return False
        self._refresh()
        return True
