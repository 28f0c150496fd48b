"""The command line: what was asked for, and how a failure is told. Nothing heavy is imported before it is needed.

That holds for small modules, too: `typing` alone is a fifth of what `--version` costs.
"""

from __future__ import annotations

import os
import sys

from paperstui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn, TextIO

    from paperstui.commands.arguments import Parser
    from paperstui.errors import PaperstuiError

COMMANDS: dict[str, str] = {
    "refresh": "paperstui.commands.refresh",
    "list": "paperstui.commands.listing",
    "search": "paperstui.commands.searching",
    "show": "paperstui.commands.listing",
    "open": "paperstui.commands.opening",
    "fetch": "paperstui.commands.fetching",
    "add": "paperstui.commands.adding",
    "import": "paperstui.commands.importing",
    "export": "paperstui.commands.exporting",
    "star": "paperstui.commands.decisions",
    "unstar": "paperstui.commands.decisions",
    "read": "paperstui.commands.decisions",
    "unread": "paperstui.commands.decisions",
    "queue": "paperstui.commands.decisions",
    "unqueue": "paperstui.commands.decisions",
    "hide": "paperstui.commands.decisions",
    "unhide": "paperstui.commands.decisions",
    "note": "paperstui.commands.noting",
    "undo": "paperstui.commands.decisions",
    "redo": "paperstui.commands.decisions",
    "history": "paperstui.commands.history",
    "keys": "paperstui.commands.keys",
    "config": "paperstui.commands.settings",
    "digest": "paperstui.commands.digest",
    "paths": "paperstui.commands.places",
    "doctor": "paperstui.commands.doctor",
}
"""The commands and the module each lives in; every module has `add(name, parser)`, which names the function to run."""

HELP = """\
usage: paperstui [QUERY]         open the reader, with a filter if one is given
       paperstui --demo          look around in a library of invented papers
       paperstui COMMAND ...     do one thing and print it

commands:
  refresh    fetch papers: the newest day, --date D, or --since D [--until D];
             --feed arxiv:cs.CL for a list of arXiv, --texts for its own texts
  list       print papers: [QUERY] [--feed F] [--period P] [--limit N] [--json]
  search     print what words find, best first: QUERY [--limit N] [--json];
             --remote asks Hugging Face, --arxiv arXiv
  show       print one paper: ID [--comments] [--json]; --changes, --full-text
  open       open its page: ID [--pdf] [--code] [--project] [--site]
  fetch      fetch full texts, to be read without a network: ID... or --queued
  add        take in papers of arXiv: ID-OR-URL..., or - for a list [--json]
  import     take in saved pages, their HTML or API answers: FILE...
  export     write papers for other programs: [QUERY] [--format F] [-o FILE]
  star       star papers: ID... or --query Q
  unstar     take stars away
  read       mark papers read
  unread     mark papers unread
  queue      put papers on the reading list
  unqueue    take them off
  hide       show papers no more, but where a query says is:hidden
  unhide     show them again
  note       write a note on a paper: ID [TEXT] [--append]; --show
  undo       take back the last decision, or the last N
  redo       bring back what was undone
  history    print what you decided, the newest first: [--limit N] [--json]
  keys       print the keys of the reader: [--json]
  config     check, show or path: your settings and the mistakes in them
  digest     print or mail what is new: [QUERY] [--name N] [--since D]
             [--top N] [--format F] [-o FILE] [--mail] [--print-timer]
  paths      print where the files are
  doctor     is everything in order?  [--repair] [--network] [--json]

options:
  --demo     invented papers; touches neither the network nor your library
  --version  print the version
  --help     this; `paperstui COMMAND --help` says more

exit status: 0 done, 1 it failed, 2 wrong usage, 3 the library cannot be used,
  4 a source could not be reached, 5 it could not be saved, 70 a bug

In the reader, ? shows all keys.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program. Returns the exit status; every failure is one clear line on standard error."""
    given = list(sys.argv[1:] if argv is None else argv)
    _make_streams_safe()
    try:
        status = _run(given)
        _flush()
    except KeyboardInterrupt as interrupt:
        return 128 + getattr(interrupt, "number", 2)
    except BrokenPipeError:
        # Whoever read the output has enough of it.
        _silence()
        return 141
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user never sees a traceback
        from paperstui.errors import PaperstuiError

        if isinstance(error, PaperstuiError):
            return _failed(error)
        _report(error)
        return 70
    return status


def run() -> NoReturn:
    """The program itself: `main`, and then the end of the process.

    When nothing is left to do, Python's own way of ending still takes apart every module and object, which is an eighth
    of what a list costs. A reader's threads and whoever watches the program (a profiler, a debugger) get their time.
    """
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        import gc

        # What a short command makes lives to its end: looking for garbage among it finds none.
        gc.set_threshold(50_000, 20, 20)
    status = main()
    if "textual" in sys.modules or sys.getprofile() or sys.gettrace():
        sys.exit(status)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)


def _report(fault: Exception) -> None:
    """Tell a fault of the program's own; if even that fails, in a line."""
    try:
        from paperstui.crash import report

        _complain(report(fault))
    except Exception as error:  # noqa: BLE001 - a broken installation has no more to say than this
        sys.stderr.write(f"paperstui: a fault in paperstui itself: {type(fault).__name__}, {type(error).__name__}\n")


def _failed(error: PaperstuiError) -> int:
    """Tell a failure, after what was printed before it."""
    try:
        _flush()
    except Exception:  # noqa: BLE001 - the failure that is told is the one that came first
        _silence()
    from paperstui.errors import QueryError

    _complain(str(error))
    if isinstance(error, QueryError):
        from paperstui.commands.pointing import pointed

        for line in pointed(error.text, error.start, error.end):
            sys.stderr.write(f"{line}\n")
    return error.exit_status


def _make_streams_safe() -> None:
    """Let no stream that is closed or cannot hold a letter bring the program down."""
    if sys.stdin is None:
        sys.stdin = _nothing("r")
    if sys.stdout is None:
        sys.stdout = _nothing("w")
    if sys.stderr is None:
        sys.stderr = _nothing("w")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _nothing(mode: str) -> TextIO:
    stream: TextIO = open(os.devnull, mode)  # type: ignore[assignment]  # noqa: PTH123, SIM115 - it lasts as long as the program
    return stream


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from paperstui.errors import SaveError

        _silence()
        raise SaveError(f"the output could not be written: {error.strerror}") from error


def _silence() -> None:
    """Let what is still to be written go nowhere: closing standard output at the end must not complain, either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    from paperstui.text.clean import clean_line

    for line in message.splitlines() or [""]:
        sys.stderr.write(f"paperstui: {clean_line(line)}\n")


def _run(given: list[str]) -> int:
    first = given[0] if given else ""
    if first in ("--version", "-V"):
        sys.stdout.write(f"paperstui {__version__}\n")
        return 0
    if first in ("--help", "-h", "help"):
        sys.stdout.write(HELP)
        return 0
    if first in COMMANDS:
        return _command(given)
    return _reader(given)


def _parser(name: str) -> Parser:
    import importlib

    from paperstui.commands.arguments import Parser

    parser = Parser(f"paperstui {name}")
    importlib.import_module(COMMANDS[name]).add(name, parser)
    return parser


def _command(given: list[str]) -> int:
    from paperstui.lean import import_msgspec

    import_msgspec()
    from paperstui.commands.running import ending_in_order

    with ending_in_order():
        try:
            arguments = _parser(given[0]).parse_args(given[1:])
        except SystemExit:
            return 0  # the help was asked for
        return int(arguments.run(arguments))


def _reader(given: list[str]) -> int:
    query, demo = _asked_for(given) if given else ([], False)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _complain(f"the reader needs a terminal; {_instead(query)} (paperstui --help)")
        return 2
    if os.environ.get("TERM", "") in ("", "dumb"):
        _complain("this terminal cannot show the reader (TERM is not set or is dumb); use paperstui list and show")
        return 2
    from paperstui.tui.start import run

    return run(query=" ".join(query), demo=demo)


def _asked_for(given: list[str]) -> tuple[list[str], bool]:
    """The words of the query, and whether the demonstration was asked for."""
    from paperstui.commands.arguments import Parser

    parser = Parser("paperstui", add_help=False)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("query", nargs="*")
    arguments = parser.parse_args(given)
    return arguments.query, arguments.demo


def _instead(query: list[str]) -> str:
    """What to use without a terminal. Whoever mistyped a command meets this message, too."""
    import difflib

    close = difflib.get_close_matches(query[0], COMMANDS, n=1, cutoff=0.7) if query else []
    if close:
        return f"did you mean paperstui {close[0]}?"
    return "without one use paperstui list, show or refresh"
