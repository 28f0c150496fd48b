from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.changes import MOST_WORDS, Change, changes, words_of

WORDS = st.lists(st.sampled_from(["a", "b", "the", "of", "flow", "\n"]), max_size=60).map(" ".join)
TEXTS = st.one_of(WORDS, st.text(max_size=200))


def only(earlier: str, later: str, *kinds: str) -> list[str]:
    return [word for part in changes(earlier, later).parts if part.kind in kinds for word in part.words]


@given(TEXTS, TEXTS)
def test_without_what_came_it_is_the_earlier_text_and_without_what_went_the_later(earlier: str, later: str) -> None:
    assert only(earlier, later, "same", "gone") == words_of(earlier)
    assert only(earlier, later, "same", "new") == words_of(later)


@given(TEXTS, TEXTS)
def test_parts_are_not_empty_and_neighbours_differ(earlier: str, later: str) -> None:
    found = changes(earlier, later)
    assert all(part.words for part in found.parts)
    assert all(one.kind != other.kind for one, other in zip(found.parts, found.parts[1:], strict=False))
    assert found.none == (words_of(earlier) == words_of(later))


def test_changes_by_hand() -> None:
    assert changes("We show a small gain.", "We  prove\n a small gain here.").parts == (
        Change("same", ("We",)),
        Change("gone", ("show",)),
        Change("new", ("prove", "\n")),
        Change("same", ("a", "small")),
        Change("gone", ("gain.",)),
        Change("new", ("gain", "here.")),
    )
    assert changes("the same", " the\tsame ").none
    assert changes("", "all new").parts == (Change("new", ("all", "new")),)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("a " * 50_000, "b " * 50_000),
        ("a b " * 25_000, "b a " * 25_000),
        (" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 0, -1)))),
    ],
)
def test_what_is_too_long_is_not_compared_by_words(earlier: str, later: str) -> None:
    found = changes(earlier, later)
    assert found.coarse
    assert len(found.parts) <= 4
    assert only(earlier, later, "same", "new") == words_of(later)


def test_a_small_change_in_a_long_text_is_found() -> None:
    text = " ".join(map(str, range(50_000)))
    found = changes(text, text.replace(" 777 ", " seven "))
    assert not found.coarse
    assert [part for part in found.parts if part.kind != "same"] == [
        Change("gone", ("777",)),
        Change("new", ("seven",)),
    ]


def test_texts_of_as_many_words_as_are_compared() -> None:
    one, other = "a b c " * (MOST_WORDS // 3), "c b a " * (MOST_WORDS // 3)
    assert not changes(one, other).coarse
