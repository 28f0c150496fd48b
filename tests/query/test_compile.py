from __future__ import annotations

import sqlite3
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query import Compiled, compile_query, parse
from paperstui.query.tree import Sort
from paperstui.query.views import ALL, QUEUE, STARRED, TODAY, TRENDING, UNREAD, WEEK, View
from tests.query import papers
from tests.query.papers import Paper, database, invented
from tests.query.reference import found


@cache
def library() -> tuple[list[Paper], sqlite3.Connection]:
    some = invented(80)
    return some, database(some)


def compiled(text: str, view: View = ALL, *, ranked: bool = False, period: str | None = None) -> Compiled:
    return compile_query(parse(text, limit=20_000), today=papers.TODAY, base=view, period=period, ranked=ranked)


def ids(query: Compiled) -> list[int]:
    return [row[0] for row in library()[1].execute(query.sql, query.params)]


def plan(query: Compiled) -> str:
    rows = library()[1].execute(f"EXPLAIN QUERY PLAN {query.sql} LIMIT 60", query.params)
    return "\n".join(row[3] for row in rows)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("a", '"a"'),
        ("a b", '("a" AND "b")'),
        ("a -b", '("a" NOT "b")'),
        ("a -b -c", '("a" NOT ("b" OR "c"))'),
        ("a (b OR c)", '(("b" OR "c") AND "a")'),
        ("title:a author:b*", '({title} : "a" AND {authors} : "b"*)'),
        ("a is:unread b", '("a" AND "b")'),
        ('"a b" is:unread -c', '("a b" NOT "c")'),
        ("GPT-4*", '"GPT-4"*'),
        ("c++*", '"c++"'),
        ("NEAR OR {x} ^y", '(("{x}" AND "^y") OR "NEAR")'),
    ],
)
def test_words_are_one_look_into_the_index(text: str, match: str) -> None:
    params = [value for value in compiled(text).params if isinstance(value, str)]
    assert params == [match]


def test_words_among_other_conditions_are_looked_up_by_themselves() -> None:
    query = compiled("a OR is:read OR b")
    assert query.params == ('("a" OR "b")',)
    assert query.sql.count("MATCH") == 1


@pytest.mark.parametrize("text", ["a", "a is:unread", "a OR is:read", "-a"])
def test_it_says_whether_words_are_looked_for(text: str) -> None:
    assert compiled(text).uses_text
    assert not compiled(text).uses_regex


@pytest.mark.parametrize("text", ["", "is:read", "tag:a", "upvotes:>5", "++", "2506.01234"])
def test_it_says_that_no_words_are_looked_for(text: str) -> None:
    assert not compiled(text).uses_text


def test_it_says_whether_an_expression_is_used() -> None:
    assert compiled("a OR -/b/").uses_regex


def test_hidden_papers_appear_only_when_they_are_asked_for() -> None:
    some = library()[0]
    hidden = {paper["rowid"] for paper in some if paper["hidden"]}
    assert hidden
    assert not hidden & set(ids(compiled("")))
    assert set(ids(compiled("is:hidden"))) == hidden
    assert set(ids(compiled("is:hidden OR is:read"))) >= hidden
    assert not hidden & set(ids(compiled("-is:hidden")))
    assert not any(set(ids(compiled("", view))) & hidden for view in (TODAY, QUEUE, STARRED, UNREAD))


def test_a_view_of_a_feed_has_the_order_of_the_feed_and_one_issue() -> None:
    some = library()[0]
    for period in ("2026-06-04", "2026-06-03", "1999-01-01"):
        assert ids(compiled("", TODAY, period=period)) == found(parse(""), some, papers.TODAY, TODAY, period)
    assert ids(compiled("", TODAY)) == ids(compiled("", TODAY, period="2026-06-04"))
    assert len(ids(compiled("", TODAY, period="2026-06-03"))) > 1
    assert ids(compiled("", WEEK, period="2026-W23"))
    assert ids(compiled("", TODAY, period="1999-01-01")) == []


def test_categories_together_show_each_paper_once_where_it_stands_best() -> None:
    connection = library()[1]
    some = [row[0] for row in connection.execute("SELECT rowid FROM papers WHERE hidden = 0 LIMIT 4")]
    both = View(name="x", title="X", feed="arxiv:cs.RO+cs.SD", period=True)
    listed = [
        ("arxiv:cs.RO", "2026-06-09", some[0], 3),
        ("arxiv:cs.SD", "2026-06-09", some[0], 1),
        ("arxiv:cs.RO", "2026-06-09", some[1], 2),
        ("arxiv:cs.SD", "2026-06-10", some[2], 1),
        ("arxiv:cs.NE", "2026-06-11", some[3], 1),
    ]
    connection.execute("SAVEPOINT some")
    try:
        connection.executemany(
            "INSERT INTO listings(feed, period, paper, rank, first_seen, last_seen) VALUES(?, ?, ?, ?, 0, 0)", listed
        )
        assert ids(compiled("", both, period="2026-06-09")) == [some[0], some[1]]
        counted = compiled("", both, period="2026-06-09")
        assert connection.execute(counted.count_sql, counted.count_params).fetchone()[0] == 2
        assert ids(compiled("", both)) == [some[2]], "the newest issue of any of them"
        assert sorted(ids(compiled("feed:arxiv:cs.RO+cs.sd"))) == sorted(some[:3])
        assert ids(compiled("sort:title", both, period="2026-06-09")) in ([some[0], some[1]], [some[1], some[0]])
    finally:
        connection.execute("ROLLBACK TO some")


def test_a_sort_of_the_query_comes_before_the_order_of_the_view() -> None:
    assert compiled("sort:title", TODAY).order.startswith("substr(coalesce(p.title_plain")
    assert compiled("", TODAY).order.startswith("l.rank")
    assert compiled("", QUEUE).order.startswith("p.queued ASC")
    assert compiled("sort:-upvotes sort:title").order == (
        "p.upvotes ASC NULLS LAST, substr(coalesce(p.title_plain, p.title), 1, 12) COLLATE NOCASE ASC NULLS LAST, "
        "coalesce(p.title_plain, p.title) COLLATE NOCASE ASC NULLS LAST, p.rowid DESC"
    )


def test_relevance_needs_words() -> None:
    for text in ("", "is:read", "-diffusion", "tag:a"):
        assert compiled(f"{text} sort:relevance") == compiled(text)
        assert compiled(text, ranked=True) == compiled(text)
        assert not compiled(text, ranked=True).ranked
    assert compiled("sort:relevance sort:title") == compiled("sort:title")


def test_a_view_may_be_sorted_by_relevance_or_by_nothing() -> None:
    by_match = View(name="x", title="X", sort=(Sort("relevance"),))
    assert compiled("diffusion", by_match).ranked
    assert compiled("", by_match).order == compiled("").order
    assert compiled("", View(name="x", title="X", sort=())).order == compiled("").order


def test_ranking_is_for_queries_without_a_sort() -> None:
    assert compiled("diffusion", ranked=True).ranked
    assert compiled("diffusion sort:relevance").ranked
    assert not compiled("diffusion sort:title", ranked=True).ranked
    assert not compiled("diffusion").ranked


def test_a_match_in_the_title_is_better_than_one_in_the_abstract() -> None:
    paper = {**invented(1)[0], "hidden": 0, "title_plain": None, "abstract_plain": None, "keywords": [], "listings": {}}
    titles = ["plain words", "zebra words", "plain words"]
    abstracts = ["a zebra here", "plain text", "no animal at all"]
    some = [
        {**paper, "rowid": number, "id": f"2601.0000{number}", "title": title, "abstract": abstract}
        for number, (title, abstract) in enumerate(zip(titles, abstracts, strict=True), 1)
    ]
    connection = database(some)
    for text in ("zebra", "zebra OR is:starred"):
        query = compile_query(parse(text), today=papers.TODAY, ranked=True)
        best = [row[0] for row in connection.execute(query.sql, query.params)][:2]
        assert best == [2, 1]


@pytest.mark.parametrize("view", [ALL, UNREAD])
@pytest.mark.parametrize(
    "text",
    ["", "diffusion", "diffusion model*", "upvotes:>1", "cat:cs", "feed:daily", "a sort:-published", "sort:-seen"],
)
def test_the_first_rows_of_a_view_are_not_sorted(view: View, text: str) -> None:
    lines = plan(compiled(text, view)).splitlines()
    # The database may sort within one day, never all papers.
    assert "USE TEMP B-TREE FOR ORDER BY" not in lines
    assert any(line.startswith(("SCAN p USING", "SEARCH p USING")) for line in lines)


@pytest.mark.parametrize("text", ["tag:thesis", "note:a", "2506.01234", "is:starred", "is:queued", "feed:trending a"])
def test_few_papers_are_not_looked_for_among_all(text: str) -> None:
    assert "SCAN p" not in plan(compiled(text)).replace("SCAN papers", "").splitlines()


def test_the_issue_of_a_feed_is_where_a_search_begins() -> None:
    first = plan(compiled("diffusion", TRENDING)).splitlines()[0]
    assert first.startswith("SEARCH l USING PRIMARY KEY (feed=? AND period=?)")


def test_a_paper_is_found_under_an_id_it_had_before() -> None:
    connection = database(invented(5))
    connection.execute("INSERT INTO aliases(alias, paper) VALUES('title:0123456789abcdef', 3)")
    query = compile_query(parse("title:0123456789abcdef OR is:hidden"), today=papers.TODAY)
    assert 3 in [row[0] for row in connection.execute(query.sql, query.params)]


SHAPES = [
    "(a OR ({}))",
    "(({}) OR b)",
    "-(a {})",
    "-(is:read {})",
    "(a -({}))",
    "(({}) | is:read)",
    "(is:read ({}) -b)",
    "(is:unread OR upvotes:>5 OR ({}))",
    "(a OR (is:read {}) OR -({}))",
    "title:(the OR ({}))",
]


def deep(shapes: list[str]) -> None:
    text = "of"
    for shape in shapes:
        text = shape.replace("{}", text, 1).replace("{}", "is:starred")
    query = parse(text, limit=20_000)
    for ranked in (False, True):
        result = compile_query(query, today=papers.TODAY, ranked=ranked)
        count: int = library()[1].execute(result.count_sql, result.count_params).fetchone()[0]
        assert sorted(ids(result)) == sorted(found(query, library()[0], papers.TODAY))
        assert count == len(ids(result))


@pytest.mark.parametrize("first", SHAPES)
@pytest.mark.parametrize("second", SHAPES)
def test_the_deepest_queries_do_not_overflow_a_parser(first: str, second: str) -> None:
    deep([first, second] * 20)


@given(st.lists(st.sampled_from(SHAPES), max_size=20))
def test_deep_queries_find_what_they_should(shapes: list[str]) -> None:
    deep(shapes)


@pytest.mark.parametrize("sort", ["comments", "stars", "author", "momentum"])
def test_the_foremost_papers_are_those_that_all_begin_with(sort: str) -> None:
    for text in (f"sort:{sort}", f"is:unread sort:{sort} sort:title", f"-is:read upvotes:>3 sort:{sort}"):
        query = compiled(text)
        assert query.foremost is not None
        found = [row[0] for row in library()[1].execute(query.foremost.sql, query.foremost.params)]
        assert found == ids(query)[: len(found)]
        assert found


@pytest.mark.parametrize(
    "text",
    [
        "sort:-comments",
        "sort:title",
        "is:starred sort:stars",
        "is:hidden sort:stars",
        "a sort:author",
        "tag:a sort:stars",
    ],
)
def test_where_the_foremost_papers_are_of_no_use(text: str) -> None:
    assert compiled(text).foremost is None
    assert compiled("sort:stars", TODAY).foremost is None
