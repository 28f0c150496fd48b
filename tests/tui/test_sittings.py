from __future__ import annotations

from contextlib import closing

import pytest

from paperstui import clock
from paperstui.library.gains import APART
from paperstui.paths import Paths
from paperstui.tui.sittings import EVERY
from paperstui.usecases import Desk
from tests.library.making import item
from tests.tui.reading import open_desk, reading
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
