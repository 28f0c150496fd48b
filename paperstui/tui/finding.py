"""Finding words in a full text: what is typed for it, how many places there are, and going from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.documents.find import MOST

if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.tui.screens.fulltext import FullTextScreen


class Finding:
    """Takes what is typed for a search, and says what came of it.

    typed: what is being looked for while it is typed, else None. words: what is looked for after that.
    """

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen
        self.typed: str | None = None
        self.words = ""
        self._began = 0  # the line that was on top when the search began: what is typed is looked for from there on

    @property
    def said(self) -> Line:
        """What the status line tells: what is typed, or what is looked for, and how much there is of it."""
        if self.typed is not None:
            line: Line = [(" / ", "accent"), (self.typed, "strong"), ("▏", "accent")]
            return [*line, (f"  {self._counted()}", "dim")] if self.typed else line
        if not self.words:
            return []
        way = {1: " · from the beginning again", -1: " · from the end again"}.get(self._screen.view.wrapped, "")
        return [(f" {self.words}: {self._counted()}", "dim"), (way, "accent")]

    def _counted(self) -> str:
        view = self._screen.view
        if view.looking and not view.hits:
            return "…"
        count = len(view.hits)
        if not count:
            return "not found" if view.whole else "…"
        many = f"the first {count:,}" if count >= MOST else f"{count:,}" if view.whole else f"{count:,} so far"
        return f"{view.hit + 1:,} of {many}" if view.hit >= 0 else f"{many} places"

    def do_text_find(self) -> None:
        self.typed, self._began = "", self._screen.view.top

    def take_key(self, name: str) -> None:
        """A letter, or one of the keys that end the search, correct it or go to another place."""
        typed = self.typed or ""
        if name == "escape":
            self._screen.view.scroll_to(self._began)
            self.end()
        elif name == "enter":
            if typed and self._screen.view.top != self._began:
                self._screen.moves.leave(self._began)
            self.words, self.typed = typed, None
        elif name in _STEPS:
            self._screen.view.step(_STEPS[name])
        else:
            self._look_for(edited(typed, name))

    def _look_for(self, typed: str) -> None:
        if typed != self.typed:
            self.typed = typed
            if not typed:
                self._screen.view.scroll_to(self._began)
            self._screen.view.look_for(typed, start=self._began)

    def end(self) -> None:
        """Look for nothing any more."""
        self.typed, self.words = None, ""
        self._screen.view.look_for("")

    def do_text_find_next(self) -> None:
        self._step(1)

    def do_text_find_before(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        screen = self._screen
        if screen.view.hits or screen.view.looking:
            screen.view.step(by)
        elif self.words:
            where = "the text" if screen.document is not None else "the abstract; the text is not here yet"
            screen.say(f"{self.words} is not in {where}.")
        else:
            screen.say("Type / to search in the text.")


def edited(typed: str, name: str) -> str:
    """What is typed after one more key; a key that types nothing and takes nothing away changes nothing."""
    if name == "backspace":
        return typed[:-1]
    if name == "ctrl+u":
        return ""
    if name == "ctrl+w":
        return typed.rstrip().rpartition(" ")[0]
    if name == "space":
        return f"{typed} "
    return typed + name if len(name) == 1 else typed


_STEPS = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1}
"""Keys that go on while something is typed."""
