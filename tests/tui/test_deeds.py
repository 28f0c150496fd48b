"""Decisions while the library is busy: the journal has them, the screen shows them, the library follows."""

from __future__ import annotations

from typing import Any

import pytest

from paperstui.errors import SaveError
from paperstui.usecases import Desk
from tests.tui.reading import Reading, reading
from tests.usecases.reading import in_transaction, journal_of
from tests.waiting import wait_for


def starred_rows(reader: Reading) -> int:
    return reader.text.count("★ ▲")


async def test_stars_do_not_wait_for_another_process_that_stores_papers(filled: Desk) -> None:
    async with reading(filled) as reader:
        with in_transaction(filled.paths):
            await reader.pilot.press("s")
            await wait_for(lambda: starred_rows(reader) == 1, "the first star")
            await reader.pilot.press("j", "s")
            await wait_for(lambda: starred_rows(reader) == 2, "the second star")
            assert [line["label"] for line in journal_of(filled.paths)] == ["Starred 1 paper"] * 2
            await reader.pilot.press("u")
            await wait_for(lambda: starred_rows(reader) == 1, "the second star to go")
            assert "Starred 0" in reader.text, "counts follow with the library"
        await reader.see("Starred 1")
        await reader.settle()


async def test_a_view_shows_what_was_decided_just_before_it_was_opened(filled: Desk) -> None:
    async with reading(filled) as reader:
        for _ in range(3):
            await reader.pilot.press("s", "j")
        await reader.pilot.press("6")
        await reader.settle()
        assert len(reader.screen.papers.ids) == 3


async def test_a_view_that_could_not_wait_is_brought_up_to_date(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.tui.deeds.FOLLOWED_AFTER", 0.01)
    async with reading(filled) as reader:
        with in_transaction(filled.paths):
            await reader.pilot.press("s", "6")
            await reader.see("Nothing starred yet")
        await wait_for(lambda: len(reader.screen.papers.ids) == 1, "the starred paper")
        await reader.settle()


async def test_a_library_that_is_late_is_waited_for_once(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.tui.deeds.FOLLOWED_AFTER", 0.01)
    async with reading(filled) as reader:
        with in_transaction(filled.paths):
            await reader.pilot.press("s", "6")
            await reader.see("Nothing starred yet")
            monkeypatch.setattr("paperstui.tui.deeds.FOLLOWED_AFTER", 60)
            await reader.pilot.press("7")
            await wait_for(lambda: len(reader.screen.papers.ids) > 1, "all papers")
        await reader.settle()


async def test_a_library_that_cannot_follow_is_said_and_repaired_later(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(filled) as reader:

        def full(*_: Any, **__: Any) -> None:
            raise SaveError("the disk is full: the library was not saved")

        monkeypatch.setattr(filled.library, "_write", full)
        await reader.pilot.press("s")
        await reader.see("it is in the journal, and the library follows when it can be written")
        assert starred_rows(reader) == 1
        monkeypatch.undo()
        await reader.see("Starred 1")
        await reader.settle()


async def test_undo_goes_back_to_the_paper_it_is_about(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("j")
        paper = reader.screen.papers.rowid
        await reader.press("r")
        assert reader.screen.papers.rowid != paper
        await reader.press("G", "u")
        assert reader.screen.papers.rowid == paper
        await reader.press("g", "g", "ctrl+r")
        assert reader.screen.papers.rowid == paper


async def test_undo_moves_nothing_when_the_paper_is_not_shown(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("r", "left_square_bracket")
        shown = reader.screen.papers.rowid
        await reader.press("u")
        assert reader.screen.papers.rowid == shown


def heading(reader: Reading) -> str:
    return reader.text.splitlines()[1]


async def test_a_paper_that_stays_though_it_left_the_view_is_named(filled: Desk) -> None:
    async with reading(filled, query="is:unread") as reader:
        await wait_for(lambda: "All 60" in reader.text, "the counts")
        assert "for now" not in heading(reader)
        await reader.press("r")
        await reader.see("All 59")
        assert "59 unread · 1 stays for now" in heading(reader) or "59 unread of 60 · 1 stays for now" in heading(
            reader
        )
        await reader.press("r")
        await reader.see("All 58")
        assert "2 stay for now" in heading(reader)
        await reader.press("u")
        await reader.see("1 stays for now")
        await reader.press("u")
        await wait_for(lambda: "for now" not in heading(reader), "nothing to stay")
