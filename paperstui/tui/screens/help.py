"""The help: every key of the table of actions, and the language of the filter bar; typing narrows it."""

from __future__ import annotations

from typing import ClassVar

from paperstui.actions import ACTIONS, SECTIONS, keys_shown
from paperstui.draw.lines import Line, paragraph, plain
from paperstui.text.width import width
from paperstui.tui.screens.pane_screen import PaneScreen


class HelpScreen(PaneScreen):
    """All keys on one screen. `/` begins a search, which narrows it and marks what was found; Esc ends it or the help."""

    CLOSING: ClassVar[tuple[str, ...]] = ("q", "escape", "?", "f1")

    def __init__(self, *, query: bool = False) -> None:
        """query: begin with what a query can say."""
        super().__init__()
        self._search = ""
        self._typing = False
        self._at_query = query

    def on_mount(self) -> None:
        """Begin where it is asked for."""
        if self._at_query:
            self.call_after_refresh(self._to_queries)

    def _to_queries(self) -> None:
        starts = (at for at, line in enumerate(self.pane.lines) if QUERY_TITLE in plain(line))
        self.pane.scroll_to_line(next(starts, 0))

    def title_line(self, cells: int) -> Line:
        """What it is, or what is looked for in it."""
        del cells
        if not self._typing and not self._search:
            return [(" Help", "accent-strong"), ("  keys, and what a query can say", "faint")]
        line: Line = [(" / ", "accent"), (self._search, "accent-strong"), ("▏" if self._typing else "", "accent")]
        hits, count = self.pane.hit + 1, len(self.pane.hits)
        return [*line, (f"  {hits:,} of {count:,}", "dim")] if count else line

    def hints(self, cells: int) -> tuple[tuple[str, str], ...]:
        """The keys that work now."""
        del cells
        if self._typing:
            return (("Enter", "keep it"), ("Esc", "show all"))
        if self._search:
            return (("n/N", "next and last hit"), ("j/k", "scroll"), ("/", "search"), ("Esc", "show all"))
        return (("j/k", "scroll"), ("/", "search"), ("q", "close"))

    def fill(self) -> None:
        """The lines that say what is looked for, with the words of it marked."""
        search = self._search
        self.pane.show(lambda cells: help_lines(cells, search))
        self.pane.look_for(*search.split())

    def takes(self, name: str) -> bool:
        """Searching."""
        if self._typing:
            return self._typed(name)
        if name == "/":
            self._typing, self._search = True, ""
            self.fill()
        elif name == "escape" and self._search and self.pane.selection is None:
            self._search = ""
            self.fill()
        elif name in ("n", "N"):
            self.pane.step(1 if name == "n" else -1)
        else:
            return False
        return True

    def _typed(self, name: str) -> bool:
        """A key while searching; whether it was the search's."""
        if name in ("escape", "enter"):
            self._typing = False
            if name == "enter":
                return True
            self._search = ""
        elif name == "backspace":
            self._search = self._search[:-1]
        elif name == "space":
            self._search += " "
        elif len(name) == 1:
            self._search += name
        else:
            return False
        self.fill()
        return True


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
