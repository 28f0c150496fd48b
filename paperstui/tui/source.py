"""The key that shows the LaTeX source in place of what it was rendered to, in everything that is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.actions import BY_ID, key_shown
from paperstui.draw.bars import BESIDE
from paperstui.text import mathematics
from paperstui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen


class Source:
    """Does the action that turns between source and rendering."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def do_source(self) -> None:
        mathematics.turn()
        for canvas in self.screen.query(Canvas):
            canvas.forget()
            canvas.refresh()
        self.screen.changes.compare_again()
        self.screen.shelf.redraw_paper()
        self.screen.status_bar.again()
        self.screen.say(said())

    def standing(self, freshness: str) -> str:
        """What the status line says as long as nothing else is to be said: also that it is not as usual."""
        shown = standing()
        return f"{shown}{BESIDE}{freshness}" if shown and freshness else shown or freshness


def said() -> str:
    """What is shown now, and what leads back."""
    key = key_shown(BY_ID["source"].keys[0])
    if mathematics.source_shown():
        return f"Formulas are shown as LaTeX; {key} renders them."
    return f"Formulas are rendered; {key} shows their LaTeX."


def standing() -> str:
    """The same in two words where it is not what the settings say; else ""."""
    if not mathematics.turned():
        return ""
    return "LaTeX source" if mathematics.source_shown() else "rendered"
