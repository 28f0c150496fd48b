"""What the library answers, without a screen: views, sorts, states and words; CPU of this process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

from paperstui import clock
from paperstui.query import compile_query, parse, view_named
from paperstui.usecases import Desk, Place
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Series
from tests.benchmarks.reading import open_desk

SCREEN = 64
"""Rows of a first screen."""

PLAIN = ("", "is:unread", "is:starred", "has:code", "sort:upvotes", "sort:-published", "sort:title", "listed:30d")
"""Queries without words."""

WORDS = ("diffusion", "protein", "di", '"language model"', "title:benchmark", "author:ada", "benchmark is:unread")
"""Queries with words: a common one, a rare one, two letters as they are typed, a phrase, fields, a state."""

TYPED = frozenset({"di"})

Times = dict[tuple[str, int], list[float]]


def measure(bench: Bench) -> Series:
    """Every query over every library, in turns."""
    series = Series("search")
    first, counts, whole = (defaultdict[tuple[str, int], list[float]](list) for _ in range(3))
    for papers in bench.sizes:
        with open_desk(bench.world(papers)) as desk:
            for query in (*PLAIN, *WORDS):
                for turn in range(bench.runs + 1):
                    taken = _first(desk, query), _count(desk, query), _whole(desk, query)
                    if turn:  # the first time pages are read from the disk
                        for times, one in zip((first, counts, whole), taken, strict=True):
                            times[query, papers].append(one)
    for query in (*PLAIN, *WORDS):
        of_screen, of_count, of_both = (10, 30, 40) if query in PLAIN else (None, None, None)
        _tell(series, f"{query or 'all'}: first screen", query, first, of_screen)
        _tell(series, f"{query or 'all'}: count", query, counts, of_count)
        _tell(series, f"{query or 'all'}: all the screen asks for", query, whole, of_both)
    return series


def _tell(series: Series, name: str, query: str, times: Times, budget: float | None) -> None:
    for (one, papers), taken in times.items():
        if one == query:
            series.middle(name, taken, unit="ms CPU", papers=papers, budget=budget)


def _cpu(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


def _first(desk: Desk, text: str) -> float:
    """CPU seconds for the first rows of a query, from its text."""

    def job() -> None:
        compiled = compile_query(parse(text, typing=text in TYPED), today=clock.today(), base=view_named("all"))
        desk.rows(desk.library.rowids(compiled.sql, compiled.params, limit=SCREEN))

    return _cpu(job)


def _count(desk: Desk, text: str) -> float:
    """CPU seconds for the number of papers of a query."""
    compiled = compile_query(parse(text, typing=text in TYPED), today=clock.today(), base=view_named("all"))
    return _cpu(lambda: desk.library.count(compiled.count_sql, compiled.count_params))


def _whole(desk: Desk, text: str) -> float:
    """CPU seconds for the selection and the numbers around it, as the screen asks when a view is opened or a key typed."""
    place = Place("all")

    def job() -> None:
        desk.select(place, text, typing=text in TYPED)
        desk.counts(place)

    return _cpu(job)
