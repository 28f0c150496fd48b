"""Names of authors as BibTeX wants them, and the last name that citation keys begin with."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from paperstui.export.tex import latex

_NOT_A_PERSON = re.compile(
    r"^The\b|\d|[()/]|\b(?:AI|Authors|Collaboration|Community|Consortium|Contributors|Foundation|GmbH|Group|Inc|Initiative|"
    r"Institute|Laboratory|Labs?|Network|Project|Research|Teams?|University)\b"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_INITIAL = re.compile(r"\w\.?")
_FOLDED = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ŋ": "ng", "Ŋ": "Ng",
})  # fmt: skip


class Name(NamedTuple):
    """A name in its parts. A name that cannot be taken apart safely, or is no person's, is all in `last`."""

    last: str
    first: str = ""
    suffix: str = ""
    whole: bool = False


def parsed(name: str) -> Name:
    """Take a name apart if that is safe.

    It is not for single names, organisations, names in scripts that write the family name first, names that end in an
    initial, and whatever has an "and" or more than one comma in it.
    """
    name = " ".join(name.split())
    if "," in name:
        last, _, first = (part.strip() for part in name.partition(","))
        if not last or not first or "," in first or _no_person(name):
            return Name(name, whole=True)
        return _western(last.split(), first) if _SUFFIX.fullmatch(first) else Name(last, first)
    words = name.split()
    if _no_person(name) or _INITIAL.fullmatch(name[name.rfind(" ") + 1 :]):
        return Name(name, whole=True)
    suffix = words.pop() if words and _SUFFIX.fullmatch(words[-1]) else ""
    return _western(words, suffix)


def _no_person(name: str) -> bool:
    """Whether a name is an organisation's, or of a script in which the family name may come first, or several names."""
    return (
        bool(_NOT_A_PERSON.search(name))
        or "and" in name.lower().split()
        or (not name.isascii() and any(unicodedata.east_asian_width(char) in "WF" for char in name))
    )


def _western(words: list[str], suffix: str) -> Name:
    """First names, then the last name with the particles before it ("van der", "de la"), which are in small letters."""
    if len(words) <= 1:
        return Name(" ".join([*words, suffix]).strip(), whole=True)
    at = len(words) - 1
    while at > 1 and words[at - 1][0].islower():
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]), suffix)


def bibtex_name(name: str, *, ascii_accents: bool = True) -> str:
    """The name as `Last, First`, or in braces where BibTeX must not take it apart."""
    parts = parsed(name)
    last = latex(parts.last, ascii_accents=ascii_accents)
    if parts.whole:
        return f"{{{last}}}"
    written = [last, latex(parts.suffix), latex(parts.first, ascii_accents=ascii_accents)]
    return ", ".join(part for part in written if part)


def folded(text: str) -> str:
    """The ASCII letters and digits of a text in lower case, accents left out."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return "".join(char for char in plain.lower() if char.isascii() and char.isalnum())


def key_name(name: str) -> str:
    """What a citation key begins with: the last name with its particles, or the first word of an organisation."""
    parts = parsed(name)
    words = parts.last.split()
    if parts.whole and len(words) > 1:
        return next((found for word in words if (found := folded(word)) and found != "the"), "")
    return folded(parts.last)
