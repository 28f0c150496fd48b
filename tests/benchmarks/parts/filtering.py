"""Typing in the filter, in the view of all papers: until the new list is painted, and until its count is true."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from paperstui.usecases import Place
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Series
from tests.benchmarks.processes import BenchmarkError
from tests.benchmarks.reading import Reader, open_desk, pause_until, reading

QUERIES = ("diffusion", "language model", "robust", "benchmark quantization", "protein")
"""Typed letter by letter: a word of many papers, two words, the beginning of many, two rarer ones, a rare one."""

QUICK_QUERIES = ("robust",)

PACE = 0.03
"""Seconds between the keys of somebody who types fast."""

BUDGET_MILLION = {1_000_000: 4.0}

Times = dict[int, list[float]]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter cost: CPU seconds, and seconds to the new list and to the new count, None where nothing is new."""

    cpu: float
    painted: float | None
    counted: float | None


def measure(bench: Bench) -> Series:
    """Every letter alone, then words at the pace of a fast typist."""
    series = Series("filter")
    painted, counted, cpu, echoed = (defaultdict[int, list[float]](list) for _ in range(4))
    stale: dict[int, int] = defaultdict(int)
    queries = QUICK_QUERIES if bench.quick else QUERIES
    counts = {papers: _counts(bench, papers, queries) for papers in bench.sizes}
    for _ in range(bench.rounds):
        with ExitStack() as stack:
            readers = {
                papers: stack.enter_context(reading(bench.world(papers), bench.titles(papers)[0]))
                for papers in bench.sizes
            }
            for reader in readers.values():
                reader.show_all()
            for query in queries:
                for reader in readers.values():
                    reader.type_filter()
                for end in range(1, len(query) + 1):
                    for papers, reader in readers.items():
                        one = _letter(reader, query[:end], counts[papers])
                        cpu[papers].append(one.cpu)
                        painted[papers] += [] if one.painted is None else [one.painted]
                        counted[papers] += [] if one.counted is None else [one.counted]
                for papers, reader in readers.items():
                    reader.clear_filter()
                    echo, old = _burst(reader, query, counts[papers])
                    echoed[papers] += echo
                    stale[papers] += old
                    reader.clear_filter()
    _tell(series, painted, counted, cpu, echoed)
    for papers, times in stale.items():
        series.add("answers painted after newer ones", times, "", papers=papers, budget=0)
    return series


def _tell(series: Series, painted: Times, counted: Times, cpu: Times, echoed: Times) -> None:
    name = "key to first screen of the new list"
    middle = {papers: series.middle(name, times, papers=papers, budget=25) for papers, times in painted.items()}
    for papers, times in painted.items():
        series.slow(name, times, papers=papers, budget=50)
    series.against_itself(name, middle, budget=1.8, budgets=BUDGET_MILLION)
    for papers, times in counted.items():
        series.middle("key to true count", times, papers=papers)
    for papers, times in counted.items():
        series.slow("key to true count", times, papers=papers, budget=120)
    for papers, times in cpu.items():
        series.middle("key", times, unit="ms CPU", papers=papers)
    for papers, times in echoed.items():
        series.middle(f"key to its letter, a key every {PACE * 1e3:.0f} ms", times, papers=papers)
    for papers, times in echoed.items():
        series.slow(f"key to its letter, a key every {PACE * 1e3:.0f} ms", times, papers=papers)


def _counts(bench: Bench, papers: int, queries: Sequence[str]) -> dict[str, int]:
    """How many papers every beginning of every query finds."""
    texts = {query[:end] for query in queries for end in range(1, len(query) + 1)}
    with open_desk(bench.world(papers)) as desk:
        return {text: len(desk.select(Place("all"), text, typing=True).ids) for text in sorted(texts)}


def _letter(reader: Reader, text: str, counts: dict[str, int]) -> Letter:
    """Type the last letter of a text."""
    reader.catch_up()
    before = reader.list_cells, reader.found
    cpu = reader.meter.cpu()
    sent = time.perf_counter()
    reader.send(text[-1])
    reader.settle()
    used = reader.meter.cpu() - cpu
    looks: list[tuple[float, tuple[object, ...], tuple[int, int] | None]] = []
    reader.replay(lambda stamp: looks.append((stamp, reader.list_cells, reader.found)))
    if reader.found is None or reader.found[0] != counts[text]:
        raise BenchmarkError(f"{text!r} finds {counts[text]} papers, but the screen says {reader.found}\n{reader.text}")
    # From the end: the moment from which the list, and the count, were as they stayed.
    painted = _since([(stamp, cells) for stamp, cells, _ in looks]) - sent
    counted = _since([(stamp, found) for stamp, _, found in looks]) - sent
    return Letter(
        cpu=used,
        painted=painted if reader.list_cells != before[0] else None,
        counted=counted if reader.found != before[1] else None,
    )


def _since(looks: Sequence[tuple[float, object]]) -> float:
    """When what is seen at the end was first seen without changing again."""
    since, final = looks[-1]
    for stamp, seen in reversed(looks):
        if seen != final:
            break
        since = stamp
    return since


def _burst(reader: Reader, query: str, counts: dict[str, int]) -> tuple[list[float], int]:
    """Type a query fast: seconds from each key to its letter in the field, and how many answers came back from before."""
    reader.type_filter()
    reader.catch_up()
    sent: list[float] = []
    for letter in query:
        pause_until(sent[-1] + PACE if sent else 0.0, reader)
        sent.append(time.perf_counter())
        reader.send(letter)
    reader.settle()
    looks: list[tuple[float, str, int]] = []
    reader.replay(lambda stamp: looks.append((stamp, reader.field, reader.found[0] if reader.found else -1)))
    echoes = []
    for at in range(len(query)):
        if query[at] == " ":
            continue  # a space at the end of the field cannot be seen
        shown = next((stamp for stamp, field, _ in looks if len(field) > at), None)
        if shown is None:
            raise BenchmarkError(f"{query!r} was typed, but the field has lost letters\n{reader.text}")
        echoes.append(shown - sent[at])
    if looks[-1][2] != counts[query]:
        raise BenchmarkError(f"{query!r} finds {counts[query]} papers, but the screen says otherwise\n{reader.text}")
    return echoes, _stale([found for *_, found in looks], [counts[query[: at + 1]] for at in range(len(query))])


def _stale(painted: Sequence[int], expected: Sequence[int]) -> int:
    """How many of the painted counts belong to an earlier beginning of the query than one painted before."""
    reached = stale = 0
    for count, _ in groupby(painted):
        places = [at for at, number in enumerate(expected) if number == count]
        if places and places[-1] < reached:
            stale += 1
        elif places:
            reached = next(at for at in places if at >= reached)
    return stale
