"""The help: every key of the table of actions, and the language of the filter bar; typing narrows it."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import ModalScreen

from paperstui.actions import ACTIONS, SECTIONS, keys_shown
from paperstui.draw.lines import Line, paragraph, plain
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

    def __init__(self, *, query: bool = False) -> None:
        """query: begin with what a query can say."""
        super().__init__()
        self._search: str | None = None
        self._at_query = query

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
        if self._at_query:
            self.call_after_refresh(self._to_queries)

    def _to_queries(self) -> None:
        starts = (at for at, line in enumerate(self.pane.lines) if QUERY_TITLE in plain(line))
        self.pane.scroll_to_line(next(starts, 0))

    def _title(self, cells: int) -> Line:
        del cells
        if self._search is None:
            return [(" Help", "accent-strong"), ("  keys, and what a query can say", "faint")]
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
        elif name in MOVES:
            pages, lines = MOVES[name]
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


MOVES: dict[str, tuple[int, int]] = {
    "j": (0, 1), "down": (0, 1), "k": (0, -1), "up": (0, -1), "space": (1, 0), "pagedown": (1, 0), "ctrl+f": (1, 0),
    "pageup": (-1, 0), "ctrl+b": (-1, 0), "home": (0, -100_000), "end": (0, 100_000), "G": (0, 100_000), "g": (0, -100_000),
}  # fmt: skip


QUERY_TITLE = "In a query"
"""Stands before what the sections of the query language are called."""

WIDEST_COLUMN = 32
"""Cells of the left column at most; what is wider has its meaning below it."""


Section = tuple[str, list[tuple[str, str, str]]]
"""A title, and of each line what stands left and right, and by what else it is found."""


def help_lines(cells: int, search: str = "") -> list[Line]:
    """Keys by where they work, then what a query can say: each in a column, with what it means beside it."""
    wanted = search.casefold().split()
    lines: list[Line] = []
    for sections in (_keys(), _queries()):
        widest = max(width(left) for _, rows in sections for left, _, _ in rows)
        column = min(widest, WIDEST_COLUMN, max(10, cells // 2 - 4)) + 2
        for title, rows in sections:
            found = [row for row in rows if all(word in " ".join(row).casefold() for word in wanted)]
            if found:
                lines += [[], *paragraph(title, "heading", max(10, cells - 4), "  ")]
                lines += [line for left, right, _ in found for line in _entry(left, right, column, cells)]
    return lines or [[], [("  Nothing here says that.", "dim")]]


def _keys() -> list[Section]:
    return [
        (title, [(keys_shown(action), action.help, action.title) for action in ACTIONS if action.context == context])
        for context, title in SECTIONS.items()
    ]


def _queries() -> list[Section]:
    from paperstui.query.fields import help_sections

    return [
        (f"{QUERY_TITLE}: {title[:1].lower()}{title[1:]}", [(syntax, meaning, "") for syntax, meaning in rows])
        for title, rows in help_sections()
    ]


def _entry(left: str, right: str, column: int, cells: int) -> list[Line]:
    """One thing and what it means, which stands below it where it is too wide."""
    meaning = paragraph(right, "text", max(10, cells - column - 4))
    if width(left) > column - 2:
        lines: list[Line] = [[("  ", "accent"), *line] for line in paragraph(left, "accent", max(10, cells - 4))]
    else:
        lines = [[("  " + left + " " * (column - width(left)), "accent"), *meaning.pop(0)]]
    return lines + [[(" " * (column + 2), "text"), *line] for line in meaning]
