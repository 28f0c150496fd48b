from __future__ import annotations

import pytest

from paperstui.query import parse
from paperstui.query.parser import DEEPEST_GROUP
from paperstui.query.terms import MOST_TERMS
from paperstui.query.tree import (
    And,
    Compare,
    DateRange,
    Edge,
    Everything,
    Flag,
    Has,
    Node,
    Not,
    Or,
    PaperId,
    Regex,
    Sort,
    Text,
)


def word(words: str, field: str = "", *, prefix: bool = False) -> Text:
    return Text(words, field, prefix)


def phrase(words: str, field: str = "", *, prefix: bool = False) -> Text:
    return Text(words, field, prefix, quoted=True)


A, B, C = word("a"), word("b"), word("c")

TREES: list[tuple[str, Node]] = [
    ("", Everything()),
    ("diffusion", word("diffusion")),
    ("a b", And((A, B))),
    ("a AND b", And((A, B))),
    ("a OR b c", Or((A, And((B, C))))),
    ("a | b", Or((A, B))),
    ("a|b", Or((A, B))),
    ("(a OR b) c", And((Or((A, B)), C))),
    ("a (b c)", And((A, B, C))),
    ("-a", Not(A)),
    ("NOT a", Not(A)),
    ("a AND NOT b", And((A, Not(B)))),
    ("--a", A),
    ("-(a OR b)", Not(Or((A, B)))),
    ('-"a b"', Not(phrase("a b"))),
    ("-title:a", Not(word("a", "title"))),
    ("title:-a", Not(word("a", "title"))),
    ("-is:read", Not(Flag("read"))),
    ("or and not", And((word("or"), word("and"), word("not")))),
    ('"flow matching"', phrase("flow matching")),
    ("“flow matching”", phrase("flow matching")),
    ('"flow mat"*', phrase("flow mat", prefix=True)),
    ("quant*", word("quant", prefix=True)),
    ("title:transformer", word("transformer", "title")),
    ("Title:transformer", word("transformer", "title")),
    ('author:"Tri Dao"', phrase("Tri Dao", "author")),
    ("au:dao", word("dao", "author")),
    ("title:(a OR b)", Or((word("a", "title"), word("b", "title")))),
    ("title:(a -author:b)", And((word("a", "title"), Not(word("b", "author"))))),
    ("is:(unread OR starred)", Or((Flag("unread"), Flag("starred")))),
    ("upvotes:(<3 OR >50)", Or((Compare("upvotes", high=2), Compare("upvotes", low=51)))),
    ("org:bytedance", word("bytedance", "org")),
    ("cat:cs.CL", word("cs.CL", "cat")),
    ("cat:cs.*", word("cs.", "cat", prefix=True)),
    ("tag:thesis", word("thesis", "tag")),
    ("tag:*", Has("tags")),
    ("note:*", Has("notes")),
    ("note:proof", word("proof", "note")),
    ("submitter:akhaliq", word("akhaliq", "submitter")),
    ("is:queued", Flag("queued")),
    ("has:code", Has("code")),
    ("feed:trending", word("trending", "feed")),
    ("feed:arxiv:cs.CL", word("arxiv:cs.CL", "feed")),
    ("feed:arxiv", word("arxiv:", "feed")),
    ("authors:1", Compare("authors", 1, 1)),
    ("year:2025", Compare("year", 2025, 2025)),
    ("listed:7d", DateRange("listed", Edge("7d"))),
    ("seen:today", DateRange("seen", Edge("today"), Edge("today", end=True))),
    ("/a+b/", Regex("a+b")),
    ("-/a+b/", Not(Regex("a+b"))),
    ("/a b/ c", And((Regex("a b"), C))),
    ("/a\\/b/", Regex("a/b")),
    ("/a/b", Regex("a/b")),
    ("2506.01234", PaperId("2506.01234")),
    ("2506.01234v3", PaperId("2506.01234")),
    ("arXiv:2506.01234", PaperId("2506.01234")),
    ("arxiv:2506.01234", PaperId("2506.01234")),
    ("https://arxiv.org/abs/2506.01234", PaperId("2506.01234")),
    ("https://huggingface.co/papers/2506.01234", PaperId("2506.01234")),
    ("hep-th/9901001", PaperId("hep-th/9901001")),
    ("id:2506.01234v2", PaperId("2506.01234")),
    ("id:2506*", PaperId("2506", prefix=True)),
    ("title:0123456789abcdef", PaperId("title:0123456789abcdef")),
    ('"2506.01234"', phrase("2506.01234")),
]

LENIENT: list[tuple[str, Node]] = [
    ('"flow matching', phrase("flow matching")),
    ("(a OR b", Or((A, B))),
    ("((a", A),
    ("a) b", And((A, B))),
    ("a OR", A),
    ("OR a", A),
    ("a OR -", A),
    ("a AND", A),
    ("AND", Everything()),
    ("OR", Everything()),
    ("-", Everything()),
    ("--", Everything()),
    ("((", Everything()),
    ("()", Everything()),
    ('""', Everything()),
    ("*", Everything()),
    ("a - b", And((A, B))),
    ("title:", Everything()),
    ("title:-", Everything()),
    ("upvotes:", Everything()),
    ("title: a", word("a", "title")),
    ("author: dao", word("dao", "author")),
    ("year: 2025", Compare("year", 2025, 2025)),
    ("upvotes: a", A),
    ("is: -a", Not(A)),
    ("title: -author:x", Not(word("x", "author"))),
    ("foo: bar", And((word("foo:"), word("bar")))),
    ("CAT: a b", And((word("CAT:"), A, B))),
    ("http://example.org/a", word("http://example.org/a")),
    ("std::vector", word("std::vector")),
    ("12:30", word("12:30")),
    ("f:x", word("f:x")),
    ("c++", word("c++")),
    ("++", word("++")),
    ("→", word("→")),
    ("&", Everything()),
    ('"&"', phrase("&")),
    ("🤗", word("🤗")),
    ("a\0b", And((A, B))),
    ("a\ud800b", word("a\ufffdb")),
    ("cafe\u0301", word("café")),
    ("O(n)", And((word("O"), word("n")))),
]


@pytest.mark.parametrize(("text", "tree"), TREES + LENIENT)
def test_text_becomes_a_tree(text: str, tree: Node) -> None:
    query = parse(text)
    assert query.tree == tree
    assert query.problems == ()
    assert query.text == text


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("sort:upvotes", [Sort("upvotes")]),
        ("sort:-published a sort:title", [Sort("published", reverse=True), Sort("title")]),
        ("-sort:votes", [Sort("upvotes", reverse=True)]),
        ("-sort:-votes", [Sort("upvotes")]),
        ("(a OR sort:relevance)", [Sort("relevance")]),
        ("ORDER:Momentum", [Sort("momentum")]),
    ],
)
def test_sort_keys_are_gathered_from_everywhere(text: str, sorts: list[Sort]) -> None:
    query = parse(text)
    assert list(query.sort) == sorts
    assert query.ok


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("upvotes:abc", "abc", "takes a number"),
        ("a upvotes:> b", ">", "takes a number"),
        ("authors:dao", "dao", "author:"),
        ("comments:+20", "+20", "upvotes:+5"),
        ("upvotes:++20", "++20", "takes a number"),
        ("upvotes:+-20", "+-20", "takes a number"),
        ("listed:2026-02-30", "2026-02-30", "takes a date"),
        ("listed:soon", "soon", "7d"),
        ("is:unrad", "unrad", "did you mean is:unread?"),
        ("is:zzz", "zzz", "it takes unread, read, starred"),
        ("has:notebook", "notebook", "has:notes"),
        ("sort:upvote", "upvote", "sort:upvotes"),
        ("feed:dayly", "dayly", "feed:daily"),
        ("a autor:x b", "autor:x", "did you mean “author:”?"),
        ('autor:"x y" b', 'autor:"x y"', "author"),
        ("autor:(x OR (y)) b", "autor:(x OR (y))", "author"),
        ("autor:-x", "autor:-x", "author"),
        ("zzzzzz:x", "zzzzzz:x", "quotes"),
        ("b /a**/ c", "/a**/", "nothing before"),
        ("/(?P<n>a)/", "/(?P<n>a)/", "groups are"),
        ("/(/", "/(/", "without its"),
    ],
)
def test_what_makes_no_sense_is_named_and_left_out(text: str, place: str, words: str) -> None:
    query = parse(text)
    assert not query.ok
    (problem,) = query.problems
    assert text[problem.start : problem.end] == place
    assert words in problem.message
    rest = text.replace(place, "")
    assert query.tree == parse(rest).tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("quant", word("quant", prefix=True)),
        ("a quant", And((A, word("quant", prefix=True)))),
        ("quant ", word("quant")),
        ("(quant)", word("quant")),
        ("title:quant", word("quant", "title", prefix=True)),
        ("title:(a OR quant", Or((word("a", "title"), word("quant", "title", prefix=True)))),
        ("tag:the", word("the", "tag", prefix=True)),
        ('"flow mat', phrase("flow mat", prefix=True)),
        ('"flow mat"', phrase("flow mat")),
        ("-quant", Not(word("quant", prefix=True))),
        ("2506.01", PaperId("2506.01", prefix=True)),
        ("2506.01234", PaperId("2506.01234", prefix=True)),
        ("2506", word("2506", prefix=True)),
        ("3.14", word("3.14", prefix=True)),
    ],
)
def test_the_word_being_typed_finds_longer_words(text: str, tree: Node) -> None:
    assert parse(text, typing=True).tree == tree


@pytest.mark.parametrize(
    "text",
    ["is:", "is:unr", "has:c", "sort:", "sort:-up", "feed:tr", "upvotes:>", "upvotes:5.", "upvotes:..", "year:>=",
     "listed:2", "listed:2026-", "listed:2026-0", "listed:2026-06-", "listed:2026-W", "listed:yes", "listed:this-",
     "listed:>", "listed:7", "listed:2026-05.", "listed:2026-05..", "listed:2026-05..20", "listed:..", "seen:last-m"],
)  # fmt: skip
def test_a_value_being_typed_is_no_problem_yet(text: str) -> None:
    assert parse(text, typing=True).ok
    assert parse(f"{text} ", typing=True).ok is parse(text).ok


def test_unfinished_values_that_are_left_behind_are_problems() -> None:
    assert not parse("is:unr x", typing=True).ok
    assert not parse("listed:2026-13", typing=True).ok


def test_long_queries_are_cut_and_reported() -> None:
    text = "a" * 501
    query = parse(text)
    assert [(problem.start, problem.end) for problem in query.problems] == [(500, 501)]
    assert query.tree == word("a" * 500)
    assert parse(text, limit=1000).ok
    assert not parse("a" * 30_000, limit=10**9).ok


def test_too_many_terms_are_reported_once() -> None:
    assert parse(" ".join(["a"] * MOST_TERMS)).ok
    query = parse(" ".join(["a"] * (MOST_TERMS + 9)))
    assert [problem.start for problem in query.problems] == [2 * MOST_TERMS]
    assert query.tree == parse(" ".join(["a"] * MOST_TERMS)).tree


def test_groups_nested_too_deeply_are_reported_once() -> None:
    assert parse("(" * DEEPEST_GROUP + "a").ok
    query = parse("(" * (DEEPEST_GROUP + 5) + "a" + ")" * 60 + " b")
    assert [problem.start for problem in query.problems] == [DEEPEST_GROUP]
    assert query.tree == And((A, B))


def test_a_query_without_words_or_sort_is_empty() -> None:
    assert parse(" ").empty
    assert not parse("sort:title").empty
    assert not parse("a").empty
