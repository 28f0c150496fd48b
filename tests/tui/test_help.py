from __future__ import annotations

import pytest

from paperstui.actions import ACTIONS, keys_shown
from paperstui.draw.lines import line_width, plain
from paperstui.query.fields import help_rows
from paperstui.tui.screens.help import QUERY_TITLE, HelpScreen, help_lines
from paperstui.usecases import Desk
from tests.tui.reading import reading


@pytest.mark.parametrize("cells", [40, 46, 78, 120])
def test_every_key_and_everything_a_query_can_say_is_there(cells: int) -> None:
    lines = [plain(line) for line in help_lines(cells)]
    assert all(line_width(line) <= cells for line in help_lines(cells))
    told = " ".join(" ".join(lines).split())
    for left, right in [(keys_shown(action), action.help) for action in ACTIONS] + help_rows():
        assert " ".join(left.split()) in told, left
        assert all(word in told for word in right.split()), right


def test_a_meaning_stands_beside_or_below() -> None:
    lines = [plain(line).rstrip() for line in help_lines(78)]
    assert any(line.startswith("  is:unread ") and line.endswith("not read yet") for line in lines)
    at = lines.index("  2026-05..2026-06  ..2026-05  >2026-05")
    assert lines[at + 1].strip() == "ranges of days, and before or after"


def test_it_is_searched_by_meaning() -> None:
    found = " ".join(plain(help_lines(78, "last looked momentum")[2]).split())
    assert found == "S m most upvotes gained since you last looked first"
    assert "Nothing here says that." in plain(help_lines(78, "xyzzy")[1])


async def test_from_the_filter_bar_it_begins_with_queries(filled: Desk) -> None:
    async with reading(filled, size=(80, 24)) as reader:
        await reader.press("slash", "f1")
        assert QUERY_TITLE in reader.text.splitlines()[2]
        await reader.press("q")
        assert reader.screen.context == "filter"
        await reader.press("escape", "question_mark")
        assert QUERY_TITLE not in reader.text


async def test_what_is_searched_is_marked_and_counted(filled: Desk) -> None:
    async with reading(filled, size=(80, 24)) as reader:
        await reader.press("question_mark", "slash", *"paper")
        screen = reader.app.screen
        assert isinstance(screen, HelpScreen)
        count = len(screen.pane.hits)
        assert count > 20
        assert f"/ paper▏  1 of {count}" in reader.text.splitlines()[0]
        marked = [screen.pane.marked(hit[0].line) for hit in screen.pane.hits]
        assert all(any(ink == "match" and text.lower() == "paper" for text, ink in line) for line in marked)
        await reader.press("enter", "N")
        assert f"/ paper  {count} of {count}" in reader.text.splitlines()[0]
        assert screen.pane.top == screen.pane.last_top
        await reader.press("n", "n")
        assert f"2 of {count}" in reader.text.splitlines()[0]
        assert screen.pane.top < 20
        await reader.press("escape")
        assert (screen.pane.hits, reader.text.splitlines()[0][:5]) == ([], " Help")
        await reader.press("slash", *"papr", "backspace", "space", "escape", "q")
        assert len(reader.app.screen_stack) == 1


async def test_each_word_is_marked_wherever_it_stands(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("question_mark", "slash", *"last looked momentum")
        screen = reader.app.screen
        assert isinstance(screen, HelpScreen)
        lines = screen.pane.lines
        found = {plain(lines[piece.line])[piece.start : piece.end] for hit in screen.pane.hits for piece in hit}
        assert found == {"last", "looked", "momentum"}
        assert "S m" in reader.text
