"""`paperstui show --full-text`: a paper's text, wrapped to the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from paperstui.commands.output import columns, say_json, say_text, tell
from paperstui.errors import PaperstuiError, SourceError
from paperstui.usecases.text_heads import WHY_UNKEPT

if TYPE_CHECKING:
    from paperstui.models import Paper
    from paperstui.usecases import Desk
    from paperstui.usecases.reading import Document

WIDEST = 92
"""Cells of a line at most, as in the reader; also where no terminal is in sight."""


def show_full_text(desk: Desk, paper: Paper, *, as_json: bool) -> int:
    """Print the full text of a paper.

    Returns:
        The exit status: that of a source that could not be reached when there is only the abstract for that reason.
    """
    from paperstui.commands.running import leaving, run

    found: list[Document] = []

    async def fetch() -> None:
        try:
            found.append(await desk.reading.fetch(paper, waits=lambda said: tell(f"{said} …")))
        finally:
            await desk.disconnect()

    kept = desk.reading.kept(paper)
    if kept is not None and not kept.wanting:
        return _say(kept, as_json=as_json)

    def job() -> int:
        run(fetch)
        return _say(found[0], as_json=as_json)

    return leaving(job)


def _say(document: Document, *, as_json: bool) -> int:
    from paperstui.documents.as_written import as_shown
    from paperstui.documents.flow import flow

    if as_json:
        say_json(_as_json(document))
    else:
        made = flow(as_shown(document.blocks), _cells())
        say_text("\n".join(made.text(line).rstrip() for line in range(len(made.lines))))
        why = document.error or "no source had the full text"
        tell(f"this is {document.source}" if document.whole else f"this is the abstract only: {why}")
    if document.whole:
        if document.error:
            tell(f"{document.error}; this is the text that came before")
        if document.unkept:
            tell(WHY_UNKEPT[document.unkept])
        return 0
    for note in document.notes if as_json else ():
        tell(note)
    if not document.paper.startswith("title:"):
        tell(f"try `paperstui open {document.paper}` for its page, or `paperstui open --pdf {document.paper}`")
    return SourceError.exit_status if document.error else PaperstuiError.exit_status


def _cells() -> int:
    """The cells of a line. What goes into a pager is read on the terminal that messages go to, and fits that."""
    found = columns()
    if found is None:
        try:
            found = os.get_terminal_size(sys.stderr.fileno()).columns
        except (AttributeError, ValueError, OSError):
            found = 0
    return min(WIDEST, (found or WIDEST + 1) - 1)


def _as_json(document: Document) -> dict[str, object]:
    from paperstui.documents.as_written import as_shown
    from paperstui.documents.blocks import Heading, words

    blocks = as_shown(document.blocks)

    return {
        "id": document.paper,
        "version": document.version or None,
        "source": document.source,
        "full_text": document.whole,
        "url": document.url or None,
        "fetched": document.at,
        "notes": list(document.notes),
        "sections": [
            {"level": block.level, "number": block.number or None, "title": words(block)}
            for block in blocks
            if isinstance(block, Heading)
        ],
        "text": "\n\n".join(filter(None, map(words, blocks))),
    }
