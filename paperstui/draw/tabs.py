"""The tabs of a paper: one line that names them, with how much each of them holds."""

from __future__ import annotations

from paperstui.draw.lines import fit, line_width, spread
from paperstui.text.width import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NamedTuple

    from paperstui.draw.lines import Line
else:
    from paperstui.light import NamedTuple

TABS: tuple[tuple[str, str], ...] = (
    ("abstract", "Abstract"),
    ("summary", "Summary"),
    ("discussion", "Discussion"),
    ("links", "Links"),
    ("notes", "Notes"),
)
"""The tabs by name and title, in their order."""

FIRST = TABS[0][0]

GAP = 2
"""Cells between two tabs."""


class OpenTab(NamedTuple):
    """The tab that is open.

    note: how old what it shows is, beside the tabs. counts: of tabs, where more is known than the library has. body:
    makes its lines for a width; None for the abstract. placed: lines below those, which stand where they belong already:
    there may be tens of thousands of them.
    """

    name: str = FIRST
    note: str = ""
    counts: Mapping[str, int] = {}
    body: Callable[[int], list[Line]] | None = None
    placed: Sequence[Line] = ()


ABSTRACT = OpenTab()


def tab_strip(counts: Mapping[str, int], shown: str, cells: int, note: str = "") -> Line:
    """The line of tabs, with the shown one in bold; where it is narrow, counts go first, and then the other tabs.

    counts: what is known of how much the tabs hold. note: stands on the right where there is room.
    """
    for held in (counts, {"discussion": counts.get("discussion", 0)}, {}):
        whole = _tabs(held, shown)
        if line_width(whole) <= cells:
            return spread(whole, [(note, "faint")], cells) if holds_note(note, whole, cells) else whole
    at = next((index for index, (name, _) in enumerate(TABS) if name == shown), 0)
    line: Line = []
    if at:
        line.append(("‹ ", f"tab:{TABS[at - 1][0]}"))
    line += _tab(shown, TABS[at][1], counts, shown)
    if at + 1 < len(TABS):
        line.append((" ›", f"tab:{TABS[at + 1][0]}"))
    return line if line_width(line) <= cells else fit(line, cells)


def holds_note(note: str, strip: Line, cells: int) -> bool:
    """Whether there is room for a note beside the tabs."""
    return bool(note) and line_width(strip) + 2 + width(note) <= cells


def _tabs(counts: Mapping[str, int], shown: str) -> Line:
    line: Line = []
    for name, title in TABS:
        if line:
            line.append((" " * GAP, "text"))
        line += _tab(name, title, counts, shown)
    return line


def _tab(name: str, title: str, counts: Mapping[str, int], shown: str) -> Line:
    ink = f"tab-shown:{name}" if name == shown else f"tab:{name}"
    count = f" {counts[name]:,}" if counts.get(name) else ""
    return [(title + count, ink)]
