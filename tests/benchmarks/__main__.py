"""`python -m tests.benchmarks [PART ...]`: measure, and print a table or one JSON document.

Exits with 0 whatever the figures are, and with 1 when something could not be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import textual

from paperstui import __version__
from paperstui.errors import PaperstuiError
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, markdown, table
from tests.benchmarks.libraries import NOW, ROOT, clean_environment
from tests.benchmarks.parts import PARTS, WITHOUT_LIBRARIES
from tests.benchmarks.processes import BenchmarkError

SIZES, QUICK_SIZES = (100, 10_000, 100_000), (100, 2_000)
RUNS, QUICK_RUNS = 9, 1

_TROUBLE = (BenchmarkError, PaperstuiError, OSError, sqlite3.Error)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the parts that were asked for."""
    options = _options(argv)
    os.chdir(ROOT)
    # As on ^C: what is under way is ended and the scratch directory deleted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    figures: list[Figure] = []
    failed: list[str] = []
    try:
        # For what is measured within this process, and what a terminal hands on to the programs in it.
        world = clean_environment() | {"PAPERSTUI_NOW": NOW}
        os.environ.clear()
        os.environ.update(world)
        with tempfile.TemporaryDirectory(prefix="paperstui-benchmark-") as scratch:
            bench = Bench(sizes=options.papers, runs=options.runs, scratch=Path(scratch), quick=options.quick)
            if set(options.parts or PARTS) - WITHOUT_LIBRARIES:
                bench.make_ready()
            for part in options.parts or PARTS:
                _measure(part, bench, figures, failed)
    except _TROUBLE as error:
        failed.append(str(error))
        _say(f"could not begin: {error}")
    _print(figures, failed, options)
    return 1 if failed else 0


def _measure(part: str, bench: Bench, figures: list[Figure], failed: list[str]) -> None:
    began = time.monotonic()
    try:
        figures += PARTS[part](bench).figures
    except _TROUBLE as error:
        failed.append(f"{part}: {error}")
        _say(f"could not measure {part}: {error}")
    else:
        _say(f"measured {part} in {time.monotonic() - began:.0f} s")


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__, allow_abbrev=False)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them if none is named")
    parser.add_argument("--papers", type=_sizes, help="papers in the libraries, such as 100,10000,100000")
    parser.add_argument("--runs", type=_at_least_one, help=f"how often everything is done; {RUNS} by default")
    parser.add_argument("--quick", action="store_true", help="a little of everything, to see that it can be measured")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    form.add_argument("--markdown", action="store_true", help="what has a budget, as a table for a document")
    options = parser.parse_args(argv)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}: {', '.join(PARTS)}")
    options.papers = options.papers or (QUICK_SIZES if options.quick else SIZES)
    options.runs = options.runs or (QUICK_RUNS if options.quick else RUNS)
    return options


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = {int(part.replace("_", "")) for part in text.split(",")}
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of numbers such as 100,10000") from None
    if min(sizes) < 100:
        raise argparse.ArgumentTypeError("fewer than 100 papers are too few to move about in")
    return tuple(sorted(sizes))


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _print(figures: Sequence[Figure], failed: Sequence[str], options: argparse.Namespace) -> None:
    if options.json:
        document = {
            "version": __version__,
            "python": platform.python_version(),
            "textual": textual.__version__,
            "sqlite": sqlite3.sqlite_version,
            "machine": _machine(),
            "load": [round(load, 2) for load in os.getloadavg()],
            "papers": options.papers,
            "runs": options.runs,
            "quick": options.quick,
            "figures": [figure.as_json() for figure in figures],
            "failed": failed,
        }
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    elif figures and options.markdown:
        about = f"Python {platform.python_version()}, Textual {textual.__version__}, SQLite {sqlite3.sqlite_version}"
        sys.stdout.write(f"{_machine()}; {about}; {options.runs} runs, medians.\n\n{markdown(figures)}\n")
    elif figures:
        missed = [figure for figure in figures if figure.met is False]
        judged = [figure for figure in figures if figure.budget is not None]
        sys.stdout.write(f"{table(figures)}\n\n{len(missed)} of {len(judged)} figures with a budget miss it\n")


def _machine() -> str:
    """What was measured on: system, processor, cores."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    return f"{platform.system()}, {processor}, {os.cpu_count()} cores"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
