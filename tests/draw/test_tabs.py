from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.facts import facts_of
from paperstui.draw.ink import carried
from paperstui.draw.lines import line_width, plain
from paperstui.draw.links import counts_of
from paperstui.draw.paper import paper_sheet
from paperstui.draw.tabs import TABS, OpenTab, tab_strip
from paperstui.models import Paper
from tests.draw.samples import PAPERS, TODAY, detail, paper

NAMES = [name for name, _ in TABS]


def test_the_tabs_say_what_they_hold() -> None:
    line = tab_strip({"discussion": 5, "links": 1_234, "notes": 1}, "discussion", 64, "3 h ago")
    assert plain(line) == "Abstract  Summary  Discussion 5  Links 1,234  Notes 1    3 h ago"
    assert [carried(ink, "tab-shown") for _, ink in line if carried(ink, "tab-shown")] == ["discussion"]
    assert [carried(ink, "tab") for _, ink in line if carried(ink, "tab")] == ["abstract", "summary", "links", "notes"]


def test_nothing_is_not_counted() -> None:
    assert plain(tab_strip({"discussion": 0}, "abstract", 60)) == "Abstract  Summary  Discussion  Links  Notes"


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (47, "Abstract  Summary  Discussion 5  Links 7  Notes"),
        (46, "Abstract  Summary  Discussion 5  Links  Notes"),
        (44, "Abstract  Summary  Discussion  Links  Notes"),
        (42, "‹ Discussion 5 ›"),
    ],
)
def test_where_it_is_narrow_counts_go_first_and_then_the_other_tabs(cells: int, shown: str) -> None:
    assert plain(tab_strip({"discussion": 5, "links": 7}, "discussion", cells)) == shown


@given(st.sampled_from(NAMES), st.integers(1, 120), st.integers(0, 10**6), st.text("abc ", max_size=30))
def test_the_line_is_never_too_wide(name: str, cells: int, count: int, note: str) -> None:
    assert line_width(tab_strip({"discussion": count, "links": count}, name, cells, note)) <= cells


@given(PAPERS, st.integers(28, 140), st.booleans(), st.booleans(), st.sampled_from(NAMES))
def test_the_tabs_are_the_line_that_stays(
    given_paper: Paper, cells: int, low: bool, below_rule: bool, name: str
) -> None:
    tab = OpenTab(name, body=None if name == NAMES[0] else lambda _cells: [[("what it holds", "text")]])
    sheet = paper_sheet(facts_of(detail(given_paper)), cells, TODAY, low=low, below_rule=below_rule, tab=tab)
    assert any(ink.startswith("tab") for _, ink in sheet[sheet.stays])
    assert all(line_width(line) <= cells for line in sheet)
    if name != NAMES[0]:
        assert "what it holds" in plain(sheet[sheet.stays + 1]) + plain(sheet[sheet.stays + 2])


def test_a_low_pane_leaves_nothing_empty_above_the_text() -> None:
    sheet = paper_sheet(facts_of(detail()), 80, TODAY, low=True)
    assert all(sheet[: sheet.stays + 2])
    assert not all(paper_sheet(facts_of(detail()), 80, TODAY)[: sheet.stays + 2])


def test_names_of_the_head_lead_to_more() -> None:
    shown = paper_sheet(facts_of(detail()), 80, TODAY)
    leads = {carried(ink, "more"): text for line in shown for text, ink in line if carried(ink, "more")}
    assert leads == {"org": "Quiet Lab", "submitter": "Sue Bmit", "author": "Ada Li"}


def test_links_are_counted_with_what_cites_the_paper() -> None:
    plain_one = counts_of(facts_of(detail()))
    more = counts_of(facts_of(detail(paper(models=3, spaces=2))))
    assert more["links"] == plain_one["links"] + 5
