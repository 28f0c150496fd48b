"""Abstracts as they are delivered and as they are meant: hard wraps joined, paragraphs kept."""

from __future__ import annotations

import re

_LONGEST = 200_000
_MARGIN = 100
_INDENT = 2
_FULL_LINE = 60
_NEWLINES = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"})
_COMPLETE = re.compile(r"(?:[.!?:;…][\"'”’)\]}]*|https?://\S+)$")
_LIST_ITEM = re.compile(r"[-–—*•‣◦]|\(?[0-9a-zA-Z]{1,2}[.)]\s")


def paragraphs(text: str) -> str:
    """An abstract with one line a paragraph.

    arXiv wraps abstracts at about 80 columns and begins a new paragraph with an indent of two spaces. Hugging Face
    delivered them so until 2025-11-12 (and one later); since then a paragraph is one line, with the indent still
    there. So a break with an indent or an empty line begins a paragraph in both, and one without is a wrap if the text
    is wrapped at all, which it is when no line goes on past the margin. Some authors wrap with indents: in the middle
    of a sentence no paragraph begins.
    """
    text = text[:_LONGEST]
    if not text.isprintable():
        text = text.replace("\r\n", "\n").translate(_NEWLINES)
    lines = text.strip().split("\n")
    wrapped = not any(_goes_past_margin(line.strip()) for line in lines)
    found = [lines[0].rstrip()]
    before, empty = found[0], False
    for line in lines[1:]:
        words = line.strip()
        if words:
            wrap = wrapped and len(line) - len(line.lstrip()) < _INDENT
            if not empty and (wrap or _amid_sentence(before, words)):
                found[-1] += " " + words
            else:
                found.append(words)
            before = words
        empty = not words
    return "\n".join(found)


def _goes_past_margin(line: str) -> bool:
    """Whether a line is longer than any that was wrapped. What cannot be broken, such as an address, may be."""
    return len(line) > _MARGIN and " " in line[:_MARGIN]


def _amid_sentence(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the next, rather than a heading or an item of a list ending there."""
    if _COMPLETE.search(before) or _LIST_ITEM.match(after):
        return False
    return len(before) >= _FULL_LINE or after[0].islower()
