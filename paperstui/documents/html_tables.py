"""A table of HTML as a block: cells that span rows leave empty ones below, those that span columns stay one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from paperstui.documents.blocks import Align, Cell, Spans, Table
from paperstui.documents.html_node import Node, kinds_of

_MOST_COLUMNS = 60
_MOST_ROWS = 5_000
_DEEPEST = 6
_ROW = frozenset({"ltx_tr", "ltx_eqn_row"})
_CELL = frozenset({"ltx_td", "ltx_eqn_cell"})


def table_of(node: Node, spans_of: Callable[[Node], Spans]) -> Table:
    """The table that an element is, without its caption. spans_of: reads a cell."""
    rows: list[tuple[Cell, ...]] = []
    aligns: dict[int, Align] = {}
    below: dict[int, int] = {}  # columns that cells above go down into, and how many rows further
    head, in_head = 0, True
    lines = own_rows(node)
    for line in lines[:_MOST_ROWS]:
        row: list[Cell] = []
        column = 0
        around = line.parent
        heading = around is not None and (around.tag == "thead" or "ltx_thead" in kinds_of(around))
        cells = cells_of(line)
        for cell in cells:
            column = _skip(row, column, below)
            kinds = kinds_of(cell)
            is_th = cell.tag == "th" or "ltx_th" in kinds
            columns = min(_number(cell, "colspan"), _MOST_COLUMNS)
            if _number(cell, "rowspan") > 1 and column + columns <= _MOST_COLUMNS:
                below |= dict.fromkeys(range(column, column + columns), _number(cell, "rowspan") - 1)
            is_head = is_th and "ltx_th_row" not in kinds
            row.append(Cell(spans_of(cell), columns, is_th))
            if not is_head and columns == 1:
                aligns.setdefault(column, _align(kinds))
            column += columns
        _skip(row, column, below, to_end=True)
        if not row:
            continue
        rows.append(tuple(row))
        all_heads = all("ltx_th_column" in kinds_of(cell) for cell in cells)
        if in_head and (heading or all_heads) and cells:
            head += 1
        else:
            in_head = False
    count = max((sum(cell.columns for cell in row) for row in rows), default=0)
    return Table(
        tuple(rows),
        tuple(aligns.get(column, "left") for column in range(count)),
        head,
        left=max(0, len(lines) - _MOST_ROWS),
    )


def _skip(row: list[Cell], column: int, below: dict[int, int], *, to_end: bool = False) -> int:
    """Empty cells where one above goes down into the row; the next free column."""
    last = max(below, default=-1) if to_end else column
    while below.get(column, 0) > 0 or (to_end and column <= last):
        if below.get(column, 0) > 0:
            below[column] -= 1
            if not below[column]:
                del below[column]
        row.append(Cell())
        column += 1
    return column


def _children(node: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    """The elements right inside of one, with their classes."""
    child = node.first_child
    while child is not None:
        if not child.tag.startswith("-"):
            yield child, kinds_of(child)
        child = child.next


def own_rows(node: Node, depth: int = 0) -> list[Node]:
    """The rows of the table itself, not those of tables within it. LaTeXML also makes tables of spans."""
    found: list[Node] = []
    for child, kinds in _children(node):
        if child.tag == "tr" or kinds & _ROW:
            found.append(child)
        elif child.tag not in ("td", "th") and not kinds & _CELL and depth < _DEEPEST:
            found += own_rows(child, depth + 1)
    return found


def cells_of(row: Node) -> list[Node]:
    """The cells of a row."""
    return [child for child, kinds in _children(row) if child.tag in ("td", "th") or kinds & _CELL]


def _number(cell: Node, name: str) -> int:
    text = cell.attributes.get(name) or ""
    return min(max(1, int(text)), 1_000) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _align(kinds: frozenset[str]) -> Align:
    return "right" if "ltx_align_right" in kinds else "center" if "ltx_align_center" in kinds else "left"
