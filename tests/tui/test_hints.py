"""The line of keys names what the keys do now, and a key that does nothing says so."""

from __future__ import annotations

from paperstui.usecases import Desk
from tests.tui.reading import reading


async def test_a_key_that_does_not_go_on_with_a_chord_says_so(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "z")
        assert "g z means nothing; g and then: " in reader.line
        assert "r refresh" in reader.line
        await reader.press("z")
        assert "z means nothing; z" not in reader.line


async def test_escape_cancels_a_chord_without_a_word(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "escape")
        assert "means nothing" not in reader.line


async def test_earlier_queries_are_offered_when_there_are_any(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("slash")
        assert "earlier query" not in reader.text.splitlines()[-1]
        await reader.press("x", "enter", "escape", "slash")
        assert "earlier query" in reader.text.splitlines()[-1]
