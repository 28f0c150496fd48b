from __future__ import annotations

import re

import pytest

from paperstui.config import Settings
from paperstui.draw.row import title_shown
from paperstui.models import Item, Listing, Paper
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.tui.reading import DAY, Reading, fill, reading


def where(reader: Reading) -> str:
    """The part of the screen that has the focus."""
    return reader.screen.context


SIZES = [(80, 24), (120, 40), (50, 14)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_day_is_there(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        expect_golden(f"day-{size[0]}x{size[1]}", reader.text)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_empty_library_says_what_to_do(desk: Desk, size: tuple[int, int]) -> None:
    async with reading(desk, size=size) as reader:
        expect_golden(f"empty-{size[0]}x{size[1]}", reader.text)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_reading_a_paper(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await reader.press("j", "enter")
        expect_golden(f"paper-{size[0]}x{size[1]}", reader.text)


async def test_a_star_is_on_disk_when_it_is_shown(filled: Desk) -> None:
    async with reading(filled) as reader:
        paper = reader.screen.papers.paper
        assert paper is not None
        await reader.press("s")
        assert "★" in reader.text
        journal = "".join(file.read_text() for file in filled.paths.journal.glob("*.jsonl"))
        assert f'["{paper.id}","starred",true,false]' in journal
        await reader.press("u")
        assert "Undone: Starred 1 paper" in reader.line
        assert "★ ▲" not in reader.text
        await reader.press("ctrl+r")
        assert "★ ▲" in reader.text


async def test_a_star_that_cannot_be_saved_is_not_shown(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    async with reading(filled) as reader:

        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "write", full)
        monkeypatch.setattr(os, "pwrite", full)
        await reader.pilot.press("s")
        await reader.see("the disk is full")
        monkeypatch.undo()
        assert "★ ▲" not in reader.text
        await reader.press("s")
        assert "★ ▲" in reader.text


async def test_read_goes_on_to_the_next_and_stays_in_an_unread_view(filled: Desk) -> None:
    async with reading(filled, query="is:unread") as reader:
        papers = reader.screen.papers
        before = len(papers.ids)
        first = papers.rowid
        await reader.press("r")
        assert papers.cursor == 1
        assert len(papers.ids) == before
        await reader.press("k")
        assert papers.rowid == first
        assert papers.paper is not None
        assert papers.paper.read


async def test_opening_marks_read_only_by_setting(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("enter")
        assert reader.screen.papers.paper is not None
        assert not reader.screen.papers.paper.read
    async with reading(filled, settings=Settings(read_on_open=True)) as reader:
        await reader.press("enter")
        assert reader.screen.papers.paper is not None
        assert reader.screen.papers.paper.read


async def test_moving(filled: Desk) -> None:
    async with reading(filled) as reader:
        papers = reader.screen.papers
        await reader.press("7", "G")
        assert papers.cursor == len(papers.ids) - 1
        await reader.press("g", "g")
        assert papers.cursor == 0
        await reader.press("ctrl+d")
        assert papers.cursor == papers.whole // 2
        await reader.press("ctrl+u", "pagedown")
        assert papers.cursor == papers.whole
        await reader.press("home", "down", "up", "k")
        assert papers.cursor == 0


async def test_every_row_is_shown_when_paging_through(filled: Desk) -> None:
    async with reading(filled, size=(80, 24)) as reader:
        await reader.press("7")
        papers = reader.screen.papers
        seen = set()
        for _ in range(len(papers.ids)):
            assert papers.paper is not None
            seen.add(papers.paper.id)
            await reader.press("j")
        assert len(seen) == len(papers.ids)


async def test_the_filter_counts_truly_and_escape_leaves_it(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("7", "slash", *"model")
        papers = reader.screen.papers
        expected = len(filled.select(reader.screen.shelf.place, "model", typing=True).ids)
        assert 0 < expected < papers.total
        assert f"{expected:,} of {papers.total:,}" in reader.text
        assert len(papers.ids) == expected
        await reader.press("enter")
        assert reader.screen.focused is papers
        await reader.press("escape")
        assert len(papers.ids) == papers.total


async def test_the_filter_keeps_the_cursor_on_its_paper(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("7", "j", "j", "j")
        papers = reader.screen.papers
        chosen = papers.paper
        assert chosen is not None
        word = max(re.findall("[A-Za-z]+", title_shown(chosen)), key=len)
        await reader.press("slash", *word[:5])
        assert papers.rowid == chosen.rowid
        await reader.press(*"qqqq")
        assert not papers.ids
        await reader.press(*["backspace"] * 4)
        assert papers.rowid == chosen.rowid
        await reader.press("escape")
        assert papers.rowid == chosen.rowid


async def test_a_bad_query_leaves_the_list_as_it_was(filled: Desk) -> None:
    async with reading(filled) as reader:
        papers = reader.screen.papers
        before = list(papers.ids)
        await reader.press("slash", *"upvotes:many ")
        assert list(papers.ids) == before
        assert "upvotes" in reader.line
        assert "many" in reader.text


async def test_a_filter_without_a_hit_says_so(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("slash", *"xyzzyxyzzy")
        assert "No paper matches" in reader.text
        assert "clear the filter" in reader.text


async def test_days(filled: Desk) -> None:
    async with reading(filled) as reader:
        assert "Thu 4 Jun 2026" in reader.text
        await reader.press("[")
        assert "Wed 3 Jun 2026" in reader.text
        await reader.press("]")
        assert "Thu 4 Jun 2026" in reader.text
        await reader.press("]")
        assert "This is the newest day." in reader.line


async def test_new_papers_wait_and_move_nothing(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("j", "j")
        papers = reader.screen.papers
        before, cursor, top = list(papers.ids), papers.rowid, papers.top
        new = Paper(id="2606.09999", title="A late paper", listed=DAY.isoformat(), upvotes=900)
        upserted = filled.library.upsert(
            [Item(new, Listing(feed="daily", period=DAY.isoformat(), rank=1, upvotes=900))], 1
        )
        from paperstui.tui.arrivals import Coming
        from paperstui.usecases import Refreshed

        await reader.screen.arrivals.take_in(
            Refreshed(feed="daily", period=DAY.isoformat(), upserted=upserted, papers=len(before) + 1),
            Coming(reader.screen.shelf.place, asked=False),
        )
        await reader.settle()
        assert "1 new paper" in reader.text
        assert list(papers.ids) == before
        assert (papers.rowid, papers.top) == (cursor, top)
        await reader.press("g", "n")
        assert len(papers.ids) == len(before) + 1
        assert papers.rowid == cursor
        assert "1 new paper" not in reader.text


async def test_another_copy_of_paperstui(filled: Desk) -> None:
    other = Desk.open(filled.paths, Settings(), offline=True)
    try:
        async with reading(filled) as reader:
            paper = reader.screen.papers.paper
            assert paper is not None
            other.decide([paper.id], "starred", value=True)
            await reader.see("★ ▲")
    finally:
        other.close()


async def test_help_lists_every_key_and_can_be_searched(filled: Desk) -> None:
    async with reading(filled, size=(100, 80)) as reader:
        await reader.press("question_mark")
        assert "take back your last decision" in reader.text
        await reader.press("slash", *"star it")
        assert "take back your last decision" not in reader.text
        assert "star it, or take the star away" in reader.text
        await reader.press("escape", "escape")
        assert "Thu 4 Jun 2026" in reader.text


async def test_the_palette_does_what_it_names(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("colon", *"star", "enter")
        assert "★ ▲" in reader.text


async def test_chords_show_what_can_follow(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("y")
        hints = reader.text.splitlines()[-1]
        assert "y …" in hints
        assert "copy BibTeX" in hints
        await reader.press("escape")
        assert "y …" not in reader.text.splitlines()[-1]


async def test_the_theme_switches(filled: Desk) -> None:
    async with reading(filled) as reader:
        dark = reader.app.inks.style("text", "list")
        await reader.press("g", "c")
        assert reader.app.theme == "paperstui-light"
        assert reader.app.inks.style("text", "list") != dark


@pytest.mark.parametrize("theme", ["nord", "textual-light", "ansi-dark", "ansi-light", "dracula"])
async def test_other_themes_draw_everything(filled: Desk, theme: str) -> None:
    async with reading(filled, settings=Settings(theme=theme)) as reader:
        assert "Thu 4 Jun 2026" in reader.text
        assert reader.app.theme == theme


async def test_an_unknown_theme_is_told(filled: Desk) -> None:
    async with reading(filled, settings=Settings(theme="plaid")) as reader:
        assert "there is no theme" in reader.line


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (10, 3), (39, 9), (300, 100)])
async def test_any_size_lives(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await reader.press("j", "enter", "j", "escape")
        assert len(reader.text.splitlines()) == size[1]


async def test_resizing_keeps_the_cursor(filled: Desk) -> None:
    async with reading(filled, size=(120, 40)) as reader:
        await reader.press("7", *["j"] * 25)
        papers = reader.screen.papers
        chosen = papers.rowid
        for size in [(80, 24), (50, 14), (200, 60), (120, 40)]:
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert papers.rowid == chosen
            assert papers.top <= papers.cursor < papers.top + papers.whole


async def test_the_mouse_chooses_and_opens(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.pilot.click("#list", offset=(10, 5))
        await reader.settle()
        assert reader.screen.papers.cursor == 2
        await reader.pilot.click("#list", offset=(10, 5), times=2)
        await reader.settle()
        assert reader.screen.focused is reader.screen.pane


async def test_q_goes_one_level_out(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("enter")
        assert where(reader) == "detail"
        await reader.press("q")
        assert where(reader) == "list"
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert reader.app.return_code == 0


async def test_the_library_fills_while_the_screen_is_open(desk: Desk) -> None:
    async with reading(desk) as reader:
        fill(desk)
        reader.screen.shelf.again(fresh=True)
        await reader.settle()
        assert len(reader.screen.papers.ids) > 5


async def test_a_page_down_paints_every_row(filled: Desk) -> None:
    async with reading(filled, size=(80, 24)) as reader:
        await reader.press("7", "ctrl+f")
        papers = reader.screen.papers
        rows = {row.rowid: title_shown(row)[:20] for row in filled.rows(papers.ids)}
        shown = [rows[rowid] for rowid in papers.ids[papers.top : papers.top + papers.whole]]
        assert all(title in reader.text for title in shown)
        assert reader.text.count("▌") == 2
        await reader.press("G", "g", "g", "ctrl+d")
        assert reader.text.count("▌") == 2


async def test_a_place_is_found_as_it_was_left(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("j", "j", "j")
        left = reader.screen.papers.rowid
        await reader.press("6", "1")
        assert reader.screen.papers.rowid == left
        await reader.press("[", "]")
        assert reader.screen.papers.rowid == left


async def test_a_filter_goes_along_to_another_view(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("slash", *"model", "enter")
        here = len(reader.screen.papers.ids)
        await reader.press("7")
        assert len(reader.screen.papers.ids) > here
        assert "model" in reader.line
        await reader.press("escape")
        assert len(reader.screen.papers.ids) == reader.screen.papers.total


async def test_nothing_new_is_said(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "n")
        assert "No new papers" in reader.line


async def test_redrawing(filled: Desk) -> None:
    async with reading(filled) as reader:
        before = reader.text
        await reader.press("ctrl+l")
        assert reader.text == before


async def test_a_click_in_the_palette_does_the_action_under_the_mouse(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("colon", *"star")
        await reader.pilot.click("#palette-list", offset=(5, 1))
        await reader.settle()
        assert "★ ▲" in reader.text
        assert reader.app.fault is None
        await reader.press("colon")
        await reader.pilot.click(offset=(2, 30))
        await reader.settle()
        assert len(reader.app.screen_stack) == 1
