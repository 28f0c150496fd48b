from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.actions import ACTIONS, BY_ID, key_shown
from paperstui.draw import dates
from paperstui.draw.bars import (
    Tab,
    arrow_at,
    chord_hints,
    context_hints,
    header,
    hint_at,
    hints,
    list_heading,
    status,
    tab_at,
    view_tabs,
)
from paperstui.draw.lines import Line, line_width, plain
from tests.draw.samples import INK, TEXT, TODAY

DAY = TODAY.isoformat()
WIDTHS = range(1, 201)
COUNTS = st.one_of(st.none(), st.integers(0, 10**9))
TABS = st.lists(st.builds(Tab, st.sampled_from("1234567"), TEXT, COUNTS, st.booleans()), max_size=7)


PERIODS = st.sampled_from([None, "2026-06-04", "2026-W23", "2020-W53", "2026-05", "2026-08-21", "odd"])
COUNTED = {"today": 28, "queue": 4, "starred": 12, "all": 48_120}


def tabs(shown: str = "today", *, arxiv: bool = False) -> list[Tab]:
    return view_tabs(COUNTED, shown, today=True, arxiv=arxiv)


@pytest.mark.parametrize("arxiv", [False, True])
@pytest.mark.parametrize("banner", ["", "demonstration: invented papers"])
@pytest.mark.parametrize("period", [None, "2026-06-04", "2025-12", "2026-W53"])
def test_the_header_is_as_wide_as_the_terminal(period: str | None, banner: str, arxiv: bool) -> None:
    for cells in WIDTHS:
        assert line_width(header(tabs(arxiv=arxiv), period, cells, banner=banner)) == cells


@given(TABS, PERIODS, st.integers(1, 200), TEXT)
def test_no_header_is_wider_or_narrower(given_tabs: list[Tab], period: str | None, cells: int, banner: str) -> None:
    assert line_width(header(given_tabs, period, cells, banner=banner)) == cells


def test_the_header_says_everything_where_there_is_room() -> None:
    line = header(tabs(), DAY, 120)
    views = "1 Today 28  2 Week  3 Month  4 Trending  5 Reading list 4  6 Starred 12  7 All 48,120"
    assert plain(line).startswith(f" paperstui   {views} ")
    assert plain(line).endswith("‹ Thu 4 Jun 2026 › ")
    assert " demonstration ‹ Thu" in plain(header(tabs(), DAY, 140, banner="demonstration"))
    assert "8 arXiv" in plain(header(tabs(arxiv=True), DAY, 120))


@pytest.mark.parametrize("period", [DAY, "2026-W23", "2026-06"])
@pytest.mark.parametrize("arxiv", [False, True])
@pytest.mark.parametrize("shown", ["today", "queue", "all"])
def test_the_header_drops_what_matters_least_first(shown: str, arxiv: bool, period: str) -> None:
    texts = {cells: plain(header(tabs(shown, arxiv=arxiv), period, cells)) for cells in WIDTHS}
    active = next(tab for tab in tabs(shown) if tab.active)
    always = [texts[cells] for cells in WIDTHS if cells >= len(active.title) + 5]
    assert all(active.title in text or active.short in text for text in always), (
        "the view that is shown is never cut off"
    )
    gone = []
    for what in ("paperstui", "48,120", "Trending", dates.period(period), "Trend", dates.short_period(period)):
        narrowest = min(cells for cells in WIDTHS if what in texts[cells])
        gone.append(narrowest)
        # Of these there is one form that stands between two others.
        if what not in (dates.period(period), "Trending"):
            assert all(what in texts[cells] for cells in WIDTHS if cells >= narrowest), what
    assert gone[0] > gone[1] > gone[2] > gone[4] > gone[5]
    assert all(f" {tab.key} " in texts[cells] for cells in WIDTHS if cells > 50 for tab in tabs(arxiv=arxiv))
    assert all(dates.short_period(period) in texts[cells] for cells in WIDTHS if cells > 50)


def test_counts_stay_longer_than_long_names() -> None:
    text = plain(header(tabs("feed:search"), "“speculative decoding”", 104))
    assert "4 Trend  5 List 4  6 Star 12  7 All 48,120 " in text


def test_an_order_that_is_too_long_is_cut() -> None:
    order = "Hugging Face for “speculative decoding”"
    assert "Hugging Face for “spec…" in plain(list_heading(9, 120, 120, order, 0, 44))
    assert "Hugging" not in plain(list_heading(9, 120, 120, order, 0, 26))


@pytest.mark.parametrize("shown", ["today", "week", "trending", "queue", "feed:arxiv:cs.CL+cs.LG"])
@pytest.mark.parametrize(("cells", "named"), [(80, True), (50, False)])
def test_the_header_at_the_usual_sizes(shown: str, cells: int, named: bool) -> None:
    text = plain(header(tabs(shown, arxiv=True), DAY, cells))
    assert "‹" in text
    assert ("6 Star" in text) is named
    assert all(f" {number} " in text for number in range(1, 9))


@pytest.mark.parametrize("period", ["2026-09-21", "2026-W34", "2026-09", "2024-12"])
@pytest.mark.parametrize("arxiv", [False, True])
def test_the_year_is_there_at_the_usual_width(period: str, arxiv: bool) -> None:
    line = header(tabs("today", arxiv=arxiv), period, 80)
    assert f"{dates.dated_period(period)} ›" in plain(line) or dates.period(period) in plain(line)
    assert period[:4] in plain(line)
    assert "4 Trend" in plain(line)
    at = plain(line).index("6 Star")
    assert [found and found.key for found in (tab_at(tabs(arxiv=arxiv), x, line) for x in (at, at + 5))] == ["6", "6"]


def test_the_active_view_stands_out() -> None:
    line = header(tabs("starred"), DAY, 120)
    assert ("Starred", "accent-strong") in line
    assert ("Today", "dim") in line
    assert ("arXiv", "accent-strong") in header(tabs("feed:arxiv:cs.CL"), DAY, 120)


def test_the_first_view_is_called_after_the_day() -> None:
    assert view_tabs({}, "today", today=True)[0].title == "Today"
    assert view_tabs({}, "today", today=False)[0].title == "Day"


@pytest.mark.parametrize("shown", ["today", "queue", "all"])
def test_a_click_on_a_view_finds_it(shown: str) -> None:
    given_tabs = tabs(shown)
    for cells in (120, 80, 60, 46):
        line = header(given_tabs, DAY, cells)
        text = plain(line)
        for tab in given_tabs:
            start = text.index(f" {tab.key} ")
            name = tab.title if f" {tab.key} {tab.title}" in text else tab.short
            named = f" {tab.key} {name}" in text
            for x in range(start, start + (len(f" {tab.key} {name}") if named else 3)):
                assert tab_at(given_tabs, x, line) == tab, (cells, x)
        for x in [*range(text.index("‹"), cells), cells, cells + 50, -1]:
            assert tab_at(given_tabs, x, line) is None


def test_a_click_on_an_arrow() -> None:
    for cells in (120, 80, 50):
        line = header(tabs(), DAY, cells)
        text = plain(line)
        assert [arrow_at(line, text.index(arrow)) for arrow in "‹›"] == [-1, 1]
        assert arrow_at(line, 3) == arrow_at(line, text.index("4 Jun")) == 0
    assert arrow_at(header(tabs("all"), None, 80), 79) == 0


def test_a_click_is_counted_in_cells() -> None:
    wide = [Tab("1", "量子", None, active=True), Tab("2", "Starred", None, active=False)]
    line = header(wide, None, 40)
    before = plain(line)[: plain(line).index("Starred")]
    assert tab_at(wide, line_width([(before, "")]), line) == wide[1]


@given(*[st.integers(0, 10**7)] * 3, TEXT, st.integers(0, 10**5), st.integers(1, 200))
def test_the_heading_of_the_list_is_as_wide_as_the_list(
    unread: int, shown: int, total: int, order: str, arrived: int, cells: int
) -> None:
    assert line_width(list_heading(unread, shown, total, order, arrived, cells)) == cells


@pytest.mark.parametrize(
    ("given_counts", "left", "right"),
    [
        ((12, 28, 28, "rank", 0), "   12 unread of 28", "rank"),
        ((1200, 48_120, 48_120, "newest", 0), "   1,200 unread of 48,120", "newest"),
        ((2, 312, 48_120, "relevance", 0), "   312 of 48,120 · 2 unread", "relevance"),
        ((0, 0, 28, "rank", 0), "   0 of 28 · 0 unread", "rank"),
        ((12, 28, 28, "rank", 1), "   12 unread of 28", "↑ 1 new paper g n shows"),
        ((12, 28, 28, "rank", 1234), "   12 unread of 28", "↑ 1,234 new papers g n shows"),
    ],
)
def test_the_heading_says_what_the_list_holds(
    given_counts: tuple[int, int, int, str, int], left: str, right: str
) -> None:
    text = plain(list_heading(*given_counts, 80))
    assert text.startswith(left + "  ")
    assert text.endswith("  " + right + " ")


def test_the_heading_names_the_key_that_shows_new_papers() -> None:
    assert key_shown(BY_ID["show_new"].keys[0]) in plain(list_heading(1, 2, 2, "rank", 3, 80))


@given(TEXT, INK, TEXT, TEXT, st.integers(1, 200))
def test_the_status_is_as_wide_as_its_place(message: str, ink: str, found: str, freshness: str, cells: int) -> None:
    assert line_width(status(message, ink, found, freshness, cells)) == cells


@pytest.mark.parametrize(
    ("message", "found", "freshness", "shown"),
    [
        ("Starred 1 paper", "5 of 28", "updated 3 min ago", "5 of 28   Starred 1 paper "),
        ("", "5 of 28", "updated 3 min ago", "5 of 28   updated 3 min ago "),
        ("", "", "updated 3 min ago", "updated 3 min ago "),
        ("Nothing to undo.", "", "", "Nothing to undo. "),
        ("", "", "", " "),
    ],
)
def test_the_status_stands_on_the_right(message: str, found: str, freshness: str, shown: str) -> None:
    text = plain(status(message, "error", found, freshness, 60))
    assert text == shown.rjust(60)


def test_a_message_has_its_own_ink_and_freshness_is_dim() -> None:
    assert ("it failed", "error") in status("it failed", "error", "", "updated", 60)
    assert ("updated", "dim") in status("", "error", "", "updated", 60)


def test_a_long_message_is_cut_at_its_end() -> None:
    text = plain(status("it failed because " + "x" * 100, "error", "5 of 28", "", 30))
    assert text.startswith("5 of 28   it failed because")
    assert text.rstrip().endswith("…")


PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=9)


@given(PAIRS, st.integers(1, 200))
def test_the_hints_are_as_wide_as_the_terminal(pairs: list[tuple[str, str]], cells: int) -> None:
    assert line_width(hints(pairs, cells)) == cells


def test_each_hint_is_found_under_its_columns_and_nothing_beside_them() -> None:
    line = hints([("Enter", "open"), ("s", "star"), ("?", "help")], 40)
    text = plain(line)
    found = {key: [x for x in range(-1, 41) if hint_at(line, x) == key] for key in ("Enter", "s", "?", "")}
    assert found["Enter"] == list(range(text.index("  s star") + 1))
    assert found["s"] == list(range(text.index(" s star"), text.index(" ? help")))
    assert found["?"] == list(range(text.index(" ? help"), len(text.rstrip()) + 1))
    assert found[""] == [-1, *range(len(text.rstrip()) + 1, 41)]


def test_the_hints_name_what_leads_on() -> None:
    assert "L/H tabs" in plain(context_hints("list", 120))
    assert "Enter full text" in plain(context_hints("detail", 80))
    assert "M more" in plain(context_hints("detail", 80))
    assert "{ move up  } move down" in plain(context_hints("list", 120, ordered=True))


def test_the_hints_are_whole_and_the_last_is_always_there() -> None:
    pairs = [("j", "down"), ("s", "star"), ("g r", "refresh"), ("n", "new"), ("?", "help")]
    every = " j down  s star  g r refresh  n new  ? help "
    for cells in range(len(" ? help "), 60):
        text = plain(hints(pairs, cells)).rstrip()
        assert text.endswith(" ? help")
        assert every.startswith(text.removesuffix(" ? help")), "the first ones, in order"
        assert "…" not in text
    assert plain(hints(pairs, 60)) == every.ljust(60)
    assert plain(hints(pairs, 5)) == " ? h…"
    assert plain(hints([], 4)) == "    "


@given(st.integers(1, 200))
def test_the_hints_of_a_chord_are_as_wide_as_the_terminal(cells: int) -> None:
    following = [(key.removeprefix("g "), action) for action in ACTIONS for key in action.keys if key.startswith("g ")]
    line: Line = chord_hints("g", following, cells)
    assert line_width(line) == cells
    assert cells < 60 or plain(line).startswith(" g … ")
    assert cells < 60 or "latest" in plain(line)


def test_where_there_is_little_room_the_age_of_the_list_stays() -> None:
    whole = "huggingface.co refuses connections · updated 18 h ago"
    assert plain(status("", "dim", "", whole, 80)).strip() == whole
    assert plain(status("", "dim", "", whole, 40)).strip().startswith("updated 18 h ago · huggingface.co")
    assert plain(status("", "dim", "", "updated 18 h ago", 12)).startswith("updated")
