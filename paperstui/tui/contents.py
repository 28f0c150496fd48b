"""The outline of a full text, in its place: all sections, the one that is read marked, one of them to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.documents.find import bare
from paperstui.draw.document import outline_lines
from paperstui.tui.finding import edited

if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.tui.screens.fulltext import FullTextScreen

_STEPS = {
    "j": 1, "down": 1, "k": -1, "up": -1, "space": 10, "pagedown": 10, "pageup": -10, "G": 10_000, "end": 10_000, "home": -10_000,
    "ctrl+n": 1, "ctrl+p": -1, "ctrl+d": 10, "ctrl+u": -10, "g": -10_000,
}  # fmt: skip
"""Sections that a key moves by."""

_STEPS_TYPING = {name: by for name, by in _STEPS.items() if len(name) > 1 and name not in ("space", "ctrl+u")}

_CLOSING = {"enter": True, "l": True, "t": False, "q": False, "escape": False}
"""Keys that close the outline: whether they go to the chosen section."""

_CLASS = "-outline"


class Contents:
    """Shows the outline and takes its keys.

    typed: words that the sections shown have in their titles, while they are typed, else None.
    """

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen
        self._chosen = 0
        self.typed: str | None = None
        self._words = ""

    @property
    def shown(self) -> bool:
        """Whether it is shown in place of the text."""
        return self._screen.has_class(_CLASS)

    @property
    def hints(self) -> list[tuple[str, str]]:
        """What the keys do."""
        if self.typed is not None:
            return [("↓/↑", "choose"), ("Enter", "go there"), ("Esc", "all sections")]
        back = "all sections" if self._words else "back to the text"
        return [("j/k", "choose"), ("Enter", "go there"), ("/", "filter"), ("Esc", back)]

    @property
    def said(self) -> Line:
        """What the status line tells: the words that are typed, and how many sections have them."""
        if self.typed is None and not self._words:
            return []
        count = f"  {len(self._listed()):,} of {len(self._screen.view.flow.sections):,} sections"
        if self.typed is None:
            return [(f" {self._words}:", "dim"), (count[1:], "dim")]
        return [(" / ", "accent"), (self.typed, "strong"), ("▏", "accent"), (count, "dim")]

    def do_text_outline(self) -> None:
        if self._screen.document is None:
            self._screen.say("The outline is there when the text is.")
            return
        self.typed, self._words = None, ""
        self._chosen = max(0, self._current())
        self._screen.add_class(_CLASS)
        self._show()

    def take_key(self, name: str) -> None:
        """Choose, filter, go there, or go back to the text; other keys mean nothing here."""
        if self.typed is not None:
            self._type(name)
        elif name in _STEPS:
            self._step(_STEPS[name])
        elif name == "/":
            self.typed = self._words
        elif name == "escape" and self._words:
            self._filter("")
        elif name in _CLOSING:
            self._close(go=_CLOSING[name])
        elif name in ("ctrl+c", "Q"):
            self._screen.app.exit()

    def clicked(self, row: int) -> None:
        """Go to the section in a row of the pane, of which the first is a rule."""
        at = self._screen.outline.top + row - 1
        if row >= 1 and at < len(self._listed()):
            self._chosen = at
            self._close(go=True)

    def _type(self, name: str) -> None:
        if name in _STEPS_TYPING:
            self._step(_STEPS_TYPING[name])
        elif name == "enter":
            self._close(go=True)
        elif name == "escape":
            self.typed = None
            self._filter("")
        else:
            self.typed = edited(self.typed or "", name)
            self._filter(self.typed)

    def _filter(self, words: str) -> None:
        """Show the sections with these words; the chosen one stays chosen as long as it is shown."""
        before = self._listed()
        chosen = before[self._chosen] if self._chosen < len(before) else max(0, self._current())
        self._words = words
        listed = self._listed()
        self._chosen = next((at for at, index in enumerate(listed) if index >= chosen), max(0, len(listed) - 1))
        self._show()

    def _step(self, by: int) -> None:
        self._chosen = max(0, min(self._chosen + by, len(self._listed()) - 1))
        self._show()

    def _current(self) -> int:
        view = self._screen.view
        return view.flow.section_at(view.top + 1)

    def _listed(self) -> list[int]:
        """The numbers of the sections that have the words in their titles."""
        sections = self._screen.view.flow.sections
        wanted = bare(self._words).lower().split()
        return [index for index, one in enumerate(sections) if all(word in bare(one.title).lower() for word in wanted)]

    def _show(self) -> None:
        pane = self._screen.outline
        pane.show(self._lines, keep=True)
        if not pane.top <= self._chosen < pane.top + pane.height:
            pane.scroll_to_line(self._chosen - pane.height // 2)

    def _lines(self, cells: int) -> list[Line]:
        flow = self._screen.view.flow
        listed = self._listed()
        sections = [flow.sections[index] for index in listed]
        current = self._current()
        here = listed.index(current) if current in listed else -1
        none = f"No section has {self._words} in its title." if flow.sections else ""
        length = len(flow.lines) if self._screen.view.whole else 0
        return outline_lines(sections, here, self._chosen, cells, length=length, none=none)

    def _close(self, *, go: bool) -> None:
        view, listed = self._screen.view, self._listed()
        self._screen.remove_class(_CLASS)
        view.focus()
        self.typed = None
        if go and self._chosen < len(listed):
            self._screen.moves.leave()
            view.scroll_to(view.flow.sections[listed[self._chosen]].line)
