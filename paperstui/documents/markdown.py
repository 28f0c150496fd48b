r"""Markdown to blocks: comments, and the full texts that Hugging Face makes of arXiv's HTML.

CommonMark with tables, strikethrough and notes. Formulas (`$…$`, `$$…$$`, `\(…\)`, `\[…\]`) are taken out before
Markdown sees their stars and underscores, and money stays money. Tags of HTML that only set a style are dropped, all
others stay as text; link definitions are shown as written, since a bibliography may look like them. Text is never lost:
what goes beyond a limit is shown as plain text, or a notice says what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from paperstui.documents.blocks import (
    Block,
    Cell,
    Code,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inside,
    Item,
    Notice,
    Paragraph,
    Quote,
    Rule,
    plain,
)
from paperstui.documents.blocks import Table as TableBlock
from paperstui.documents.formulas import formula
from paperstui.documents.keys import Keys, number_of
from paperstui.documents.markdown_captions import begins_caption, captioned, is_figure_caption, named
from paperstui.documents.markdown_text import NAMELESS, PICTURE, RunningText, trimmed, without_pictures
from paperstui.text.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from paperstui.documents.blocks import Align

MAX_TEXT = 4_000_000
"""Characters of a text that are read; a notice tells of the rest."""

MAX_BLOCKS = 100_000
"""The same for blocks, a hundred times as many as a long paper has."""

MAX_DEPTH = 16
"""Lists and quotations within each other; deeper ones are shown at this depth."""

_PIECE = 16_000
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LEAD = re.compile(r">[ ]*|(?:[*+-]|\d{1,9}[.)])[ ]+")
_LEADS = re.compile(rf"[ ]*(?:{_LEAD.pattern}){{{MAX_DEPTH + 1},}}")
_INDENT = re.compile(rf"^ {{{4 * MAX_DEPTH},}}", re.MULTILINE)
_STARTS_BLOCK = re.compile(r"#{1,6} |[^\W\d_]")


def markdown_blocks(text: str, *, base: str = "", breaks: bool = False) -> tuple[Block, ...]:
    """The blocks of a text in Markdown. Any text is taken; cleaning it first is not needed.

    base: what addresses without a host are below; without it they lead nowhere. breaks: a line break in the text is one
    on the screen, as people mean it in comments.
    """
    return tuple(block for piece in markdown_pieces(text, base=base, breaks=breaks) for block in piece)


def markdown_pieces(text: str, *, base: str = "", breaks: bool = False) -> Iterator[tuple[Block, ...]]:
    """The same, piece by piece as they are asked for, so that the beginning of a long text is there at once."""
    shown = clean(text[: MAX_TEXT + 1], MAX_TEXT)
    reader = _Reader(base, breaks=breaks)
    left, count = len(text), 0
    for piece in _pieces(_shallow(shown)):
        blocks = tuple(captioned(reader.blocks(piece)))
        yield blocks
        count += len(blocks)
        left -= len(piece) + 1
        if count >= MAX_BLOCKS:
            break
    if reader.notes:
        yield tuple(reader.notes)
    if count >= MAX_BLOCKS or len(text) > MAX_TEXT:
        yield (Notice(f"The text goes on for about {max(1, left):,} more characters, which are not shown."),)


def _shallow(text: str) -> str:
    """The text without lists and quotations that are deeper than they can be shown."""
    if "    " * MAX_DEPTH in text:
        text = _INDENT.sub(" " * 4 * MAX_DEPTH, text)
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if len(line) > MAX_DEPTH and (found := _LEADS.match(line)):
            if not line.strip("-*+ "):  # a rule
                lines[index] = "---"
                continue
            leads = _LEAD.findall(found[0])
            lines[index] = "".join(leads[:MAX_DEPTH]) + line[found.end() :]
    return "\n".join(lines)


def _pieces(text: str) -> Iterator[str]:
    """The text in parts that mean the same when they are read one by one: cut where no block goes on."""
    piece: list[str] = []
    size = 0
    fence = ""
    blank = formula_open = False
    for line in text.split("\n"):
        if (
            not fence
            and not formula_open
            and blank
            and size >= _PIECE
            and _STARTS_BLOCK.match(line)
            and not begins_caption(line)
        ):
            yield "\n".join(piece)
            piece, size = [], 0
        if fence:
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif found := _FENCE.match(line):
            fence = found[1]
        elif line.count("$$") % 2:
            formula_open = not formula_open
        piece.append(line)
        size += len(line) + 1
        blank = not line.strip()
        if blank and size > 4 * _PIECE:
            formula_open = False  # never closed: it was no formula
    yield "\n".join(piece)


class _Reader:
    """Turns tokens into blocks; keeps the keys and notes of the whole text."""

    def __init__(self, base: str, *, breaks: bool) -> None:
        self.notes: list[Footnote] = []
        self._text = RunningText(base, breaks=breaks)
        self._keys = Keys()

    def blocks(self, text: str) -> Iterator[Block]:
        """The blocks of a piece of the text, but for its notes."""
        from paperstui.documents.markdown_rules import parser

        tokens = parser().parse(text)
        around: list[Quote | Item] = []
        lists: list[_List] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            kind = token.type
            if kind == "table_open":
                end = _closing(tokens, index)
                yield self._table(tokens[index:end], _inside(around))
                _begun(around)
                index = end
            elif kind in ("blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"):
                _enter(tokens, index, around, lists)
                if kind == "list_item_open" and tokens[index + 1].type == "list_item_close":
                    yield Paragraph((), inside=_inside(around))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif kind in ("blockquote_close", "list_item_close"):
                around.pop()
            elif not kind.startswith(("paragraph_", "heading_")):
                level = int(tokens[index - 1].tag[1]) if tokens[index - 1].type == "heading_open" else 0
                made = self._block(token, level, _inside(around))
                yield from made
                if made:
                    _begun(around)
            index += 1

    def _block(self, token: Token, level: int, inside: Inside) -> list[Block]:
        kind = token.type
        if kind == "inline":
            return self._running(token.content, level, inside)
        if kind in ("fence", "code_block"):
            language = clean(token.info.strip().split(" ")[0] if token.info.strip() else "", 40)
            return [Code(token.content.rstrip("\n"), language, inside=inside)]
        if kind == "hr":
            return [Rule(inside)]
        if kind == "math_block":
            return [Equation(token.content, formula(token.content), token.info, inside=inside)]
        if kind == "footnote":
            mark = token.info
            self.notes.append(Footnote(mark, self._text.spans(token.content), key=f"fn:{mark}"))
            return []
        return [Paragraph((Inline(token.content),), inside=inside)] if token.content else []

    def _running(self, content: str, level: int, inside: Inside) -> list[Block]:
        """A paragraph or heading. Pictures and formulas that stand alone in a paragraph are blocks of their own."""
        spans = self._text.spans(content)
        text = plain(spans)
        if level:
            return [Heading(spans, level, self._keys.of(text), number_of(text), inside)]
        alone = [span for span in spans if span.text.strip()]
        if alone and all(span.target == PICTURE for span in alone):
            return [
                Figure((Inline(span.text),) if span.text != NAMELESS else (), span.link, inside=inside)
                for span in alone
            ]
        if len(alone) > 1 and alone[0].target == PICTURE and is_figure_caption(rest := tuple(spans[1:])):
            return [Figure(named(trimmed(without_pictures(rest)), alone[0].text), alone[0].link, inside=inside)]
        return [Paragraph(tuple(without_pictures(spans)), inside=inside)] if text.strip() else []

    def _table(self, tokens: Sequence[Token], inside: Inside) -> Block:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        aligns: list[Align] = []
        head = 0
        for index, token in enumerate(tokens):
            if token.type == "inline":
                heading = tokens[index - 1].type == "th_open"
                if heading:
                    aligns.append(_align(str(tokens[index - 1].attrGet("style") or "")))
                row.append(Cell(tuple(without_pictures(self._text.spans(token.content))), 1, heading))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
            elif token.type == "thead_close":
                head = len(rows)
        return TableBlock(tuple(rows), tuple(aligns), head, inside=inside)


class _List(NamedTuple):
    """A list that blocks stand in: its bullet, or "" and the number of the next item."""

    bullet: str
    number: int
    tight: bool


def _enter(tokens: Sequence[Token], index: int, around: list[Quote | Item], lists: list[_List]) -> None:
    """A quotation, a list or an item begins."""
    token = tokens[index]
    if token.type == "blockquote_open":
        around.append(Quote())
    elif token.type == "list_item_open":
        bullet, number, tight = lists[-1]
        around.append(Item(bullet or f"{number}.", first=True, tight=tight))
        lists[-1] = _List(bullet, number + 1, tight)
    else:
        start = token.attrGet("start")
        numbered = token.type == "ordered_list_open"
        lists.append(_List("" if numbered else "•", 1 if start is None else int(start), _is_tight(tokens, index)))


def _inside(around: list[Quote | Item]) -> Inside:
    """What a block is inside of, as deep as it can be shown."""
    return tuple(around if len(around) <= MAX_DEPTH else [*around[: MAX_DEPTH - 1], around[-1]])


def _begun(around: list[Quote | Item]) -> None:
    """What comes next in the items around is not their first block."""
    for index, one in enumerate(around):
        if isinstance(one, Item) and one.first:
            around[index] = one._replace(first=False)


def _is_tight(tokens: Sequence[Token], index: int) -> bool:
    """Whether the list that opens here has no empty lines between its items: its paragraphs are hidden then."""
    for at in range(index + 1, len(tokens)):
        if tokens[at].type == "paragraph_open":
            return tokens[at].hidden
        if tokens[at].type in ("bullet_list_close", "ordered_list_close", "fence", "table_open"):
            break
    return True


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Where what opens here closes."""
    kind = tokens[index].type.replace("_open", "_close")
    while tokens[index].type != kind:
        index += 1
    return index


def _align(style: str) -> Align:
    return "right" if style.endswith("right") else "center" if style.endswith("center") else "left"
