"""What a query matched is marked where it is shown."""

from __future__ import annotations

import pytest

from paperstui.models import Author, Item, Listing, Organization, Paper
from paperstui.tui.widgets.canvas import Canvas
from paperstui.usecases import Desk
from tests.tui.reading import DAY, Reading, reading


@pytest.fixture
def one(desk: Desk) -> Desk:
    """One paper with something to find in every part."""
    paper = Paper(
        id="2606.00001",
        title="Flow matching for Schrödinger bridges",
        abstract="Flow matching learns flows. It matches GPT-4, and C++ code, by $\\alpha$-flow matching in Schrödinger's way.",
        text_source="arxiv",
        authors=(Author("José Flow"), Author("Ada Li")),
        organization=Organization("flow", "Flow Lab"),
        keywords=("flow matching", "bridges"),
        summary="A flow is matched.",
        listed=DAY.isoformat(),
    )
    desk.library.upsert([Item(paper, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    return desk


def marked(part: Canvas) -> list[str]:
    """The stretches of a widget that are underlined, from top to bottom; links apart."""
    found = []
    for y in range(part.size.height):
        strip = part.line_at(y)
        found += [
            segment.text
            for segment in strip
            if segment.style is not None and segment.style.underline and segment.style.bold
        ]
    return found


async def shown(reader: Reading, query: str) -> tuple[list[str], list[str]]:
    """What is marked in the list and in the paper."""
    await reader.press("slash", "ctrl+u")
    for key in query:
        await reader.pilot.press("space" if key == " " else key)
    await reader.settle()
    return marked(reader.screen.papers), marked(reader.screen.pane)


@pytest.mark.parametrize(
    ("query", "in_list", "in_paper"),
    [
        ("title:flow", ["Flow"], ["Flow"]),
        ("author:jose", [], ["José"]),
        ("author:flow", [], ["Flow"]),
        ("org:flow", ["Flow"], ["Flow"]),
        ("keyword:bridges", [], ["bridges"]),
        ("abstract:learns", [], ["learns"]),
        ("schrodinger", ["Schrödinger"], ["Schrödinger", "Schrödinger"]),
        ('"flow matching"', ["Flow matching"], ["Flow matching", "flow matching", "Flow matching", "flow matching"]),
        ("matc", ["matching"], ["matching", "matched", "matching", "matching", "matches", "matching"]),
        ("matches ", [], ["matches"]),
        ("/gpt-?4/", [], ["GPT-4"]),
        ('"c++"', [], ["C"]),
        ("flow -title:bridges", [], []),
        ("title:zzz OR title:bridges", ["bridges"], ["bridges"]),
    ],
)
async def test_what_matched_is_marked(one: Desk, query: str, in_list: list[str], in_paper: list[str]) -> None:
    async with reading(one) as reader:
        found = await shown(reader, query)
        assert found == (in_list, in_paper)


async def test_nothing_is_marked_without_a_query(one: Desk) -> None:
    async with reading(one) as reader:
        assert marked(reader.screen.pane) == []
        await shown(reader, "flow")
        await reader.press("escape")
        assert marked(reader.screen.pane) == []
        assert marked(reader.screen.papers) == []
