from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperstui.query import parse
from paperstui.query.fields import SORTS
from paperstui.query.sorting import ready, sort_of, with_sort
from paperstui.query.tree import Sort
from tests.query.nasty import NASTY
from tests.query.queries import arbitrary, sensible

STARS = Sort("stars")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "sort:stars"),
        ("a b", "sort:stars a b"),
        ("sort:upvotes", "sort:stars"),
        ("a sort:upvotes b", "sort:stars a b"),
        ("sort:-upvotes sort:title a", "sort:stars a"),
        ("-sort:title a", "sort:stars a"),
        ("order:votes a", "sort:stars a"),
        ("sort: upvotes a", "sort:stars a"),
        ("a sort:", "sort:stars a"),
        ("sort:nonsense a", "sort:stars a"),
        ('"sort:title" a', 'sort:stars "sort:title" a'),
        ('"flow mat', 'sort:stars "flow mat'),
        ("/an expres", "sort:stars /an expres"),
        ("a NOT", "sort:stars a NOT"),
        ("a  b", "sort:stars a  b"),
    ],
)
def test_the_order_is_written_into_the_query(text: str, expected: str) -> None:
    assert with_sort(text, STARS) == expected
    assert parse(expected).sort == (STARS,)


def test_the_order_can_be_turned_round_and_taken_away() -> None:
    assert with_sort("a", Sort("title", reverse=True)) == "sort:-title a"
    assert with_sort("a sort:-title b", None) == "a b"
    assert with_sort("a", None) == "a"


def test_the_order_that_is_there() -> None:
    assert sort_of("a sort:-date sort:title") == Sort("published", reverse=True)
    assert sort_of("a") is None
    assert sort_of("sort:nonsense") is None


ANY = st.one_of(arbitrary, sensible, st.sampled_from([text for text in NASTY if len(text) < 400]))


@example("sort:)TITLE", STARS)
@example('SORT:(TITLE"AUTHOR', STARS)
@example("a sort:(title author) b", STARS)
@given(ANY, st.sampled_from([Sort(key.name, reverse) for key in SORTS for reverse in (False, True)]))
def test_whatever_is_typed_gets_the_order_and_keeps_its_meaning(text: str, sort: Sort) -> None:
    before, after = parse(text), parse(with_sort(text, sort))
    if before.ok and after.ok:
        assert after.sort == (sort,)
        assert after.tree == before.tree
    again = with_sort(with_sort(text, sort), STARS)
    assert again == with_sort(text, STARS) or not before.ok


@given(ANY)
def test_taking_it_away_leaves_none(text: str) -> None:
    if parse(text).ok:
        assert sort_of(with_sort(text, None)) is None


def test_the_last_word_goes_on_finding_longer_ones() -> None:
    assert parse(with_sort("agen", STARS), typing=True).tree == parse("agen", typing=True).tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sort:title", "sort:title "),
        ("a sort:-stars", "a sort:-stars "),
        ("sort:title a", "sort:title a"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_there_is_room_for_another_word_behind_the_order(text: str, expected: str) -> None:
    assert ready(text) == expected
