"""Calling commands: in this process where that is enough, in one of their own where signals, streams or limits count."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paperstui.cli import main
from paperstui.paths import Paths


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of the result."""
        return self.out.splitlines()

    @property
    def complaint(self) -> str:
        """The one line on standard error, without the program's name and without what points into a query."""
        [line] = self.complaints
        return line

    @property
    def complaints(self) -> list[str]:
        """All such lines."""
        assert self.err.endswith("\n"), self.err
        return [_complaint(line) for line in self.err.splitlines() if not line.startswith("  ")]


def _complaint(line: str) -> str:
    assert line.startswith("paperstui: "), line
    assert line.isprintable()
    return line.removeprefix("paperstui: ")


class Caller:
    """Calls commands in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        """What becomes of the command; it never shows a traceback."""
        self._capsys.readouterr()
        status = main(arguments)
        ended = Ended(status, *self._capsys.readouterr())
        assert "Traceback" not in ended.err
        assert status != 70, ended.err
        return ended

    def good(self, *arguments: str) -> Ended:
        """The same for a command that must work and has nothing to complain about."""
        ended = self(*arguments)
        assert (ended.status, ended.err) == (0, ""), ended
        return ended

    def ids(self, *query: str) -> list[str]:
        """The ids of the papers that `list` prints."""
        ended = self("list", *query)
        assert ended.status == 0, ended
        return [line.split()[0] for line in ended.lines]


def start(
    *arguments: str, env: Mapping[str, str] | None = None, before: Sequence[str] = (), **options: Any
) -> subprocess.Popen[str]:
    """The program in a process of its own, its output buffered as usual. before: a command that runs it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | dict(env or {})
    given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    return subprocess.Popen([*before, sys.executable, "-m", "paperstui", *arguments], env=environment, **given)


def process(*arguments: str, **options: Any) -> Ended:
    """The same, to its end."""
    given = options.pop("input", None)
    if given is not None:
        options["stdin"] = subprocess.PIPE
    running = start(*arguments, **options)
    out, err = running.communicate(given, timeout=40)
    assert "Traceback" not in (err or "")
    return Ended(running.returncode, out or "", err or "")


def journal_of(places: Paths) -> list[dict[str, Any]]:
    """The lines of all journals."""
    files = sorted(places.journal.glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def api_file(path: Path, *papers: Mapping[str, Any]) -> str:
    """A file with an answer of the API that holds these papers; what they do not say is made up."""
    items = []
    for number, given in enumerate(papers, 1):
        paper = {
            "id": f"2606.{number:05}",
            "title": f"Paper {number}",
            "summary": f"What paper {number} is about.",
            "authors": [{"name": f"Ada Author {number}"}],
            "publishedAt": "2026-06-01T00:00:00.000Z",
            "submittedOnDailyAt": "2026-06-04T08:00:00.000Z",
            "upvotes": number,
        } | dict(given)
        items.append({"paper": paper, "title": paper["title"], "numComments": number})
    path.write_text(json.dumps(items), "utf-8")
    return str(path)
