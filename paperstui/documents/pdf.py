"""Text of a PDF to blocks: paragraphs and, where they are numbered, headings. Formulas do not come through.

pypdfium2, of the extra `fulltext`, takes out the text; reading blocks, so it belongs into a thread.
"""

from __future__ import annotations

import importlib
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from paperstui.documents.blocks import Block, Heading, Inline, Notice, Paragraph
from paperstui.documents.html import LEAST_TEXT, NoTextError
from paperstui.documents.keys import Keys, number_of
from paperstui.text.clean import clean, clean_line
from paperstui.text.width import width

MOST_PAGES = 500
"""Pages that are read; a notice tells of the rest."""

_HYPHEN = re.compile("[\x02\ufffe\u00ad](?:\r\n|[\r\n])?")  # a word that was broken at the end of a line
_BREAK = re.compile(r"\r\n|[\r\n]")
_PAGE_TEXT = 200_000
_LINE = 10_000
_LONG = 60  # lines of a paragraph after which the next sentence that ends with its line ends it
_LONGEST = 200  # and after which it ends anywhere
_SHORT = 100  # characters of what may be a title or the names of authors rather than a sentence
_HEADING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z]\.\d{0,2}\.?|[IVX]{1,5}\.)\s+[A-Z][^.!?;]{2,80}$"
    r"|(?:Abstract|References|Acknowledge?ments?|Introduction|Conclusions?|Appendix\b.{0,60})$"
)
_NUMBER = re.compile(r"[\divxlc]{1,6}$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:。！？：．]['\"”’)\]」』）】]{0,8}$")
# PDFium may be in one thread at a time only.
_lock = threading.Lock()


def pdf_blocks(body: bytes) -> tuple[Block, ...]:
    """The blocks of a PDF.

    Raises:
        NoTextError: it is damaged, locked with a password or has no text, or pypdfium2 is not installed.
    """
    with _lock:
        pages, left = _pages(body)
    if sum(map(len, pages)) < LEAST_TEXT:
        raise NoTextError("sent a PDF without text, such as one of pictures")
    blocks = _blocks([page[:_PAGE_TEXT] for page in pages])
    cut = sum(len(page) > _PAGE_TEXT for page in pages)
    if cut:
        blocks.append(Notice(f"Of {cut:,} overfull pages only the first {_PAGE_TEXT:,} characters are shown."))
    if left:
        blocks.append(Notice(f"The PDF goes on for {left:,} more pages, which are not shown."))
    return tuple(blocks)


def _pages(body: bytes) -> tuple[list[str], int]:
    """The text of each page, and how many more there are."""
    try:
        pdfium = importlib.import_module("pypdfium2")
    except ImportError:
        raise NoTextError("cannot be read without pypdfium2: pip install pypdfium2, beside paperstui") from None
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise NoTextError(
            "sent a PDF that is locked with a password" if locked else "sent a PDF that is damaged"
        ) from None
    try:
        count = len(document)
        return [_page(document, number) for number in range(min(count, MOST_PAGES))], max(0, count - MOST_PAGES)
    except pdfium.PdfiumError:
        raise NoTextError("sent a PDF that is damaged") from None
    finally:
        document.close()


def _page(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_bounded())[: _PAGE_TEXT + 1]
        finally:
            text.close()
    finally:
        page.close()


def _blocks(pages: Sequence[str]) -> list[Block]:
    keys = Keys()
    blocks: list[Block] = []
    paragraph: list[str] = []  # its lines
    lines = _lines(pages)
    full = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0  # about the length of a line that is full

    def done() -> None:
        if paragraph:
            text = _joined(paragraph)
            blocks.append(Paragraph((Inline(clean(text, 2 * len(text))),)))
        paragraph.clear()

    for line in lines:
        ends = bool(_ENDS.search(line[-12:]))
        if _HEADING.match(line) and _may_end(paragraph):
            done()
            blocks.append(Heading((Inline(line),), _level(line), keys.of(line), number_of(line)))
            continue
        paragraph.append(line)
        if (ends and (len(line) < full * 0.8 or len(paragraph) >= _LONG)) or len(paragraph) >= _LONGEST:
            done()
    done()
    return blocks


def _may_end(paragraph: Sequence[str]) -> bool:
    """Whether a heading may follow: behind a sentence, or behind what is no sentence, such as names."""
    return sum(map(len, paragraph[:_SHORT])) < _SHORT or bool(_ENDS.search(paragraph[-1][-12:]))


def _joined(lines: Sequence[str]) -> str:
    """The lines of a paragraph in one; Chinese and Japanese go on without a blank."""
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if not (width(before[-1]) == 2 and width(line[0]) == 2):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _level(line: str) -> int:
    return min(6, 2 + number_of(line).count("."))


def _lines(pages: Sequence[str]) -> list[str]:
    """The lines of all pages, without what stands at the top or bottom of many of them, and page numbers."""
    split = [[line for raw in _BREAK.split(_HYPHEN.sub("", page)) for line in _pieces(raw)] for page in pages]
    edges = Counter(_pattern(line) for lines in split for line in {*lines[:2], *lines[-2:]})
    often = {line for line, count in edges.items() if count >= max(3, len(pages) // 3)}
    kept: list[str] = []
    for lines in split:
        for at, line in enumerate(lines):
            at_edge = at < 2 or at >= len(lines) - 2
            if not (at_edge and (_pattern(line) in often or _NUMBER.match(line))):
                kept.append(line)
    return kept


def _pieces(line: str) -> Iterator[str]:
    """A line, in pieces if it is longer than any line is; nothing where it is empty."""
    for at in range(0, len(line), _LINE):
        piece = clean_line(line[at : at + _LINE], 2 * _LINE)
        if piece:
            yield piece


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", line)
