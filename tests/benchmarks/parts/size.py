"""Bytes on the disk for each paper."""

from __future__ import annotations

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Series

SMALLEST = 1_000
"""Papers below which what every library holds counts for more than the papers."""


def measure(bench: Bench) -> Series:
    """The library as it was closed, so with all of its log in it, and the journal."""
    series = Series("size")
    for papers in bench.sizes:
        places = bench.world(papers).paths
        files = places.data.glob(f"{places.library.name}*")
        budget = 2800 if papers >= SMALLEST else None
        library = sum(file.stat().st_size for file in files)
        series.add("library a paper, index included", library / papers, "bytes", papers=papers, budget=budget)
        journal = sum(file.stat().st_size for file in places.journal.iterdir())
        series.add("journal a paper", journal / papers, "bytes", papers=papers)
    return series
