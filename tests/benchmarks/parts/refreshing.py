"""Keys while papers are being stored, by another process and by the reader itself; and what storing a paper costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from paperstui import clock
from paperstui.models import Item
from paperstui.sources.saved_page import read_saved
from tests.benchmarks.bench import Bench
from tests.benchmarks.driving import LIMIT
from tests.benchmarks.figures import Series, p95
from tests.benchmarks.libraries import NEW_DAY, World, clean_environment, new_items
from tests.benchmarks.processes import BenchmarkError
from tests.benchmarks.reading import DOWN, FIRST, PAPERSTUI, Reader, open_desk, pause_until, reading
from tests.server.shapes import api_item

A_DAY = 1_000
"""Papers stored while keys are typed."""

PACE = 0.05
"""Seconds between keys."""

STAR, STARS_EVERY = "s", 5
BACK_AFTER = 60
"""Keys after which it goes back to the top: at the end of a small library a key would do nothing."""

REFRESH = "gr"

Working = Callable[[], bool]


@dataclass
class Felt:
    """What somebody at the keys felt: seconds to the first byte of each `j`, and to each star's being painted."""

    moves: list[float] = field(default_factory=list)
    stars: list[float] = field(default_factory=list)


def measure(bench: Bench) -> Series:
    """Over every library: at rest, during an import, during a refresh; then the cost of many papers."""
    series = Series("refresh")
    day = A_DAY // 10 if bench.quick else A_DAY
    for papers in bench.sizes[1:] or bench.sizes:
        felt: dict[str, Felt] = defaultdict(Felt)
        for _ in range(bench.rounds):
            _imported(bench, papers, day, felt)
            _refreshed(bench, papers, day, felt)
        _tell(series, felt, papers)
    _costs(bench, series)
    return series


def _tell(series: Series, felt: dict[str, Felt], papers: int) -> None:
    idle = felt["at rest"]
    least = p95(idle.moves) * 1e3
    for name, one in felt.items():
        series.middle(f"j, {name}", one.moves, papers=papers)
        value = series.slow(f"j, {name}", one.moves, papers=papers)
        if one is not idle:
            series.ratio(f"j, {name}, p95 ÷ at rest", value, least, papers=papers, budget=1.5)
        if one.stars:
            series.middle(f"s, {name}", one.stars, papers=papers)
            series.add(
                f"s, {name}, longest", max(one.stars) * 1e3, "ms", papers=papers, samples=len(one.stars),
                budget=None if one is idle else 60,
            )  # fmt: skip


def _imported(bench: Bench, papers: int, day: int, felt: dict[str, Felt]) -> None:
    """Keys at rest, then as long as another process imports a day."""
    world = bench.copy(papers)
    file = _write(bench.scratch, new_items(day))
    with open_desk(world) as desk, _all_papers(bench, world, papers) as reader:
        until = time.perf_counter() + (1.0 if bench.quick else 4.0)
        _keys(reader, felt["at rest"], lambda: time.perf_counter() < until)
        reader.press(FIRST)
        process = subprocess.Popen([*PAPERSTUI, "import", str(file)], env=world.env(), stdin=-3, stdout=-3, stderr=-3)
        while process.poll() is None and desk.library.totals().papers == papers:
            reader.read(0.005)
        _keys(reader, felt["while another process imports"], lambda: process.poll() is None)
        if process.wait():
            raise BenchmarkError(f"the import of {day} papers ended with {process.returncode}")
    world.discard()


def _refreshed(bench: Bench, papers: int, day: int, felt: dict[str, Felt]) -> None:
    """Keys while the reader itself fetches a day from a service on loopback."""
    world = bench.copy(papers)
    with _service(bench.scratch, new_items(day)) as endpoint, open_desk(world) as desk:

        def going_on() -> bool:
            period = desk.library.period("daily", NEW_DAY.isoformat())
            return period is None or not period.complete

        with _all_papers(bench, world, papers, endpoint) as reader:
            reader.send(REFRESH)
            _keys(reader, felt["while it refreshes"], going_on)
        came = desk.library.totals().papers - papers
    if came != day:
        raise BenchmarkError(f"{day} papers were to be fetched, but {came} came")
    world.discard()


@contextmanager
def _all_papers(bench: Bench, world: World, papers: int, endpoint: str | None = None) -> Iterator[Reader]:
    with reading(world, bench.titles(papers)[0], endpoint=endpoint) as reader:
        reader.show_all()
        yield reader


def _keys(reader: Reader, felt: Felt, going_on: Working) -> None:
    """Go down the list at an even pace, starring a paper now and then, as long as something goes on."""
    end = time.perf_counter() + LIMIT
    for turn in count():
        reader.catch_up()
        sent = time.perf_counter()
        if sent > end:
            raise BenchmarkError(f"it is not over after {LIMIT:.0f} s\n{reader.text}")
        if turn % BACK_AFTER == BACK_AFTER - 1:
            reader.press(FIRST)
        elif turn % STARS_EVERY == 1:
            felt.stars.append(_star(reader) - sent)
        else:
            before = len(reader.chunks)
            reader.send(DOWN)
            pause_until(sent + PACE, reader)
            if len(reader.chunks) == before:
                reader.when_shown(lambda: True, "an answer to j")
            felt.moves.append(reader.chunks[before][0] - sent)
        pause_until(sent + PACE, reader)
        if turn and not going_on():
            return


def _star(reader: Reader) -> float:
    """Star the paper under the cursor, or take its star away; when that was painted."""
    wanted = not reader.starred
    reader.send(STAR)
    return reader.when_shown(lambda: reader.starred is wanted, "the star")


@contextmanager
def _service(scratch: Path, items: list[Item]) -> Iterator[str]:
    """A Hugging Face with one day of papers, in a process of its own; its address."""
    days = scratch / "days"
    days.mkdir(exist_ok=True)
    (days / f"{NEW_DAY}.json").write_text(json.dumps([api_item(item) for item in items]))
    command = [sys.executable, "-m", "tests.server", "--days", str(days), "--today", str(NEW_DAY)]
    process = subprocess.Popen(command, env=clean_environment(), stdin=-3, stdout=-1, text=True)
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise BenchmarkError("the service on loopback does not start")
        yield address
    finally:
        process.terminate()
        process.communicate()


def _write(scratch: Path, items: list[Item]) -> Path:
    """Papers as a saved answer of the API."""
    file = scratch / "answer.json"
    file.write_text(json.dumps([api_item(item) for item in items]))
    return file


def _costs(bench: Bench, series: Series) -> None:
    """CPU of this process to take in many papers, in the steps of it."""
    many = 300 if bench.quick else 10_000
    file = _write(bench.scratch, new_items(many))
    for papers in bench.sizes:
        world = bench.copy(papers)
        with open_desk(world) as desk:
            began = time.process_time()
            saved = read_saved(file)
            parsed = time.process_time()
            done = desk.library.upsert(saved.batch.items, clock.seconds())
            ended = time.process_time()
        if len(done.new) != many:
            raise BenchmarkError(f"of {many} new papers {len(done.new)} were stored as new")
        world.discard()
        steps = {"parse and clean": parsed - began, "store and index": ended - parsed, "all of it": ended - began}
        for name, seconds in steps.items():
            budget = 0.5 if name == "all of it" else None
            series.add(f"{name}, a paper", seconds / many * 1e3, "ms CPU", papers=papers, samples=many, budget=budget)
