from __future__ import annotations

import pytest
from hypothesis import given

from paperstui.query import parse
from paperstui.query.describe import describe
from tests.query.queries import arbitrary


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("diffusion", "“diffusion”"),
        ("quant*", "“quant…”"),
        ("is:unread title:diffusion -survey", "unread, title with “diffusion”, without “survey”"),
        ("a OR b c", "“a” or (“b”, “c”)"),
        ("-(a OR is:queued)", "not (“a” or in the reading list)"),
        ("has:notes -has:code", "with a note, without code"),
        ("-is:read", "not read"),
        ("tag:thesis cat:cs.CL feed:daily", "tagged “thesis”, in “cs.CL”, listed in “daily”"),
        ("upvotes:>50 comments:<3 authors:1 year:2023..2025",
         "upvotes at least 51, comments at most 2, authors 1, year at least 2023 and at most 2025"),
        ("listed:7d", "listed since 7 days ago"),
        ("listed:>1w", "listed before 1 week ago"),
        ("published:2026-05..2026-06", "published since 2026-05 until 2026-06"),
        ("seen:today", "seen today"),
        ("seen:>2026-05", "seen after 2026-05"),
        ("2506.01234", "id 2506.01234"),
        ("id:2506*", "id 2506…"),
        ("/a+b/", "/a+b/"),
    ],
)  # fmt: skip
def test_a_query_in_words(query: str, words: str) -> None:
    assert describe(parse(query)) == words


@given(arbitrary)
def test_every_query_can_be_put_in_words(text: str) -> None:
    query = parse(text)
    assert bool(describe(query)) is bool(query.tree != parse("").tree)
