"""Full texts in a test: over invented papers, opened and laid out."""

from __future__ import annotations

from collections.abc import Sequence

from paperstui.demo.fulltext import full_text
from paperstui.documents.blocks import Block
from paperstui.paths import Paths
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.usecases import Desk
from tests.tui.reading import Reading, fill, open_desk
from tests.waiting import wait_for


def text_desk(places: Paths, blocks: Sequence[Block] | None = None) -> Desk:
    """A desk whose papers have a text: this one, or each one of its own that is made up."""
    desk = open_desk(places)
    fill(desk)
    desk.reading._invent = full_text if blocks is None else lambda _paper: tuple(blocks)
    return desk


def shown(running: Reading) -> FullTextScreen:
    """The screen of the text."""
    screen = running.app.screen
    assert isinstance(screen, FullTextScreen)
    return screen


async def open_text(running: Reading, *keys: str) -> FullTextScreen:
    """Open the text of the paper under the cursor and wait for all of it."""
    await running.press(*(keys or ("enter", "enter")))
    await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
    screen = shown(running)
    await wait_for(lambda: screen.document is not None and screen.view.whole, "the text")
    await running.settle()
    return screen


def top(screen: FullTextScreen) -> str:
    """The line of the text on top."""
    return screen.view.flow.text(screen.view.top)
