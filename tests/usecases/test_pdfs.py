"""PDFs from a loopback arXiv: downloaded once, whole or not at all, shared with the full text, and thinned."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from paperstui.config import Settings
from paperstui.errors import PaperstuiError, SaveError, SourceError
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.sources.landing import Landing
from paperstui.usecases import Desk
from paperstui.usecases.pdfs import Pdfs, file_name
from tests.documents.pages import PROSE
from tests.documents.pdfs import pdf
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.usecases.reading import fill, paper

PDF = "application/pdf"
BODY = pdf([[PROSE[:60]] * 40]) + b"%" + b"x" * 300_000 + b"\n%%EOF\n"
PAPER = paper(1, version=2)
WHERE = "/pdf/2606.00001v2"


pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    assert hugging_face.url
    arxiv.arxiv.texts[WHERE] = (PDF, BODY)
    opened = Desk.open(places, Settings())
    fill(opened)
    yield opened
    await opened.disconnect()
    opened.close()


def left(places: Paths) -> list[str]:
    return sorted(path.name for path in places.pdfs.glob("*")) if places.pdfs.exists() else []


async def test_a_pdf_is_downloaded_once(desk: Desk, places: Paths, arxiv: ArxivServer) -> None:
    told: list[tuple[int, int | None]] = []
    path = await desk.pdfs.fetch(PAPER, progress=lambda done, whole: told.append((done, whole)))
    assert path == places.pdfs / "2606.00001v2.pdf"
    assert path.read_bytes() == BODY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.pdfs.stat().st_mode) == 0o700
    assert told[-1] == (len(BODY), len(BODY))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert await desk.pdfs.fetch(PAPER) == path
    assert len(arxiv.seen("/pdf")) == 1


async def test_another_version_is_another_file(desk: Desk, places: Paths, arxiv: ArxivServer) -> None:
    arxiv.arxiv.texts["/pdf/2606.00001v3"] = (PDF, BODY)
    arxiv.arxiv.texts["/pdf/hep-th/9901001"] = (PDF, BODY)
    await desk.pdfs.fetch(PAPER)
    await desk.pdfs.fetch(replace(PAPER, version=3))
    await desk.pdfs.fetch(replace(PAPER, id="hep-th/9901001", version=None))
    assert left(places) == ["2606.00001v2.pdf", "2606.00001v3.pdf", "hep-th_9901001.pdf"]


@pytest.mark.parametrize(
    ("fault", "options", "said"),
    [
        ("html200", {}, "sent a web page instead of data"),
        ("html200", {"type": PDF}, "sent a file that is not a PDF"),
        ("truncated", {}, "cut off|ended|closed|broke"),
        ("short_length", {}, "sent a PDF that is cut off"),
        ("limited", {"after": 600}, "asks to wait 10 min"),
        ("status", {"code": 403}, "refuses us"),
        ("status", {"code": 500}, "is in trouble"),
        ("hang", {}, "did not answer|sent nothing"),
        ("hang_body", {}, "did not answer|sent nothing|stopped"),
        ("empty200", {}, "empty answer"),
        ("huge_length", {}, "more than 100 MB"),
        ("reset_body", {}, "."),
    ],
)
async def test_what_goes_wrong_is_told_and_leaves_nothing(
    fault: str, options: dict[str, Any], said: str, desk: Desk, places: Paths, arxiv: ArxivServer
) -> None:
    arxiv.fault(fault, **options)
    with pytest.raises(SourceError, match=said) as failed:
        await desk.pdfs.fetch(PAPER)
    assert str(failed.value).isprintable()
    assert left(places) == []


async def test_a_paper_without_a_pdf(desk: Desk, places: Paths, arxiv: ArxivServer) -> None:
    with pytest.raises(SourceError, match="arXiv has no PDF of it"):
        await desk.pdfs.fetch(paper(2))
    with pytest.raises(SourceError, match="no arXiv id"):
        await desk.pdfs.fetch(replace(PAPER, id="title:0123456789abcdef"))
    assert left(places) == []
    assert len(arxiv.seen("/pdf")) == 1


async def test_leaving_in_the_middle_leaves_nothing(desk: Desk, places: Paths, arxiv: ArxivServer) -> None:
    arxiv.fault("hang_body")
    began = asyncio.Event()
    task = asyncio.ensure_future(desk.pdfs.fetch(PAPER, progress=lambda _done, _whole: began.set()))
    await began.wait()
    assert [name[:6] for name in left(places)] == [".part-"]
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert left(places) == []


async def test_two_at_once_download_it_once(desk: Desk, arxiv: ArxivServer) -> None:
    paths = await asyncio.gather(desk.pdfs.fetch(PAPER), desk.pdfs.fetch(PAPER))
    assert paths[0] == paths[1]
    assert len(arxiv.seen("/pdf")) == 1


async def test_a_full_disk_is_told(desk: Desk, places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Landing, "write", _full(Landing.write))
    with pytest.raises(SaveError, match="the disk is full: the PDF was not saved"):
        await desk.pdfs.fetch(PAPER)
    assert left(places) == []


def _full(write: Any) -> Any:
    """What writes to a disk without room."""

    def on_full_disk(self: Landing, data: bytes) -> None:
        with Path("/dev/full").open("wb", buffering=0) as file:
            write(Landing(file, "the PDF"), data)
        del self

    return on_full_disk


async def test_the_full_text_and_the_viewer_share_a_download(desk: Desk, arxiv: ArxivServer) -> None:
    document = await desk.reading.fetch(PAPER)
    assert document.source.startswith("PDF text")
    path = await desk.pdfs.fetch(PAPER)
    assert path.read_bytes() == BODY
    assert len(arxiv.seen("/pdf")) == 1
    desk.reading.forget(PAPER)
    assert (await desk.reading.fetch(PAPER)).source.startswith("PDF text")
    assert len(arxiv.seen("/pdf")) == 1


async def test_a_file_that_is_no_pdf_is_downloaded_again(desk: Desk, places: Paths) -> None:
    path = await desk.pdfs.fetch(PAPER)
    path.write_bytes(b"")
    assert desk.pdfs.here(PAPER) is None
    assert left(places) == []
    assert (await desk.pdfs.fetch(PAPER)).read_bytes() == BODY


def made(directory: Path, number: int, *, age: float, size: int = 100) -> Path:
    path = directory / file_name(paper(number))
    path.write_bytes(b"%PDF-" + b"x" * (size - 5))
    os.utime(path, (path.stat().st_mtime - age,) * 2)
    return path


def keeper(directory: Path, most: int) -> Pdfs:
    async def nobody() -> Any:
        raise PaperstuiError("nobody is asked")

    return Pdfs(directory, nobody, lambda _name, _others: asyncio.timeout(None), lambda _: None, most=most)  # type: ignore[arg-type,return-value]


def test_what_was_not_opened_for_longest_goes_first(tmp_path: Path) -> None:
    paths = [made(tmp_path, number, age=number * 100) for number in range(1, 6)]
    pdfs = keeper(tmp_path, 300)
    assert pdfs.here(paper(5)) == paths[4]  # opened just now
    pdfs.thin()
    assert [path.exists() for path in paths] == [True, True, False, False, True]
    assert pdfs.here(paper(4)) is None


def test_the_one_that_was_asked_for_stays_however_large(tmp_path: Path) -> None:
    large, other = made(tmp_path, 1, age=50, size=1_000), made(tmp_path, 2, age=0)
    keeper(tmp_path, 300).thin(large)
    assert (large.exists(), other.exists()) == (True, False)


def test_what_killed_downloads_left_is_cleared_away(tmp_path: Path) -> None:
    old, new, foreign = tmp_path / ".part-a", tmp_path / ".part-b", tmp_path / "notes.txt"
    for path in (old, new, foreign):
        path.write_bytes(b"%PDF-")
        os.utime(path, (path.stat().st_mtime - (0 if path is new else 7_200),) * 2)
    keeper(tmp_path, 0).thin()
    assert (old.exists(), new.exists(), foreign.exists()) == (False, True, True)


async def test_the_demonstration_fetches_nothing(places: Paths) -> None:
    desk = Desk.open(places, Settings(), offline=True)
    with pytest.raises(PaperstuiError, match="invented"):
        await desk.pdfs.fetch(PAPER)
    desk.close()


def test_a_name_leads_nowhere_else() -> None:
    assert file_name(PAPER) == "2606.00001v2.pdf"
    assert file_name(Paper(id="../../etc/passwd", title="x")) == "none.pdf"
