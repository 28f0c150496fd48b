"""`paperstui history`: what was decided, as the journals have it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import islice
from typing import Any

from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import columns, say, say_json_pieces, tell
from paperstui.usecases import Desk
from paperstui.usecases.results import Past

AT_ONCE = 64
"""Decisions whose titles are looked up at once."""


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Print what was decided, on all devices, the newest first."
    parser.add_argument("--limit", type=read.count, help="at most so many decisions")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=show_history)


def show_history(arguments: argparse.Namespace) -> int:
    """Print the decisions."""
    from paperstui.export.json_text import array

    with open_desk() as desk:
        past = islice(desk.history(), arguments.limit)
        if arguments.json:
            say_json_pieces(array(map(_as_json, past)))
            return 0
        cells = columns()
        none = True
        for line in _lines(desk, past):
            none = False
            say(line if cells is None else _cut(line, cells))
        if none and arguments.limit != 0:
            tell("nothing is decided yet")
    return 0


def _cut(line: str, cells: int) -> str:
    from paperstui.text.width import truncate

    return truncate(line, cells)


def _lines(desk: Desk, past: Iterator[Past]) -> Iterator[str]:
    """A line for each decision: when (here), what, and of which paper or papers."""
    while some := list(islice(past, AT_ONCE)):
        titles = {row.id: row for row in desk.rows_of([each.papers[0] for each in some if each.papers])}
        for each in some:
            at = datetime.fromtimestamp(each.at / 1000, timezone.utc).astimezone()
            notes = " (undone)" * each.undone + " (on another device)" * (not each.own)
            first = each.papers[0] if each.papers else ""
            row = titles.get(first)
            of = f"{first} and {len(each.papers) - 1:,} more" if len(each.papers) > 1 else first
            title = _title(row.title, row.text_source) if row and len(each.papers) == 1 else ""
            yield "  ".join(filter(None, [f"{at:%Y-%m-%d %H:%M}", each.label + notes, of, title]))


def _title(title: str, source: str) -> str:
    from paperstui.text.latex import to_unicode

    return to_unicode(title, bare=source != "arxiv")


def _as_json(past: Past) -> dict[str, Any]:
    return {
        "at": datetime.fromtimestamp(past.at / 1000, timezone.utc).isoformat(timespec="milliseconds"),
        "device": past.device,
        "own": past.own,
        "label": past.label,
        "undone": past.undone,
        "undoes": past.undoes,
        "set": [
            {"paper": each.paper, "field": each.field, "value": each.value, "previous": each.previous}
            for each in past.changes
        ],
    }
