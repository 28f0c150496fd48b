"""What is kept in front of a full text, and what that says of it: whether a newer or a better one may be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from paperstui import clock

if TYPE_CHECKING:
    from paperstui.models import Paper

KEPT = "full text 1 "
"""What the key of every text begins with; it has the version of the form in which texts are kept."""

_BEFORE = 8  # versions back of which a text is looked for
_GOOD = ("Hugging Face's markdown", "arXiv HTML")  # sources of texts that nothing better is looked for

_DAY = 86_400
_YOUNG = 60 * _DAY  # since it was published: for so long a better source may come to have a paper's text

Wanting = Literal["", "newer", "better"]
Unkept = Literal["", "no room", "too long"]

WHY_UNKEPT: dict[Unkept, str] = {
    "": "",
    "no room": "there is no room to keep it: the disk is full or may not be written",
    "too long": "it is too long to be kept",
}
"""Why a text that came is not here the next time, as the end of a sentence."""


class TextHead(Struct):
    """What is kept of a text in front of its bytes.

    known: the newest version of the paper that was heard of when the text came. later: why a better source did not give
    it, when that was for then only. tried: when the better ones were asked last.
    check: a sum over the bytes (CRC-32), so that what was cut off or changed on the disk is not taken for a text; -1 where
    it was not made.
    """

    paper: str
    version: int
    source: str
    form: str
    url: str
    at: int
    notes: tuple[str, ...] = ()
    known: int = 0
    later: str = ""
    tried: int = 0
    check: int = -1


def versions_of(paper: Paper) -> list[int]:
    """The versions whose text to look for, the best first; 0 stands for a source that does not say."""
    newest = paper.version or 0
    return list(dict.fromkeys((newest, 0, *range(newest - 1, max(0, newest - _BEFORE), -1))))


def wanting_of(head: TextHead, paper: Paper) -> Wanting:
    """Whether there is a newer text than one that is kept, or may be a better one."""
    now = clock.seconds()
    newest = paper.version or 0
    if newest not in (0, head.version):
        came_after = head.version == 0 and paper.version_at is not None and head.at > paper.version_at
        if head.version or not (came_after or head.known == newest):
            return "newer"
    if head.later:
        return "better"
    young = now - (paper.published or 0) < _YOUNG and now - head.tried > _DAY
    return "better" if young and head.source not in _GOOD else ""


def paper_of(key: str) -> str:
    """The id of the paper whose text is kept under a key."""
    return key.removeprefix(KEPT).rpartition(" v")[0]


def key_of(paper_id: str, version: int) -> str:
    """What a text is kept under."""
    return f"{KEPT}{paper_id} v{version}"
