from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.clean import MAX_JOINS, MAX_MARKS, clean, clean_line, nfc, safe_url
from tests.hostile import HOSTILE

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e00ff]"
)
MARKS = re.compile("[\u0300-\u036f]+")

# Any text, and text made of what matters here, which random text nearly never holds.
JOINING = "\u0301\u0316\u20e3\ufe0f\u200d\u200c\u0344가👩❤🏽🇩\ud83d\ude00"
LETTERS = "ab Z9é模क्य\u200b\u202e\ufeff\u00ad\u061c\u1160\u3164\u2028\u3000" + JOINING
CONTROLS = ["\x1b", "\x1b[", "\x1b]", "\x1b\\", "\x9b", "\x9d", "\x9c", "\x07", "31m", "0;", *"\r\n\t\x00\x7f"]
SPECIAL = st.sampled_from([*LETTERS, *CONTROLS, "\U000e0067", "\U0001fffe", "Å"])
TEXT = st.one_of(
    st.text(), st.lists(SPECIAL, max_size=60).map("".join), st.characters(codec=None).map(lambda c: f"a{c}b")
)


def assert_clean(text: str) -> None:
    assert not CONTROL.search(text)
    assert not BIDI.search(text)
    assert not INVISIBLE.search(text)
    assert unicodedata.is_normalized("NFC", text)
    assert all(len(run) <= MAX_MARKS for run in MARKS.findall(text))
    text.encode()


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_nothing_hostile_comes_through(text: str) -> None:
    assert_clean(clean(text))
    line = clean_line(text)
    assert_clean(line)
    assert "\n" not in line
    assert len(clean(text)) <= 20_000
    assert len(line) <= 1_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1$r0m\x1b\\text", "text"),
        ("\x9b31mred", "red"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x1bcreset", "reset"),
        ("\x1b(Bx\x1b#8y", "xy"),
        ("a\x1b", "a"),
        # UTF-8 that was read as Latin-1 holds introducers: the text behind one must stay.
        ("â\x80\x9d quoted and more", "â quoted and more"),
        ("open \x1b]0; an abstract\nof two lines", "open 0; an abstract\nof two lines"),
        ("far \x1b]" + "x" * 5_000 + "\x07 end", "far " + "x" * 5_000 + " end"),
    ],
)
def test_sequences_of_a_terminal(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb\u00a0c\u2003d\u202fe", "a b c d e"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("soft\u00adhyphen ze\u200bro", "softhyphen zero"),
        ("e\u0301 \u212b", "é Å"),
        ("\u0301x\n\u0301y \u0301z", "x\ny z"),
        ("a" + "\u0316" * 9, "a" + "\u0316" * MAX_MARKS),
        ("x\ufe0e\ufe0f", "x\ufe0e"),
        ("x \ufe0f", "x "),
        ("a\u200db\u200cc", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष र\u200d", "क्\u200dष र"),
        ("ന്\u200d", "ന്\u200d"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("👩\u200d❤\ufe0f\u200d👨", "👩\u200d❤\ufe0f\u200d👨"),
        ("👩\u200dx", "👩x"),
        ("👍🏽 1\ufe0f\u20e3 🇩🇪", "👍🏽 1\ufe0f\u20e3 🇩🇪"),
        ("\U0001f3f4\U000e0067\U000e007f", "\U0001f3f4"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("x\ufdd0\U0002ffff\ue000\U000f0000", "x"),
        ("𝒪(n) ≤ ∑ “x” – β", "𝒪(n) ≤ ∑ “x” – β"),
        ("  kept  outside \n", "  kept  outside \n"),
    ],
)
def test_characters(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_an_emoji_has_only_so_many_joiners() -> None:
    for person in ("👨", "❤"):
        pictures = re.findall(f"{person}(?:\u200d{person})*", clean(f"{person}\u200d" * 50 + person))
        assert {picture.count("\u200d") for picture in pictures[:-1]} == {MAX_JOINS}
        assert sum(picture.count(person) for picture in pictures) == 51


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \n b\t\tc ", "a b c"),
        ("a\u3000b\u2028c", "a b c"),
        ("", ""),
        (" \n ", ""),
        ("plain", "plain"),
        ("ﬁne—text", "ﬁne—text"),
        ("\u3000\u0301x", "x"),
    ],
)
def test_a_line_has_no_white_space_but_single_spaces(text: str, expected: str) -> None:
    assert clean_line(text) == expected


class Silent(Exception):  # noqa: N818 - a foreign one, which is named as it likes
    def __str__(self) -> str:
        raise RuntimeError("no message")


class Shout(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "shout\x1b[31m"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (5, "5"),
        (2.5, "2.5"),
        (b"a\xff\x1b[31mb", "a\ufffdb"),
        (ValueError("bad\x1b]0;x\x07 value"), "bad value"),
        (Silent(), ""),
        (Shout("x"), "shout"),
        (["a\x1b[1m"], "['a\\x1b[1m']"),
        (10**5_000, ""),
    ],
    ids=["none", "int", "float", "bytes", "exception", "exception without words", "kind of string", "list", "huge int"],
)
def test_whatever_comes_in(value: object, expected: str) -> None:
    assert clean(value) == expected
    assert clean_line(value) == expected
    assert type(clean(value)) is str


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("abcdef", -3, ""),
        ("abe\u0316\u0317f", 4, "ab…"),
        ("a👨\u200d👩\u200d👧", 4, "a…"),
        ("a👍🏽b", 3, "a…"),
        ("a🇩🇪🇫🇷", 3, "a…"),
    ],
)
def test_the_end_of_a_long_text_is_between_two_characters(text: str, limit: int, expected: str) -> None:
    assert clean(text, limit) == expected
    assert clean_line(text, limit) == expected


def test_what_is_dropped_does_not_count() -> None:
    assert clean("\x1b[31m" * 100 + "abc", 3) == "abc"


@given(TEXT, st.integers(-1, 80))
def test_any_text_is_clean_and_stays_so(text: str, limit: int) -> None:
    for door in (clean, clean_line):
        once = door(text, limit)
        assert_clean(once)
        assert door(once, limit) == once
        assert len(once) <= max(limit, 0)
    assert "\n" not in clean_line(text)


@given(st.text("abcXYZ019 .,;:!?()[]{}<>@#$%^&*_+-=/\\|~`'\"\n" + "éäßçñøåŁžβλΩДжабв模型カナ한글≤→∑√“”‘’–—…"))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean(text) == re.sub(r"\n{4,}", "\n\n\n", text)


@given(TEXT)
def test_nfc_is_that_of_the_standard_library_unless_there_is_a_wall_of_marks(text: str) -> None:
    assert unicodedata.is_normalized("NFC", nfc(text))
    if len(text) < 16:
        assert nfc(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/2506.01234",
        "http://localhost:8080/x?y=1&z=[2]#part",
        "HTTPS://Example.ORG",
        "http://127.0.0.1:80/a%20b",
        "http://[::1]:8000/",
        "https://example.org/~user/(x)'!*,;=@:$+",
        "https://example.org?x",
    ],
)
def test_an_address_that_may_be_opened(address: str) -> None:
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        None,
        5,
        "example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "-P evil",
        "--help",
        "https://",
        "https:///path",
        "https://.../",
        "https://user:secret@example.org/",
        "https://example.org@evil.example/",
        "https://exa mple.org/",
        "https://example.org/\n",
        " https://example.org/",
        "https://example.org/\x1b[31m",
        "https://éxample.org/",
        "https://example.org/é",
        "httpſ://example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org/a\\b",
        'https://example.org/"x',
        "https://example.org/<x>",
        "https://example.org/`id`",
        "https://example.org/a|b",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[zz]/",
        "https://example.org/" + "a" * 2_048,
        "https://example.org/\u202e",
    ],
)
def test_an_address_that_may_not(address: object) -> None:
    assert safe_url(address) == ""


@given(st.text())
def test_no_other_address_gets_through(text: str) -> None:
    for address in (text, f"https://{text}", f"https://example.org/{text}"):
        assert safe_url(address) in ("", address)
        assert re.fullmatch(r"(?:https?://[!-~]+)?", safe_url(address), re.IGNORECASE)
