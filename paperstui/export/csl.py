"""Papers as CSL-JSON, which pandoc, Zotero and every citeproc read (schema of CSL 1.0.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from paperstui.export.forms import Found
from paperstui.export.json_text import array
from paperstui.export.keys import base_key, day, keys, year
from paperstui.export.names import parsed
from paperstui.export.plain import note_of
from paperstui.export.urls import abs_url, doi, in_writing, link, shown_title, valid_arxiv_id
from paperstui.models import Detail, Paper


def csl(detail: Detail, *, key: str = "") -> dict[str, Any]:
    """One item. key: its id, which is what a document cites; the same as in BibTeX.

    Preprints are of type "article". What is not known is left out.
    """
    paper = detail.paper
    known = valid_arxiv_id(paper)
    item = {
        "id": key or base_key(paper),
        "type": "article",
        "title": shown_title(paper),
        "author": [_name(name) for name in paper.shown_authors if name.strip()],
        "issued": _issued(paper),
        "abstract": in_writing(paper.abstract, bare=paper.text_source != "arxiv"),
        "DOI": doi(paper),
        "URL": abs_url(paper) or link(paper),
        "number": f"arXiv:{known}" if known else "",
        "publisher": "arXiv" if known else "",
        "archive": "arXiv" if known else "",
        "keyword": ", ".join(dict.fromkeys([*paper.keywords, *detail.state.tags])),
        "note": note_of(detail.state),
    }
    return {name: value for name, value in item.items() if value}


def pieces(papers: Iterable[Found]) -> Iterator[str]:
    """Papers as one array in their order, with ids that differ."""
    known = keys(papers)
    return array(csl(found.detail, key=known.get(found.detail.rowid, "")) for found in papers)


def _issued(paper: Paper) -> dict[str, Any]:
    on, appeared = day(paper), year(paper)
    if on is not None:
        return {"date-parts": [[on.year, on.month, on.day]]}
    return {"date-parts": [[appeared]]} if appeared else {}


def _name(name: str) -> dict[str, str]:
    """A name in its parts; "literal" where it is no person's or cannot be taken apart safely.

    Particles ("van der") stay with the family name but are named apart, so that a style may sort without them.
    """
    parts = parsed(name)
    if parts.whole:
        return {"literal": parts.last}
    words = parts.last.split()
    at = next((at for at, word in enumerate(words) if not word[0].islower()), 0)
    found = {
        "family": " ".join(words[at:]),
        "given": parts.first,
        "non-dropping-particle": " ".join(words[:at]),
        "suffix": parts.suffix,
    }
    return {name: value for name, value in found.items() if value}
