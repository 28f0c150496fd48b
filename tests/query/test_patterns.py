from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.query.patterns import LONGEST_PATTERN, BadPattern, checked
from paperstui.query.regex import compiled


@pytest.mark.parametrize(
    "pattern",
    [
        "diffusion", "gpt-?[45]", r"\bgpt-?\d+\b", "^attention", "deep.*learning", r"\d+(\.\d+)?B", r"\d+-\d+x",
        "[a-z]+[0-9]+", r"a.*b\w*", "(foo|bar)+", "(ab)+c", "a{2,30}b", "a{,3}b", ".*", r"\w+ning", "(a|b)?c",
        "a??b+?c*?", "x{", "a{}", "a{,}b", "a|b||c", "()", "[]a]", "[^]a]", r"[\]\-a]", "α+β", "a.*b.*c.*d",
        r"(\w+ )+models", "(?=a)b", "(?!a)b", "(?<=a+)b", "(?<!ab)c", "(?:a|b)c", "(?-i:GPT)", "(?i:a)", "(?s:a.b)",
        "a#b", "a++b", "(a{20}){20}", "{e<=1}", "(a)(b)",
    ],
)  # fmt: skip
def test_ordinary_patterns_are_taken(pattern: str) -> None:
    checked(pattern)
    compiled(pattern)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("((a{99}){99}){99}", "too large"),
        ("((((a?){9}){9}){9}){9}", "too large"),
        ("a{5001}", "too large"),
        ("a{" + "9" * 150 + "}", "too large"),
        ("(a|b{60}|c){99}", "too large"),
        ("a{3,2}", "fewer"),
        (r"\1", "refer back"),
        (r"(a)\1", "refer back"),
        (r"\x41", "by number"),
        (r"\N{BULLET}", "by number"),
        (r"[\x41]", "by number"),
        ("(?i)a", "groups are"),
        ("(?P<n>a)", "groups are"),
        ("(?R)", "groups are"),
        ("(a(?1)?)", "groups are"),
        ("(?|(a)|(b))", "groups are"),
        ("(?r)a", "groups are"),
        ("(*FAIL)", "groups are"),
        ("*", "nothing before"),
        ("a**", "nothing before"),
        ("a|+", "nothing before"),
        ("a{2}{3}", "nothing before"),
        ("(a", "without its"),
        ("a)", "without its"),
        ("[a", "without its"),
        ("{2}", "nothing before"),
        ("[z-a]", "range"),
        ("a\\", "ends in"),
        (r"\y", "no escape"),
        (r"\p{L}", "no escape"),
        (r"\K", "no escape"),
        (r"\L<x>", "no escape"),
        (r"[\b]", "within a class"),
        ("(" * 30 + ")" * 30, "deep"),
        ("a" * (LONGEST_PATTERN + 1), "longer than"),
    ],
)
def test_patterns_that_are_too_large_or_mean_nothing_are_refused(pattern: str, words: str) -> None:
    with pytest.raises(BadPattern, match=re.escape(words)):
        compiled(pattern)


PIECES = st.sampled_from(
    [*"ab.*+?()|[]^$\\{}-,2&~w#", ".*", r"\w+", r"\d", "(a|b)", "{2,5}", "{9}", "(?:", "(?=", "(?!", "(?<=", "(?<!",
     "(?i:", "(?-i:", "[a-c]", "ab", "(?R)", "{e<=2}", "(?P<n>", r"\L<x>", r"\G", "ß", "İ", "ſ", r"\p{L}", "(?>"]
)  # fmt: skip
PATTERNS = st.lists(PIECES, max_size=14).map("".join)


@given(PATTERNS)
def test_a_pattern_is_refused_or_compiles_without_a_warning(pattern: str) -> None:
    with suppress(BadPattern):
        compiled(pattern)


PLAIN = st.sampled_from([*"ab.*+?()|[]^$\\{}-,2w#", ".*", r"\w+", r"\d", "(a|b)", "{2,5}", "(?:", "(?=", "(?!", "ab"])


@given(st.lists(PLAIN, max_size=12).map("".join), st.text(alphabet="ab-2 [A", max_size=12))
def test_what_is_taken_means_what_python_means(pattern: str, text: str) -> None:
    try:
        ours = compiled(pattern)
        theirs = re.compile(pattern, re.IGNORECASE)
    except (BadPattern, re.error):
        return
    if re.search(r"[\[\]-]{2}", pattern):
        return
    assert bool(ours.search(text, timeout=5)) == bool(theirs.search(text))


LARGE = """
import re
from pathlib import Path
from paperstui.query.regex import compiled
for size in (1, 10, 60, 99):
    for pattern in (f"(a{{{size}}})" * 15, f"((a|b|c|d){{{size}}}){{{size // 4 + 1}}}", f"(({'[a-z]?' * 15}){{{size}}})"):
        try:
            compiled(pattern)
        except ValueError as error:
            assert "too large" in str(error), pattern
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell what a process took")
def test_what_is_taken_needs_little_memory() -> None:
    ended = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    assert int(ended.stdout) < 100_000, "kilobytes"
