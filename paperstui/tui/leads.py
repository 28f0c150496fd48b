"""The links and citations in view of a full text: a letter or two on each, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.draw.document import MOST_LABELS, labels

if TYPE_CHECKING:
    from paperstui.documents.flow import Lead
    from paperstui.tui.screens.fulltext import FullTextScreen


class Leads:
    """Puts letters on links, takes those that are typed, and goes where a link leads."""

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen
        self._labels: dict[str, Lead] = {}
        self._begun = ""  # the first letter of two

    @property
    def shown(self) -> bool:
        """Whether links have letters now."""
        return bool(self._labels)

    @property
    def said(self) -> str:
        """What to do about them."""
        if self._begun:
            return f"{self._begun} … and the second letter"
        one = max(map(len, self._labels)) == 1
        return f"Type the {'letter' if one else 'letter or letters'} of a link."

    def do_text_links(self) -> None:
        view = self._screen.view
        leads = view.leads()[:MOST_LABELS]
        if not leads:
            self._screen.say("There is no link in view.")
            return
        self._labels, self._begun = dict(zip(labels(len(leads)), leads, strict=True)), ""
        view.label([(lead, text) for text, lead in self._labels.items()])

    def close(self) -> None:
        """Take the letters away."""
        if self._labels:
            self._labels, self._begun = {}, ""
            self._screen.view.label(())

    def take_key(self, name: str) -> None:
        """A letter of a link; any other key takes the letters away."""
        begun = self._begun + (name if len(name) == 1 else " ")
        lead = self._labels.get(begun)
        if lead is None and any(text.startswith(begun) for text in self._labels):
            self._begun = begun
            return
        self.close()
        if lead is not None:
            self.follow(lead)

    def follow(self, lead: Lead) -> None:
        """Go where a link leads: out of the terminal, or to another place in the text."""
        screen = self._screen
        if lead.address:
            screen.reader.outward.open_link(lead.address, screen.view.flow.text(lead.line)[lead.start : lead.end])
            return
        line = screen.view.flow.line_of_key(lead.target)
        if line is None:
            screen.say("That is not in this text." if screen.view.whole else "The text is still being laid out.")
            return
        screen.moves.leave()
        screen.view.point(line)
        screen.say("^o goes back.")
