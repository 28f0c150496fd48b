r"""Papers as entries of a bibliography, for BibTeX and for biblatex.

Titles come from the source text, not from what the screen shows, so formulas arrive as formulas. For BibTeX, whose
programs read one byte a character, accents are commands (`{\"o}`); for biblatex everything is UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timezone
from typing import Literal

from paperstui.export.names import bibtex_name, folded, key_name
from paperstui.export.tex import latex
from paperstui.export.urls import abs_url, doi, plain_title, valid_arxiv_id
from paperstui.models import Paper

Dialect = Literal["bibtex", "biblatex"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "in", "into", "is",
    "it", "its", "of", "on", "or", "our", "that", "the", "their", "to", "towards", "via", "we", "what", "when", "where",
    "which", "who", "why", "with",
})  # fmt: skip
_ARXIV_BEGAN = 91  # 1991; smaller numbers of an id are of this century
_SHORT_WORD = 3


def bibtex(paper: Paper, *, key: str = "", dialect: Dialect = "bibtex") -> str:
    """One entry, with a newline at its end; key: the citation key, which otherwise is the paper's own (`base_key`)."""
    ascii_accents = dialect == "bibtex"
    title = latex(paper.title, bare=paper.text_source != "arxiv", protect=True, ascii_accents=ascii_accents)
    names = (bibtex_name(name, ascii_accents=ascii_accents) for name in paper.shown_authors if name.strip())
    fields = {"title": f"{{{title}}}", "author": _braced(" and ".join(names))}
    fields |= _dated(paper, dialect) | _identified(paper, dialect)
    fields = {name: value for name, value in fields.items() if value}
    width = max(map(len, fields), default=0)
    lines = [f"  {name:{width}} = {value}," for name, value in fields.items()]
    kind = "misc" if dialect == "bibtex" else "online"
    return "\n".join([f"@{kind}{{{key or base_key(paper)},", *lines, "}"]) + "\n"


def bibliography(papers: Iterable[Paper], *, dialect: Dialect = "bibtex") -> str:
    """All papers as entries in their order, each once, with an empty line between them and keys that differ."""
    once = {paper.id: paper for paper in papers}
    known = keys(once.values())
    return "\n".join(bibtex(paper, key=known[paper.id], dialect=dialect) for paper in once.values())


def keys(papers: Iterable[Paper]) -> dict[str, str]:
    """A citation key for every paper id.

    Where several papers would have one key, the one with the smallest id keeps it and the others get a letter (a to z,
    then aa), in the order of their ids: the keys depend on which papers there are, not on their order.
    """
    bases = {paper.id: base_key(paper) for paper in papers}
    taken = set(bases.values())
    found: dict[str, str] = {}
    kept: set[str] = set()
    for paper_id in sorted(bases):
        key = bases[paper_id]
        if key in kept:
            key = next(
                other for number in range(len(bases) + len(taken)) if (other := key + _letters(number)) not in taken
            )
            taken.add(key)
        kept.add(key)
        found[paper_id] = key
    return found


def base_key(paper: Paper) -> str:
    """`surnameYEARword` in ASCII: `vaswani2017attention`. Parts that are not known are left out or "anon"."""
    names = paper.shown_authors
    author = (key_name(names[0]) if names else "") or "anon"
    return f"{author}{year(paper) or ''}{_first_word(plain_title(paper))}"


def year(paper: Paper) -> int | None:
    """The year the paper appeared: from its date, else its arXiv id, else the day it was listed."""
    if paper.published is not None:
        return _day(paper).year
    known = re.search(r"(?:^|/)(\d\d)\d\d", valid_arxiv_id(paper))
    if known:
        short = int(known[1])
        return (1900 if short >= _ARXIV_BEGAN else 2000) + short
    return int(paper.listed[:4]) if paper.listed else None


def _first_word(title: str) -> str:
    """The first word of the title that says something; of a title of small words, the first of those."""
    words = [word for word in map(folded, re.split(r"[^\w'’-]+", title)) if word]
    telling = [word for word in words if word not in _STOP_WORDS]
    long = [word for word in telling if len(word) >= _SHORT_WORD]
    return next(iter([*long, *telling, *words]), "")


def _dated(paper: Paper, dialect: Dialect) -> dict[str, str]:
    appeared = year(paper)
    if appeared is None:
        return {}
    if dialect == "biblatex":
        return {"date": f"{{{_day(paper).isoformat() if paper.published is not None else appeared}}}"}
    month = _MONTHS[_day(paper).month - 1] if paper.published is not None else ""
    return {"year": f"{{{appeared}}}", "month": month}


def _identified(paper: Paper, dialect: Dialect) -> dict[str, str]:
    old = dialect == "bibtex"
    known = valid_arxiv_id(paper)
    if not known:
        return {}
    category = paper.categories[0] if paper.categories else ""
    return {
        "eprint": _braced(known),
        "archivePrefix" if old else "eprinttype": "{arXiv}" if old else "{arxiv}",
        "primaryClass" if old else "eprintclass": _braced(latex(category)),
        "doi": _braced(doi(paper)),
        "url": _braced(abs_url(paper)),
    }


def _day(paper: Paper) -> date:
    return datetime.fromtimestamp(paper.published or 0, timezone.utc).date()


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _letters(number: int) -> str:
    """0 is a, 25 is z, 26 is aa."""
    written = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) + written
    return written
