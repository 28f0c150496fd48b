from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.facts import facts_of
from paperstui.draw.lines import Line, line_width, plain
from paperstui.draw.links import link_lines, links_of
from paperstui.draw.paper import COLUMN, NAMES_SHOWN, paper_lines, paper_sheet, summary_lines
from paperstui.library.records import plain as stored
from paperstui.models import Author, Detail, Listing, Organization, Paper, Repo, State, Vote
from paperstui.text.width import width
from tests.draw.samples import HOSTILE, PAPERS, TODAY, detail, paper


def shown(given_detail: Detail, cells: int = 100, **options: Any) -> list[str]:
    return [plain(line).rstrip() for line in paper_lines(given_detail, cells, TODAY, **options)]


def text_of(given_detail: Detail, cells: int = 100) -> str:
    return "\n".join(line.strip() for line in shown(given_detail, cells))


def below(heading: str, given_detail: Detail, cells: int = 100) -> list[str]:
    """The lines from a heading to the next empty line."""
    lines = [line.strip() for line in shown(given_detail, cells)]
    start = next(index for index, line in enumerate(lines) if line.startswith(heading)) + 1
    return lines[start : lines.index("", start)]


@given(PAPERS, st.integers(28, 200))
def test_no_line_is_wider_than_the_pane(given_paper: Paper, cells: int) -> None:
    for line in paper_lines(detail(given_paper), cells, TODAY):
        assert width(plain(line)) <= cells, plain(line)


@given(PAPERS, st.integers(1, 27))
def test_in_a_pane_too_narrow_to_read_it_still_draws(given_paper: Paper, cells: int) -> None:
    assert paper_lines(detail(given_paper), cells, TODAY)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_in_the_pane(text: str) -> None:
    hostile = paper(
        title=text, abstract=text, summary=text, keywords=(text, text), authors=(Author(text),), summary_model=text
    )
    for cells in (28, 40, 80, 120):
        assert all(width(plain(line)) <= cells for line in paper_lines(detail(hostile), cells, TODAY))


def test_a_paper_by_hand() -> None:
    assert shown(detail(), 60) == [
        "",
        "  Quiet Models for Loud Data",
        "  Ada Li, Bo Chen",
        "  Quiet Lab · 4 Jun 2026 · arXiv 2506.01234 · cs.CL cs.LG",
        "  ▲ 1,042 · 3 comments · Daily Papers 4 Jun",
        "  from Sue Bmit · an author takes part",
        "  ★ starred · read",
        "",
        "  In short  AI summary by summer-7b",
        "  Data is made quiet.",
        "  data · quiet",
        "",
        "  Abstract",
        "  Loud data is everywhere.",
        "",
        "  We make it quiet, and it stays so.",
        "",
        "  Links",
        "  arXiv         https://arxiv.org/abs/2506.01234  o",
        "  PDF           https://arxiv.org/pdf/2506.01234  p",
        "  Hugging Face  huggingface.co/papers/2506.01234  O",
        "  Code          https://github.com/quiet/loud  c",
        "  Project       https://quiet.example/loud  g p",
        "  Media         https://quiet.example/film.mp4",
        "",
        "  Also listed",
        "  daily 2026-06-01",
        "",
        "  Votes as seen",
        "  ▁█  10 → 1,042 since 1 Jan 1970",
        "",
    ]


def test_below_a_rule_there_is_no_empty_line_first() -> None:
    assert shown(detail(), below_rule=True) == shown(detail())[1:]


@pytest.mark.parametrize("cells", [40, 80, 91, 92, 93, 120, 200])
def test_the_reading_column_is_narrow_and_in_the_middle(cells: int) -> None:
    lines = shown(detail(paper(abstract="word " * 200)), cells)
    left = min(len(line) - len(line.lstrip()) for line in lines if line)
    longest = max(width(line) for line in lines)
    assert longest - left <= COLUMN
    assert left >= 2
    assert abs(left - (cells - min(COLUMN, cells - 4)) // 2) <= 1
    assert longest > left + min(COLUMN, cells - 4) - 6, "and the column is used"


def test_hidden_authors_are_not_named() -> None:
    assert "Cy Dor" not in text_of(detail())


def test_many_authors_are_a_number_in_the_end() -> None:
    names = tuple(Author(f"Name {number}") for number in range(NAMES_SHOWN + 1234))
    text = text_of(detail(paper(authors=names)))
    assert f"Name {NAMES_SHOWN - 1} and 1,234 more" in text.replace("\n", " ")
    assert f"Name {NAMES_SHOWN}\n" not in text
    assert "more" not in text_of(detail(paper(authors=names[:NAMES_SHOWN])))


@pytest.mark.parametrize(("count", "words"), [(1, "1 author"), (7, "7 authors")])
def test_authors_of_whom_only_the_number_is_known(count: int, words: str) -> None:
    assert words in text_of(detail(paper(authors=(), author_count=count))).splitlines()


def test_what_is_not_known_is_left_out() -> None:
    bare = Paper(id="title:0123456789abcdef", title="Bare")
    lines = shown(detail(bare, state=State(), listings=(), votes=()), 60)
    assert lines[:4] == ["", "  Bare", "  no arXiv id", ""]
    assert "  This source gave no abstract." in lines
    text = "\n".join(lines)
    for absent in ("▲", "comment", "In short", "Also listed", "Votes", "None", "arXiv  ", "PDF"):
        assert absent not in text, absent


@pytest.mark.parametrize(("comments", "words"), [(0, "0 comments"), (1, "1 comment"), (2_000, "2,000 comments")])
def test_comments_are_counted(comments: int, words: str) -> None:
    assert f"▲ 1,042 · {words} · Daily" in text_of(detail(paper(comments=comments)))


@pytest.mark.parametrize(
    ("gained", "words", "accented"),
    [(9, "▲ 1,042 +9", ["+9"]), (-3, "▲ 1,042 -3", []), (0, "▲ 1,042", []), (None, "▲ 1,042", [])],
)
def test_votes_are_told_with_what_they_gained(gained: int | None, words: str, accented: list[str]) -> None:
    given_detail = detail(paper(), gained=gained)
    [line] = [line for line in paper_lines(given_detail, 100, TODAY) if "▲" in plain(line)]
    assert plain(line).strip().split(" · ")[0] == words
    assert [text for text, ink in line if ink == "accent"] == accented
    assert ("Sue Bmit", "more:submitter") in line


def test_a_withdrawn_paper_says_so() -> None:
    assert "withdrawn 2026-06-03" in text_of(detail(paper(withdrawn="2026-06-03T10:00:00.000Z")))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State(starred=True), "★ starred"),
        (State(read=True), "read"),
        (State(queued=1.0), "≡ in the reading list"),
        (State(read=True, starred=True, queued=0.0), "★ starred · read · ≡ in the reading list"),
    ],
)
def test_what_was_decided_is_shown(state: State, words: str) -> None:
    assert words in text_of(detail(state=state)).splitlines()


def test_dates_of_other_years_have_their_year() -> None:
    text = text_of(detail(paper(listed="2025-06-04", published=1_675_814_400)))
    assert "8 Feb 2023" in text
    assert "Daily Papers 4 Jun 2025" in text


def test_mathematics_is_shown_and_words_keep_their_style() -> None:
    source = r"We \emph{see} \textbf{more} than $x^2 + \alpha$."
    lines = paper_lines(detail(paper(abstract=source, text_source="arxiv")), 100, TODAY)
    spans = [span for line in lines for span in line]
    assert ("see", "italic") in spans
    assert ("more", "strong") in spans
    assert "We see more than x² + α." in text_of(detail(paper(abstract=source, text_source="arxiv")))


def test_paragraphs_stay_apart() -> None:
    lines = shown(detail(paper(abstract="One.\n\n\nTwo.\nThree.")), 60)
    start = lines.index("  Abstract")
    assert lines[start + 1 : start + 6] == ["  One.", "", "  Two.", "", "  Three."]


def test_links_are_whole_even_when_they_take_two_lines() -> None:
    address = "https://github.com/" + "very-long-name/" * 6 + "end"
    for cells in (40, 60, 100):
        lines = [span for line in paper_lines(detail(paper(code_url=address)), cells, TODAY) for span in line]
        assert address in "".join(text for text, ink in lines if ink.startswith("link:"))


@pytest.mark.parametrize("cells", range(30, 110))
def test_each_key_of_the_links_stands_beside_its_address(cells: int) -> None:
    facts = facts_of(detail())
    text = [plain(line) for line in link_lines(facts, cells)]
    for _, _, _, key in links_of(facts):
        assert not key or any(line.endswith(f"  {key}") for line in text), key
    assert all(width(line) <= cells for line in text)


def test_notes_on_code_are_shown_where_there_is_room() -> None:
    assert "https://github.com/quiet/loud  ★ 1,234 found automatically" in text_of(detail(), 100)
    assert "found automatically" not in text_of(detail(), 50)
    assert "found automatically" not in text_of(detail(paper(code_added_by="")), 100)


def test_a_paper_without_links_says_so() -> None:
    nowhere = Paper(id="title:0123456789abcdef", title="Bare")
    assert below("Links", detail(nowhere))


def test_history_is_shown_when_there_is_one() -> None:
    assert "Also listed" not in text_of(detail(listings=(Listing(feed="daily", period="2026-06-04"),)))
    assert "Votes as seen" not in text_of(detail(votes=(Vote(1, 10),)))
    many = detail(votes=tuple(Vote(at, at * 1000) for at in range(1, 12)))
    assert below("Votes as seen", many) == ["▁▁▂▃▃▄▅▅▆▇█  1,000 → 11,000 since 1 Jan 1970"]


def test_what_the_filter_found_is_marked_in_title_and_abstract() -> None:
    def marks(text: str, field: str) -> list[tuple[int, int]]:
        if field not in ("title", "abstract", "summary"):
            return []
        return [(at, at + 5) for at in range(len(text)) if text[at : at + 5].casefold() == "quiet"]

    lines = paper_lines(detail(), 100, TODAY, marks=marks)
    matched = [text for line in lines for text, ink in line if ink == "match"]
    assert matched == ["Quiet", "quiet", "quiet"]
    assert [plain(line) for line in lines] == [plain(line) for line in paper_lines(detail(), 100, TODAY)]


def test_every_text_of_a_paper_is_asked_for_under_its_field() -> None:
    fields: dict[str, str] = {}

    def marks(text: str, field: str) -> list[tuple[int, int]]:
        fields.setdefault(field, text)
        return [(0, 1)]

    shown = detail(
        paper(
            summary="In short.",
            keywords=("optics", "light"),
            organization=Organization(login="quiet", name="Quiet Lab"),
        )
    )
    lines = paper_lines(shown, 100, TODAY, marks=marks)
    assert set(fields) == {"title", "author", "org", "summary", "keyword", "abstract"}
    assert fields["org"] == "Quiet Lab"
    assert fields["keyword"] == "optics · light"
    assert fields["author"].startswith(shown.paper.authors[0].name)
    assert ("Q", "match") in [span for line in lines if "Quiet Lab" in plain(line) for span in line]


def test_keywords_are_read_as_the_abstract_is() -> None:
    given_detail = detail(paper(summary="In short.", keywords=("identity--layout", "--no-cache")))
    assert "identity–layout · --no-cache" in "\n".join(plain(line) for line in paper_lines(given_detail, 100, TODAY))
    assert "identity–layout · --no-cache" in [
        plain(line) for line in summary_lines(facts_of(given_detail), 80, "nothing")
    ]


@given(PAPERS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_marks_change_no_text(given_paper: Paper, pairs: list[tuple[int, int]]) -> None:
    marks = [pair for pair in pairs if pair[0] < pair[1]]

    def found(text: str, _field: str) -> list[tuple[int, int]]:
        return [(start, min(end, len(text))) for start, end in marks if start < len(text)]

    def texts(lines: list[Line]) -> list[str]:
        return [plain(line) for line in lines]

    unmarked = paper_lines(detail(given_paper), 80, TODAY)
    assert texts(paper_lines(detail(given_paper), 80, TODAY, marks=found)) == texts(unmarked)


def test_today_decides_about_years_only() -> None:
    later = [plain(line) for line in paper_lines(detail(), 80, date(2027, 1, 1))]
    assert any("Daily Papers 4 Jun 2026" in line for line in later)


def test_repositories_do_not_matter_here() -> None:
    with_repo = paper(repos=(Repo("model", "quiet/loud"),), models=3)
    assert shown(detail(with_repo)) == shown(detail())


def test_lines_are_not_filled_up() -> None:
    for line in paper_lines(detail(), 80, TODAY):
        assert line == [] or line_width(line) < 80


@given(PAPERS, st.integers(28, 120), st.booleans())
def test_what_is_known_as_unicode_already_is_drawn_the_same(given_paper: Paper, cells: int, below_rule: bool) -> None:
    facts = facts_of(detail(given_paper))
    known = facts._replace(
        title_plain=stored(given_paper.title, given_paper.text_source) or given_paper.title,
        abstract_plain=stored(given_paper.abstract, given_paper.text_source) or given_paper.abstract,
    )
    assert paper_sheet(known, cells, TODAY, below_rule=below_rule) == paper_sheet(
        facts, cells, TODAY, below_rule=below_rule
    )


def test_a_style_in_an_abstract_is_drawn_though_its_text_is_known() -> None:
    source = r"It is \textbf{bold}." + "\n\n" + r"And \emph{so on}."
    facts = facts_of(detail(paper(abstract=source, text_source="arxiv")))
    known = facts._replace(abstract_plain=stored(source, "arxiv"))
    assert paper_sheet(known, 60, TODAY) == paper_sheet(facts, 60, TODAY)
    assert ("bold", "strong") in [span for line in paper_sheet(known, 60, TODAY) for span in line]


def test_quotation_marks_close_across_the_lines_of_an_abstract() -> None:
    text = text_of(detail(paper(abstract="He said ``yes\nand no'' twice.", text_source="arxiv")))
    assert "He said “yes" in text
    assert "and no” twice." in text
