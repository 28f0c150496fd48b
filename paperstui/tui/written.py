"""A full text in the two forms there are of it: its formulas rendered, and as they were written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from paperstui.documents.as_written import as_shown, as_written, moved
from paperstui.text import mathematics
from paperstui.tui.source import said
from paperstui.usecases.reading import abstract_of
from paperstui.usecases.text_abstract import abstract_blocks

if TYPE_CHECKING:
    from paperstui.documents.blocks import Block
    from paperstui.documents.flow import Place
    from paperstui.tui.screens.fulltext import FullTextScreen
    from paperstui.usecases.reading import Document


class Form(NamedTuple):
    """A document as it can be shown. source: with the source of its formulas."""

    blocks: tuple[Block, ...]
    source: bool


class Written:
    """Makes the form that is shown, and finds places of one in the other; those that are kept are of the rendered one."""

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen
        self._source = mathematics.source_shown()  # whether the view shows the source

    @property
    def title(self) -> str:
        """The paper's title."""
        paper = self._screen.paper
        return mathematics.shown(paper.title, bare=paper.text_source != "arxiv")

    def form(self, found: Document | None) -> Form:
        """What a document shows now, or the abstract where there is none yet. From any thread."""
        source = mathematics.source_shown()
        if found is None:
            return Form(abstract_blocks(self._screen.paper), source=source)
        if not found.whole:
            return Form(abstract_of(self._screen.paper, found.notes, error=found.error).blocks, source=source)
        return Form(as_shown(found.blocks, source=source), source=source)

    def block(self, number: int) -> Block | None:
        """One of them."""
        found = self._screen.document
        if found is None or not number < len(found.blocks):
            return None
        if not found.whole:
            return self.form(found).blocks[number]
        return as_shown(found.blocks[number : number + 1], source=self._source)[0]

    def show(self, form: Form, place: Place) -> None:
        """Show one form. While it was made the other one may have been asked for, which follows then."""
        self._source = form.source
        self._screen.view.show(form.blocks, place)
        if form.source is not mathematics.source_shown():
            self._follow()

    def there(self, place: Place, form: Form) -> Place:
        """Where a kept place is in a form."""
        return self._moved(place, source=True) if form.source else place

    def kept(self, place: Place) -> Place:
        """What is kept of a place in the view."""
        return self._moved(place, source=False) if self._source else place

    def _moved(self, place: Place, *, source: bool) -> Place:
        """A place in the other form. source: that is the source."""
        found = self._screen.document
        if found is None or not found.whole or not place.block < len(found.blocks):
            return place
        block = found.blocks[place.block]
        if not source:
            return moved(place, as_written(block), block)
        return moved(place, block, as_written(block))

    def do_source(self) -> None:
        self._screen.reader.source.do_source()
        self._screen.say(said())
        self._follow()

    def _follow(self) -> None:
        self._screen.reader.work(self._turn, group="written", exclusive=True, hold=True)

    async def _turn(self) -> None:
        screen, found = self._screen, self._screen.document
        form = await screen.reader.background.aside(self.form, found)
        if not screen.is_attached or screen.document is not found or form.source is self._source:
            return
        turn = partial(self._moved, source=form.source)
        screen.leads.close()
        screen.view.select(None)  # of words that are others now
        screen.moves.turn(turn)
        self.show(form, turn(screen.view.place))
