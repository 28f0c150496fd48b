from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress

import pytest

from paperstui.errors import PaperstuiError
from paperstui.query import compile_query, parse
from paperstui.query.regex import QueryTimeout, Regexp, spans
from tests.query.papers import TODAY, database, invented

CATASTROPHIC = (
    "(a+)+$", "((a+)+)+$", "(a|aa)+$", "(a|a)*b", "(.*)*x", "(.*.*.*)*x", "(a*)*b", "(?:a{1,50}){1,50}b", r"(\w+\s?)*x",
    r"(\w+ ?)+~", "([a-z]+)*[0-9]", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "(a|b|ab)*c", "(a?){40}b", "(a?){0,99}b",
    "a?" * 30 + "a" * 30, ".*.*.*.*.*x", ".*?.*?.*?.*?x", "(?<=a+b*)+x", "(?<!.*a)x", "(a{0,100}){0,100}b",
    "((((((((((a*)*)*)*)*)*)*)*)*)*)b", "(?:(?:a|b)|(?:a|b)){20,}c", "(?:(?=.*x)|a)*c", "((a|b)*?)*?c",
    "(?s:.*(?:.*a){10}x)", "(?:.{1,100}){1,100}~", r"(?:\b\w+\b\W*)*~", r"(\w+\s*)+~", "(a|b|ab)*[^a]$", "(a|aa)+[^a]",
    "(a+)+[^a]", "(.*)*[^a ]", r"(?:.*)*\d", r"(?:(?:a?)*)*\d", r"(\w|\d|.)*\d", r"((a)(b)?)*\d", r"(?:(a)|(b))*?\d",
    r"((((a)|b)|a)|b)*\d", "(a|a|a|a|a|a|a|a).*b", "[a-z]+[0-9]+", "[a ]+[ab]?[ac]?[ad]?x", "(a|aa)(a|aa)(a|aa)[ -z]*~",
    "([a-z]{1,15} )+~", "(((a{1,100}){1,100}){1,100}){1,100}b", "(((a{2,99}){2,9}){2,9}){2,9}b", "(ab?)*(ba?)*c",
    r"^(a?b?)*$\d", r"(\s*\w+\s*)*\d", "(([a-z]+.)+[a-z]+)+~", "(a+b?)+(a?b+)+c", "(?!(a+)+b)c", "(?=(a+)+$)b",
    "(?<=(a|b)+)c", "(a+?)+?b", "(?:a++b?)*c", "(.+)+[0-9]$", "([^0-9]+)+[0-9]", r"(\D+|a)*\d",
)  # fmt: skip
"""Expressions that take for ever with an engine that goes back and has no limit."""

LENGTHS = (1_300, 20_000)


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
    assert not regexp("(?-i:gpt)-?4", "about GPT4")


def test_null_and_numbers_are_never_found() -> None:
    regexp = Regexp()
    assert not regexp("a*", None)
    assert not regexp("a*", 5)
    assert not regexp(None, "a")


def test_a_refused_pattern_finds_nothing() -> None:
    assert not Regexp()("a**", "aaa")


def test_a_long_text_is_searched_to_its_end() -> None:
    assert Regexp()("needle$", " " * 20_000 + "needle")


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_an_expression_that_never_ends_is_stopped_within_one_text(pattern: str) -> None:
    """That each of them ends at all is the point: the limit of a test would end it otherwise."""
    assert parse(f"/{pattern}/").ok
    for length in LENGTHS:
        for text in ("a" * length, "ab" * (length // 2), "a b" * (length // 3)):
            with suppress(QueryTimeout):
                Regexp(text_seconds=0.01)(pattern, text)


def test_most_of_them_would_not_have_ended_by_themselves() -> None:
    stopped = 0
    for pattern in CATASTROPHIC:
        try:
            Regexp(text_seconds=0.02)(pattern, "ab" * 10 + "a" * 1_300)
        except QueryTimeout:
            stopped += 1
    assert stopped > 5


def test_other_threads_go_on_while_one_text_is_searched() -> None:
    ended = threading.Event()
    seen: list[int] = []

    def count() -> None:
        while not ended.wait(0.001):
            seen.append(1)

    thread = threading.Thread(target=count)
    thread.start()
    before = len(seen)
    with pytest.raises(QueryTimeout):
        Regexp()("([a-z]+)*[0-9]", "a" * 20_000 + " 1")
    during = len(seen) - before
    ended.set()
    thread.join()
    assert during > 2, "the search let go of the interpreter"


def run(regexp: Regexp, text: str) -> list[int]:
    connection = database(invented(30), regexp)
    compiled = compile_query(parse(text), today=TODAY)
    with regexp.running():
        return [row[0] for row in connection.execute(compiled.sql, compiled.params)]


def test_a_statement_that_takes_too_long_is_stopped_with_a_message() -> None:
    with pytest.raises(QueryTimeout, match="/diff/ took longer than 5 s") as caught:
        run(Regexp(slow=1e9, seconds=5, clock=Ticking()), "/diff/")
    assert isinstance(caught.value, PaperstuiError)


def test_texts_that_are_slow_together_stop_a_statement() -> None:
    with pytest.raises(QueryTimeout, match="/diff/ can match in too many ways"):
        run(Regexp(slow=5, seconds=1e9, clock=Ticking()), "/diff/")


def test_each_statement_has_its_own_time() -> None:
    regexp = Regexp(slow=200, seconds=500, clock=Ticking())
    first = run(regexp, "/diff/")
    assert first
    for _ in range(10):
        assert run(regexp, "/diff/") == first


def test_outside_of_a_statement_there_is_no_limit() -> None:
    regexp = Regexp(slow=1, seconds=1, clock=Ticking())
    assert all(regexp("a", "a") for _ in range(10))


def test_other_errors_stay_what_they_are() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="no such table"), Regexp().running():
        connection.execute("SELECT 1 FROM missing")


def test_what_ends_the_program_while_a_text_is_searched_is_not_taken_for_an_error_of_the_database() -> None:
    class Interrupted(Ticking):
        def __call__(self) -> float:
            if self.now > 3:
                raise KeyboardInterrupt
            return super().__call__()

    with pytest.raises(KeyboardInterrupt):
        run(Regexp(slow=1e9, seconds=1e9, clock=Interrupted()), "/diff/")


def test_where_an_expression_stands() -> None:
    assert spans("a+", "baac a") == [(1, 3), (5, 6)]
    assert spans("x*", "axa") == [(1, 2)]
    assert spans("(", "a(b") == []
    assert spans("([a-z]+)*[0-9]", "a" * 20_000 + " 1")[1:] == []
