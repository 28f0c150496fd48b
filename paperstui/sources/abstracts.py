"""Abstracts as they are delivered and as they are meant: hard wraps joined, paragraphs kept."""

from __future__ import annotations

import re

_LONGEST = 200_000
_WRAP_COLUMN = 100
_INDENT = 2
_BREAK = re.compile(r"\n([^\S\n]*)")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_NEWLINES = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"})


def paragraphs(text: str) -> str:
    """An abstract with one line a paragraph.

    arXiv wraps abstracts at about 80 columns and marks a new paragraph with two spaces at the start of its first line;
    Hugging Face delivered them so until 2025-11-12 (and one later), since then each paragraph is one line. So a break
    with an indent of two or more is a paragraph in both, and so is an empty line. Any other break is a wrap if the text
    is wrapped, which it is when no line goes on past the margin where it could have been broken.
    """
    text = text[:_LONGEST].replace("\r\n", "\n").translate(_NEWLINES).strip()
    if "\n" not in text:
        return text
    wrapped = not any(
        " " in line.strip()[:_WRAP_COLUMN] for line in text.split("\n") if len(line.strip()) > _WRAP_COLUMN
    )
    text = _BLANK_LINES.sub("\n  ", text)

    def meant(found: re.Match[str]) -> str:
        return " " if wrapped and len(found.group(1)) < _INDENT else "\n"

    return _BREAK.sub(meant, text)
