from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query import parse
from paperstui.query.completion import ValueRequest, complete, quoted, term
from paperstui.query.fields import FIELDS
from paperstui.query.tree import Text
from tests.query.queries import arbitrary, sensible


def texts(text: str, cursor: int | None = None) -> list[str]:
    return [candidate.text for candidate in complete(text, len(text) if cursor is None else cursor).candidates]


def test_an_empty_query_offers_every_field() -> None:
    assert texts("") == [f"{field.name}:" for field in FIELDS]
    assert texts("diffusion ") == texts("")
    assert texts("(") == texts("")
    assert texts("-") == texts("")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("upv", ["upvotes:"]),
        ("UPV", ["upvotes:"]),
        ("au", ["author:", "authors:"]),
        ("votes", ["upvotes:"]),
        ("a (ti", ["title:"]),
        ("-ti", ["title:"]),
        ("zzz", []),
        ("is:un", ["is:unread"]),
        ("-is:un", ["is:unread"]),
        ("is:-un", ["is:unread"]),
        ("has:", ["has:code", "has:notes", "has:tags", "has:summary", "has:project", "has:comments"]),
        ("sort:up", ["sort:upvotes"]),
        ("sort:-up", ["sort:-upvotes"]),
        ("feed:tr", ["feed:trending"]),
        ("listed:tod", ["listed:today"]),
        ("listed:last-w", ["listed:last-week"]),
        ("upvotes:", ["upvotes:>50", "upvotes:>=10", "upvotes:<5", "upvotes:5..10"]),
        ("title:a", []),
        ("/reg", []),
        ('"quoted ti', []),
    ],
)
def test_candidates(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("author:da", ValueRequest("author", "da", 0, 9)),
        ("x au:da", ValueRequest("author", "da", 2, 7)),
        ('author:"Tri D', ValueRequest("author", "Tri D", 0, 13)),
        ("author: da", ValueRequest("author", "da", 0, 10)),
        ("org:", ValueRequest("org", "", 0, 4)),
        ("-tag:th", ValueRequest("tag", "th", 1, 7)),
        ("tag:-th", ValueRequest("tag", "th", 0, 7)),
        ("cat:cs.", ValueRequest("cat", "cs.", 0, 7)),
    ],
)
def test_values_of_the_library_are_asked_for(text: str, request_: ValueRequest) -> None:
    found = complete(text, len(text))
    assert found.request == request_
    assert found.candidates == ()


def test_only_what_is_before_the_cursor_counts() -> None:
    assert texts("upv is:read", 3) == ["upvotes:"]
    assert texts("is:unread", 5) == ["is:unread"]


def test_a_candidate_stands_for_what_was_typed() -> None:
    text = "diffusion is:un"
    (candidate,) = complete(text, len(text)).candidates
    assert text[: candidate.start] + candidate.text + text[candidate.end :] == "diffusion is:unread"
    assert candidate.kind == "value"
    assert candidate.help == "not read yet"


def test_a_value_of_the_library_becomes_a_candidate() -> None:
    request = complete("x author:tri", 12).request
    assert request is not None
    candidate = request.candidate("Tri Dao", "12 papers")
    assert (candidate.text, candidate.start, candidate.end) == ('author:"Tri Dao"', 2, 12)
    assert candidate.help == "12 papers"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("thesis", "thesis"),
        ("Tri Dao", '"Tri Dao"'),
        ("a(b", '"a(b"'),
        ("-x", '"-x"'),
        ('say "so"', '"say so"'),
        ("", '""'),
    ],
)
def test_values_are_quoted_where_they_must_be(value: str, expected: str) -> None:
    assert quoted(value) == expected


@given(st.text(alphabet="ab -()|*:/'.“\t", min_size=1, max_size=10))
def test_a_quoted_value_means_itself(value: str) -> None:
    wanted = " ".join(value.replace("“", "").split())
    tree = parse(term("tag", value)).tree
    if wanted and wanted != "*":
        assert isinstance(tree, Text)
        assert (tree.words, tree.field, tree.prefix) == (wanted, "tag", False)


@given(st.one_of(arbitrary, sensible), st.integers(-2, 70))
def test_completion_never_raises_and_stays_in_the_text(text: str, cursor: int) -> None:
    found = complete(text, cursor)
    for candidate in found.candidates:
        assert 0 <= candidate.start <= candidate.end <= len(text)
    if found.request is not None:
        assert 0 <= found.request.start <= found.request.end <= len(text)


@pytest.mark.parametrize("field", [field.name for field in FIELDS])
def test_everything_that_is_offered_is_understood(field: str) -> None:
    for candidate in complete(f"{field}:", len(field) + 1).candidates:
        assert parse(candidate.text).ok
        assert parse(candidate.text) != parse("")
