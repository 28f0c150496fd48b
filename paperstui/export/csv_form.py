"""Papers as CSV (RFC 4180): a line of names, then a paper a line, with the keys that papers have in JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from paperstui.export.forms import Found
from paperstui.export.json_form import KEYS, paper_json

LIST = "; "
"""Between the members of a list in one cell."""

# What makes spreadsheets take a text for a formula, also in its full width; a tab and a carriage return are skipped by
# some of them before they look.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def pieces(papers: Iterable[Found]) -> Iterator[str]:
    """The header, then papers in their order. Lines end in CR LF; a line break inside a cell is LF."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    rows: Iterator[Iterable[object]] = (paper_json(found.detail, found.listing).values() for found in papers)
    writer.writerow(KEYS)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow(map(cell, row))
        yield line.getvalue()


def cell(value: object) -> str | int:
    """A value as a cell: lists with "; " between their members, true and false in words, nothing for what is not known.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which tells it that it is text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    text = LIST.join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
