"""`paperstui search`: what words find in the library, by Hugging Face's own search, or by arXiv's."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.listing import say_papers, say_papers_json, tell_none, tell_notes
from paperstui.commands.output import tell, tell_skipped
from paperstui.commands.running import leaving, run
from paperstui.errors import UsageError
from paperstui.models import Skipped
from paperstui.usecases import Desk, Place
from paperstui.usecases.asking import FOUND
from paperstui.usecases.results import Refreshed
from paperstui.usecases.searching import Searched

HUGGING_FACE, ARXIV = "Hugging Face", "arXiv"


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Print the papers that words find, best first: in the library, or with --remote or --arxiv by the search of a"
        " site. What a site finds comes into the library. If it cannot be reached, the library answers."
    )
    parser.add_argument("query", nargs="+", help="words and fields; fields are looked for in a site's answer")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--remote", action="store_true", help="ask Hugging Face, which also finds by meaning")
    who.add_argument("--arxiv", action="store_true", help="ask arXiv")
    parser.add_argument("--limit", type=read.count, help="at most so many papers")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=search)


def search(arguments: argparse.Namespace) -> int:
    """Search, print what was found, and tell who found it."""
    query = " ".join(arguments.query)
    if not query.strip():
        raise UsageError("there is nothing to search for")
    if arguments.remote or arguments.arxiv:
        return _search_site(query, arguments)
    with open_desk() as desk:
        _say_found(desk, Place("all"), query, arguments)
        tell_notes(query)
    return 0


def _search_site(query: str, arguments: argparse.Namespace) -> int:
    found: list[Searched | Refreshed] = []

    async def work(desk: Desk) -> None:
        try:
            if arguments.arxiv:
                found.append(await desk.arxiv.search(query, waits=lambda why, _: tell(f"{why}: waiting")))
            else:
                found.append(await desk.searching.search(query))
        finally:
            await desk.disconnect()

    def job() -> int:
        with open_desk(writes=True) as desk:
            run(lambda: work(desk))
            _say_answer(desk, found[0], query, arguments)
        return found[0].status

    return leaving(job)


def _say_answer(desk: Desk, result: Searched | Refreshed, query: str, arguments: argparse.Namespace) -> None:
    who = ARXIV if arguments.arxiv else HUGGING_FACE
    if isinstance(result, Searched):
        place, text = result.place, result.text
    else:
        place, text = (Place("all"), query) if result.error else (Place(FOUND, result.period), "")
    if result.error:
        tell(f"{result.error}; this is what your library finds")
    shown = _say_found(desk, place, text, arguments)
    if not result.error:
        _tell_found(who, result.papers, shown, text, result.skipped)
    if result.notice:
        tell(result.notice)
    tell_notes(query)


def _tell_found(who: str, papers: int, shown: int, text: str, skipped: Sequence[Skipped]) -> None:
    count = f"{papers:,} paper{'' if papers == 1 else 's'}"
    through = f", {shown:,} of them through “{text}”" if text else ""
    tell(f"{who} finds {count}{through}")
    tell_skipped(who, skipped)


def _say_found(desk: Desk, place: Place, text: str, arguments: argparse.Namespace) -> int:
    """Print the papers of a place that a query lets through; how many there are, whatever the limit."""
    ids = desk.matching(place, text)
    shown = ids[: arguments.limit]
    if arguments.json:
        say_papers_json(desk, shown, place)
    elif shown:
        say_papers(desk, shown)
    elif place.view == "all" and arguments.limit != 0:
        tell_none(desk)
    return len(ids)
