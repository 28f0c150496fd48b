"""A digest as an e-mail: plain text and HTML, and the headers that mail readers and servers expect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from paperstui import __version__
from paperstui.config import address_of
from paperstui.errors import UsageError
from paperstui.export.digest.content import Digest, headline
from paperstui.export.digest.html_form import as_html
from paperstui.export.digest.text_form import as_text
from paperstui.text.clean import clean_line
from paperstui.text.width import truncate

SUBJECT_CELLS = 120
"""Cells of a subject line; longer titles are cut."""

_LINE = 76  # characters of a line, without its newline
_LONG_WORD = 60  # characters of a word that could not stand on a line of its own behind the name of the header


class _Policy(EmailPolicy):
    """The usual policy, except for the subject, which a stranger's title is part of.

    The usual one decodes what looks like encoded words when a header is set ("=?utf-8?q?=1b?="), and folds long subjects
    so that spaces are lost or gained (CPython gh-92081) or the first line is empty. Here the subject is kept as it is,
    encoded where a mail reader could take it for something else, and folded by `email.header`.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - as the base has it
        """The header to keep.

        Raises:
            ValueError: there is a line break in it.
        """
        if name.lower() != "subject":
            return super().header_store_parse(name, value)
        if len(str(value).splitlines()) > 1:
            raise ValueError("a header cannot have a line break")
        return name, str(value)

    def fold(self, name: str, value: str) -> str:
        """The header as lines."""
        if name.lower() != "subject":
            return str(super().fold(name, value))
        text = str(value)
        plain = text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < _LONG_WORD
        header = Header(text, "us-ascii" if plain else "utf-8", maxlinelen=_LINE, header_name=name)
        return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes."""
        return self.fold(name, value).encode("ascii") if name.lower() == "subject" else super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", max_line_length=_LINE)
_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_NOT_IN_LIST_ID = re.compile(r"[^a-z0-9.-]+")


def bare_address(text: str) -> str:
    """The address without a name, its domain in ASCII (RFC 5891), as servers take it.

    Raises:
        UsageError: it is none.
    """
    local, _, domain = address_of(text).rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not local or not _DOMAIN.fullmatch(ascii_domain):
        raise UsageError(f"{clean_line(text, 80)} is not an address such as ada@example.org")
    return f"{local}@{ascii_domain}"


def message(digest: Digest, sender: str, to: Sequence[str], unique: str) -> EmailMessage:
    """The e-mail. sender, to: addresses, with or without names. unique: letters and digits that no other digest has.

    What strangers wrote gets into one header only, the subject, and there as one clean line; `EmailMessage` refuses line
    breaks in any header. All of it is ASCII on the wire: encoded words in headers, quoted-printable in the parts.

    Raises:
        UsageError: an address is none.
    """
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = _address(sender)
    letter["To"] = tuple(_address(each) for each in to)
    letter["Subject"] = subject(digest)
    letter["Date"] = format_datetime(digest.made)
    letter["Message-ID"] = f"<paperstui.{unique}@{bare_address(sender).rpartition('@')[2]}>"
    # So that nobody's "I am on holiday" answers it (RFC 3834), and filters can sort it (RFC 2919, section 3).
    letter["Auto-Submitted"] = "auto-generated"
    letter["List-Id"] = f"<{list_name(digest.name)}.paperstui.localhost>"
    letter["X-Mailer"] = f"paperstui {__version__}"
    letter.set_content(as_text(digest), charset="utf-8", cte="quoted-printable")
    letter.add_alternative(as_html(digest), subtype="html", charset="utf-8", cte="quoted-printable")
    return letter


def as_bytes(letter: EmailMessage, *, newline: str = "\r\n") -> bytes:
    """The e-mail as bytes, each line with its newline: CRLF for a server, LF for a program on this machine."""
    return letter.as_bytes(policy=_POLICY.clone(linesep=newline))


def subject(digest: Digest) -> str:
    """What the mail is, with the best title: "[paperstui] 12 new papers: Q-Diffusion…"."""
    name = "" if digest.name == "default" else f" {digest.name}"
    line = f"[paperstui{name}] {headline(digest)}"
    if digest.stories:
        line += f": {digest.stories[0].title}"
    return truncate(clean_line(line), SUBJECT_CELLS)


def list_name(name: str) -> str:
    """The name of a digest as a label of a domain."""
    return _NOT_IN_LIST_ID.sub("-", name.lower()).strip("-.") or "digest"


def _address(text: str) -> Address:
    name = clean_line(text.rpartition("<")[0] if text.rstrip().endswith(">") else "", 200)
    return Address(display_name=name.strip().strip('"'), addr_spec=bare_address(text))
