"""The block model of a document: what a text consists of, whatever form it came in, before it is laid out.

Blocks stand one after the other in a flat tuple; a block in a list or a quotation says so in `inside`, from the outermost
to the innermost. All text in them is clean, and formulas are rendered to Unicode already, with their source beside them.
Addresses are http or https or empty. A key names a block within its document, so that a citation, a note or a link to a
section can lead to it; "" for none.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from paperstui.documents.marks import note_mark

Style = Literal["", "strong", "italic", "code"]
Align = Literal["left", "right", "center"]


class Inline(NamedTuple):
    """A stretch of text in one style.

    link: the address it leads to; target: the key of the block it leads to in the same document; tex: the source of a
    formula, of which `text` is the rendering. Each is "" for none. A newline in the text is a line break.
    """

    text: str
    style: Style = ""
    link: str = ""
    target: str = ""
    tex: str = ""


class Quote(NamedTuple):
    """Around a block: it is quoted."""


class Item(NamedTuple):
    """Around a block: it belongs to an item of a list.

    mark: the bullet or number of the item; first: the block is the item's first, which the mark stands before; tight:
    no empty line stands between the items.
    """

    mark: str
    first: bool = False
    tight: bool = True


Inside = tuple[Quote | Item, ...]
Spans = tuple[Inline, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the highest of 6. Its number ("3.2", "A") is a part of its text, and named again."""

    spans: Spans
    level: int = 1
    key: str = ""
    number: str = ""
    inside: Inside = ()


class Paragraph(NamedTuple):
    """Running text."""

    spans: Spans
    key: str = ""
    inside: Inside = ()


class Code(NamedTuple):
    """Text whose spaces and lines matter; language: what it is said to be written in."""

    text: str
    language: str = ""
    key: str = ""
    inside: Inside = ()


class Cell(NamedTuple):
    """A cell of a table; columns: how many it spans. One that spans rows is empty in those below its first."""

    spans: Spans = ()
    columns: int = 1
    heading: bool = False


class Table(NamedTuple):
    """A table: rows of cells, how each column is aligned, how many of the first rows are its head, how many were left away."""

    rows: tuple[tuple[Cell, ...], ...]
    aligns: tuple[Align, ...] = ()
    head: int = 0
    caption: Spans = ()
    key: str = ""
    inside: Inside = ()
    left: int = 0


class Equation(NamedTuple):
    """A formula on lines of its own: its source, its rendering, and its number as written ("(3)")."""

    tex: str
    spans: Spans
    number: str = ""
    key: str = ""
    inside: Inside = ()


class Figure(NamedTuple):
    """A picture: what stands below it, and where it is."""

    caption: Spans
    address: str = ""
    key: str = ""
    inside: Inside = ()


class Footnote(NamedTuple):
    """A note and its mark ("1"), by its key led to from the text."""

    mark: str
    spans: Spans
    key: str = ""
    inside: Inside = ()


class Reference(NamedTuple):
    """An entry of the bibliography; label: what it is cited by ("[7]", "Vaswani et al. (2017)"), "" for none."""

    label: str
    spans: Spans
    key: str = ""
    inside: Inside = ()


class Rule(NamedTuple):
    """A line across."""

    inside: Inside = ()


class Notice(NamedTuple):
    """A word of ours to the reader, such as what of a text was left out."""

    text: str
    inside: Inside = ()


Block = Heading | Paragraph | Code | Table | Equation | Figure | Footnote | Reference | Rule | Notice


def plain(spans: Spans) -> str:
    """The text of spans without their styles."""
    return "".join(span.text for span in spans)


def words(block: Block) -> str:
    """All text of a block as one string, in the order it is shown."""
    if isinstance(block, (Code, Notice)):
        return block.text
    if isinstance(block, Rule):
        return ""
    if isinstance(block, Table):
        rows = ["  ".join(plain(cell.spans) for cell in row) for row in block.rows]
        return "\n".join([*rows, plain(block.caption)])
    if isinstance(block, Figure):
        return plain(block.caption)
    text = plain(block.spans)
    if isinstance(block, Equation):
        return f"{text} {block.number}".strip()
    if isinstance(block, Footnote):
        return f"{note_mark(block.mark)} {text}"
    if isinstance(block, Reference):
        return f"{block.label} {text}".strip()
    return text


def size(block: Block) -> int:
    """About how many characters a block has to be laid out."""
    if isinstance(block, (Code, Notice)):
        return len(block.text)
    if isinstance(block, Rule):
        return 0
    if isinstance(block, Table):
        return sum(len(span.text) + 8 for row in block.rows for cell in row for span in cell.spans)
    spans = block.caption if isinstance(block, Figure) else block.spans
    return sum(len(span.text) for span in spans)
