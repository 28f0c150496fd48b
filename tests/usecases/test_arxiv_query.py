from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.errors import UsageError
from paperstui.usecases.arxiv_query import arxiv_query

TODAY = date(2026, 6, 4)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("diffusion", "all:diffusion"),
        ("flow matching", "all:flow AND all:matching"),
        ('"flow matching" -survey', 'all:"flow matching" ANDNOT all:survey'),
        ("title:transformer author:Dao", "ti:transformer AND au:Dao"),
        ('author:"Tri Dao" cat:cs.CL', 'au:"Tri Dao" AND cat:cs.CL'),
        ("(quantization OR pruning) abstract:fast", "(all:quantization OR all:pruning) AND abs:fast"),
        ("state-of-the-art", 'all:"state-of-the-art"'),
        ("published:2026-05", "submittedDate:[202605010000 TO 202605312359]"),
        ("flow published:7d", "all:flow AND submittedDate:[202605280000 TO 210012312359]"),
        ("2506.01234", "id:2506.01234"),
        ("ti:flow  AND cat:cs.LG", "ti:flow AND cat:cs.LG"),
        ("flow ANDNOT survey", "flow ANDNOT survey"),
    ],
)
def test_what_is_typed_is_asked(typed: str, asked: str) -> None:
    assert arxiv_query(typed, TODAY) == asked


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "nothing to search for"),
        ("   ", "nothing to search for"),
        ("-survey", "besides what is not wanted"),
        ("is:unread", "arXiv cannot look for “unread”"),
        ("flow upvotes:>5", "arXiv cannot look for"),
        ("flow OR -x", "besides what is not wanted"),
        ("flow /x/", "arXiv cannot look for"),
        ("upvotes:many", "takes a number"),
    ],
)
def test_what_it_cannot_be_asked(typed: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        arxiv_query(typed, TODAY)


@given(st.text(max_size=40))
def test_any_text_is_a_query_or_wrong(text: str) -> None:
    try:
        asked = arxiv_query(text, TODAY)
    except UsageError:
        return
    assert asked.strip()
