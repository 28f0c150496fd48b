"""A regular expression that would take for ever costs the reader nothing but a message."""

from __future__ import annotations

from paperstui.models import Item, Listing, Paper
from paperstui.usecases import Desk
from tests.tui.reading import reading

ENDLESS = "/([a-z]+)*[0-9]/"


def fill(desk: Desk) -> None:
    texts = ["a" * 20_000 + " 1", "Diffusion models.", "aaa aaa"]
    papers = [Paper(id=f"2606.0000{n}", title="Paper " + "x" * n, abstract=text) for n, text in enumerate(texts, 1)]
    desk.library.upsert([Item(paper, Listing(feed="daily", period="2026-06-04")) for paper in papers], 1_780_560_000)


async def test_it_ends_in_a_message_and_the_list_stays(desk: Desk) -> None:
    fill(desk)
    async with reading(desk) as reader:
        before = list(reader.screen.papers.ids)
        assert len(before) == 3
        await reader.press("/", *ENDLESS)
        assert "can match in too many ways" in reader.text
        assert list(reader.screen.papers.ids) == before
        await reader.press("escape")
        assert "can match in too many ways" not in reader.text
        await reader.press("/", *"/diff.sion/")
        assert len(reader.screen.papers.ids) == 1


async def test_keys_are_answered_and_q_leaves_while_it_is_looked_for(desk: Desk) -> None:
    fill(desk)
    async with reading(desk) as reader:
        await reader.press("/", *ENDLESS[:-1])
        await reader.pilot.press("/")
        await reader.pilot.press("ctrl+q")
        assert reader.app._exit
