"""What stands around the lines of a pane: the rule beside or above it, and the scroll bar."""

from __future__ import annotations

from paperstui.draw.lines import fit, line_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from paperstui.draw.lines import Line


def column(width: int, *, stacked: bool) -> int:
    """The cells there are for a line of text in a pane of this width."""
    return max(1, width - 1 - (0 if stacked else 1))


def rule_above(width: int, ink: str) -> Line:
    """The rule on top of a stacked pane."""
    return [("─" * width, ink)]


def pane_line(line: Line, width: int, ink: str, *, stacked: bool, bar: bool) -> Line:
    """A line of a pane at exactly its width, with the rule on its left and its piece of the scroll bar on its right."""
    whole: Line = [*line] if stacked else [("│", ink), *line]
    room = width - 1 - line_width(whole)
    if room > 0:
        whole.append((" " * room, "text"))
    elif room < 0:
        whole = fit(whole, width - 1)
    whole.append(("▐" if bar else " ", ink))
    return whole


def thumb(lines: int, height: int, top: int) -> range:
    """The rows in which the scroll bar stands when `lines` are scrolled to `top`; none where all of them fit."""
    last_top = lines - height
    if last_top <= 0:
        return range(0)
    size = max(1, height * height // lines)
    start = round((height - size) * top / last_top)
    return range(start, start + size)
