"""The command line: what was asked for, and how a failure is told. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperstui import __version__
from paperstui.errors import PaperstuiError

if TYPE_CHECKING:
    import argparse

COMMANDS: dict[str, str] = {
    "refresh": "paperstui.commands.refresh",
    "list": "paperstui.commands.listing",
    "show": "paperstui.commands.listing",
    "import": "paperstui.commands.importing",
    "star": "paperstui.commands.decisions",
    "unstar": "paperstui.commands.decisions",
    "read": "paperstui.commands.decisions",
    "unread": "paperstui.commands.decisions",
    "undo": "paperstui.commands.decisions",
    "redo": "paperstui.commands.decisions",
    "paths": "paperstui.commands.places",
}
"""The commands and the module each lives in; every module has `add(parsers)` and the function it names."""

HELP = """\
usage: paperstui [QUERY]              open the reader, with a filter if one is given
       paperstui --demo               look around in a temporary library of invented papers
       paperstui COMMAND ...          do one thing and print it

commands:
  refresh    fetch papers: the newest day, --date D, or --since D [--until D]
  list       print papers: [QUERY] [--feed F] [--period P] [--limit N] [--json]
  show       print one paper: ID [--json]
  import     take in saved pages, their HTML or API answers: FILE...
  star       star papers: ID... or --query Q
  unstar     take stars away
  read       mark papers read
  unread     mark papers unread
  undo       take back the last decision, or the last N
  redo       bring back what was undone
  paths      print where the files are

options:
  --demo     invented papers; touches neither the network nor your library
  --version  print the version
  --help     this; `paperstui COMMAND --help` says more

In the reader, ? shows all keys.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program. Returns the exit status; every failure is one clear line on standard error."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(given)
    except PaperstuiError as error:
        _complain(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough of it; closing standard output again must not complain, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user never sees a traceback
        from paperstui.crash import report

        _complain(report(error))
        return 70


def _complain(message: str) -> None:
    from paperstui.text.clean import clean_line

    for line in message.splitlines() or [""]:
        print(f"paperstui: {clean_line(line)}", file=sys.stderr)  # noqa: T201 - this is the command line's voice


def _run(given: list[str]) -> int:
    first = given[0] if given else ""
    if first in ("--version", "-V"):
        print(f"paperstui {__version__}")  # noqa: T201
        return 0
    if first in ("--help", "-h", "help"):
        sys.stdout.write(HELP)
        return 0
    if first in COMMANDS:
        return _command(given)
    return _reader(given)


def _parser(name: str) -> argparse.ArgumentParser:
    import argparse
    import importlib

    parser = argparse.ArgumentParser(prog=f"paperstui {name}", allow_abbrev=False)
    importlib.import_module(COMMANDS[name]).add(name, parser)
    return parser


def _command(given: list[str]) -> int:
    try:
        arguments = _parser(given[0]).parse_args(given[1:])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    status = arguments.run(arguments)
    sys.stdout.flush()
    return int(status)


def _reader(given: list[str]) -> int:
    import argparse

    parser = argparse.ArgumentParser(prog="paperstui", add_help=False, allow_abbrev=False, usage="paperstui [--demo] [QUERY]")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("query", nargs="*")
    try:
        arguments = parser.parse_args(given)
    except SystemExit as stopped:
        return int(stopped.code or 0)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _complain("the reader needs a terminal; without one use paperstui list, show or refresh (paperstui --help)")
        return 2
    if os.environ.get("TERM", "") in ("", "dumb"):
        _complain("this terminal cannot show the reader (TERM is not set or is dumb); use paperstui list and show")
        return 2
    from paperstui.tui.start import run

    return run(query=" ".join(arguments.query), demo=arguments.demo)
