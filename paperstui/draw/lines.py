"""Lines of styled text. A span is (text, ink), an ink is a name of `paperstui.draw.ink`; widths are terminal cells."""

from __future__ import annotations

from paperstui.text.inked import Line, Span, line_width, plain, wrap_spans
from paperstui.text.width import ELLIPSIS, truncate, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Line",
    "Sheet",
    "Span",
    "fit",
    "line_width",
    "marked",
    "paragraph",
    "parted",
    "plain",
    "spread",
    "wrap_spans",
]


class Sheet(list[Line]):
    """Lines of which one stays on top while what is above it is scrolled away.

    stays: its number; -1 for none.
    """

    stays = -1


def fit(line: Line, cells: int, fill: str = "text") -> Line:
    """The line at exactly this width: cut with an ellipsis, or filled with spaces of the ink `fill`."""
    if cells <= 0:
        return []
    room = cells
    result: Line = []
    for index, (text, ink) in enumerate(line):
        wide = width(text)
        if wide > room or (wide == room and _shows(line[index + 1 :])):
            # With the ellipsis it is too wide even when it alone would just fit: then what follows it is what is cut.
            cut = truncate(text + ELLIPSIS, room)
            result.append((cut, ink))
            room -= width(cut)
            break
        result.append((text, ink))
        room -= wide
    if room > 0:
        result.append((" " * room, fill))
    return result


def _shows(line: Line) -> bool:
    """Whether anything of a line can be seen."""
    return any(width(text.strip()) for text, _ in line)


def spread(left: Line, right: Line, cells: int, fill: str = "text") -> Line:
    """Left and right parts on one line; the right part goes first when there is no room for both."""
    needed = line_width(right)
    room = cells - needed
    if room < 1 or line_width(left) > room - 1:
        return fit(left, cells, fill)
    return [*fit(left, room, fill), *right]


def paragraph(text: str, ink: str, cells: int, indent: str = "") -> list[Line]:
    """Text wrapped to the width, every line begun with the indent."""
    return [[(indent, ink), (part, ink)] if indent else [(part, ink)] for part in wrap(text, cells - len(indent))]


def marked(text: str, ink: str, marks: Iterable[tuple[int, int]], mark_ink: str) -> Line:
    """The text with the stretches (start, end) of characters in another ink."""
    line: Line = []
    at = 0
    for start, end in marks:
        if start > at:
            line.append((text[at:start], ink))
        line.append((text[max(start, at) : end], mark_ink))
        at = max(at, end)
    if at < len(text):
        line.append((text[at:], ink))
    return line


def parted(parts: Iterable[str], ink: str, cells: int, between: str = " · ") -> list[Line]:
    """Short facts one after the other; a line breaks between two of them, and within one only where it must."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{between}{part}" if lines else part
        if lines and width(joined) <= cells:
            lines[-1] = joined
        else:
            lines += wrap(part, cells) or [part]
    return [[(text, ink)] for text in lines]
