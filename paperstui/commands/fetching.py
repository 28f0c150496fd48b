"""`paperstui fetch`: full texts, to be read without the network later."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperstui.commands.desk import open_desk
from paperstui.commands.output import progress, say, say_json, tell
from paperstui.commands.running import Ended, leaving, run
from paperstui.errors import PaperstuiError, UsageError
from paperstui.export.urls import plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperstui.models import Paper
    from paperstui.usecases import Desk
    from paperstui.usecases.ahead import Fetched


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Fetch the full texts of papers that are not here yet, one after the other, so that they can be read without the"
        " network. That nobody has a text is no failure with --queued, and is looked for again a day later."
    )
    parser.add_argument("id", nargs="*", metavar="ID", help="ids of papers of the library, or their addresses")
    parser.add_argument("--queued", action="store_true", help="those of the reading list, the first of it first")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=fetch)


def fetch(arguments: argparse.Namespace) -> int:
    """Fetch them, and say what came of each. The status is that of the first failure."""
    if bool(arguments.id) == arguments.queued:
        raise UsageError("name papers by their ids, or give --queued for those of the reading list")
    found: list[Fetched] = []

    def job() -> int:
        with open_desk() as desk:
            names = desk.ids_of(arguments.id)
            papers = desk.ahead.papers(names) if names or arguments.queued else []
            try:
                run(lambda: _fetch(desk, papers, found))
            except Ended:
                tell("interrupted: what came is kept")
                raise
            finally:
                empty = arguments.queued and not desk.ahead.texts.total
                _say(papers, found, as_json=arguments.json, empty=empty)
            # What is named is wanted; on the list there may always be some that nobody has.
            missing = not arguments.queued and any(not each.here for each in found)
            return next((each.status for each in found if each.error), PaperstuiError.exit_status if missing else 0)

    return leaving(job)


async def _fetch(desk: Desk, papers: Sequence[Paper], found: list[Fetched]) -> None:
    try:
        with progress() as advance:
            if papers:
                advance(0, len(papers), papers[0].id)
            async for result in desk.ahead.fetch_all(papers, pauses=lambda why, _: tell(f"{why}: waiting")):
                found.append(result)
                advance(len(found), len(papers), result.paper)
                if result.error or not result.here:
                    tell(f"{result.paper}: {result.error or 'nobody has its full text'}")
    finally:
        await desk.disconnect()


def _say(papers: Sequence[Paper], found: Sequence[Fetched], *, as_json: bool, empty: bool) -> None:
    """empty: there is no paper on the reading list, which was asked for."""
    if as_json:
        say_json(
            [
                {"id": each.paper, "source": each.source or None, "full_text": each.here, "error": each.error or None}
                for each in found
            ]
        )
        return
    titles = {paper.id: plain_title(paper) for paper in papers}
    for each in found:
        if each.here and not each.error:
            say(f"{each.paper}  {titles[each.paper]}  ({each.source})")
    if not papers:
        say("your reading list is empty" if empty else "all texts are here that can be had")
    left = len(papers) - sum(not each.error for each in found)
    if left:
        tell(f"{left} of {len(papers)} are left; the same command goes on")
