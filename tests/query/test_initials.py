from __future__ import annotations

import sqlite3
from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query import parse
from paperstui.query.initials import letter_of, letters_of
from paperstui.query.tokens import tokens
from tests.query.papers import WORDS

KNOWN = ascii_lowercase + digits


def letters(bits: int) -> str:
    return "".join(letter for number, letter in enumerate(KNOWN) if bits >> number & 1)


def in_the_index(text: str) -> str:
    """What SQLite's own tokenizer makes of it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO search(rowid, text) VALUES(1, ?)", (text,))
    found = [
        letter
        for letter in KNOWN
        if connection.execute("SELECT 1 FROM search WHERE search MATCH ?", (f'"{letter}"*',)).fetchone()
    ]
    connection.close()
    return "".join(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        ("Diffusion models", "dm"),
        ("GPT-4 state-of-the-art C++", "acgost4"),
        ("O'Brien’s “École” Ångström—zebra", "abeosz"),
        ("u\u0308ber e\u0301cole -\u0301x", "eux"),
        ("扩散 αb β-c 한국어d", "c"),
        ("10^5 x² _y y_z", "xyz15"),
        ("\ud800a \x00b", "ab"),
    ],
)
def test_the_letters_that_words_begin_with(text: str, found: str) -> None:
    assert letters(letters_of([text])) == found


def test_texts_are_told_apart() -> None:
    assert letters(letters_of(["one", "two", ""])) == "ot"


@given(st.lists(st.text(alphabet=st.sampled_from("abzAZ019 -_'’é\u0301Å扩αß—\n\ud800²"), max_size=12), max_size=3))
def test_they_are_those_of_the_tokens(texts: list[str]) -> None:
    beginnings = {token[0] for text in texts for token in tokens(text)}
    assert set(letters(letters_of(texts))) == beginnings & set(KNOWN)


@pytest.mark.parametrize("word", WORDS)
def test_the_index_finds_the_same(word: str) -> None:
    assert letters(letters_of([word])) == in_the_index(word)


@pytest.mark.parametrize(("text", "letter"), [("d", "d"), ("D", "d"), ("é", "e"), ("(d", "d"), ("7", "7"), ('"d', "d")])
def test_a_word_of_which_one_letter_is_known(text: str, letter: str) -> None:
    bit = letter_of(parse(text, typing=True).tree)
    assert bit is not None
    assert letters(bit) == letter


@pytest.mark.parametrize("text", ["di", "d ", "d-", "title:d", "d e", "扩", "-d", "", "is:read", "+"])
def test_a_word_of_which_more_is_known_or_something_else(text: str) -> None:
    assert letter_of(parse(text, typing=True).tree) is None
    assert letter_of(parse("d").tree) is None
