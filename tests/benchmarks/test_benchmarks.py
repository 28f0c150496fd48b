"""The benchmarks measure: all parts, in a small way. What they find is not looked at, times least of all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.figures import Figure, Series, median, p95, table
from tests.benchmarks.libraries import ROOT
from tests.benchmarks.parts import PARTS

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
    assert nothing <= {"idle: painted", "idle: of a core", "answers painted after newer ones"}


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
