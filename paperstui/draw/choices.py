"""What there is to choose from: the suggestions for a query, and the keys that can follow a first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from paperstui.draw.lines import Line, fit, line_width
from paperstui.text.width import truncate, width, wrap

if TYPE_CHECKING:
    from paperstui.query.completion import Candidate

WIDEST = 80
"""Cells that suggestions take at most."""

NARROWEST = 24

MOST_PROBLEM_LINES = 3

_GAP = 2


def suggestion_cells(candidates: Sequence[Candidate], *, counted: bool) -> int:
    """The cells that suggestions would take: their longest text, a count, and the longest of their meanings."""
    longest = max((width(one.text) for one in candidates), default=0)
    meaning = max((width(one.help) for one in candidates), default=0)
    cells = 2 + longest + (_COUNT if counted else 0) + (_GAP + meaning if meaning else 0) + 2
    return max(NARROWEST, min(WIDEST, cells))


_COUNT = 9
"""Cells for a count: two spaces and up to 999,999 beside a text."""


def problem_cells(problem: str) -> int:
    """The cells that a problem would take on one line, or the most there are."""
    return min(WIDEST, width(problem) + 4)


def suggestion_lines(
    candidates: Sequence[Candidate],
    papers: Mapping[str, int],
    cells: int,
    rows: int,
    *,
    chosen: int,
    top: int,
    more: int | None = 0,
    counted: bool = False,
) -> list[Line]:
    """Suggestions from the `top` one on: what to take, how many papers it leaves, what it means.

    papers: counts by text; one that is not known yet is left blank. chosen: the one that would be taken. more: values
    beside these, which the last line counts; None where nobody knows how many. counted: there is room for counts.
    """
    all_shown = more is not None and len(candidates) + more <= rows
    shown = candidates[top : top + (rows if all_shown else rows - 1)]
    room = cells - 4 - (_COUNT if counted else 0)
    longest = max((width(one.text) for one in candidates), default=0)
    # What is taken matters more than what it means.
    texts = min(longest, room)
    lines = []
    for index, one in enumerate(shown, top):
        here = index == chosen
        line: Line = [("▌" if here else "│", "accent" if here else "rule"), (" ", "text")]
        line += _said(one, texts, "strong" if here else "text")
        if counted:
            count = papers.get(one.text)
            line.append((f"{'' if count is None else f'{count:,}':>{_COUNT}}", "text" if count else "faint"))
        room_left = cells - line_width(line) - _GAP - 2
        if one.help and room_left > 5:
            line += [(" " * _GAP, "text"), (truncate(one.help, room_left), "dim")]
        lines.append(line)
    if not all_shown:
        hidden = len(candidates) + (more or 0) - top - len(shown)
        rest = f" … {hidden:,} more" if hidden else " no more"
        lines.append([("│", "rule"), (" … others: type on" if more is None else rest, "faint")])
    return [_edged(line, cells) for line in lines]


def _edged(line: Line, cells: int) -> Line:
    """A line of a box with its right edge."""
    return [*fit(line, cells - 1), ("│", "rule")]


def _said(one: Candidate, cells: int, ink: str) -> Line:
    """A suggestion's text in a column: its field quieter than its value."""
    text = truncate(one.text, cells)
    name, colon, value = text.partition(":")
    line: Line = [(name + colon, "dim"), (value, ink)] if value else [(text, ink)]
    return [*line, (" " * (cells - width(text)), "text")]


def problem_lines(problem: str, cells: int) -> list[Line]:
    """What is wrong with a query, on as few lines as it takes."""
    room = max(1, cells - 4)
    parts = wrap(problem, room)
    if len(parts) > MOST_PROBLEM_LINES:
        rest = " ".join(parts[MOST_PROBLEM_LINES - 1 :])
        parts = [*parts[: MOST_PROBLEM_LINES - 1], truncate(rest, room)]
    return [_edged([("│", "rule"), (" ", "text"), (part, "error")], cells) for part in parts]


def lacking_lines(lacking: str, cells: int) -> list[Line]:
    """There is nothing to choose from, and why."""
    return [_edged([("│", "rule"), (" ", "text"), (part, "faint")], cells) for part in wrap(lacking, max(1, cells - 4))]


def waiting_lines(cells: int) -> list[Line]:
    """An answer takes a moment."""
    return [_edged([("│", "rule"), (" counting …", "faint")], cells)]


def key_lines(heading: str, keys: Sequence[tuple[str, str, bool]], cells: int, rows: int) -> list[Line]:
    """Keys that can follow and what they do, in columns read downwards. True marks what holds now.

    rows: lines there are room for; what has no room is left out, and the last line says so.
    """
    if not keys or cells < 8 or rows < 1:
        return []
    room = cells - 3
    widest = max(width(key) + 1 + width(title) + 2 for key, title, _ in keys)
    columns = max(1, min(room // (widest + 1), len(keys)))
    lines: list[Line] = [[("│", "rule"), (f" {heading}", "accent-strong")]]
    deep = -(-len(keys) // columns)
    for row in range(deep):
        line: Line = [("│", "rule"), (" ", "text")]
        for column in range(columns):
            index = column * deep + row
            if index < len(keys):
                key, title, now = keys[index]
                entry: Line = [
                    (key, "accent"),
                    (f" {title}", "strong" if now else "text"),
                    (" ●" if now else "", "accent"),
                ]
                line += fit(entry, widest + 1 if column < columns - 1 else widest)
        lines.append(line)
    if len(lines) > rows:
        left = len(keys) - columns * (rows - 2)
        lines = [*lines[: max(0, rows - 1)], [("│", "rule"), (f" … {left} more; ? names all", "faint")]][-rows:]
    return [_edged(line, cells) for line in lines]
