"""The screen that tells how it goes with the sources, and what is done in the background behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperstui.paths import Paths
from paperstui.tui.screens.health import HealthScreen
from paperstui.usecases import Desk
from paperstui.usecases.asking import DAILY
from tests.server import Server
from tests.tui.reading import fill, open_desk, reading
from tests.waiting import wait_for


@pytest.fixture
def online(places: Paths, hugging_face: Server) -> Iterator[Desk]:
    """A desk over an empty library whose source is the loopback server."""
    assert hugging_face.url
    desk = open_desk(places, offline=False)
    yield desk
    desk.close()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 14)], ids=str)
async def test_it_tells_of_each_source(online: Desk, hugging_face: Server, size: tuple[int, int]) -> None:
    async with reading(online, size=size) as reader:
        await reader.see("updated just now")
        await reader.press("f9")
        for text in ("Hugging Face", hugging_face.url.removeprefix("http://"), "answers", "just now", "the newest day"):
            assert text in reader.text
        assert "Requests left" in reader.text
        await reader.press("G")
        assert "arXiv" in reader.text
        assert "not asked yet" in reader.text
        await reader.press("q")
        assert "Requests left" not in reader.text
        assert reader.app.return_code is None


async def test_what_was_fetched_before_the_reader_was_opened_counts(online: Desk, hugging_face: Server) -> None:
    fill(online)
    hugging_face.down()
    async with reading(online) as reader:
        await reader.see("refuses connections")
        await reader.press("f9")
        await reader.see("Last success  10 min ago")


async def test_it_follows_what_happens_while_it_is_open(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        await reader.press("f9")
        hugging_face.down()
        await reader.press("r")
        await reader.see("refuses connections")
        await reader.see("it did not work the last time")
        hugging_face.up()
        await reader.press("r")
        await wait_for(lambda: "it did not work" not in reader.text, "the source to answer")
        assert isinstance(reader.app.screen, HealthScreen)
        await reader.press("f9")
        assert "Requests left" not in reader.text


async def test_the_demonstration_says_that_nothing_is_fetched(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("f9")
        assert "does not touch the network" in reader.text


async def test_the_newest_day_is_fetched_again_by_itself_and_what_failed_is_tried_again(
    online: Desk, hugging_face: Server
) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        keeper = reader.screen.keeper
        await wait_for(lambda: keeper.scheduler is not None, "the scheduler")
        assert keeper.scheduler is not None
        state = keeper.scheduler.state(DAILY)
        assert state is not None
        await wait_for(lambda: state.due is not None, "the next time")
        assert (state.failures, state.error) == (0, "")
        hugging_face.down()
        before = len(hugging_face.requests)
        keeper.scheduler.hurry(DAILY)
        await wait_for(lambda: state.failures == 1, "the failure")
        assert "refuses connections" in state.error
        await reader.see("refuses connections")
        hugging_face.up()
        online._fetcher._http._circuit.close()  # type: ignore[union-attr]
        keeper.scheduler.hurry(DAILY)
        await wait_for(lambda: state.failures == 0, "the success")
        assert len(hugging_face.requests) > before


async def test_what_another_process_fetched_is_shown(online: Desk, places: Paths) -> None:
    made = fill(online, 20)
    async with reading(online) as reader:
        await reader.see("updated just now")
        shown = len(reader.screen.papers.ids)
        other = open_desk(places, offline=False)
        try:
            # Not by way of the first desk: what it stores there is news to the reader.
            result = await other.refresh(asked=True)
            assert result.papers
            more = made[0].paper
            from msgspec.structs import replace

            item = replace(made[0], paper=replace(more, id="2606.09999", title="A late paper"))
            other.library.upsert([item], 1_780_600_000)
            other.library.mark_period(DAILY, result.period, at=1_780_600_000, complete=True, papers=result.papers + 1)
        finally:
            await other.disconnect()
            other.close()
        await reader.screen.refresher._look_elsewhere()
        await reader.settle()
        assert len(reader.screen.papers.ids) == shown, "nothing moves under the cursor"
        assert "new" in reader.text
