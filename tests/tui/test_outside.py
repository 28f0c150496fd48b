"""What leaves the reader: pages in the browser, text on the clipboard, and the refresh that comes by itself."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from paperstui.models import Item, Listing, Paper, Repo
from paperstui.paths import Paths
from tests.server import Server
from tests.tui.reading import DAY, Reading, open_desk, reading
from tests.waiting import wait_for

PAPER = Paper(
    id="2606.01234",
    title="Quiet Data",
    listed=DAY.isoformat(),
    upvotes=3,
    code_url="https://code.example.org/quiet",
    project_url="https://quiet.example.org/",
    repos=(Repo("dataset", "quiet/data"), Repo("model", "quiet/model"), Repo("model", "other/model")),
)


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it was given."""
    log = tmp_path / "opened"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))
    return log


@pytest.mark.parametrize(
    ("keys", "address"),
    [
        ("o", "https://arxiv.org/abs/2606.01234"),
        ("P", "https://arxiv.org/pdf/2606.01234"),
        ("gp", "https://quiet.example.org/"),
        ("gm", "https://huggingface.co/quiet/model"),
        ("O", "https://huggingface.co/papers/2606.01234"),
        ("c", "https://code.example.org/quiet"),
    ],
)
@pytest.mark.usefixtures("hugging_face")
async def test_pages_open_in_the_browser(places: Paths, browser: Path, keys: str, address: str) -> None:
    desk = open_desk(places, offline=False)
    desk.library.upsert([Item(PAPER, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    async with reading(desk) as reader:
        await reader.press(*keys)
        await wait_for(browser.exists, "the browser to be started")
        assert browser.read_text().split() == [address]
        assert reader.app.fault is None
    desk.close()


@pytest.mark.usefixtures("hugging_face")
async def test_without_a_browser_the_address_is_told_and_the_same_key_copies_it(
    places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "no-such-browser-anywhere")
    desk = open_desk(places, offline=False)
    desk.library.upsert([Item(PAPER, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    async with reading(desk, size=(80, 24)) as reader:
        await reader.press("c")
        await reader.see("No browser; the same again copies https://code.example.org/quiet")
        await reader.press("o")
        await reader.see("No browser; the same again copies https://arxiv.org/abs/2606.01234")
        await reader.press("o")
        await wait_for(lambda: "2606.01234" in reader.text and "No browser" not in reader.line, "it to be copied")
        said = reader.screen.saying.message
        assert said.startswith(("Copied the link", "Sent the link")) or "no way to the clipboard" in reader.text
    desk.close()


async def test_the_demonstration_opens_nothing(places: Paths, browser: Path) -> None:
    desk = open_desk(places)
    desk.library.upsert([Item(PAPER, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    async with reading(desk) as reader:
        await reader.press("o", "p")
        assert "invented" in reader.line
        assert not browser.exists()
    desk.close()


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        ("yu", "https://arxiv.org/abs/2606.01234"),
        ("yi", "2606.01234"),
        ("yt", "Quiet Data"),
        ("yb", "@misc{"),
        ("ym", "- [Quiet Data]("),
    ],
)
async def test_copying_goes_through_the_terminal(
    places: Paths, monkeypatch: pytest.MonkeyPatch, keys: str, copied: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    desk = open_desk(places)
    desk.library.upsert([Item(PAPER, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    async with reading(desk) as reader:
        written = _what_is_written(reader, monkeypatch)
        await reader.press(*keys)
        sequence = next(text for text in written if "\x1b]52;" in text)
        text = base64.b64decode(sequence.partition(";c;")[2].partition("\x07")[0]).decode()
        assert text.startswith(copied)
        assert copied.split(maxsplit=1)[0] in reader.line
    desk.close()


async def test_what_may_not_have_arrived_is_shown_to_select(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    desk = open_desk(places)
    desk.library.upsert([Item(PAPER, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    async with reading(desk) as reader:
        written = _what_is_written(reader, monkeypatch)
        await reader.press("y", "u")
        assert "once more shows it to select" in reader.line
        await reader.press("y", "b")
        assert "@misc" in reader.line
        await reader.press("y", "b")
        assert "The BibTeX entry to select" in reader.text
        assert any(line.startswith("@misc{") for line in reader.text.splitlines())
        await reader.press("q")
        assert "to select" not in reader.text.splitlines()[0]
        written.clear()
        monkeypatch.setenv("TERM", "linux")
        await reader.press("y", "u")
        assert "there is no way to the clipboard" in reader.text
        assert not any("\x1b]52;" in text for text in written)
        await reader.press("escape")
        monkeypatch.setenv("TERM", "xterm-256color")
        reader.screen.outward.copy("the paragraph", "word " * 20_000)
        await reader.settle()
        assert "too long for the terminal" in reader.text
    desk.close()


def _what_is_written(reader: Reading, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written: list[str] = []
    driver = reader.app._driver
    assert driver is not None
    monkeypatch.setattr(driver, "write", written.append)
    return written


async def test_it_refreshes_by_itself(places: Paths, hugging_face: Server) -> None:
    desk = open_desk(places, offline=False)
    async with reading(desk) as reader:
        await reader.see("updated just now")
        await wait_for(lambda: reader.screen.keeper.scheduler is not None, "the scheduler")
        [job] = [job for job in await reader.screen.background.read(reader.screen.keeper._jobs) if job.name == "daily"]
        asked = len(hugging_face.seen("/api/daily_papers"))
        outcome = await job.run()
        assert not outcome.error
        assert job.every(outcome) == 30 * 60
        assert len(hugging_face.seen("/api/daily_papers")) > asked
        await reader.settle()
    desk.close()
