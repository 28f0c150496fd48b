"""The benchmarks measure: all parts, in a small way. What they find is not looked at, times least of all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.driving import Driven
from tests.benchmarks.figures import Figure, Series, markdown, median, p95, table
from tests.benchmarks.libraries import ROOT
from tests.benchmarks.parts import PARTS
from tests.benchmarks.parts.filtering import _since, _stale
from tests.benchmarks.processes import BenchmarkError, memory, run

pytestmark = pytest.mark.pty

EXPECTED = {
    "start": {"start to list seen ÷ bare app", "--version ÷ python -c pass", "list --limit 20 ÷ bare app"},
    "list": {"j, scrolling, with the paper", "page down, list alone", "end, first time, list alone", "idle: painted"},
    "filter": {"key to first screen of the new list", "key to true count, p95", "answers painted after newer ones"},
    "search": {"all: first screen", "is:unread: count", "diffusion: all the screen asks for"},
    "refresh": {
        "j, while it refreshes, p95 ÷ at rest",
        "s, while another process imports, longest",
        "all of it, a paper",
    },
    "reader": {"20 kB: first screen", "100 kB: event loop held, longest", "100 kB: first screen ÷ Textual's Markdown"},
    "memory": {"first list ÷ bare app", "after the filter was used ÷ bare app"},
    "size": {"library a paper, index included"},
}


@pytest.fixture(autouse=True)
def _own_temporary_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def benchmarks(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.timeout(240)
def test_every_part_measures() -> None:
    done = benchmarks("--quick", "--papers", "100", "--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["failed"] == []
    assert document["papers"] == [100]
    figures = document["figures"]
    assert {figure["part"] for figure in figures} == set(PARTS)
    for part, names in EXPECTED.items():
        assert names <= {figure["name"] for figure in figures if figure["part"] == part}, part
    for figure in figures:
        assert figure["value"] >= 0, figure
        assert figure["samples"] > 0, figure
        assert figure["met"] is (None if figure["budget"] is None else round(figure["value"], 3) <= figure["budget"])
    nothing = {figure["name"] for figure in figures if not figure["value"]}
    assert nothing <= {
        "keys typed ahead and lost",
        "idle: painted",
        "idle: of a core",
        "answers painted after newer ones",
    }


def test_what_cannot_be_measured_is_said_and_nothing_else_is_printed(tmp_path: Path) -> None:
    others = tmp_path / f"paperstui-benchmarks-{os.getuid()}"
    others.mkdir()
    others.chmod(0o777)
    done = benchmarks("size", "--quick", "--papers", "100")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "could not begin" in done.stderr
    assert "is not a directory of yours alone" in done.stderr
    document = json.loads(benchmarks("size", "--papers", "100", "--json").stdout)
    assert document["figures"] == []
    assert "is not a directory of yours alone" in document["failed"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["speed"], "there is no part speed: start, list"),
        (["--papers", "many"], "'many' is not a list of numbers"),
        (["--papers", "10"], "fewer than 100 papers"),
        (["--runs", "0"], "'0' is not a number from 1"),
    ],
)
def test_wrong_usage_is_explained(arguments: list[str], said: str) -> None:
    done = benchmarks(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


PROGRAM = """
import sys, termios, time
modes = termios.tcgetattr(0)
modes[3] &= ~(termios.ECHO | termios.ICANON)
termios.tcsetattr(0, termios.TCSANOW, modes)
print("ready", flush=True)
while (key := sys.stdin.read(1)) != "q":
    began = time.process_time()
    while key == "w" and time.process_time() - began < 0.2:
        pass
    print("\\x1b[2J\\x1b[Hdone " + key, flush=True)
"""


def test_a_program_is_driven_and_timed() -> None:
    with Driven([sys.executable, "-c", PROGRAM], columns=40, rows=5) as driven:
        assert 0 < driven.when_written("ready") < 30
        driven.settle()
        light, heavy, light_again = driven.press("a"), driven.press("w"), driven.press("b")
        assert heavy.cpu >= 0.2 > light.cpu
        assert heavy.first >= 0.2
        assert heavy.first <= heavy.last
        assert light_again.cpu < 0.2
        assert light.written == heavy.written == len("\x1b[2J\x1b[Hdone a\r\n")
        seen: list[str] = []
        driven.replay(lambda _: seen.append(driven.screen.display[0].strip()))
        assert [line for line, _ in groupby(seen) if "done" in line] == ["done a", "done w", "done b"]
        assert memory(driven.process.pid) > 1_000_000
        driven.send("c")
        shown = driven.when_shown(lambda: "done c" in driven.lines[0], "done c")
        assert driven.began < shown < time.perf_counter()
        driven.end("q")
    with Driven([sys.executable, "-c", "raise SystemExit(3)"]) as driven, pytest.raises(BenchmarkError, match="with 3"):
        driven.when_written("never")


def test_commands_are_run_and_timed() -> None:
    work = "import time\nwhile time.process_time() < 0.3: pass"
    assert run([sys.executable, "-c", work], os.environ).cpu >= 0.3
    with pytest.raises(BenchmarkError, match="ended with 1: ValueError: no"):
        run([sys.executable, "-c", "raise ValueError('no')"], os.environ)


def test_the_moment_is_found_from_which_nothing_changed() -> None:
    assert _since([(1.0, "a"), (2.0, "b"), (3.0, "a"), (4.0, "a")]) == 3.0
    assert _since([(1.0, "a"), (2.0, "a")]) == 1.0


def test_answers_that_come_late_are_found() -> None:
    expected = [90, 40, 40, 7]
    assert _stale([100, 90, 40, 7], expected) == 0
    assert _stale([100, 40, 7], expected) == 0
    assert _stale([100, 40, 90, 7], expected) == 1
    assert _stale([40, 7, 40, 7], expected) == 1


def test_medians_and_percentiles() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    assert p95([5]) == 5
    assert p95(range(1, 101)) == 95
    assert p95(range(1, 11)) == 10


def test_a_figure_knows_whether_it_is_within_its_budget() -> None:
    figures = [Figure(part="p", name="n", value=value, unit="×", budget=1.2) for value in (1.2, 1.2004, 1.201)]
    assert [figure.met for figure in figures] == [True, True, False]
    assert Figure(part="p", name="n", value=5, unit="ms").met is None


def test_the_table_has_a_column_a_library_and_judges_the_largest() -> None:
    series = Series("list")
    series.middle("j", [0.004, 0.002, 0.003], unit="ms CPU", papers=100, budget=8)
    series.middle("j", [0.009], unit="ms CPU", papers=10_000, budget=8)
    series.against_itself("j", {100: 3.0, 10_000: 9.0}, budget=3)
    series.add("bare app", 1234.5, "ms")
    lines = table(series.figures).splitlines()
    assert lines[0].split() == ["alone", "100", "10,000", "budget"]
    assert lines[1] == "LIST"
    assert lines[2].split() == ["j,", "ms", "CPU", "3", "9", "8", "MISSED"]
    assert lines[3].split() == ["j", "÷", "100", "papers,", "×", "3.00", "3", "met"]
    assert lines[4].split() == ["bare", "app,", "ms", "1,234"]


def test_the_table_for_a_document_has_what_is_judged_in_the_smallest_and_the_largest_library() -> None:
    series = Series("list")
    for papers, taken in ((100, 0.003), (10_000, 0.004), (100_000, 0.009)):
        series.middle("j", [taken], unit="ms CPU", papers=papers, budget=8)
    series.ratio("--help ÷ python -c pass", 2, 1, budget=2.5)
    series.add("bare app", 1234.5, "ms")
    assert markdown(series.figures).splitlines() == [
        "|  | 100 papers | 100,000 papers | budget |  |",
        "| --- | ---: | ---: | ---: | --- |",
        "| list: j, ms CPU | 3 | 9 | 8 | **missed** |",
        "| list: --help ÷ python -c pass, × |  | 2.00 | 2.5 | met |",
    ]
