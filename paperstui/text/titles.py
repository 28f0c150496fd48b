"""What makes two titles the same, and which arXiv id a text names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from paperstui.text.latex import to_unicode

_NEW = r"(?<![\d.])(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v([1-9]\d*))?(?![\d.]*\d)"
_OLD = r"(?<![\w-])([a-z-]{2,12}(?:\.[A-Z]{2})?/\d\d(?:0[1-9]|1[0-2])\d{3})(?:v([1-9]\d*))?(?!\d)"
_ID = re.compile(rf"(?:{_NEW}|{_OLD})")
_PLACES = re.compile(
    r"(?i)^(?:arxiv:\s*|(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org|huggingface\.co|alphaxiv\.org)/"
    r"(?:abs|pdf|html|src|e-print|format|papers|overview)/)"
)


def normalised(title: str) -> str:
    """The letters and digits of a title, in lower case, without marks, words apart by single spaces."""
    text = unicodedata.normalize("NFKD", to_unicode(title, bare=True)).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in text if not unicodedata.combining(letter))
    return " ".join(kept.split())


def title_key(title: str) -> str:
    """16 hexadecimal digits that titles with the same letters share."""
    return hashlib.sha256(normalised(title).encode()).hexdigest()[:16]


def title_id(title: str) -> str:
    """The paper id of a paper that is known by its title alone."""
    return "title:" + title_key(title)


def _match(text: str) -> re.Match[str] | None:
    return _ID.match(_PLACES.sub("", text.strip(), count=1))


def arxiv_id(text: str) -> str | None:
    """The bare arXiv id in an id, a versioned id or an address; None if there is none."""
    found = _match(text)
    return (found[1] or found[3]) if found else None


def version(text: str) -> int | None:
    """The version that a versioned id or an address names."""
    found = _match(text)
    number = (found[2] or found[4]) if found else None
    return int(number) if number else None
