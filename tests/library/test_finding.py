from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import cache
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.errors import LibraryError
from paperstui.library.connect import InterruptedReadError
from paperstui.library.finding import FEW, Finder, holds, members, of_numbers
from paperstui.library.store import Library
from paperstui.query import VIEWS, Compiled, View, compile_query, parse
from paperstui.query.sets import EVERYTHING, HIDDEN, UNREAD, Look
from paperstui.query.views import ALL, STARRED, TODAY
from tests.library.making import AT, item, items
from tests.query.papers import TODAY as DAY
from tests.query.papers import database, invented
from tests.query.queries import HOW_MANY, sensible


@cache
def papers() -> sqlite3.Connection:
    return database(invented(240))


def compiled(text: str, view: View = ALL, *, typing: bool = False, ranked: bool = False) -> Compiled:
    return compile_query(parse(text, typing=typing), today=DAY, base=view, ranked=ranked)


def by_sql(query: Compiled) -> list[int]:
    return [row[0] for row in papers().execute(query.sql, query.params)]


@pytest.fixture
def finder() -> Iterator[Finder]:
    found = Finder(papers())
    found.begin(lambda: False)
    yield found
    found.end()


@pytest.mark.parametrize("rowids", [[], [0], [1], [7, 3, 200], list(range(1, 500)), [99_999]])
def test_a_set_holds_what_it_was_made_of(rowids: list[int]) -> None:
    found = of_numbers(rowids)
    assert members(found) == sorted(rowids)
    assert found.bit_count() == len(rowids)
    assert [rowid for rowid in range(600) if holds(found, rowid)] == [n for n in sorted(rowids) if n < 600]


@settings(max_examples=HOW_MANY or 500, deadline=None)
@given(text=sensible, typing=st.booleans(), view=st.sampled_from(VIEWS), few=st.sampled_from([0, 5, FEW]))
def test_sets_find_what_one_statement_finds_in_the_same_order(text: str, typing: bool, view: View, few: int) -> None:
    query = compiled(text, view, typing=typing)
    expected = by_sql(query)
    finder = Finder(papers())
    finder.few = few
    finder.begin(lambda: False)
    try:
        found = finder.papers(query.sets)
        assert members(found) == sorted(expected)
        if query.arranged is not None:
            assert finder.first_in_order(found, query.arranged, 7) == expected[:7]
            assert list(finder.in_order(found, query.arranged)) == expected
            assert finder.first_in_order(found, query.arranged, 7) == expected[:7]
        some = range(1, 240, 3)
        assert finder.among(query.some_sql, query.some_params, some) == set(expected) & set(some)
        assert finder.first(query.sql, query.params, 5) == expected[:5]
        if query.scan is not None:
            assert finder.scanned(query.scan, 9, patience=60) == expected[:9]
            assert finder.scanned_among(query.scan, some) == set(expected) & set(some)
    finally:
        finder.end()


@settings(max_examples=HOW_MANY or 300, deadline=None)
@given(texts=st.lists(sensible, min_size=2, max_size=6))
def test_what_was_found_before_changes_nothing(texts: list[str]) -> None:
    finder = Finder(papers())
    finder.begin(lambda: False)
    try:
        for text in [*texts, *texts]:
            query = compiled(text)
            assert members(finder.papers(query.sets)) == sorted(by_sql(query))
    finally:
        finder.end()


def test_each_part_is_asked_once(finder: Finder) -> None:
    asked: list[str] = []
    finder.connection.set_trace_callback(asked.append)
    try:
        for text in ("diffusion is:unread", "is:unread diffusion", "diffusion -is:unread", "diffusion OR is:unread"):
            assert members(finder.papers(compiled(text).sets)) == sorted(by_sql(compiled(text)))
        asked.clear()
        finder.papers(compiled("diffusion is:unread survey").sets)
        finder.papers(compiled("diffusion is:unread survey").sets)
        questions = [sql for sql in asked if sql.startswith("WITH")]
        assert len(questions) == 1
        assert "survey" in questions[0]
    finally:
        finder.connection.set_trace_callback(None)


@pytest.mark.parametrize("text", ["/quant/", "quant* /quant/", "is:starred ++", "-/quant/ OR title:flow", "→"])
def test_long_texts_are_read_only_of_papers_that_are_left(finder: Finder, text: str) -> None:
    query = compiled(text, STARRED)
    assert members(finder.papers(query.sets)) == sorted(by_sql(query))
    assert not finder.knows(query.sets)


def test_it_says_what_it_knows(finder: Finder) -> None:
    query = compiled("diffusion is:unread")
    assert query.arranged is not None
    assert not finder.knows(query.sets)
    finder.papers(query.sets)
    assert finder.knows(query.sets)
    assert not finder.knows_order(query.arranged)
    finder.order(query.arranged)
    assert finder.knows_order(query.arranged)
    assert finder.knows(compiled("is:unread diffusion sort:title").sets)


def test_looking_through_texts_gives_up_when_it_takes_too_long(finder: Finder) -> None:
    scan = compiled("zebra").scan
    assert scan is not None
    assert finder.scanned(scan, 5, patience=0) is None
    assert finder.scanned(scan, 5, patience=60) == []


def test_only_short_beginnings_are_worth_patience() -> None:
    for text, broad in (
        ("d", True),
        ("di", True),
        ("model di", True),
        ("dif", False),
        ("di ", False),
        ("-d* xenon", False),
    ):
        scan = compiled(text, typing=True).scan
        assert scan is not None
        assert scan.broad is broad, text


def test_a_job_that_is_stopped_asks_nothing_more(finder: Finder) -> None:
    finder.end()
    finder.begin(lambda: True)
    with pytest.raises(InterruptedReadError):
        finder.papers(Look("SELECT rowid FROM papers WHERE read = 1"))
    with pytest.raises(InterruptedReadError):
        finder.first("SELECT rowid FROM papers", (), 1)


def everything(library: Library) -> tuple[int, int, int]:
    """How many papers there are, are unread and are hidden, as they are counted in memory."""
    return library.finding(
        lambda finder: (
            finder.papers(EVERYTHING).bit_count(),
            finder.papers(UNREAD).bit_count(),
            finder.papers(HIDDEN).bit_count(),
        )
    )


def test_what_changed_is_found_anew(library: Library) -> None:
    library.upsert(items(5), AT)
    assert everything(library) == (5, 5, 0)
    library.upsert([item(6)], AT)
    assert everything(library) == (6, 6, 0)
    library._write(lambda connection: connection.execute("UPDATE papers SET read = 1 WHERE rowid < 3"))
    library._write(lambda connection: connection.execute("UPDATE papers SET hidden = 1 WHERE rowid > 4"))
    assert everything(library) == (6, 2, 2)
    other = Library.open(library._paths)
    other.upsert([item(7)], AT)
    other._write(lambda connection: connection.execute("DELETE FROM initials WHERE rowid = 1"))
    assert everything(library) == (7, 3, 2)
    other.care.reindex()
    other.close()


def test_a_job_sees_the_library_as_of_one_moment(library: Library) -> None:
    library.upsert(items(5), AT)

    def job(finder: Finder) -> tuple[int, int]:
        before = finder.papers(EVERYTHING).bit_count()
        writing = Thread(target=library.upsert, args=([item(6)], AT))
        writing.start()
        writing.join()
        return before, finder.papers(Look("SELECT rowid FROM papers WHERE 1")).bit_count()

    assert library.finding(job) == (5, 5)
    assert everything(library)[0] == 6


def test_an_error_of_the_database_is_one_of_ours(library: Library) -> None:
    with pytest.raises(LibraryError):
        library.finding(lambda finder: finder.papers(Look("SELECT nonsense")))
    assert everything(library) == (0, 0, 0), "the transaction ended with the job"


def test_rowids_are_given_as_json(finder: Finder) -> None:
    query = compiled("", TODAY)
    assert query.arranged is not None
    some = json.dumps(by_sql(query))
    assert [row[0] for row in papers().execute(query.arranged.some, (some, *query.arranged.some_params))] == by_sql(
        query
    )
    del finder
