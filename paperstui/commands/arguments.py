"""How arguments are read: a mistake in them is one line that says what is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from paperstui import clock, feeds, periods
from paperstui.commands.output import terminal_columns
from paperstui.errors import UsageError

_HIDDEN = "\x00"
"""Stands before a word of a query that argparse would take for an option; no argument can have it."""


class _Formatter(argparse.HelpFormatter):
    """Knows the width of the terminal without `shutil`: argparse makes one for every argument that is added."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_columns() - 2)


class Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong with the arguments instead of ending the program.

    Options may stand between the words of a query, and one of those may begin with a minus (`diffusion -survey`).
    """

    def __init__(self, prog: str, *, add_help: bool = True) -> None:
        # Options are written out: a shortened one would change its meaning when there are more of them.
        super().__init__(prog=prog, add_help=add_help, allow_abbrev=False, formatter_class=_Formatter)

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]  # noqa: ANN401 - as argparse has it
        """The arguments.

        Raises:
            UsageError: they make no sense.
            SystemExit: the help was asked for and is printed.
        """
        given = list(sys.argv[1:] if args is None else args)
        queries = [action.dest for action in self._actions if action.dest == "query" and not action.option_strings]
        if not queries:
            # argparse forgets what stands behind "--" when it lets options stand anywhere.
            return (
                super().parse_args(given, namespace) if "--" in given else self.parse_intermixed_args(given, namespace)
            )
        found = self.parse_intermixed_args(self._without_dashes(given), namespace)
        for name in queries:
            setattr(found, name, [word.removeprefix(_HIDDEN) for word in getattr(found, name)])
        return found

    def _without_dashes(self, given: list[str]) -> list[str]:
        """The arguments with every word that only looks like an option hidden from argparse."""
        end = given.index("--") if "--" in given else len(given)
        before = [_HIDDEN + word if self._is_word(word) else word for word in given[:end]]
        return before + [_HIDDEN + word for word in given[end + 1 :]]

    def error(self, message: str) -> NoReturn:
        """The arguments make no sense.

        Raises:
            UsageError: always.
        """
        shown = message.replace(_HIDDEN, "").replace(repr(_HIDDEN)[1:-1], "")
        raise UsageError(f"{shown} ({self.prog} --help says more)")

    def _is_word(self, word: str) -> bool:
        """Whether it begins like an option and is none. argparse itself knows a negative number."""
        begins = word[:1] == "-" and word[1:2] not in ("", "-")
        return begins and word not in self._option_string_actions and not self._negative_number_matcher.match(word)


def day(text: str) -> date:
    """A day: "2026-06-04", or as one says it: "today", "yesterday", "mon", "3d", "dec 24"."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        # Not before it is needed: most days that are given are written so.
        from paperstui.query.moment import moment

        meant = moment(text)
    if meant.problem or len(meant.period) != len("2026-06-04"):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a day such as 2026-06-04, yesterday or mon") from None
    return date.fromisoformat(meant.period)


def period(text: str) -> str:
    """A period of a feed: a day ("2026-06-04" or "today"), a week ("2026-W23") or a month ("2026-06")."""
    if text == "today":
        return clock.today().isoformat()
    if periods.days_of(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a period such as 2026-06-04, 2026-W23 or 2026-06")
    return text


def feed(text: str) -> str:
    """The name of a feed: "daily", "arxiv:cs.CL", "arxiv:cs.CL+cs.LG"; "arxiv" stands for the categories that are set."""
    if text == "arxiv":
        return text
    try:
        return feeds.feed(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def lines_of_input() -> list[str]:
    """The lines of standard input, whatever bytes they are."""
    stream = getattr(sys.stdin, "buffer", None)
    text = stream.read().decode("utf-8", "replace") if stream is not None else sys.stdin.read()
    return text.splitlines()


def count(text: str) -> int:
    """A whole number that is not negative."""
    try:
        value = int(text)
    except ValueError:  # also for a number of many thousand digits
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number") from None
    if value < 0:
        raise argparse.ArgumentTypeError(f"{value} is negative")
    return value
