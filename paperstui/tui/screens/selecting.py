"""A text to select with the mouse, for where nothing else brings it to the clipboard."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import ModalScreen

from paperstui.draw.lines import Line
from paperstui.text.clean import clean, clean_line
from paperstui.text.width import wrap
from paperstui.tui.keys import key_name
from paperstui.tui.screens.help import MOVES, HelpPane
from paperstui.tui.widgets.bar import Bar

LONGEST = 1_000_000
"""Characters that are shown of a text."""


class SelectScreen(ModalScreen[None]):
    """The lines of a text from the first column on, with nothing beside them that would be selected, too."""

    DEFAULT_CSS: ClassVar[str] = """
    SelectScreen { background: $background; }
    SelectScreen #select-title, SelectScreen #select-hints { height: 1; }
    SelectScreen HelpPane { height: 1fr; }
    """

    pane = getters.query_one(HelpPane)

    def __init__(self, what: str, text: str, why: str = "") -> None:
        """what: "the link". why: what kept it from the clipboard."""
        super().__init__()
        self._what = f"{what[:1].upper()}{what[1:]}"
        self._text = clean(text, LONGEST)
        self._why = clean_line(why, 200)

    def compose(self) -> ComposeResult:
        """What it is, the text, and how to take it along."""
        yield Bar(self._title, id="select-title")
        yield HelpPane(id="select")
        yield Bar(self._hints, id="select-hints")

    def _title(self, cells: int) -> Line:
        del cells
        return [(f" {self._what} to select", "accent-strong"), (f"  {self._why}" if self._why else "", "dim")]

    def _hints(self, cells: int) -> Line:
        mouse = "hold Shift (⌥ in iTerm) and drag" if cells >= 60 else "Shift and drag"
        hints = (("mouse", mouse), ("j/k", "scroll"), ("q", "close"))
        return [span for key, does in hints for span in ((f" {key}", "accent"), (f" {does} ", "dim"))]

    def on_mount(self) -> None:
        """The keys scroll."""
        self.pane.stacked = True
        self.pane.show(lambda cells: [[(line, "text")] for line in wrap(self._text, cells)])
        self.pane.focus()

    def take_key(self, event: events.Key) -> bool:
        """Scroll or close."""
        name = key_name(event.key, event.character)
        if name in ("ctrl+c", "Q"):
            self.app.exit()
        elif name in ("q", "escape", "enter"):
            self.dismiss()
        elif name in MOVES:
            pages, lines = MOVES[name]
            self.pane.scroll_lines(pages * (self.pane.height - 2) + lines)
        return True
