"""Looking beyond the library: Hugging Face's search for words, arXiv for an id; and the way back from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from paperstui import clock
from paperstui.draw import states
from paperstui.usecases.asking import ARXIV_SEARCH, FOUND, Place

if TYPE_CHECKING:
    from paperstui.draw.marks import FoundMarks
    from paperstui.draw.row import Marks
    from paperstui.models import Highlights
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases.searching import Searched, Searching


class _View(NamedTuple):
    """A place and the query it is looked through with."""

    place: Place
    text: str


class Search:
    """Does the action that looks online, and knows where it was begun and what it led to."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._asking = ""
        self._before: _View | None = None
        self._led: _View | None = None
        self._why = ""
        self._marks: tuple[str, Mapping[str, Highlights]] = ("", {})

    # What the other parts ask

    @property
    def led_here(self) -> bool:
        """Whether the shown papers of the library are what looking online came to."""
        return self._led == _View(self.screen.shelf.place, self.screen.shelf.text)

    @property
    def shown(self) -> bool:
        """Whether what a search found is shown, so that one level out is where it was begun."""
        return self.screen.shelf.place.view == FOUND or self.led_here

    def standing(self) -> str:
        """What the status line says for as long as it is so; "" if that is nothing."""
        if self._asking and self._asking == self.screen.shelf.place.period:
            return "asking Hugging Face …"
        return self._why if self.led_here else ""

    def notice(self) -> states.Notice:
        """What stands in the list of a search that has no papers."""
        words = self.screen.shelf.place.period or ""
        if self._asking == words:
            return states.asking(words, self.screen.refresher.host)
        return states.nothing_found(words)

    def marks(self, place: Place, filtered: Marks | None) -> FoundMarks | Marks | None:
        """What is to be marked in the papers of a place. filtered: what the filter matches."""
        words, found = self._marks
        if place.view == FOUND and place.period and place.period != words:
            # An earlier search: its marks come after its papers.
            self.screen.work(partial(self._load_and_mark, place), group="marks", exclusive=True)
        if place.view != FOUND or place.period != words or not found:
            return filtered
        from paperstui.draw.marks import FoundMarks

        return FoundMarks(found, filtered)

    # The action

    def do_look_online(self) -> None:
        screen = self.screen
        typed = screen.filter_bar.input
        text = (typed.value if typed is not None and screen.context == "filter" else screen.shelf.text).strip()
        if not text:
            if not self.again():
                screen.filter_bar.do_filter()
                screen.say("Type what to look for, then this key.")
            return
        from paperstui.text.references import references

        named = references([text])
        if named.ids and not named.unknown:
            screen.work(partial(self._fetch, named.ids), group="search", exclusive=True)
        else:
            screen.work(partial(self._search, text), group="search", exclusive=True)

    def again(self) -> bool:
        """Ask again for what is shown; False if no search is shown."""
        place = self.screen.shelf.place
        if place.view != FOUND or not place.period:
            return False
        if place.period.startswith(ARXIV_SEARCH):
            self.screen.say("This is what arXiv's search found: paperstui search --arxiv asks it again.")
            return True
        self.screen.work(partial(self._ask, place.period, self.screen.shelf.text), group="search", exclusive=True)
        return True

    def leave(self) -> None:
        """Go back to where it was begun."""
        before, self._before, self._led = self._before, None, None
        self._go(before or _View(Place("all"), ""))

    def _begin(self) -> None:
        typing = self.screen.context == "filter"
        if not self.shown:
            # What was typed was meant for the search.
            text = self.screen.filter_bar.begun_with if typing else self.screen.shelf.text
            self._before = _View(self.screen.shelf.place, text)
        if typing:
            # The query is as it was meant, and can be found again.
            self.screen.filter_bar.finish()

    def _go(self, view: _View) -> None:
        self.screen.shelf.text = view.text
        self.screen.filter_bar.show_text(view.text)
        self.screen.shelf.go(view.place)

    # Words

    async def _search(self, text: str) -> None:
        screen = self.screen
        desk = await self._searching()
        words, rest, unsent = await screen.background.read(desk.parted, text)
        self._begin()
        await self._ask(words, rest, text, unsent)

    async def _ask(self, words: str, rest: str, text: str = "", unsent: str = "") -> None:
        """Ask for words, and show the answer. text: the query that they come from. unsent: what of it does not fit."""
        screen = self.screen
        place = Place(FOUND, words)
        known = await screen.background.read(screen.desk.fetched_at, place)
        await self._load_marks(words)
        self._asking = words
        if screen.shelf.place != place or screen.shelf.text != rest:
            self._go(_View(place, rest))
        try:
            result = await (await self._searching()).ask(words, unsent)
        finally:
            # Unless something else is asked for by now.
            self._asking = "" if self._asking == words else self._asking
            screen.shelf.tell()
            screen.status_bar.again()
        await self._load_marks(words)
        if screen.shelf.place != place:
            screen.say(result.error or f"{_told(result)} for “{words}”", "error" if result.error else "dim")
        elif not result.error:
            screen.shelf.again(fresh=not screen.papers.ids)
            screen.refresher.look_again()
            screen.say(_told(result))
        elif known is not None:
            screen.say(f"{result.error}; this was found {clock.age(known)}", "error")
        else:
            self._why = f"found in your library: {result.error}"
            self._led = _View(Place("all"), text or words)
            self._go(self._led)

    async def _load_marks(self, words: str) -> None:
        desk = await self._searching()
        self._marks = words, await self.screen.background.aside(desk.highlights, words)

    async def _searching(self) -> Searching:
        """What searches, which takes longer to be made the first time than a key may wait."""
        return await self.screen.background.aside(lambda: self.screen.desk.searching)

    async def _load_and_mark(self, place: Place) -> None:
        await self._load_marks(place.period or "")
        if self.screen.shelf.place == place and self._marks[1]:
            self.screen.shelf.again()

    # Papers by their ids

    async def _fetch(self, ids: Sequence[str]) -> None:
        screen = self.screen
        self._begin()
        begun = _View(screen.shelf.place, screen.shelf.text)
        here = await screen.background.read(screen.desk.rows_of, ids)
        told = "It is in your library already." if len(ids) == 1 else "They are in your library already."
        if len(here) < len(ids):
            screen.say(f"Fetching {ids[0]}{f' and {len(ids) - 1} more' if len(ids) > 1 else ''} from arXiv …")
            arxiv = await screen.background.aside(lambda: screen.desk.arxiv)
            result = await arxiv.add(names=ids)
            if result.error or result.missing:
                screen.say(result.error or f"arXiv has no paper {', '.join(result.missing[:3])}", "error")
                if not result.papers:
                    return
            told = f"Added {len(result.upserted.new):,} paper{'' if len(result.upserted.new) == 1 else 's'} from arXiv"
        if begun == _View(screen.shelf.place, screen.shelf.text):
            self._why = ""
            self._led = _View(Place("all"), " OR ".join(f"id:{paper_id}" for paper_id in ids))
            self._go(self._led)
        screen.shelf.recount()
        screen.say(told)


def _told(result: Searched) -> str:
    count = f"{result.papers:,} paper{'' if result.papers == 1 else 's'}"
    skipped = f"; {len(result.skipped)} unreadable" if result.skipped else ""
    notice = f"; {result.notice}" if result.notice else ""
    return f"Hugging Face finds {count}{skipped}{notice}"
