"""How else a query may be read that finds nothing while it is typed."""

from __future__ import annotations

import pytest

from paperstui.query import parse
from paperstui.query.readings import LONGER_WORDS, readings
from paperstui.query.tree import Not, Text, all_of

QUANTI, DIFF = Text("quanti", prefix=True), Text("diff", prefix=True)


def trees(text: str, *, finished: bool = False) -> list[object]:
    return [query.tree for query, _ in readings(text, finished=finished)]


def test_words_that_are_not_whole_yet() -> None:
    assert trees("quanti diff") == [all_of([QUANTI, DIFF])]
    assert trees("quanti ") == [QUANTI]
    assert trees("quanti ", finished=True) == [QUANTI]
    assert [remark for _, remark in readings("quanti ")] == [LONGER_WORDS]
    assert trees("(quanti OR title:x) diff is:read")[0] == parse("(quanti* OR title:x*) diff* is:read").tree


@pytest.mark.parametrize(
    "text", ["", "diff", "diff*", '"quanti diff"', "is:unread", "2506.01234", "/x/", "++", "is:nothing x y"]
)
def test_what_cannot_be_read_otherwise(text: str) -> None:
    assert trees(text) == []


def test_what_is_left_out_or_quoted_stays_as_it_is() -> None:
    assert trees('quanti -survey "a b" ') == [all_of([QUANTI, Not(Text("survey")), Text("a b", quoted=True)])]


@pytest.mark.parametrize("text", ["auth", "au", "upv", "organiz", "author"])
def test_the_beginning_of_a_field_asks_for_nothing_yet(text: str) -> None:
    assert trees(f"quant* {text}") == [parse("quant*").tree]
    assert trees(text) == [parse("").tree]
    assert trees(f"quant* {text}", finished=True) == []


@pytest.mark.parametrize("text", ["a", "authx", "Auth", "title:au", "auth*", '"auth', "auth "])
def test_what_is_no_beginning_of_a_field(text: str) -> None:
    assert parse("").tree not in trees(text)


def test_half_a_word_before_the_beginning_of_a_field() -> None:
    assert trees("quanti auth") == [
        all_of([QUANTI, Text("auth", prefix=True)]),
        Text("quanti"),
        QUANTI,
    ]


def test_the_order_stays() -> None:
    [(query, _)] = readings("sort:title quanti ")
    assert query.sort == parse("sort:title").sort
