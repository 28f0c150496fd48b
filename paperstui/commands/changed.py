"""`paperstui show --changes`: what the newest version of a paper changed in title and abstract."""

from __future__ import annotations

from typing import Any

from paperstui import clock
from paperstui.draw.changes import change_lines, compared
from paperstui.draw.lines import Line
from paperstui.models import Detail, TextSource
from paperstui.text.changes import Changes
from paperstui.text.mathematics import shown


def changed_lines(detail: Detail, cells: int) -> list[Line]:
    """The changes as the reader shows them, with signs on both sides of the words."""
    return change_lines(detail, compared(detail), cells, clock.today(), keys=False)


def changed_json(detail: Detail) -> dict[str, Any] | None:
    """The changes for scripts; None when there is no other wording to compare with.

    `before` and `after` are the two wordings: `source` ("arxiv", "hf" or "page"), `version` (null if it was not said),
    `title` and `abstract`. `title` and `abstract` hold all words of both, as a list of `kind` ("same", "gone" or "new")
    and `words`, where a newline begins a paragraph.
    """
    found = compared(detail)
    if found is None:
        return None
    paper, earlier = detail.paper, detail.wordings[0]
    return {
        "before": _wording(earlier.source, earlier.version, earlier.title, earlier.abstract),
        "after": _wording(paper.text_source, paper.version, paper.title, paper.abstract),
        "title": _parts(found.title),
        "abstract": _parts(found.abstract),
    }


def _wording(source: TextSource, version: int | None, title: str, abstract: str) -> dict[str, Any]:
    bare = source != "arxiv"
    return {
        "source": source,
        "version": version,
        "title": shown(title, bare=bare),
        "abstract": shown(abstract, bare=bare),
    }


def _parts(found: Changes) -> list[dict[str, Any]]:
    return [{"kind": part.kind, "words": list(part.words)} for part in found.parts]
