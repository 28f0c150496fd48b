from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.models import Stretch
from paperstui.text.stretches import places, stretches
from tests.draw.samples import TEXT

PIECES = st.lists(st.tuples(TEXT, st.booleans()), max_size=8)


def marked(text: str, *pieces: tuple[str, bool]) -> list[str]:
    return [text[start:end] for start, end in places(text, stretches(pieces))]


def test_the_marked_place_is_found_among_others_that_read_the_same() -> None:
    pieces = ("models and ", False), ("models", True), (" of models", False)
    text = "models and models of models"
    assert places(text, stretches(pieces)) == [(11, 17)]


def test_white_space_quotes_and_mathematics_around_it_do_not_matter() -> None:
    pieces = ("The  $x$-\n", False), ("flow", True), (" “matching”", False)
    assert places('The x- flow "matching"', stretches(pieces)) == [(7, 11)]


def test_what_is_there_only_once_is_it() -> None:
    assert marked("Quite another text about flow and more", ("of the ", False), ("flow", True)) == ["flow"]
    assert marked("flow, flow", ("of the ", False), ("flow", True), (" here", False)) == []
    assert marked("nothing of it", ("flow", True)) == []


def test_a_paragraph_knows_only_what_is_in_it() -> None:
    pieces = ("First line about data.\nSecond ", False), ("data", True), (" line", False)
    assert marked("Second data line", *pieces) == ["data"]


def test_empty_and_endless_pieces_mark_nothing() -> None:
    assert stretches([("", True), ("  \n", True), ("a" * 500, True), ("a", False)]) == ()
    assert len(stretches([("a", True)] * 1000)) == 50


@given(PIECES)
def test_places_are_in_order_and_hold_what_was_marked(pieces: list[tuple[str, bool]]) -> None:
    found = stretches(pieces)
    text = "".join(text for text, _ in pieces)
    at = 0
    for start, end in places(text, found):
        assert at <= start < end <= len(text)
        assert text[start:end] in {one.text for one in found}
        at = end


@pytest.mark.parametrize("piece", ["a", "aaaa"])
def test_a_text_that_is_all_one_letter_ends(piece: str) -> None:
    assert places("a" * 100_000, [Stretch("", piece, "")] * 50)
