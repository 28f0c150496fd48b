from __future__ import annotations

import re
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator

import pytest

from paperstui.errors import LibraryError
from paperstui.tui import selecting as asking
from paperstui.tui.widgets.paper_list import PaperList
from paperstui.usecases import Beginning, Desk, Question, Selection, selecting
from tests.tui.reading import Reading, fill, reading
from tests.waiting import wait_for

COUNT = 200


class Gate:
    """Holds up one step of some questions until it is opened, or until they are stopped."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()
        self.held: list[str] = []
        self.fails = False

    def hold(self, patched: pytest.MonkeyPatch, step: str, which: Callable[[str], bool] = lambda _: True) -> None:
        """Hold up `first` or `whole` of the questions with such texts."""
        real = getattr(Question, step)

        def held_up(question: Question, *args: object) -> object:
            if which(question.text):
                self.held.append(question.text)
                self.reached.set()
                while not self._open.wait(0.001) and not question._stopped:
                    pass
                if self.fails:
                    raise LibraryError("the library cannot be read: no such luck")
            return real(question, *args)

        patched.setattr(Question, step, held_up)

    def open(self) -> None:
        """Let everything go on."""
        self._open.set()

    def close(self) -> None:
        """Hold up what comes from now on."""
        self._open.clear()
        self.reached.clear()


@pytest.fixture
def gate() -> Iterator[Gate]:
    found = Gate()
    yield found
    found.open()


@pytest.fixture
def large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A library that is shown step by step: 200 papers of five days, all on the first page of no screen."""
    monkeypatch.setattr(selecting, "SMALL", 0)
    monkeypatch.setattr(selecting, "AT_ONCE", 0)
    fill(desk, COUNT)
    return desk


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """What the list was given to show, one after the other."""
    found: list[list[int]] = []
    real = PaperList.show_papers

    def noted(self: PaperList, ids: array[int], rows: Iterable[object], **more: object) -> None:
        found.append(list(ids))
        real(self, ids, rows, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(PaperList, "show_papers", noted)
    return found


def found(desk: Desk, reader: Reading, text: str, *, typing: bool = True) -> list[int]:
    return list(desk.select(reader.screen.shelf.place, text, typing=typing, ranked=False).ids)


async def type_on(reader: Reading, *keys: str) -> None:
    """Press keys without waiting for what they start."""
    for key in keys:
        await reader.pilot.press(key)


async def test_the_answer_to_a_text_that_is_gone_is_never_shown(
    large: Desk, shown: list[list[int]], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        await reader.press("7", "slash")
        gate.hold(monkeypatch, "first", lambda text: text != "mode")
        shown.clear()
        await type_on(reader, "m")
        await wait_for(gate.reached.is_set, "the first letter is looked for")
        await type_on(reader, "o", "d", "e")
        await reader.settle()
        assert "m" in gate.held
        expected = found(large, reader, "mode")
        assert shown == [expected[:64]]
        assert list(reader.screen.papers.ids) == expected
        assert f"{len(expected):,} of {COUNT}" in reader.line


async def test_a_new_letter_stops_what_is_under_way(large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(large) as reader:
        await reader.press("7", "slash")
        gate.hold(monkeypatch, "whole", lambda text: text == "m")
        await type_on(reader, "m")
        await wait_for(gate.reached.is_set, "all papers are looked for")
        # The gate stays shut: only because it is stopped does the question end.
        await type_on(reader, "o")
        await reader.settle()
        assert list(reader.screen.papers.ids) == found(large, reader, "mo")


async def test_a_row_and_a_text_do_not_wait_for_a_search(
    large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        gate.hold(monkeypatch, "whole")
        await type_on(reader, "7")
        await wait_for(gate.reached.is_set, "all papers are looked for")
        await type_on(reader, *"jjjjj")
        papers = reader.screen.papers
        await wait_for(lambda: papers.cursor == 5, "the cursor to move")
        shelf = reader.screen.shelf
        await wait_for(lambda: shelf.detail is not None and shelf.detail.rowid == papers.rowid, "the paper to be shown")
        assert len(papers.ids) == 64
        gate.open()


async def test_the_rest_of_a_list_comes_under_the_cursor(
    large: Desk, shown: list[list[int]], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        gate.hold(monkeypatch, "whole")
        shown.clear()
        await type_on(reader, "7")
        await wait_for(gate.reached.is_set, "all papers are looked for")
        papers = reader.screen.papers
        await type_on(reader, *"jjj", "ctrl+d")
        await wait_for(lambda: papers.cursor > 3, "the cursor to move")
        before = papers.rowid, papers.cursor, papers.top
        gate.open()
        await reader.settle()
        assert (papers.rowid, papers.cursor, papers.top) == before
        assert list(papers.ids) == found(large, reader, "")
        assert shown == [list(papers.ids[:64])], "the list was laid out once"
        assert papers.total == len(papers.ids) == COUNT


@pytest.mark.parametrize(("keys", "cursor"), [(("G",), COUNT - 1), (("end",), COUNT - 1), (("pagedown",) * 5, None)])
async def test_the_end_waits_until_it_is_there(
    large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], cursor: int | None
) -> None:
    async with reading(large) as reader:
        papers = reader.screen.papers
        gate.hold(monkeypatch, "whole")
        await type_on(reader, "7")
        await wait_for(gate.reached.is_set, "all papers are looked for")
        await type_on(reader, *keys)
        await reader.pilot.pause()
        assert papers.cursor < 64
        gate.open()
        await reader.settle()
        assert papers.cursor == (5 * papers.whole if cursor is None else cursor)
        row = papers.paper
        assert row is not None
        assert row.title[:10] in reader.text


async def test_the_next_unread_paper_may_be_among_the_others(
    large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        await reader.press("7")
        papers = reader.screen.papers
        ids = list(papers.ids)
        large.decide([row.id for row in large.rows(ids[:90])], "read", value=True)
        await reader.press("1")
        gate.hold(monkeypatch, "whole")
        await type_on(reader, "7")
        await wait_for(gate.reached.is_set, "all papers are looked for")
        await type_on(reader, "n")
        gate.open()
        await reader.settle()
        assert papers.rowid == ids[90]


async def test_numbers_stay_for_a_moment_and_are_then_said_to_be_counted(
    large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        await reader.press("7", "slash")
        gate.hold(monkeypatch, "whole")
        before = reader.text.splitlines()[1]
        monkeypatch.setattr(asking, "CALM", 3600)
        await type_on(reader, "m")
        await wait_for(gate.reached.is_set, "all papers are looked for")
        await reader.pilot.pause()
        assert reader.text.splitlines()[1] == before, "nothing flickers"
        gate.open()
        await reader.settle()
        gate.close()
        monkeypatch.setattr(asking, "CALM", 0)
        await type_on(reader, "o")
        await reader.see(f"   … of {COUNT}")
        assert f"… of {COUNT}" in reader.line
        gate.open()
        await reader.settle()
        expected = len(found(large, reader, "mo"))
        assert f"{expected} of {COUNT}" in reader.text.splitlines()[1]
        assert f"{expected} of {COUNT}" in reader.line
        assert "…" not in reader.text.splitlines()[1]


async def test_a_search_that_takes_long_says_so(large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(large) as reader:
        await reader.press("7", "slash")
        gate.hold(monkeypatch, "first")
        monkeypatch.setattr(asking, "CALM", 0)
        papers = reader.screen.papers
        ids = list(papers.ids)
        await type_on(reader, "m")
        await reader.see(f"… of {COUNT}")
        assert list(papers.ids) == ids, "what was there stays"
        gate.open()
        await reader.settle()
        assert "…" not in reader.line


async def test_a_list_that_cannot_be_read_to_its_end_says_so(
    large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        await reader.press("7", "slash")
        gate.fails = True
        gate.hold(monkeypatch, "whole")
        await type_on(reader, "m")
        gate.open()
        await reader.settle()
        assert "no such luck" in reader.line
        assert "the first 64" in reader.text.splitlines()[1]
        assert f"… of {COUNT}" in reader.line
        assert not re.search(r"All \d", reader.text.splitlines()[0]), "no number that is not true"
        gate.fails = False
        await reader.press("o")
        assert f"{len(found(large, reader, 'mo'))} of {COUNT}" in reader.text.splitlines()[1]
        await reader.press("enter", "G")
        assert reader.screen.papers.cursor == len(reader.screen.papers.ids) - 1


async def test_what_interrupts_a_search_is_told(large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperstui.library.connect import InterruptedReadError

    async with reading(large) as reader:
        await reader.press("7", "slash")

        def interrupted(question: Question, *_: object) -> Selection | Beginning | None:
            del question
            raise InterruptedReadError("it was stopped")

        with monkeypatch.context() as patched:
            patched.setattr(Question, "first", interrupted)
            await reader.press("m")
        assert "it was stopped" in reader.line
        await reader.press("o")
        assert f"{len(found(large, reader, 'mo'))} of {COUNT}" in reader.line
    del gate


async def test_the_tabs_count_what_a_filter_lets_through(large: Desk) -> None:
    async with reading(large) as reader:
        papers = [row.id for row in large.rows(large.select(reader.screen.shelf.place, "").ids)]
        large.decide(papers[:9], "starred", value=True)
        await reader.press("slash", *"model")

        def tab(name: str, view: str, period: str | None = None) -> str:
            from paperstui.usecases import Place

            return f"{name} {len(large.select(Place(view, period), 'model', typing=True).ids)} "

        header = reader.text.splitlines()[0]
        day = reader.screen.shelf.place.period
        assert tab("Today", "today", day) in header
        assert tab("Starred", "starred") in header
        assert tab("All", "all") in header
        assert f"All {COUNT} " not in header
        await reader.press("enter", "s")
        header = reader.text.splitlines()[0]
        assert tab("Starred", "starred") in header
        await reader.press("escape")
        header = reader.text.splitlines()[0]
        assert f"All {COUNT} " in header
        assert f"Starred {len(large.select(reader.screen.shelf.place, 'is:starred').ids)} " in header


async def test_a_filter_a_sort_and_a_refresh_keep_the_cursor_where_it_is(large: Desk) -> None:
    async with reading(large) as reader:
        await reader.press("7", "G", *"kkkkk")
        papers = reader.screen.papers
        chosen, height = papers.rowid, papers.cursor - papers.top
        assert papers.cursor > 100
        await reader.press("slash", *"is:unread")
        assert (papers.rowid, papers.cursor - papers.top) == (chosen, height)
        await reader.press(*" sort:title", "enter")
        assert papers.rowid == chosen
        assert list(papers.ids) == found(large, reader, "is:unread sort:title", typing=False)
        await reader.press("escape")
        assert (papers.rowid, len(papers.ids)) == (chosen, COUNT)
        fill(large, COUNT + 40)
        reader.screen.shelf.again()
        await reader.settle()
        assert papers.rowid == chosen


async def test_typing_goes_to_the_top_when_the_paper_is_not_found(large: Desk) -> None:
    async with reading(large) as reader:
        await reader.press("7", *"jjjjjjjj")
        papers = reader.screen.papers
        chosen = papers.rowid
        row = papers.paper
        assert row is not None
        missing = next(
            word
            for word in ("protein", "video", "agents", "graph", "speech")
            if papers.rowid not in found(large, reader, word)
        )
        await reader.press("slash", *missing)
        assert papers.ids
        assert papers.cursor == 0
        await reader.press("escape")
        assert papers.rowid == chosen


async def test_unread_ones_are_counted_though_their_rows_are_far_away(large: Desk) -> None:
    async with reading(large) as reader:
        await reader.press("7")
        papers = reader.screen.papers
        ids = [row.id for row in large.rows(papers.ids[150:])]
        large.decide(ids, "read", value=True)
        await reader.screen.shelf.reload(ids)
        await reader.settle()
        assert papers.unread == COUNT - len(ids)
        assert f"{papers.unread} unread of {COUNT}" in reader.text.splitlines()[1]


async def test_the_cursor_that_was_moved_meanwhile_is_not_called_back(
    large: Desk, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(large) as reader:
        await reader.press("7", "j", "j")
        papers = reader.screen.papers
        gate.hold(monkeypatch, "first")
        reader.screen.shelf._ask(papers.stay(), hold=False)
        await wait_for(gate.reached.is_set, "it is asked")
        await type_on(reader, "j", "j")
        await wait_for(lambda: papers.cursor == 4, "the cursor to move")
        chosen = papers.rowid
        gate.open()
        await reader.settle()
        assert papers.rowid == chosen
