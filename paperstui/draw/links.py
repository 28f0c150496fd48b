"""Where a paper can be found, and what belongs to it, as lines."""

from __future__ import annotations

from paperstui.draw.ink import link_ink
from paperstui.draw.lines import line_width
from paperstui.export.urls import abs_url, hf_url, pdf_url
from paperstui.text.width import Broken, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.rows import Facts

_NAME_CELLS = 14
"""Cells of the names of links."""


def links_of(paper: Facts) -> list[tuple[str, str, str, str]]:
    """Where a paper can be found and what belongs to it: (name, address, note, key that opens it)."""
    stars = f"★ {paper.code_stars:,}" if paper.code_stars else ""
    guess = "found automatically" if paper.code_added_by == "auto" else ""
    found = [
        ("arXiv", abs_url(paper), "", "o"),
        ("PDF", pdf_url(paper), "", "p"),
        ("Hugging Face", hf_url(paper), "", "O"),
        ("Code", paper.code_url, " ".join(part for part in (stars, guess) if part), "c"),
        ("Project", paper.project_url, "", "g p"),
        *(("Media", address, "", "") for address in paper.media),
    ]
    return [link for link in found if link[1]]


def counts_of(paper: Facts) -> dict[str, int]:
    """What the tabs hold, as far as the facts tell."""
    counts = {"links": len(links_of(paper)) + paper.repos, "notes": int(paper.noted)}
    return counts if paper.comments is None else counts | {"discussion": paper.comments}


def link_lines(paper: Facts, cells: int) -> list[Line]:
    """The links of a paper, one below the other."""
    lines: list[Line] = []
    room = max(10, cells - _NAME_CELLS)
    for name, address, note, key in links_of(paper):
        line: Line = [(name.ljust(_NAME_CELLS), "dim")]
        # The key stands beside the end of the address.
        for index, part in enumerate(_address_parts(address, room - (2 + width(key) if key else 0))):
            if index:
                lines.append(line)
                line = [(" " * _NAME_CELLS, "dim")]
            line.append((part, link_ink(address)))
        beside = note and line_width(line) + 2 + width(note) + (2 + width(key) if key else 0) <= cells
        line += [(f"  {text}", ink) for text, ink in ((note if beside else "", "dim"), (key, "accent")) if text]
        lines.append(line)
    return lines or [[("none known", "dim")]]


def _address_parts(address: str, cells: int) -> list[str]:
    """An address in lines of at most so many cells: in one, if need be without its scheme; else broken before slashes."""
    bare = address.partition("://")[2]
    if width(address) > cells >= width(bare):
        return [bare]
    parts: list[str] = []
    while len(address) > cells:
        slash = address.rfind("/", len("https://"), cells + 1)
        end = slash if slash > cells // 3 else cells
        parts.append(address[:end])
        address = address[end:]
    first, *others = [*parts, address]
    return [first, *map(Broken, others)]
