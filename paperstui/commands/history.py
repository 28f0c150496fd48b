"""`paperstui history`: what was decided, as the journals have it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from itertools import islice
from typing import Any, NamedTuple

from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import columns, say, say_json_pieces, tell
from paperstui.usecases import Desk
from paperstui.usecases.results import Past

AT_ONCE = 64
"""Decisions whose titles are looked up, and whose columns agree, at once."""

WIDEST_LABEL, WIDEST_PAPERS, WIDEST_DEVICE = 40, 24, 8
"""Cells that a column takes at most on a terminal."""


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
        for told in _told(desk, past):
            none = False
            for line in map(_line, told) if cells is None else _in_columns(told, cells):
                say(line)
        if none and arguments.limit != 0:
            tell("nothing is decided yet")
    return 0


class _Told(NamedTuple):
    """A decision in words: when (here), what, which paper or papers, its title; whose, if it is another device's."""

    at: str
    label: str
    papers: str
    title: str
    device: str


def _line(told: _Told) -> str:
    """A decision in one line, however long."""
    label = told.label + " (on another device)" * bool(told.device)
    return "  ".join(filter(None, (told.at, label, told.papers, told.title)))


def _in_columns(some: Sequence[_Told], cells: int) -> Iterator[str]:
    """Decisions for a terminal: one below the other, each kind of thing in its column. Devices only if there are others."""
    from paperstui.text.width import truncate, width

    def padded(text: str, room: int) -> str:
        text = truncate(text, room)
        return text + " " * (room - width(text))

    others = any(told.device for told in some)
    labels = min(WIDEST_LABEL, max(width(told.label) for told in some))
    papers = min(WIDEST_PAPERS, max(width(told.papers) for told in some))
    for told in some:
        device = [padded(told.device or "here", WIDEST_DEVICE)] if others else []
        parts = [told.at, *device, padded(told.label, labels), padded(told.papers, papers), told.title]
        yield truncate("  ".join(parts).rstrip(), cells)


def _told(desk: Desk, past: Iterator[Past]) -> Iterator[list[_Told]]:
    """The decisions in words, some at a time."""
    while some := list(islice(past, AT_ONCE)):
        titles = {row.id: row for row in desk.rows_of([each.papers[0] for each in some if each.papers])}
        told = []
        for each in some:
            at = datetime.fromtimestamp(each.at / 1000, timezone.utc).astimezone()
            label = each.label + " (undone)" * each.undone
            first = each.papers[0] if each.papers else ""
            row = titles.get(first)
            of = f"{first} and {len(each.papers) - 1:,} more" if len(each.papers) > 1 else first
            title = _title(row.title, row.text_source) if row and len(each.papers) == 1 else ""
            told.append(_Told(f"{at:%Y-%m-%d %H:%M}", label, of, title, "" if each.own else each.device))
        yield told


def _title(title: str, source: str) -> str:
    from paperstui.text.mathematics import shown

    return shown(title, bare=source != "arxiv")


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
