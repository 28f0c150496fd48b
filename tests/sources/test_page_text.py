"""Text that was copied from the site, by different people with different browsers."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.models import Batch, Item, Organization, Skipped
from paperstui.sources.page_text import read_text
from tests.server.fixtures import sample_items
from tests.sources.pages import FOOTER, HEADER, card, found_block, one_line, published, shown

DAY = date(2026, 6, 4)
ITEMS = sample_items(12, last_day=DAY)
OLD = sample_items(3, seed=5, last_day=date(2025, 3, 4))
"""Papers of another year, so that the page names one."""

ABSTRACT = "We look into something that nobody has looked into before. " * 6


def read(text: str, *, file_day: date = DAY, day: date | None = None) -> tuple[Batch, date, list[str]]:
    return read_text(text, file_day=file_day, day=day)


def titles(batch: Batch) -> list[str]:
    return [item.paper.title for item in batch.items]


def page(items: list[Item], *, organization: bool = False) -> str:
    return "".join(found_block(item, DAY, organization=organization) for item in items)


def check(batch: Batch, items: list[Item]) -> None:
    assert titles(batch) == [item.paper.title for item in items]
    assert batch.skipped == ()
    for found, item in zip(batch.items, items, strict=True):
        assert found.paper.abstract == one_line(item)
        assert found.paper.published == item.paper.published
        assert found.paper.comments == (item.paper.comments or None)
        assert found.paper.text_source == "page"
        assert found.paper.id.startswith("title:")


def test_a_page_with_all_that_is_around_it() -> None:
    text = HEADER + "Jun 4\n\n" + page([*ITEMS, *OLD]) + FOOTER
    batch, day, notes = read(text, file_day=date(2026, 11, 22))
    assert (day, notes) == (DAY, [])
    check(batch, [*ITEMS, *OLD])
    assert [item.paper.author_count for item in batch.items] == [len(item.paper.authors) for item in [*ITEMS, *OLD]]
    listings = [item.listing for item in batch.items]
    assert {(listing.feed, listing.period) for listing in listings if listing} == {("imported", "2026-06-04")}
    assert [listing.rank for listing in listings if listing] == list(range(1, 16))


def test_only_the_papers_were_copied() -> None:
    batch, day, notes = read(page(ITEMS))
    check(batch, ITEMS)
    assert day == DAY
    assert "does not name its day" in notes[0]


def test_organisations_stand_where_authors_do() -> None:
    batch, _, _ = read("Jun 4\n\n" + page(ITEMS, organization=True))
    check(batch, ITEMS)
    for found, item in zip(batch.items, ITEMS, strict=True):
        wanted = item.paper.organization
        if wanted is None:
            assert (found.paper.organization, found.paper.author_count) == (None, len(item.paper.authors))
        else:
            assert found.paper.organization == Organization(wanted.login, name=wanted.shown)
            assert found.paper.author_count is None


def test_papers_without_the_lines_behind_their_abstract() -> None:
    text = "Jun 4\n\n"
    for number, item in enumerate(ITEMS):
        block = found_block(item, DAY, organization=False)
        text += block if number % 3 else f"{item.paper.title}\n\n{one_line(item)}\n\n"
    batch, _, _ = read(text)
    assert titles(batch) == [item.paper.title for item in ITEMS]
    assert [item.paper.author_count is None for item in batch.items] == [number % 3 == 0 for number in range(12)]
    assert batch.skipped == ()


def _windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def _old_mac(text: str) -> str:
    return text.replace("\n", "\r")


def _no_break_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _no_empty_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def _more_empty_lines(text: str) -> str:
    return text.replace("\n", "\n\n\n")


def _indented(text: str) -> str:
    return textwrap.indent(text, "\t  ", lambda _: True)


def _stars(text: str) -> str:
    return text.replace("  • ", "* ")


def _bare(text: str) -> str:
    return text.replace("  • ", "")


def _bullets_as_dots(text: str) -> str:
    return text.replace("\n·\n", "\n•\n")


def _one_line_meta(text: str) -> str:
    return text.replace("\n·\n", " · ")


def _tight_meta(text: str) -> str:
    return text.replace("\n·\n", "·")


def _comments_below(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        parts = line.split(" ")
        moved = len(parts) in (3, 4) and parts[0] in ("May", "Jun") and parts[-1].isdigit() and len(parts[-1]) < 3
        lines.append(f"{' '.join(parts[:-1])}\n{parts[-1]}" if moved else line)
    return "\n".join(lines)


def _published_on(text: str) -> str:
    return text.replace("\n·\n", "\n·\nPublished on ")


def _wrapped(text: str) -> str:
    return "\n".join(
        "\n".join(textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False)) for line in text.split("\n")
    )


def _other_spellings(text: str) -> str:
    return text.replace(" authors", " Authors").replace("Jun ", "June ")


COPIES: list[Callable[[str], str]] = [
    _windows,
    _old_mac,
    _no_break_spaces,
    _no_empty_lines,
    _more_empty_lines,
    _indented,
    _stars,
    _bare,
    _bullets_as_dots,
    _one_line_meta,
    _tight_meta,
    _comments_below,
    _published_on,
    _other_spellings,
]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("organization", [False, True])
def test_other_ways_of_copying(copy: Callable[[str], str], organization: bool) -> None:
    text = HEADER + "Jun 4\n\n" + page(ITEMS, organization=organization) + FOOTER
    batch, day, _ = read(copy(text))
    assert day == DAY
    check(batch, ITEMS)


def test_a_page_that_was_wrapped() -> None:
    batch, day, _ = read(_wrapped("Jun 4\n\n" + page(ITEMS)))
    assert day == DAY
    check(batch, ITEMS)


@pytest.mark.parametrize("copy", [str, _no_empty_lines, _windows, _indented, _more_empty_lines])
@pytest.mark.parametrize("organization", [False, True])
def test_cards_without_abstracts(copy: Callable[[str], str], organization: bool) -> None:
    cards = "".join(card(item, organization=organization) for item in ITEMS)
    batch, day, _ = read(copy(HEADER + "Jun 4\n\n" + cards + FOOTER))
    assert day == DAY
    assert titles(batch) == [item.paper.title for item in ITEMS]
    assert batch.skipped == ()
    for found, item in zip(batch.items, ITEMS, strict=True):
        assert found.paper.upvotes == item.paper.upvotes
        assert found.paper.author_count == len(item.paper.authors)
        assert found.paper.comments == (item.paper.comments or None)
        assert found.paper.submitter is not None
        assert item.paper.submitter is not None
        assert found.paper.submitter.login == item.paper.submitter.login
        wanted = item.paper.organization if organization else None
        assert (found.paper.organization is None) == (wanted is None)
        assert (found.paper.abstract, found.paper.published) == ("", None)


def test_several_days_on_one_page() -> None:
    first, second = ITEMS[:5], ITEMS[5:]
    text = f"{HEADER}Jun 4\n\n{page(first)}Jun 3\n\n{page(second)}Dec 31, 2025\n\n{page(OLD)}"
    batch, day, _ = read(text)
    assert day == DAY
    assert titles(batch) == [item.paper.title for item in [*first, *second, *OLD]]
    periods = [(item.listing.period, item.listing.rank) for item in batch.items if item.listing]
    wanted = [("2026-06-04", len(first)), ("2026-06-03", len(second)), ("2025-12-31", len(OLD))]
    assert periods == [(period, rank) for period, count in wanted for rank in range(1, count + 1)]


def test_the_year_follows_from_the_years_on_the_page() -> None:
    text = "Jun 4\n\n" + page([*ITEMS[:2], *OLD])
    batch, day, _ = read(text, file_day=date(2030, 1, 1))
    assert day == DAY
    assert batch.items[0].paper.published == ITEMS[0].paper.published
    _, early, notes = read(text, file_day=date(2025, 9, 1))
    assert early == date(2025, 6, 4)
    assert notes
    _, said, _ = read(text, file_day=date(2025, 9, 1), day=DAY)
    assert said == DAY


def test_a_day_the_user_names_decides() -> None:
    batch, day, notes = read("Jun 4\n\n" + page(ITEMS[:2]), day=date(2024, 6, 4))
    assert (day, notes) == (date(2024, 6, 4), [])
    assert batch.items[0].listing is not None
    assert batch.items[0].listing.period == "2024-06-04"


def test_a_long_title_and_a_short_abstract() -> None:
    long = "On the Nature of Titles That Go on and on Without an End in Sight, " * 3 + "and What Is to Be Done"
    text = (
        f"Jun 4\n\n{long}\n\n{ABSTRACT}\n\n• 2 authors\n·\nMay 1\n\nShort\n\n{ABSTRACT[:59]}\n\n• 1 author\n·\nMay 2\n"
    )
    batch, _, _ = read(text)
    assert titles(batch) == [long, "Short"]
    assert [item.paper.abstract for item in batch.items] == [ABSTRACT.strip(), ABSTRACT[:59].strip()]
    assert [item.paper.author_count for item in batch.items] == [2, 1]


def test_titles_that_look_like_something_else() -> None:
    names = [
        "Trending",
        "Models",
        "42",
        "May 14",
        "Subscribe",
        "8 authors",
        "Is it · or is it not?",
        "2 Fast 2 Furious",
    ]
    text = "Jun 4\n\n" + "".join(
        f"{name}\n\n{ABSTRACT}\n\n• 3 authors\n·\nMay 1\n\n" for name in names[:2] + names[4:5] + names[6:]
    )
    batch, _, _ = read(text)
    assert titles(batch) == ["Trending", "Models", "Subscribe", "Is it · or is it not?", "2 Fast 2 Furious"]


def test_an_abstract_of_several_paragraphs() -> None:
    batch, _, _ = read(f"A Title\n\n{ABSTRACT}\n\n{ABSTRACT}\n\n• 3 authors\n·\nMay 1\n")
    assert [item.paper.abstract for item in batch.items] == [f"{ABSTRACT.strip()}\n{ABSTRACT.strip()}"]


def test_ids_upvotes_and_stars_are_taken_where_they_stand() -> None:
    text = (
        f"A Title\n\n{ABSTRACT}\n\nhttps://huggingface.co/papers/2606.01234v2\n• 3 authors\n·\nMay 1\nUpvote 42\n"
        f"GitHub 5.2k\n3 comments\n\narXiv:2606.05678\nOther Title\n\n{ABSTRACT}\n\n• 1,204 authors\n·\nMay 2\n▲ 7\n"
    )
    batch, _, _ = read(text)
    first, second = (item.paper for item in batch.items)
    assert (first.id, first.upvotes, first.comments, first.code_stars) == ("2606.01234", 42, 3, 5_200)
    assert (second.id, second.author_count) == ("2606.05678", 1_204)


def test_what_is_lost_between_papers_is_said_with_its_line() -> None:
    lines = ["Jun 4", *block("One"), "words that are nothing", "", "more of them", "", *block("Two"), "footer words"]
    batch, _, _ = read("\n".join(lines))
    assert titles(batch) == ["One", "Two"]
    why = "a line that is neither a paper nor about one"
    assert batch.skipped == (Skipped("line 9", why), Skipped("line 11", why))


def block(title: str) -> list[str]:
    return [title, "", ABSTRACT, "", "• 3 authors", "·", "May 1"]


def test_an_abstract_without_a_title_is_said() -> None:
    lines = [*block("One"), "", "word " * 200, "", "• 2 authors", "·", "May 2", "", *block("Two")]
    batch, _, _ = read("\n".join(lines))
    assert titles(batch) == ["One", "Two"]
    assert batch.skipped[0] == Skipped("line 9", "an abstract without a title")


def test_text_is_cleaned() -> None:
    batch, _, _ = read(f"A\x1b[31m Ti\u202etle\n\n{ABSTRACT}\x1b]0;x\x07\n\n• 3 authors\n·\nMay 1\n")
    assert titles(batch) == ["A Title"]
    assert batch.items[0].paper.abstract == ABSTRACT.strip()


@pytest.mark.parametrize(
    "text", ["", "\n\n", "hello", "Jun 4", "• 8 authors\n·\nMay 1", HEADER + FOOTER, "Jun 4\n\nOne\n\nTwo\n"]
)
def test_a_page_without_papers_has_none(text: str) -> None:
    assert read(text)[0].items == ()


@pytest.mark.timeout(30)
@pytest.mark.parametrize("line", ["x\n", "·", "a "])
def test_a_text_that_is_made_to_hurt_does_not(line: str) -> None:
    batch, _, _ = read(line * 150_000)
    assert batch.items == ()


_PIECES = st.sampled_from(
    [
        "",
        "·",
        "•",
        "A Title",
        "Another · Title",
        "• 8 authors",
        "1 author",
        "Jun 4",
        "May 1, 2025 3",
        "42",
        "Upvote",
        "Upvote 3",
        "Submitted by",
        "someone",
        "lab The Lab",
        ABSTRACT,
        ABSTRACT[:59],
        "arXiv:2606.01234",
        "Daily Papers",
        "3 comments",
        "5.2k",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=40), max_size=40), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_no_text_whatsoever_fails(pieces: list[str], end: str) -> None:
    batch, _, _ = read(end.join(pieces))
    for item in batch.items:
        assert item.paper.title
        assert "\n" not in item.paper.title


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ITEMS), unique_by=lambda item: item.paper.id, max_size=8), st.booleans(), st.booleans())
def test_any_papers_come_back(items: list[Item], header: bool, organization: bool) -> None:
    batch, _, _ = read((HEADER if header else "") + "Jun 4\n\n" + page(items, organization=organization) + FOOTER)
    check(batch, items)


def test_the_dates_of_the_pages_of_this_test_are_the_site_s() -> None:
    assert shown(published(OLD[0]), DAY).endswith(", 2025")
