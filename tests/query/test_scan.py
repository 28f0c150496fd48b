from __future__ import annotations

import pytest

from paperstui.query import compile_query, parse
from paperstui.query.views import ALL, STARRED, TODAY, View
from tests.query import papers

TEXTS = (
    "Diffusion models",
    "A naïve Schrödinger bridge.",
    "Tri Dao, Albert Gu",
    "Google DeepMind",
    "flow\nmatching 扩散",
)


def matches(query: str, *, typing: bool = False) -> bool:
    scan = compile_query(parse(query, typing=typing), today=papers.TODAY).scan
    assert scan is not None
    return scan.matcher()(TEXTS)


@pytest.mark.parametrize(
    "query",
    ["diffusion", "DIFFUSION models", "naive", "schrodinger", '"tri dao"', "title:diffusion", "author:gu", "org:google",
     "keyword:flow", "abstract:bridge", "diff*", "flow -survey", "(nothing OR bridge)", "扩散", "google-deepmind"],
)  # fmt: skip
def test_texts_that_hold_the_words(query: str) -> None:
    assert matches(query)


@pytest.mark.parametrize(
    "query",
    [
        "diff",
        "title:bridge",
        "author:google",
        "diffusion -models",
        '"models a"',
        '"models diffusion"',
        "iffusion",
        "nothing",
    ],
)
def test_texts_that_do_not(query: str) -> None:
    assert not matches(query)


def test_the_word_being_typed_may_go_on() -> None:
    assert matches("diff", typing=True)
    assert not matches("iff", typing=True)


def test_missing_texts_are_empty() -> None:
    scan = compile_query(parse("a"), today=papers.TODAY).scan
    assert scan is not None
    assert not scan.matcher()((None, None, None, None, None))


@pytest.mark.parametrize(
    ("text", "view"),
    [("a", ALL), ("a", TODAY), ("a", STARRED), ("a is:unread", ALL), ("a listed:7d", ALL), ("a cat:cs", TODAY), ("a tag:b", ALL),
     ("a sort:upvotes", ALL), ("a sort:title", ALL), ("a sort:-upvotes", ALL)],
)  # fmt: skip
def test_where_walking_down_the_list_finds_papers_quickly(text: str, view: View) -> None:
    assert compile_query(parse(text), today=papers.TODAY, base=view).scan is not None


@pytest.mark.parametrize(
    "text", ["", "is:unread", "-a", "a OR is:read", "a sort:author", "a cat:cs", "a year:2016", "a is:read",
             "a sort:relevance", "a listed:7d sort:upvotes"]
)  # fmt: skip
def test_where_it_would_go_through_the_whole_library(text: str) -> None:
    assert compile_query(parse(text), today=papers.TODAY).scan is None
