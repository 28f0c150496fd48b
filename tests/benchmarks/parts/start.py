"""From the start of the command to the list, and what the commands without a screen cost."""

from __future__ import annotations

import sys

from tests.benchmarks.bare import KEYS, TEXT
from tests.benchmarks.bench import Bench
from tests.benchmarks.driving import Driven
from tests.benchmarks.figures import Series, median
from tests.benchmarks.processes import run
from tests.benchmarks.reading import BARE, DOWN, PAPERSTUI, Reader

AHEAD = 5
"""Keys typed before the program can possibly read them."""

BARE_LEAVES = "\x11"

Times = dict[int, list[float]]


def measure(bench: Bench) -> Series:
    """Time to see the list, time until it answers, CPU of the commands."""
    series = Series("start")
    bare = _list(bench, series)
    _commands(bench, series, bare)
    return series


def _list(bench: Bench, series: Series) -> float:
    """Start the bare app and the reader over every library in turns; returns the CPU seconds of the bare app."""
    bare_seen: list[float] = []
    bare_answers: list[float] = []
    bare_cpu: list[float] = []
    seen: Times = {papers: [] for papers in bench.sizes}
    answers: Times = {papers: [] for papers in bench.sizes}
    for turn in range(1 if bench.quick else 0, bench.runs + 1):
        taken = [_bare(""), _bare(DOWN * AHEAD)]
        for papers in bench.sizes:
            one, other = _seen(bench, papers), _answers(bench, papers)
            if turn:
                seen[papers].append(one)
                answers[papers].append(other)
        if turn:  # the first time files are read from the disk and modules compiled
            bare_seen.append(taken[0][0])
            bare_cpu.append(taken[0][1])
            bare_answers.append(taken[1][0])
    bare = series.middle("bare app: start to its text", bare_seen, papers=None)
    series.middle(f"bare app: start to {AHEAD} keys typed ahead answered", bare_answers, papers=None)
    first = {papers: series.middle("start to list seen", times, papers=papers) for papers, times in seen.items()}
    for papers, value in first.items():
        series.ratio("start to list seen ÷ bare app", value, bare, papers=papers, budget=0.15)
    ready = {
        papers: series.middle(f"start to {AHEAD} keys typed ahead answered", times, papers=papers)
        for papers, times in answers.items()
    }
    for papers, value in ready.items():
        series.ratio("start to keys answered ÷ bare app", value, bare, papers=papers, budget=1.15)
    series.against_itself("start to keys answered", ready, budget=1.1)
    return median(bare_cpu)


def _bare(keys: str) -> tuple[float, float]:
    """Seconds to the bare app's text, or until it has counted the keys, and its CPU seconds by then."""
    wanted = f"{KEYS}{len(keys)}" if keys else TEXT
    with Driven(BARE) as bare:
        if keys:
            bare.send(keys)
            took = bare.when_shown(lambda: wanted in bare.text, wanted) - bare.began
        else:
            took = bare.when_written(wanted)
        cpu = bare.meter.cpu()
        bare.end(BARE_LEAVES)
    return took, cpu


def _seen(bench: Bench, papers: int) -> float:
    title = bench.titles(papers)[0]
    with Reader(bench.world(papers)) as reader:
        took = reader.when_written(title)
        reader.ready(title)
        reader.leave()
    return took


def _answers(bench: Bench, papers: int) -> float:
    """Keys are typed as soon as the command is started; none may be lost."""
    title = bench.titles(papers)[AHEAD]
    with Reader(bench.world(papers)) as reader:
        reader.send(DOWN * AHEAD)
        took = reader.when_shown(lambda: reader.cursor_on(title), f"the cursor on {title!r}, {AHEAD} down")
        reader.ready(title)
        reader.leave()
    return took - reader.began


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
    series.add("bare app: start to its text", bare * 1e3, "ms CPU", samples=bench.runs)
    for papers, times in listed.items():
        value = series.middle("list --limit 20", times, unit="ms CPU", papers=papers)
        series.ratio("list --limit 20 ÷ bare app", value, bare * 1e3, papers=papers, budget=0.5)
