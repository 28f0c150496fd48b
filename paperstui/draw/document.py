"""The lines around a document: where it is from, how far it was read, its outline, marks on its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from paperstui.draw.lines import spread
from paperstui.text.width import truncate, width

if TYPE_CHECKING:
    from paperstui.documents.flow import Section
    from paperstui.draw.lines import Line

WIDEST = 88
"""Cells of the column at most, as in the paper pane."""


def column(cells: int) -> tuple[int, int]:
    """The width of the column in a view of so many cells, and what is left free on its left. A scroll bar has the last cell."""
    margin = 2 if cells >= 50 else 1
    wide = max(10, min(WIDEST, cells - 2 * margin - 1))
    return wide, max(margin, (cells - wide) // 2)


def title_line(title: str, section: str, cells: int) -> Line:
    """The top line: the paper, and the section that is read."""
    room = cells - 3
    shown = truncate(section, max(0, min(room // 2, 40)))
    left = truncate(title, max(0, room - width(shown) - 2))
    return spread([(f" {left}", "accent-strong")], [(f"{shown} ", "dim")], cells)


def status_line(left: Line, source: str, percent: int, cells: int) -> Line:
    """The line below the text: what was said or looked for, where the text is from, how far it was read."""
    right = f"{percent} %"
    named = f"{source} · {right} "
    return spread(left, [(named if width(named) < cells * 2 // 3 else f"{right} ", "dim")], cells)


def outline_lines(
    sections: Sequence[Section], current: int, chosen: int, cells: int, *, length: int = 0, none: str = ""
) -> list[Line]:
    """The sections, one a line, below each other by level, and how far into the text each begins.

    current: the one that is read; chosen: the one to go to. length: the lines of the text, 0 when they are not counted
    yet. none: what is said where there are no sections.
    """
    cells = min(cells, WIDEST)
    top = min((section.level for section in sections), default=1)
    lines: list[Line] = []
    for index, section in enumerate(sections):
        here, read = index == chosen, index == current
        name = "  " * (section.level - top) + section.title
        line: Line = [("▌" if here else " ", "accent"), ("● " if read else "  ", "accent")]
        share = f"{100 * section.line // length} %" if length else ""
        room = cells - 3 - (width(share) + 4 if share else 0)
        line.append((truncate(name, max(1, room)), "strong" if here or read else "text"))
        lines.append(spread(line, [(f"  {share} ", "faint")] if share else [], cells))
    return lines or [[(f"  {none or 'This text has no sections.'}", "dim")]]


def marked_line(line: Line, marks: Iterable[tuple[int, int]], ink: str) -> Line:
    """A line with stretches of its characters in another ink."""
    cuts = sorted(marks)
    if not cuts:
        return line
    result: Line = []
    at = 0
    for text, own in line:
        end = at + len(text)
        here = at
        for first, last in cuts:
            start, stop = max(first, here), min(last, end)
            if start >= stop:
                continue
            if start > here:
                result.append((text[here - at : start - at], own))
            result.append((text[start - at : stop - at], ink))
            here = stop
        if here < end:
            result.append((text[here - at :], own))
        at = end
    return result


def labelled_line(line: Line, labels: Iterable[tuple[int, str]]) -> Line:
    """A line with labels written over it, each from a character on, where only narrow letters may be covered."""
    text = "".join(part for part, _ in line)
    inks = [ink for part, ink in line for _ in part]
    letters = list(text)
    for start, label in labels:
        for index, letter in enumerate(label):
            if start + index < len(letters) and width(letters[start + index]) == 1:
                letters[start + index] = letter
                inks[start + index] = "match"
    result: Line = []
    for letter, ink in zip(letters, inks, strict=True):
        if result and result[-1][1] == ink:
            result[-1] = (result[-1][0] + letter, ink)
        else:
            result.append((letter, ink))
    return result


def labels(count: int) -> list[str]:
    """The keys that stand for each of so many links: one letter for as many as can be, two for the others.

    No letter that stands alone begins two others.
    """
    size = len(_LETTERS)
    begin = max(0, -(-(count - size) // (size - 1)))  # letters that begin two
    single = [*_LETTERS[: size - begin]]
    double = [first + second for first in _LETTERS[size - begin :] for second in _LETTERS]
    return [*single, *double][:count]


_LETTERS = "asdfghjklqwertyuiopzxcvbnm"

MOST_LABELS = len(_LETTERS) ** 2
"""Links that can be told apart by letters."""
