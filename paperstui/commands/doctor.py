"""`paperstui doctor`: is everything in order, what is wrong if not, and what is to be done about it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TypeVar

from paperstui import paths
from paperstui.commands.output import say, say_json
from paperstui.usecases.checkup import Finding, Repair, check_up, repair

Each = TypeVar("Each", Finding, Repair)

UNUSABLE = 3
_WORDS = {"ok": "ok", "note": "note", "wrong": "WRONG"}
_WIDE = 10


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Look whether everything is in order: programs, directories, library, search index, decisions, backups."
        " Nothing is changed unless --repair is given. Exit status: 0 all is well, 1 something is wrong,"
        " 3 the library cannot be used."
    )
    parser.add_argument(
        "--repair", action="store_true", help="put right what can be without losing anything, after a backup"
    )
    parser.add_argument("--network", action="store_true", help="ask the home service, too")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=examine)


def examine(arguments: argparse.Namespace) -> int:
    """Print what is found, line by line as it is found."""
    places = paths.standard()
    tell = not arguments.json
    repairs = list(_shown(repair(places), tell=tell)) if arguments.repair else []
    findings = list(_shown(check_up(places, network=arguments.network), tell=tell))
    status = _status(findings)
    if arguments.json:
        say_json(
            {
                "ok": status == 0,
                "repairs": [{"id": each.id, "text": each.text, "done": each.done} for each in repairs],
                "findings": [_as_json(each) for each in findings],
            }
        )
    else:
        say(_verdict(findings))
    return status


def _shown(found: Iterable[Each], *, tell: bool) -> Iterator[Each]:
    for each in found:
        if tell:
            say(_line(each))
        yield each


def _line(each: Finding | Repair) -> str:
    if isinstance(each, Repair):
        return f"{'mended' if each.done else 'FAILED':<7} {each.id:<{_WIDE}}  {each.text}"
    advice = f" → {each.advice}" if each.advice else ""
    return f"{_WORDS[each.state]:<7} {each.id:<{_WIDE}}  {each.text}{advice}"


def _as_json(finding: Finding) -> dict[str, str]:
    return {"id": finding.id, "state": finding.state, "text": finding.text, "advice": finding.advice}


def _status(findings: list[Finding]) -> int:
    if any(each.unusable for each in findings):
        return UNUSABLE
    return int(any(each.state == "wrong" for each in findings))


def _verdict(findings: list[Finding]) -> str:
    wrong = sum(each.state == "wrong" for each in findings)
    if not wrong:
        return "All is well."
    return "1 thing is wrong." if wrong == 1 else f"{wrong} things are wrong."
