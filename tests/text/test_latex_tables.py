from __future__ import annotations

import unicodedata

import pytest

from paperstui.text.latex import to_unicode
from paperstui.text.latex_tables import (
    ALPHABETS,
    FUNCTIONS,
    MATH_ACCENTS,
    SUBSCRIPT,
    SUPERSCRIPT,
    SYMBOLS,
    TEXT_ACCENTS,
)

RAISED_ANYWAY = {"⊤", "⊺", "∘", "-"}


@pytest.mark.parametrize("table", [SUPERSCRIPT, SUBSCRIPT], ids=["super", "sub"])
def test_a_script_is_a_form_of_its_character(table: dict[str, str]) -> None:
    """What only looks alike (a Latin alpha for the Greek one) could not be searched for."""
    for char, form in table.items():
        if char not in RAISED_ANYWAY:
            assert unicodedata.normalize("NFKD", form) == unicodedata.normalize("NFKD", char)


@pytest.mark.parametrize("name", ALPHABETS)
def test_an_alphabet_is_made_of_its_letters(name: str) -> None:
    table = ALPHABETS[name]
    assert {chr(code) for code in table} >= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    assert all(unicodedata.normalize("NFKD", chr(char)) == chr(letter) for letter, char in table.items())


def test_symbols_can_be_shown() -> None:
    assert len(SYMBOLS) > 400
    for name, char in SYMBOLS.items():
        assert name.isalpha()
        assert char.isprintable()
        assert unicodedata.is_normalized("NFC", char)


def test_accents_are_marks() -> None:
    assert all(unicodedata.combining(mark) for mark in (*TEXT_ACCENTS.values(), *MATH_ACCENTS.values()))


@pytest.mark.parametrize("name", sorted(SYMBOLS.keys() | FUNCTIONS))
def test_every_name_is_known_in_formulas_and_in_text(name: str) -> None:
    assert "\\" + name not in to_unicode(f"$a \\{name} b$")
    assert "\\" + name not in to_unicode(f"a \\{name} b")
