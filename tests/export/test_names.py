"""Names are taken apart only where that is safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.export.names import bibtex_name, folded, key_name, parsed
from paperstui.export.tex import balanced


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ashild Wintermolen", "Wintermolen, Ashild"),
        ("J. R. Castellmor", "Castellmor, J. R."),
        ("Joost van der Lind", "van der Lind, Joost"),
        ("Ramiro de la Montclaire", "de la Montclaire, Ramiro"),
        ("Tariq al-Nasimiya", "al-Nasimiya, Tariq"),
        ("Conan O'Dallaghan", "O'Dallaghan, Conan"),
        ("Rowena Hollowell-Dean", "Hollowell-Dean, Rowena"),
        ("Samuel Dervish Jr.", "Dervish, Jr., Samuel"),
        ("Samuel Dervish, Jr.", "Dervish, Jr., Samuel"),
        ("Ludwig van Hohentann III", "van Hohentann, III, Ludwig"),
        ("Castellmor, J. R.", "Castellmor, J. R."),
        ("Łukasz Żurawiecka", r"{\.Z}urawiecka, {\L}ukasz"),
        # Not taken apart:
        ("Anwen", "{Anwen}"),
        ("DeepWell-AI", "{DeepWell-AI}"),
        ("The Northlight Team", "{The Northlight Team}"),
        ("Kite Research", "{Kite Research}"),
        ("ATLAS Collaboration", "{ATLAS Collaboration}"),
        ("Salt and Stone", "{Salt and Stone}"),
        ("Anil K", "{Anil K}"),
        ("星空 美羽", "{星空 美羽}"),
        ("남궁 하늘", "{남궁 하늘}"),
        ("Ruolan Nangong (南宫若兰)", "{Ruolan Nangong (南宫若兰)}"),
        ("One, Two, Three", "{One, Two, Three}"),
        ("others", "{others}"),
        ("Agent 47", "{Agent 47}"),
    ],
)
def test_a_name_in_the_form_of_bibtex(name: str, expected: str) -> None:
    assert bibtex_name(name) == expected


def test_biblatex_keeps_the_letters() -> None:
    assert bibtex_name("Łukasz Żurawiecka", ascii_accents=False) == "Żurawiecka, Łukasz"


@given(st.text(max_size=40))
def test_no_part_of_a_name_is_lost(name: str) -> None:
    parts = parsed(name)
    together = sorted(f"{parts.last} {parts.first} {parts.suffix}".split())
    assert "".join(together).replace(",", "") == "".join(sorted(name.split())).replace(",", "") or "," in name
    assert balanced(bibtex_name(name))


@given(st.text(max_size=40))
def test_keys_are_made_of_small_ascii_letters_and_digits(name: str) -> None:
    for text in (folded(name), key_name(name)):
        assert text == "" or (text.isascii() and text.isalnum() and text == text.lower())


def test_letters_without_accents_are_written_out() -> None:
    assert folded("Straße Øre Łódź Æther Đặng") == "strasseorelodzaetherdang"
