from __future__ import annotations

from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.models import Item, Listing, Period
from tests.library.making import AT, decide, item, items, paper


def test_a_period_that_nobody_knows_is_none(library: Library) -> None:
    assert library.period("daily", "2026-06-04") is None
    assert library.periods("daily", "2026-01-01", "2026-12-31") == []
    assert library.neighbour("daily", "2026-06-04", -1) is None


def test_a_period_says_how_much_of_it_is_here(library: Library, journal: Journal) -> None:
    library.upsert(items(5), AT)
    library.mark_period("daily", "2026-06-04", at=AT, complete=False, papers=5)
    decide(library, journal, "2506.00001", "read")
    decide(library, journal, "2506.00002", "hidden")
    assert library.period("daily", "2026-06-04") == Period(
        feed="daily", period="2026-06-04", fetched_at=AT, complete=False, papers=5, unread=3
    )
    library.mark_period("daily", "2026-06-04", at=AT + 60, complete=True, papers=5)
    found = library.period("daily", "2026-06-04")
    assert found is not None
    assert (found.fetched_at, found.complete) == (AT + 60, True)


def test_an_empty_day_is_known_once_it_was_fetched(library: Library) -> None:
    library.mark_period("daily", "2026-06-05", at=AT, complete=True, papers=0)
    assert library.period("daily", "2026-06-05") == Period(
        feed="daily", period="2026-06-05", fetched_at=AT, complete=True
    )


def test_a_period_that_only_papers_name_was_not_fetched(library: Library) -> None:
    library.upsert([item(1, day="2026-06-03"), item(2, day=None, listed="2026-06-02")], AT)
    assert library.periods("daily", "2026-06-01", "2026-06-03") == [
        Period(feed="daily", period="2026-06-02", papers=1, unread=1),
        Period(feed="daily", period="2026-06-03", papers=1, unread=1),
    ]


def test_periods_are_of_one_feed_between_two_in_order(library: Library) -> None:
    for day in ("2026-06-01", "2026-06-02", "2026-06-03", "2026-06-09"):
        library.upsert([item(int(day[-1]), day=day)], AT)
    library.upsert([Item(paper(20), Listing(feed="weekly", period="2026-W23", rank=1))], AT)
    library.mark_period("daily", "2026-06-05", at=AT, complete=True, papers=0)
    found = library.periods("daily", "2026-06-02", "2026-06-05")
    assert [each.period for each in found] == ["2026-06-02", "2026-06-03", "2026-06-05"]
    assert library.neighbour("daily", "2026-06-03", 1) == "2026-06-09"
    assert library.neighbour("daily", "2026-06-03", -1) == "2026-06-02"
    assert library.neighbour("daily", "2026-06-09", 1) is None
    assert library.neighbour("weekly", "2026-W30", -1) == "2026-W23"
    assert library.neighbour("daily", "2026-06-06", -1) == "2026-06-03"


def test_periods_follow_each_other_as_they_were_fetched(library: Library) -> None:
    for at, words in enumerate(["reefs", "looms", "ants", "bees"]):
        library.mark_period("search", words, at=AT + at // 2, complete=True, papers=0)
    library.mark_period("daily", "2026-06-04", at=AT, complete=True, papers=0)
    ways = {words: [library.fetched_beside("search", words, step) for step in (-1, 1)] for words in ("looms", "ants")}
    assert ways == {"looms": [None, "reefs"], "ants": ["reefs", "bees"]}, "two of one moment by their names"
    assert library.fetched_beside("search", "bees", 1) is None
    assert [library.fetched_beside("search", "never", step) for step in (-1, 1)] == ["bees", None]


def test_a_listing_keeps_what_a_later_answer_leaves_out(library: Library) -> None:
    full = Listing(feed="daily", period="2026-06-04", rank=3, upvotes=9, comments=1, submitter="ada")
    library.upsert([Item(paper(1), full)], AT)
    library.upsert([Item(paper(1), Listing(feed="daily", period="2026-06-04", upvotes=12))], AT + 60)
    library.upsert([Item(paper(1), Listing(feed="daily", period="2026-06-04", rank=1, upvotes=1))], AT - 60)
    found = library.detail(1)
    assert found is not None
    assert found.listings == (
        Listing(feed="daily", period="2026-06-04", rank=3, upvotes=12, comments=1, submitter="ada"),
    )


def test_categories_together_are_one_feed_to_look_at(library: Library) -> None:
    def put(number: int, category: str, day: str) -> None:
        library.upsert([Item(paper(number), Listing(feed=f"arxiv:{category}", period=day, rank=number))], AT)

    put(1, "cs.CL", "2026-06-03")
    put(1, "cs.LG", "2026-06-03")
    put(2, "cs.LG", "2026-06-04")
    put(3, "cs.CV", "2026-06-08")
    both = "arxiv:cs.CL+cs.LG"
    assert [(each.period, each.papers) for each in library.periods(both, "2026-06-01", "2026-06-30")] == [
        ("2026-06-03", 1),
        ("2026-06-04", 1),
    ]
    assert library.neighbour(both, "2026-06-03", 1) == "2026-06-04"
    assert library.neighbour(both, "2026-06-04", 1) is None
    assert library.neighbour(both, "2026-06-04", -1) == "2026-06-03"
    library.mark_period("arxiv:cs.CL", "2026-06-03", at=AT, complete=True, papers=1)
    found = library.period(both, "2026-06-03")
    assert found is not None
    assert (found.fetched_at, found.complete) == (None, False), "the other was not fetched"
    library.mark_period("arxiv:cs.LG", "2026-06-03", at=AT + 60, complete=False, papers=1)
    found = library.period(both, "2026-06-03")
    assert found is not None
    assert (found.fetched_at, found.complete) == (AT, False)


def test_where_papers_are_listed(library: Library) -> None:
    library.upsert([item(1, day="2026-06-03"), item(1, day="2026-06-04"), item(2)], AT)
    asked = [f"2506.{number:05d}" for number in range(1200)]
    assert library.listed_in("daily", asked) == {
        "2506.00001": {"2026-06-03", "2026-06-04"},
        "2506.00002": {"2026-06-04"},
    }
    assert library.listed_in("weekly", asked) == {}
    assert library.listed_in("daily", []) == {}
