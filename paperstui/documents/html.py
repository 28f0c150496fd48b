"""arXiv's HTML to blocks: pages that LaTeXML made, or its port to Rust, at arXiv and ar5iv.

Formulas are read from their LaTeX source (`alttext`, or the annotation), never from MathML, whose text says everything
twice. The parser is selectolax, of the extra `fulltext`.
"""

from __future__ import annotations

import importlib

from paperstui.documents.blocks import Block, words
from paperstui.documents.html_node import Node
from paperstui.errors import PaperstuiError

LEAST_TEXT = 400
"""Characters below which a page is no paper but says why there is none."""

_DROPPED = (
    "nav, dialog, button, script, style, template, noscript, svg, header.arxiv-html-header, .ds-announcement,"
    " .ltx_page_footer, .ltx_pagination, .ltx_TOC, .ltx_page_navbar, .ltx_page_header, .package-alerts, .ltx_role_pubyear"
)


class NoTextError(PaperstuiError):
    """What came holds no text of a paper; the message goes on after the name of the source: "has no text in it"."""


def html_blocks(body: bytes, base: str = "") -> tuple[Block, ...]:
    """The blocks of a page. base: its address, for pictures and links.

    Raises:
        NoTextError: it is not the page of a paper, or selectolax is not installed.
    """
    article = _article(body)
    from paperstui.documents.html_walk import Walker

    walker = Walker(base)
    walker.walk(article)
    blocks = walker.finished()
    if sum(len(words(block)) for block in blocks) < LEAST_TEXT:
        raise NoTextError("sent a page without the text of the paper")
    return blocks


def _article(body: bytes) -> Node:
    try:
        lexbor = importlib.import_module("selectolax.lexbor")
    except ImportError:
        raise NoTextError("cannot be read without selectolax: pip install 'paperstui[fulltext]' installs it") from None
    tree = lexbor.LexborHTMLParser(body.decode("utf-8", "replace"))
    article: Node | None = tree.css_first("article.ltx_document") or tree.css_first(".ltx_document")
    if article is None:
        raise NoTextError("sent a page that is not a paper")
    for node in article.css(_DROPPED):
        node.decompose()
    return article
