from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query import parse
from paperstui.query.categories import NAMES
from paperstui.query.completion import ValueRequest, complete, meant, quoted, taken, term, whole
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
        ("upvotes:", ["upvotes:>50", "upvotes:>=10", "upvotes:<5", "upvotes:5..10", "upvotes:+5"]),
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
        ("year:", ValueRequest("year", "", 0, 5)),
    ],
)
def test_values_of_the_library_are_asked_for(text: str, request_: ValueRequest) -> None:
    found = complete(text, len(text))
    assert found.request == request_
    assert found.candidates == ()


def test_only_what_is_before_the_cursor_counts() -> None:
    assert texts("upv is:read", 3) == ["upvotes:"]
    assert texts("is:unread", 5) == ["is:unread"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("up|votes", 7),
        ("up|votes is:read", 7),
        ("up|votes:>5", 8),
        ("is:un|read", 9),
        ("is:|unread", 9),
        ("is:| unread", 3),
        ("is:un| read", 5),
        ("(is:un|read)", 10),
        ("ti|", 2),
        ("x -ti|tel:x", 9),
    ],
)
def test_in_the_middle_of_a_word_all_of_it_is_replaced(text: str, end: int) -> None:
    cursor = text.index("|")
    candidates = complete(text.replace("|", ""), cursor).candidates
    assert candidates
    assert {one.end for one in candidates} == {end}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('author:"Tri| Dao" x', 16),
        ('author:"Tri| Dao x', 11),
        ("author:|tri x", 10),
        ('author:|"Tri Dao" x', 16),
        ("author:tri| x", 10),
        ("cat:c|s.CL", 9),
    ],
)
def test_in_the_middle_of_a_value_all_of_it_is_replaced(text: str, end: int) -> None:
    cursor = text.index("|")
    request = complete(text.replace("|", ""), cursor).request
    assert request is not None
    assert (request.start, request.end) == (0, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("upv|", "upvotes:|"),
        ("a upv| b", "a upvotes:| b"),
        ("is:un|", "is:unread |"),
        ("is:un| b", "is:unread |b"),
        ("(is:un|)", "(is:unread|)"),
        ("is:un|read OR b", "is:unread |OR b"),
        ("-is:un|", "-is:unread |"),
        ("sort:-up|", "sort:-upvotes |"),
    ],
)
def test_what_is_taken_is_put_right(text: str, expected: str) -> None:
    cursor = text.index("|")
    plain = text.replace("|", "")
    written, after = taken(plain, complete(plain, cursor).candidates[0])
    assert f"{written[:after]}|{written[after:]}" == expected


def test_a_taken_value_closes_its_quote() -> None:
    request = complete('author:"Tri D is:read', 13).request
    assert request is not None
    assert taken('author:"Tri D is:read', request.candidate("Tri Dao")) == ('author:"Tri Dao" is:read', 17)


def test_what_stands_there_already() -> None:
    (candidate,) = complete("is:unread", 9).candidates
    assert whole("is:unread", 9, candidate)
    assert not whole("is:unread", 5, complete("is:unread", 5).candidates[0])
    assert not whole("is:unr", 6, complete("is:unr", 6).candidates[0])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("titel:x", "title:x"),
        ("a titel:x b", "a title:x b"),
        ('a -autor:"Tri Dao"', 'a -author:"Tri Dao"'),
        ("is:starrd", "is:starred"),
        ("(is:unraed OR b)", "(is:unread OR b)"),
        ("sort:-upvoted", "sort:-upvotes"),
        ("feed:trendin is:read", "feed:trending is:read"),
        ("authors:dao", "author:dao"),
    ],
)
def test_what_was_probably_meant(text: str, right: str) -> None:
    query = parse(text)
    candidate = meant(query)
    assert candidate is not None
    assert candidate.kind == "meant"
    fixed = text[: candidate.start] + candidate.text + text[candidate.end :]
    assert fixed == right
    assert parse(fixed).ok


@pytest.mark.parametrize("text", ["zzzzz:x", "is:zzz", "upvotes:many", "listed:soon", "a b", "/(/"])
def test_nothing_else_was_probably_meant(text: str) -> None:
    assert meant(parse(text)) is None


@given(st.one_of(arbitrary, sensible))
def test_a_fix_stands_within_the_text(text: str) -> None:
    candidate = meant(parse(text))
    if candidate is not None:
        assert 0 <= candidate.start <= candidate.end <= len(text)
        assert text[candidate.start : candidate.end] != candidate.text


@given(st.one_of(arbitrary, sensible), st.integers(0, 60))
def test_what_is_taken_is_in_the_text_and_the_rest_stays(text: str, cursor: int) -> None:
    for candidate in complete(text, cursor).candidates[:3]:
        written, after = taken(text, candidate)
        assert written.startswith(text[: candidate.start] + candidate.text)
        assert written.endswith(text[candidate.end :])
        assert candidate.start + len(candidate.text) <= after <= len(written)


def test_categories_have_names() -> None:
    assert NAMES["cs.CL"] == "Computation and Language"
    assert NAMES["hep-th"] == "High Energy Physics: Theory"
    assert all(parse(f"cat:{name}").ok for name in NAMES)


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
