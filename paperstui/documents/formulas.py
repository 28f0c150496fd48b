"""Formulas of a document as spans: LaTeX without its delimiters in, Unicode (or ASCII, as the settings say) in its styles out."""

from __future__ import annotations

import re

from paperstui.documents.blocks import Inline, Spans, Style
from paperstui.text.clean import clean
from paperstui.text.latex import spans
from paperstui.text.latex_scan import MAX_MATHS
from paperstui.text.mathematics import rendering

# What converters leave in a source: comments that join lines, and commands that only size what follows.
_JOINED = re.compile(r"(?<!\\)%[^\n]*\n\s*")
_SIZED = re.compile(r"\\(?:displaystyle|textstyle|scriptstyle|scriptscriptstyle)(?![A-Za-z])\s*")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_STYLES: tuple[tuple[str, Style], ...] = (("code", "code"), ("bold", "strong"), ("italic", "italic"))


def tidied(tex: str) -> str:
    """The source on one line, without what says nothing about the formula."""
    return " ".join(_LABEL.sub("", _SIZED.sub("", _JOINED.sub("", tex))).split())


def formula(tex: str) -> Spans:
    """A formula's rendering; every span carries the source. What is too long or is not understood stays as written."""
    source = tidied(clean(tex, MAX_MATHS * 10))
    if not source:
        return ()
    if len(source) > MAX_MATHS or "\\)" in source or "\\(" in source:
        return (Inline(source, "code", tex=source),)
    found: list[Inline] = []
    for span in spans(f"\\({source}\\)", ascii_only=rendering() == "ascii"):
        style: Style = next((ours for theirs, ours in _STYLES if theirs in span.style), "")
        found.append(Inline(span.text, style, tex=source))
    return tuple(found) or (Inline(source, "code", tex=source),)
