"""Atom and RSS from foreign bytes, as a tree of elements without their namespaces.

Python's own expat is used, directly. It refuses what blows up (a document type with its entities) before anything of it
is read, and no feed needs one; `xml.etree` cannot be told that, and of the packages that can, defusedxml has had no
release since 2021 and does no more than this, and lxml brings a second parser of 12 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from paperstui.sources.answers import PORTAL, BadAnswerError
from paperstui.text.clean import clean_line

DEEPEST = 64
"""Elements within elements; those of feeds are four deep."""
MOST_ELEMENTS = 400_000
"""2,000 papers have some 50,000."""

# What XML forbids and some feeds have all the same: control characters, as they are and as references.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_BAD_CHARACTERS = frozenset(
    {expat.errors.XML_ERROR_INVALID_TOKEN, expat.errors.XML_ERROR_BAD_CHAR_REF, expat.errors.XML_ERROR_PARTIAL_CHAR}
)


class _RefusedError(Exception):
    """The document has something that no feed has; the message says what."""


def parse(data: bytes) -> Element:
    """The root of a document; `tag` and the keys of attributes are local names.

    Raises:
        BadAnswerError: it is no XML, is cut off, or has something that no feed has.
    """
    try:
        try:
            return _tree(data)
        except expat.ExpatError as error:
            if expat.errors.messages[error.code] not in _BAD_CHARACTERS:
                raise
            return _tree(_without_forbidden(data), "utf-8")
    except expat.ExpatError:
        raise BadAnswerError("sent XML that is broken or cut off") from None
    except _RefusedError as error:
        raise BadAnswerError(str(error), again=False) from None


def said_error(root: Element) -> str:
    """What a service says is wrong, where it says so in the form of a feed; "" when it is none of these.

    The query API of arXiv sends one entry called "Error" (https://info.arxiv.org/help/api/user-manual.html, 3.4), its
    RSS a feed called "Feed error for query".
    """
    entries = list(children(root, "entry"))
    if len(entries) == 1:
        [entry] = entries
        errors = "/api/errors" in text(entry, "id")
        if errors or (text(entry, "title") == "Error" and "/abs/" not in text(entry, "id")):
            return clean_line(text(entry, "summary"), 200) or "there was an error"
    head = next(children(root, "channel"), root)
    if text(head, "title").startswith("Feed error"):
        return clean_line(text(head, "description") or text(head, "subtitle"), 200) or "there was an error"
    return ""


def children(parent: Element, name: str) -> Iterator[Element]:
    """The elements of a name directly below another."""
    return (child for child in parent if child.tag == name)


def text(parent: Element, name: str) -> str:
    """The text of the first element of a name directly below another, as it stands there; "" for none."""
    return next((child.text or "" for child in children(parent, name)), "")


def _tree(data: bytes, encoding: str | None = None) -> Element:
    builder = TreeBuilder()
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise _RefusedError("sent XML that is nested too deeply" if depth > DEEPEST else "sent XML without end")
        builder.start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(tag))

    def refuse(name: str, *_: object) -> None:
        raise _RefusedError(PORTAL if name.lower() == "html" else "sent XML with a document type, which no feed has")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
    root = builder.close()
    if root.tag == "html":
        raise _RefusedError(PORTAL)
    return root


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _without_forbidden(data: bytes) -> bytes:
    words = _REFERENCE.sub(_referred, data.decode("utf-8", "replace"))
    return _FORBIDDEN.sub("", words).encode("utf-8")


def _referred(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return found[0] if allowed else ""
