"""How arguments are read: a mistake in them is one line that says what is wrong."""

from __future__ import annotations

import argparse
from datetime import date
from typing import NoReturn

from paperstui import clock
from paperstui.errors import UsageError


class Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong with the arguments instead of ending the program.

    `parse_args` raises `UsageError` for wrong arguments, and `SystemExit` after it has printed the help.
    """

    def error(self, message: str) -> NoReturn:
        """The arguments make no sense.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"{message} ({self.prog} --help says more)")


def day(text: str) -> date:
    """A day: "2026-06-04" or "today"."""
    if text == "today":
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-06-04") from None


def count(text: str) -> int:
    """A whole number that is not negative."""
    try:
        value = int(text)
    except ValueError:  # also for a number of many thousand digits
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number") from None
    if value < 0:
        raise argparse.ArgumentTypeError(f"{value} is negative")
    return value
