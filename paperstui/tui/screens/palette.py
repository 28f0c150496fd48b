"""The palette: every action by name, with its key; typing narrows it."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from paperstui.actions import ACTIONS, Action, key_shown
from paperstui.draw import bars
from paperstui.draw.lines import Line, fit
from paperstui.text.width import width
from paperstui.tui.keys import key_name
from paperstui.tui.widgets.bar import Bar
from paperstui.tui.widgets.lines_pane import LinesPane

LEFT_OUT = frozenset({"palette", "down", "up", "scroll_down", "scroll_up"}) | {
    action.id for action in ACTIONS if action.context in ("filter", "text")
}
"""What only means something where one is already: moving by one, and the keys of the filter bar and of the full text."""


KEYS = (("Enter", "do it"), ("↓", "choose"), ("Esc", "close"))


def found(search: str) -> list[Action]:
    """The actions whose name or help has all the words, the name itself first, then those that begin so; one of each name."""
    words = search.casefold().split()
    hits: dict[str, Action] = {}
    for action in ACTIONS:
        if action.id not in LEFT_OUT and all(word in f"{action.title} {action.help}".casefold() for word in words):
            hits.setdefault(action.title, action)
    typed = search.casefold().strip()
    return sorted(
        hits.values(),
        key=lambda action: (action.title.casefold() != typed, not action.title.casefold().startswith(typed)),
    )


class PaletteScreen(ModalScreen[Action | None]):
    """A box of actions; Enter does the chosen one, Esc leaves."""

    DEFAULT_CSS: ClassVar[str] = """
    PaletteScreen { align: center top; background: $background 60%; }
    PaletteScreen #palette-box { width: 64; max-width: 100%; height: 19; max-height: 100%; margin: 1 0; background: $panel; }
    PaletteScreen #palette-field, PaletteScreen #palette-keys { height: 1; }
    PaletteScreen LinesPane { height: 1fr; }
    """

    pane = getters.query_one(LinesPane)

    def __init__(self) -> None:
        super().__init__()
        self._search = ""
        self._chosen = 0
        self._found = found("")

    def compose(self) -> ComposeResult:
        """The typed words, and what they find."""
        with Vertical(id="palette-box"):
            yield Bar(self._field, id="palette-field")
            yield LinesPane(id="palette-list")
            yield Bar(lambda cells: bars.hints(KEYS, cells), id="palette-keys")

    def on_mount(self) -> None:
        """The pane takes the keys."""
        self.pane.stacked = True
        self.pane.selects = False
        self._fill()
        self.pane.focus()

    def _field(self, cells: int) -> Line:
        if not self._search:
            return fit([(" : ", "accent"), ("▏", "accent"), ("name of an action", "faint")], cells)
        return fit([(" : ", "accent"), (self._search, "strong"), ("▏", "accent")], cells)

    def _lines(self, cells: int) -> list[Line]:
        lines: list[Line] = []
        for index, action in enumerate(self._found):
            here = index == self._chosen
            key = key_shown(action.keys[0])
            left: Line = [
                ("▌" if here else " ", "accent"),
                (action.title, "strong" if here else "text"),
                (f"  {action.help}", "faint"),
            ]
            lines.append([*fit(left, cells - width(key) - 2), (f" {key} ", "accent")])
        return lines or [[("  No action has that name.", "dim")]]

    def _fill(self) -> None:
        self.pane.show(self._lines, keep=True)
        if not self.pane.top <= self._chosen < self.pane.top + self.pane.height:
            self.pane.scroll_to_line(
                max(0, self._chosen - self.pane.height + 1 if self._chosen > self.pane.top else self._chosen)
            )
        self.query_one("#palette-field", Bar).again()

    def take_key(self, event: events.Key) -> bool:
        """Choose, narrow, do or leave."""
        name = key_name(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self.dismiss(self._found[self._chosen] if self._found else None)
        elif name in ("down", "ctrl+n", "tab", "up", "ctrl+p", "shift+tab"):
            step = 1 if name in ("down", "ctrl+n", "tab") else -1
            self._chosen = (self._chosen + step) % max(1, len(self._found))
            self._fill()
        else:
            self._type(name)
        return True

    def _type(self, name: str) -> None:
        if name == "backspace":
            self._search = self._search[:-1]
        elif name == "ctrl+u":
            self._search = ""
        elif name == "space" or len(name) == 1:
            self._search = (self._search + (" " if name == "space" else name))[:80]
        else:
            return
        self._chosen = 0
        self._found = found(self._search)
        self._fill()

    def on_click(self, event: events.Click) -> None:
        """A click chooses the line under the mouse; one outside the box leaves."""
        widget, _ = self.get_widget_at(event.screen_x, event.screen_y)
        if widget is self.pane:
            index = self.pane.top + event.screen_y - self.pane.region.y - 1
            if 0 <= index < len(self._found):
                self.dismiss(self._found[index])
        elif widget is self:
            self.dismiss(None)
