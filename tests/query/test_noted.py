from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query.noted import noted

NOTE = "We prove $\\alpha^2 \\le 3$ — naïve,\nand **far** too slow: O(n^2), of H₂O in pixels."


@pytest.mark.parametrize(
    "words",
    [
        "naïve", "naive", "NAÏVE", "nai\u0308ve", "ïv", "α", "alpha", "Α", "α²", "α^2", "alpha^2", "\\alpha", "$\\alpha^2 \\le",
        "≤ 3", "O(n²)", "O(n^2)", "𝒪(n²)", "H2O", "H_2O", "h₂o", "naive, AND", "**far**", "too slow", "pixel",
    ],
)  # fmt: skip
def test_a_note_is_found_however_its_words_are_written(words: str) -> None:
    assert noted(words, NOTE)


@pytest.mark.parametrize("words", ["π", "beta", "β", "naives", "n^3", "far too", "\u0301", "", "CO2"])
def test_what_it_does_not_say_is_not_found(words: str) -> None:
    assert not noted(words, NOTE)


@given(st.text(max_size=30), st.text(min_size=1, max_size=10), st.text(max_size=30))
def test_any_part_is_found_as_it_was_written(before: str, part: str, after: str) -> None:
    # White space is one space and stands between, so that it cannot become one with what is around it.
    part = " ".join(part.split())
    if any(char.isalnum() for char in part):
        assert noted(part, f"{before} {part} {after}")


@given(st.text("αβπHO2n₂²^_$\\{}~ai ", max_size=20), st.text("αβπHO2n₂²^_$\\{}~ai\n\u0301", max_size=40))
def test_nothing_raises(words: str, note: str) -> None:
    assert noted(words, note) in (True, False)


@pytest.mark.parametrize(("words", "note"), [(None, "a"), ("a", None), (b"a", "a"), (1, "1")])
def test_what_is_no_text_is_not_found(words: object, note: object) -> None:
    assert not noted(words, note)


def test_it_can_be_asked_in_sql() -> None:
    from paperstui.library import functions

    connection = sqlite3.connect(":memory:")
    functions.register(connection)
    assert connection.execute("SELECT noted('naive', 'naïve'), noted('x', 'y')").fetchone() == (1, 0)
