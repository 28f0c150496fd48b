from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from paperstui.query import parse
from paperstui.query.highlight import highlights
from tests.query.queries import sensible


def marked(query: str, text: str, field: str | None = None, *, typing: bool = False) -> str:
    """The text with square brackets around what is highlighted."""
    for start, end in reversed(highlights(parse(query, typing=typing), text, field)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("diffusion", "Diffusion and diffusions", "[Diffusion] and diffusions"),
        ("diff*", "Diffusion and diffusions", "[Diffusion] and [diffusions]"),
        ("schrodinger", "The Schrödinger bridge", "The [Schrödinger] bridge"),
        ("Schrödinger", "The SCHRO\u0308DINGER bridge", "The [SCHRO\u0308DINGER] bridge"),
        ('"flow matching"', "Flow-matching, matching flow", "[Flow-matching], matching flow"),
        ('"flow mat"*', "Flow matching", "[Flow matching]"),
        ("GPT-4", "GPT 4 and GPT-4o", "[GPT 4] and GPT-4o"),
        ("GPT-4*", "GPT 4 and GPT-4o", "[GPT 4] and [GPT-4o]"),
        ("a b", "a b c", "[a] [b] c"),
        ('"a b" "b c"', "a b c d", "[a b c] d"),
        ("a OR b is:read", "a b c", "[a] [b] c"),
        ("a -b", "a b", "[a] b"),
        ("-(a -b)", "a b", "a [b]"),
        ("++", "C++ and C", "C[++] and C"),
        ("→", "A → B", "A [→] B"),
        ("/gpt-?[45]/", "GPT4 and gpt-5", "[GPT4] and [gpt-5]"),
        ("-/gpt/", "GPT4", "GPT4"),
        ("/x*/", "ab", "ab"),
        ("tag:a cat:b 2506.01234", "a b 2506.01234", "a b 2506.01234"),
        ("", "a", "a"),
    ],
)
def test_the_words_that_are_asked_for_are_marked(query: str, text: str, expected: str) -> None:
    assert marked(query, text) == expected


def test_words_of_a_field_are_marked_in_that_field_alone() -> None:
    assert marked("title:a b", "a b", "title") == "[a] [b]"
    assert marked("title:a b", "a b", "abstract") == "a [b]"
    assert marked("title:++ b", "++ b", "abstract") == "++ [b]"


def test_the_word_being_typed_is_marked_where_words_begin_so() -> None:
    assert marked("quant", "Quantum and quants", typing=True) == "[Quantum] and [quants]"


def test_a_long_text_of_nothing_but_matches_is_marked_as_one_pass() -> None:
    text = "a " * 50_000
    assert len(highlights(parse('a "a a" "a a a a"'), text)) == 1
    assert len(highlights(parse("a"), text)) == 50_000


@given(sensible)
def test_spans_are_in_order_and_apart(query: str) -> None:
    text = "Diffusion models for GPT-4 and C++: naïve Schrödinger 扩散 模型 → ≤ O'Brien 10%"
    spans = highlights(parse(query), text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] < second[0] for first, second in pairwise(spans))
