"""Selecting with the mouse, and what of it is copied: in the paper, its tabs, the help and the full text."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator

import pytest

from paperstui.config import Settings
from paperstui.demo.fulltext import full_text
from paperstui.documents.blocks import Block, Cell, Code, Inline, Item, Paragraph, Table
from paperstui.draw.lines import plain
from paperstui.models import Item as Listed
from paperstui.models import Listing, Paper
from paperstui.paths import Paths
from paperstui.tui.screens.pane_screen import PaneScreen
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.tui.mouse import cell_of, click, down, drag, move, up
from tests.tui.reading import DAY, Reading, fill, open_desk, reading
from tests.tui.texts import open_text
from tests.waiting import wait_for

ABSTRACT = (
    "Quiet data is data that nobody looks at twice. We collect ten years of it, "
    "sort it by its age, and find that 量子計算の研究 and 👩‍🔬 are where they were, naïve cafe\u0301s included."
)
PAPER = Paper(id="2606.01234", title="Quiet Data", abstract=ABSTRACT, listed=DAY.isoformat(), upvotes=3, authors=())


@pytest.fixture(autouse=True)
def _no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def one(places: Paths) -> Iterator[Desk]:
    desk = open_desk(places)
    desk.library.upsert([Listed(PAPER, Listing(feed="daily", period=DAY.isoformat(), rank=1))], 1)
    yield desk
    desk.close()


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    opened = open_desk(places)
    fill(opened)
    opened.reading._invent = full_text
    yield opened
    opened.close()


def copies(running: Reading, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the terminal's clipboard from now on."""
    sent: list[str] = []

    def write(data: str) -> None:
        if "\x1b]52;c;" in data:
            sent.append(base64.b64decode(data.partition(";c;")[2].partition("\x07")[0]).decode())

    assert running.app._driver is not None
    monkeypatch.setattr(running.app._driver, "write", write)
    return sent


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_wrapped_lines_are_copied_as_one(
    one: Desk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with reading(one, size=size) as running:
        sent, pane = copies(running, monkeypatch), running.screen.pane
        begin, end = cell_of(pane, "nobody"), cell_of(pane, "sort it by")
        assert end[1] > begin[1]
        await drag(running, pane, begin, (end[0] + 3, end[1]))
        (text,) = sent
        assert text == ABSTRACT[ABSTRACT.index("nobody") : ABSTRACT.index("sort") + 4]
        assert f"Sent {len(text.split())} words to the terminal" in running.line
        assert running.screen.context == "list"


async def test_in_a_small_window(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(one, size=(50, 14)) as running:
        await running.press("enter")
        sent, pane = copies(running, monkeypatch), running.screen.pane
        begin, end = cell_of(pane, "Quiet data is"), cell_of(pane, "sort it by")
        await drag(running, pane, begin, (end[0] + 3, end[1]))
        assert sent == [ABSTRACT[: ABSTRACT.index("sort") + 4]]


async def test_a_click_selects_nothing_two_a_word_and_three_the_paragraph(
    one: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(one) as running:
        sent, pane = copies(running, monkeypatch), running.screen.pane
        x, y = cell_of(pane, "twice.")
        await click(running, pane, x + 2, y)
        assert (sent, pane.selection) == ([], None)
        assert running.screen.focused is pane
        await click(running, pane, x + 2, y, times=2)
        assert sent.pop() == "twice"
        await click(running, pane, x + 2, y, times=3)
        assert sent.pop() == ABSTRACT.replace("cafe\u0301s", "cafés")
        await running.press("escape")
        assert pane.selection is None
        assert running.screen.focused is pane
        await running.press("escape")
        assert not pane.has_focus


async def test_wide_and_joined_letters_are_whole(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(one) as running:
        sent, pane = copies(running, monkeypatch), running.screen.pane
        x, y = cell_of(pane, "量子")
        await drag(running, pane, (x + 1, y), (x + 4, y))
        assert sent.pop() == "量子計"
        await click(running, pane, x + 5, y, times=2)
        assert sent.pop() == "量子計算の研究"
        x, y = cell_of(pane, "👩‍🔬")
        await drag(running, pane, (x - 1, y), (x + 1, y))
        assert sent.pop().strip() == "👩‍🔬"


async def test_copied_again_by_key_and_dropped_elsewhere(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(one) as running:
        sent, pane = copies(running, monkeypatch), running.screen.pane
        await running.press("y", "y")
        assert "Nothing is selected" in running.line
        await click(running, pane, *cell_of(pane, "nobody"), times=2)
        assert sent == ["nobody"]
        await running.press("y", "y")
        assert sent == ["nobody", "nobody"]
        assert "Sent a word to the terminal (once more shows it to select): nobody" in running.line
        await running.press("y", "y")
        assert "A word to select" in running.text
        await running.press("q")
        assert pane.selection is not None
        await running.pilot.click("#header")
        assert pane.selection is None


async def test_where_nothing_takes_it_that_is_said(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with reading(one) as running:
        sent, pane = copies(running, monkeypatch), running.screen.pane
        await click(running, pane, *cell_of(pane, "nobody"), times=2)
        assert sent == []
        assert "Selected a word, but there is no way to the clipboard: y y shows it" in running.line
        await running.press("y", "y")
        assert "A word to select" in running.text


async def test_a_drag_beyond_the_edge_scrolls_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(desk, size=(80, 24)) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        before = view.top
        await down(running, view, 4, 3)
        begin = view.index_at(3)
        await move(running, view, 10, view.height + 1)
        await wait_for(lambda: view.top > before + 5, "the text to be scrolled")
        await move(running, view, 10, 5)
        top = view.top
        await up(running, view, 10, 5)
        await running.settle()
        assert view.top == top
        assert view._puller is None
        assert view.selection is not None
        assert (view.selection.line, view.selection.last) == (begin, view.index_at(5))
        assert sent == [view.selected]


async def test_a_drag_goes_on_when_the_pane_is_drawn_anew(filled: Desk) -> None:
    async with reading(filled) as running:
        pane = running.screen.pane
        await down(running, pane, 3, 10)
        await move(running, pane, 20, 11)
        before = pane.lines
        paper = running.screen.papers.paper
        assert paper is not None
        await running.screen.shelf.reload((paper.id,))
        await running.settle()
        assert pane.lines is not before, "what every decision and every refresh does"
        await move(running, pane, 25, 11)
        await up(running, pane, 25, 11)
        await running.settle()
        assert pane.selected


async def test_nothing_is_scrolled_behind_what_is_put_over_it(one: Desk) -> None:
    async with reading(one) as running:
        view = (await open_text(running)).view
        await down(running, view, 40, 4)
        await move(running, view, 44, view.size.height)
        await running.press("question_mark")
        await wait_for(lambda: view._puller is None)
        assert isinstance(running.app.screen, PaneScreen)


async def test_a_button_let_go_elsewhere_ends_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        await down(running, view, 20, 3)
        await move(running, view, 30, 3, button=0)
        assert (view.selection, running.app.mouse_captured) == (None, None)
        await down(running, view, 20, 3, button=3)
        await move(running, view, 30, 3, button=3)
        assert (view.selection, sent) == (None, [])


async def test_it_stays_while_scrolled_and_in_another_width(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        await running.press("]")
        at = next(row for row in range(4, view.height) if len(plain(view.lines[view.index_at(row)]).split()) > 8)
        await drag(running, view, (view.before + 5, at), (view.before + 30, at + 1))
        (text,) = sent
        await running.press("space", "k")
        assert view.selected == text
        for width in (70, 100, 120):
            await running.pilot.resize_terminal(width, 30)
            await running.settle()
            assert view.selected == text
        await running.press("escape")
        assert (view.selection, view.selected) == (None, "")
        assert running.app.screen is screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 14)])
async def test_how_it_looks(one: Desk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    async with reading(one, size=size) as running:
        if size[0] < 60:
            await running.press("enter")
        copies(running, monkeypatch)
        pane = running.screen.pane
        begin, end = cell_of(pane, "nobody"), cell_of(pane, "sort it by")
        await drag(running, pane, begin, (end[0] + 3, end[1]))
        expect_golden(f"selection-{size[0]}x{size[1]}", shown(running))


def shown(running: Reading) -> str:
    """The screen, what is selected in ⟦brackets⟧."""
    ground = running.app.inks.style("text", "selected").bgcolor
    lines = []
    for strip in running.app.screen._compositor.render_strips():
        line, inside = "", False
        for segment in strip:
            here = segment.style is not None and segment.style.bgcolor == ground
            line += ("⟦" if here and not inside else "⟧" if inside and not here else "") + segment.text
            inside = here
        lines.append((line + "⟧" * inside).rstrip())
    return "\n".join(lines) + "\n"


BLOCKS: tuple[Block, ...] = (
    Paragraph(
        (Inline("First of two items that is long enough to be wrapped in any window."),), inside=(Item("1.", True),)
    ),
    Paragraph((Inline("Second."),), inside=(Item("2.", True),)),
    Table(
        tuple(
            tuple(Cell((Inline(text),)) for text in row)
            for row in (("Name", "What it is"), ("alpha", "a long story " * 8 + "ends"), ("beta", "short"))
        ),
        head=1,
    ),
    Code("for line in lines:\n    print(line)  # " + "x" * 120),
)


async def test_lists_tables_and_code(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.reading._invent = lambda _paper: BLOCKS
    async with reading(desk, size=(60, 40)) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        await drag(running, view, (0, 0), (view.size.width - 1, len(view.lines) - 1))
        (text,) = sent
        assert text.splitlines() == [
            "1. First of two items that is long enough to be wrapped in any window.",
            "2. Second.",
            "",
            "Name  What it is",
            "alpha  " + "a long story " * 8 + "ends",
            "beta  short",
            "",
            "for line in lines:",
            "    print(line)  # " + "x" * 120,
        ]


@pytest.mark.parametrize("tab", [2, 4])
async def test_comments_and_notes(desk: Desk, monkeypatch: pytest.MonkeyPatch, tab: int) -> None:
    async with reading(desk, size=(120, 40)) as running:
        await running.press("enter", *"l" * tab)
        sent, pane = copies(running, monkeypatch), running.screen.pane
        begin = max(0, pane.stays) + 2
        end = min(len(pane.lines), pane.top + pane.height) - 1
        await drag(running, pane, (0, begin - pane.top), (pane.size.width - 2, end - pane.top))
        shown = " ".join(plain(line).replace("│", " ") for line in pane.lines[begin : end + 1])
        assert sent[0].split() == shown.split()


async def test_a_link_is_still_followed_by_a_click_and_not_by_a_drag(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        sent, view = copies(running, monkeypatch), screen.view
        lead = next(lead for lead in view.leads() if lead.target)
        x, y = view.before + lead.start, lead.line - view.top
        top = view.top
        await drag(running, view, (x, y), (x + 6, y))
        assert (view.top, len(sent)) == (top, 1)
        await click(running, view, x, y)
        assert view.top > top


async def test_in_the_help(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(filled) as running:
        await running.press("question_mark")
        screen = running.app.screen
        assert isinstance(screen, PaneScreen)
        sent, pane = copies(running, monkeypatch), screen.pane
        x, y = cell_of(pane, "show the papers of one day")
        await click(running, pane, x, y, times=3)
        assert sent == ["show", "1  show the papers of one day"]
        assert "Sent 7 words" in running.text.splitlines()[-1]
        await running.press("y")
        assert sent[2:] == ["1  show the papers of one day"]
        await running.press("y")
        assert "7 words to select" in running.text
        await running.press("q", "escape")
        assert running.app.screen is screen
        assert pane.selection is None
        await running.press("escape")
        assert len(running.app.screen_stack) == 1


async def test_the_links_and_the_tabs(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(one, size=(80, 24)) as running:
        await running.press("L", "L", "L")
        sent, pane = copies(running, monkeypatch), running.screen.pane
        await click(running, pane, *cell_of(pane, "arXiv  "), times=3)
        assert sent == ["arXiv", "arXiv  https://arxiv.org/abs/2606.01234  o"]


@pytest.mark.parametrize(("theme", "reverse"), [("ansi-dark", True), ("nord", False), ("paperstui-light", False)])
async def test_it_is_seen_in_every_theme(one: Desk, monkeypatch: pytest.MonkeyPatch, theme: str, reverse: bool) -> None:
    async with reading(one, settings=Settings(theme=theme)) as running:
        copies(running, monkeypatch)
        pane = running.screen.pane
        x, y = cell_of(pane, "nobody")
        await click(running, pane, x, y, times=2)
        strip = running.app.screen._compositor.render_strips()[pane.region.y + y]
        inside = strip.crop(pane.region.x + x, pane.region.x + x + 6)
        beside = strip.crop(pane.region.x + x + 7, pane.region.x + x + 12)
        (style, other) = (next(iter(part)).style for part in (inside, beside))
        assert inside.text == "nobody"
        assert style is not None
        assert other is not None
        assert bool(style.reverse) is reverse
        assert reverse or style.bgcolor != other.bgcolor
