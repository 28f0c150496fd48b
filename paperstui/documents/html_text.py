"""Running text of a page of LaTeXML: how elements look, where formulas have their source, and white space."""

from __future__ import annotations

import re
from typing import NamedTuple

from paperstui.documents.blocks import Inline, Spans, Style
from paperstui.documents.html_node import Node
from paperstui.text.clean import clean
from paperstui.text.mathematics import rendering

SPACE = re.compile(r"\s+")
_SUPER = str.maketrans("0123456789+-()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_SUB = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_AS_THEY_ARE = ",*†‡§¶∗"  # between and instead of numbers of notes and affiliations
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


class Look(NamedTuple):
    """How text is shown that an element holds."""

    style: Style = ""
    link: str = ""
    target: str = ""


PLAIN = Look()


def tex_of(node: Node) -> str:
    """The LaTeX source of a formula; "" where the page has none."""
    tex = node.attributes.get("alttext") or ""
    if not tex:
        for note in node.css("annotation"):
            if note.attributes.get("encoding") == "application/x-tex":
                return str(note.text())
    return str(tex)


def tidy(spans: Spans | list[Inline]) -> Spans:
    """Spans with white space collapsed, none at the ends; neighbours of one kind are one."""
    joined: list[Inline] = []
    parts: list[str] = []  # of the text of the last one: joined once, since there may be very many

    def done() -> None:
        if joined:
            joined[-1] = joined[-1]._replace(text="".join(parts))
        parts.clear()

    for span in spans:
        text = span.text
        if not parts or parts[-1].endswith((" ", "\n")):
            text = text.lstrip(" ")
        if not text:
            continue
        if text.startswith("\n") and parts:
            parts[-1] = parts[-1].rstrip(" ")
        if joined and joined[-1][1:] == span[1:] and not span.tex:
            parts.append(text)
        else:
            done()
            joined.append(span)
            parts.append(text)
    done()
    result = [span for span in joined if span.text]
    while result and not result[-1].text.strip():
        result.pop()
    if result:
        result[0] = result[0]._replace(text=result[0].text.lstrip())
        result[-1] = result[-1]._replace(text=result[-1].text.rstrip())
    return tuple(span for span in result if span.text)


def look_of(tag: str, kinds: frozenset[str], look: Look) -> Look:
    """How text in an element looks, when text around it looks like this."""
    if tag == "code" or "ltx_font_typewriter" in kinds or "ltx_ERROR" in kinds:
        return look._replace(style="code")
    if tag in ("b", "strong") or "ltx_font_bold" in kinds:
        return look._replace(style="strong")
    if tag in ("em", "i") or "ltx_font_italic" in kinds:
        return look._replace(style=look.style or "italic")
    return look


def row_key(row: Node, table: Node) -> str:
    """The key of an equation: that of its row, of what the row is in, or of the whole table if that is one equation."""
    parent = row.parent
    for node in (row, parent, table):
        if node is not None and (key := node.attributes.get("id")):
            return clean(key, 200)
    return ""


def raised(node: Node) -> str:
    """Raised or lowered text in such letters where there are any, else with a sign that says so; "" if it is more than text."""
    text = SPACE.sub(" ", clean(node.text(), 2_000)).strip()
    table, sign = (_SUPER, "^") if node.tag == "sup" else (_SUB, "_")
    if not text or node.css_first("a, math, .ltx_note") is not None:
        return ""
    if text in _ORDINALS:
        return text
    small = text.translate(table)
    known = {*map(chr, table.values()), *_AS_THEY_ARE}
    if rendering() == "ascii" and set(small) <= known:
        return f"{sign}{text}" if len(text) == 1 or text.isdecimal() else f"{sign}{{{text}}}"
    return small if set(small) <= known else f"{sign}{text}" if len(text) == 1 else f" {text}"
