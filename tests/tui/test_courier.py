"""What the terminal needs for pictures goes to it as it takes it: no frame and no key waits behind a picture."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from paperstui.draw.pictures import KITTY_ENDED, Box, kitty_deleted, kitty_shown
from paperstui.tui.courier import Courier
from paperstui.tui.graphics import AT_ONCE, is_full, parcels, waiting
from tests.waiting import wait_for

LARGE = bytes(range(256)) * 2000
SIXELS = "\x1bP0;1;0q" + "#" * 5000 + "\x1b\\"
FRAME = "a frame"
SHOWN = re.compile(r"\x1b_G[^;]*i=(\d+),[^;]*;")


class Line:
    """A terminal's file that takes nothing until it is let."""

    def __init__(self) -> None:
        self.takes = threading.Event()
        self.text = ""

    def write(self, text: str) -> None:
        self.takes.wait()
        self.text += text

    def flush(self) -> None:
        pass


class Driver:
    """As much of Textual's as there is to it, with its own queue."""

    def __init__(self) -> None:
        self.line = Line()
        self._writer_thread = WriterThread(self.line)  # type: ignore[arg-type]
        self._writer_thread.start()
        self.writes = 0

    def write(self, text: str) -> None:
        self.writes += 1
        assert not self._writer_thread._queue.full(), "the event loop would be held up"
        self._writer_thread.write(text)

    def flush(self) -> None:
        pass

    def stop(self) -> None:
        self.line.takes.set()
        self._writer_thread.stop()


@pytest.fixture(autouse=True)
def _without_tmux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)


@pytest.fixture
def driver() -> Iterator[Any]:
    made = Driver()
    yield made
    made.stop()


async def begun(driver: Any, courier: Courier, number: int = 70_000) -> asyncio.Task[bool]:
    """An image of half a megabyte is on its way over a line that takes nothing."""
    task = asyncio.ensure_future(courier.give(number, kitty_shown(number, LARGE, Box(50, 18))))
    await wait_for(lambda: waiting(driver) > 0, "the first piece")
    return task


async def test_frames_go_before_the_rest_of_a_picture(driver: Any) -> None:
    task = await begun(driver, Courier(lambda: driver))
    for _ in range(MAX_QUEUED_WRITES - 5):
        driver.write(FRAME)
    assert not task.done()
    driver.line.takes.set()
    assert await task
    driver.stop()
    text = driver.line.text
    assert text.rindex(FRAME) < 3 * AT_ONCE < len(text)
    assert text.replace(FRAME, "") == "".join(kitty_shown(70_000, LARGE, Box(50, 18)))


async def test_there_are_few_writes(driver: Any) -> None:
    driver.line.takes.set()
    assert await Courier(lambda: driver).give(70_000, kitty_shown(70_000, LARGE, Box(50, 18)))
    assert driver.writes < 1.4 * len(LARGE) * 4 / 3 / AT_ONCE < 70


async def test_a_picture_that_is_left_breaks_off_cleanly(driver: Any) -> None:
    courier = Courier(lambda: driver)
    task = await begun(driver, courier)
    courier.forget()
    assert not await task
    other = asyncio.ensure_future(courier.give(70_001, kitty_shown(70_001, b"small", Box(5, 1))))
    driver.line.takes.set()
    assert await other
    after = KITTY_ENDED + kitty_deleted(70_000) + "".join(kitty_shown(70_001, b"small", Box(5, 1)))
    await wait_for(lambda: driver.line.text.endswith(after), "the other one after the end of the first")
    text = driver.line.text
    assert SHOWN.findall(text) == ["70000", "70001"]
    assert len(text) < 3 * AT_ONCE
    courier.end()
    await wait_for(lambda: driver.line.text.endswith(kitty_deleted(70_001)), "nothing left")


async def test_what_the_terminal_has_whole_is_only_deleted(driver: Any) -> None:
    driver.line.takes.set()
    courier = Courier(lambda: driver)
    assert await courier.give(70_000, kitty_shown(70_000, LARGE, Box(50, 18)))
    courier.forget()
    courier.forget()
    await wait_for(lambda: driver.line.text.endswith(kitty_deleted(70_000)), "it is deleted")
    assert KITTY_ENDED not in driver.line.text
    assert driver.line.text.count(kitty_deleted(70_000)) == 1


async def test_forgetting_waits_for_room(driver: Any) -> None:
    courier = Courier(lambda: driver)
    task = await begun(driver, courier)
    while not is_full(driver):
        driver.write(FRAME)
    courier.forget()
    assert not await task
    assert kitty_deleted(70_000) not in driver.line.text
    driver.line.takes.set()
    await wait_for(lambda: driver.line.text.endswith(KITTY_ENDED + kitty_deleted(70_000)), "it is deleted")


async def test_leaving_waits_for_no_terminal_that_is_gone(driver: Any) -> None:
    courier = Courier(lambda: driver)
    driver.line.takes.set()
    assert await courier.give(70_000, kitty_shown(70_000, b"small", Box(5, 1)))
    driver.stop()
    while not is_full(driver):
        driver.write(FRAME)
    courier.end()
    courier.paint([(1, 1, SIXELS)], lambda: True)
    courier.end()
    while not driver._writer_thread._queue.empty():
        assert driver._writer_thread._queue.get() == FRAME


async def test_nothing_is_sent_that_is_not_begun(driver: Any) -> None:
    courier = Courier(lambda: driver)
    first = await begun(driver, courier)
    second = asyncio.ensure_future(courier.give(70_001, kitty_shown(70_001, LARGE, Box(5, 1))))
    await asyncio.sleep(0)
    courier.forget()
    assert not await first
    assert not await second
    driver.line.takes.set()
    await wait_for(lambda: driver.line.text.endswith(kitty_deleted(70_000)), "it is deleted")
    assert "70001" not in driver.line.text


async def test_rows_of_sixels_go_as_they_are_taken(driver: Any) -> None:
    courier = Courier(lambda: driver)
    courier.paint([(1, row, SIXELS) for row in range(30)], lambda: True)
    assert 0 < driver.writes < 4
    courier.paint([(2, row, SIXELS) for row in range(30)], lambda: True)
    assert driver.writes < 4, "what is not painted yet is painted where it is now"
    driver.line.takes.set()
    await wait_for(lambda: "\x1b[30;3H" in driver.line.text, "the last row")
    found = re.findall(r"\x1b\[(\d+);3H", driver.line.text)
    assert found == [str(row + 1) for row in range(30)]
    assert len(re.findall(r"\x1b\[\d+;2H", driver.line.text)) < 9


async def test_rows_of_sixels_are_not_painted_over_what_lies_over_them(driver: Any) -> None:
    courier, may = Courier(lambda: driver), [True]
    courier.paint([(1, row, SIXELS) for row in range(30)], lambda: may[0])
    may[0] = False
    before = driver.writes
    driver.line.takes.set()
    await wait_for(lambda: not courier._rows, "the rest to be dropped")
    assert driver.writes == before


@pytest.mark.parametrize(
    ("sizes", "wanted"), [([], []), ([AT_ONCE * 2], [1]), ([1, 2, AT_ONCE, 3], [2, 1, 1]), ([5] * 9, [9])]
)
def test_parcels_hold_everything_in_its_order(sizes: list[int], wanted: list[int]) -> None:
    things = ["x" * size for size in sizes]
    found = list(parcels(things))
    assert [thing for parcel in found for thing in parcel] == things
    assert [len(parcel) for parcel in found] == wanted
