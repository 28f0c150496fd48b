"""The help: every key of the table of actions, where it works and what it does; typing narrows it."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import ModalScreen

from paperstui.actions import ACTIONS, SECTIONS, keys_shown
from paperstui.draw.lines import Line, paragraph
from paperstui.text.width import width
from paperstui.tui.keys import key_name
from paperstui.tui.widgets.bar import Bar
from paperstui.tui.widgets.lines_pane import LinesPane


class HelpPane(LinesPane):
    """The lines of the help; it has the focus and so draws no rule of its own."""

    GROUND: ClassVar[str] = "detail"


class HelpScreen(ModalScreen[None]):
    """All keys on one screen. `/` begins a search, Esc ends it or the help."""

    DEFAULT_CSS: ClassVar[str] = """
    HelpScreen { background: $background; }
    HelpScreen #help-title, HelpScreen #help-hints { height: 1; }
    HelpScreen HelpPane { height: 1fr; }
    """

    pane = getters.query_one(HelpPane)

    def __init__(self) -> None:
        super().__init__()
        self._search: str | None = None

    def compose(self) -> ComposeResult:
        """A title, the keys, and how to leave."""
        yield Bar(self._title, id="help-title")
        yield HelpPane(id="help")
        yield Bar(self._hints, id="help-hints")

    def on_mount(self) -> None:
        """The keys scroll the help."""
        self.pane.stacked = True
        self._fill()
        self.pane.focus()

    def _title(self, cells: int) -> Line:
        del cells
        if self._search is None:
            return [(" Keys", "accent-strong")]
        return [(" / ", "accent"), (self._search, "accent-strong"), ("▏", "accent")]

    def _hints(self, cells: int) -> Line:
        del cells
        return [
            (" j/k", "accent"),
            (" scroll ", "dim"),
            (" /", "accent"),
            (" search ", "dim"),
            (" q", "accent"),
            (" close", "dim"),
        ]

    def _fill(self) -> None:
        search = self._search or ""
        self.pane.show(lambda cells: help_lines(cells, search))
        self.query_one("#help-title", Bar).again()

    def take_key(self, event: events.Key) -> bool:
        """Scroll, search, or close."""
        name = key_name(event.key, event.character)
        if name in ("ctrl+c", "Q"):
            self.app.exit()
        elif self._search is not None and self._typed(name):
            self._fill()
        elif name in ("q", "escape", "?", "f1"):
            self.dismiss()
        elif name == "/":
            self._search = ""
            self._fill()
        elif name in _MOVES:
            pages, lines = _MOVES[name]
            self.pane.scroll_lines(pages * (self.pane.height - 2) + lines)
        return True

    def _typed(self, name: str) -> bool:
        """A key while searching; whether it was the search's."""
        if name == "escape":
            self._search = None
        elif name == "backspace":
            self._search = (self._search or "")[:-1]
        elif name == "space":
            self._search = (self._search or "") + " "
        elif len(name) == 1:
            self._search = (self._search or "") + name
        else:
            return False
        return True


_MOVES: dict[str, tuple[int, int]] = {
    "j": (0, 1), "down": (0, 1), "k": (0, -1), "up": (0, -1), "space": (1, 0), "pagedown": (1, 0), "ctrl+f": (1, 0),
    "pageup": (-1, 0), "ctrl+b": (-1, 0), "home": (0, -100_000), "end": (0, 100_000), "G": (0, 100_000), "g": (0, -100_000),
}  # fmt: skip


def help_lines(cells: int, search: str = "") -> list[Line]:
    """The table of actions as lines: by where keys work, keys in a column, help beside them."""
    column = max(width(keys_shown(action)) for action in ACTIONS) + 2
    wanted = search.casefold().split()
    lines: list[Line] = []
    for context, title in SECTIONS.items():
        chosen = [action for action in ACTIONS if action.context == context]
        chosen = [
            action
            for action in chosen
            if all(word in f"{keys_shown(action)} {action.title} {action.help}".casefold() for word in wanted)
        ]
        if not chosen:
            continue
        lines += [[], [(f"  {title}", "heading")]]
        for action in chosen:
            wrapped = paragraph(action.help, "text", max(10, cells - column - 4))
            keys = keys_shown(action)
            lines.append([("  " + keys + " " * (column - width(keys)), "accent"), *wrapped[0]])
            lines += [[(" " * (column + 2), "text"), *line] for line in wrapped[1:]]
    return lines or [[], [("  No key does that.", "dim")]]
