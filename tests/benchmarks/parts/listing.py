"""Moving about in the list of all papers: with the paper beside it, and alone on a tiny screen; and doing nothing."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import AbstractContextManager, ExitStack

from tests.benchmarks.bench import Bench
from tests.benchmarks.driving import Answer, Driven
from tests.benchmarks.figures import Series
from tests.benchmarks.processes import BenchmarkError
from tests.benchmarks.reading import BARE, DOWN, FIRST, LAST, PAGE_DOWN, Reader, pause_until, reading

WIDE, TINY = (120, 40), (50, 14)

ON_SCREEN = 3
"""Papers the cursor can go down by without scrolling on the smallest screen."""

OVER = 25
"""Papers after which the cursor is certainly at the lower end of the screen."""

TO_ALL = "to the view of all papers"

IDLE = 10.0
"""Seconds for which nothing is done."""

BUDGETS_WIDE = {"j, scrolling": 8.0}
BUDGETS_ALONE = {"j, scrolling": 5.0, "page down": 8.0, "end": 15.0, "end, first time": 15.0}

Answers = dict[tuple[str, int], list[Answer]]


def measure(bench: Bench) -> Series:
    """CPU and latency of the keys that move, and of none."""
    series = Series("list")
    _tell(series, "with the paper", _moving(bench, WIDE), BUDGETS_WIDE)
    _tell(series, "list alone", _moving(bench, TINY), BUDGETS_ALONE)
    _idle(bench, series)
    return series


def _moving(bench: Bench, screen: tuple[int, int]) -> Answers:
    """The keys on readers over all libraries, in turns."""
    answers: Answers = defaultdict(list)
    keys = 2 if bench.quick else 15
    for _ in range(bench.rounds):
        with ExitStack() as stack:
            readers = {papers: stack.enter_context(_reading(bench, papers, screen)) for papers in bench.sizes}

            def press(name: str, key: str, times: int = 1, readers: dict[int, Reader] = readers) -> None:
                for _ in range(times):
                    for papers, reader in readers.items():
                        answers[name, papers].append(reader.press(key))

            for papers, reader in readers.items():
                answers[TO_ALL, papers].append(reader.show_all())
                answers["end, first time", papers].append(reader.press(LAST))
                last = bench.last_title(papers)
                reader.catch_up()
                if not reader.cursor_on(last):
                    raise BenchmarkError(f"the end of the list is not {last!r}\n{reader.text}")
            press("", FIRST)
            press("j", DOWN, ON_SCREEN)
            press("", DOWN * OVER)
            press("j, scrolling", DOWN, keys)
            press("page down", PAGE_DOWN, keys)
            for _ in range(1 if bench.quick else ON_SCREEN):
                press("end", LAST)
                press("home", FIRST)
    return {key: found for key, found in answers.items() if key[0]}


def _reading(bench: Bench, papers: int, screen: tuple[int, int]) -> AbstractContextManager[Reader]:
    columns, rows = screen
    return reading(bench.world(papers), bench.titles(papers)[0], columns=columns, rows=rows)


def _tell(series: Series, where: str, answers: Answers, budgets: dict[str, float]) -> None:
    names = dict.fromkeys(name for name, _ in answers)
    for name in names:
        # At the end of a small library a page down changes nothing, and costs nothing.
        found = {
            papers: [one for one in taken if one.written] for (key, papers), taken in answers.items() if key == name
        }
        shown = f"{name}, {where}"
        cpu = {
            papers: series.middle(
                shown, [one.cpu for one in taken], unit="ms CPU", papers=papers, budget=budgets.get(name)
            )
            for papers, taken in found.items()
        }
        if name == "j, scrolling":
            series.against_itself(shown, cpu, budget=1.2)
        if name == TO_ALL:
            for papers, taken in found.items():
                series.middle(f"{shown}: last byte", [one.last for one in taken], papers=papers)
            continue
        for papers, taken in found.items():
            series.middle(f"{shown}: first byte", [one.first for one in taken], papers=papers)


def _idle(bench: Bench, series: Series) -> None:
    """All readers and the bare app, left alone at the same time."""
    seconds = 1.0 if bench.quick else IDLE
    with ExitStack() as stack:
        bare = stack.enter_context(Driven(BARE))
        bare.when_written("keys")
        left: list[tuple[int | None, Driven]] = [(None, bare)]
        for papers in bench.sizes:
            reader = stack.enter_context(_reading(bench, papers, WIDE))
            reader.show_all()
            left.append((papers, reader))
        for _, driven in left:
            driven.settle(0.3)
        before = [(driven.meter.cpu(), len(driven.raw)) for _, driven in left]
        began = time.perf_counter()
        for _, driven in left:
            pause_until(began + seconds, driven)
            driven.read(0)
        passed = time.perf_counter() - began
        for (size, driven), (cpu, written) in zip(left, before, strict=True):
            share = (driven.meter.cpu() - cpu) / passed * 100
            series.add("idle: of a core", share, "%", papers=size, budget=None if size is None else 0.5)
            painted = len(driven.raw) - written
            series.add("idle: painted", painted, "bytes", papers=size, budget=None if size is None else 0)
