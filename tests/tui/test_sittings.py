from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from paperstui import clock
from paperstui.config import Settings
from paperstui.errors import SaveError
from paperstui.journal.files import locked
from paperstui.library.gains import APART
from paperstui.library.glance import glance
from paperstui.paths import Paths
from paperstui.tui.late import LateDesk
from paperstui.tui.sittings import AGAIN, EVERY
from paperstui.usecases import Desk, Place
from tests.library.making import item
from tests.tui.reading import open_desk, reading
from tests.usecases.reading import in_transaction
from tests.waiting import wait_for

NOW = 1_780_574_400
"""Noon of the test's own day."""


def refresh(desk: Desk, votes: int, at: int) -> None:
    """What a refresh of a day in May says at a time."""
    desk.library.upsert([item(1, day="2026-05-20", upvotes=votes)], at)


async def test_what_was_gained_since_the_last_time_is_shown_until_another_sitting(
    places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(moment: int) -> None:
        monkeypatch.setenv("PAPERSTUI_NOW", clock.now().fromtimestamp(moment, clock.now().tzinfo).isoformat())

    with closing(open_desk(places)) as desk:
        at(NOW)
        refresh(desk, 42, NOW - 60)
        async with reading(desk) as reader:
            await reader.press("7")
            assert "▲ 42 " in reader.text
            refresh(desk, 45, NOW + 30)
        at(NOW + APART + 3600)
        refresh(desk, 51, NOW + APART)
        async with reading(desk) as reader:
            await reader.press("7")
            await reader.see("▲ 51 +9")
            await wait_for(lambda: reader.text.count("▲ 51 +9") == 2, "it in the row and in the pane")
            await reader.press("slash", *"upvotes:+9", "enter")
            assert "▲ 51 +9" in reader.text
            await reader.press("slash", *"0", "enter")
            assert "▲ 51 +9" not in reader.text
            await reader.press("escape", "escape")
            assert "since 4 Jun" in reader.text
            # The reader stays open, and the next key comes after the night.
            at(NOW + 2 * APART + 3600 + EVERY)
            await reader.press("j")
            await wait_for(lambda: "+9" not in reader.text, "the next sitting")
            assert "▲ 51 " in reader.text


async def test_a_reader_that_is_left_has_looked_until_its_last_key(
    places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_desk(places)) as desk:
        monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:00:00")
        refresh(desk, 42, NOW - 60)
        async with reading(desk) as reader:
            monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:02:00")
            await reader.press("j")
            refresh(desk, 45, NOW + 100)
            monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:04:00")
        desk.library.user_looks(NOW + APART + 300)
        assert desk.library.rows([1])[0].gained is None, "the refresh was before the last key"


def test_a_library_that_cannot_be_written_to_is_looked_at_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(desk), "readonly", property(lambda _: True))
    assert not desk.look(NOW)


ALONE = Settings(refresh_minutes=0)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how many seconds each writer would wait for another."""
    asked: list[float] = []

    @contextmanager
    def noted(lock: Path, what: str, seconds: float = 10.0) -> Iterator[None]:
        asked.append(seconds)
        with locked(lock, what, min(seconds, 0.05)):
            yield

    monkeypatch.setattr("paperstui.library.connect.locked", noted)
    return asked


def at(monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", clock.now().fromtimestamp(moment, clock.now().tzinfo).isoformat())


async def test_neither_the_list_nor_leaving_waits_for_another_that_writes(
    places: Paths, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    with closing(open_desk(places)) as desk:
        at(monkeypatch, NOW)
        refresh(desk, 42, NOW - 60)
        desk.look(NOW)
        at(monkeypatch, NOW + APART + 3600)
        refresh(desk, 51, NOW + APART)
        before = list(waits)
        with in_transaction(places):
            async with reading(desk, settings=ALONE, query="upvotes:>1") as reader:
                await reader.see("▲ 51 +9")
                at(monkeypatch, NOW + APART + 3600 + EVERY)
                await reader.press("j")
        assert len(waits) > len(before), "it was tried"
        assert max(waits[len(before) :]) < 1


async def test_what_could_not_be_written_down_is_with_a_later_key(
    places: Paths, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    with closing(open_desk(places)) as desk, ExitStack() as busy:
        at(monkeypatch, NOW)
        refresh(desk, 42, NOW - 60)
        desk.look(NOW)
        refresh(desk, 45, NOW + 60)
        desk.look(NOW + 120)
        refresh(desk, 51, NOW + APART)
        at(monkeypatch, NOW + 2 * APART)
        busy.enter_context(in_transaction(places))
        async with reading(desk, settings=ALONE, query="upvotes:+9") as reader:
            await reader.see("▲ 51 +6")
            assert list(desk.select(Place("all"), "upvotes:+9").ids) == [1], "nothing is written down"
            busy.close()
            await reader.press("j")
            assert list(desk.select(Place("all"), "upvotes:+9").ids) == [1], "not with every key"
            at(monkeypatch, NOW + 2 * APART + AGAIN)
            await reader.press("j")
            assert not desk.select(Place("all"), "upvotes:+9").ids
        async with reading(desk, settings=ALONE, query="upvotes:+6") as reader:
            await reader.see("▲ 51 +6")
    assert waits


async def test_what_is_found_by_what_was_gained_is_asked_for_again(
    places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_desk(places)) as desk:
        at(monkeypatch, NOW)
        refresh(desk, 42, NOW - 60)
        desk.look(NOW)
        refresh(desk, 45, NOW + 60)
        desk.look(NOW + 120)
        at(monkeypatch, NOW + 2 * APART)
        async with reading(desk, settings=ALONE, query="upvotes:+3") as reader:
            await wait_for(lambda: not reader.screen.papers.ids, "another sitting")


def test_a_list_says_the_same_as_the_first_frame_when_nothing_can_be_written(
    places: Paths, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    with closing(open_desk(places)) as desk:
        at(monkeypatch, NOW)
        refresh(desk, 42, NOW - 60)
        desk.look(NOW)
        refresh(desk, 45, NOW + 60)
        desk.look(NOW + 120)
        assert desk.rows([1])[0].gained == 3
        refresh(desk, 51, NOW + APART)
        at(monkeypatch, NOW + 2 * APART)
        with in_transaction(places):
            first = glance(str(places.library), 5)
            assert first is not None
            with pytest.raises(SaveError):
                desk.look(clock.seconds())
            assert desk.rows([1])[0].gained == first.rows[0].gained == 6
            assert desk.rows_of(["2506.00001"])[0].gained == 6
    assert waits


def test_whatever_is_read_behind_the_first_frame_says_what_the_frame_says(
    places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:00:00+00:00")
    with closing(open_desk(places)) as desk:
        for votes, at in ((42, NOW - 7200), (51, NOW - 3600)):
            refresh(desk, votes, at)
        before = desk.detail(1)
        assert before is not None
        assert before.gained == 9, "for somebody who does not look"
        seen = LateDesk(lambda: desk).open().detail(1)
        found = glance(str(places.library), 1)
        assert seen is not None
        assert found is not None
        assert (seen.gained, found.facts.gained) == (None, None)
