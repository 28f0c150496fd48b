"""The line of keys below a full text: those that do something now, by key or by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.actions import ACTIONS, key_shown
from paperstui.draw import bars

if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.tui.screens.fulltext import FullTextScreen

Hint = tuple[str, str]

_NOT_YET = ("text_outline", "text_find", "text_links", "text_next_section")
"""What has nothing to do before there is a text."""


class TextHints:
    """Draws the hints for what is going on, and does what is clicked."""

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen

    def draw(self, cells: int) -> Line:
        """The line."""
        pending = self._screen.pending
        if pending is not None:
            return bars.chord_hints(pending.begun, pending.following, cells)
        return bars.hints(self._shown(), cells)

    def _shown(self) -> list[Hint]:
        screen = self._screen
        if screen.contents.shown:
            return screen.contents.hints
        if screen.leads.shown:
            return [("a … z", "go to the link with these letters"), ("Esc", "back to the text")]
        if screen.finding.typed is not None:
            more = [("↓/↑", "next and before")] if screen.view.hits else []
            return [("Enter", "keep the hits marked"), *more, ("Esc", "leave")]
        if screen.document is not None and not screen.document.whole:
            return [("R", "fetch again"), ("o", "its page"), ("p", "PDF"), ("q", "back")]
        without = set(() if screen.document is not None else _NOT_YET)
        if not screen.moves.any_back:
            without.add("text_return")
        shown = [bars.hint(name) for name in bars.hinted("text", without=without)]
        if screen.finding.words:
            shown[1:1] = [("n", "next hit"), ("N", "hit before"), ("Esc", "end search")]
        return shown

    def clicked(self, line: Line, x: int) -> None:
        """Press the key whose hint is under a column of the line; elsewhere, help."""
        screen, shown = self._screen, bars.hint_at(line, x)
        if screen.pending is not None:
            name = next((key for key, _ in screen.pending.following if key_shown(key) == shown), "escape")
        elif shown:
            name = _NAMES.get(shown, shown)
        elif screen.contents.shown or screen.leads.shown or screen.finding.typed is not None:
            return
        else:
            name = "?"
        if " " not in name and "/" not in name[1:]:
            screen.take(name)


_NAMES = {key_shown(key): key for action in ACTIONS for key in action.keys if " " not in key}
"""Keys by what they are shown as."""
