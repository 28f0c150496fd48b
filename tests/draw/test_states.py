from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw import states
from paperstui.draw.lines import line_width, plain
from paperstui.draw.states import Notice, notice_lines
from tests.draw.samples import HOSTILE, INK, TEXT

WHY = "The site could not be reached: the name is not known"

NOTICES = {
    "loading": states.loading("Thu 4 Jun 2026", "huggingface.co"),
    "empty library": states.empty_library(WHY),
    "empty day": states.empty_issue("Sat 6 Jun 2026", "The site has none on weekends and holidays."),
    "nothing starred": states.nothing_starred(),
    "nothing queued": states.nothing_queued(),
    "empty week": states.empty_issue("Week 23 · 1–7 Jun 2026", WHY, joint="in"),
    "no match": states.no_match("diffusion 量子 -survey"),
    **{f"hostile {index}": states.no_match(text) for index, text in enumerate(HOSTILE)},
}

ANY = st.builds(Notice, TEXT, TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=4).map(tuple), INK)


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())
def test_a_notice_fills_its_area_exactly(notice: Notice) -> None:
    for height in (1, 2, 3, 7, 20):
        for cells in (*range(1, 61, 3 if len(notice.body) > 100 else 1), 120):
            lines = notice_lines(notice, cells, height)
            assert len(lines) == height
            assert {line_width(line) for line in lines} == {cells}


@given(ANY, st.integers(1, 120), st.integers(1, 40))
def test_whatever_it_says_it_fills_its_area_exactly(notice: Notice, cells: int, height: int) -> None:
    lines = notice_lines(notice, cells, height)
    assert len(lines) == height
    assert {line_width(line) for line in lines} == {cells}


@pytest.mark.parametrize("name", ["loading", "empty library", "empty day", "nothing starred", "no match"])
@pytest.mark.parametrize(("cells", "height"), [(50, 12), (30, 20), (120, 30)])
def test_all_of_a_notice_can_be_read_where_there_is_room(name: str, cells: int, height: int) -> None:
    notice = NOTICES[name]
    words = " ".join(plain(line) for line in notice_lines(notice, cells, height)).split()
    for text in (notice.title, notice.body, *(part for step in notice.steps for part in step)):
        wanted = text.split()
        assert any(words[at : at + len(wanted)] == wanted for at in range(len(words))), text


@pytest.mark.parametrize("name", ["loading", "empty library", "empty day", "nothing starred", "no match"])
def test_the_title_is_seen_on_the_smallest_screens(name: str) -> None:
    notice = NOTICES[name]
    first = notice.title.split()[0]
    assert first in plain(notice_lines(notice, 24, 1)[0])
    assert first in " ".join(plain(line) for line in notice_lines(notice, 12, 3))


@pytest.mark.parametrize("name", ["loading", "empty library", "empty day", "nothing starred", "no match"])
def test_every_state_has_a_next_step(name: str) -> None:
    notice = NOTICES[name]
    assert notice.steps
    assert all(key and what for key, what in notice.steps)


def test_what_happened_is_said_in_the_words_given() -> None:
    assert states.empty_library(WHY).body == WHY
    assert states.empty_library("the site is not there").body == "The site is not there"
    assert states.empty_issue("Thu 4 Jun 2026", "the site is not there").body == "The site is not there"
    assert states.no_match("xyz").body == "xyz"
    assert "Thu 4 Jun 2026" in states.loading("Thu 4 Jun 2026", "huggingface.co").title
    assert "huggingface.co" in states.loading("Thu 4 Jun 2026", "huggingface.co").body


def test_a_notice_stands_in_the_middle() -> None:
    lines = [plain(line) for line in notice_lines(Notice("abcd"), 10, 5)]
    assert lines == [" " * 10, " " * 10, "   abcd   ", " " * 10, " " * 10]


def test_keys_stand_in_a_column_and_above_their_words_when_it_is_narrow() -> None:
    notice = Notice("T", "", (("q", "leave"), ("g r", "try again")))
    wide = [plain(line).strip() for line in notice_lines(notice, 30, 6)]
    assert "q    leave" in wide
    assert "g r  try again" in wide
    narrow = [plain(line).strip() for line in notice_lines(notice, 14, 8)]
    assert narrow.index("leave") == narrow.index("q") + 1
    assert narrow.index("try again") == narrow.index("g r") + 1
