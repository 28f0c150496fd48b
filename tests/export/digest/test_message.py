from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.config import address_of
from paperstui.errors import UsageError
from paperstui.export.digest.content import Digest
from paperstui.export.digest.html_form import as_html
from paperstui.export.digest.message import as_bytes, bare_address, list_name, message, subject
from paperstui.export.digest.text_form import as_text
from tests.export.digest.samples import detail, digest
from tests.hostile import SHORT

SENDER = "paperstui <papers@example.org>"
TO = ("Ada Li <ada@example.org>", "bo@example.org")


def sent(made: Digest, sender: str = SENDER, to: tuple[str, ...] = TO) -> bytes:
    """The letter on the wire."""
    return as_bytes(message(made, sender, to, "20260604073000.abc"))


def received(data: bytes) -> EmailMessage:
    """What a mail reader makes of it."""
    letter = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    assert letter.defects == []
    return letter


def part(letter: EmailMessage, kind: str) -> str:
    """One of its two parts, in its own line ends."""
    found = letter.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content()).replace("\r\n", "\n")


def test_a_letter() -> None:
    made = digest(detail(), detail(2, title="Über 𝒪(n³) — 扩散"))
    letter = received(sent(made))
    assert letter["From"] == "paperstui <papers@example.org>"
    assert letter["To"] == "Ada Li <ada@example.org>, bo@example.org"
    assert letter["Subject"] == "[paperstui] 2 new papers: Paper 1: a bound of O(n²)"
    assert letter["Date"] == "Thu, 04 Jun 2026 07:30:00 +0000"
    assert letter["Message-ID"] == "<paperstui.20260604073000.abc@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<default.paperstui.localhost>"
    assert letter["MIME-Version"] == "1.0"
    assert letter.get_content_type() == "multipart/alternative"
    parts = [each.get_content_type() for each in letter.iter_parts()]
    assert parts == ["text/plain", "text/html"], "the best last (RFC 2046, section 5.1.4)"
    assert part(letter, "plain") == as_text(made)
    assert part(letter, "html") == as_html(made)


def test_on_the_wire_it_is_short_lines_of_ascii() -> None:
    titles = [text.encode("utf-8", "replace").decode() for _, text in SHORT]
    data = sent(digest(*(detail(number, title=title, abstract=title) for number, title in enumerate(titles, 1))))
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\0" not in data


def test_for_a_program_on_this_machine_lines_end_as_here() -> None:
    made = message(digest(), SENDER, TO, "x")
    assert b"\r" not in as_bytes(made, newline="\n")
    assert as_bytes(made, newline="\n").replace(b"\n", b"\r\n") == as_bytes(made)


@pytest.mark.parametrize(("name", "title"), SHORT, ids=[name for name, _ in SHORT])
def test_a_title_is_all_of_the_subject_it_can_be_and_no_other_header(name: str, title: str) -> None:
    del name
    made = digest(detail(title=title.encode("utf-8", "replace").decode()))
    letter = received(sent(made))
    assert letter["Subject"] == subject(made)
    assert letter.keys() == received(sent(digest())).keys()


INJECTIONS = [
    "x\r\nBcc: eve@example.org",
    "x\nBcc: eve@example.org",
    "x\rBcc: eve@example.org",
    "x\u2028Bcc: eve@example.org",
    "x\x85Bcc: eve@example.org",
    "x\x0bBcc: eve@example.org\x0c",
    "=?utf-8?q?x=0d=0aBcc:_eve=40example=2eorg?=",
    "=?utf-8?b?eA0KQmNjOiBldmVAZXhhbXBsZS5vcmc=?=",
    "=?us-ascii?q?=1b[31m?= =?utf-8?q?=e2=80=ae?=",
    "x " * 40 + "\r\n\r\n<html>",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_nobody_can_add_a_header(text: str) -> None:
    made = digest(detail(title=text, abstract=text), name="default", query=text.replace("\n", " "), command=text)
    data = sent(made)
    letter = received(data)
    assert letter["Bcc"] is None
    assert letter.keys() == received(sent(digest())).keys()
    assert letter["Subject"] == subject(made)
    assert letter["Subject"].isprintable()


def test_what_looks_like_encoded_words_is_not_decoded() -> None:
    made = digest(detail(title="=?utf-8?q?x=0aBcc:?= and =?utf-8?b?eA==?="))
    assert received(sent(made))["Subject"] == "[paperstui] 1 new paper: =?utf-8?q?x=0aBcc:?= and =?utf-8?b?eA==?="


def test_a_header_with_a_line_break_is_refused() -> None:
    letter = message(digest(), SENDER, TO, "x")
    with pytest.raises(ValueError, match="line break"):
        letter.replace_header("Subject", "a\r\nBcc: b@example.org")
    del letter["Subject"]
    with pytest.raises(ValueError, match="line break"):
        letter["Subject"] = "a\nBcc: b@example.org"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=150))
def test_every_subject_comes_back_as_it_was(title: str) -> None:
    made = digest(detail(title=title))
    data = sent(made)
    assert received(data)["Subject"] == subject(made)
    head = data.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert re.search(rb"^Subject: \S", head, re.MULTILINE), "not on a line of its own"


def test_long_titles_are_cut_in_the_subject_alone() -> None:
    made = digest(detail(title="word " * 100))
    assert subject(made).endswith("…")
    assert len(subject(made)) <= 120
    assert "word " * 99 in " ".join(part(received(sent(made)), "plain").split())


def test_the_name_of_a_digest_is_in_its_subject_and_its_list() -> None:
    letter = received(sent(digest(name="robots_2.x")))
    assert letter["Subject"].startswith("[paperstui robots_2.x] 1 new paper")
    assert letter["List-Id"] == "<robots-2.x.paperstui.localhost>"
    assert list_name("...") == "digest"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Ada Li <ada@example.org>", "ada@example.org"),
        ('"Li, Ada" <ada+papers@example.org>', "ada+papers@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        (" Ädä <a.b@x.example> ", "a.b@x.example"),
    ],
)
def test_addresses(text: str, bare: str) -> None:
    assert bare_address(text) == bare
    letter = received(sent(digest(), sender=text, to=(text,)))
    assert letter["To"].addresses[0].addr_spec == bare
    assert letter["From"].addresses[0].addr_spec == bare


ATOM = st.text(st.sampled_from("abcXYZ019!#$%&'*+/=?^_`{|}~-"), min_size=1, max_size=8)
LABEL = st.text(st.sampled_from("abc019-_éü漢ß"), min_size=1, max_size=8)


@given(
    local=st.lists(ATOM, min_size=1, max_size=3).map(".".join),
    domain=st.lists(LABEL, min_size=1, max_size=3).map(".".join),
    name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=20),
)
def test_whatever_the_settings_take_can_be_written_to(local: str, domain: str, name: str) -> None:
    for text in (f"{local}@{domain}", f"{name} <{local}@{domain}>"):
        if address_of(text):
            try:
                bare = bare_address(text)
            except UsageError:  # a domain that no name server can have
                continue
            letter = received(sent(digest(), sender=text, to=(text,)))
            assert letter["To"].addresses[0].addr_spec == bare
            assert letter.keys() == received(sent(digest())).keys()


def test_names_of_receivers_survive() -> None:
    letter = received(sent(digest(), to=('"Li, Ada" <ada@example.org>', "Zoë ∑ <zoe@example.org>")))
    assert [each.display_name for each in letter["To"].addresses] == ["Li, Ada", "Zoë ∑"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a@b@c",
        "a b@example.org",
        "ä@example.org",
        "a@" + "x." * 200,
        "a@" + "x" * 70 + ".example",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not an address"):
        bare_address(text)


def test_the_html_part_is_whole_html() -> None:
    html = part(received(sent(digest(detail(title="a < b & c")))), "html")
    parser = HTMLParser()
    parser.feed(html)
    assert html.endswith("</html>\n")
    assert "a &lt; b &amp; c" in html
