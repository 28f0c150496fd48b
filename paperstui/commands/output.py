"""How commands speak: results on standard output, everything else on standard error, and all of it clean."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from paperstui.text.clean import clean, clean_line


def say(line: object = "") -> None:
    """Print a line of a result."""
    sys.stdout.write(clean_line(line, limit=100_000) + "\n")


def say_text(text: str) -> None:
    """Print text of several lines."""
    sys.stdout.write(clean(text, limit=10_000_000) + "\n")


def tell(message: object) -> None:
    """Tell the user something that is not the result."""
    sys.stderr.write(f"paperstui: {clean_line(message)}\n")


def say_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print one JSON document."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def columns() -> int | None:
    """The width of the terminal, or None when the output goes elsewhere and is not to be cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


Advance = Callable[[int, int, str], None]
"""Told how far work is: done, of how many, and at what (our own words)."""


@contextmanager
def progress() -> Iterator[Advance]:
    """A progress bar on standard error while work lasts; nothing when that is not a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "") in ("", "dumb"):
        yield lambda _done, _total, _text: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, markup=False)
    shown = TextColumn("{task.description}", markup=False)
    with Progress(
        shown, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, text: bar.update(task, completed=done, total=total, description=text)
