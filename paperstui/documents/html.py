"""arXiv's HTML to blocks: pages that LaTeXML made, or its port to Rust, at arXiv and ar5iv.

Formulas are read from their LaTeX source (`alttext`, or the annotation), never from MathML, whose text says everything
twice. The parser is selectolax, of the extra `fulltext`.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter

from paperstui.documents.blocks import Block, words
from paperstui.documents.html_node import Node
from paperstui.documents.joining import joined
from paperstui.errors import PaperstuiError

LEAST_TEXT = 400
"""Characters below which a page is no paper but says why there is none."""

DEEPEST = 5_000
"""Elements within each other in a page; a paper has some dozens, and the parser takes quadratic time for more."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>])")
_CLOSED_BY_OTHERS = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt",
    "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "html", "head", "body",
})  # fmt: skip

_DROPPED = (
    "nav, dialog, button, script, style, template, noscript, header.arxiv-html-header, .ds-announcement,"
    " .ltx_page_footer, .ltx_pagination, .ltx_TOC, .ltx_page_navbar, .ltx_page_header, .package-alerts, .ltx_role_pubyear"
)


class NoTextError(PaperstuiError):
    """What came holds no text of a paper; the message goes on after the name of the source: "has no text in it"."""


def html_blocks(body: bytes, base: str = "") -> tuple[Block, ...]:
    """The blocks of a page. base: its address, for pictures and links.

    Raises:
        NoTextError: it is not the page of a paper, or selectolax is not installed.
    """
    article, named = _article(body)
    from paperstui.documents.html_walk import Walker

    # arXiv's pages say themselves what their pictures' addresses are relative to, which is not where they are.
    walker = Walker(joined(base, named))
    walker.walk(article)
    blocks = walker.finished()
    if sum(len(words(block)) for block in blocks) < LEAST_TEXT:
        raise NoTextError("sent a page without the text of the paper")
    return blocks


def _article(body: bytes) -> tuple[Node, str]:
    """The paper in a page, and the page's own word for what addresses in it are relative to."""
    try:
        lexbor = importlib.import_module("selectolax.lexbor")
    except ImportError:
        raise NoTextError("cannot be read without selectolax: pip install selectolax, beside paperstui") from None
    page = body.decode("utf-8", "replace")
    if _too_deep(page):
        raise NoTextError("sent a page that is nested too deeply to be a paper")
    tree = lexbor.LexborHTMLParser(page)
    article: Node | None = tree.css_first("article.ltx_document") or tree.css_first(".ltx_document")
    if article is None:
        raise NoTextError("sent a page that is not a paper")
    for node in article.css(_DROPPED):
        node.decompose()
    base: Node | None = tree.css_first("base")
    return article, (base.attributes.get("href") or "" if base is not None else "")


def _too_deep(page: str) -> bool:
    """Whether elements are within each other by more than `DEEPEST`, as far as their tags say."""
    open_now: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(page):
        name = tag[2].lower()
        if name in _CLOSED_BY_OTHERS:
            continue
        if not tag[1]:
            open_now[name] += 1
            depth += 1
            if depth > DEEPEST:
                return True
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1
    return False
