"""Selections of so much of a text that they take long, or that reach where nothing is laid out yet."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from paperstui.demo.fulltext import markdown
from paperstui.documents.blocks import Inline, Paragraph
from paperstui.documents.flow import Place
from paperstui.documents.markdown import markdown_blocks
from paperstui.draw.lines import plain
from paperstui.paths import Paths
from paperstui.text.copied import said_of
from paperstui.tui.widgets.flow_view import SHORT, FlowView
from paperstui.tui.widgets.selection import Selection
from paperstui.usecases import Desk
from tests.tui.mouse import click, down, move, up
from tests.tui.reading import Reading, reading
from tests.tui.test_mouse_selection import copies
from tests.tui.texts import open_text, text_desk
from tests.waiting import wait_for

BLOCKS = markdown_blocks(markdown(50_000))


@pytest.fixture(autouse=True)
def _no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk(places: Paths) -> Iterator[Desk]:
    opened = text_desk(places, BLOCKS)
    yield opened
    opened.close()


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each text of a selection that is made: whether that was done in a thread."""
    made: list[bool] = []
    text = Selection.text

    def noted(self: Selection, lines: list[list[tuple[str, str]]]) -> str:
        made.append(threading.current_thread() is not threading.main_thread())
        return text(self, lines)

    monkeypatch.setattr(Selection, "text", noted)
    return made


class Gate:
    """What is done in threads for a view waits until `open`."""

    def __init__(self, view: FlowView, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = threading.Event()
        self.waiting = 0
        aside = view._aside

        async def later(function: Callable[[], None]) -> None:
            def wait() -> None:
                self.waiting += 1
                assert self._open.wait(30)
                function()

            await aside(wait)

        monkeypatch.setattr(view, "_aside", later)

    def open(self) -> None:
        """Let it be done."""
        self._open.set()


async def select_all(running: Reading, view: FlowView) -> str:
    """Drag over the whole text; the text that is to be copied."""
    view.scroll_to_line(0)
    await down(running, view, view.before, 0)
    view.scroll_to_line(view.last_top)
    at = (view.size.width - 2, view.height - 1)
    await move(running, view, *at)
    assert view.selection is not None
    expected = view.selection.text(view.lines)
    await up(running, view, *at)
    return expected


async def test_all_of_a_text_is_copied_without_holding_anything_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, threads: list[bool]
) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        assert len(view.lines) > SHORT
        expected = await select_all(running, view)
        await running.settle()
        assert sent == [expected]
        assert threads == [False, True], "the first is this test's own"
        assert f"Sent {said_of(expected)} to the terminal" in running.text
        await running.pilot.resize_terminal(90, 30)
        await running.settle()
        assert view.selected == expected
        assert all(threads[1:])


async def test_what_is_pressed_while_it_is_made_is_about_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        gate = Gate(view, monkeypatch)
        expected = await select_all(running, view)
        await running.pilot.press("y", "y")
        assert (sent, view.selected, view.making) == ([], "", True)
        gate.open()
        await running.settle()
        assert (sent, view.selected, view.making) == ([expected], expected, False)


@pytest.mark.parametrize("how", ["another", "dropped", "closed"])
async def test_what_is_stale_is_not_copied(desk: Desk, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        gate = Gate(view, monkeypatch)
        await select_all(running, view)
        await wait_for(lambda: gate.waiting, "the text to be made")
        if how == "another":
            row = next(row for row in range(view.height) if len(plain(view.lines[view.index_at(row)]).split()) > 3)
            await running.pilot.click(offset=(view.region.x + view.before + 6, view.region.y + row), times=2)
        else:
            await running.pilot.press("escape" if how == "dropped" else "q")
        gate.open()
        await running.settle()
        assert len(sent) == (how == "another")
        assert all(" " not in text for text in sent)
        assert (running.app.screen is screen) is (how != "closed")


async def test_a_selection_is_made_where_the_text_is_laid_out_again_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        gate = Gate(view, monkeypatch)
        expected = await select_all(running, view)
        await running.pilot.resize_terminal(70, 30)
        gate.open()
        await running.settle()
        assert (sent, view.selected) == ([expected], expected)


async def test_a_selection_far_from_what_is_seen_stays_in_another_width(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        row = next(row for row in range(4, view.height) if len(plain(view.lines[row]).split()) > 8)
        await click(running, view, view.before + 3, row, times=3)
        text = sent[-1]
        await running.press("G")
        gate = Gate(view, monkeypatch)
        await running.pilot.resize_terminal(70, 30)
        await wait_for(lambda: view.flow.first > 0 and gate.waiting, "the end, laid out alone")
        assert view.selection is None
        gate.open()
        await running.settle()
        assert view.selected == text
        await running.press("g", "g")
        assert view.selection is not None
        assert view.selection.text(view.lines) == text
        await running.press("escape")
        assert view.selected == ""
        assert running.app.screen is screen


async def test_a_part_of_a_selection_is_marked_where_the_rest_is_not_laid_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        copies(running, monkeypatch)
        view = screen.view
        expected = await select_all(running, view)
        await running.settle()
        gate = Gate(view, monkeypatch)
        await running.pilot.resize_terminal(70, 30)
        await wait_for(lambda: view.flow.first > 0 and gate.waiting, "the end, laid out alone")
        assert view.selection is not None
        assert (view.selection.line, view.selection.last) == (0, len(view.lines) - 1)
        assert view.selected == expected
        gate.open()
        await running.settle()
        assert view.selected == expected
        assert view.selection.last == len(view.lines) - 1


async def test_another_text_drops_it_and_the_same_does_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        row = next(row for row in range(4, view.height) if len(plain(view.lines[row]).split()) > 8)
        await click(running, view, view.before + 3, row, times=3)
        view.show(tuple(BLOCKS), Place(0, 0))
        await running.settle()
        assert view.selected == sent[-1]
        other = Paragraph((Inline("Something else. " * 40),))
        view.show([other] * 40, Place(0, 0))
        await running.settle()
        assert (view.selection, view.selected) == (None, "")


async def test_the_mouse_goes_on_from_where_it_was_pressed_in_another_width(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        row = next(row for row in range(4, view.height) if len(plain(view.lines[row]).split()) > 8)
        begins = plain(view.lines[row]).split()[0]
        await down(running, view, view.before, row)
        await move(running, view, view.before + 30, row)
        await running.pilot.resize_terminal(80, 30)
        await running.settle()
        assert view.selection is not None
        await move(running, view, view.before + 20, view.height - 2)
        await up(running, view, view.before + 20, view.height - 2)
        await running.settle()
        assert sent[0].startswith(begins)
        assert sent == [view.selected]
