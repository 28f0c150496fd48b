from __future__ import annotations

from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file
from tests.documents.pdfs import pdf
from tests.patience import be_hasty
from tests.server import ArxivServer

ID = "2606.00001"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, places: Paths) -> Path:
    """What a viewer and a browser were given, one line a start."""
    log = tmp_path / "opened"
    for name in ("viewer", "browser"):
        script = tmp_path / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >> "{log}"\n')
        script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(tmp_path / "browser"))
    places.config.mkdir(parents=True, exist_ok=True)
    places.settings.write_text(f'pdf_viewer = "{tmp_path / "viewer"} %s"\n')
    return log


@pytest.fixture(autouse=True)
def _library(call: Caller, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    be_hasty(monkeypatch)
    call.good("import", api_file(tmp_path_factory.mktemp("in") / "one.json", {}))


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ((), f"https://arxiv.org/abs/{ID}"),
        (("--site",), f"https://huggingface.co/papers/{ID}"),
    ],
)
def test_a_page_opens_in_the_browser(call: Caller, opened: Path, options: tuple[str, ...], address: str) -> None:
    ended = call("open", ID, *options)
    assert (ended.status, ended.out) == (0, "")
    assert address in ended.err
    assert opened.read_text() == f"browser {address}\n"


def test_a_pdf_is_downloaded_once_and_opened(call: Caller, opened: Path, places: Paths, arxiv: ArxivServer) -> None:
    arxiv.arxiv.texts[f"/pdf/{ID}"] = ("application/pdf", pdf([["Words."] * 9]))
    file = places.pdfs / f"{ID}.pdf"
    for _ in range(2):
        ended = call("open", ID, "--pdf")
        assert (ended.status, ended.out) == (0, f"{file}\n")
    assert opened.read_text() == f"viewer {file}\n" * 2
    assert len(arxiv.seen("/pdf")) == 1


def test_what_cannot_be_opened_is_told(call: Caller, opened: Path, arxiv: ArxivServer) -> None:
    assert arxiv.url
    assert call("open", ID, "--pdf").status == 4
    assert call("open", ID, "--project").status == 1
    assert call("open", "2606.99999").status == 1
    assert call("open", ID, "--pdf", "--code").status == 2
    assert not opened.exists()


def test_how_far_a_download_is_stands_on_a_terminal(
    call: Caller, opened: Path, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    arxiv.arxiv.texts[f"/pdf/{ID}"] = ("application/pdf", pdf([["Words."] * 9]))
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr.isatty", lambda: True)
        ended = call("open", ID, "--pdf")
    assert ended.status == 0
    assert opened.read_text().startswith("viewer ")
    assert "kB of the PDF" in ended.err
    assert "kB of the PDF" not in ended.out
    last = ended.err.rpartition("kB of the PDF")[2]
    assert last.startswith("\r\x1b[K"), "it is wiped away"
