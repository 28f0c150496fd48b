from __future__ import annotations

import sqlite3
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.query import VIEWS, Compiled, Query, View, compile_query, parse
from paperstui.query.highlight import highlights
from paperstui.text.clean import clean_line
from tests.query.papers import TODAY, Paper, database, invented
from tests.query.queries import HOW_MANY, NASTY, arbitrary, sensible
from tests.query.reference import found

PAPERS = 240


@cache
def library() -> tuple[list[Paper], sqlite3.Connection]:
    papers = invented(PAPERS)
    return papers, database(papers)


def run(compiled: Compiled) -> tuple[list[int], int]:
    connection = library()[1]
    rowids = [row[0] for row in connection.execute(compiled.sql, compiled.params)]
    count: int = connection.execute(compiled.count_sql, compiled.count_params).fetchone()[0]
    return rowids, count


def scanned(compiled: Compiled) -> list[int] | None:
    if compiled.scan is None:
        return None
    wanted = compiled.scan.matcher()
    rows = library()[1].execute(compiled.scan.sql, compiled.scan.params)
    return [rowid for rowid, *texts in rows if wanted(texts)]


def by_relevance(query: Query) -> bool:
    return any(sort.key == "relevance" for sort in query.sort)


@settings(max_examples=HOW_MANY or 1000, deadline=None)
@given(text=sensible, typing=st.booleans(), view=st.sampled_from(VIEWS))
def test_sql_finds_what_the_reference_finds(text: str, typing: bool, view: View) -> None:
    papers = library()[0]
    query = parse(text, typing=typing)
    compiled = compile_query(query, today=TODAY, base=view)
    rowids, count = run(compiled)
    expected = found(query, papers, TODAY, view)
    assert sorted(rowids) == sorted(expected)
    assert count == len(expected)
    if not by_relevance(query):
        assert rowids == expected
    assert scanned(compiled) in (None, expected)


@settings(max_examples=HOW_MANY or 200, deadline=None)
@given(text=sensible)
def test_ranking_changes_the_order_alone(text: str) -> None:
    query = parse(text)
    plain = compile_query(query, today=TODAY)
    ranked = compile_query(query, today=TODAY, ranked=True)
    assert sorted(run(plain)[0]) == sorted(run(ranked)[0])
    assert run(plain)[1] == run(ranked)[1]


@settings(max_examples=HOW_MANY or 1000, deadline=None)
@given(text=arbitrary, typing=st.booleans(), ranked=st.booleans())
def test_nothing_typed_raises_anywhere(text: str, typing: bool, ranked: bool) -> None:
    check(text, typing=typing, ranked=ranked)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("typing", [False, True])
def test_nothing_nasty_raises_anywhere(text: str, typing: bool) -> None:
    check(text, typing=typing, ranked=True)
    check(f"diffusion {text}", typing=typing, ranked=False)
    check(f"title:({text}", typing=typing, ranked=False)


def check(text: str, *, typing: bool, ranked: bool) -> None:
    query = parse(text, typing=typing)
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.message
        assert problem.message == clean_line(problem.message)
    rowids, count = run(compile_query(query, today=TODAY, ranked=ranked))
    assert len(rowids) == len(set(rowids)) == count
    for shown in ("Diffusion models for c++ and naïve GPT-4", text):
        spans = highlights(query, shown)
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(shown) for start, end in spans)
