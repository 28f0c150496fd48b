"""How it goes with the sources, as lines: state, last success, next try, requests left, last error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.draw.lines import Line, paragraph

if TYPE_CHECKING:
    from paperstui.models import SourceHealth

_NAMES = 14
"""Cells of the column of names."""


def health_lines(sources: Sequence[SourceHealth], now: float, cells: int, *, why_not: str = "") -> list[Line]:
    """Each source under its name. now: Unix seconds of the machine. why_not: why nothing is fetched by itself."""
    lines: list[Line] = []
    if why_not:
        lines += [[], *_indented(paragraph(why_not, "dim", max(10, cells - 4)))]
    for source in sources:
        room = max(10, cells - 4 - len(source.name))
        host = source.host if len(source.host) <= room else source.host[: room - 1] + "…"
        lines += [[], [("  ", "text"), (source.name, "heading"), (f"  {host}", "faint")]]
        for name, said, ink in _facts(source, now):
            told = paragraph(said, ink, max(10, cells - _NAMES - 4))
            for number, line in enumerate(told or [[]]):
                lines.append([("  " + ("" if number else name).ljust(_NAMES), "dim"), *line])
    return lines


def _facts(source: SourceHealth, now: float) -> list[tuple[str, str, str]]:
    """What there is to say of a source: name, words, ink."""
    said, ink = _state(source, now)
    found = [("State", said, ink)]
    found.append(("Last success", "never yet" if source.success is None else _past(source.success, now), "text"))
    found += [(name, fact, "text") for name, fact in source.facts]
    for number, (due, title) in enumerate(source.coming):
        at = max(due, source.not_before or 0.0)
        found.append(("" if number else "Next try", f"{_ahead(at - now)}: {title}", "dim" if number else "text"))
    if source.left is not None and (source.left_until is None or source.left_until > now):
        until = "" if source.left_until is None else f" for {_span(source.left_until - now)}, then all of them again"
        found.append(("Requests left", f"{source.left:,}{until}", "text"))
    if source.error:
        when = f", {_past(source.error_at, now)}" if source.error_at is not None else ""
        over = source.success is not None and source.error_at is not None and source.success > source.error_at
        found.append(("Last error", f"{source.error}{when}", "dim" if over else "error"))
    return found


def _state(source: SourceHealth, now: float) -> tuple[str, str]:
    if source.running:
        return f"fetching {source.running} …", "accent"
    if source.not_before is not None and source.not_before > now:
        return f"wants a pause, and is not asked for {_span(source.not_before - now)}", "error"
    if source.error and (source.success is None or (source.error_at or 0.0) >= source.success):
        return "it did not work the last time", "error"
    return (source.answers, "text") if source.success is not None else ("not asked yet", "text")


def _past(at: float, now: float) -> str:
    return clock.age(int(at), int(now))


def _ahead(seconds: float) -> str:
    return "now" if seconds < 1 else f"in {_span(seconds)}"


def _span(seconds: float) -> str:
    """How long something lasts, in words: "less than a minute", "3 min", "2 h", "5 days"."""
    if seconds < 60:
        return "less than a minute"
    if seconds < 3600:
        return f"{round(seconds / 60)} min"
    if seconds < 86_400:
        return f"{round(seconds / 3600)} h"
    days = round(seconds / 86_400)
    return "1 day" if days == 1 else f"{days} days"


def _indented(lines: Sequence[Line]) -> list[Line]:
    return [[("  ", "text"), *line] for line in lines]
