"""Sorting by keys."""

from __future__ import annotations

import pytest

from paperstui.actions import ACTIONS
from paperstui.query.fields import SORTS
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.tui.reading import Reading, reading

SIZES = [(120, 40), (80, 24), (50, 14)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]


def heading(reader: Reading) -> str:
    return reader.text.splitlines()[1]


def expected(desk: Desk, reader: Reading, query: str) -> list[int]:
    return list(desk.select(reader.screen.shelf.place, query).ids)


def test_there_is_a_key_for_every_order() -> None:
    keys = {action.id.removeprefix("sort_") for action in ACTIONS if action.id.startswith("sort_")}
    assert keys - {"default", "reverse"} == {sort.name for sort in SORTS} - {"queued"}


@pytest.mark.parametrize(
    ("keys", "query", "words"),
    [
        ("Su", "sort:upvotes", "most upvoted first"),
        ("SuSu", "sort:-upvotes", "least upvoted first"),
        ("SuSS", "sort:-upvotes", "least upvoted first"),
        ("SuSuSu", "sort:upvotes", "most upvoted first"),
        ("SuSt", "sort:title", "by title"),
        ("Sp", "sort:published", "newest first"),
        ("Sl", "sort:listed", "newest day first"),
        ("Sn", "sort:seen", "last seen first"),
        ("Sc", "sort:comments", "most discussed first"),
        ("Ss", "sort:stars", "most starred code first"),
        ("Sm", "sort:momentum", "most gained first"),
        ("SaSa", "sort:-author", "by first author, Z to A"),
        ("SS", "sort:-listed", "oldest day first"),
        ("SuSd", "", "newest day first"),
    ],
)
async def test_one_more_key_sorts(filled: Desk, keys: str, query: str, words: str) -> None:
    async with reading(filled) as reader:
        await reader.press("7", *keys)
        assert reader.screen.shelf.text == query
        assert heading(reader).split("│")[0].rstrip().endswith(words)
        assert list(reader.screen.papers.ids) == expected(filled, reader, query)
        assert not reader.screen.overlay.shown


async def test_the_order_of_a_day_can_be_turned_round(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("S", "S")
        assert reader.screen.shelf.text == "sort:-upvotes"


async def test_it_is_written_into_the_query_that_is_there(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("7", "slash", *"model", "enter", "S", "t")
        assert reader.screen.shelf.text == "sort:title model"
        assert "sort:title model" in reader.line
        await reader.press("slash")
        assert reader.screen.filter_bar.input is not None
        assert reader.screen.filter_bar.input.value == "sort:title model"
        await reader.press("escape")
        assert reader.screen.shelf.text == ""


async def test_relevance_needs_words(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("S", "r")
        assert "filter by some first" in reader.line
        assert reader.screen.shelf.text == ""
        await reader.press("7", "slash", *"model", "enter", "S", "r")
        assert reader.screen.shelf.text == "sort:relevance model"
        assert "best match first" in heading(reader)
        await reader.press("S", "S")
        assert "worst match first" in heading(reader)


async def test_the_cursor_stays_on_its_paper(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("7", *["j"] * 7)
        paper = reader.screen.papers.rowid
        for keys in ("Su", "SS", "St", "Sa", "Sd"):
            await reader.press(*keys)
            assert reader.screen.papers.rowid == paper
            assert reader.screen.papers.top <= reader.screen.papers.cursor


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_the_keys_are_shown(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await reader.press("7", "S")
        expect_golden(f"sorting-{size[0]}x{size[1]}", reader.text)
        for action in ACTIONS:
            if action.id.startswith("sort_"):
                assert action.title.lower().removeprefix("sort by ") in reader.text
        await reader.press("escape")
        assert not reader.screen.overlay.shown
        assert "S …" not in reader.text


async def test_the_order_there_is_is_marked(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("7", "S")
        assert "usual order ●" in reader.text
        await reader.press("c", "S")
        assert "comments ●" in reader.text


async def test_a_chord_that_fits_on_its_line_needs_no_box(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("y")
        assert not reader.screen.overlay.shown
        await reader.press("escape", "S", "x")
        assert not reader.screen.overlay.shown


async def test_the_palette_offers_each(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("7", "colon", *"sort by title", "enter")
        assert reader.screen.shelf.text == "sort:title"


async def test_there_may_be_no_room_for_it(filled: Desk) -> None:
    async with reading(filled) as reader:
        text = "x" * 496
        reader.screen.shelf.filter(text, finished=True)
        await reader.settle()
        await reader.press("S", "u")
        assert reader.screen.shelf.text == text
        assert "no room" in reader.line


@pytest.mark.parametrize("size", [(1, 1), (10, 5), (30, 8), (300, 100)])
async def test_any_size_lives(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await reader.press("S")
        assert len(reader.text.splitlines()) == size[1]
        await reader.press("u")
        assert reader.screen.shelf.text == "sort:upvotes"
