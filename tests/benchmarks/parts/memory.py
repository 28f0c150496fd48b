"""Memory of the running reader: its list, and after the filter was used; beside a bare app."""

from __future__ import annotations

from collections import defaultdict

from tests.benchmarks.bench import Bench
from tests.benchmarks.driving import Driven
from tests.benchmarks.figures import Series
from tests.benchmarks.parts.filtering import QUERIES, QUICK_QUERIES
from tests.benchmarks.processes import memory
from tests.benchmarks.reading import BARE, LAST, LEAVE, reading


def measure(bench: Bench) -> Series:
    """Resident memory; medians, since it differs a little from start to start."""
    series = Series("memory")
    bare: list[float] = []
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(bench.rounds):
        with Driven(BARE) as driven:
            driven.when_written("keys")
            driven.settle(0.2)
            bare.append(memory(driven.process.pid))
            driven.end(LEAVE)
        for papers in bench.sizes:
            for name, used in _reader(bench, papers).items():
                found[name, papers].append(used)
    reference = series.bytes("bare app", bare, papers=None)
    budgets = {"first list": 1.25, "all papers, to the end": 1.25, "after the filter was used": 2.6}
    for name, budget in budgets.items():
        values = {
            papers: series.bytes(name, used, papers=papers) for (one, papers), used in found.items() if one == name
        }
        for papers, value in values.items():
            series.ratio(f"{name} ÷ bare app", value, reference, papers=papers, budget=budget)
    return series


def _reader(bench: Bench, papers: int) -> dict[str, int]:
    """Bytes at each step of one session."""
    used: dict[str, int] = {}
    with reading(bench.world(papers), bench.titles(papers)[0]) as reader:
        pid = reader.process.pid
        used["first list"] = memory(pid)
        reader.show_all()
        reader.press(LAST)
        used["all papers, to the end"] = memory(pid)
        for query in QUICK_QUERIES if bench.quick else QUERIES:
            reader.type_filter()
            for letter in query:
                reader.press(letter)
            reader.clear_filter()
        used["after the filter was used"] = memory(pid)
    return used
