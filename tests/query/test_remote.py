from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query import parse
from paperstui.query.remote import remote
from tests.query.nasty import NASTY


@pytest.mark.parametrize(
    ("query", "words", "rest"),
    [
        ("quantum error correction", "quantum error correction", ""),
        ('"flow matching" diffusion', "flow matching diffusion", ""),
        ("quant*", "quant", ""),
        ("diffusion is:unread upvotes:>50", "diffusion", "is:unread upvotes:>50"),
        ("diffusion -survey", "diffusion", "-survey"),
        ("diffusion -title:survey -(a b) more", "diffusion more", "-title:survey -(a b)"),
        ("title:transformer", "transformer", "title:transformer"),
        ('author:"Ada Li" maps', "Ada Li maps", 'author:"Ada Li"'),
        ("title:(flow OR matching) x", "flow matching x", "title:(flow OR matching)"),
        ("quantization OR pruning", "quantization pruning", ""),
        ("a OR title:b OR c d", "a b c d", "a OR title:b OR c"),
        ("(a OR is:read) b", "a b", "(a OR is:read)"),
        ("2506.01234", "2506.01234", ""),
        ("id:2506.01234", "2506.01234", "id:2506.01234"),
        ("sort: upvotes words", "words", "sort: upvotes"),
        ("words sort:-published listed:7d", "words", "sort:-published listed:7d"),
        ("/gpt-?4/ words", "words", "/gpt-?4/"),
        ("GPT: a survey", "GPT: a survey", ""),
        ("is:unread", "", "is:unread"),
        ("", "", ""),
        ("( ) - OR", "-", ""),
    ],
)
def test_a_query_in_two_parts(query: str, words: str, rest: str) -> None:
    assert remote(query)[:2] == (words, rest)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(NASTY), max_size=8).map(" ".join)))
def test_anything_can_be_parted_and_what_is_left_is_understood_as_before(query: str) -> None:
    words, rest, _ = remote(query)
    assert words == " ".join(words.split())
    if parse(query).ok:
        assert parse(rest).ok
