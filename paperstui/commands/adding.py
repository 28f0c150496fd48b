"""`paperstui add`: papers by their ids and addresses, or a pasted list of links."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence

from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import SHOWN, say, say_json, tell, tell_skipped
from paperstui.commands.running import leaving, run
from paperstui.export.urls import shown_title
from paperstui.usecases import Desk
from paperstui.usecases.results import Added

FAILED = 1


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Take papers of arXiv into the library, with arXiv's own titles and abstracts."
    parser.add_argument(
        "id",
        nargs="+",
        metavar="ID-OR-URL",
        help="arXiv ids, DOIs, and addresses of arXiv, Hugging Face, alphaXiv and others; - reads a list from standard"
        " input, where other words may stand around them",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=add_papers)


def add_papers(arguments: argparse.Namespace) -> int:
    """Add the papers, and say which there were. What names none, or none that arXiv knows, is named and is a failure."""
    names = [line for given in arguments.id for line in (read.lines_of_input() if given == "-" else (given,))]
    added: list[Added] = []
    told: set[str] = set()

    async def work(desk: Desk) -> None:
        try:

            def known(papers: Sequence[str]) -> None:
                if not arguments.json:
                    told.update(papers)
                    _say_papers(desk, papers, "  (was here)")

            added.append(await desk.arxiv.add(names, waits=lambda why, _: tell(f"{why}: waiting"), known=known))
        finally:
            await desk.disconnect()

    def job() -> int:
        with open_desk(writes=True) as desk:
            run(lambda: work(desk))
            _say_result(desk, added[0], told, as_json=arguments.json)
        return _status(added[0])

    return leaving(job)


def _status(result: Added) -> int:
    # What could not be asked for counts more than what there is not.
    return result.status or (FAILED if result.missing or result.unknown or not result.papers else 0)


def _say_papers(desk: Desk, papers: Sequence[str], remark: str = "") -> None:
    rows = {row.id: row for row in desk.rows_of(papers)}
    for paper in papers:
        if paper in rows:
            say(f"{paper}  {shown_title(rows[paper])}{remark}")


def _say_result(desk: Desk, result: Added, told: Collection[str], *, as_json: bool) -> None:
    """told: papers of which it has been said that they were here."""
    if as_json:
        rows = {row.id: row for row in desk.rows_of(result.papers)}
        say_json(
            {
                "papers": [
                    {"id": paper, "title": shown_title(rows[paper]), "new": paper in result.upserted.new}
                    for paper in result.papers
                    if paper in rows
                ],
                "missing": list(result.missing),
                "left": list(result.left),
                "unknown": list(result.unknown),
                "error": result.error or None,
            }
        )
    else:
        _say_papers(desk, [paper for paper in result.papers if paper not in told])
    _tell_each(result.unknown, "names no paper of arXiv")
    _tell_each(result.missing, "arXiv has no such paper")
    tell_skipped("arXiv", result.skipped)
    if result.error:
        left = f"left: {_some(result.left)}" if result.left else "the papers that are here stay as they are"
        tell(f"{result.error}; {left}")
    elif not (result.papers or result.missing or result.unknown):
        tell("there is nothing to add")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _tell_each(names: Sequence[str], why: str) -> None:
    for name in names[:SHOWN]:
        tell(f"{name}: {why}")
    if len(names) > SHOWN:
        tell(f"and {len(names) - SHOWN} more: {why}")
