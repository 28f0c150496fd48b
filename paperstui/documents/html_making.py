"""What a walk over a page makes: running text gathers until a block ends, and each block knows what it is inside of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from paperstui.documents.blocks import Block, Inline, Inside, Item, Paragraph, Quote
from paperstui.documents.html_text import tidy
from paperstui.text.clean import clean

DEEPEST = 16
"""Lists and quotations within each other; what is deeper is shown at this depth."""


class Making:
    """Blocks, as they are made."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._run: list[Inline] = []
        self._lead: list[Inline] = []  # a heading that the next paragraph begins with
        self._lead_key = ""
        self._flat = 0  # inside of what is running text only: a caption, a cell
        self._inside: list[Quote | Item] = []
        self._key = ""  # of the element around, for the next block

    def _break(self) -> None:
        """A block begins or ends."""
        if self._flat:
            self._run.append(Inline(" "))
        else:
            self._flush()

    def _flush(self) -> None:
        spans, self._run = tidy(self._run), []
        if spans:
            key = self._taken_key()
            if self._lead:
                spans, key = tidy([*self._lead, Inline(" "), *spans]), self._lead_key or key
                self._lead = []
            self._emit(Paragraph(spans, key, tuple(self._inside)))

    def _put_lead(self) -> None:
        """A heading that no paragraph follows stands alone."""
        if self._lead:
            spans, self._lead = tidy(self._lead), []
            self._emit(Paragraph(spans, self._lead_key, tuple(self._inside)))

    def _emit(self, block: Block) -> None:
        self._put_lead()
        self._blocks.append(block)
        for index, one in enumerate(self._inside):
            if isinstance(one, Item) and one.first:
                self._inside[index] = one._replace(first=False)

    def _taken_key(self) -> str:
        key, self._key = clean(self._key, 200), ""
        return key

    @contextmanager
    def _in(self, one: Quote | Item) -> Iterator[None]:
        self._flush()
        if len(self._inside) < 16:
            self._inside.append(one)
            yield
            self._flush()
            self._inside.pop()
        else:
            yield

    @property
    def _around(self) -> Inside:
        return tuple(self._inside)

    def _put_term(self) -> None:
        """A term that nothing is said of is an item of its own."""
        if self._lead:
            with self._in(Item("•", first=True)):
                self._put_lead()
