from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paperstui.text import wide
from paperstui.text import width as width_of
from paperstui.text.clean import clean
from paperstui.text.width import pad, truncate, width, wrap
from tests.hostile import SHORT

CLEANED = [clean(text) for _, text in SHORT]
PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "word",
            " ",
            "  ",
            "-",
            "模",
            "型",
            "、",
            "（",
            "é",
            "e\u0301",
            "👩\u200d🔬",
            "🇩🇪",
            "🇫",
            "1\ufe0f\u20e3",
            "𝒪",
            "ᄀ",
            "क्षि",
            "\n",
        ]
    )
).map("".join)
TEXT = st.one_of(PIECES, st.text().map(clean), st.sampled_from(CLEANED))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("模型", 4),
        ("👩\u200d🔬", 2),
        ("🇩🇪", 2),
        ("❤\ufe0f", 2),
        ("𝒪(n²)", 5),
        ("a\nb", 2),
        ("\x00", 0),
    ],
)
def test_width_is_in_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("abcdef", -1, ""),
        ("模型模型", 8, "模型模型"),
        ("模型模型", 7, "模型模…"),
        ("模型模型", 6, "模型…"),
        ("模型", 2, "…"),
        ("🇩🇪🇫🇷", 3, "🇩🇪…"),
        ("🇩🇪🇫🇷", 2, "…"),
        ("👩\u200d🔬👩\u200d🔬", 3, "👩\u200d🔬…"),
        ("abe\u0301de", 4, "abe\u0301…"),
        ("abe\u0301de", 3, "ab…"),
    ],
)
def test_cutting_keeps_characters_whole(text: str, cells: int, expected: str) -> None:
    assert truncate(text, cells) == expected


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [("ab", 4, "ab  "), ("模型", 3, "模…"), ("模型模", 4, "模… "), ("abc", 0, ""), ("", 2, "  "), ("abc", -1, "")],
)
def test_padding_fills_exactly(text: str, cells: int, expected: str) -> None:
    assert pad(text, cells) == expected


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 80, ["one two three"]),
        ("one  two", 80, ["one  two"]),
        ("one   two", 4, ["one", "two"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("a\n\nb", 10, ["a", "", "b"]),
        ("end\n", 10, ["end", ""]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh b", 4, ["a", "abcd", "efgh", "b"]),
        ("x abcdef y", 4, ["x", "abcd", "ef y"]),
        ("扩散模型", 4, ["扩散", "模型"]),
        ("扩散模型", 5, ["扩散", "模型"]),
        ("扩散、模型", 4, ["扩", "散、", "模型"]),
        ("扩（散）模", 6, ["扩", "（散）", "模"]),
        ("GPT模型", 5, ["GPT模", "型"]),
        ("확산 모델", 5, ["확산", "모델"]),
        ("模", 1, ["…"]),
        ("abc", 0, []),
        ("abc", -2, []),
        ("👩\u200d🔬👩\u200d🔬", 2, ["👩\u200d🔬", "👩\u200d🔬"]),
    ],
)
def test_wrapping(text: str, cells: int, expected: list[str]) -> None:
    assert wrap(text, cells) == expected


@given(TEXT, st.integers(1, 30))
def test_no_line_is_wider_than_it_may_be(text: str, cells: int) -> None:
    assert all(cell_len(line) <= cells for line in wrap(text, cells))
    assert cell_len(truncate(text, cells)) <= cells
    assert cell_len(pad(text, cells)) == cells


@given(TEXT, st.integers(2, 30))
def test_wrapping_loses_nothing_but_white_space(text: str, cells: int) -> None:
    assert "".join("".join(wrap(text, cells)).split()) == "".join(text.split())


@given(TEXT)
def test_wide_enough_lines_are_the_text_itself(text: str) -> None:
    assert "\n".join(wrap(text, 1_000_000)) == text


@given(TEXT, st.integers(0, 30))
def test_what_is_cut_is_the_start_of_the_text(text: str, cells: int) -> None:
    shown = truncate(text, cells)
    assert shown in {text, ""} or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_plain_text_is_measured_without_the_tables() -> None:
    code = (
        "import sys; from paperstui.text.width import pad, truncate, width, wrap;"
        "width('abc'), truncate('abcdef', 3), pad('a', 3), wrap('a b c', 3);"
        "sys.exit('rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


SIMPLE = [
    *sorted(width_of._NARROW),
    *(chr(code) for first, last in width_of._TWO_CELLS for code in range(ord(first), ord(last) + 1)),
]
MATHEMATICAL = [chr(code) for code in range(0x1D400, 0x1D800) if width_of.simple_width(chr(code)) >= 0]


def test_letters_whose_width_is_known_have_it_and_are_as_they_should_be() -> None:
    assert MATHEMATICAL
    for letter in (*SIMPLE, *MATHEMATICAL):
        assert width_of.simple_width(letter) == cell_len(letter), letter
        assert clean(letter) == letter, letter


@given(st.text(st.sampled_from([*SIMPLE, *MATHEMATICAL]), max_size=12))
def test_such_letters_stand_for_themselves_whatever_is_beside_them(text: str) -> None:
    assert width_of.simple_width(text) == cell_len(text)
    assert unicodedata.normalize("NFC", text) == text


@pytest.mark.parametrize("text", ["e\u0301", "👩\u200d🔬", "🇩🇪", "👍🏽", "1\ufe0f\u20e3", "a\u00adb", "\x1b[m", "a\tb"])
def test_what_depends_on_its_neighbours_is_not_known_by_letters(text: str) -> None:
    assert width_of.simple_width(text) == -1


@given(st.text(st.sampled_from("ab–é   "), max_size=60), st.integers(1, 14))
def test_plain_letters_are_wrapped_and_cut_as_all_others_are(text: str, cells: int) -> None:
    assert wrap(text, cells) == ([text] if len(text) <= cells else wide.wrapped(text, cells))
    assert width_of._head(text, cells) == wide.head(text, cells)
