"""What a person wants of lines that were laid out for a screen: the text, as it was before it was broken into lines.

Lines that go on from the one before (`paperstui.text.width.Onward`) are joined to it again; what stands before a line only
because of where it stands (an indent, the bar of a quotation) is left out; a row of a table is a line, whatever its cells
took on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Self

from paperstui.text.inked import Line, plain
from paperstui.text.width import Onward

_GAP = re.compile(" {3,}")
_SHORT_GAP = "  "
_PICTURES = ("cell:", "image:", "pixels:")  # inks of cells that say nothing (`paperstui.draw.pictures`)
_BETWEEN_WORDS = re.compile("[\\s、。，．：；！？（）「」『』【】《》〈〉]")
_AROUND_WORDS = "()[]{}<>.,;:!?\"'“”‘’«»…"


class InCell(str):
    """A piece of a table's cell on one line.

    number: of the cell in its row. joint: what stands between it and what the cell says on the line above. top: the line
    is the first of its row.
    """

    __slots__ = ("joint", "number", "top")

    number: int
    joint: str
    top: bool

    def __new__(cls, text: str, number: int, joint: str, *, top: bool) -> Self:
        """A piece of a cell."""
        made = super().__new__(cls, text)
        made.number, made.joint, made.top = number, joint, top
        return made


def leading(line: Line) -> int:
    """How many characters stand before the text of a line because of where it stands: an indent, the bar of a quotation."""
    at = 0
    for text, _ in line:
        if isinstance(text, Onward):
            return at
        at += len(text)
    at = 0
    for text, ink in line:
        if ink == "code" or (text.strip() and ink != "rule"):
            return at + (0 if ink == "code" else len(text) - len(text.lstrip()))
        at += len(text)
    return at


def goes_on(line: Line) -> bool:
    """Whether a line belongs to the one above it: to the same paragraph, or to the same row of a table."""
    return any(isinstance(text, Onward) or (isinstance(text, InCell) and not text.top) for text, _ in line)


def cut(line: Line, start: int, end: int) -> Line:
    """The characters of a line from a place to another, with what is known of them."""
    result: Line = []
    at = 0
    for text, ink in line:
        first, last = max(0, start - at), min(len(text), end - at)
        at += len(text)
        if first >= last:
            continue
        part = text[first:last]
        if isinstance(text, InCell):
            part = InCell(part, text.number, text.joint, top=text.top)
        elif isinstance(text, Onward) and not first:
            part = type(text)(part)
        result.append((part, ink))
    return result


def copied(lines: Iterable[Line]) -> str:
    """The text of lines: paragraphs with an empty line between them where there was any, rows of tables, lines of code."""
    found: list[list[str]] = []  # the parts of a line, put together once; none in an empty one
    row: dict[int, list[str]] = {}
    was_row = False

    def end_row() -> None:
        nonlocal was_row
        if row:
            if was_row and found and not found[-1]:
                found.pop()  # an empty line only tells rows of several lines apart
            cells = _SHORT_GAP.join("".join(row[number]) for number in sorted(row))
            found.append([cells] if cells else [])
            row.clear()
            was_row = True

    for line in lines:
        if any(isinstance(text, InCell) for text, _ in line):
            if any(isinstance(text, InCell) and text.top for text, _ in line):
                end_row()
            _into_row(line, row)
            continue
        end_row()
        joint, text = _body(line)
        if joint is not None and text and found and found[-1] and not was_row:
            found[-1] += (joint, text)
        elif text or (found and found[-1]):
            found.append([text] if text else [])
        was_row = was_row and not text
    end_row()
    return "\n".join("".join(parts).rstrip() for parts in found).strip("\n")


def _body(line: Line) -> tuple[str | None, str]:
    """The text of a line, and what joins it to the one above; None where it begins anew."""
    joint = next((text.joint for text, _ in line if isinstance(text, Onward)), None)
    shown = [
        (text, ink)
        for text, ink in cut(line, leading(line), len(plain(line)))
        if ink != "rule" and not ink.startswith(_PICTURES)
    ]
    text = plain(shown)
    if any(ink == "code" for _, ink in shown):
        return joint, text if text.strip() else ""  # a space at its end may be one within a line that goes on
    return joint, _GAP.sub(_SHORT_GAP, text.rstrip())


def _into_row(line: Line, row: dict[int, list[str]]) -> None:
    """Add what the cells of a row say on one of its lines, as parts of each."""
    on_line: set[int] = set()
    for text, _ in line:
        if isinstance(text, InCell):
            if text.number in row and text.number not in on_line:
                row[text.number].append(text.joint)
            row.setdefault(text.number, []).append(text)
            on_line.add(text.number)


def word_around(text: str, at: int) -> tuple[int, int]:
    """Where the word around a character begins and ends: up to white space, without the punctuation around it."""
    if at >= len(text) or text[at].isspace():
        return at, at
    start, end = at, at + 1
    if _BETWEEN_WORDS.match(text, at):
        return start, end
    while start and not _BETWEEN_WORDS.match(text, start - 1):
        start -= 1
    while end < len(text) and not _BETWEEN_WORDS.match(text, end):
        end += 1
    if text[at] in _AROUND_WORDS and (not text[start:at].strip(_AROUND_WORDS) or not text[at:end].strip(_AROUND_WORDS)):
        return at, at + 1
    while text[start] in _AROUND_WORDS:
        start += 1
    while text[end - 1] in _AROUND_WORDS:
        end -= 1
    return start, end


def said_of(text: str) -> str:
    """How much a text is, in words: "a word", "12 words", "35 characters" where there is nothing between words."""
    words = len(text.split())
    if words > 1:
        return f"{words:,} words"
    return "a word" if text.isascii() else f"{len(text):,} characters"
