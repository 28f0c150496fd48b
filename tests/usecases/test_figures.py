"""The pictures of papers, from a loopback arXiv and a loopback Hugging Face."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from paperstui.config import Settings
from paperstui.documents.blocks import Figure, Inline, Paragraph
from paperstui.documents.cache import DocumentCache
from paperstui.documents.pictures import NoPillowError
from paperstui.errors import SourceError
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk, figures
from paperstui.usecases.figures import Named, first_figure
from tests.documents.drawn import drawing, encoded, header
from tests.documents.pages import FRAME, PROSE
from tests.server import ArxivServer, Server
from tests.usecases.reading import paper

pytestmark = pytest.mark.usefixtures("hasty")

PAGE = "/html/2606.00001v2"
BODY = FRAME.replace("<title>", f'<base href="{PAGE}/"><title>').format(
    f"""<h1 class="ltx_title ltx_title_document">Stones</h1><div class="ltx_para"><p class="ltx_p">{PROSE * 20}</p></div>
<figure class="ltx_figure"><img src="x0.svg" class="ltx_graphics">
<figcaption class="ltx_caption">Figure 1: Drawn.</figcaption></figure>
<figure class="ltx_figure"><img src="x1.png" class="ltx_graphics"><figcaption class="ltx_caption">Figure 2: What
comes down.</figcaption></figure>"""
)
PICTURE = encoded(drawing())


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    assert hugging_face.url
    arxiv.arxiv.texts[PAGE] = ("text/html", BODY.encode())
    arxiv.arxiv.texts[f"{PAGE}/x1.png"] = ("image/png", PICTURE)
    opened = Desk.open(places, Settings())
    yield opened
    await opened.disconnect()
    opened.close()


def media(server: Server, *names: str) -> Paper:
    return paper(1, version=2, media=tuple(f"{server.url}/media/{name}" for name in names))


async def test_the_first_figure_of_dots_in_the_text_comes_first(desk: Desk, arxiv: ArxivServer) -> None:
    about = media(arxiv, "a.mp4", "b.png", "c.JPEG", "d.gif", "e")
    assert [named.address.rpartition("/")[2] for named in desk.figures.of(about)] == ["b.png", "c.JPEG", "d.gif"]
    assert (await desk.reading.fetch(about)).source == "arXiv HTML"
    first, *others = desk.figures.of(about)
    assert first == Named(f"{arxiv.url}{PAGE}/x1.png", "Figure 2: What comes down.")
    assert [named.address.rpartition("/")[2] for named in others] == ["b.png", "c.JPEG"]


def test_a_text_without_pictures_has_none() -> None:
    words = Paragraph((Inline("words"),))
    assert first_figure([words, Figure((), ""), Figure((), "http://[x/y.png"), Figure((), "https://a/b.pdf")]) == ()
    assert first_figure([Figure((Inline("One"),), "https://a/b.PNG?x=1")]) == (Named("https://a/b.PNG?x=1", "One"),)


async def test_a_picture_is_fetched_once_and_kept_small(desk: Desk, places: Paths, arxiv: ArxivServer) -> None:
    address = f"{arxiv.url}{PAGE}/x1.png"
    picture = await desk.figures.picture(address)
    assert picture is not None
    assert picture[1:] == (600, 300)
    assert await desk.figures.picture(address) == picture
    again = Desk.open(places, Settings(), offline=True)
    assert await again.figures.picture(address) == picture
    assert await again.figures.picture(f"{address}?other") is None, "nothing is asked without a network"
    again.close()
    assert len(arxiv.seen(f"{PAGE}/x1.png")) == 1


@pytest.mark.parametrize("kept", [PICTURE[: len(PICTURE) // 2], b"", b"garbage", "text"])
async def test_a_kept_picture_that_is_damaged_is_fetched_again(
    desk: Desk, places: Paths, arxiv: ArxivServer, kept: bytes | str
) -> None:
    address = f"{arxiv.url}{PAGE}/x1.png"
    cache = DocumentCache(places.documents)
    cache.put(f"picture 1 {address}", kept)
    alone = Desk.open(places, Settings(), offline=True)
    assert await alone.figures.picture(address) is None
    assert not cache.holds([f"picture 1 {address}"]), "it is of no use to anybody"
    alone.close()
    cache.put(f"picture 1 {address}", kept)
    for _ in range(2):
        picture = await desk.figures.picture(address)
        assert picture is not None
        assert picture[1:] == (600, 300)
    assert len(arxiv.seen(f"{PAGE}/x1.png")) == 1


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/html", b"<html>", "web page"),
        ("image/svg+xml", b"<svg/>", "sent image/svg\\+xml instead of a picture"),
        ("video/mp4", b"\0\0\0\x18ftypmp42", "sent video/mp4 instead of a picture"),
        ("image/png", b"<svg/>", "sent what cannot be shown: it is not a picture"),
        ("image/png", PICTURE[:500], "sent what cannot be shown: the picture is damaged"),
        ("image/png", header(50_000, 50_000), "sent what cannot be shown: the picture is too large"),
        ("image/png", PICTURE + b"x" * 9 * 2**20, "sent more than 8 MB for a picture"),
    ],
    ids=["page", "svg", "video", "other", "cut-off", "bomb", "large"],
)
async def test_what_is_no_picture_is_told_and_not_asked_for_again(
    desk: Desk, arxiv: ArxivServer, kind: str, body: bytes, said: str
) -> None:
    arxiv.arxiv.texts["/x.png"] = (kind, body)
    for _ in range(2):
        with pytest.raises(SourceError, match=said):
            await desk.figures.picture(f"{arxiv.url}/x.png")
    assert len(arxiv.seen("/x.png")) == 1
    desk.figures.forget_failures()
    arxiv.arxiv.texts["/x.png"] = ("image/png", PICTURE)
    assert await desk.figures.picture(f"{arxiv.url}/x.png") is not None


async def test_what_could_not_be_reached_is_asked_for_again(desk: Desk, arxiv: ArxivServer) -> None:
    address = f"{arxiv.url}{PAGE}/x1.png"
    arxiv.down()
    with pytest.raises(SourceError) as raised:
        await desk.figures.picture(address)
    assert raised.value.kind == "offline"
    arxiv.up()
    assert await desk.figures.picture(address) is not None


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/a.png", "http://[::1]:9/a.png", "http://10.0.0.1/a.png", "http://169.254.169.254/a.png"],
)
async def test_no_address_inside_the_network_is_asked(desk: Desk, address: str) -> None:
    with pytest.raises(SourceError, match="is inside this network, and is not asked for pictures"):
        await desk.figures.picture(address)


async def test_without_pillow_nothing_is_asked(desk: Desk, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "can_decode", lambda: False)
    with pytest.raises(NoPillowError, match="pip install pillow"):
        await desk.figures.picture(f"{arxiv.url}{PAGE}/x1.png")
    assert arxiv.requests == []


async def test_another_version_is_another_text(desk: Desk, arxiv: ArxivServer) -> None:
    about = media(arxiv)
    await desk.reading.fetch(about)
    assert desk.figures.of(about)
    assert desk.figures.of(replace(about, id="2606.00002")) == ()
