"""Figures, what they were allowed to be, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal

Unit = Literal["ms", "ms CPU", "×", "MiB", "bytes", "%", "", "papers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing measured.

    part, name: what it is. papers: how many the library held, None where there was none. budget: the most it may be.
    samples: how many measurements the value is the median (or whatever the name says) of.
    """

    part: str
    name: str
    value: float
    unit: Unit
    papers: int | None = None
    samples: int = 1
    budget: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is within its budget; None where there is none."""
        return None if self.budget is None else round(self.value, 3) <= self.budget

    def as_json(self) -> dict[str, Any]:
        """The same for `--json`."""
        return {
            "part": self.part,
            "name": self.name,
            "papers": self.papers,
            "value": round(self.value, 4),
            "unit": self.unit,
            "samples": self.samples,
            "budget": self.budget,
            "met": self.met,
        }


def median(values: Iterable[float]) -> float:
    """The value in the middle; of an even number of values the mean of the two."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def p95(values: Iterable[float]) -> float:
    """The smallest value that at least 95 of 100 do not exceed; of fewer than 20 values the largest."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) * 0.95) - 1]


class Series:
    """Figures of one part as they are made."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.figures: list[Figure] = []

    def add(
        self,
        name: str,
        value: float,
        unit: Unit,
        *,
        papers: int | None = None,
        samples: int = 1,
        budget: float | None = None,
    ) -> None:
        """One figure; see `Figure`."""
        self.figures.append(
            Figure(part=self.part, name=name, value=value, unit=unit, papers=papers, samples=samples, budget=budget)
        )

    def middle(
        self, name: str, seconds: Sequence[float], *, unit: Unit = "ms", papers: int | None, budget: float | None = None
    ) -> float:
        """The median of some times; it is returned in milliseconds."""
        value = median(seconds) * 1e3
        self.add(name, value, unit, papers=papers, samples=len(seconds), budget=budget)
        return value

    def slow(
        self, name: str, seconds: Sequence[float], *, unit: Unit = "ms", papers: int | None, budget: float | None = None
    ) -> float:
        """The 95th percentile of some times; it is returned in milliseconds."""
        value = p95(seconds) * 1e3
        self.add(f"{name}, p95", value, unit, papers=papers, samples=len(seconds), budget=budget)
        return value

    def bytes(self, name: str, values: Sequence[float], *, papers: int | None) -> float:
        """The median of some amounts of memory; it is returned in MiB."""
        value = median(values) / 1024**2
        self.add(name, value, "MiB", papers=papers, samples=len(values))
        return value

    def ratio(
        self, name: str, value: float, reference: float, *, papers: int | None = None, budget: float | None = None
    ) -> None:
        """One value by another; nothing when the other is 0."""
        if reference:
            self.add(name, value / reference, "×", papers=papers, budget=budget)

    def against_itself(
        self,
        name: str,
        values: dict[int, float],
        *,
        budget: float | None = None,
        budgets: dict[int, float] | None = None,
    ) -> None:
        """The value of every library by that of the smallest. budgets: those that differ, by the number of papers."""
        least = min(values)
        for papers, value in values.items():
            if papers != least:
                most = (budgets or {}).get(papers, budget)
                self.ratio(f"{name} ÷ {least:,} papers", value, values[least], papers=papers, budget=most)


def table(figures: Sequence[Figure]) -> str:
    """All figures as text: a row a figure, a column a library, the budget, and whether the largest library meets it."""
    sizes = sorted({figure.papers for figure in figures if figure.papers is not None})
    columns: list[int | None] = [None, *sizes]
    head = ["", "alone", *(f"{size:,}" for size in sizes), "budget", ""]
    rows: list[list[str]] = []
    part = ""
    for name in dict.fromkeys((figure.part, figure.name) for figure in figures):
        if name[0] != part:
            part = name[0]
            rows.append([part.upper()])
        same = {figure.papers: figure for figure in figures if (figure.part, figure.name) == name}
        last = next(same[papers] for papers in reversed(columns) if papers in same)
        rows.append(
            [
                f"  {name[1]}" + (f", {last.unit}" if last.unit else ""),
                *(_number(same[papers]) if papers in same else "" for papers in columns),
                "" if last.budget is None else f"{last.budget:g}",
                {None: "", True: "met", False: "MISSED"}[last.met],
            ]
        )
    rows = [head, *(row + [""] * (len(head) - len(row)) for row in rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    return "\n".join(_aligned(row, widths) for row in rows)


def markdown(figures: Sequence[Figure]) -> str:
    """What has a budget, as a table for a document: a row a figure, the value in the largest library, beside the smallest."""
    judged = [figure for figure in figures if figure.budget is not None]
    sizes = sorted({figure.papers for figure in judged if figure.papers is not None})
    shown = sorted({sizes[0], sizes[-1]}) if sizes else []
    head = ["", *(f"{size:,} papers" for size in shown), "budget", ""]
    rows = [head, ["---", *("---:" for _ in head[1:-1]), "---"]]
    for part, name in dict.fromkeys((figure.part, figure.name) for figure in judged):
        same = {figure.papers: figure for figure in judged if (figure.part, figure.name) == (part, name)}
        last = max(same.values(), key=lambda figure: figure.papers or 0)
        values = [_number(same[papers]) if papers in same else "" for papers in shown]
        if None in same:
            values[-1:] = [_number(same[None])]
        unit = f", {last.unit}" if last.unit else ""
        rows.append([f"{part}: {name}{unit}", *values, f"{last.budget:g}", "met" if last.met else "**missed**"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *others = row
    cells = [name.ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(others, widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _number(figure: Figure) -> str:
    value = figure.value
    if figure.unit == "×":
        return f"{value:.2f}"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
