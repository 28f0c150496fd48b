"""Citation keys: `surnameYEARword`, each once in an export, and the same whatever the order of the papers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timezone

from paperstui.export.forms import Found
from paperstui.export.names import folded, key_name
from paperstui.export.urls import plain_title, valid_arxiv_id
from paperstui.models import Paper

_STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "in", "into", "is",
    "it", "its", "of", "on", "or", "our", "that", "the", "their", "to", "towards", "via", "we", "what", "when", "where",
    "which", "who", "why", "with",
})  # fmt: skip
_ARXIV_BEGAN = 91  # 1991; smaller numbers of an id are of this century
_SHORT_WORD = 3


def keys(papers: Iterable[Found]) -> dict[int, str]:
    """A citation key for every paper, by its number in the library. The papers themselves are not kept.

    Where several papers would have one key, the one with the smallest id keeps it and the others get a letter (a to z,
    then aa), in the order of their ids: the keys depend on which papers there are, not on their order.
    """
    first: dict[str, tuple[str, int]] = {}
    shared: dict[str, list[tuple[str, int]]] = {}
    for found in papers:
        paper, rowid = found.detail.paper, found.detail.rowid
        key = base_key(paper)
        if first.setdefault(key, (paper.id, rowid)) != (paper.id, rowid):
            shared.setdefault(key, [first[key]]).append((paper.id, rowid))
    given = {rowid: key for key, (_, rowid) in first.items()}
    taken = set(first)
    first.clear()
    others = []
    for key, holders in shared.items():
        (_, keeper), *rest = sorted(holders)
        given[keeper] = key
        others += [(paper_id, rowid, key) for paper_id, rowid in rest]
    tried: dict[str, int] = {}
    for _, rowid, key in sorted(others):
        while (other := key + _letters(tried.get(key, 0))) in taken:
            tried[key] = tried.get(key, 0) + 1
        taken.add(other)
        given[rowid] = other
    return given


def base_key(paper: Paper) -> str:
    """`surnameYEARword` in ASCII: `vaswani2017attention`. Parts that are not known are left out or "anon"."""
    names = paper.shown_authors
    author = (key_name(names[0]) if names else "") or "anon"
    return f"{author}{year(paper) or ''}{_first_word(plain_title(paper))}"


def year(paper: Paper) -> int | None:
    """The year the paper appeared: from its date, else its arXiv id, else the day it was listed."""
    appeared = day(paper)
    if appeared is not None:
        return appeared.year
    known = re.search(r"(?:^|/)(\d\d)\d\d", valid_arxiv_id(paper))
    if known:
        short = int(known[1])
        return (1900 if short >= _ARXIV_BEGAN else 2000) + short
    return int(paper.listed[:4]) if paper.listed else None


def day(paper: Paper) -> date | None:
    """The day the paper appeared, where it is known."""
    if paper.published is not None:
        with suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(paper.published, timezone.utc).date()
    return None


def _first_word(title: str) -> str:
    """The first word of the title that says something; of a title of small words, the first of those."""
    words = [word for word in map(folded, re.split(r"[^\w'’-]+", title)) if word]
    telling = [word for word in words if word not in _STOP_WORDS]
    long = [word for word in telling if len(word) >= _SHORT_WORD]
    return next(iter([*long, *telling, *words]), "")


def _letters(number: int) -> str:
    """0 is a, 25 is z, 26 is aa."""
    written = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) + written
    return written
