"""`paperstui import`: saved pages of the site, their HTML, and API answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import progress, say, tell, tell_skipped
from paperstui.errors import LibraryError, PaperstuiError, SaveError
from paperstui.text.clean import clean_line
from paperstui.usecases.results import Imported


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Take papers from files: text copied from the Daily Papers site, its HTML, JSON of its API."
    parser.add_argument("file", nargs="+", type=Path, help="a file; what it is, its content tells")
    parser.add_argument("--date", type=read.day, help="the day of the page, when it does not say so itself")
    parser.set_defaults(run=import_files)


def import_files(arguments: argparse.Namespace) -> int:
    """Import every file; one that cannot be read does not keep the others out."""
    status = 0
    with open_desk(writes=True) as desk, progress() as advance:
        for index, path in enumerate(arguments.file):
            advance(index, len(arguments.file), clean_line(path.name))
            try:
                _tell_result(desk.import_file(path, arguments.date))
            except (LibraryError, SaveError):
                # The other files would meet the same.
                raise
            except PaperstuiError as error:
                tell(str(error))
                status = status or error.exit_status
        desk.look_after()
    return status


def _tell_result(result: Imported) -> None:
    upserted = result.upserted
    parts = [f"{len(upserted.new)} new", f"{len(upserted.updated)} updated", f"{len(upserted.unchanged)} unchanged"]
    if upserted.merged:
        parts.append(f"{len(upserted.merged)} merged with their arXiv id")
    parts.append(f"{len(result.skipped)} unreadable")
    day = f" of {result.day}" if result.day else ""
    say(f"{result.path}: {result.kind}{day}: {', '.join(parts)}")
    for note in result.notes:
        tell(note)
    tell_skipped(result.path, result.skipped)
