"""A list that breaks off half-way: what came is here, and the next try asks only for the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperstui import clock
from paperstui.demo import generator
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from paperstui.usecases.sittings import LASTS, NOTHING, forget, reached, remember
from tests.server import Hub, Server
from tests.usecases.reading import DAY, open_desk

MONTH = Place("month", "2026-06")
JUNE = ("monthly", "2026-06")


pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
def large(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service with 250 papers in one month, which are three pages."""
    with Server(Hub(generator.items(250, seed=2, last_day=DAY, days=4))) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def pages(server: Server) -> list[str]:
    """The pages that were asked for, in order."""
    return [request.query.get("p", "0") for request in server.requests]


async def half(large: Server, online: Desk) -> None:
    """Fetch a month of which the third page does not come."""
    large.fault("reset", nth=(3, 4, 5))
    result = await online.refresh(*JUNE)
    assert (result.papers, result.complete, result.status) == (200, False, 4)
    large.heal()
    large.requests.clear()


async def test_what_came_is_here_and_the_rest_is_asked_for(large: Server, online: Desk) -> None:
    await half(large, online)
    assert online.select(MONTH, "").total == 200
    period = online.period(MONTH)
    assert period is not None
    assert (period.complete, period.papers) == (False, 200)
    result = await online.refresh(*JUNE, asked=True)
    assert pages(large) == ["2"], "nothing that is here is asked for again"
    assert (result.papers, len(result.upserted.new), result.complete) == (250, 50, True)
    votes = [row.upvotes or 0 for row in online.select(MONTH, "").rows]
    assert votes == sorted(votes, reverse=True), "the ranks go on where they were"
    assert online.settled(MONTH) is False, "the month is not over"


async def test_it_holds_after_a_restart(large: Server, online: Desk, places: Paths) -> None:
    await half(large, online)
    await online.disconnect()
    online.close()
    again = open_desk(places, offline=False)
    assert (await again.refresh(*JUNE)).complete
    await again.disconnect()
    again.close()
    assert pages(large) == ["2"]


async def test_a_sitting_of_long_ago_is_begun_anew(
    large: Server, online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await half(large, online)
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:31:00+00:00")
    result = await online.refresh(*JUNE, asked=True)
    assert pages(large) == ["0", "1", "2"]
    assert (result.papers, len(result.upserted.new), result.complete) == (250, 50, True)


async def test_a_whole_list_is_begun_anew(large: Server, online: Desk) -> None:
    await half(large, online)
    await online.refresh(*JUNE, asked=True)
    large.requests.clear()
    assert (await online.refresh(*JUNE)).not_modified
    assert pages(large) == ["0", "1", "2"]


def test_only_what_makes_sense_is_gone_on_with(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library.open(places)
    assert reached(library, *JUNE) == NOTHING
    remember(library, *JUNE, 2, 200)
    assert (reached(library, *JUNE).pages, reached(library, "monthly", "2026-05")) == (2, NOTHING)
    for text in ("", "5", "[[", '{"pages":-1,"papers":0,"at":0}', '{"pages":1,"papers":1,"at":99999999999}'):
        library.set_meta("reached.monthly.2026-06", text)
        assert reached(library, *JUNE) == NOTHING
    remember(library, *JUNE, 2, 200)
    forget(library, *JUNE)
    assert reached(library, *JUNE) == NOTHING
    remember(library, *JUNE, 2, 200)
    later = clock.seconds() + LASTS
    monkeypatch.setattr(clock, "seconds", lambda: later)
    assert reached(library, *JUNE) == NOTHING
    library.close()
