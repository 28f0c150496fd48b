from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query.patterns import LONGEST_PATTERN, BadPattern, checked
from paperstui.query.regex import compiled


@pytest.mark.parametrize(
    "pattern",
    [
        "diffusion",
        "gpt-?[45]",
        r"\bgpt-?\d+\b",
        "^attention",
        "deep.*learning",
        r"\d+(\.\d+)?B",
        r"\d+-\d+x",
        "[a-z]+[0-9]+",
        r"a.*b\w*",
        "(foo|bar)+",
        "(ab)+c",
        "a{2,30}b",
        "a{,3}b",
        ".*",
        r"\w+ning",
        "(a|b)?c",
        "a??b+?c*?",
        "x{",
        "a{}",
        "a{,}b",
        "a|b||c",
        "()",
        "[]a]",
        "[^]a]",
        r"[\]\-a]",
        "α+β",
    ],
)
def test_ordinary_patterns_are_taken(pattern: str) -> None:
    checked(pattern)
    compiled(pattern)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(a+)+", "several ways"),
        ("(a|a)*", "several ways"),
        ("(a|ab)*c", "several ways"),
        ("(a?){30}", "can itself match"),
        ("(a*)*", "several ways"),
        ("()*", "empty"),
        (r"(\b)+", "empty"),
        ("((a{0}){99}){99}", "empty"),
        (".*.*x", "two open repeats"),
        (r".*e\w+x", "two open repeats"),
        (r".*-\d+x", "two open repeats"),
        ("a.*b.*c", "two open repeats"),
        (r"(\w+ )+x", "itself repeats"),
        ("a?" * 20 + "a" * 20, "too many alternatives"),
        ("(e|e|e|e|e|e|e|e|e).*x", "too many alternatives"),
        ("a{99999}", "more than 100"),
        ("a{3,2}", "fewer"),
        (r"\1", "refer back"),
        (r"(a)\1", "refer back"),
        (r"\x41", "by number"),
        ("(?i)a", "plain groups"),
        ("(?=a)", "plain groups"),
        ("(?P<n>a)", "plain groups"),
        ("*", "nothing before"),
        ("a**", "nothing before"),
        ("a|+", "nothing before"),
        ("(a", "without its"),
        ("a)", "without its"),
        ("[a", "without its"),
        ("{2}", "nothing before"),
        ("[z-a]", "range"),
        ("a\\", "ends in"),
        (r"\y", "escape"),
        ("(" * 30 + ")" * 30, "deep"),
        ("a" * (LONGEST_PATTERN + 1), "longer than"),
    ],
)
def test_patterns_that_could_freeze_or_mean_nothing_are_refused(pattern: str, words: str) -> None:
    with pytest.raises(BadPattern, match=re.escape(words)):
        compiled(pattern)


PIECES = st.sampled_from([*"ab.*+?()|[]^$\\{}-,2&~w", ".*", r"\w+", r"\d", "(a|b)", "{2,5}", "(?:", "[a-c]", "ab"])


@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_pattern_is_refused_or_compiles_without_a_warning(pattern: str) -> None:
    try:
        sanitised = checked(pattern)
    except BadPattern:
        return
    try:
        re.compile(sanitised)
    except re.error:
        with pytest.raises(BadPattern):
            compiled(pattern)


@given(st.lists(PIECES, max_size=14).map("".join), st.text(alphabet="ab-2 [&~", max_size=12))
def test_what_is_taken_means_what_python_means(pattern: str, text: str) -> None:
    try:
        ours = compiled(pattern)
    except BadPattern:
        return
    if re.search(r"[\[\]&~|-]{2}", pattern):
        return
    assert bool(ours.search(text)) == bool(re.search(pattern, text, re.IGNORECASE))


@given(st.lists(PIECES, max_size=10).map("".join))
def test_what_is_taken_is_quick_on_hostile_text(pattern: str) -> None:
    try:
        ours = compiled(pattern)
    except BadPattern:
        return
    # 2^n and n^3 steps would not end within the time limit of a test.
    for text in ("a" * 1500, "ab" * 750, "a b" * 500, "2" * 1500):
        ours.search(text)
