"""Full texts from services that send anything but one: clear words, an end in good time, and nothing bad that is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from paperstui.config import Settings
from paperstui.documents.blocks import words
from paperstui.documents.cache import DocumentCache
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.sources.patience import Patience
from paperstui.usecases import Desk
from paperstui.usecases.reading import Document
from tests.documents.pages import LATEXML
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.usecases.bad_texts import FAULTS, MB, PAGE
from tests.usecases.reading import fill

NAME = "2606.00001"


@pytest.fixture
async def desk(
    places: Paths, hugging_face: Server, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Desk]:
    assert hugging_face.url
    assert arxiv.url
    patient = Patience(read=20.0, total=30.0, backoff=0.0, gap=0.0, rest=0.0, arxiv_gap=0.0)
    monkeypatch.setattr("paperstui.sources.http.Patience", lambda: patient)
    opened = Desk.open(places, Settings())
    fill(opened)
    yield opened
    await opened.disconnect()
    opened.close()


def paper_of(desk: Desk) -> Paper:
    detail = desk.find(NAME)
    assert detail is not None
    return detail.paper


def lines(size: int) -> str:
    """Text that is no paper."""
    return "# a\n\n## b\n\n" + "lorem $x_{1}$ *ipsum* [dolor](https://x.org) | sit\n" * (size // 50)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", FAULTS)
async def test_it_is_told_in_words_and_not_kept(
    name: str, desk: Desk, hugging_face: Server, arxiv: ArxivServer, places: Paths
) -> None:
    fault = FAULTS[name]
    fault.serve(NAME, hugging_face, arxiv)
    document = await desk.reading.fetch(paper_of(desk))
    assert not document.whole
    at = {"markdown": 0, "html": 1, "pdf": 3}[fault.form]
    assert fault.told_in(document.notes[at]), document.notes
    assert document.notes[at].endswith(".")
    assert desk.reading.kept(paper_of(desk)) is None
    assert DocumentCache(places.documents).size() < MB, "nothing of it is kept"
    assert desk.http is not None
    # The next one that is asked for is not kept from it.
    heal(hugging_face, arxiv)
    assert (await desk.reading.fetch(paper_of(desk))).source == "arXiv HTML"


def heal(hugging_face: Server, arxiv: ArxivServer) -> None:
    hugging_face.hub.texts.clear()
    arxiv.arxiv.texts.clear()
    arxiv.arxiv.texts[f"/html/{NAME}"] = (PAGE, LATEXML.encode())


@pytest.mark.timeout(120)
async def test_much_text_that_is_no_paper_is_read_to_its_limit_and_says_so(desk: Desk, hugging_face: Server) -> None:
    hugging_face.hub.write(NAME, lines(12 * MB))
    document = await desk.reading.fetch(paper_of(desk))
    assert document.whole
    assert "are not shown" in words(document.blocks[-1])


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "cut off in its head": lambda data: data[:40],
    "cut off in its text": lambda data: data[:600],
    "cut off at its end": lambda data: data[:-1_000],
    "another letter": lambda data: data.replace(b"carries", b"marries", 1),
    "something else": lambda _: b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94.",
    "another form": lambda data: data.replace(b'"html"', b'"smell"', 1),
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_kept_text_that_was_broken_is_fetched_again(
    name: str, desk: Desk, hugging_face: Server, arxiv: ArxivServer, places: Paths
) -> None:
    heal(hugging_face, arxiv)
    first = await desk.reading.fetch(paper_of(desk))
    key, _ = here(desk)
    cache = DocumentCache(places.documents)
    data = cache.get(key)
    assert isinstance(data, bytes)
    cache.put(key, BROKEN[name](data))
    assert desk.reading.kept(paper_of(desk)) is None
    again = await desk.reading.fetch(paper_of(desk))
    assert again.blocks == first.blocks
    assert ("damaged on the disk" in again.notes[0]) == (name != "another form")
    kept = desk.reading.kept(paper_of(desk))
    assert kept is not None
    assert kept.blocks == first.blocks


async def test_a_kept_text_that_was_broken_and_cannot_be_fetched_says_why(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer, places: Paths
) -> None:
    heal(hugging_face, arxiv)
    await desk.reading.fetch(paper_of(desk))
    key, _ = here(desk)
    DocumentCache(places.documents).put(key, b"broken")
    hugging_face.down()
    arxiv.down()
    document: Document = await desk.reading.fetch(paper_of(desk))
    assert not document.whole
    assert "refuses connections" in document.error


def here(desk: Desk) -> tuple[str, str]:
    found = desk.reading.here(paper_of(desk))
    assert found is not None
    return found
