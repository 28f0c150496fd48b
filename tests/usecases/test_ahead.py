"""Full texts that are fetched ahead, over services that are real servers on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from paperstui import clock
from paperstui.config import Settings
from paperstui.demo.fulltext import markdown
from paperstui.documents.cache import DocumentCache
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk, ahead
from paperstui.usecases.ahead import BETWEEN, MOST_AN_HOUR, Fetched
from paperstui.usecases.keeping import AHEAD, health, jobs
from paperstui.usecases.results import Outcome
from paperstui.usecases.scheduler import Scheduler
from tests.server import ArxivServer, Server
from tests.usecases.reading import fill

pytestmark = pytest.mark.usefixtures("hasty", "at_once")

ONE, TWO, THREE = (f"2606.0000{number}" for number in (1, 2, 3))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next text may be fetched at once."""
    monkeypatch.setattr(ahead, "BETWEEN", 0.0)


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    """A desk with two papers on its reading list, the second of the day first; Hugging Face has the texts of all."""
    assert arxiv.url
    opened = Desk.open(places, Settings())
    fill(opened)
    for paper in (TWO, ONE):
        opened.decide([paper], "queued", value=True)
    for paper in (ONE, TWO, THREE):
        hugging_face.hub.write(paper, markdown(9_000))
    yield opened
    await opened.disconnect()
    opened.close()


def paper_of(desk: Desk, name: str) -> Paper:
    detail = desk.find(name)
    assert detail is not None
    return detail.paper


def is_here(desk: Desk, name: str) -> bool:
    return desk.reading.here(paper_of(desk, name)) is not None


def asked(server: Server) -> list[str]:
    return [request.path for request in server.requests if request.path.endswith(".md")]


async def test_the_first_of_the_list_is_fetched_first_and_each_once(desk: Desk, hugging_face: Server) -> None:
    first = await desk.ahead.fetch_next()
    assert (first.paper, first.source, first.here, first.left) == (TWO, "Hugging Face's markdown", True, 1)
    assert first.wait == ahead.BETWEEN
    second = await desk.ahead.fetch_next()
    assert (second.paper, second.left) == (ONE, 0)
    third = await desk.ahead.fetch_next()
    assert (third.paper, third.error) == ("", "")
    assert asked(hugging_face) == [f"/papers/{TWO}.md", f"/papers/{ONE}.md"]
    hugging_face.down()
    kept = desk.reading.kept(paper_of(desk, ONE))
    assert kept is not None
    assert kept.whole


async def test_what_is_put_on_the_list_now_is_fetched_before_all_others(desk: Desk) -> None:
    await desk.ahead.fetch_next()
    desk.decide([THREE], "queued", value=True)
    desk.ahead.soon([THREE])
    assert (await desk.ahead.fetch_next()).paper == THREE
    assert (await desk.ahead.fetch_next()).paper == ONE


async def test_what_was_taken_off_the_list_or_hidden_or_read_is_not_fetched(desk: Desk, hugging_face: Server) -> None:
    assert desk.ahead.look() == [TWO, ONE]
    desk.decide([TWO], "queued", value=False)
    desk.ahead.soon([TWO])
    assert (await desk.ahead.fetch_next()).paper == ONE
    desk.decide([TWO], "queued", value=True)
    desk.decide([TWO], "hidden", value=True)
    assert desk.ahead.look() == []
    desk.decide([TWO], "hidden", value=False)
    assert desk.ahead.look() == [TWO]
    await desk.reading.fetch(paper_of(desk, TWO))
    assert desk.ahead.look() == []
    assert len(asked(hugging_face)) == 2


async def test_what_another_process_has_fetched_is_not_fetched_again(desk: Desk, places: Paths) -> None:
    await desk.ahead.fetch_next()
    other = Desk.open(places, Settings())
    try:
        assert other.ahead.look() == [ONE]
        assert (await other.ahead.fetch_next()).paper == ONE
        assert (await desk.ahead.fetch_next()).paper == ""
    finally:
        await other.disconnect()
        other.close()


async def test_processes_take_turns_at_the_pace_of_one(
    desk: Desk, places: Paths, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "BETWEEN", BETWEEN)
    await desk.ahead.fetch_next()
    other = Desk.open(places, Settings())
    try:
        result = await other.ahead.fetch_next()
        assert (result.paper, result.error) == ("", "")
        assert 0 < result.wait <= BETWEEN
        assert len(asked(hugging_face)) == 1
    finally:
        await other.disconnect()
        other.close()


async def test_on_a_full_disk_nothing_is_fetched_again_and_again(
    desk: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "MOST_AN_HOUR", 3)
    monkeypatch.setattr(DocumentCache, "put", lambda *_, **__: False)
    result = await desk.ahead.fetch_next()
    assert (result.paper, result.here, result.kind, result.status) == (TWO, False, "no room", 5)
    assert "the disk is full" in result.error
    assert "no room" in desk.ahead.texts.last
    for _ in range(6):
        await desk.ahead.fetch_next()
    assert len(asked(hugging_face)) == 3
    papers = [paper_of(desk, name) for name in (TWO, ONE)]
    assert [each.status async for each in desk.ahead.fetch_all(papers)] == [5]


async def test_a_new_version_that_cannot_be_kept_leaves_the_one_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = replace(paper_of(desk, TWO), version=1)
    await desk.reading.fetch(first)
    forgotten: list[str] = []
    monkeypatch.setattr(DocumentCache, "forget", lambda _, key: forgotten.append(key))
    monkeypatch.setattr(DocumentCache, "put", lambda *_, **__: False)
    found = await desk.reading.fetch(replace(first, version=2), again=True)
    assert (found.whole, found.unkept) == (True, "no room")
    assert not forgotten
    assert desk.reading.kept(first) is not None


async def test_what_is_too_long_to_be_kept_is_left_for_a_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.usecases.reading._MOST_KEPT", 1_000)
    result = await desk.ahead.fetch_next()
    assert (result.paper, result.here) == (TWO, False)
    assert "too long to be kept" in result.error
    assert desk.ahead.texts.last.endswith("(it is too long to be kept)")
    assert desk.ahead.look() == [ONE]


async def test_what_nobody_has_is_asked_for_again_a_day_later(
    desk: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    del hugging_face.hub.texts[TWO]
    result = await desk.ahead.fetch_next()
    assert (result.paper, result.here, result.source, result.error) == (TWO, False, "", "")
    assert desk.ahead.look() == [ONE]
    assert (desk.ahead.texts.total, desk.ahead.texts.here, desk.ahead.texts.nowhere) == (2, 0, 1)
    later = clock.seconds() + 86_401
    monkeypatch.setattr("paperstui.clock.seconds", lambda: later)
    assert desk.ahead.look() == [TWO, ONE]


async def test_a_new_version_is_fetched(desk: Desk, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    del arxiv
    await desk.ahead.fetch_next()
    await desk.ahead.fetch_next()
    real = desk.library.detail

    def newer(rowid: int) -> object:
        from msgspec.structs import replace

        detail = real(rowid)
        assert detail is not None
        return replace(detail, paper=replace(detail.paper, version=2, version_at=clock.seconds() + 60))

    monkeypatch.setattr(desk.library, "detail", newer)
    assert desk.ahead.look() == [TWO, ONE]


async def test_a_text_that_had_to_make_room_is_fetched_again(desk: Desk, places: Paths) -> None:
    await desk.ahead.fetch_next()
    assert desk.ahead.look() == [ONE]
    kept = desk.reading.here(paper_of(desk, TWO))
    assert kept is not None
    DocumentCache(places.documents).forget(kept[0])
    assert desk.ahead.look() == [TWO, ONE]


async def test_texts_of_what_is_starred_or_on_the_list_make_room_last(
    desk: Desk, places: Paths, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.reading, "_cache", DocumentCache(places.documents, size_limit=1_500_000))
    hugging_face.hub.write(four := "2606.00004", markdown(9_000))
    desk.decide([THREE], "starred", value=True)
    for name in (ONE, TWO, THREE, four):
        await desk.reading.fetch(paper_of(desk, name))
    desk.decide([TWO], "queued", value=False)
    desk.look_after()
    for number in range(40):
        desk.reading._cache.put(str(number), bytes(100_000))
    assert [name for name in (ONE, TWO, THREE, four) if is_here(desk, name)] == [ONE, THREE]


async def test_without_a_network_it_stops_and_nothing_is_held_against_the_papers(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    hugging_face.down()
    arxiv.down()
    result = await desk.ahead.fetch_next()
    assert (result.paper, result.kind, result.status) == (TWO, "offline", 4)
    assert "refuses connections" in result.error
    hugging_face.up()
    assert desk.ahead.look() == [TWO, ONE]


async def test_a_source_that_wants_a_pause_says_until_when(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    arxiv.down()
    hugging_face.fault("limited", after=90)
    result = await desk.ahead.fetch_next()
    assert (result.here, result.kind) == (False, "limited")
    assert result.retry_at is not None
    assert 60 < result.retry_at - clock.wall() < 120


async def test_a_fault_of_one_paper_leaves_their_turn_to_the_others(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    del hugging_face.hub.texts[TWO]
    arxiv.fault("status", code=503)
    result = await desk.ahead.fetch_next()
    assert (result.paper, result.kind) == (TWO, "server")
    assert (await desk.ahead.fetch_next()).paper == ONE
    assert desk.ahead.look() == []


async def test_no_more_are_fetched_in_an_hour_than_are_polite(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_AN_HOUR <= 60
    monkeypatch.setattr(ahead, "MOST_AN_HOUR", 1)
    await desk.ahead.fetch_next()
    result = await desk.ahead.fetch_next()
    assert result.paper == ""
    assert 3_500 < result.wait <= 3_602
    later = clock.seconds() + 3_700
    monkeypatch.setattr("paperstui.clock.seconds", lambda: later)
    assert (await desk.ahead.fetch_next()).paper == ONE


async def test_whatever_the_cache_holds_there_is_no_harm(desk: Desk, places: Paths) -> None:
    cache = DocumentCache(places.documents)
    for key in (f"text known 1 {TWO}", "fetched ahead 1"):
        for value in (b"", b"[1, 2", b"{}", "words", b'{"version":0,"until":9e99}', b'["a"]'):
            cache.put(key, value)
            assert desk.ahead.look() == [TWO, ONE]
            assert desk.ahead._times() == []
    assert (await desk.ahead.fetch_next()).paper == TWO


async def test_a_text_that_is_asked_for_by_name_is_fetched_whatever_was_noted(desk: Desk, hugging_face: Server) -> None:
    del hugging_face.hub.texts[TWO]
    await desk.ahead.fetch_next()
    hugging_face.hub.write(TWO, markdown(9_000))
    found = [result async for result in desk.ahead.fetch_all(desk.ahead.papers([TWO, THREE]))]
    assert [(result.paper, result.here, result.left) for result in found] == [(TWO, True, 1), (THREE, True, 0)]
    assert desk.ahead.papers([TWO, THREE]) == []


async def come(_: object) -> None:
    """What came of lists; there is nothing here to show it."""


async def refresh() -> Outcome:
    return Outcome()


async def taken() -> None:
    """As above."""


async def test_it_is_a_job_only_where_the_settings_say_so_and_is_told_of_on_the_screen_of_sources(desk: Desk) -> None:
    plain = jobs(desk, 30, refresh=refresh, came=come, taken=taken)
    assert AHEAD not in [job.name for job in plain]
    assert [source.name for source in health(desk, Scheduler(plain))] == ["Hugging Face", "arXiv"]
    wanted = jobs(desk, 30, refresh=refresh, came=come, taken=taken, ahead=True)
    job = next(job for job in wanted if job.name == AHEAD)
    assert job.every(Outcome()) == ahead.LOOK_AGAIN
    result = await job.run()
    assert isinstance(result, Fetched)
    assert job.every(result) == ahead.BETWEEN
    told = health(desk, Scheduler(wanted))[-1]
    assert (told.name, told.answers) == ("Full texts", "kept here as they can be had")
    facts = dict(told.facts)
    assert facts["Here"] == "1 of 2"
    assert facts["Last text"].endswith("(Hugging Face's markdown)")
    assert [title for _, title in told.coming] == ["a text of your reading list"]
