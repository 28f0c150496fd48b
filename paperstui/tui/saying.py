"""What is said in the status line, for how long, and with what it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.text.clean import clean_line

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen

LONGEST = 300
"""Characters of a message."""

SECONDS = {"error": 12.0}
USUAL_SECONDS = 6.0
"""How long a message stands, by its ink."""


class Saying:
    """Holds the message of the status line."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.message = ""
        self.ink = "dim"
        self._stays = False
        self._paper: int | None = None
        self._count = 0

    def say(self, message: str, ink: str, *, here: bool, paper: int | None) -> None:
        """Say something; what the arguments mean stands at `ReaderScreen.say`."""
        self.message, self.ink, self._paper = clean_line(message, LONGEST), ink, paper
        self._stays = ink == "error" and not here and paper is None
        self._count += 1
        count = self._count
        self.screen.status_bar.again()
        self.screen.full_text.heard(self.message, ink)
        self.screen.set_timer(SECONDS.get(ink, USUAL_SECONDS), lambda: self._fall_silent(count))

    def hush(self) -> None:
        """Something else is shown."""
        if not self._stays:
            self._forget()

    def moved(self, rowid: int | None) -> None:
        """The cursor is on a paper: what was said of another one is said no more."""
        if self._paper not in (None, rowid):
            self._forget()

    def _fall_silent(self, count: int) -> None:
        if count == self._count:
            self._forget()

    def _forget(self) -> None:
        if self.message:
            self.message, self._paper = "", None
            self.screen.status_bar.again()
