"""The parts of the benchmarks, by the names they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Series
from tests.benchmarks.parts import filtering, listing, memory, refreshing, searching, size, start, texts

PARTS: Mapping[str, Callable[[Bench], Series]] = {
    "start": start.measure,
    "list": listing.measure,
    "filter": filtering.measure,
    "search": searching.measure,
    "refresh": refreshing.measure,
    "reader": texts.measure,
    "memory": memory.measure,
    "size": size.measure,
}
"""Each takes a `Bench`, and raises `BenchmarkError` when something could not be measured."""

WITHOUT_LIBRARIES = frozenset({"reader"})
"""Those for which no library has to be made."""
