"""How it goes with the sources, live: it follows what is fetched, and otherwise looks at the clock now and then."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import ModalScreen

from paperstui.draw.lines import Line
from paperstui.tui.keys import key_name
from paperstui.tui.screens.help import MOVES, HelpPane
from paperstui.tui.widgets.bar import Bar

AGES_EVERY = 30.0
"""Seconds between two looks at the clock: ages and times to come are told in minutes."""


class HealthScreen(ModalScreen[None]):
    """Source by source: state, last success, next try, requests left, last error."""

    DEFAULT_CSS: ClassVar[str] = """
    HealthScreen { background: $background; }
    HealthScreen #health-title, HealthScreen #health-hints { height: 1; }
    HealthScreen HelpPane { height: 1fr; }
    """

    pane = getters.query_one(HelpPane)

    def __init__(self, lines: Callable[[int], list[Line]], refresh: Callable[[], None]) -> None:
        """lines: what is to be shown in so many cells. refresh: the user wants it tried now."""
        super().__init__()
        self._lines = lines
        self._refresh = refresh
        self._stands = False

    def compose(self) -> ComposeResult:
        """A title, the sources, and how to leave."""
        yield Bar(lambda _: [(" Sources", "accent-strong"), ("  where papers come from", "faint")], id="health-title")
        yield HelpPane(id="health")
        yield Bar(
            lambda _: [
                (" j/k", "accent"),
                (" scroll ", "dim"),
                (" r", "accent"),
                (" refresh ", "dim"),
                (" q", "accent"),
                (" close", "dim"),
            ],
            id="health-hints",
        )

    def on_mount(self) -> None:
        """The keys scroll."""
        self.pane.stacked = self._stands = True
        self.again()
        self.pane.focus()
        self.set_interval(AGES_EVERY, self.again)

    def again(self) -> None:
        """Something has changed."""
        if self._stands:
            self.pane.show(self._lines, keep=True)

    def take_key(self, event: events.Key) -> bool:
        """Scroll, refresh, or close."""
        name = key_name(event.key, event.character)
        if name in ("ctrl+c", "Q"):
            self.app.exit()
        elif name in ("q", "escape", "f9"):
            self.dismiss()
        elif name in ("r", "f5"):
            self._refresh()
        elif name in MOVES:
            pages, lines = MOVES[name]
            self.pane.scroll_lines(pages * (self.pane.height - 2) + lines)
        return True
