"""How each kind of block looks as lines: one function a kind. See `paperstui.documents.flow`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from paperstui.documents.blocks import (
    Block,
    Code,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inside,
    Notice,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Spans,
    Table,
)
from paperstui.documents.marks import note_mark
from paperstui.text.inked import Line, line_width, wrapped
from paperstui.text.width import Broken, is_narrow, width, wrap

BAR = "▏ "
"""What stands before the lines of a quotation."""

CONTINUED = "↪ "
"""What stands before the rest of a line of code that was too wide."""

_CAPTIONED = re.compile(
    r"(?:Extended Data )?(?:Figure|Fig\.|Table|Tab\.|Algorithm|Listing|Scheme|Box)\s*[A-Z]?[-.\d]*[IVXLC]*\s?[:.|]"
)
_INDENT = 4
_FEWEST = 12
_NARROWEST = 4


class Laid(NamedTuple):
    """A block's lines, and for each where it begins in the block's text; the numbers only grow."""

    lines: list[Line]
    offsets: list[int]


def block_lines(block: Block, cells: int, wide: int = 0) -> Laid:
    """A block's lines for a width in cells, what it is inside of included. wide: what a table may have if it needs it."""
    lead = _lead_width(block.inside)
    room = max(_FEWEST, cells - lead)
    laid = _table(block, room, wide - lead) if isinstance(block, Table) else _DRAWN[type(block)](block, room)
    if not block.inside:
        return laid
    first, others = lead_lines(block.inside), lead_lines(block.inside, rest=True)
    lines = [[*(others if index else first), *line] for index, line in enumerate(laid.lines)]
    return Laid(lines or [first], laid.offsets or [0])


def lead_lines(inside: Inside, *, rest: bool = False) -> Line:
    """What stands before a line of a block: bars of quotations, marks of items or the space below them."""
    line: Line = []
    for one in inside:
        if isinstance(one, Quote):
            line.append((BAR, "rule"))
        elif one.first and not rest:
            line.append((f"{one.mark} ", "dim"))
        else:
            line.append((" " * (width(one.mark) + 1), "text"))
    return line


def _lead_width(inside: Inside) -> int:
    return sum(2 if isinstance(one, Quote) else width(one.mark) + 1 for one in inside)


def inked(spans: Iterable[Inline], ink: str = "text") -> Line:
    """Spans in the inks they are shown in; `ink` is that of text without a style of its own."""
    return [(span.text, _ink(span, ink)) for span in spans]


def _ink(span: Inline, ink: str) -> str:
    if span.link:
        return f"link:{span.link}"
    if span.target:
        return f"cite:{span.target}"
    if ink != "text":
        return ink
    return span.style or "text"


def _spans(spans: Spans, cells: int, ink: str = "text") -> Laid:
    return Laid(*wrapped(inked(spans, ink), cells))


def _hanging(mark: str, mark_ink: str, spans: Spans, cells: int, ink: str = "text") -> Laid:
    """Text behind a mark, its other lines below its first."""
    indent = width(mark) + 1
    laid = _spans(spans, max(_NARROWEST, cells - indent), ink)
    lines: list[Line] = [[(" " * indent, "text"), *line] if line else [] for line in laid.lines]
    if lines:
        lines[0] = [(f"{mark} ", mark_ink), *(laid.lines[0])]
    return Laid(lines or [[(mark, mark_ink)]], laid.offsets or [0])


def _heading(block: Heading, cells: int) -> Laid:
    return _spans(block.spans, cells, "heading" if block.level <= 2 else "strong" if block.level == 3 else "minor")


def _paragraph(block: Paragraph, cells: int) -> Laid:
    return _spans(block.spans, cells)


def _code(block: Code, cells: int) -> Laid:
    """Lines as they are; what is too wide for one goes on in the next behind a mark, and nothing is lost."""
    lines: list[Line] = []
    offsets: list[int] = []
    at = 0
    for source in block.text.split("\n"):
        room = cells - 2
        if width(source) <= room:
            lines.append([("  ", "text"), (source, "code")] if source else [])
            offsets.append(at)
        else:
            start = at
            for index, part in enumerate(_chopped(source, max(_NARROWEST, room - len(CONTINUED)))):
                shown: Line = [(CONTINUED, "faint"), (Broken(part), "code")] if index else [(part, "code")]
                lines.append([("  ", "text"), *shown])
                offsets.append(start)
                start += len(part)
        at += len(source) + 1
    return Laid(lines, offsets)


def _chopped(source: str, cells: int) -> list[str]:
    """A line of code in parts that fit, cut anywhere: blanks mean something there."""
    if is_narrow(source):
        return [source[at : at + cells] for at in range(0, len(source), cells)]
    # What is no blank is not broken at one; the stand-in is as wide as a blank and in no clean text.
    return [part.replace("\ue000", " ") for part in wrap(source.replace(" ", "\ue000"), cells)]


def _equation(block: Equation, cells: int) -> Laid:
    """Indented, with its number at the right end of its last line."""
    number = f"  {block.number}" if block.number else ""
    indent = _INDENT if cells >= 40 else 2
    room = cells - indent - width(number)
    below = room < _FEWEST  # the number is so long, or the screen so narrow, that it has a line of its own
    laid = _spans(block.spans, max(_NARROWEST, cells - indent if below else room))
    lines: list[Line] = [[(" " * indent, "text"), *line] for line in laid.lines]
    offsets = laid.offsets
    if number and (below or not lines):
        lines.append([])
        offsets = [*offsets, offsets[-1] if offsets else 0]
    if number:
        gap = cells - line_width(lines[-1]) - width(number)
        lines[-1] += [(" " * max(0, gap), "text"), (number, "dim")]
    return Laid(lines, offsets)


def captioned(spans: Spans) -> Line:
    """A caption: quieter than the text, but for the name that the text calls it by."""
    found = _CAPTIONED.match(spans[0].text) if spans and not spans[0].link and not spans[0].target else None
    if found is None:
        return inked(spans, "dim")
    first = spans[0]._replace(text=spans[0].text[found.end() :])
    return [(found[0], "strong"), *inked((first, *spans[1:]), "dim")]


def _figure(block: Figure, cells: int) -> Laid:
    """The caption; the picture itself is a link."""
    line = captioned(block.caption) or [("A picture", "dim")]
    if block.address:
        line += [("  ", "dim"), ("picture ↗", f"link:{block.address}")]
    return Laid(*wrapped(line, cells))


def _footnote(block: Footnote, cells: int) -> Laid:
    return _hanging(note_mark(block.mark), "dim", block.spans, cells)


def _reference(block: Reference, cells: int) -> Laid:
    if not block.label:
        return _hanging(" ", "text", block.spans, cells)
    if width(block.label) > 6:  # an author and a year: a name, not a mark
        return _spans((Inline(f"{block.label} ", "strong"), *block.spans), cells)
    return _hanging(block.label, "dim", block.spans, cells)


def _rule(_block: Rule, cells: int) -> Laid:
    return Laid([[("─" * cells, "rule")]], [0])


def _notice(block: Notice, cells: int) -> Laid:
    return _spans((Inline(block.text),), cells, "dim")


def _table(block: Table, cells: int, wide: int) -> Laid:
    from paperstui.documents.tables import table_lines

    lines = table_lines(block, cells, wide)
    return Laid(lines, list(range(len(lines))))


_DRAWN: dict[type, Callable[[Any, int], Laid]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Code: _code,
    Equation: _equation,
    Figure: _figure,
    Footnote: _footnote,
    Reference: _reference,
    Rule: _rule,
    Notice: _notice,
}
