"""The mark of a new version, and what it changed."""

from __future__ import annotations

import pytest

from paperstui import clock
from paperstui.models import Item, Paper
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.tui.reading import Reading, fill, reading

SIZES = [(80, 24), (120, 40), (50, 14)]


def new_version(desk: Desk, paper_id: str, version: int, words: str) -> None:
    """arXiv tells a version of a paper that is here."""
    paper = Paper(
        id=paper_id,
        title=f"A title of {words}",
        abstract=f"We weave with {words} and nothing else.",
        text_source="arxiv",
        version=version,
        version_at=1_780_272_000 + version,
    )
    desk.library.upsert([Item(paper)], clock.seconds() + version)


def first(reader: Reading) -> str:
    paper = reader.screen.papers.paper
    assert paper is not None
    return paper.id


@pytest.fixture
def revised(desk: Desk) -> Desk:
    """The first paper of the day is starred and has a second version since."""
    fill(desk)
    rowid = desk.select(desk.start_place(), "").ids[0]
    [row] = desk.rows([rowid])
    new_version(desk, row.id, 1, "tidal wool")
    desk.decide([row.id], "starred", True)
    new_version(desk, row.id, 2, "silent wool, thread")
    return desk


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_changed_is_shown(revised: Desk, size: tuple[int, int]) -> None:
    async with reading(revised, size=size) as reader:
        await reader.press("d")
        expect_golden(f"changes-{size[0]}x{size[1]}", reader.text)


async def test_a_new_version_is_marked_until_it_is_looked_at(revised: Desk) -> None:
    async with reading(revised) as reader:
        assert reader.text.count("Δ") == 2, "in the row and in the paper"
        assert "Δ v2 since 1 Jun: d shows what changed" in reader.text
        await reader.press("d")
        assert "+silent wool, thread+" in reader.text
        assert "Δ" not in reader.text
        assert "+silent wool, thread+" in reader.text, "it stays when the mark goes"
        await reader.press("d")
        assert "What changed" not in reader.text
        assert "Abstract" in reader.text
        assert "Δ" not in reader.text
        assert not revised.rows_of([first(reader)])[0].revised


@pytest.mark.parametrize("key", ["q", "escape", "d"])
async def test_a_key_leads_back(revised: Desk, key: str) -> None:
    async with reading(revised) as reader:
        await reader.press("d", key)
        assert "What changed" not in reader.text
        assert reader.app.is_running
        await reader.press("enter", "d", key)
        assert "What changed" not in reader.text
        assert reader.screen.context == "detail"


async def test_another_paper_is_shown_as_itself(revised: Desk) -> None:
    async with reading(revised) as reader:
        await reader.press("d", "j")
        assert "What changed" not in reader.text
        await reader.press("k")
        assert "What changed" not in reader.text
        await reader.press("j", "d")
        assert "No other wording of it is here" in reader.text


async def test_a_paper_that_nobody_knows_is_not_marked(filled: Desk) -> None:
    async with reading(filled) as reader:
        paper_id = first(reader)
    new_version(filled, paper_id, 1, "wool")
    new_version(filled, paper_id, 2, "thread")
    async with reading(filled) as reader:
        assert "Δ" not in reader.text
        await reader.press("s")
        assert "Δ" in reader.text


async def test_a_version_that_another_process_brought_is_shown_in_the_row_and_beside_it(revised: Desk) -> None:
    async with reading(revised) as reader:
        await reader.press("d", "d")
        assert "Δ" not in reader.text
        assert "d what changed" not in reader.text
        await reader.screen.refresher._take_in_others()
        new_version(revised, first(reader), 3, "loud wool")
        await reader.screen.refresher._take_in_others()
        await reader.settle()
        assert reader.text.count("Δ") == 2
        assert reader.text.count("A title of loud wool") == 2
        assert "We weave with loud wool" in reader.text
        assert "d what changed" in reader.text.splitlines()[-1]


async def test_what_changed_is_offered_where_something_did(revised: Desk) -> None:
    async with reading(revised) as reader:
        assert "d what changed" in reader.text.splitlines()[-1]
        await reader.press("j")
        assert "d what changed" not in reader.text
        await reader.press("k", "enter")
        assert "d what changed" in reader.text.splitlines()[-1]
