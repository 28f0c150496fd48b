from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.lines import Line, line_width, plain
from paperstui.draw.row import GUTTER, HEIGHT, VOTES, row_lines, title_shown
from paperstui.models import Row
from paperstui.text.width import width
from tests.draw.samples import HOSTILE, ROWS, TODAY, row


def shown(cells: int = 80, **fields: Any) -> tuple[str, str]:
    first, second = row_lines(row(**fields), cells, TODAY)
    return plain(first).rstrip(), plain(second).rstrip()


@given(ROWS, st.integers(20, 200), st.booleans())
def test_both_lines_are_exactly_as_wide_as_the_list(given_row: Row, cells: int, cursor: bool) -> None:
    lines = row_lines(given_row, cells, TODAY, cursor=cursor)
    assert len(lines) == HEIGHT
    assert [line_width(line) for line in lines] == [cells, cells]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_and_names_are_cut_to_the_list(title: str) -> None:
    given_row = row(title=title, organization=title, authors=title)
    for cells in range(20, 201):
        for line in row_lines(given_row, cells, TODAY, marks=lambda text, _: [(0, len(text))] if text else []):
            assert line_width(line) == cells
            assert width(plain(line)) <= cells


def test_a_row_by_hand() -> None:
    assert shown() == (" ● Quiet Models for Loud Data", "   ▲ 42      Ada Li +2 · 4 Jun · 3 comments")
    first, second = row_lines(row(starred=True), 60, TODAY, cursor=True)
    assert plain(first) == "▌● Quiet Models for Loud Data".ljust(60)
    assert plain(second) == "▌★ ▲ 42      Ada Li +2 · 4 Jun · 3 comments".ljust(60)


def test_the_title_begins_behind_the_gutter_and_the_facts_behind_the_votes() -> None:
    first, second = shown()
    assert first.index("Quiet") == GUTTER
    assert second.index("Ada") == GUTTER + VOTES


@pytest.mark.parametrize(
    ("gained", "votes", "ink"),
    [
        (9, "▲ 42 +9   ", "accent"),
        (41, "▲ 42 +41  ", "accent"),
        (-1, "▲ 42 -1   ", "dim"),
        (0, "▲ 42      ", "dim"),
        (None, "▲ 42      ", "dim"),
        (42, "▲ 42 +42  ", "accent"),
    ],
)
def test_what_was_gained_stands_behind_the_votes(gained: int | None, votes: str, ink: str) -> None:
    _, second = row_lines(row(gained=gained), 60, TODAY)
    assert plain(second)[GUTTER:].startswith(f"{votes}Ada Li")
    assert second[3][1] == "dim"
    assert next(each for text, each in second[3:] if text.strip() and votes.rstrip().endswith(text.strip())) == ink


def test_a_paper_that_is_new_has_gained_all_of_its_votes_without_a_word() -> None:
    assert shown(gained=42, fresh=True)[1].startswith("   ▲ 42      Ada Li")


def test_many_votes_that_gained_many_do_not_run_into_what_follows() -> None:
    assert shown(upvotes=12_345, gained=-678)[1].startswith("   ▲ 12345 -678 Ada Li")


def test_unread_is_told_by_glyph_and_weight() -> None:
    unread, _ = row_lines(row(), 60, TODAY)
    read, _ = row_lines(row(read=True), 60, TODAY)
    assert plain(unread)[1] == "●"
    assert plain(read)[1] == " "
    assert ("Quiet Models for Loud Data", "title") in unread
    assert ("Quiet Models for Loud Data", "title-read") in read


def test_being_on_the_reading_list_is_told_by_a_glyph_at_the_end() -> None:
    assert shown(60, queued=True)[1] == " " * 3 + "▲ 42      Ada Li +2 · 4 Jun · 3 comments".ljust(54) + " ≡"
    assert shown(25, queued=True)[1] == "   ▲ 42   Ada Li +2    ≡"
    assert "≡" not in "".join(shown())


def test_starred_is_told_by_a_glyph() -> None:
    assert "★" in shown(starred=True)[1]
    assert "★" not in "".join(shown(starred=False))


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"organization": "Quiet Lab"}, "Quiet Lab · 3 authors"),
        ({"organization": "Quiet Lab", "author_count": 0}, "Quiet Lab"),
        ({"organization": "Quiet Lab", "author_count": 1}, "Quiet Lab · 1 author"),
        ({}, "Ada Li +2"),
        ({"authors": "Ada Li", "author_count": 1}, "Ada Li"),
        ({"authors": "", "author_count": 8}, "8 authors"),
        ({"authors": "", "author_count": 1}, "1 author"),
    ],
)
def test_who_wrote_it(fields: dict[str, Any], who: str) -> None:
    assert shown(**fields)[1] == f"   ▲ 42      {who} · 4 Jun · 3 comments"


def test_a_name_that_is_too_long_is_cut_and_still_there() -> None:
    _, second = shown(30, organization="The Very Long Name of an Institute for Quiet Data")
    assert second == "   ▲ 42   The Very Long Name…"


def test_a_paper_of_which_little_is_known_says_little() -> None:
    bare: dict[str, Any] = {
        "authors": "",
        "author_count": 0,
        "published": None,
        "listed": None,
        "comments": None,
        "upvotes": None,
    }
    assert shown(**bare)[1] == "   ▲ –"
    assert shown(**(bare | {"comments": 0, "upvotes": 0}))[1] == "   ▲ 0"


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"published": 1_675_814_400}, "8 Feb 2023"),
        ({"published": None, "listed": "2026-06-02"}, "2 Jun"),
        ({"published": None, "listed": "2025-06-02"}, "2 Jun 2025"),
        ({"published": 0}, "1 Jan 1970"),
    ],
)
def test_when_it_appeared(fields: dict[str, Any], when: str) -> None:
    assert shown(**fields)[1] == f"   ▲ 42      Ada Li +2 · {when} · 3 comments"


@pytest.mark.parametrize(("comments", "words"), [(1, " · 1 comment"), (2, " · 2 comments"), (0, ""), (None, "")])
def test_comments_are_counted(comments: int | None, words: str) -> None:
    assert shown(comments=comments)[1] == f"   ▲ 42      Ada Li +2 · 4 Jun{words}"


def test_what_matters_least_goes_first() -> None:
    parts = ["Ada Li +2", "4 Jun", "3 comments", "code"]
    before = len(parts)
    for cells in range(100, 19, -1):
        second = shown(cells, has_code=True)[1]
        held = [part for part in parts if part in second]
        assert held == parts[: len(held)], second
        assert len(held) <= before
        before = len(held)
    assert before == 1


@pytest.mark.parametrize("upvotes", [9_999, 10_000, 99_999, 123_456_789])
def test_many_votes_do_not_run_into_what_follows(upvotes: int) -> None:
    assert f"▲ {upvotes} ".ljust(VOTES) + "Ada Li" in shown(upvotes=upvotes)[1]


def test_titles_are_shown_with_their_mathematics() -> None:
    assert title_shown(row(title=r"On $\alpha$-models", text_source="arxiv")) == "On α-models"
    # Hugging Face took the dollars and backslashes away.
    assert title_shown(row(title="Learning in mathbb{R}^d", text_source="hf")) == "Learning in ℝᵈ"
    assert title_shown(row(title="Learning in mathbb{R}^d", text_source="page")) == "Learning in ℝᵈ"


def test_what_the_filter_found_is_marked() -> None:
    def marks(text: str, field: str) -> list[tuple[int, int]]:
        start = text.find("Loud")
        return [(start, start + 4)] if field == "title" else []

    first, _ = row_lines(row(), 60, TODAY, marks=marks)
    assert ("Loud", "match") in first
    assert plain(first).rstrip() == " ● Quiet Models for Loud Data"


@pytest.mark.parametrize(("organization", "field", "shown_as"), [("", "author", "Ada"), ("Ada Lab", "org", "Ada")])
def test_who_it_is_by_is_marked(organization: str, field: str, shown_as: str) -> None:
    def marks(text: str, asked: str) -> list[tuple[int, int]]:
        return [(0, 3)] if asked == field and text.startswith("Ada") else []

    unmarked, marked = (row_lines(row(organization=organization), 60, TODAY, marks=one)[1] for one in (None, marks))
    assert (shown_as, "match") in marked
    assert plain(marked) == plain(unmarked)


def test_the_last_cell_of_a_title_stays_free() -> None:
    first, _ = row_lines(row(title="x" * 200), 40, TODAY)
    assert plain(first).endswith("x… ")


def inks(line: Line) -> set[str]:
    return {ink for text, ink in line if text.strip()}


def test_the_second_line_is_quieter_than_the_first() -> None:
    _, second = row_lines(row(has_code=True), 80, TODAY)
    assert inks(second) == {"dim"}
