from __future__ import annotations

import csv
import json
import lzma
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paperstui.text import latex
from paperstui.text.latex import MAX_LENGTH, Span, needs_rendering, spans, to_unicode
from paperstui.text.latex_bare import restored
from tests.hostile import CANARY, HOSTILE

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

VOCABULARY = r"""
    word Ab 12 é ∑ 模 $ $ \ { } [ ] ( ) ^ _ ~ % & -- `` '' " \\ \( \) \[ \] \% \$ \' \" \, = < + ' . \frac \sqrt \hat \textbf \text
    \mathbb \left \right \over \alpha \log \le \times \begin{cases} \end{cases} \begin{itemize} \item \end{itemize} \cite \footnote
    \href \url \c \unknown \unicode {x1b} {x41} \char \verb| \not \bf \color https://example.org/a_b 2times tau_0 _{ij}
"""
PARTS = st.sampled_from([*VOCABULARY.split(), " ", " ", ", ", "\n", "\\ ", "\u0301"])
LATEX = st.one_of(st.lists(PARTS, max_size=40).map("".join), st.text("ab1 ${}^_\\~%[]()"), st.text())


def comparable(text: str) -> str:
    """The text without what does not count (see the README of the shared cases)."""
    text = re.sub(" +", " ", unicodedata.normalize("NFC", text))
    return re.sub(" ?([=<>≤≥≈~→∈×+/≠]) ?", r"\1", text)


def test_the_shared_cases(shared: Path) -> None:
    with (shared / "text/latex_cases.tsv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(cases) >= 25
    wrong = [
        (case["source"], shown, case["expected"])
        for case in cases
        if comparable(shown := to_unicode(case["source"], bare=case["arxiv_id"].startswith("hf:")))
        != comparable(case["expected"])
    ]
    assert not wrong


def test_recorded_papers_keep_their_words(shared: Path) -> None:
    """Of real text nearly nothing changes, and no word of more than three letters goes but the names of commands."""
    changed = 0
    with lzma.open(shared / "hf/bulk/daily_papers_by_day.jsonl.xz", "rt") as lines:
        for line in lines:
            for item in json.loads(line)["items"]:
                text = item["paper"].get("summary") or ""
                shown = to_unicode(text, bare=True)
                assert not CONTROL.search(shown)
                changed += shown != text
                source_words = set(re.findall(r"(?<![\\\w^_{])[A-Z][a-z]{3,}(?![\w{}^_\\'~\"])", text))
                assert source_words <= set(re.findall(r"[A-Z][a-z]{3,}", shown)), item["paper"]["id"]
    assert 500 < changed < 2_500


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain text", [Span("plain text")]),
        ("", []),
        (r"a \textbf{b} c", [Span("a "), Span("b", frozenset({"bold"})), Span(" c")]),
        (r"\emph{a \textbf{b}}", [Span("a ", frozenset({"italic"})), Span("b", frozenset({"italic", "bold"}))]),
        (r"{\bf a} \texttt{b_c}", [Span("a", frozenset({"bold"})), Span(" "), Span("b_c", frozenset({"code"}))]),
        (r"$\mathbf{x} + \textit{y}$", [Span("x", frozenset({"bold"})), Span(" + "), Span("y", frozenset({"italic"}))]),
        (r"\textbf{a}\textbf{b}", [Span("ab", frozenset({"bold"}))]),
        (r"\href{https://example.org/a\_b}{x}", [Span("x", link="https://example.org/a_b")]),
        (r"\url{https://example.org}", [Span("https://example.org", link="https://example.org")]),
        (r"\href{javascript:x}{y}", [Span("y")]),
        (r"\href{file:///etc/passwd}{\textbf{y}}", [Span("y", frozenset({"bold"}))]),
        ("\\textbf{e}\u0301", [Span("é")]),
    ],
)
def test_spans(source: str, expected: list[Span]) -> None:
    assert spans(source) == tuple(expected)


@pytest.mark.parametrize(
    "text",
    ["", 'Plain text, 5% of it: a/b (c) [d] <e> @f #g & h; i\'j "k" l*m =n +o.', "Ünïcödé 模型 α ≤ β", "line\nline\n"],
)
def test_text_without_latex_is_returned_as_it_is(text: str) -> None:
    assert not needs_rendering(text)
    assert not needs_rendering(text, bare=True)
    assert to_unicode(text) == text
    assert to_unicode(text, bare=True) == text


def test_text_is_composed_and_cleaned() -> None:
    assert to_unicode("Cafe\u0301") == "Café"
    assert to_unicode("a\x1b[31mb\u202ec\td") == "abc d"
    assert to_unicode("\\textbf{a\x9b31mb}") == "ab"


def test_a_text_too_long_stays_as_it_was_written() -> None:
    text = "$x_1$ " * (MAX_LENGTH // 6 + 1)
    assert to_unicode(text) == text


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_hostile_text(text: str, bare: bool) -> None:
    shown = to_unicode(text, bare=bare)
    assert not CONTROL.search(shown)
    assert unicodedata.is_normalized("NFC", shown[:1_000])
    assert shown.count(CANARY) <= text.count(CANARY)


@given(LATEX, st.booleans())
def test_any_text_can_be_rendered(text: str, bare: bool) -> None:
    shown = to_unicode(text, bare=bare)
    assert not CONTROL.search(shown)
    assert unicodedata.is_normalized("NFC", shown)
    assert shown == "".join(span.text for span in spans(text, bare=bare))
    assert all(span.text for span in spans(text, bare=bare))
    assert all(re.fullmatch(r"(?:https?://[!-~]+)?", span.link) for span in spans(text, bare=bare))
    if not needs_rendering(text, bare=bare):
        assert to_unicode(shown, bare=bare) == shown


@given(st.text("abcXYZ 0123 .,;:!?()\"'/%&#@*+=<>|éλ模\n"), st.booleans())
def test_plain_text_does_not_change(text: str, bare: bool) -> None:
    assume("''" not in text)  # which is TeX's quotation mark
    assert to_unicode(text, bare=bare) == unicodedata.normalize("NFC", text)


WORDS = st.lists(
    st.sampled_from(["one", "Two", "x", "word", "Ab12", "7", "97", "é", "z9"]), min_size=1, max_size=6
).map(" ".join)
WRAPPED = st.sampled_from(
    [
        "%s",
        "{%s}",
        r"\textbf{%s}",
        r"\emph{%s}",
        "$\\text{%s}$",
        "``%s''",
        r"\unknown{%s}",
        "{\\it %s}",
        r"\footnote{%s}",
        "$\\mathrm{%s}$",
        "\\(%s\\)",
        "%s\\%%",
        "%s -- ",
        "(%s)",
    ]
)


@given(st.lists(st.tuples(WRAPPED, WORDS), max_size=8))
def test_letters_and_digits_of_prose_survive(parts: list[tuple[str, str]]) -> None:
    source = ". ".join(wrapped % words for wrapped, words in parts)
    expected = [char for _, words in parts for char in words if char.isalnum()]
    shown = to_unicode(source).replace(r"\unknown", "")
    assert [char for char in shown if char.isalnum()] == expected


def calls(function: Callable[[], object]) -> int:
    """How many Python functions are called: a measure of work that is the same on every machine."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        ("{", "}"),
        (r"\textbf{", "}"),
        (r"\unknown{", "}"),
        (r"\v{", "}"),
        (r"\'{", "}"),
        (r"\cite[", "]{a}"),
        (r"\textsuperscript{", "}"),
        (r"\href{a}{", "}"),
        (r"\begin{itemize}\item ", r"\end{itemize}"),
        (r"\sqrt{", "}"),
        ("x_{", "}"),
        ("x^", ""),
        ("$x$ ", ""),
        ("$5 ", ""),
        ("a~", ""),
        (r"\frac", ""),
        (r"\[", r"\]"),
        (r"\text{$", "$}"),
        ("https://example.org/{", "}"),
        ("x_", ""),
        ("H_2", ""),
        ("''a ", ""),
        ("{a}{", "}"),
        (r"\textcolor{a}{", "}"),
        (r"\SI{1}{", "}"),
        (r"\foreignlanguage{a}{", "}"),
        (r"\o{", "}"),
        (r"{\mu}a", ""),
        ("$", ""),
        (r"\begin{", ""),
        (r"\sqrt[", ""),
        (r"\text{", ""),
    ],
    ids=lambda unit: unit[0],
)
@pytest.mark.parametrize("bare", [False, True])
def test_twice_the_text_is_twice_the_work(unit: tuple[str, str], bare: bool) -> None:
    small, large = (unit[0] * size + "x" + unit[1] * size for size in (250, 500))
    assert len(large) <= MAX_LENGTH
    assert calls(lambda: to_unicode(large, bare=bare)) < 2.2 * calls(lambda: to_unicode(small, bare=bare)) + 2_000


@pytest.mark.parametrize(
    "unit",
    [
        (r"\sqrt[", "]"),
        (r"\frac{1}{", "}"),
        ("x_{", "}"),
        (r"\hat", ""),
        (r"\left(", ""),
        ("{", "}"),
        (r"\text{$a", "$}"),
        ("a &", ""),
        ("'", ""),
        ("|x", ""),
        ("||", ""),
        ("(|", ""),
        ("_", ""),
        ("^", ""),
        ("x^y_", ""),
        (r"\bf", ""),
        (r"\cal{", "}"),
        (r"x^\bf", ""),
        (r"\frac", ""),
        (r"\begin{cases}", r"\end{cases}"),
    ],
    ids=lambda unit: unit[0],
)
def test_a_formula_twice_as_long_is_twice_the_work(unit: tuple[str, str]) -> None:
    small, large = ("$" + unit[0] * size + "x" + unit[1] * size + "$" for size in (70, 140))
    assert calls(lambda: to_unicode(large)) < 2.2 * calls(lambda: to_unicode(small)) + 2_000


@pytest.mark.parametrize(
    "text", ["sometimes", "three times", "a rectangle", "an angle", "the ceiling", "flooring", "similar", "approximate"]
)
def test_a_word_that_holds_a_name_is_no_latex(text: str) -> None:
    assert not needs_rendering(text, bare=True)
    assert restored(text) == text


NAMES = ["times", "angle", "ceil", "floor", "sim", "approx", "log ", "l", "r", "a", "A", "5", " ", "°", "\\", "é", "²"]


@given(st.lists(st.sampled_from(NAMES), max_size=6).map("".join))
def test_what_is_looked_at_is_what_the_patterns_find(text: str) -> None:
    found = any(sign in text for sign in latex._BARE) or re.search(latex._AMONG_WORDS, text) is not None
    assert latex.is_bare(text) is found


@pytest.mark.parametrize(
    "text", ["2times", "Ktimes", "times3", "langle x", "x rangle", "sim5", "5sim", "nlog n", "x_i"]
)
def test_a_name_that_is_no_word_is_looked_at(text: str) -> None:
    assert needs_rendering(text, bare=True)
