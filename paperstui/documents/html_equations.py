"""Rows of display equations of LaTeXML: formulas with their numbers, and the prose between them."""

from __future__ import annotations

import re
from collections.abc import Callable

from paperstui.documents.blocks import Block, Equation, Inline, Inside, Paragraph, Spans
from paperstui.documents.formulas import formula
from paperstui.documents.html_node import Node, kinds_of
from paperstui.documents.html_tables import cells_of
from paperstui.documents.html_text import row_key, tex_of
from paperstui.text.clean import clean

_MOST = 20_000
_RELATES = re.compile(r"[<>≤≥≪≫≈≃≲≳≅][^\s=<>≤≥≪≫≈≃≲≳≅]")


def row_block(row: Node, table: Node, spans_of: Callable[[Node], Spans], inside: Inside) -> Block | None:
    r"""What a row of a table of equations is: an equation, a paragraph (of `\intertext`), or nothing."""
    kinds = kinds_of(row)
    maths = row.css("math")
    if not maths or not (kinds & {"ltx_equation", "ltx_eqn_row"}) or _is_prose(row, kinds):
        spans = spans_of(row)
        return Paragraph(spans, inside=inside) if spans else None
    key = row_key(row, table)
    number = ""
    for tag in row.css(".ltx_eqn_eqno"):
        number = number or clean(tag.text().strip(), 40)
        tag.decompose()
    tex = clean(" ".join(tex_of(math) for math in maths), _MOST)
    # The parts of an aligned formula make sense together only; where text is between them, each stands in its place.
    spans = tuple(map(_going_on, spans_of(row))) if _has_text(row) else formula(tex)
    return Equation(tex, spans, number, key, inside)


def _going_on(span: Inline) -> Inline:
    """A formula of a row; what begins with a relation there goes on what stands in the cell before it, so it is none of "<1"."""
    return span._replace(text=f"{span.text[0]} {span.text[1:]}") if span.tex and _RELATES.match(span.text) else span


def _is_prose(row: Node, kinds: frozenset[str]) -> bool:
    """Whether a row with formulas in it is text all the same: one cell over the whole width, in a row that is no equation."""
    cells = cells_of(row)
    return "ltx_equation" not in kinds and len(cells) == 1 and (cells[0].attributes.get("colspan") or "1") != "1"


def _has_text(node: Node) -> bool:
    """Whether anything is said in an element outside of formulas."""
    waiting = [node.first_child]
    while waiting:
        child = waiting.pop()
        while child is not None:
            if child.tag == "-text" and (child.text_content or "").strip():
                return True
            if child.tag not in ("math", "-text"):
                waiting.append(child.first_child)
            child = child.next
    return False
