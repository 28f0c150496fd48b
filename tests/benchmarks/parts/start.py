"""From the start of the command to the list, and what the commands without a screen cost."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass

from tests.benchmarks.bare import KEYS, TEXT
from tests.benchmarks.bench import Bench
from tests.benchmarks.driving import Driven
from tests.benchmarks.figures import Series
from tests.benchmarks.processes import BenchmarkError, run
from tests.benchmarks.reading import AT_REST, BARE, DOWN, LEAVE, PAPERSTUI, Reader

AHEAD = 5
"""Keys typed before the program can possibly read them."""

PATIENCE = 0.5
"""Seconds without a byte and without work after which no key is answered any more."""

Times = dict[int, list[float]]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to what was waited for (None if it never was), CPU seconds until the program was at rest.

    lost: keys that were typed ahead and had no effect.
    """

    wall: float | None
    cpu: float
    lost: int = 0


Starts = dict[int | None, list[Start]]
"""By the number of papers; None for the bare app."""


def measure(bench: Bench) -> Series:
    """Time to see the list, time until it answers, CPU of the commands."""
    series = Series("start")
    bare = _list(bench, series)
    _commands(bench, series, bare)
    return series


def _list(bench: Bench, series: Series) -> float:
    """Start the bare app and the reader over every library in turns; returns the CPU seconds of the bare app."""
    seen: Starts = defaultdict(list)
    answers: Starts = defaultdict(list)
    for _ in range(bench.runs):
        for papers in (None, *bench.sizes):
            seen[papers].append(_bare("") if papers is None else _seen(bench, papers))
            answers[papers].append(_bare(DOWN * AHEAD) if papers is None else _answers(bench, papers))
    walls = _walls(seen)
    bare = series.middle("bare app: start to its text", walls.pop(None), papers=None)
    first = {papers: series.middle("start to list seen", times, papers=papers) for papers, times in walls.items()}
    for papers, value in first.items():
        series.ratio("start to list seen ÷ bare app", value, bare, papers=papers, budget=0.15)
    walls = _walls(answers)
    series.middle(f"bare app: start to {AHEAD} keys typed ahead answered", walls.pop(None), papers=None)
    name = f"start to {AHEAD} keys typed ahead answered"
    ready = {papers or 0: series.middle(name, times, papers=papers) for papers, times in walls.items()}
    for papers, value in ready.items():
        series.ratio("start to keys answered ÷ bare app", value, bare, papers=papers, budget=1.15)
    series.against_itself("start to keys answered", ready, budget=1.1)
    for papers in bench.sizes:
        lost = sum(one.lost for one in answers[papers])
        series.add("keys typed ahead and lost", lost, "", papers=papers, samples=AHEAD * bench.runs, budget=0)
    cpu = {papers: [one.cpu for one in starts] for papers, starts in seen.items()}
    least = series.middle("bare app: start to rest", cpu.pop(None), unit="ms CPU", papers=None)
    for papers, times in cpu.items():
        value = series.middle("start to rest", times, unit="ms CPU", papers=papers)
        series.ratio("start to rest ÷ bare app", value, least, papers=papers)
    return least / 1e3


def _walls(starts: Starts) -> dict[int | None, list[float]]:
    """The times of those that got there."""
    found = {papers: [one.wall for one in some if one.wall is not None] for papers, some in starts.items()}
    if not all(found.values()):
        raise BenchmarkError("keys typed ahead are lost at every start")
    return found


def _bare(keys: str) -> Start:
    """The bare app: to its text, or until it has counted the keys."""
    wanted = f"{KEYS}{len(keys)}" if keys else TEXT
    with Driven(BARE) as bare:
        if keys:
            bare.send(keys)
            took = bare.when_shown(lambda: wanted in bare.text, wanted) - bare.began
        else:
            took = bare.when_written(wanted)
        bare.settle(AT_REST)
        cpu = bare.meter.cpu()
        bare.end(LEAVE)
    return Start(took, cpu)


def _seen(bench: Bench, papers: int) -> Start:
    title = bench.titles(papers)[0]
    with Reader(bench.world(papers)) as reader:
        took = reader.when_written(title)
        reader.ready(title)
        cpu = reader.meter.cpu()
        reader.leave()
    return Start(took, cpu)


def _answers(bench: Bench, papers: int) -> Start:
    """Keys are typed as soon as the command is started; none may be lost."""
    titles = bench.titles(papers)
    with Reader(bench.world(papers)) as reader:
        reader.send(DOWN * AHEAD)
        reader.when_written(titles[AHEAD])  # wherever the cursor ends, this one is on the screen
        reader.settle(PATIENCE)
        reached: list[float] = []
        reader.replay(lambda stamp: reached.append(stamp) if reader.cursor_on(titles[AHEAD]) else None)
        cpu = reader.meter.cpu()
        stands_on = next((at for at, title in enumerate(titles) if reader.cursor_on(title)), 0)
        reader.leave()
    return Start(reached[0] - reader.began if reached else None, cpu, abs(AHEAD - stands_on))


def _commands(bench: Bench, series: Series, bare: float) -> None:
    """CPU of what prints and ends, in turns."""
    nothing = [sys.executable, "-c", "pass"]
    small = {name: [*PAPERSTUI, name] for name in ("--version", "--help")}
    env = bench.world(bench.sizes[0]).env()
    reference: list[float] = []
    plain: dict[str, list[float]] = {name: [] for name in small}
    listed: Times = {papers: [] for papers in bench.sizes}
    for _ in range(bench.runs):
        reference.append(run(nothing, env).cpu)
        for name, command in small.items():
            plain[name].append(run(command, env).cpu)
        for papers in bench.sizes:
            listed[papers].append(run([*PAPERSTUI, "list", "--limit", "20"], bench.world(papers).env()).cpu)
    least = series.middle("python -c pass", reference, unit="ms CPU", papers=None)
    for name, times in plain.items():
        value = series.middle(name, times, unit="ms CPU", papers=None)
        series.ratio(f"{name} ÷ python -c pass", value, least, budget=2.5)
    for papers, times in listed.items():
        value = series.middle("list --limit 20", times, unit="ms CPU", papers=papers)
        series.ratio("list --limit 20 ÷ bare app", value, bare * 1e3, papers=papers, budget=0.5)
