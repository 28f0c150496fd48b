r"""Papers as entries of a bibliography, for BibTeX and for biblatex.

Titles come from the source text, not from what the screen shows, so formulas arrive as formulas. For BibTeX, whose
programs read one byte a character, accents are commands (`{\"o}`); for biblatex everything is UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from paperstui.export.forms import Found
from paperstui.export.keys import base_key, day, keys, year
from paperstui.export.names import bibtex_name
from paperstui.export.tex import latex
from paperstui.export.urls import abs_url, doi, valid_arxiv_id
from paperstui.models import Paper

Dialect = Literal["bibtex", "biblatex"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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


def pieces(papers: Iterable[Found], *, dialect: Dialect = "bibtex") -> Iterator[str]:
    """Papers as entries in their order, with an empty line between them and keys that differ."""
    known = keys(papers)
    for number, found in enumerate(papers):
        entry = bibtex(found.detail.paper, key=known.get(found.detail.rowid, ""), dialect=dialect)
        yield f"\n{entry}" if number else entry


def biblatex_pieces(papers: Iterable[Found]) -> Iterator[str]:
    """The same for biblatex."""
    return pieces(papers, dialect="biblatex")


def _dated(paper: Paper, dialect: Dialect) -> dict[str, str]:
    appeared, on = year(paper), day(paper)
    if appeared is None:
        return {}
    if dialect == "biblatex":
        return {"date": f"{{{on.isoformat() if on else appeared}}}"}
    month = _MONTHS[on.month - 1] if on else ""
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


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""
