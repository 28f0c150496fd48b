from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query.tokens import fold, goes_on, has_token, only_punctuation, token_spans, tokens
from tests.query.papers import WORDS

# Scripts whose letters SQLite's tables have known since they were made.
KNOWN = "".join(
    chr(code)
    for first, last in ((0x20, 0x24F), (0x300, 0x377), (0x391, 0x3FF), (0x400, 0x481), (0x1E00, 0x1EFF), (0x3041, 0x30FF),
                        (0x4E00, 0x4E40), (0xAC00, 0xAC40), (0x2000, 0x2064), (0x2200, 0x22FF))
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) != "Cn"
)  # fmt: skip
# What SQLite leaves alone, or did not know yet.
DIFFERENT = set("ǠǡẛͿϳ\u0345\u0363")


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'instance')")
    return connection


def of_sqlite(connection: sqlite3.Connection, text: str) -> list[str]:
    connection.execute("DELETE FROM texts")
    connection.execute("INSERT INTO texts VALUES(?)", (text,))
    return [row[0] for row in connection.execute("SELECT term FROM terms ORDER BY offset")]


def test_every_letter_is_folded_as_sqlite_does(index: sqlite3.Connection) -> None:
    letters = [letter for letter in KNOWN if letter not in DIFFERENT]
    text = " ".join(f"a{letter}b {letter}" for letter in letters)
    theirs, ours = of_sqlite(index, text), tokens(text)
    assert ours == theirs


@given(
    words=st.lists(st.sampled_from([*WORDS, "c++", "state-of-the-art", "e\u0301a", "ǅ", "a\u0301\u0302b", "\u0301a"]))
)
def test_texts_are_cut_as_sqlite_does(index: sqlite3.Connection, words: list[str]) -> None:
    text = " ".join(words)
    assert tokens(text) == of_sqlite(index, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c++", ["c"]),
        ("GPT-4", ["gpt", "4"]),
        ("2501.12345", ["2501", "12345"]),
        ("O'Brien", ["o", "brien"]),
        ("snake_case", ["snake", "case"]),
        ("Schrödinger", ["schrodinger"]),
        ("Schro\u0308dinger", ["schrodinger"]),
        ("ΣΊΣΥΦΟΣ", ["σίσυφοσ"]),
        ("++", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
    assert has_token(text) is bool(expected)


@given(st.text())
def test_spans_lie_in_the_text_and_hold_the_tokens(text: str) -> None:
    before = 0
    for word, start, end in token_spans(text):
        assert before <= start < end <= len(text)
        assert fold(text[start:end]) == word
        before = end


def test_words_that_may_go_on() -> None:
    assert goes_on("quant")
    assert goes_on("e\u0301")
    assert not goes_on("c++")
    assert not goes_on("GPT-")
    assert not goes_on("\u0301")
    assert not goes_on("")


def test_punctuation_says_nothing_but_signs_do() -> None:
    assert only_punctuation("–—…&%*#@!?-")
    assert only_punctuation("\u200b\ufeff")
    assert not only_punctuation("++")
    assert not only_punctuation("→")
    assert not only_punctuation("🤗")
