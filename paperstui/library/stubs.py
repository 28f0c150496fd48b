"""Papers that the user keeps and no source has brought: what the journals say of them is enough to show them.

An entry that stars a paper carries its title and authors. In a library made anew, or on another device, such a paper
stands in its views before anybody fetches it, and is completed by the first source that has it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from paperstui.journal.entries import TAG, Citation, Entry
from paperstui.journal.store import Tail
from paperstui.library import papers, projection
from paperstui.library.identity import TITLE, resolve
from paperstui.library.papers import Gathered
from paperstui.models import Author, Paper
from paperstui.text.titles import arxiv_id

_TITLE_ID = re.compile(TITLE + "[0-9a-f]{16}")


def apply(connection: sqlite3.Connection, tail: Tail) -> list[str]:
    """Project what was read (`projection.apply`), with a paper for each that is kept, known by its citation and absent.

    Returns the ids of papers whose state changed.
    """
    changed = projection.apply(connection, tail)
    found = _cited(entry for _, entry in tail.entries)
    # Those known by their titles last: an arXiv paper before them may be the same.
    for paper_id in sorted(found, key=lambda paper_id: (paper_id.startswith(TITLE), paper_id)):
        if resolve(connection, paper_id) is None:
            citation, at = found[paper_id]
            if is_kept(projection.states(connection, [paper_id])[paper_id]):
                made = papers.store(connection, [Gathered(_stub(paper_id, citation), [])], at)
                # What any source says counts as newer, whichever device's clock was ahead.
                connection.executemany("UPDATE papers SET updated = 0 WHERE id = ?", [(each,) for each in made.new])
    return changed


def is_kept(state: Mapping[str, Any]) -> bool:
    """Whether a user wants to find a paper with these decided fields again."""
    kept = state.get("starred") is True or state.get("queued") is not None or bool(state.get("note"))
    return kept or any(field.startswith(TAG) and value for field, value in state.items())


def _cited(entries: Iterable[Entry]) -> dict[str, tuple[Citation, int]]:
    """The last citation of each paper, and when it was written, in Unix seconds."""
    return {
        paper_id: (citation, entry.stamp.ms // 1000)
        for entry in entries
        for paper_id, citation in (entry.cite or {}).items()
        if citation.title and (_TITLE_ID.fullmatch(paper_id) or arxiv_id(paper_id) == paper_id)
    }


def _stub(paper_id: str, citation: Citation) -> Paper:
    return Paper(id=paper_id, title=citation.title, authors=tuple(map(Author, citation.authors)))
