"""Bytes become bodies and JSON, or are refused before they take memory."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.sources.answers import (
    FEED,
    LIST,
    MARKDOWN,
    MAX_INTEGER,
    PAGE,
    PDF,
    BadAnswerError,
    Decoder,
    Kind,
    check_body,
    check_type,
    decode_json,
)

SMALL = replace(LIST, cap=2**20)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, "x", null, true]}', {"a": [1, 2.5, "x", None, True]}),
        (b"\xef\xbb\xbf[1]", [1]),
        ("[1]".encode("utf-16"), [1]),
        ("[1]".encode("utf-32"), [1]),
        (b"[NaN, Infinity, -Infinity, 1e400, -1e400]", [None, None, None, None, None]),
        (b"[18446744073709551615]", [2**64 - 1]),
        (b"[NaN, " + b"9" * 5_000 + b"]", [None, MAX_INTEGER]),
        (b"[NaN, -" + b"9" * 5_000 + b"]", [None, -MAX_INTEGER]),
        (b'["\\ud800"]', ["\ud800"]),
        (b'["a\tb\nc"]', ["a\tb\nc"]),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b" \n[1]\n ", [1]),
    ],
)
def test_json_that_is_read(body: bytes, value: object) -> None:
    assert decode_json(body) == value


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "broken"),
        (b"[1", "broken"),
        (b"[1][2]", "broken"),
        (b"<html>", "broken"),
        (b"{'a': 1}", "broken"),
        (b"\x00", "broken"),
        (b'["\xff"]', "UTF-8"),
        (b"[" * 100_000, "deep"),
        (b'{"a":' * 100_000, "deep"),
        (b'[NaN,"\xff"]', "UTF-8"),
    ],
)
def test_json_that_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(BadAnswerError, match=words):
        decode_json(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    try:
        decode_json(body)
    except BadAnswerError as error:
        said = str(error)
    else:
        said = "sent JSON"
    assert said.startswith("sent ")


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES)
def test_all_json_means_what_the_standard_library_says(value: object) -> None:
    assert decode_json(json.dumps(value).encode()) == value
    assert decode_json(b"\xef\xbb\xbf" + json.dumps(value, ensure_ascii=False).encode()) == value


@settings(deadline=None)
@given(
    st.binary(max_size=5_000),
    st.integers(1, 700),
    st.sampled_from(["", "identity", "gzip", "x-gzip", "deflate", " GZIP "]),
)
def test_a_body_comes_out_as_it_went_in(body: bytes, size: int, coding: str) -> None:
    packers = {"gzip": lambda: gzip.compress(body), "deflate": lambda: zlib.compress(body)}
    packed = packers.get(coding.strip().lower().removeprefix("x-"), lambda: body)()
    decoder = Decoder(LIST, coding)
    for start in range(0, len(packed), size):
        decoder.feed(packed[start : start + size])
    assert decoder.finish() == body


def test_a_body_may_be_as_large_as_the_cap_but_no_larger() -> None:
    for coding, pack in (("", bytes), ("gzip", gzip.compress)):
        decoder = Decoder(SMALL, coding)
        decoder.feed(pack(b"x" * SMALL.cap))
        assert len(decoder.finish()) == SMALL.cap
        with pytest.raises(BadAnswerError, match="more than 1 MB for a list") as caught:
            Decoder(SMALL, coding).feed(pack(b"x" * (SMALL.cap + 1)))
        assert not caught.value.again


def test_a_bomb_is_stopped_before_it_goes_off() -> None:
    import tracemalloc

    packed = gzip.compress(bytes(200 * 2**20), 1)
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswerError, match="more than 1 MB"):
            Decoder(SMALL, "gzip").feed(packed)
        assert tracemalloc.get_traced_memory()[1] < 4 * SMALL.cap
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("at", [1, 5, 20, 60, -1, -9])
def test_a_compressed_body_that_is_cut_is_refused(at: int) -> None:
    packed = gzip.compress(bytes(range(256)) * 4)
    decoder = Decoder(LIST, "gzip")
    decoder.feed(packed[:at])
    with pytest.raises(BadAnswerError, match=r"cut off|empty"):
        check_body(LIST, decoder.finish())


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress", "x"])
def test_other_codings_are_refused(coding: str) -> None:
    with pytest.raises(BadAnswerError, match="not asked for"):
        Decoder(LIST, coding)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (LIST, "application/json; charset=utf-8"),
        (LIST, "APPLICATION/JSON"),
        (LIST, "application/problem+json"),
        (LIST, "text/plain"),
        (LIST, ""),
        (FEED, "application/atom+xml"),
        (FEED, "text/xml"),
        (MARKDOWN, "text/markdown; charset=utf-8"),
        (MARKDOWN, "text/plain"),
        (PAGE, "text/html"),
        (PDF, "application/pdf"),
    ],
)
def test_types_that_are_read(kind: Kind, said: str) -> None:
    check_type(kind, said)
    with pytest.raises(BadAnswerError):
        check_type(kind, "image/png")


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        (LIST, "text/html", "captive portal"),
        (FEED, "text/html; charset=utf-8", "captive portal"),
        (MARKDOWN, "application/xhtml+xml", "captive portal"),
        (PDF, "text/html", "captive portal"),
        (LIST, "image/png", "sent image/png instead of a list"),
        (PAGE, "", "something without a type instead of a page"),
        (LIST, "\x1b[2Jtext/evil", "sent text/evil instead"),
        (PAGE, "application/json", "instead of a page"),
    ],
)
def test_types_that_are_refused(kind: Kind, said: str, words: str) -> None:
    with pytest.raises(BadAnswerError, match=words) as caught:
        check_type(kind, said)
    assert not caught.value.again


def test_bodies_that_are_not_what_they_say() -> None:
    for kind, body, words in (
        (LIST, b"", "empty"),
        (LIST, b"\n <!doctype html>", "captive portal"),
        (PDF, b"<html>", "not a PDF"),
        (PDF, b"%PDF-1.7 cut", "cut off"),
    ):
        with pytest.raises(BadAnswerError, match=words):
            check_body(kind, body)
    check_body(LIST, b"[]")
    check_body(PAGE, b"<html>")
    check_body(PDF, b"%PDF-1.7" + b"x" * 5_000 + b"%%EOF\n")
