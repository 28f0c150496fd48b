"""`paperstui export`: papers in the forms that other programs read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paperstui.commands.desk import open_desk
from paperstui.commands.listing import add_selection, found, place_of, tell_none, tell_notes
from paperstui.commands.output import Advance, progress, say, say_pieces
from paperstui.commands.writing import write
from paperstui.errors import UsageError
from paperstui.export.forms import FORMS, form_of, pieces
from paperstui.text.clean import clean_line
from paperstui.usecases import Desk, Place

if TYPE_CHECKING:
    from array import array

    from paperstui.export.forms import Found

STEP = 100
"""Papers between two looks at the progress bar."""


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Write papers of the library for other programs, in the order of the list; without a query all of them."
    )
    add_selection(parser)
    parser.add_argument("--format", choices=tuple(FORMS), help="the form; not needed when the FILE's ending tells")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="where to; it is replaced when all is written. Without it, or with -, standard output",
    )
    parser.set_defaults(run=export)


def export(arguments: argparse.Namespace) -> int:
    """Write the papers that a query lets through."""
    file = "" if arguments.output == "-" else arguments.output
    form = arguments.format or form_of(file)
    if not form:
        raise UsageError(f"say in which form: --format {', '.join(FORMS)}")
    with open_desk() as desk:
        place = place_of(desk, arguments)
        query = " ".join(arguments.query)
        ids = desk.matching(place, query, arguments.limit)
        tell_notes(query)
        if not ids and arguments.limit != 0:
            tell_none(desk, place)
        with progress(wanted=bool(file) or not sys.stdout.isatty()) as advance:
            written = pieces(form, _Papers(desk, ids, place, advance))
            if file:
                write(Path(file), written)
            else:
                say_pieces(written)
        if file and Path(file).is_file():
            count = f"{len(ids):,} paper{'' if len(ids) == 1 else 's'}"
            say(f"{count} written to {clean_line(file, 200)} as {FORMS[form].words}")
    return 0


class _Papers:
    """Papers of the library, read anew each time somebody goes through them, so that they are never all in memory."""

    def __init__(self, desk: Desk, ids: array[int], place: Place, advance: Advance) -> None:
        self._desk = desk
        self._ids = ids
        self._place = place
        self._advance = advance

    def __iter__(self) -> Iterator[Found]:
        for number, paper in enumerate(found(self._desk, self._ids, self._place)):
            if number % STEP == 0:
                self._advance(number, len(self._ids), "papers")
            yield paper
