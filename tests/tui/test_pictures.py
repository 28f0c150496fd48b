"""The picture of the paper in the pane: there when one stays on the paper, gone with it, and never in the way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from paperstui import clock
from paperstui.config import Settings
from paperstui.demo.generator import items
from paperstui.documents import pictures as decoded
from paperstui.documents.cache import DocumentCache
from paperstui.documents.pictures import Picture, shrunk
from paperstui.draw.lines import plain
from paperstui.draw.pictures import PLACEHOLDER
from paperstui.errors import SourceError
from paperstui.models import Item, Paper
from paperstui.paths import Paths
from paperstui.tui import graphics, pictures
from paperstui.tui.graphics import Way, paint, send, through, way
from paperstui.tui.widgets.selection import Selection
from paperstui.usecases import Desk
from paperstui.usecases.figures import Figures, Named
from tests.documents.drawn import drawing, encoded
from tests.golden import expect_golden
from tests.server import Server
from tests.tui.reading import DAY, Reading, open_desk, reading
from tests.waiting import wait_for

SMALL = shrunk(encoded(drawing()))
ADDRESS = "https://cdn-uploads.huggingface.co/production/{}.png"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "REST", 0)
    monkeypatch.setattr(graphics, "cell_size", lambda: (10, 20))
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def pictured(places: Paths, desk: Desk) -> Desk:
    """A desk over papers of which every other one has pictures, which are here."""
    cache = DocumentCache(places.documents)
    made = items(20, last_day=DAY, days=1)
    for index, item in enumerate(made):
        if index % 2 == 0:
            media = tuple(ADDRESS.format(f"{index}{part}") for part in "abc"[: 1 + index % 3])
            made[index] = Item(replace(item.paper, media=media), item.listing)
            for address in media:
                cache.put(f"picture 1 {address}", SMALL.png)
    desk.library.upsert(made, clock.seconds() - 3600)
    period = made[0].listing.period if made[0].listing else ""
    desk.library.mark_period("daily", period, at=clock.seconds() - 600, complete=True, papers=20)
    return desk


def _noted(asked: list[str], paper: Paper) -> tuple[Named, ...]:
    asked.append(paper.id)
    return ()


def using(images: str) -> Settings:
    return Settings(images=images)


def media_of(reader: Reading) -> tuple[str, ...]:
    detail = reader.screen.shelf.detail
    assert detail is not None
    return detail.paper.media


async def go_to(reader: Reading, wanted: Callable[[tuple[str, ...]], bool]) -> None:
    """Go down to the first paper whose pictures are as wanted."""
    while not wanted(media_of(reader)):
        await reader.press("j")


def inks(reader: Reading) -> list[str]:
    pane = reader.screen.pane
    return [ink for line in pane.lines for _, ink in line]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
async def test_half_blocks_stand_below_the_abstract(pictured: Desk, size: tuple[int, int]) -> None:
    async with reading(pictured, size=size, settings=using("blocks"), query="sort:title") as reader:
        await go_to(reader, lambda media: len(media) == 3)
        await reader.press("enter", "G")
        expect_golden(f"paper-picture-{size[0]}x{size[1]}", reader.text)
        colours = {ink for ink in inks(reader) if ink.startswith("cell:")}
        assert "cell:c81e1e:c81e1e" in colours
        segments = [segment for y in range(size[1]) for segment in reader.app.screen._compositor.render_strips()[y]]
        shown = {segment.style.bgcolor.name for segment in segments if segment.style and segment.style.bgcolor}
        assert "#c81e1e" in shown


async def test_nothing_is_looked_for_until_it_is_wanted(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Figures, "of", partial(_noted, asked))
    async with reading(pictured) as reader:
        await reader.press("j", "j", "enter")
        assert asked == []
        await reader.press("g", "i")
        assert "Pictures are shown (half blocks)" in reader.line
        assert len(asked) == 1
        await reader.press("g", "i", "ctrl+n")
        assert len(asked) == 1


async def test_they_are_turned_on_and_off(pictured: Desk) -> None:
    async with reading(pictured) as reader:
        await go_to(reader, bool)
        assert not any(ink.startswith("cell:") for ink in inks(reader))
        await reader.press("g", "i")
        assert any(ink.startswith("cell:") for ink in inks(reader))
        await reader.press("g", "i")
        assert not any(ink.startswith("cell:") for ink in inks(reader))


async def test_a_figure_is_found_when_its_text_has_come(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[Named] = []
    monkeypatch.setattr(Figures, "of", lambda *_: tuple(known))
    async with reading(pictured, settings=using("blocks")) as reader:
        await go_to(reader, bool)
        known.append(Named(media_of(reader)[0], "Figure 1: What is seen."))
        await reader.press("enter", "enter", "q")
        assert any(ink.startswith("cell:") for ink in inks(reader))
        assert any("Figure 1: What is seen." in text for line in reader.screen.pane.lines for text, _ in line)


async def test_a_small_screen_has_no_room_for_them(pictured: Desk) -> None:
    async with reading(pictured, size=(50, 14), settings=using("blocks")) as reader:
        await go_to(reader, bool)
        await reader.press("enter", "G")
        assert not any(ink.startswith("cell:") for ink in inks(reader))


async def test_the_picture_goes_with_its_paper(pictured: Desk) -> None:
    async with reading(pictured, settings=using("blocks"), query="sort:title") as reader:
        await go_to(reader, bool)
        await reader.press("enter", "G")
        assert any(ink.startswith("cell:") for ink in inks(reader))
        await reader.press("backspace")
        await go_to(reader, lambda media: not media)
        assert not any(ink.startswith("cell:") for ink in inks(reader))
        assert "▀" not in reader.text


async def test_going_through_papers_asks_only_for_the_one_one_stays_on(
    pictured: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REST", 2)
    asked: list[str] = []
    monkeypatch.setattr(Figures, "of", partial(_noted, asked))
    async with reading(pictured, settings=using("blocks")) as reader:
        asked.clear()
        for _ in range(6):
            await reader.pilot.press("j")
        await reader.settle()
        detail = reader.screen.shelf.detail
        assert detail is not None
        assert asked == [detail.paper.id]


async def test_a_picture_that_comes_late_is_not_shown_with_another_paper(
    pictured: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_come, began = asyncio.Event(), asyncio.Event()

    async def late(_self: Figures, _address: str) -> Picture:
        began.set()
        # As a request that is not given up at once.
        await asyncio.shield(asyncio.create_task(may_come.wait()))
        return SMALL

    monkeypatch.setattr(Figures, "of", lambda _self, paper: (Named(ADDRESS),) if paper.media else ())
    monkeypatch.setattr(Figures, "picture", late)
    async with reading(pictured, settings=using("blocks"), settle=False) as reader:
        while not began.is_set():
            await reader.pilot.press("j")
        for _ in range(3):
            await reader.pilot.press("j")
        may_come.set()
        await reader.settle()
        assert bool(media_of(reader)) == any(ink.startswith("cell:") for ink in inks(reader))


async def test_what_cannot_be_had_is_a_faint_line(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(_self: Figures, _address: str) -> Picture:
        raise SourceError("example.org is in trouble (status 503)", kind="server")

    monkeypatch.setattr(Figures, "picture", failing)
    async with reading(pictured, settings=using("blocks")) as reader:
        await go_to(reader, bool)
        said = " ".join(text for line in reader.screen.pane.lines for text, ink in line if ink == "faint")
        assert "A picture could not be had: example.org is in trouble (status 503)" in said
        assert "could not" not in reader.line


async def test_a_host_that_does_not_answer_holds_up_nothing(places: Paths, hugging_face: Server) -> None:
    desk = open_desk(places, offline=False)
    made = items(5, last_day=DAY, days=1)
    listed = [Item(replace(one.paper, media=(f"{hugging_face.url}/media/a.png",)), one.listing) for one in made[:1]]
    desk.library.upsert([*listed, *made[1:]], clock.seconds() - 600)
    desk.library.mark_period("daily", DAY.isoformat(), at=clock.seconds(), complete=True, papers=5)
    hugging_face.fault("hang", path="/media")
    async with reading(desk, settings=using("blocks")._replace(refresh_minutes=0), settle=False) as reader:
        await wait_for(lambda: reader.screen.shelf.detail is not None, "a paper")
        while not media_of(reader):
            await reader.pilot.press("j")
        await wait_for(lambda: hugging_face.seen("/media"), "the request")
        assert media_of(reader)[0] not in reader.text
        await reader.pilot.press("j" if reader.screen.papers.cursor == 0 else "k")
        await reader.settle()
        assert not media_of(reader)
        assert "could not" not in reader.text
    await desk.disconnect()
    desk.close()


async def test_without_pillow_it_says_what_to_install(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr("paperstui.usecases.figures.can_decode", lambda: bool(asked.append(True)))  # type: ignore[func-returns-value]
    async with reading(pictured, settings=using("auto")) as reader:
        await go_to(reader, bool)
        assert "pictures need Pillow: pip install pillow, beside paperstui" in reader.line
        await reader.press("j", "j")
        assert len(asked) == 1, "it is looked for once"


async def test_a_picture_that_cannot_be_drawn_is_told(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> bytes:
        raise decoded.PictureError("the picture is damaged or cut off")

    monkeypatch.setattr(decoded, "pixels", failing)
    async with reading(pictured, settings=using("blocks")) as reader:
        await go_to(reader, bool)
        assert any("damaged" in text for line in reader.screen.pane.lines for text, _ in line)


async def test_what_a_terminal_cannot_do_is_said(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "cell_size", lambda: None)
    async with reading(pictured, settings=using("sixel")) as reader:
        assert "The terminal does not say how large its cells are: pictures are in half blocks" in reader.line
        await go_to(reader, bool)
        assert any(ink.startswith("cell:") for ink in inks(reader))
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(pictured, settings=using("kitty")) as reader:
        assert "This terminal has too few colours for pictures" in reader.line
        await go_to(reader, bool)
        assert not any(ink.startswith("image:") for ink in inks(reader))


@pytest.mark.parametrize("images", ["blocks", "kitty", "sixel"])
async def test_a_picture_that_is_drawn_anew_stays_in_sight(
    pictured: Desk, images: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tops: list[int] = []
    async with reading(pictured, size=(120, 24), settings=using(images)) as reader:
        await go_to(reader, lambda media: len(media) == 3)
        await reader.press("enter", "G")
        pane = reader.screen.pane
        before, lines = pane.top, len(pane.lines)
        show = pane.show

        def shown(*args: Any, **kwargs: Any) -> None:
            show(*args, **kwargs)
            tops.append(pane.top)

        monkeypatch.setattr(pane, "show", shown)
        await reader.press("ctrl+l")
        assert (pane.top, len(pane.lines)) == (before, lines)
        assert set(tops) == {before}
        reader.screen.pictures.again()
        assert not [text for line in pane.lines for text, ink in line if ink.startswith(("cell:", "image:"))]
        assert len(pane.lines) == lines, "its place is kept"
        await reader.settle()
        await reader.pilot.resize_terminal(110, 24)
        await reader.settle()
        assert abs(pane.top - before) < 4


async def test_turning_them_on_and_off_leaves_nothing_behind(pictured: Desk) -> None:
    async with reading(pictured) as reader:
        for _ in range(6):
            await reader.press("g", "i")
        assert [len(told) for told in reader.app.app_suspend_signal._subscriptions.values()] == [1]


@pytest.mark.parametrize("images", ["blocks", "kitty", "sixel"])
async def test_a_picture_is_not_copied(pictured: Desk, images: str) -> None:
    async with reading(pictured, settings=using(images)) as reader:
        await go_to(reader, bool)
        lines = reader.screen.pane.lines
        assert any(ink.startswith(("cell:", "image:", "pixels:")) for line in lines for _, ink in line)
        text = Selection(0, 0, len(lines) - 1, len(plain(lines[-1]))).text(lines)
        assert "Abstract" in text
        assert not set(text) & {"▀", PLACEHOLDER}
        assert "\n\n\n" not in text


def written(reader: Reading, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to the terminal past the frames."""
    found: list[str] = []
    monkeypatch.setattr(reader.app._driver, "write", found.append)
    return found


SHOWN = re.compile(r"\x1b_Ga=T,U=1,q=2,f=100,t=d,i=(\d+),")
GONE = re.compile(r"\x1b_Ga=d,d=I,i=(\d+),q=2\x1b\\")


async def test_kitty_shows_its_images_and_forgets_them(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(pictured, settings=using("kitty"), query="sort:title") as reader:
        sent = written(reader, monkeypatch)
        await go_to(reader, lambda media: len(media) == 3)
        now = set(SHOWN.findall("".join(sent))) - set(GONE.findall("".join(sent)))
        assert len(now) == 3
        cells = [(text, ink) for line in reader.screen.pane.lines for text, ink in line if ink.startswith("image:")]
        assert {ink.removeprefix("image:") for _, ink in cells} == now
        assert {text[0] for text, _ in cells} == {PLACEHOLDER}
        await reader.press("enter", "G")
        strips = reader.app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if PLACEHOLDER in segment.text]
        numbers = {style.color.get_truecolor() for style in styles if style and style.color}
        assert {f"{(r << 16) + (g << 8) + b}" for r, g, b in numbers} <= now
        assert numbers
        await reader.press("ctrl+l")
        assert not now & (set(SHOWN.findall("".join(sent))) - set(GONE.findall("".join(sent)))), "they are given anew"
        reader.screen.pictures.end()
        assert set(SHOWN.findall("".join(sent))) <= set(GONE.findall("".join(sent)))


async def test_with_few_colours_kitty_gets_small_numbers(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLORTERM")
    async with reading(pictured, settings=using("kitty")) as reader:
        sent = written(reader, monkeypatch)
        await go_to(reader, bool)
        await reader.press("j", "k")
        numbers = [int(number) for number in SHOWN.findall("".join(sent))]
        assert numbers
        assert all(16 <= number < 256 for number in numbers)


PLACED = re.compile(r"\x1b\[(\d+);(\d+)H\x1bP")


def painted_rows(sent: list[str]) -> list[tuple[int, int]]:
    """Where sixels were painted last: row and column of the screen."""
    return [(int(row), int(column)) for row, column in PLACED.findall(sent[-1])] if sent else []


async def test_sixels_go_over_their_cells_and_nowhere_else(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(pictured, settings=using("sixel"), query="sort:title") as reader:
        sent = written(reader, monkeypatch)
        await go_to(reader, lambda media: len(media) == 1)
        await reader.press("enter", "G")
        await wait_for(lambda: painted_rows(sent), "sixels")
        pane = reader.screen.pane

        def cells() -> list[int]:
            lines = [pane.line_shown(y) for y in range(pane.height)]
            found = [y for y, line in enumerate(lines) if any(ink.startswith("pixels:") for _, ink in line)]
            return [pane.region.y + y + 1 for y in found]

        assert [row for row, _ in painted_rows(sent)] == cells()
        assert all(part.startswith("\x1b7") and part.endswith("\x1b8") for part in sent if "\x1bP" in part)
        column = painted_rows(sent)[0][1]
        first = next(
            line for line in map(pane.line_shown, range(pane.height)) if any("pixels" in ink for _, ink in line)
        )
        before = sum(len(text) for text, ink in first[: [ink[:6] for _, ink in first].index("pixels")])
        assert column == pane.region.x + 1 + before + 1
        await reader.press("k", "k")
        assert [row for row, _ in painted_rows(sent)] == cells()
        count = len(sent)
        await reader.press("question_mark")
        await reader.pilot.pause()
        assert not any("\x1bP" in part for part in sent[count:]), "nothing over another screen"
        await reader.press("q")
        await wait_for(lambda: any("\x1bP" in part for part in sent[count:]), "the picture again")
        count = len(sent)
        await reader.press("slash", "i", "s", "colon")
        await wait_for(reader.screen.pictures._is_covered, "suggestions")
        reader.screen.pane.refresh()
        await reader.pilot.pause()
        covered = [part for part in sent[count:] if "\x1bP" in part]
        reader.screen.pane.refresh()
        await reader.pilot.pause()
        assert [part for part in sent[count:] if "\x1bP" in part] == covered, "nothing over the suggestions"


async def test_nothing_is_painted_when_the_picture_is_gone(pictured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(pictured, settings=using("sixel"), query="sort:title") as reader:
        sent = written(reader, monkeypatch)
        await go_to(reader, bool)
        await reader.press("enter", "G", "backspace")
        await go_to(reader, lambda media: not media)
        sent.clear()
        await reader.press("ctrl+l", "enter", "G")
        assert sent == []


KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}
CELL = (10, 20)


@pytest.mark.parametrize(
    ("setting", "environment", "colours", "cell", "wanted"),
    [
        ("off", KITTY, "truecolor", CELL, ""),
        ("auto", KITTY, "truecolor", CELL, "kitty"),
        ("auto", {"TERM": "xterm-ghostty"}, "truecolor", None, "kitty"),
        ("auto", {"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "truecolor", None, "kitty"),
        ("auto", {"TERM": "xterm-kitty"}, "256", None, "kitty"),
        ("auto", {**KITTY, "TMUX": "x"}, "truecolor", CELL, "blocks"),
        ("auto", {"TERM": "screen-256color", "KITTY_WINDOW_ID": "1"}, "256", CELL, "blocks"),
        ("auto", {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "truecolor", CELL, "sixel"),
        ("auto", {"TERM": "foot-extra"}, "truecolor", CELL, "sixel"),
        ("auto", {"TERM": "foot"}, "truecolor", None, "blocks"),
        ("auto", {"TERM": "xterm-256color"}, "truecolor", CELL, "blocks"),
        ("auto", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "truecolor", CELL, ""),
        ("auto", {"TERM": "xterm"}, "standard", CELL, ""),
        ("auto", {"TERM": "dumb"}, None, None, ""),
        ("blocks", {}, "truecolor", CELL, ""),
        ("blocks", KITTY, "truecolor", CELL, "blocks"),
        ("kitty", {"TERM": "tmux-256color", "TMUX": "x"}, "256", None, "kitty"),
        ("kitty", {"TERM": "xterm"}, "standard", None, ""),
        ("sixel", {"TERM": "xterm"}, "256", CELL, "sixel"),
        ("sixel", {"TERM": "xterm"}, "256", None, "blocks"),
    ],
)
def test_the_way_follows_what_the_terminal_is_known_to_be(
    setting: str, environment: dict[str, str], colours: str | None, cell: tuple[int, int] | None, wanted: Way
) -> None:
    assert way(setting, environment, colours, cell) == wanted


class Driver:
    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(
    "sequence",
    [
        "text", "\x1b[2J", "\x1b_Ga=T;x\x07", "\x1b_Ga=T;\x1b]52;c;x\x1b\\", "\x1b_Ga=T;AA==\x1b\\\x1b[2J", "\x1b_G\x1b\\",
        "\x1bP0;1;0q#0\x1b\\x\x1b\\", "\x1bP0;1;0q\x9b\x1b\\", "\x1bPtmux;x\x1b\\", "",
    ],
)  # fmt: skip
def test_no_other_sequence_goes_through_the_door(sequence: str) -> None:
    driver: Any = Driver()
    with pytest.raises(ValueError, match="not a sequence for a picture"):
        send(driver, [sequence])
    with pytest.raises(ValueError, match="not a sequence for a picture"):
        paint(driver, [(1, 1, sequence)])
    assert driver.written == []


def test_tmux_passes_it_through() -> None:
    sequence = "\x1b_Ga=d,d=I,i=7,q=2\x1b\\"
    assert through(sequence, {}) == sequence
    assert through(sequence, {"TMUX": "x"}) == "\x1bPtmux;\x1b\x1b_Ga=d,d=I,i=7,q=2\x1b\x1b\\\x1b\\"


def test_a_desk_without_a_network_shows_what_is_here(places: Paths) -> None:
    desk = open_desk(places)
    assert asyncio.run(desk.figures.picture(ADDRESS)) is None
    desk.close()
