from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.latex_scan import is_maths, scan


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("x", " "),
        ("n log n", "."),
        ("0.5", " "),
        ("3 + 4", ""),
        (">", "9"),
        (" \\alpha ", ""),
        ("30 FPS", ","),
        ("5\\%", " "),
        ("k^2 is", ""),
        ("\\textbf{a longer name of many words}", ""),
        (" \\textbf{4.8}", "\\"),
        ("\\textit{near} ", ","),
    ],
)
def test_a_formula(body: str, after: str) -> None:
    assert is_maths(body, after)


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("", ""),
        ("  ", ""),
        ("18/hour versus ", "6"),
        ("5-", "1"),
        ("5, ", "1"),
        ("5", "1"),
        (" per hour, 5", " "),
        ("n items and ", ""),
        ("a b c d e words", ""),
        ("5 to 6 per day", " "),
        ("x\n\ny", ""),
        ("x_1" * 1_000, ""),
        ("95\\% of all cases and ", "5"),
        ("5 for \\textbf{good} ones and ", "6"),
        ("5 (a=b) and ", "6"),
        (" \\emph{more} words ", "x"),
        (". \\footnote{A note.} ", "x"),
    ],
)
def test_no_formula(body: str, after: str) -> None:
    assert not is_maths(body, after)


def formulas(source: str) -> list[str]:
    found = scan(source)
    return [
        source[found.tokens[first].start : found.tokens[last + width - 1].start + len(found.tokens[last].text)]
        for first, (last, width) in found.formulas.items()
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a $x$ b $y$", ["$x$", "$y$"]),
        ("$a$$b$", ["$a$", "$b$"]),
        ("$$a$$", ["$$a$$"]),
        ("\\(a\\) \\[b\\]", ["\\(a\\)", "\\[b\\]"]),
        ("\\textbf{$a$} $b$", ["$a$", "$b$"]),
        ("$a \\text{if $b$} c$", ["$a \\text{if $b$} c$"]),
        ("{a $x} b$ c", []),
        ("\\$5 $x$ \\$", ["$x$"]),
        ("https://example.org/$x$y", ["$x$"]),
        ("$x", []),
        ("\\(a", []),
    ],
)
def test_where_formulas_are(source: str, expected: list[str]) -> None:
    assert formulas(source) == expected


@given(st.text("ab 1${}[]()\\_^~`'\"-/.:hwtps\n"))
def test_tokens_cover_the_text_and_partners_nest(text: str) -> None:
    found = scan(text)
    starts = [token.start for token in found.tokens]
    assert "".join(text[start:end] for start, end in pairwise([*starts, len(text)])) == text
    for kind in ("{", "["):
        pairs = [(first, last) for first, last in found.partner.items() if found.tokens[first].text == kind]
        for first, last in pairs:
            assert first < last
            assert not any(first < other < last < end < len(found.tokens) for other, end in pairs)
    for first, (last, width) in found.formulas.items():
        assert 0 <= first < last <= len(found.tokens) - width
