"""What a mouse does, for tests: Textual's pilot moves it without a button held."""

from __future__ import annotations

from textual.events import MouseDown, MouseMove, MouseUp

from paperstui.draw.lines import plain
from paperstui.text.width import width
from paperstui.tui.widgets.text_view import TextView
from tests.tui.reading import Reading


async def move(running: Reading, view: TextView, x: int, y: int, *, button: int = 1) -> None:
    """Move the mouse to a cell of a view, or of the screen beyond it."""
    at = (view.region.x + x, view.region.y + y)
    await running.pilot._post_mouse_events([MouseMove], offset=at, button=button)


async def down(running: Reading, view: TextView, x: int, y: int, *, button: int = 1) -> None:
    """Press a button."""
    at = (view.region.x + x, view.region.y + y)
    await running.pilot._post_mouse_events([MouseDown], offset=at, button=button)


async def up(running: Reading, view: TextView, x: int, y: int) -> None:
    """Let it go."""
    at = (view.region.x + x, view.region.y + y)
    await running.pilot._post_mouse_events([MouseUp], offset=at, button=1)


async def drag(running: Reading, view: TextView, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press on a cell of a view, move to another, and let go."""
    await down(running, view, *start)
    await move(running, view, *end)
    await up(running, view, *end)
    await running.settle()


async def click(running: Reading, view: TextView, x: int, y: int, *, times: int = 1) -> None:
    """Click a cell of a view so many times."""
    await running.pilot.click(offset=(view.region.x + x, view.region.y + y), times=times)
    await running.settle()


def cell_of(view: TextView, words: str) -> tuple[int, int]:
    """The cell of a view where some words begin."""
    for row in range(view.height):
        index = view.index_at(row)
        text = plain(view.lines[index]) if index < len(view.lines) else ""
        if words in text:
            return view.before + width(text[: text.index(words)]), row + view.above
    raise AssertionError(f"{words!r} is not in view")
