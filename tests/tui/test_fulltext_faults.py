"""The reader of full texts where services send anything but a text, refuse, or are not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperstui.config import Settings
from paperstui.documents.cache import DocumentCache
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.documents.pages import LATEXML
from tests.patience import be_hasty
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.tui.reading import Reading, fill, reading
from tests.tui.texts import shown
from tests.usecases.bad_texts import FAULTS, MB, PAGE
from tests.waiting import wait_for


@pytest.fixture
def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    assert hugging_face.url
    assert arxiv.url
    be_hasty(monkeypatch, read=20.0, total=30.0)
    opened = Desk.open(places, Settings())
    fill(opened)
    yield opened
    opened.close()


async def open_abstract(running: Reading) -> None:
    """Open the text of the paper under the cursor, of which there is only the abstract."""
    await running.pilot.press("enter", "enter")
    await wait_for(lambda: shown(running).document is not None, "what there is of it")
    await running.settle()
    document = shown(running).document
    assert document is not None
    assert not document.whole


def paper_of(running: Reading) -> str:
    paper = running.screen.papers.paper
    assert paper is not None
    return paper.id


async def expect_abstract(running: Reading) -> str:
    """The abstract is on the screen, the ways out are, and below is why; what is there."""
    assert "Abstract" in running.text
    assert "abstract only" in running.line
    await running.press("G")
    text = running.text
    assert "No full text" in text
    assert "R fetch again  o its page  p PDF  q back" in text.splitlines()[-1]
    return text


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", FAULTS)
async def test_what_is_no_text_is_told_below_the_abstract(
    name: str, desk: Desk, places: Paths, hugging_face: Server, arxiv: ArxivServer
) -> None:
    async with reading(desk) as running:
        paper = paper_of(running)
        FAULTS[name].serve(paper, hugging_face, arxiv)
        await open_abstract(running)
        assert FAULTS[name].told_in(await expect_abstract(running)), running.text
        assert DocumentCache(places.documents).size() < MB, "nothing of it is kept"
        hugging_face.hub.texts.clear()
        arxiv.arxiv.texts.clear()
        arxiv.arxiv.texts[f"/html/{paper}"] = (PAGE, LATEXML.encode())
        await running.press("R")
        await running.see("arXiv HTML")
        assert "No full text" not in running.text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"name": "status", "code": 403}, "refuses us (status 403), and is not asked again for 24 hours"),
        ({"name": "status", "code": 503}, "is in trouble (status 503)"),
        ({"name": "limited", "after": 900}, "asks to wait 15 minutes before the next request"),
        (None, "refuses connections"),
    ],
    ids=["refuses", "is in trouble", "asks for a pause", "is not there"],
)
async def test_an_arxiv_that_gives_nothing_is_told_why(
    fault: dict[str, object] | None, said: str, desk: Desk, arxiv: ArxivServer
) -> None:
    async with reading(desk) as running:
        if fault is None:
            arxiv.down()
        else:
            arxiv.fault(**fault)  # type: ignore[arg-type]
        await open_abstract(running)
        assert said in " ".join((await expect_abstract(running)).split())


async def test_without_a_network_it_says_so_and_is_asked_again_by_a_key(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    async with reading(desk) as running:
        paper = paper_of(running)
        hugging_face.down()
        arxiv.down()
        await open_abstract(running)
        assert "refuses connections" in await expect_abstract(running)
        hugging_face.up()
        arxiv.up()
        arxiv.arxiv.texts[f"/html/{paper}"] = (PAGE, LATEXML.encode())
        await running.press("R")
        await running.see("arXiv HTML")
        assert "No full text" not in running.text
