"""Captions in Markdown, where they are paragraphs beside what they are of: "Table 1: …" at a table, "Figure 2: …" at a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paperstui.documents.blocks import Block, Figure, Inline, Paragraph, Spans, Table, plain
from paperstui.documents.markdown_text import NAMELESS

_OF = r"\s{1,3}(?:[A-Z]{0,2}\.?\d{1,3}(?:\.\d{1,3})?|[IVXL]{1,7})[a-z]?\s?[:.|](?:\s|$)"
_TABLE = re.compile(rf"(?:Table|Tab\.|TABLE){_OF}")
_FIGURE = re.compile(rf"(?:Figure|Fig\.|FIGURE){_OF}")
_BEGINS = re.compile(r"[*_]{0,3}(?:Tab|TAB|Fig|FIG)")
_SAYS_NOTHING = frozenset({"", NAMELESS, "refer to caption", "[uncaptioned image]", "image", "figure", "img"})


def begins_caption(line: str) -> bool:
    """Whether a line of Markdown may be the beginning of a caption."""
    return _BEGINS.match(line) is not None


def is_figure_caption(spans: Spans) -> bool:
    """Whether text says that it is a figure's caption."""
    return _FIGURE.match(plain(spans).lstrip()) is not None


def captioned(blocks: Iterable[Block]) -> list[Block]:
    """Blocks in which the captions of tables and pictures are parts of these.

    That of a table stands before it or behind it, that of a picture behind it. The name of a picture that its caption
    does not say is kept behind it.
    """
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Table) and isinstance(last, Paragraph) and _is_of(_TABLE, last, block):
            found[-1] = block._replace(caption=last.spans)
        elif (
            isinstance(block, Paragraph)
            and isinstance(last, Table)
            and not last.caption
            and _is_of(_TABLE, block, last)
        ):
            found[-1] = last._replace(caption=block.spans)
        elif isinstance(block, Paragraph) and isinstance(last, Figure) and _is_of(_FIGURE, block, last):
            found[-1] = last._replace(caption=named(block.spans, plain(last.caption)))
        else:
            found.append(block)
    return found


def named(caption: Spans, name: str) -> Spans:
    """The caption of a picture with its name."""
    name = " ".join(name.split())
    if name.lower() in _SAYS_NOTHING or name in " ".join(plain(caption).split()):
        return caption
    return (*caption, Inline(f" ({name})"))


def _is_of(pattern: re.Pattern[str], paragraph: Paragraph, block: Table | Figure) -> bool:
    return paragraph.inside == block.inside and pattern.match(plain(paragraph.spans)) is not None
