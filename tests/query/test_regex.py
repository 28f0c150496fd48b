from __future__ import annotations

import sqlite3

import pytest

from paperstui.errors import PaperstuiError
from paperstui.query import compile_query, parse
from paperstui.query.regex import LONGEST_TEXT, QueryTimeout, Regexp
from tests.query.papers import TODAY, database, invented


class Ticking:
    """A clock that goes on by one second whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_it_finds_in_upper_and_lower_case() -> None:
    regexp = Regexp()
    assert regexp("gpt-?4", "about GPT4")
    assert not regexp("gpt-?4", "about GPT5")


def test_null_and_numbers_are_never_found() -> None:
    regexp = Regexp()
    assert not regexp("a*", None)
    assert not regexp("a*", 5)
    assert not regexp(None, "a")


def test_a_refused_pattern_finds_nothing() -> None:
    assert not Regexp()("(a+)+", "aaa")


def test_only_the_beginning_of_a_long_text_is_searched() -> None:
    regexp = Regexp()
    assert regexp("needle", " " * (LONGEST_TEXT - 6) + "needle")
    assert not regexp("needle", " " * LONGEST_TEXT + "needle")


def run(regexp: Regexp, text: str) -> list[int]:
    connection = database(invented(30), regexp)
    compiled = compile_query(parse(text), today=TODAY)
    with regexp.running():
        return [row[0] for row in connection.execute(compiled.sql, compiled.params)]


def test_a_statement_that_takes_too_long_is_stopped_with_a_message() -> None:
    with pytest.raises(QueryTimeout, match="took longer than 5 s") as caught:
        run(Regexp(seconds=5, clock=Ticking()), "/diff/")
    assert isinstance(caught.value, PaperstuiError)


def test_each_statement_has_its_own_time() -> None:
    regexp = Regexp(seconds=500, clock=Ticking())
    first = run(regexp, "/diff/")
    assert first
    for _ in range(10):
        assert run(regexp, "/diff/") == first


def test_outside_of_a_statement_there_is_no_limit() -> None:
    regexp = Regexp(seconds=1, clock=Ticking())
    assert all(regexp("a", "a") for _ in range(10))


def test_other_errors_stay_what_they_are() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="no such table"), Regexp().running():
        connection.execute("SELECT 1 FROM missing")
