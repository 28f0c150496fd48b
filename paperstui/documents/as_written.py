"""A document with its formulas as they were written: LaTeX in place of what it was rendered to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from paperstui.documents.blocks import (
    Block,
    Code,
    Equation,
    Figure,
    Inline,
    Notice,
    Rule,
    Spans,
    Table,
    plain,
)
from paperstui.documents.flow import Place
from paperstui.documents.formulas import formula
from paperstui.text.mathematics import source_shown


def as_shown(blocks: Iterable[Block], *, source: bool | None = None) -> tuple[Block, ...]:
    """The blocks of a document as mathematics is shown now: as they are, or with the source of their formulas.

    source: whether it is, where that is decided already.
    """
    return tuple(map(as_written, blocks)) if (source_shown() if source is None else source) else tuple(blocks)


def as_written(block: Block) -> Block:
    """A block with the source of its formulas; those within text between dollar signs, as they are known by."""
    if isinstance(block, (Code, Notice, Rule)):
        return block
    if isinstance(block, Table):
        rows = tuple(tuple(cell._replace(spans=_written(cell.spans)) for cell in row) for row in block.rows)
        return block._replace(rows=rows, caption=_written(block.caption))
    if isinstance(block, Figure):
        return block._replace(caption=_written(block.caption))
    if isinstance(block, Equation):
        tex = block.tex.strip()
        return block._replace(spans=(Inline(tex, "code", tex=tex),)) if tex else block
    return block._replace(spans=_written(block.spans))


def moved(place: Place, before: Block, after: Block) -> Place:
    """The place in one form of a block that a place in the other form is; within a formula, its beginning."""
    if isinstance(before, (Code, Notice, Rule, Table, Figure)) or isinstance(
        after, (Code, Notice, Rule, Table, Figure)
    ):
        return place
    at = found = 0
    for one, other in zip(_runs(before.spans), _runs(after.spans), strict=False):
        size = len(plain(one))
        if at + size > place.offset:
            inside = 0 if one[0].tex else place.offset - at
            return Place(place.block, found + inside)
        at, found = at + size, found + len(plain(other))
    return Place(place.block, found)


def _written(spans: Spans) -> Spans:
    """Spans with the source of formulas."""
    if not any(span.tex for span in spans):
        return spans
    found: list[Inline] = []
    for run in _runs(spans):
        first = run[0]
        if first.tex:
            written = f"${first.tex}$" * _formulas(run)
            found.append(Inline(written, "code", first.link, first.target, first.tex))
        else:
            found += run
    return tuple(found)


def _runs(spans: Spans) -> Iterator[Spans]:
    """Spans side by side that belong to the same formula, and those that belong to none."""
    for _, run in groupby(spans, lambda span: (span.tex, span.link, span.target) if span.tex else ""):
        yield tuple(run)


def _formulas(run: Spans) -> int:
    """How many formulas with one source stand side by side."""
    if len(run) == 1:
        return 1
    return max(1, round(len(plain(run)) / max(1, len(plain(formula(run[0].tex))))))
