from __future__ import annotations

import re
import sqlite3
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.query import VIEWS, Compiled, Query, View, compile_query, parse
from paperstui.query.highlight import highlights
from paperstui.query.tree import Regex, leaves
from paperstui.query.views import ALL
from paperstui.text.clean import clean_line
from tests.query.nasty import NASTY
from tests.query.papers import TODAY, Paper, database, invented
from tests.query.queries import HOW_MANY, arbitrary, periods, sensible
from tests.query.reference import found

PAPERS = 240
OLD_LETTERS = re.compile(
    "[\0-\u024f\u0300-\u0301\u0391-\u03c9\u2000-\u22ff\u3040-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\ud800-\udfff]*"
)
"""Texts of which SQLite, whose tables are of Unicode 6.1, and Python think the same."""

PLAIN = re.compile(r"(?:[\w \"'%_:=<>-]|\.[*+?]?)*")
"""Regular expressions that Python's own engine is through with at once and means the same by."""


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


def patterns(query: Query) -> list[Regex]:
    return [leaf for leaf, _ in leaves(query.tree) if isinstance(leaf, Regex)]


def by_relevance(query: Query) -> bool:
    return any(sort.key == "relevance" for sort in query.sort)


@settings(max_examples=HOW_MANY or 1000, deadline=None)
@given(text=sensible, typing=st.booleans(), view=st.sampled_from(VIEWS), period=periods)
def test_sql_finds_what_the_reference_finds(text: str, typing: bool, view: View, period: str | None) -> None:
    compare(parse(text, typing=typing, limit=20_000), view, period if view.feed else None)


def compare(query: Query, view: View = ALL, period: str | None = None) -> None:
    papers = library()[0]
    compiled = compile_query(query, today=TODAY, base=view, period=period)
    rowids, count = run(compiled)
    expected = found(query, papers, TODAY, view, period)
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
    # What is ranked is not compared, which once is enough for.
    check(text, typing=typing, ranked=typing)
    check(f"diffusion {text}", typing=typing, ranked=True)
    check(f"title:({text}", typing=typing, ranked=True)


def check(text: str, *, typing: bool, ranked: bool) -> None:
    query = parse(text, typing=typing)
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.message
        assert problem.message == clean_line(problem.message)
    rowids, count = run(compile_query(query, today=TODAY, ranked=ranked))
    assert len(rowids) == len(set(rowids)) == count
    if not ranked and OLD_LETTERS.fullmatch(text) and all(PLAIN.fullmatch(leaf.pattern) for leaf in patterns(query)):
        compare(query)
    for shown in ("Diffusion models for c++ and naïve GPT-4", text):
        spans = highlights(query, shown)
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(shown) for start, end in spans)
