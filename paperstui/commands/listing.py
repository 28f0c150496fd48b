"""`paperstui list` and `paperstui show`."""

from __future__ import annotations

import argparse
from datetime import date

from paperstui import clock
from paperstui.commands.desk import open_desk
from paperstui.commands.output import columns, say, say_json, say_text
from paperstui.draw.lines import plain
from paperstui.draw.paper import paper_lines
from paperstui.errors import PaperstuiError, UsageError
from paperstui.export.json_form import paper_json
from paperstui.models import Row
from paperstui.text.latex import to_unicode
from paperstui.text.width import pad, truncate, width
from paperstui.usecases import Place

WINDOW = 256
"""Papers read at once."""


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `list` or `show`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    if name == "show":
        parser.description = "Print one paper: what it is, what is said about it, its abstract and links."
        parser.add_argument("id", help="an arXiv id, an arXiv or Hugging Face address, or a title: id")
        parser.set_defaults(run=show)
        return
    parser.description = "Print papers of the library, one a line, newest day first."
    parser.add_argument("query", nargs="*", help='words and fields, such as: diffusion is:unread author:"Ada Li"')
    parser.add_argument("--feed", choices=("daily", "imported"), help="only papers of this feed")
    parser.add_argument("--period", help="only papers of this day of the feed, such as 2026-06-04")
    parser.add_argument("--limit", type=_count, help="print at most so many")
    parser.set_defaults(run=list_papers)


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def list_papers(arguments: argparse.Namespace) -> int:
    """Print the papers that a query lets through."""
    with open_desk() as desk:
        place = Place("all")
        words = list(arguments.query)
        if arguments.period:
            place = Place(f"feed:{arguments.feed or 'daily'}", _day(arguments.period))
        elif arguments.feed:
            words.append(f"feed:{arguments.feed}")
        selection = desk.select(place, " ".join(words))
        if selection.problem:
            raise UsageError(selection.problem)
        ids = selection.ids[: arguments.limit] if arguments.limit is not None else selection.ids
        if arguments.json:
            say_json([paper_json(detail, desk.listing_of(detail, place)) for detail in desk.details(ids)])
            return 0
        cells = columns()
        for start in range(0, len(ids), WINDOW):
            for row in desk.rows(ids[start : start + WINDOW]):
                say(_line(row, cells))
    return 0


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is not a day such as 2026-06-04") from None


def _line(row: Row, cells: int | None) -> str:
    marks = ("●" if not row.read else " ") + ("★" if row.starred else " ")
    votes = "–" if row.upvotes is None else str(row.upvotes)
    title = to_unicode(row.title, bare=row.text_source != "arxiv")
    left = f"{pad(row.id, 22 if row.id.startswith('title:') else 12)} {marks} ▲{votes:>4}  "
    return left + (title if cells is None else truncate(title, cells - width(left)))


def show(arguments: argparse.Namespace) -> int:
    """Print one paper."""
    with open_desk() as desk:
        detail = desk.find(arguments.id)
        if detail is None:
            raise PaperstuiError(f"there is no paper {arguments.id} in the library")
        if arguments.json:
            say_json(paper_json(detail, desk.listing_of(detail, Place("all"))))
            return 0
        lines = paper_lines(detail, (columns() or 92) - 1, clock.today())
        say_text("\n".join(plain(line).rstrip() for line in lines).strip("\n"))
    return 0
