"""Taking papers from files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from paperstui import clock
from paperstui.library.store import Library
from paperstui.text.clean import clean_line
from paperstui.usecases.results import Imported

Carry = Callable[[Sequence[tuple[str, str]]], None]

KINDS = {
    "text": "text of a page",
    "html": "HTML of a page",
    "json": "answer of the API",
    "json lines": "answers of the API",
}


def import_file(library: Library, path: Path, day: date | None, carry: Carry) -> Imported:
    """Take the papers of one file into the library.

    carry: is told of papers that got their arXiv id.

    Raises:
        UsageError: there is no such file, or it is a directory.
        PaperstuiError: it cannot be read or has no papers in it.
        SaveError: the library could not be written; what was stored before stays.
    """
    from paperstui.sources.saved_page import read_saved

    saved = read_saved(path, day=day)
    at = clock.seconds()
    upserted = library.upsert(saved.batch.items, at)
    carry(upserted.merged)
    return Imported(
        path=clean_line(path),
        kind=KINDS[saved.kind],
        day=saved.day.isoformat() if saved.day else "",
        upserted=upserted,
        skipped=saved.batch.skipped,
        notes=saved.notes,
    )
