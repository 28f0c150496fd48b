"""`paperstui star`, `read`, `queue`, `hide` and their opposites, `undo` and `redo`."""

from __future__ import annotations

import argparse

from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.listing import tell_notes
from paperstui.commands.output import say
from paperstui.errors import UsageError
from paperstui.usecases import Decision, Desk

FIELDS: dict[str, tuple[str, bool]] = {
    "star": ("starred", True),
    "unstar": ("starred", False),
    "read": ("read", True),
    "unread": ("read", False),
    "queue": ("queued", True),
    "unqueue": ("queued", False),
    "hide": ("hidden", True),
    "unhide": ("hidden", False),
}

SAID: dict[str, str] = {
    "star": "Star papers",
    "unstar": "Take stars away from papers",
    "read": "Mark papers read",
    "unread": "Mark papers unread",
    "queue": "Put papers at the end of the reading list, in the order they are named",
    "unqueue": "Take papers off the reading list",
    "hide": "Hide papers: they are shown only where a query says is:hidden",
    "unhide": "Show hidden papers again",
}


ALREADY: dict[str, str] = {
    "star": "already starred",
    "unstar": "not starred",
    "read": "already read",
    "unread": "already unread",
    "queue": "already in the reading list",
    "unqueue": "not in the reading list",
    "hide": "already hidden",
    "unhide": "not hidden",
}
"""What papers are that a command would not change."""


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of one of the commands."""
    parser.set_defaults(name=name)
    if name in ("undo", "redo"):
        parser.description = (
            "Take back decisions, the last one first." if name == "undo" else "Bring back what was undone."
        )
        parser.add_argument("count", nargs="?", type=read.count, default=1, metavar="N", help="how many (1)")
        parser.set_defaults(run=undo_or_redo)
        return
    parser.description = f"{SAID[name]}. All of them are one decision, which one undo takes back."
    parser.add_argument(
        "id",
        nargs="*",
        help="arXiv ids or addresses of papers; - reads them from standard input, the first word of each line",
    )
    parser.add_argument("--query", help="every paper this query finds")
    parser.set_defaults(run=decide)


def decide(arguments: argparse.Namespace) -> int:
    """Carry out one decision about all the papers that were named."""
    if bool(arguments.id) == (arguments.query is not None):
        raise UsageError("name the papers, or give a --query")
    if arguments.query is not None and not arguments.query.strip():
        raise UsageError("an empty query means every paper: give one such as is:unread")
    names = [name for given in arguments.id for name in (_read_names() if given == "-" else (given,))]
    field, value = FIELDS[arguments.name]
    with open_desk(writes=True) as desk:
        papers = desk.ids_of(names) if arguments.id else desk.ids_matching(arguments.query)
        tell_notes(arguments.query or "")
        decision = desk.decide(papers, field, value)
        say(_told(decision, _nothing(arguments.name, len(dict.fromkeys(papers)))))
    return 0


def _nothing(name: str, papers: int) -> str:
    """Why nothing is changed: that the papers are what they should be, or that there are none."""
    if not papers:
        return "nothing to do: there are no papers to decide about"
    if papers == 1:
        return f"nothing to do: it is {ALREADY[name]}"
    return f"nothing to do: {'both' if papers == 2 else f'all {papers:,}'} papers are {ALREADY[name]}"


def _read_names() -> list[str]:
    """The first word of each line of standard input, so that what `list` prints can be piped in."""
    return [line.split()[0] for line in read.lines_of_input() if line.strip()]


def undo_or_redo(arguments: argparse.Namespace) -> int:
    """Undo or redo so many decisions."""
    if arguments.count < 1:
        raise UsageError("N must be at least 1")
    with open_desk(writes=True) as desk:
        for _ in range(arguments.count):
            decision = _turn(desk, arguments.name)
            if decision is None:
                say(f"nothing to {arguments.name}")
                break
            say(_told(decision, ""))
    return 0


def _turn(desk: Desk, name: str) -> Decision | None:
    return desk.undo() if name == "undo" else desk.redo()


def _told(decision: Decision | None, otherwise: str) -> str:
    if decision is None:
        return otherwise
    left = f" ({decision.left} decided again later and left alone)" if decision.left else ""
    return decision.label + left
