"""Listings of LaTeXML: code, whose blanks and lines matter, and algorithms, which have formulas in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperstui.documents.blocks import plain
from paperstui.documents.formulas import formula
from paperstui.documents.html_node import Node, kinds_of
from paperstui.documents.html_text import tex_of
from paperstui.text.clean import clean

_MOST = 200_000
_DEEPEST = 60
_LINE = "ltx_listingline"
_BREAK = re.compile(r"\s*\n\s*")


def listing_text(node: Node) -> str:
    """The text of a listing, line by line, with the numbers of its lines where it has some."""
    for data in node.css(".ltx_listing_data"):
        data.decompose()
    # One that is in another is a part of it.
    lines = [line for line in node.css(".ltx_listingline") if line.parent is None or _LINE not in kinds_of(line.parent)]
    if not lines:
        return clean(_text(node).strip("\n"), _MOST)
    numbers = [_number(line) for line in lines]
    wide = max(map(len, numbers))
    # A break within a line is one of the page's source alone.
    texts = [
        _BREAK.sub(" ", _text(line) if number else _text(line).strip("\n"))
        for number, line in zip(numbers, lines, strict=True)
    ]
    if wide:
        # A blank behind every number is none of the text.
        apart = all(text.startswith(" ") for number, text in zip(numbers, texts, strict=True) if number and text)
        texts = [
            f"{number:>{wide}}  {text[1:] if apart and number else text}"
            for number, text in zip(numbers, texts, strict=True)
        ]
    return clean("\n".join(text.rstrip() for text in texts), _MOST)


def language_of(kinds: frozenset[str]) -> str:
    """The language that a listing is said to be in, or ""."""
    return next((clean(kind[17:], 40).lower() for kind in sorted(kinds) if kind.startswith("ltx_lst_language_")), "")


def _number(line: Node) -> str:
    tag = line.css_first(".ltx_tag_listingline")
    if tag is None:
        return ""
    number = " ".join(clean(tag.text(), 20).split())
    tag.decompose()
    return number


def _text(node: Node) -> str:
    return "".join(_parts(node, 0))


def _parts(node: Node, depth: int) -> Iterator[str]:
    """The texts in an element; of formulas, which say everything several times, their rendering."""
    child = node.first_child
    while child is not None:
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag == "math":
            yield plain(formula(tex_of(child)))
        elif child.tag == "br":
            yield "\n"
        elif child.tag != "-comment":
            yield from _parts(child, depth + 1) if depth < _DEEPEST else iter((child.text(),))
        child = child.next
