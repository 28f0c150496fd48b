"""What of a query says nothing, and is told when the query is finished."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query import parse
from paperstui.query.tree import Everything
from paperstui.text.clean import clean_line
from tests.query.nasty import NASTY
from tests.query.queries import arbitrary, sensible

LEFT_OUT = [
    ("OR OR", ["“OR” was left out: it needs a word on both sides"] * 2, ["OR", "OR"]),
    ("agent OR", ["“OR” was left out: it needs a word on both sides"], ["OR"]),
    ("| a", ["“|” was left out: it needs a word on both sides"], ["|"]),
    ("(a OR ) b", ["“OR” was left out: it needs a word on both sides"], ["OR"]),
    ("AND a", ["“AND” was left out: it needs a word on both sides"], ["AND"]),
    ("a AND AND b", ["“AND” was left out: it needs a word on both sides"] * 2, ["AND", "AND"]),
    ("a NOT", ["“NOT” has nothing behind it to leave out"], ["NOT"]),
    ("()", ["the parentheses hold nothing"], ["()"]),
    ("a ((", ["the parentheses hold nothing"], ["("]),
    ("a) b", ["this “)” closes nothing and was left out"], [")"]),
    ("-", ["a “-” by itself leaves nothing out: write it right before a word"], ["-"]),
    ("a - b", ["a “-” by itself leaves nothing out: write it right before a word"], ["-"]),
    ('"', ["the quotes hold nothing"], ['"']),
    ('a ""', ["the quotes hold nothing"], ['""']),
    ("//", ["the expression holds nothing"], ["//"]),
    ("id:", ["“id:” has no value and was left out"], ["id:"]),
    ("upvotes: a", ["“upvotes:” has no value and was left out"], ["upvotes:"]),
    ('tag:""', ["“tag:” has no value and was left out"], ['""']),
    ("/unterminated", ["no / ends the expression: it goes on to the end of the query"], ["/unterminated"]),
    ('a "b is:read', ['no " ends the quote: it goes on to the end of the query'], ['"b is:read']),
    ("upvotes:>-5", ["upvotes: is never below 0, as “>-5” has it"], [">-5"]),
    ("comments:<0", ["comments: is never below 0, as “<0” has it"], ["<0"]),
    ("&", ["there is nothing in it to look for"], ["&"]),
    ("a OR () -", ["the parentheses hold nothing", "a “-” by itself leaves nothing out: write it right before a word"],
     ["()", "-"]),
]  # fmt: skip

WHOLE = [
    "",
    " ",
    "a & b",
    "R&D",
    "sort:upvotes",
    "(sort:upvotes)",
    "-a",
    "(a",
    "a OR sort:title",
    "upvotes:>-1",
    "*a",
    "a*",
]


@pytest.mark.parametrize(("text", "messages", "places"), LEFT_OUT)
def test_what_says_nothing_is_named_with_its_place(text: str, messages: list[str], places: list[str]) -> None:
    query = parse(text)
    assert [note.message for note in query.notes] == messages
    assert [text[note.start : note.end] for note in query.notes] == places
    assert query.ok


@pytest.mark.parametrize("text", WHOLE)
def test_what_says_something_is_not(text: str) -> None:
    assert parse(text).notes == ()


@pytest.mark.parametrize("text", [text for text, *_ in LEFT_OUT])
def test_nothing_is_said_while_it_is_typed(text: str) -> None:
    assert parse(text, typing=True).notes == ()


def test_they_are_one_line() -> None:
    assert parse("a").remark == ""
    assert parse("()").remark == "the parentheses hold nothing"
    assert parse("() - OR").remark == "the parentheses hold nothing (and 2 more)"


@given(text=st.one_of(sensible, arbitrary, st.sampled_from(NASTY)))
def test_whatever_is_typed_means_something_or_says_that_it_does_not(text: str) -> None:
    query = parse(text)
    if isinstance(query.tree, Everything) and text.strip():
        assert query.notes or query.problems or query.sort
    places = [(note.start, note.end) for note in query.notes]
    assert places == sorted(places, key=lambda place: place[0])
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert query.remark == clean_line(query.remark)
