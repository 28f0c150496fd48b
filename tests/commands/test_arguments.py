from __future__ import annotations

import argparse
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.commands import arguments
from paperstui.commands.arguments import Parser
from paperstui.errors import UsageError


def parser() -> Parser:
    made = Parser("paperstui list")
    made.add_argument("query", nargs="*")
    made.add_argument("--limit", type=arguments.count)
    made.add_argument("--json", action="store_true")
    return made


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["diffusion", "-survey"], ["diffusion", "-survey"]),
        (["-survey"], ["-survey"]),
        (["--limit", "3", "-survey", "--json", "(a", "OR", "-b)"], ["-survey", "(a", "OR", "-b)"]),
        (["a", "--limit", "3", "b"], ["a", "b"]),
        (["--", "-survey", "--json"], ["-survey", "--json"]),
        (["-s", "--", "-h"], ["-s", "-h"]),
        (["-"], ["-"]),
        (["-3", "--limit", "3"], ["-3"]),
        ([], []),
    ],
)
def test_the_words_of_a_query_stay_in_order_wherever_options_stand(given: list[str], words: list[str]) -> None:
    assert parser().parse_args(given).query == words


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["--limit"], "argument --limit: expected one argument"),
        (["--js"], "unrecognized arguments: --js"),
        (["--limit", "-x"], "argument --limit: '-x' is not a whole number"),
        (["--limit", "-3"], "argument --limit: -3 is negative"),
    ],
)
def test_what_is_no_option_is_named(given: list[str], named: str) -> None:
    with pytest.raises(UsageError, match=named) as caught:
        parser().parse_args(given)
    assert str(caught.value).endswith("(paperstui list --help says more)")


def test_without_a_query_a_minus_is_an_option() -> None:
    made = Parser("paperstui star")
    made.add_argument("id", nargs="*")
    with pytest.raises(UsageError, match="-survey"):
        made.parse_args(["-survey"])


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda word: not word.startswith("--") and word != "-h"), max_size=6))  # fmt: skip
def test_any_words_are_a_query(words: list[str]) -> None:
    assert parser().parse_args(words).query == words


def test_a_day_is_written_as_one_says_it() -> None:
    assert arguments.day("2026-02-28") == arguments.day("28.02.2026") == arguments.day("2026-2-28") == date(2026, 2, 28)
    assert (arguments.day("yesterday"), arguments.day("mon")) == (date(2026, 6, 3), date(2026, 6, 1))
    assert arguments.day("today") == date(2026, 6, 4), "which the test's own clock says"


@pytest.mark.parametrize("text", ["2026-02-30", "", "last week", "june 2026", "tomorrow", "neverday", "9" * 5000])
def test_a_day_that_is_none_is_told(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is not a day such as 2026-06-04"):
        arguments.day(text)


def test_a_count() -> None:
    assert (arguments.count("0"), arguments.count("12")) == (0, 12)


@pytest.mark.parametrize(
    ("text", "words"), [("-1", "-1 is negative"), ("x", "'x' is not a whole number"), ("9" * 5000, "is not a whole")]
)
def test_a_count_that_is_none_is_told_in_a_line(text: str, words: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=words) as caught:
        arguments.count(text)
    assert len(str(caught.value)) < 100
