"""Earlier queries in the filter bar."""

from __future__ import annotations

import os

import pytest

from paperstui.usecases import Desk
from tests.tui.reading import Reading, reading


def field(reader: Reading) -> str:
    found = reader.screen.filter_bar.input
    return found.value if found is not None else ""


async def ask(reader: Reading, *queries: str) -> None:
    """Finish queries one after the other."""
    for query in queries:
        await reader.press("slash", "ctrl+u")
        for key in query:
            await reader.pilot.press("space" if key == " " else key)
        await reader.press("enter")
    await reader.press("escape")


async def test_up_walks_through_what_was_asked(filled: Desk) -> None:
    async with reading(filled) as reader:
        await ask(reader, "diffusion", "is:unread", "agents")
        await reader.press("slash", "up")
        assert field(reader) == "agents"
        await reader.press("up", "up", "up", "up")
        assert field(reader) == "diffusion"
        expected = filled.select(reader.screen.shelf.place, "diffusion", typing=True).ids
        assert reader.screen.papers.ids == expected, "the list follows"
        await reader.press("down")
        assert field(reader) == "is:unread"
        await reader.press("down", "down")
        assert (field(reader), reader.screen.context) == ("", "filter"), "back to what was begun"
        await reader.press("down")
        assert reader.screen.context == "list"


async def test_only_those_that_begin_as_typed(filled: Desk) -> None:
    async with reading(filled) as reader:
        await ask(reader, "Audio", "diffusion", "agents of audio")
        await reader.press("slash", *"au", "up")
        assert field(reader) == "Audio"
        await reader.press("up")
        assert field(reader) == "Audio"
        await reader.press("down")
        assert field(reader) == "au", "what was begun is kept"


async def test_what_was_changed_is_a_new_beginning(filled: Desk) -> None:
    async with reading(filled) as reader:
        await ask(reader, "one", "one two", "three")
        await reader.press("slash", "up", "up")
        assert field(reader) == "one two"
        await reader.press(*["backspace"] * 4, "up")
        assert field(reader) == "one two"
        await reader.press("ctrl+n")
        assert field(reader) == "one"


async def test_a_filter_that_stands_is_no_beginning(filled: Desk) -> None:
    async with reading(filled) as reader:
        await ask(reader, "diffusion")
        await reader.press("slash", *"agents", "enter", "slash", "up")
        assert field(reader) == "diffusion"
        await reader.press("down")
        assert field(reader) == "agents"


async def test_suggestions_come_before_earlier_queries_downwards_only(filled: Desk) -> None:
    async with reading(filled) as reader:
        await ask(reader, "is:unread", "diffusion")
        await reader.press("slash", *"is:", "down", "down", "up", "up")
        assert field(reader) == "is:"
        await reader.press("up")
        assert field(reader) == "is:unread"
        assert not reader.screen.overlay.shown
        await reader.press("ctrl+u", *"is:", "down", "ctrl+p")
        assert field(reader) == "is:unread"


async def test_they_are_there_after_a_restart_and_in_another_copy(filled: Desk) -> None:
    async with reading(filled) as first, reading(filled) as second:
        await ask(first, "diffusion")
        await second.press("slash", "up")
        assert field(second) == "diffusion"
    assert filled.paths.queries.read_text() == "diffusion\n"


async def test_what_makes_no_sense_is_not_kept(filled: Desk) -> None:
    async with reading(filled) as reader:
        await ask(reader, "titel:x", "  ", "diffusion", "diffusion")
        await reader.press("slash", *"agents", "tab")
        assert filled.asked() == ["diffusion", "agents"]


async def test_a_full_disk_is_told_once_and_they_work_on(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with reading(filled) as reader:
        monkeypatch.setattr(os, "fsync", full)
        await reader.press("slash", *"diffusion", "enter")
        assert "the disk is full: the list of queries was not saved" in reader.text
        reader.screen.say("")
        await reader.press("slash", "ctrl+u", *"agents", "enter")
        assert "the disk is full" not in reader.text


async def test_a_file_that_cannot_be_read_is_told(filled: Desk) -> None:
    filled.paths.queries.mkdir()
    async with reading(filled) as reader:
        await reader.press("slash")
        assert "the list of queries cannot be read" in reader.text
        await reader.press("up", *"model", "enter")
        assert reader.screen.context == "list"
        assert reader.app.fault is None
