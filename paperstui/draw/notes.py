"""The user's note on a paper as lines, and what stands where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.actions import BY_ID, key_shown
from paperstui.draw.lines import paragraph

if TYPE_CHECKING:
    from paperstui.draw.lines import Line

HEADING = "Note"


def note_lines(note: str, cells: int, *, source: bool | None = None) -> list[Line]:
    """A note, which is Markdown with formulas. A line break in it is one on the screen.

    source: whether formulas are shown as they were written, where that is decided already.
    """
    from paperstui.documents.as_written import as_shown
    from paperstui.documents.flow import flow
    from paperstui.documents.markdown import markdown_blocks

    return [list(line) for line in flow(as_shown(markdown_blocks(note, breaks=True), source=source), cells).lines]


def no_note_lines(cells: int) -> list[Line]:
    """What stands there instead, with what to do about it."""
    key = key_shown(BY_ID["note"].keys[0])
    return paragraph(f"No note yet: press {key} to write one. It opens in your editor.", "dim", cells)
