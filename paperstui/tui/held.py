"""What is known beyond the library of a paper in the pane, and what its tabs say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperstui import clock
from paperstui.draw.links import links_of
from paperstui.draw.paper import column_in, moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperstui.draw.discussion import Said
    from paperstui.draw.lines import Line
    from paperstui.models import Detail, Discussion
    from paperstui.rows import Facts


@dataclass(slots=True)
class Held:
    """What is known of a paper beyond the library.

    said: its comments, ready to be laid out. seen: the comments the user knew when the paper was opened, None where
    that never was. trouble: why it could not be asked for. loading: it is being asked for. drawn: the comments laid
    out, for a pane of a number of cells and with the source of formulas or without. wanted: the same, being laid out.
    """

    discussion: Discussion | None = None
    said: tuple[Said, ...] = ()
    here: frozenset[str] = frozenset()
    seen: frozenset[str] | None = None
    trouble: str = ""
    loading: bool = False
    drawn: tuple[tuple[int, bool], list[Line]] | None = None
    wanted: tuple[int, bool] | None = None


def laid_out(said: Sequence[Said], discussion: Discussion, cells: int, source: bool) -> list[Line]:
    """Comments where they stand in a pane of a number of cells; in a thread, since it may take seconds."""
    from paperstui.draw.discussion import comment_lines

    left, room = column_in(cells)
    return moved(comment_lines(said, discussion, room, source=source), left)


def age_of(held: Held | None) -> str:
    """How old what is shown is."""
    if held is None or held.loading:
        return "loading …" if held is not None else ""
    return clock.age(held.discussion.at) if held.discussion is not None else ""


def instead(detail: Detail, *, waiting: bool) -> str:
    """What stands in place of a discussion of which nothing is here."""
    if detail.paper.arxiv_id is None:
        return "This paper has no arXiv id, and so no page on Hugging Face where it could be discussed."
    return "Loading the discussion …" if waiting else "Nothing of the discussion is here."


def counts_of(facts: Facts, held: Held | None) -> dict[str, int]:
    """What the tabs hold, where more is known of it than the library has."""
    found = held.discussion if held is not None else None
    if found is None or not found.known:
        return {}
    linked = sum(total or 0 for total in (found.models, found.datasets, found.spaces))
    return {"discussion": len(found.comments) + found.left, "links": len(links_of(facts)) + linked}
