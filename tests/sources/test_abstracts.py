"""Hard wraps are joined and paragraphs kept, in the form until November 2025 and in the one since."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.sources.abstracts import paragraphs

LONG = "Words of an abstract follow here, one after the other, until the line is much longer than any margin would be."


@pytest.mark.parametrize(
    ("delivered", "meant"),
    [
        ("One line.", "One line."),
        ("  One line.\n", "One line."),
        ("A line that is\nwrapped in\nthe middle.", "A line that is wrapped in the middle."),
        (
            "A paragraph\nthat is wrapped.\n  Another one\nas well.",
            "A paragraph that is wrapped.\nAnother one as well.",
        ),
        # A macro that was taken out leaves one space, which begins no paragraph.
        ("We call it\n is designed for\nsomething.", "We call it is designed for something."),
        ("One.\n\nTwo.\n\n\n \nThree.", "One.\nTwo.\nThree."),
        ("One.\r\n  Two\r\nwrapped.", "One.\nTwo wrapped."),
        ("Wrapped\u2028here\u0085and here.", "Wrapped here and here."),
        (f"{LONG}\n  {LONG}", f"{LONG}\n{LONG}"),
        (f"{LONG}\n- a point\n- {LONG}", f"{LONG}\n- a point\n- {LONG}"),
        # What cannot be broken may stand out of a wrapped text.
        (f"See\nhttps://example.org/{'x' * 120}\nfor more.", f"See https://example.org/{'x' * 120} for more."),
        # Some authors' own wraps come with the indent of a paragraph.
        (f"{LONG[:-1]} by\n  which it is {LONG}\n  {LONG}", f"{LONG[:-1]} by which it is {LONG}\n{LONG}"),
        (f"{LONG[:-1]} (SFT)\n  Interleaving, {LONG}", f"{LONG[:-1]} (SFT) Interleaving, {LONG}"),
        (
            "Code: https://example.org/a\n  Data: https://example.org/b",
            "Code: https://example.org/a\nData: https://example.org/b",
        ),
        (f"Background\n  {LONG}\n  Method\n  {LONG}", f"Background\n{LONG}\nMethod\n{LONG}"),
        (f"{LONG[:-1]}\n  (1) a thing\n  (2) another", f"{LONG[:-1]}\n(1) a thing\n(2) another"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_examples(delivered: str, meant: str) -> None:
    assert paragraphs(delivered) == meant


_WORDS = st.lists(
    st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=30), min_size=1
)


@given(st.lists(_WORDS, min_size=1, max_size=4), st.integers(40, 90))
def test_both_forms_of_any_text_mean_the_same(texts: list[list[str]], width: int) -> None:
    meant = [" ".join([*words, "end."]) for words in texts]
    wrapped = ["\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)) for text in meant]
    assert paragraphs("\n  ".join(wrapped)) == "\n".join(meant)
    assert paragraphs("\n  ".join(meant)) == "\n".join(meant)


@given(st.text())
def test_nothing_but_white_space_changes(text: str) -> None:
    assert paragraphs(text).split() == text.split()
