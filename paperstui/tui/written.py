"""A full text in the two forms there are of it: its formulas rendered, and as they were written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from paperstui.documents.as_written import as_shown, as_written, moved
from paperstui.text import mathematics
from paperstui.tui.source import said
from paperstui.usecases.reading import abstract_blocks, abstract_of

if TYPE_CHECKING:
    from paperstui.documents.blocks import Block
    from paperstui.documents.flow import Place
    from paperstui.tui.screens.fulltext import FullTextScreen
    from paperstui.usecases.reading import Document


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

    def blocks(self, found: Document) -> tuple[Block, ...]:
        """What a document shows now. From any thread."""
        if not found.whole:
            return abstract_of(self._screen.paper, found.notes, error=found.error).blocks
        return as_shown(found.blocks)

    def block(self, number: int) -> Block | None:
        """One of them."""
        found = self._screen.document
        if found is None or not number < len(found.blocks):
            return None
        return self.blocks(found)[number] if not found.whole else as_shown(found.blocks[number : number + 1])[0]

    def show(self, blocks: tuple[Block, ...], place: Place) -> None:
        """Show what was made for how mathematics is shown now."""
        self._source = mathematics.source_shown()
        self._screen.view.show(blocks, place)

    def there(self, place: Place) -> Place:
        """Where a kept place is in what is shown."""
        return self._moved(place, source=True) if mathematics.source_shown() else place

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
        self._screen.reader.work(self._turn, group="written", exclusive=True, hold=True)

    async def _turn(self) -> None:
        screen, found = self._screen, self._screen.document
        if found is None:
            blocks = abstract_blocks(screen.paper)
        else:
            blocks = await screen.reader.background.aside(self.blocks, found)
        source = mathematics.source_shown()
        if not screen.is_attached or screen.document is not found or source is self._source:
            return
        turn = partial(self._moved, source=source)
        screen.leads.close()
        screen.moves.turn(turn)
        self.show(blocks, turn(screen.view.place))
        screen.say(said())
