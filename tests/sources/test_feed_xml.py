from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.sources.answers import BadAnswerError
from paperstui.sources.feed_xml import DEEPEST, children, parse, said_error, text

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def test_names_come_without_their_namespaces() -> None:
    root = parse(b'<f:feed xmlns:f="urn:x"><f:a f:k="v">one</f:a><b xmlns="urn:y">two</b><a>three</a></f:feed>')
    assert root.tag == "feed"
    assert [child.text for child in children(root, "a")] == ["one", "three"]
    assert next(children(root, "a")).get("k") == "v"
    assert (text(root, "b"), text(root, "c")) == ("two", "")


@pytest.mark.parametrize(
    "data",
    [
        "<a>é</a>".encode(),
        "<a>é</a>".encode("utf-16"),
        "<?xml version='1.0' encoding='latin-1'?><a>é</a>".encode("latin-1"),
    ],
)
def test_any_encoding(data: bytes) -> None:
    assert parse(data).text == "é"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<a>\x0c\x1b[31mx</a>", "[31mx"),
        (b"<a>&#27;&#x1B;&#0;x&#233;</a>", "xé"),
        (b"<a>\xff\xfex</a>", "\ufffd\ufffdx"),
    ],
)
def test_forbidden_characters_do_not_lose_the_rest(data: bytes, found: str) -> None:
    assert parse(data).text == found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "broken or cut off"),
        (b"<a><b>", "broken or cut off"),
        (b"<a>&unknown;</a>", "broken or cut off"),
        (b"Rate exceeded.", "broken or cut off"),
        (b'{"a": 1}', "broken or cut off"),
        (b"<a/><b/>", "broken or cut off"),
        (b"<!DOCTYPE html><html><p></html>", "a web page instead of data"),
        (b"<html></html>", "a web page instead of data"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"), "a document type"),
        (b"<a>" * (DEEPEST + 1), "nested too deeply"),
        (b"<a>" + b"<b/>" * 400_001 + b"</a>", "without end"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_feed(data: bytes, words: str) -> None:
    with pytest.raises(BadAnswerError, match=words):
        parse(data)


@given(st.binary(max_size=200) | st.text(alphabet="<>/a b!&;#x?\"'=[]-", max_size=80).map(str.encode))
def test_no_bytes_are_anything_but_a_tree_or_a_bad_answer(data: bytes) -> None:
    with suppress(BadAnswerError):
        assert parse(data).tag is not None


def feed(entry: str, head: str = "<title>arXiv Query</title>") -> str:
    return said_error(parse(f"<feed {ATOM}>{head}<entry>{entry}</entry></feed>".encode()))


def test_an_error_is_told_from_a_paper_by_its_id() -> None:
    error = "<id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format for x</summary>"
    assert feed(error) == "incorrect id format for x"
    assert feed("<id>https://arxiv.org/api/errors#x</id><title>Oh</title>") == "there was an error"
    assert feed("<title>Error</title><summary>no such thing</summary>") == "no such thing"
    assert feed("<id>http://arxiv.org/abs/2506.01234v1</id><title>Error</title>") == "", "a paper may be called that"


def test_a_list_may_be_an_error() -> None:
    said = "Bad archive 'xx'. Valid archive names are: cs, math"
    rss = f"<rss><channel><title>Feed error for query: x</title><description>{said}</description></channel></rss>"
    assert said_error(parse(rss.encode())) == said
    atom = f"<feed {ATOM}><title>Feed error for query: x</title><subtitle>{said}</subtitle></feed>"
    assert said_error(parse(atom.encode())) == said
    assert said_error(parse(b"<rss><channel><title>cs.CL updates</title></channel></rss>")) == ""
