"""Full texts from loopback services: which source is asked, what is refused, what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from paperstui import clock
from paperstui.config import Settings
from paperstui.demo.fulltext import markdown
from paperstui.documents.blocks import Heading, words
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.sources import texts
from paperstui.usecases import Desk
from paperstui.usecases.reading import ABSTRACT, Document
from tests.documents.pages import LATEXML, PORT, PROSE
from tests.documents.pdfs import pdf
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.usecases.reading import fill

PAGE = "text/html; charset=utf-8"
PDF = pdf([[PROSE[:60]] * 40])


pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    assert hugging_face.url
    assert arxiv.url
    opened = Desk.open(places, Settings())
    fill(opened)
    yield opened
    await opened.disconnect()
    opened.close()


def paper_of(desk: Desk, **changes: Any) -> Paper:
    detail = desk.find("2606.00001")
    assert detail is not None
    return replace(detail.paper, **changes)


def text_of(document: Document) -> str:
    return "\n".join(words(block) for block in document.blocks)


async def test_hugging_faces_markdown_is_asked_first(desk: Desk, hugging_face: Server, arxiv: ArxivServer) -> None:
    hugging_face.hub.write("2606.00001", markdown(20_000, title="On $x^2$"))
    asked: list[str] = []
    document = await desk.reading.fetch(paper_of(desk), waits=asked.append)
    assert (document.source, document.notes, asked) == (
        "Hugging Face's markdown",
        (),
        ["asking for Hugging Face's markdown"],
    )
    assert document.whole
    assert words(document.blocks[0]) == "On x²"
    assert arxiv.requests == []


@pytest.mark.parametrize("answer", ["page text", "a web page", "html in disguise", "not found"])
async def test_what_is_no_full_text_there_is_recognised(
    answer: str, desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    paper = paper_of(desk)
    if answer == "a web page":
        hugging_face.hub.write(paper.id, "<!doctype html><html>…</html>" * 200, PAGE)
    elif answer == "html in disguise":
        hugging_face.hub.write(paper.id, "<!doctype html><html>\n# a\n\n## b\n" + "…" * 4_000)
    elif answer == "page text":
        hugging_face.hub.write(paper.id, f"# A title\n\n{PROSE}")
    arxiv.arxiv.texts[f"/html/{paper.id}"] = (PAGE, LATEXML.encode())
    document = await desk.reading.fetch(paper)
    assert document.source == "arXiv HTML"
    assert len(document.notes) == 1
    assert document.notes[0].startswith("Hugging Face's markdown: ")
    assert desk.http is not None
    assert desk.http.health.last_error == "", "that it has no text is no fault of the service"
    assert desk.http.health.last_success is not None
    assert "Stones in ℝⁿ" in text_of(document)


async def test_a_known_version_is_the_one_that_is_read(desk: Desk, arxiv: ArxivServer) -> None:
    arxiv.arxiv.texts["/html/2606.00001v3"] = (PAGE, LATEXML.encode())
    document = await desk.reading.fetch(paper_of(desk, version=3))
    assert (document.source, document.version) == ("arXiv HTML", 3)
    assert document.url.endswith("/html/2606.00001v3")


async def test_ar5iv_and_then_the_pdf_are_asked_after_it(desk: Desk, arxiv: ArxivServer) -> None:
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, b"<html><h1>No HTML for this paper</h1></html>")
    arxiv.arxiv.texts["/ar5iv/html/2606.00001"] = (PAGE, PORT.encode())
    assert (await desk.reading.fetch(paper_of(desk))).source == "ar5iv"
    del arxiv.arxiv.texts["/ar5iv/html/2606.00001"]
    arxiv.arxiv.texts["/pdf/2606.00002"] = ("application/pdf", pdf([[PROSE[:60]] * 40]))
    second = await desk.reading.fetch(paper_of(desk, id="2606.00002"))
    assert second.source == "PDF text, without formulas"
    assert len(second.notes) == 3


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (pdf([["Words."] * 50])[:-200], "cut off"),
        (pdf([["Words."] * 50], encrypted=True), "locked with a password"),
        (b"%PDF-1.5" + b"\x00garbage" * 4_000 + b"%%EOF", "damaged"),
    ],
)
async def test_nothing_broken_is_kept(body: bytes, said: str, desk: Desk, arxiv: ArxivServer) -> None:
    paper = paper_of(desk)
    arxiv.arxiv.texts[f"/pdf/{paper.id}"] = ("application/pdf", body)
    document = await desk.reading.fetch(paper)
    assert document.source == ABSTRACT
    assert said in document.notes[-1]
    assert not document.error, "asking again brings nothing better"
    assert desk.reading.kept(paper) is None


async def test_without_any_text_there_is_the_abstract_and_why(desk: Desk) -> None:
    paper = paper_of(desk)
    document = await desk.reading.fetch(paper)
    assert not document.whole
    assert len(document.notes) == 4
    assert paper.abstract[:40].split()[0] in text_of(document)
    assert [words(block) for block in document.blocks if isinstance(block, Heading)][1:] == ["Abstract", "No full text"]


async def test_a_kept_text_is_read_without_the_network(desk: Desk, hugging_face: Server, places: Paths) -> None:
    paper = paper_of(desk)
    hugging_face.hub.write(paper.id, markdown(20_000))
    first = await desk.reading.fetch(paper)
    hugging_face.down()
    other = Desk.open(places, Settings())
    try:
        kept = other.reading.kept(paper)
        assert kept is not None
        assert (kept.blocks, kept.source) == (first.blocks, first.source)
        other.reading.forget(paper)
        assert other.reading.kept(paper) is None
    finally:
        other.close()


async def test_without_a_network_two_hosts_are_enough_to_know(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    hugging_face.down()
    arxiv.down()
    document = await desk.reading.fetch(paper_of(desk))
    assert document.error
    assert len(document.notes) == 2


async def test_arxiv_is_asked_when_only_hugging_face_is_down(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, LATEXML.encode())
    hugging_face.down()
    assert (await desk.reading.fetch(paper_of(desk))).source == "arXiv HTML"


async def test_an_address_that_is_none_does_not_cost_the_text(desk: Desk, arxiv: ArxivServer) -> None:
    page = LATEXML.replace("</article>", '<p>see <a href="http://[2001:db8/x">this</a></p></article>')
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, page.encode())
    assert (await desk.reading.fetch(paper_of(desk))).source == "arXiv HTML"


async def test_what_a_parser_stumbles_over_is_asked_for_elsewhere(
    desk: Desk, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_body: bytes, url: str) -> Any:
        raise ValueError(url)

    monkeypatch.setitem(texts._READ, "html", stumble)
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, LATEXML.encode())
    arxiv.arxiv.texts["/pdf/2606.00001"] = ("application/pdf", PDF)
    document = await desk.reading.fetch(paper_of(desk))
    assert document.source == "PDF text, without formulas"
    assert "sent a text that cannot be read" in document.notes[1]


async def test_a_text_without_a_version_does_not_hide_a_newer_one(desk: Desk, arxiv: ArxivServer) -> None:
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, LATEXML.encode())
    assert (await desk.reading.fetch(paper_of(desk))).source == "arXiv HTML"
    second = paper_of(desk, version=2, version_at=clock.seconds() + 60)
    old = desk.reading.kept(second)
    assert old is not None
    assert (old.wanting, old.version) == ("newer", 0)
    arxiv.arxiv.texts["/html/2606.00001v2"] = (PAGE, LATEXML.replace("Stones", "Rocks").encode())
    new = await desk.reading.fetch(second)
    assert (new.version, new.wanting) == (2, "")
    assert "Rocks" in text_of(new)
    third = await desk.reading.fetch(paper_of(desk, version=3))
    assert "Rocks" in text_of(third), "nobody has the third yet, so the second is read"
    assert (third.version, third.wanting) == (2, "newer")
    assert third.error


async def test_a_newer_text_takes_the_place_of_the_one_before(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer, places: Paths
) -> None:
    from paperstui.documents.cache import DocumentCache

    keys = [f"full text 1 2606.00001 v{version}" for version in range(4)]
    for version in (1, 2):
        arxiv.arxiv.texts[f"/html/2606.00001v{version}"] = (PAGE, LATEXML.encode())
        await desk.reading.fetch(paper_of(desk, version=version))
        assert DocumentCache(places.documents).holds(keys) == {keys[version]}
    hugging_face.fault("status", code=503)
    arxiv.arxiv.texts["/pdf/2606.00001v3"] = ("application/pdf", PDF)
    await desk.reading.fetch(paper_of(desk, version=3))
    assert DocumentCache(places.documents).holds(keys) == {keys[2], keys[3]}, "a better one of it may come yet"


async def test_a_text_that_came_after_its_version_is_of_it(desk: Desk, arxiv: ArxivServer) -> None:
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, LATEXML.encode())
    await desk.reading.fetch(paper_of(desk))
    kept = desk.reading.kept(paper_of(desk, version=2, version_at=clock.seconds() - 60))
    assert kept is not None
    assert not kept.wanting


async def test_the_version_of_a_place_that_does_not_say_it_is_not_guessed(desk: Desk, hugging_face: Server) -> None:
    hugging_face.hub.write("2606.00001", markdown(20_000))
    document = await desk.reading.fetch(paper_of(desk, version=7))
    assert document.version == 0
    before = len(hugging_face.requests)
    await desk.reading.fetch(paper_of(desk, version=7))
    assert len(hugging_face.requests) == before, "nobody says that another one is out"
    later = desk.reading.kept(paper_of(desk, version=8))
    assert later is not None
    assert later.wanting == "newer"


async def test_a_worse_text_gives_way_when_the_better_source_is_well_again(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    hugging_face.hub.write("2606.00001", markdown(20_000))
    hugging_face.fault("status", code=503)
    arxiv.arxiv.texts["/pdf/2606.00001"] = ("application/pdf", PDF)
    first = await desk.reading.fetch(paper_of(desk))
    assert first.source == "PDF text, without formulas"
    second = await desk.reading.fetch(paper_of(desk))
    assert (second.source, second.wanting) == ("PDF text, without formulas", "better")
    assert len(arxiv.seen("/pdf")) == 1, "only what is better than it is asked"
    hugging_face.heal()
    assert (await desk.reading.fetch(paper_of(desk))).source == "Hugging Face's markdown"
    kept = desk.reading.kept(paper_of(desk))
    assert kept is not None
    assert (kept.source, kept.wanting) == ("Hugging Face's markdown", "")


async def test_a_better_text_without_a_version_is_read_before_a_worse_one_with_it(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    hugging_face.hub.write("2606.00001", markdown(20_000))
    hugging_face.fault("status", code=503)
    arxiv.arxiv.texts["/pdf/2606.00001v2"] = ("application/pdf", PDF)
    assert (await desk.reading.fetch(paper_of(desk, version=2))).version == 2
    hugging_face.heal()
    await desk.reading.fetch(paper_of(desk, version=2))
    kept = desk.reading.kept(paper_of(desk, version=2))
    assert kept is not None
    assert (kept.source, kept.wanting) == ("Hugging Face's markdown", "")


async def test_the_pdf_of_a_young_paper_is_looked_past_once_a_day(
    desk: Desk, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    arxiv.arxiv.texts["/pdf/2606.00001"] = ("application/pdf", PDF)
    young = paper_of(desk, published=clock.seconds() - 3 * 86_400)
    assert (await desk.reading.fetch(young)).source == "PDF text, without formulas"
    asked = len(arxiv.requests)
    await desk.reading.fetch(young)
    assert len(arxiv.requests) == asked
    now = clock.seconds() + 2 * 86_400
    monkeypatch.setattr("paperstui.clock.seconds", lambda: now)
    old = desk.reading.kept(paper_of(desk, published=now - 400 * 86_400))
    assert old is not None
    assert not old.wanting
    arxiv.arxiv.texts["/html/2606.00001"] = (PAGE, LATEXML.encode())
    assert (await desk.reading.fetch(young)).source == "arXiv HTML"


async def test_asking_again_loses_nothing(desk: Desk, hugging_face: Server, arxiv: ArxivServer) -> None:
    hugging_face.hub.write("2606.00001", markdown(20_000))
    first = await desk.reading.fetch(paper_of(desk))
    hugging_face.down()
    arxiv.down()
    second = await desk.reading.fetch(paper_of(desk), again=True)
    assert second.blocks == first.blocks
    assert second.error
    hugging_face.up()
    hugging_face.hub.write("2606.00001", markdown(30_000))
    third = await desk.reading.fetch(paper_of(desk), again=True)
    assert len(third.blocks) > len(first.blocks)


async def test_a_paper_without_an_arxiv_id_is_not_asked_for(desk: Desk, hugging_face: Server) -> None:
    before = len(hugging_face.requests)
    document = await desk.reading.fetch(paper_of(desk, id="title:0123456789abcdef"))
    assert "no arXiv id" in document.notes[0]
    assert len(hugging_face.requests) == before


def test_a_damaged_copy_is_as_none(places: Paths) -> None:
    from paperstui.documents.cache import DocumentCache

    desk = Desk.open(places, Settings())
    try:
        fill(desk)
        paper = paper_of(desk)
        for data in (b"", b"{}", b'{"paper":"x"}\nbody', b"\xff" * 900):
            DocumentCache(places.documents).put(f"full text 1 {paper.id} v0", data)
            assert desk.reading.kept(paper) is None
    finally:
        desk.close()
