from __future__ import annotations

from array import array
from datetime import date

import pytest

from paperstui.errors import PaperstuiError, UsageError
from paperstui.models import Item, Listing
from paperstui.query import parse
from paperstui.query.fields import SORTS
from paperstui.query.regex import QueryTimeout
from paperstui.usecases import Desk, Place
from paperstui.usecases.viewing import FIRST_WINDOW, ORDERS
from tests.usecases.reading import DAY, fill, item, paper

ALL = Place("all")
TODAY = Place("today", DAY.isoformat())


def ids(desk: Desk, place: Place, text: str = "", *, typing: bool = False) -> list[str]:
    return [row.id.removeprefix("2606.0000") for row in desk.rows(desk.select(place, text, typing=typing).ids)]


def test_a_selection(filled: Desk) -> None:
    filled.decide(["2606.00005"], "read", True)
    selection = filled.select(TODAY, "")
    assert (len(selection.ids), selection.total, selection.unread, selection.problem) == (5, 5, 4, "")
    assert selection.place == TODAY
    assert [row.id for row in selection.rows] == [row.id for row in filled.rows(selection.ids)]
    assert selection.order == "most upvoted first"


def test_a_query_narrows_and_the_total_stays(filled: Desk) -> None:
    selection = filled.select(TODAY, "upvotes:>3")
    assert (len(selection.ids), selection.total, selection.unread) == (2, 5, 2)


@pytest.mark.parametrize("text", ["is:foo", "upvotes:many", "/(/"])
def test_a_query_that_makes_no_sense_is_a_message_and_no_papers(filled: Desk, text: str) -> None:
    selection = filled.select(TODAY, text)
    assert selection.problem
    assert selection.problem.isprintable()
    assert (selection.ids, selection.total, selection.rows) == (array("q"), 0, ())


def test_a_query_that_takes_too_long_is_a_message(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> object:
        raise QueryTimeout("the regular expression took too long")

    monkeypatch.setattr(filled.library, "finding", slow)
    assert filled.select(ALL, "/x/").problem == "the regular expression took too long"


def test_a_word_that_is_being_typed_matches_by_its_beginning(filled: Desk) -> None:
    assert len(ids(filled, ALL, "pap", typing=True)) == 5
    assert ids(filled, ALL, "pap") == []


def test_only_so_many_rows_come_with_a_selection(desk: Desk) -> None:
    fill(desk, *(item(number) for number in range(1, FIRST_WINDOW + 10)))
    selection = desk.select(TODAY, "")
    assert (len(selection.ids), len(selection.rows)) == (FIRST_WINDOW + 9, FIRST_WINDOW)


@pytest.mark.parametrize(
    ("place", "text", "order"),
    [
        (ALL, "", "newest day first"),
        (ALL, "paper", "best match first"),
        (TODAY, "paper", "most upvoted first"),
        (ALL, "sort:upvotes", "most upvoted first"),
        (ALL, "sort:-published", "oldest first"),
        (ALL, "paper sort:title", "by title"),
        (Place("starred"), "", "newest day first"),
    ],
)
def test_the_order_in_words(filled: Desk, place: Place, text: str, order: str) -> None:
    assert filled.select(place, text).order == order


@pytest.mark.parametrize("key", [sort.name for sort in SORTS])
def test_every_sort_has_words(filled: Desk, key: str) -> None:
    assert key in ORDERS
    assert filled.select(ALL, f"paper sort:{key}").order == ORDERS[key]


def test_views(filled: Desk) -> None:
    filled.decide(["2606.00002", "2606.00003"], "starred", True)
    filled.decide(["2606.00002"], "read", True)
    assert ids(filled, Place("starred")) == ["3", "2"]
    assert ids(filled, Place("unread")) == ["5", "4", "3", "1"]
    assert ids(filled, Place("today", "2026-06-03")) == []
    with pytest.raises(UsageError, match="there is no view nonsense"):
        filled.select(Place("nonsense"), "")


def test_a_feed_is_a_view_of_one_issue_or_of_all(desk: Desk) -> None:
    imported = Item(paper(7), Listing(feed="imported", period="2026-06-04"))
    fill(desk, item(1), item(2, date(2026, 6, 3)), imported)
    assert ids(desk, Place("feed:daily", "2026-06-04")) == ["1"]
    assert ids(desk, Place("feed:daily")) == ["1", "2"]
    assert ids(desk, Place("feed:imported")) == ["7"]
    assert ids(desk, Place("feed:imported"), "1 OR 7") == ["7"]


def test_counts(filled: Desk) -> None:
    assert filled.counts(TODAY) == {"all": 5, "starred": 0, "today": 5}
    filled.decide(["2606.00001"], "starred", True)
    assert filled.counts(ALL) == {"all": 5, "starred": 1}
    assert filled.counts(Place("today", "2026-06-03"))["today"] == 0


def test_the_next_unread_paper(filled: Desk) -> None:
    found = filled.select(TODAY, "").ids
    order = [row.id for row in filled.rows(found)]
    filled.decide([order[1], order[2]], "read", True)
    assert [filled.next_unread(found, start, 1) for start in (-1, 0, 1, 2, 3, 4)] == [0, 3, 3, 3, 4, None]
    assert [filled.next_unread(found, start, -1) for start in (5, 4, 3, 1, 0)] == [4, 3, 0, 0, None]
    assert filled.next_unread(array("q"), -1, 1) is None
    filled.decide(order, "read", True)
    assert filled.next_unread(found, -1, 1) is None


def test_the_next_unread_paper_far_away(desk: Desk) -> None:
    fill(desk, *(item(number) for number in range(1, 1200)))
    found = desk.select(TODAY, "").ids
    order = [row.id for row in desk.rows(found)]
    desk.decide(order[:-1], "read", True)
    assert desk.next_unread(found, 0, 1) == len(found) - 1
    assert desk.next_unread(found, len(found) - 1, -1) is None


@pytest.mark.parametrize(
    "name",
    [
        "2606.00003",
        " 2606.00003v7 ",
        "arXiv:2606.00003",
        "https://arxiv.org/abs/2606.00003",
        "http://arxiv.org/pdf/2606.00003v2.pdf",
        "https://huggingface.co/papers/2606.00003",
        "https://www.alphaxiv.org/abs/2606.00003",
    ],
)
def test_find_by_any_name(filled: Desk, name: str) -> None:
    found = filled.find(name)
    assert found is not None
    assert found.paper.id == "2606.00003"
    assert filled.ids_of([name]) == ("2606.00003",)


def test_find_by_title(filled: Desk) -> None:
    from paperstui.text.titles import title_id

    found = filled.find(title_id("Paper 3"))
    assert found is not None
    assert found.paper.id == "2606.00003"


@pytest.mark.parametrize("name", ["2606.09999", "", "x" * 10_000, "title:", "title:zzzz", "\x1b[31m", "\ud800"])
def test_what_is_not_there_is_not_found(filled: Desk, name: str) -> None:
    assert filled.find(name) is None
    with pytest.raises(PaperstuiError, match="there is no paper"):
        filled.ids_of(["2606.00001", name])


def test_ids(filled: Desk) -> None:
    assert filled.ids_of(["2606.00002", "arXiv:2606.00001", "2606.00002v1"]) == ("2606.00002", "2606.00001")
    assert filled.ids_of([]) == ()
    assert filled.ids_matching("upvotes:>3") == ("2606.00005", "2606.00004")
    with pytest.raises(UsageError, match="there is no is:foo"):
        filled.ids_matching("is:foo")


def test_rows_by_id(filled: Desk) -> None:
    assert [row.id for row in filled.rows_of(["2606.00004", "nothing", "2606.00001"])] == ["2606.00004", "2606.00001"]


def test_the_listing_that_belongs_to_a_place(desk: Desk) -> None:
    older = Item(paper(1), Listing(feed="daily", period="2026-06-02"))
    other = Item(paper(1), Listing(feed="imported", period="2026-06-04"))
    fill(desk, older)
    fill(desk, other)
    fill(desk, item(1, date(2026, 6, 3)))
    detail = desk.find("2606.00001")
    assert detail is not None

    def listed(place: Place) -> tuple[str, str]:
        listing = desk.listing_of(detail, place)
        assert listing is not None
        return listing.feed, listing.period

    assert listed(Place("today", "2026-06-02")) == ("daily", "2026-06-02")
    assert listed(Place("feed:imported", "2026-06-04")) == ("imported", "2026-06-04")
    assert listed(Place("feed:daily", "2026-06-04")) == ("daily", "2026-06-03"), "the newest of the feed"
    assert listed(Place("all")) == ("imported", "2026-06-04")
    fill(desk, Item(paper(2)))
    bare = desk.find("2606.00002")
    assert bare is not None
    assert desk.listing_of(bare, ALL) is None


def test_details(filled: Desk) -> None:
    found = filled.select(ALL, "").ids
    details = list(filled.details([*found, 999_999]))
    assert [detail.rowid for detail in details] == list(found)
    assert filled.detail(999_999) is None


def test_what_is_unread_is_counted_with_each_selection(filled: Desk) -> None:
    selection = filled.select(TODAY, "upvotes:>3")
    filled.decide(["2606.00005"], "read", True)
    assert (selection.unread, filled.select(TODAY, "upvotes:>3").unread) == (2, 1)
    assert selection.query == parse("upvotes:>3")
