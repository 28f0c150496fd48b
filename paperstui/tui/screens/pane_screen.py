"""A screen over the others that is one pane of text between a title and the keys that work there: help, sources, a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import ModalScreen

from paperstui.draw.bars import hints
from paperstui.draw.lines import Line
from paperstui.text.clean import clean_line
from paperstui.text.copied import said_of
from paperstui.tui.keys import key_name
from paperstui.tui.widgets.bar import Bar
from paperstui.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from paperstui.tui.app import PaperstuiApp

MOVES: dict[str, tuple[int, int]] = {
    "j": (0, 1), "down": (0, 1), "k": (0, -1), "up": (0, -1), "space": (1, 0), "pagedown": (1, 0), "ctrl+f": (1, 0),
    "pageup": (-1, 0), "ctrl+b": (-1, 0), "home": (0, -100_000), "end": (0, 100_000), "G": (0, 100_000), "g": (0, -100_000),
}  # fmt: skip
"""How far keys scroll: in pages and in lines."""


class PaneScreen(ModalScreen[None]):
    """Scrolls, copies what is selected, and closes; a subclass says what is shown, and what its own keys do."""

    DEFAULT_CSS: ClassVar[str] = """
    PaneScreen { background: $background; }
    PaneScreen Bar { height: 1; }
    PaneScreen LinesPane { height: 1fr; }
    """

    CLOSING: ClassVar[tuple[str, ...]] = ("q", "escape")
    """Keys that close it."""

    pane = getters.query_one(LinesPane)

    def __init__(self) -> None:
        super().__init__()
        self._said: Line = []

    def compose(self) -> ComposeResult:
        """The title, the text, and how to leave."""
        yield Bar(self.title_line, id="pane-title")
        yield LinesPane(id="pane")
        yield Bar(self._draw_hints, id="pane-hints")

    def on_mount(self) -> None:
        """The keys scroll."""
        self.pane.stacked = True
        self.fill()
        self.pane.focus()

    # What a subclass says

    def title_line(self, cells: int) -> Line:
        """What is shown."""
        raise NotImplementedError

    def hints(self, cells: int) -> Sequence[tuple[str, str]]:
        """The keys that are named, and what they do; the last one is always shown."""
        del cells
        return (("j/k", "scroll"), ("q", "close"))

    def fill(self) -> None:
        """Show the text."""
        raise NotImplementedError

    def takes(self, name: str) -> bool:
        """Whether a key was one of its own, which is then done."""
        del name
        return False

    # Bars and keys

    def say(self, message: str, ink: str = "dim") -> None:
        """Say something in the last line, until the next key."""
        self._said = [(f" {clean_line(message, 300)}", ink)]
        self.bars_again()

    def bars_again(self) -> None:
        """What the bars tell has changed."""
        for bar in self.query(Bar):
            bar.again()

    def _draw_hints(self, cells: int) -> Line:
        return self._said or hints(self.hints(cells), cells)

    def take_key(self, event: events.Key) -> bool:
        """Its own keys, and those of all such screens."""
        name = key_name(event.key, event.character)
        self._said = []
        if name in ("ctrl+c", "Q"):
            self.app.exit()
        elif not self.takes(name):
            self._common(name)
        if self.is_attached:
            self.bars_again()
        return True

    def _common(self, name: str) -> None:
        if name == "escape" and self.pane.unselect():
            return
        if name in self.CLOSING:
            self.dismiss()
        elif name == "y" and (text := self.pane.selected):
            cast("PaperstuiApp", self.app).reader.outward.copy(said_of(text), text)
        elif name in MOVES:
            pages, lines = MOVES[name]
            self.pane.scroll_lines(pages * (self.pane.height - 2) + lines)
