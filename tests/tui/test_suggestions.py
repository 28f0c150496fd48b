"""Suggestions in the filter bar, by the keys that a person would press."""

from __future__ import annotations

import re

import pytest
from textual import events

from paperstui.models import Author, Item, Listing, Paper
from paperstui.tui.screens.reader import ReaderScreen
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.hostile import SHORT
from tests.tui.reading import DAY, Reading, reading
from tests.tui.test_hostile import FORBIDDEN, expect_harmless
from tests.waiting import wait_for

SIZES = [(120, 40), (80, 24), (50, 14)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]


def item(number: int, *names: str, **changes: object) -> Item:
    fields = {"id": f"2606.{number:05}", "title": f"Paper {number}", "listed": DAY.isoformat(), "upvotes": number}
    paper = Paper(**fields | {"authors": tuple(Author(name) for name in names)} | changes)  # type: ignore[arg-type]
    return Item(paper, Listing(feed="daily", period=DAY.isoformat(), rank=number))


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Twelve papers by Tri Dao and one other each; three of them in cs.CL."""
    desk.library.upsert(
        [
            item(number, "Tri Dao", f"Ada Number{number}", categories=("cs.CL",) if number < 4 else ("cs.CV",))
            for number in range(1, 13)
        ],
        1,
    )
    return desk


def box(reader: Reading) -> list[str]:
    """The lines of the box, without its edges."""
    popup = reader.screen.overlay.box
    lines = popup.lines if popup is not None else ()
    return ["".join(text for text, _ in line).strip("▌│ ") for line in lines]


def chosen(reader: Reading) -> str:
    """The suggestion that would be taken."""
    popup = reader.screen.overlay.box
    assert popup is not None
    lines = ["".join(text for text, _ in line) for line in popup.lines]
    return next(line.strip("▌│ ") for line in lines if line.startswith("▌"))


def field(reader: Reading) -> str:
    found = reader.screen.filter_bar.input
    return found.value if found is not None else ""


async def typed(reader: Reading, text: str) -> None:
    """Open the bar if it is not, and type."""
    if reader.screen.context != "filter":
        await reader.press("slash")
    for key in text:
        await reader.pilot.press("space" if key == " " else key)
    await reader.settle()


async def see_box(reader: Reading, text: str) -> None:
    await wait_for(lambda: any(text in line for line in box(reader)), f"{text!r} in the box: {box(reader)}")


async def test_a_field_is_suggested_taken_and_its_values_follow(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "ca")
        await see_box(reader, "cat:")
        await reader.press("tab")
        assert field(reader) == "cat:"
        assert [re.split(r"\s{2,}", line) for line in box(reader)] == [
            ["cat:cs.CV", "9", "Computer Vision and Pattern Recognition"],
            ["cat:cs.CL", "3", "Computation and Language"],
        ]
        await reader.press("down", "tab")
        assert field(reader) == "cat:cs.CL "
        assert len(reader.screen.papers.ids) == 3
        assert box(reader) == []
        await reader.press("tab")
        assert reader.screen.context == "list"
        assert reader.screen.shelf.text == "cat:cs.CL "


async def test_values_are_shown_with_their_counts_at_once(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "author:t")
        assert re.split(r"\s{2,}", box(reader)[0]) == ['author:"Tri Dao"', "12"]
        await typed(reader, "r")
        assert len(box(reader)) == 1
        await reader.press("tab")
        assert field(reader) == 'author:"Tri Dao" '


async def test_a_long_list_says_how_many_more_there_are(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "author:")
        lines = box(reader)
        assert len(lines) == 8
        assert lines[-1] == "… 6 more"
        for _ in range(20):
            await reader.press("down")
        assert box(reader)[-1] == "no more"
        assert chosen(reader).startswith('author:"Ada Number9"')
        await reader.press(*["up"] * 20)
        assert field(reader) == "author:", "there is no earlier query"
        assert chosen(reader).startswith('author:"Tri Dao"')


async def test_down_waits_for_the_answer_too(known: Desk) -> None:
    async with reading(known) as reader:
        await reader.press("slash")
        for key in (*"author:ada", "down", "tab", "x"):
            reader.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_for(lambda: field(reader).endswith("x"), "all keys to be taken")
        assert field(reader) == 'author:"Ada Number10" x'


async def test_a_tab_that_comes_before_the_answer_waits_for_it(known: Desk) -> None:
    async with reading(known) as reader:
        await reader.press("slash")
        for key in (*"author:da", "tab", "x"):
            reader.app.post_message(events.Key(key, key if len(key) == 1 else "\t"))
        await wait_for(lambda: field(reader).endswith("x"), "all keys to be taken")
        assert field(reader) == 'author:"Tri Dao" x'


async def test_who_types_on_never_sees_fields(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "title")
        await reader.press("space")
        assert box(reader) == []
        await typed(reader, "state")
        assert box(reader) == []


async def test_nothing_changes_the_text_but_a_key_that_takes(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "author:")
        await reader.press("down", "down", "up")
        assert field(reader) == "author:"
        await reader.press("enter")
        assert reader.screen.context == "list"
        assert reader.screen.shelf.text == "author:"
        assert box(reader) == []


async def test_escape_closes_the_box_first_and_clears_then(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "is:")
        assert box(reader)
        await reader.press("escape")
        assert (box(reader), field(reader), reader.screen.context) == ([], "is:", "filter")
        await typed(reader, "u")
        assert box(reader) == [], "it stays away while the same word is typed"
        await reader.press("escape")
        assert (field(reader), reader.screen.shelf.text, reader.screen.context) == ("", "", "list")


async def test_after_another_word_it_is_there_again(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "is:")
        await reader.press("escape")
        await typed(reader, "new has:")
        assert box(reader)[0].startswith("has:code")


async def test_an_unknown_field_is_put_right_by_tab(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "paper")
        before = list(reader.screen.papers.ids)
        assert before
        reader.screen.filter_bar.show_text("titel:paper")
        reader.screen.filter_bar.typed("titel:paper")
        await reader.settle()
        assert box(reader)[0] == "there is no field “titel:”"
        assert box(reader)[1].startswith("title:")
        assert list(reader.screen.papers.ids) == before
        await reader.press("tab")
        assert field(reader) == "title:paper"
        assert len(reader.screen.papers.ids) == 12
        await typed(reader, " more")
        assert field(reader) == "title:paper more", "the cursor stays behind what was typed"


async def test_an_unknown_value_is_put_right_by_tab(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "is:unraed")
        assert box(reader)[0] == "there is no is:unraed"
        await reader.press("tab")
        assert field(reader) == "is:unread"
        assert box(reader) == []


async def test_a_problem_that_cannot_be_guessed_is_told_whole(known: Desk) -> None:
    async with reading(known, size=(50, 14)) as reader:
        await typed(reader, "listed:soon ")
        assert box(reader)[0].startswith("listed: takes a date")
        assert 1 < len(box(reader)) <= 3
        await reader.press("tab")
        assert reader.screen.context == "list"
        assert "listed: takes" in reader.text


async def test_the_cursor_may_be_anywhere(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "paper is:read")
        await reader.press(*["left"] * 4)
        assert box(reader) == []
        await typed(reader, "un")
        assert box(reader)[0].startswith("is:unread")
        await reader.press("tab")
        assert field(reader) == "paper is:unread "


async def test_moving_the_cursor_closes_the_box_and_tab_still_knows(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "is:unr x")
        await reader.press("left", "left")
        assert box(reader) == []
        await reader.press("tab")
        assert field(reader) == "is:unread x"


async def test_wide_characters_before_it_move_the_box(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "ab is:")
        narrow = reader.screen.overlay.box
        assert narrow is not None
        x = narrow.region.x
        await reader.press("ctrl+u")
        await typed(reader, "模型 is:")
        assert narrow.region.x == x + 2


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_the_box_lies_over_the_list_and_moves_nothing(known: Desk, size: tuple[int, int]) -> None:
    async with reading(known, size=size) as reader:
        await reader.press("slash")
        regions = [(widget.id, widget.region) for widget in reader.screen.children]
        await typed(reader, "author:")
        expect_golden(f"suggestions-{size[0]}x{size[1]}", reader.text)
        assert [(widget.id, widget.region) for widget in reader.screen.children if widget.id != "popup"] == regions
        popup = reader.screen.overlay.box
        assert popup is not None
        assert popup.region.bottom == size[1] - 2
        assert popup.region.right <= size[0]
        await reader.press("escape")
        assert "author:" not in "".join(reader.text.splitlines()[:-2])


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (10, 4), (20, 6), (39, 9), (300, 100)])
async def test_any_size_lives(known: Desk, size: tuple[int, int]) -> None:
    async with reading(known, size=size) as reader:
        for text in ("author:", " titel:x", " ca", " listed:soon ", " has:"):
            await typed(reader, text)
            await reader.press("down", "up")
            assert len(reader.text.splitlines()) == size[1]
        await reader.pilot.resize_terminal(80, 24)
        await reader.settle()
        await reader.press("escape", "escape")
        assert reader.app.fault is None


async def test_another_size_lays_the_box_out_anew(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "paper " * 6 + "is:")
        popup = reader.screen.overlay.box
        assert popup is not None
        for size in [(50, 14), (30, 10), (120, 40)]:
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert popup.region.right <= size[0]
            assert popup.region.bottom == size[1] - 2
            assert popup.region.y >= 3
            assert box(reader)[0].startswith("is:unread")
        await reader.press("escape", "escape", "S")
        for size in [(50, 14), (80, 24)]:
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert "upvotes" in " ".join(box(reader))
            assert popup.region.right <= size[0]


async def test_hostile_names_in_the_box(desk: Desk) -> None:
    texts = [text for _, text in SHORT if len(text) < 300]
    for number, text in enumerate(texts, 1):
        try:
            desk.library.upsert([item(number, text, f"a{text}")], 1)
        except Exception:  # noqa: BLE001, S112 - what cannot even be stored cannot be shown
            continue
    async with reading(desk) as reader:
        for query in ("author:", "author:a", 'author:"', "author:["):
            await reader.press("slash", "ctrl+u")
            await typed(reader, query)
            strips = reader.app.screen._compositor.render_strips()
            assert not any(FORBIDDEN.search(strip.text) for strip in strips)
            await reader.press("down", "tab")
            await reader.press("enter")
        expect_harmless(reader)


async def test_what_is_pasted_is_one_short_line(known: Desk) -> None:
    async with reading(known) as reader:
        await reader.press("slash")
        bar = reader.screen.filter_bar.input
        assert bar is not None
        for pasted in ("a\nb\t" * 5_000, "\n\n", "🤗" * 400, '"' * 600, "author:" * 300):
            bar.value = ""
            bar.post_message(events.Paste(pasted))
            await reader.settle()
            assert len(field(reader)) <= 500
            assert "\n" not in field(reader)
            await reader.press("tab")
            await reader.press("slash")
        assert reader.app.fault is None


async def test_a_query_that_would_be_too_long_is_left_as_it_is(known: Desk) -> None:
    async with reading(known) as reader:
        await reader.press("slash")
        bar = reader.screen.filter_bar.input
        assert bar is not None
        long = "x" * 490 + " is:unr"
        bar.value = long
        await reader.settle()
        await reader.press("tab")
        assert field(reader) == long
        assert "at most 500" in reader.line


async def test_the_library_may_be_written_to_meanwhile(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "author:tri")
        known.library.upsert([item(99, "Tri Dao")], 2)
        await typed(reader, " author:tr")
        await reader.press("tab")
        assert field(reader) == 'author:tri author:"Tri Dao" '


async def test_a_library_that_cannot_be_read_is_told(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperstui.errors import LibraryError

    def fail(*_: object) -> None:
        raise LibraryError("the library is damaged")

    async with reading(known) as reader:
        monkeypatch.setattr(known, "suggested", fail)
        await typed(reader, "cat:")
        assert "the library is damaged" in reader.line
        await reader.press("tab")
        assert reader.screen.context == "list"


async def test_an_answer_that_comes_too_late_is_dropped(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    go = threading.Event()
    real = known.suggested

    def slow(*given: object) -> object:
        if given[1] == "author:":
            go.wait(10)
        return real(*given)  # type: ignore[arg-type]

    async with reading(known) as reader:
        monkeypatch.setattr(known, "suggested", slow)
        await reader.press("slash")
        for key in "author:":
            await reader.pilot.press(key)
        await see_box(reader, "counting …")
        for key in ("ctrl+u", *"is:"):
            await reader.pilot.press(key)
        await see_box(reader, "is:unread")
        go.set()
        await reader.settle()
        assert box(reader)[0].startswith("is:unread")


async def test_the_mouse_takes_a_suggestion(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "is:")
        await reader.pilot.click("#popup", offset=(4, 2))
        await reader.settle()
        assert field(reader) == "is:starred "
        assert isinstance(reader.app.screen, ReaderScreen)
        assert reader.screen.context == "filter"


async def test_going_elsewhere_takes_the_box_along(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "is:")
        await reader.press("shift+tab")
        assert box(reader) == []
        assert reader.screen.context == "detail"


async def test_a_capital_q_and_a_question_mark_are_typed(known: Desk) -> None:
    async with reading(known) as reader:
        await typed(reader, "Qwen?")
        assert field(reader) == "Qwen?"
        assert reader.app.return_code is None


async def test_where_no_paper_has_a_value_the_box_says_why(desk: Desk) -> None:
    desk.library.upsert([item(1)], 1)
    async with reading(desk) as reader:
        await reader.press("7", "slash", *"cat", "colon")
        await reader.see("no paper here has a category: arXiv has them, Hugging Face gives none")
        await reader.press("c")
        assert "no paper here has a category" in reader.text
        await reader.press("tab")
        assert "no paper here" not in reader.text
        assert reader.screen.shelf.text == "cat:c"
