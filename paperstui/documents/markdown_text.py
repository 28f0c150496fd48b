"""Running text of Markdown to spans: styles, links, formulas, marks of notes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from paperstui.documents.blocks import Inline, Spans, Style
from paperstui.documents.formulas import formula
from paperstui.documents.joining import joined
from paperstui.documents.marks import note_mark
from paperstui.text.clean import clean, safe_url

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_STYLED = 20_000
"""Characters of a paragraph up to which its Markdown is read; a longer one is shown as it is written."""

MAX_BRACKETS = 1_000
"""The same for opening brackets, which take quadratic time to pair."""

PICTURE = "\0picture"
"""The target of a span that is a picture's name; `without_pictures` takes it away."""

NAMELESS = "picture"
"""What a picture without a name is called."""

_MARKED = re.compile(r"[\\`~*_\[\]!<&$\n\r\0]|://")  # without any of these text is nothing but text
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\])}]+[^\s<>\"'`\])}.,;:!?*_]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol"
    r"|p|picture|pre|q|s|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video)"
    r"(?:\s[^<>]{0,2000})?/?>|<!--.{0,2000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class RunningText:
    """Reads the content of paragraphs, headings and cells. base, breaks: as in `markdown_blocks`."""

    def __init__(self, base: str, *, breaks: bool) -> None:
        self._base = base
        self._breaks = breaks

    def spans(self, content: str) -> Spans:
        """The spans of a paragraph's Markdown."""
        if not _MARKED.search(content):
            return (Inline(text),) if (text := content.strip()) else ()
        if len(content) > MAX_STYLED or content.count("[") > MAX_BRACKETS:
            return _tidy([Inline(content if self._breaks else content.replace("\n", " "))])
        from paperstui.documents.markdown_rules import parser

        tokens: list[Token] = []
        markdown = parser()
        markdown.inline.parse(content, markdown, {}, tokens)
        found: list[Inline] = []
        depth = {"strong": 0, "em": 0}
        link = target = ""
        for token in tokens:
            name = token.type.partition("_")[0]
            if token.type == "link_open":
                link, target = self._destination(str(token.attrGet("href") or ""))
            elif token.type == "link_close":
                link = target = ""
            elif name in depth:
                depth[name] += token.nesting
            else:
                style: Style = "strong" if depth["strong"] > 0 else "italic" if depth["em"] > 0 else ""
                found += self._span(token, style, link, target)
        return _tidy(found)

    def _span(self, token: Token, style: Style, link: str, target: str) -> Spans | Iterator[Inline]:
        """What a token shows."""
        kind = token.type
        content = clean(token.content, MAX_STYLED)
        if kind in ("s_open", "s_close"):
            return (Inline("~~"),)
        if kind in ("softbreak", "hardbreak"):
            return (Inline("\n" if self._breaks or kind == "hardbreak" else " "),)
        if kind in ("math_inline", "math_display"):
            return tuple(span._replace(link=link, target=target) for span in formula(content))
        if kind == "image":
            address = self._destination(str(token.attrGet("src") or ""))[0]
            return (Inline(" ".join(content.split()) or NAMELESS, "", address, PICTURE),)
        if kind == "code_inline":
            return (Inline(content, "code", link, target),)
        if kind == "footnote_ref":
            return (Inline(note_mark(content), "", "", f"fn:{content}"),)
        text = _TAG.sub("", _BREAK.sub("\n", content)) if "<" in content else content
        return (Inline(text, style, link, target),) if link or target else _addresses(text, style)

    def _destination(self, address: str) -> tuple[str, str]:
        """Where a link leads: (address, "") or ("", key), or two empty ones for nowhere."""
        if address.startswith("#"):
            return "", clean(address[1:], 200)
        if self._base and not _SCHEME.match(address):
            address = joined(self._base, address)
        return safe_url(address), ""


def without_pictures(spans: Spans) -> Iterator[Inline]:
    """Pictures in running text as their names, which lead to them."""
    for span in spans:
        yield span._replace(target="") if span.target == PICTURE else span


def _addresses(text: str, style: Style) -> Iterator[Inline]:
    """Text in which addresses that stand for themselves lead where they say."""
    at = 0
    for found in _ADDRESS.finditer(text) if "://" in text else ():
        address = safe_url(found[0])
        if address:
            yield Inline(text[at : found.start()], style)
            yield Inline(found[0], style, address)
            at = found.end()
    yield Inline(text[at:], style)


def _tidy(found: list[Inline]) -> Spans:
    """Spans without empty ones and without white space at the ends; neighbours of one kind are one."""
    result: list[Inline] = []
    for span in found:
        text = span.text
        if result and result[-1].text.endswith("\n"):
            text = text.lstrip(" ")
        if not text:
            continue
        if result and result[-1][1:] == span[1:] and span.target != PICTURE and not span.tex:
            result[-1] = result[-1]._replace(text=result[-1].text + text)
        else:
            result.append(span._replace(text=text))
    return trimmed(result)


def trimmed(spans: Iterable[Inline]) -> Spans:
    """Spans without white space at the ends."""
    result = list(spans)
    if result and not result[0].tex:
        result[0] = result[0]._replace(text=result[0].text.lstrip())
    if result and not result[-1].tex:
        result[-1] = result[-1]._replace(text=result[-1].text.rstrip())
    return tuple(span for span in result if span.text)
