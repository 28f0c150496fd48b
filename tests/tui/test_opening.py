"""PDFs in the viewer, over a loopback arXiv; and links that do not lead where they seem to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from paperstui.config import Settings
from paperstui.models import Item, Listing, Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.documents.pdfs import pdf
from tests.patience import be_hasty
from tests.server import ArxivServer, Server
from tests.tui.reading import DAY, Reading, open_desk, reading
from tests.waiting import wait_for

BODY = pdf([["Quiet data."] * 30])
WHERE = "/pdf/2606.01234"


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    be_hasty(monkeypatch, read=2.0, total=5.0)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a viewer and a browser were given, one line a start."""
    log = tmp_path / "opened"
    for name in ("viewer", "browser"):
        script = tmp_path / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >> "{log}"\n')
        script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(tmp_path / "browser"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERMUX_VERSION"):
        monkeypatch.delenv(name, raising=False)
    return log


def settings(opened: Path) -> Settings:
    return Settings(refresh_minutes=0, pdf_viewer=f"{opened.with_name('viewer')} %s")


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    assert hugging_face.url
    arxiv.arxiv.texts[WHERE] = ("application/pdf", BODY)
    made = open_desk(places, offline=False)
    paper = Paper(id="2606.01234", title="Quiet Data", listed=DAY.isoformat(), code_url="http://192.0.2.7/quiet")
    made.library.upsert([Item(paper, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    yield made
    made.close()


async def on_the_paper(running: Reading) -> None:
    """Its day has more papers as soon as it was fetched."""
    await running.press("/", *"id:2606.01234", "enter")


async def test_the_pdf_is_downloaded_once_and_opened(
    desk: Desk, places: Paths, arxiv: ArxivServer, opened: Path
) -> None:
    async with reading(desk, settings=settings(opened)) as running:
        await on_the_paper(running)
        await running.press("p")
        file = places.pdfs / "2606.01234.pdf"
        assert file.read_bytes() == BODY
        assert "Opening" in running.line
        await running.press("p")
        await wait_for(lambda: len(opened.read_text().splitlines()) == 2, "the viewer to be started twice")
        assert opened.read_text().splitlines() == [f"viewer {file}"] * 2
        assert len(arxiv.seen("/pdf")) == 1


async def test_without_a_viewer_the_place_is_told(desk: Desk, places: Paths, opened: Path) -> None:
    async with reading(desk, settings=Settings(refresh_minutes=0), size=(160, 40)) as running:
        await on_the_paper(running)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("paperstui.outside.opener._viewers", list)
            await running.press("p")
        assert "there is no display" in running.line
        assert "P opens it in the browser" in running.line
        assert (places.pdfs / "2606.01234.pdf").exists()
        await running.press("P")
        assert opened.read_text() == "browser https://arxiv.org/pdf/2606.01234\n"


async def test_what_is_no_pdf_is_told(desk: Desk, arxiv: ArxivServer, opened: Path) -> None:
    arxiv.fault("html200", path="/pdf")
    async with reading(desk, settings=settings(opened)) as running:
        await on_the_paper(running)
        await running.press("p")
        assert "sent a web page instead of data" in running.line
        assert not opened.exists()
        arxiv.heal()
        await running.press("p")
        assert opened.read_text().startswith("viewer ")


async def test_a_download_is_told_and_left_alone(
    desk: Desk, arxiv: ArxivServer, places: Paths, opened: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_hasty(monkeypatch, read=60.0, total=60.0)
    arxiv.fault("hang_body", path="/pdf")
    async with reading(desk, settings=settings(opened)) as running:
        await on_the_paper(running)
        await running.pilot.press("p")
        await running.see("Fetching the PDF: ")
        await running.pilot.press("j", "p")
        await running.see("Fetching the PDF: ")
        assert len(arxiv.seen("/pdf")) == 1
        # And the reader is left in the middle of it.
    await wait_for(lambda: not list(places.pdfs.glob("*")), "the beginning of the PDF to go")
    assert not opened.exists()


async def test_where_an_odd_link_leads_is_shown_first(desk: Desk, opened: Path) -> None:
    async with reading(desk, settings=settings(opened)) as running:
        await on_the_paper(running)
        await running.press("c")
        assert "This leads to 192.0.2.7, a number in place of a name" in running.line
        assert not opened.exists()
        await running.press("c")
        assert opened.read_text() == "browser http://192.0.2.7/quiet\n"
        running.screen.outward.open_link("https://evil.example/", "huggingface.co")
        running.screen.outward.open_link("https://other.example/", "huggingface.co")
        await running.settle()
        assert "This leads to other.example, although its text says huggingface.co" in running.line
        running.screen.outward.open_link("https://evil.example/", "here")
        await running.settle()
        assert opened.read_text().splitlines()[1:] == ["browser https://evil.example/"]
