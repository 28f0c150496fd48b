"""`paperstui list` and `paperstui show`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.actions import ACTIONS
from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import columns, say, say_json, say_json_pieces, say_text, tell
from paperstui.commands.running import leave_if_stuck
from paperstui.errors import UsageError
from paperstui.models import Detail, Row
from paperstui.periods import KINDS, containing, days_of, feed_of, kind_of
from paperstui.usecases import Desk, Place
from paperstui.usecases.viewing import not_here

if TYPE_CHECKING:
    from paperstui.commands.commented import Commented
    from paperstui.draw.lines import Line, Span
    from paperstui.export.forms import Found

WINDOW = 256
"""Papers read at once."""

START = "paperstui refresh fetches papers, paperstui import takes in saved pages"


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `list` or `show`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    if name == "show":
        parser.description = "Print one paper: what it is, what is said about it, its abstract and links."
        parser.add_argument("id", help="an arXiv id, an arXiv or Hugging Face address, or a title: id")
        either = parser.add_mutually_exclusive_group()
        either.add_argument(
            "--full-text", action="store_true", help="print its full text, which is fetched where it is not here yet"
        )
        either.add_argument(
            "--comments", action="store_true", help="also its discussion, fetched where what is here is old"
        )
        either.add_argument(
            "--changes", action="store_true", help="what the newest version changed in title and abstract"
        )
        parser.set_defaults(run=show)
        return
    parser.description = (
        "Print papers of the library, one a line: the newest day first, or the best match when words are looked for."
    )
    add_selection(parser)
    parser.set_defaults(run=list_papers)


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say which papers."""
    parser.add_argument("query", nargs="*", help='words and fields, such as: diffusion is:unread author:"Ada Li"')
    parser.add_argument(
        "--feed",
        type=read.feed,
        help="only papers of this feed: daily, weekly, monthly, trending, imported, arxiv:cs.CL, …",
    )
    parser.add_argument(
        "--period", type=read.period, help="only papers of this issue of the feed: 2026-06-04, 2026-W23 or 2026-06"
    )
    parser.add_argument("--limit", type=read.count, help="at most so many papers")


def place_of(desk: Desk, arguments: argparse.Namespace) -> Place:
    """The place that the arguments name.

    Raises:
        UsageError: the feed has no such issue.
    """
    period: str | None = arguments.period
    if period is None:
        return Place(f"feed:{arguments.feed}" if arguments.feed else "all")
    feed = arguments.feed or feed_of(period)
    if feed == "arxiv":
        feed = desk.arxiv.feed
    kind, days = kind_of(feed), days_of(period)
    if kind_of(feed_of(period)) == "day" != kind and days is not None:
        # The week or the month that has the day.
        period = containing(feed, days[0])
    elif kind_of(feed_of(period)) != kind:
        raise UsageError(f"{feed} has no issue {period}: one of its issues is a {kind}")
    return Place(f"feed:{feed}", period)


def tell_notes(text: str) -> None:
    """Tell what of a query says nothing, and where it stands."""
    from paperstui.commands.pointing import pointed
    from paperstui.query import parse

    for note in parse(text).notes:
        tell(note.message)
        for line in pointed(text, note.start, note.end):
            sys.stderr.write(f"{line}\n")


def tell_none(desk: Desk, place: Place | None = None) -> None:
    """Tell that there is nothing, and what to do if there is nothing at all or nothing of the issue that was asked for."""
    days = days_of(place.period or "") if place is not None else None
    if place is not None and days is not None and place.feed in KINDS and desk.period(place) is None:
        date = "" if place.feed == "trending" else f" --date {days[0]}"
        tell(f"{place.feed} {place.period} was never fetched: paperstui refresh --feed {place.feed}{date}")
        return
    tell("no papers found" if desk.counts(Place("all"))["all"] else f"the library is empty: {START}")


def list_papers(arguments: argparse.Namespace) -> int:
    """Print the papers that a query lets through."""
    with open_desk() as desk:
        place, query = place_of(desk, arguments), " ".join(arguments.query)
        ids = desk.matching(place, query, arguments.limit)
        tell_notes(query)
        if arguments.json:
            say_papers_json(desk, ids, place)
        elif ids:
            say_papers(desk, ids)
            if len(ids) == arguments.limit and sys.stderr.isatty():
                # For a person; scripts asked for so many and have them.
                tell(f"{len(ids):,} of {desk.count_matching(place, query):,} papers")
        elif arguments.limit != 0:
            tell_none(desk, place)
    return 0


def say_papers_json(desk: Desk, ids: Iterable[int], place: Place) -> None:
    """Print papers as one JSON document."""
    from paperstui.export.forms import pieces

    say_json_pieces(pieces("json", found(desk, ids, place)))


def found(desk: Desk, ids: Iterable[int], place: Place) -> Iterator[Found]:
    """Papers, each with its listing in a place, one after the other."""
    from paperstui.export.forms import Found

    return (Found(detail, desk.listing_of(detail, place)) for detail in desk.details(ids))


def say_papers(desk: Desk, ids: Sequence[int]) -> None:
    """Print papers, one a line."""
    cells = columns()
    wide = 0
    for start in range(0, len(ids), WINDOW):
        rows = desk.rows(ids[start : start + WINDOW])
        wide = max([wide, *(len(row.id) for row in rows)])
        for row in rows:
            say(_line(row, wide, cells))


def _line(row: Row, wide: int, cells: int | None) -> str:
    """A paper in one line. wide: cells of the longest id; cells: of the whole line, if it is to be cut."""
    from paperstui.text.mathematics import shown

    marks = ("●" if not row.read else " ") + ("★" if row.starred else " ")
    votes = "–" if row.upvotes is None else str(row.upvotes)
    title = shown(row.title, bare=row.text_source != "arxiv")
    line = f"{row.id:<{wide}}  {marks} ▲{votes:>4}  {title}"
    if cells is None:
        return line
    from paperstui.text.width import truncate

    return truncate(line, cells)


_KEYS = frozenset(key for action in ACTIONS for key in action.keys)


def _is_said(span: Span) -> bool:
    """Whether a part of a line means anything outside the reader; the keys that open links do not."""
    text, ink = span
    return ink != "accent" or text.strip() not in _KEYS


def show(arguments: argparse.Namespace) -> int:
    """Print one paper."""
    from paperstui.draw.lines import plain
    from paperstui.draw.paper import column_in, paper_lines

    with open_desk() as desk:
        detail = desk.find(arguments.id)
        if detail is None:
            raise not_here(arguments.id)
        if arguments.full_text:
            from paperstui.commands.full_text import show_full_text

            return show_full_text(desk, detail.paper, as_json=arguments.json)
        commented = _commented(desk, detail) if arguments.comments else None
        if commented is not None:
            # What was asked for may have brought more of the paper itself.
            detail = desk.find(detail.paper.id) or detail
        if arguments.json:
            say_json(_as_json(desk, detail, commented, changes=arguments.changes))
        else:
            cells = (columns() or 92) - 1
            lines = _changed(detail, cells) if arguments.changes else paper_lines(detail, cells, clock.today())
            if commented is not None:
                left, column = column_in(cells)
                lines += [[(" " * left, "text"), *line] for line in commented.lines(column)]
            say_text("\n".join(plain(filter(_is_said, line)).rstrip() for line in lines).strip("\n"))
    if commented is None:
        return 0
    leave_if_stuck(commented.status)
    return commented.status


def _changed(detail: Detail, cells: int) -> list[Line]:
    from paperstui.commands.changed import changed_lines

    return changed_lines(detail, cells)


def _as_json(desk: Desk, detail: Detail, commented: Commented | None, *, changes: bool) -> dict[str, object]:
    """The paper, with what else was asked for under a key of its own."""
    from paperstui.export.json_form import paper_json

    found = paper_json(detail, desk.listing_of(detail, Place("all")))
    if commented is not None:
        found["discussion"] = commented.json()
    if changes:
        from paperstui.commands.changed import changed_json

        found["changes"] = changed_json(detail)
    return found


def _commented(desk: Desk, detail: Detail) -> Commented:
    """The discussion of a paper; what it takes to ask for one is imported only here."""
    from paperstui.commands.commented import Commented

    return Commented(desk, detail.paper)
