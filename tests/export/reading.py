"""A strict little reader of BibTeX, to judge what the exporter writes. It counts braces exactly as BibTeX does."""

from __future__ import annotations

import re
from typing import NamedTuple


class Entry(NamedTuple):
    kind: str
    key: str
    fields: dict[str, str]


class NotBibtexError(ValueError):
    """The text is not what BibTeX reads."""


def entries(text: str) -> list[Entry]:
    """All entries of a bibliography; anything else between them but white space is an error."""
    found = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        entry, at = _entry(text, at)
        found.append(entry)
    return found


def value(text: str, at: int) -> tuple[str, int]:
    """A value in braces at this place, and the place behind it. BibTeX knows no escaped brace."""
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] == "{") - (text[end] == "}")
        if depth == 0:
            return text[at + 1 : end], end + 1
    raise NotBibtexError(f"the value at {at} does not end")


def _entry(text: str, at: int) -> tuple[Entry, int]:
    head = re.compile(r"@([a-z]+)\{([^\s{},%#~\\\"'()=]+),\n").match(text, at)
    if head is None or not head[2].isascii():
        raise NotBibtexError(f"no entry begins here: {text[at : at + 40]!r}")
    fields: dict[str, str] = {}
    at = head.end()
    field = re.compile(r"  ([A-Za-z]+) +=(?: )([a-z]{3}(?=,)|(?=\{))")
    while not text.startswith("}\n", at):
        name = field.match(text, at)
        if name is None or name[1] in fields:
            raise NotBibtexError(f"no field begins here: {text[at : at + 40]!r}")
        fields[name[1]], at = (name[2], name.end()) if name[2] else value(text, name.end())
        if not text.startswith(",\n", at):
            raise NotBibtexError(f"{name[1]} goes on: {text[at : at + 40]!r}")
        at += 2
    return Entry(head[1], head[2], fields), at + 2


def names(author: str) -> list[str]:
    """The names in an author field: BibTeX splits at " and " outside of braces."""
    found = [""]
    depth = 0
    for piece in re.split(r"([{}]|\s+and\s+)", author):
        depth += (piece == "{") - (piece == "}")
        if depth == 0 and piece.strip() == "and":
            found.append("")
        else:
            found[-1] += piece
    return found


def shown(latex: str) -> str:
    """Roughly what LaTeX prints of a value without formulas: enough to compare a title with its source."""
    plain = {
        r"\textbackslash{}": "\x01", r"\textbraceleft{}": "\x02", r"\textbraceright{}": "\x03",
        r"\textasciicircum{}": "^", r"\textasciitilde{}": "\x04", r"\textless{}": "<", r"\textgreater{}": ">",
        r"\textbar{}": "|", r"\&": "&", r"\%": "%", r"\#": "#", r"\_": "_", r"\$": "$",
    }  # fmt: skip
    for command, char in plain.items():
        latex = latex.replace(command, char)
    latex = latex.replace("~", " ").replace("{", "").replace("}", "")
    return latex.replace("\x01", "\\").replace("\x02", "{").replace("\x03", "}").replace("\x04", "~")
