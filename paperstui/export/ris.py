"""Papers as RIS, the tagged lines that Zotero, EndNote, Mendeley and the like import.

A line is a tag of two characters, two spaces, a hyphen, a space and a value that ends with the line; there is no
escaping, so a value is one line. Lines end in CR LF, a reference ends in `ER  - `. Text is UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperstui.export.forms import Found
from paperstui.export.keys import day, year
from paperstui.export.names import parsed
from paperstui.export.urls import abs_url, doi, in_writing, link, shown_title, valid_arxiv_id
from paperstui.models import Detail

_END = "\r\n"


def ris(detail: Detail) -> str:
    """One reference, an unpublished work (UNPB), which is what reference managers make a preprint of."""
    lines = [("TY", "UNPB"), *_tags(detail), ("ER", "")]
    one_line = [(tag, " ".join(value.split())) for tag, value in lines]
    return "".join(f"{tag}  - {value}{_END}" for tag, value in one_line if value or tag == "ER")


def pieces(papers: Iterable[Found]) -> Iterator[str]:
    """Papers as references in their order, with an empty line between them."""
    for number, found in enumerate(papers):
        reference = ris(found.detail)
        yield f"{_END}{reference}" if number else reference


def _tags(detail: Detail) -> Iterator[tuple[str, str]]:
    paper = detail.paper
    known = valid_arxiv_id(paper)
    appeared, on = year(paper), day(paper)
    yield "TI", shown_title(paper)
    for name in paper.shown_authors:
        yield "AU", _name(name)
    yield "PY", f"{appeared:04}" if appeared else ""
    yield "DA", f"{on:%Y/%m/%d}/" if on else ""
    yield "AB", in_writing(paper.abstract, bare=paper.text_source != "arxiv")
    for word in dict.fromkeys([*paper.keywords, *detail.state.tags]):
        yield "KW", word
    yield "UR", abs_url(paper) or link(paper)
    yield "DO", doi(paper)
    yield "AN", f"arXiv:{known}" if known else ""
    yield "DB", "arXiv" if known else ""
    yield "PB", "arXiv" if known else ""
    yield "N1", detail.state.note
    yield "ID", paper.id


def _name(name: str) -> str:
    """`Last, First, Suffix`; what is no person's name, or cannot be taken apart safely, as it is."""
    parts = parsed(name)
    return ", ".join(part for part in (parts.last, parts.first, parts.suffix) if part)
