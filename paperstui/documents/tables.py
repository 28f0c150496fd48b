"""Tables fitted to a width.

Columns get what they need; when that is too much, the widest are narrowed and their cells wrapped, down to the longest
word of each. When even that is too wide the table goes on to the right of the text, where the screen has room there, or
is shown in parts, one below the other: each repeats the first column and says which columns it has, so that nothing has
to be scrolled sideways and nothing is lost. Numbers stand on the right of their column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from paperstui.documents.blocks import Align, Cell, Table, plain
from paperstui.documents.layout import captioned, inked
from paperstui.text.copied import InCell
from paperstui.text.inked import Line, line_width, wrapped
from paperstui.text.width import width

_GAP = 2
_NARROWEST = 4
_SPARE = 24
"""Cells that a table beyond the text's column may take more than it needs, so that its words are not all below each other."""

_MOST_COLUMNS = 60
_MOST_ROWS = 2_000

Row = list[Cell]


_NUMBER = re.compile(
    r"[-+−±~≈<>≤≥↑↓(\s]*\d[\d.,:/%×x±()+\-−→↑↓\s⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*(?:e[-+]?\d+)?[A-Za-zµ]{0,3}(?:/[a-z]{1,3})?[\s%)*†‡↑↓]*"
)
_NOTHING = frozenset(("", "-", "–", "—", "−", "N/A", "n/a", "NA", "×", "✗", "✓", "OOM"))
"""What stands where a number would."""


def table_lines(table: Table, cells: int, wide: int = 0) -> list[Line]:
    """The lines of a table and its caption, which stands above it.

    wide: the cells that a table may take that is too wide for `cells`.
    """
    lines: list[Line] = []
    if table.caption:
        lines += wrapped(captioned(table.caption), cells)[0]
    rows = [list(row[:_MOST_COLUMNS]) for row in table.rows[:_MOST_ROWS]]
    count = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if not count:
        return lines
    count = min(count, _MOST_COLUMNS)
    aligns: list[Align] = [*table.aligns[:count], *["left"] * (count - len(table.aligns))]  # type: ignore[list-item]
    aligns = [_align(rows[table.head :], column, align) for column, align in enumerate(aligns)]
    least = _measured(rows, count)[1]
    cells = cells if _total(least) <= cells else max(cells, min(wide, _total(least) + _SPARE))
    parts = _parts(least, cells)
    for columns in parts:
        if len(parts) > 1:
            name = f"columns {columns[1] + 1} to {columns[-1] + 1} of {count}" if len(columns) > 2 else ""
            lines += wrapped([(name or f"column {columns[-1] + 1} of {count}", "faint")], cells)[0]
        shown = [_of_columns(row, columns) for row in rows]
        widths = _fitted(*_measured(shown, len(columns)), cells)
        lines += _drawn(shown, widths, [aligns[column] for column in columns], table.head)
        if columns is not parts[-1]:
            lines.append([])
    return lines + _left_out(table, cells)


def _align(rows: Sequence[Row], column: int, align: Align) -> Align:
    """How a column is aligned: as it is said, but numbers on the right."""
    if column == 0 or align == "right":
        return align
    numbers = 0
    for row in rows:
        at = 0
        for cell in row:
            if at == column and cell.columns == 1 and not cell.heading:
                text = plain(cell.spans).strip()
                if text not in _NOTHING:
                    if not _NUMBER.fullmatch(text):
                        return align
                    numbers += 1
            at += cell.columns
            if at > column:
                break
    return "right" if numbers else align


def _left_out(table: Table, cells: int) -> list[Line]:
    left: list[str] = []
    rows = max(0, len(table.rows) - _MOST_ROWS) + table.left
    if rows:
        left.append(f"{rows:,} more rows are not shown.")
    most = max(len(row) for row in table.rows)
    if most > _MOST_COLUMNS:
        left.append(f"{most - _MOST_COLUMNS:,} more columns are not shown.")
    return [line for text in left for line in wrapped([(text, "faint")], cells)[0]]


def _measured(rows: Sequence[Row], count: int) -> tuple[list[int], list[int]]:
    """For each column the cells it would like to have, and the fewest in which no word is broken."""
    wide, least = [1] * count, [1] * count
    for row in rows:
        at = 0
        for cell in row:
            if cell.columns == 1 and at < count and cell.spans:
                text = "".join(span.text for span in cell.spans)
                wide[at] = max(wide[at], *map(width, text.split("\n")))
                least[at] = max(least[at], max(map(width, text.split()), default=1))
            at += cell.columns
    for row in rows:
        at = 0
        for cell in row:
            end = min(at + cell.columns, count)
            if cell.columns > 1 and at < count and cell.spans:
                text = "".join(span.text for span in cell.spans)
                for sizes, parts in ((wide, text.split("\n")), (least, text.split())):
                    sizes[end - 1] += max(0, max(map(width, parts), default=0) - _total(sizes[at:end]))
            at += cell.columns
    return wide, least


def _parts(least: Sequence[int], cells: int) -> list[list[int]]:
    """The columns in parts that fit; each begins with the first column."""
    columns = list(range(len(least)))
    if _total(least) <= cells or len(columns) <= 2:
        return [columns]
    # The first column gets no more than a third, so that there is room for others beside it.
    first = min(least[0], max(_NARROWEST, cells // 3))
    parts = _filled(least, first, cells)
    low, high = first + 1, cells
    while low < high:  # all about as wide as each other: the narrowest with which they are no more
        middle = (low + high) // 2
        if len(_filled(least, first, middle)) > len(parts):
            low = middle + 1
        else:
            high = middle
    return _filled(least, first, high)


def _filled(least: Sequence[int], first: int, cells: int) -> list[list[int]]:
    """As many columns in each part as fit."""
    parts: list[list[int]] = []
    part, used = [0], first
    for column in range(1, len(least)):
        needed = min(least[column], cells - first - _GAP)
        if len(part) > 1 and used + _GAP + needed > cells:
            parts.append(part)
            part, used = [0], first
        part.append(column)
        used += _GAP + needed
    return [*parts, part]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fitted(wide: Sequence[int], least: Sequence[int], cells: int) -> list[int]:
    """The widths of columns: the widest are narrowed first, all to the same, but none below its longest word unless it must."""
    widths = list(wide)
    for floor in (least, [1] * len(wide)):
        while (over := _total(widths) - cells) > 0:
            free = [index for index, size in enumerate(widths) if size > floor[index]]
            if not free:
                break
            top = max(widths[index] for index in free)
            widest = [index for index in free if widths[index] == top]
            below = max([widths[index] for index in free if widths[index] < top] + [floor[index] for index in widest])
            by = max(1, min(top - below, -(-over // len(widest))))
            for index in widest:
                widths[index] = max(floor[index], widths[index] - by)
    return widths


def _of_columns(row: Row, columns: Sequence[int]) -> Row:
    """A row's cells in some of its columns; one that spans more is in each part that has any of its columns."""
    wanted: list[Cell] = []
    owner: list[int] = []
    for index, cell in enumerate(row):
        owner += [index] * cell.columns
    for index, group in groupby(columns, key=lambda column: owner[column] if column < len(owner) else -1 - column):
        cell = row[index] if index >= 0 else Cell()
        wanted.append(cell._replace(columns=len(list(group))))
    return wanted


def _drawn(rows: Sequence[Row], widths: Sequence[int], aligns: Sequence[Align], head: int) -> list[Line]:
    lines: list[Line] = []
    ruled = [("─" * _total(widths), "rule")]
    several = False  # whether a row took more than one line: then empty lines tell rows apart
    for index, row in enumerate(rows):
        drawn = _row(row, widths, aligns, heading=index < head)
        if index > head and (several or len(drawn) > 1) and len(widths) > 1 and lines and lines[-1]:
            lines.append([])
        several = len(drawn) > 1
        lines += drawn
        if index + 1 == head:
            lines.append(list(ruled))
    return lines


def _row(row: Row, widths: Sequence[int], aligns: Sequence[Align], *, heading: bool) -> list[Line]:
    """A row: its cells beside each other, each wrapped to its columns."""
    boxes: list[tuple[int, Align, list[Line]]] = []
    at = 0
    for cell in row:
        if at >= len(widths):
            break
        columns = min(cell.columns, len(widths) - at)
        room = _total(widths[at : at + columns])
        ink = "strong" if heading or cell.heading else "text"
        boxes.append((room, "center" if columns > 1 else aligns[at], wrapped(inked(cell.spans, ink), room)[0]))
        at += columns
    lines: list[Line] = []
    for index in range(max((len(box[2]) for box in boxes), default=0)):
        line: Line = []
        blank = 0  # blanks are written when something follows them
        for number, (room, align, content) in enumerate(boxes):
            shown = content[index] if index < len(content) else []
            free = max(0, room - line_width(shown))
            left = free if align == "right" else free // 2 if align == "center" else 0
            blank += left + (_GAP if number else 0)
            if shown:
                if blank:
                    line.append((" " * blank, "text"))
                line += _in_cell(shown, number, top=index == 0)
                blank = 0
            blank += free - left
        lines.append(line)
    return lines or [[]]


def _in_cell(line: Line, number: int, *, top: bool) -> Line:
    """A line of a cell that knows which cell of the row it is of. top: it is on the row's first line."""
    joint = getattr(line[0][0], "joint", " ")
    return [(InCell(text, number, "" if at else joint, top=top), ink) for at, (text, ink) in enumerate(line)]
