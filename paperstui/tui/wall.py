"""The second wall: whatever a widget does, no control character and no odd link reaches the terminal."""

from __future__ import annotations

import re

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from paperstui.text.clean import NEVER_SHOWN

_LINK = re.compile(r"https?://[!-~]{1,2048}\Z")


class Wall(LineFilter):
    """Replaces control and direction characters by U+FFFD and drops links that are not plain http(s) addresses.

    Text is cleaned where it comes in; this stands behind that, for text that found another way.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, themselves where nothing was wrong."""
        del background
        if not any(_bad(segment) for segment in segments):
            return segments
        return [_mended(segment) if _bad(segment) else segment for segment in segments]


def _bad(segment: Segment) -> bool:
    text, style, control = segment
    if control is not None:
        return False
    link = style.link if style is not None else None
    # Nothing that is never shown is printable.
    return (not text.isprintable() and NEVER_SHOWN.search(text) is not None) or (
        link is not None and _LINK.match(link) is None
    )


def _mended(segment: Segment) -> Segment:
    style = segment.style
    if style is not None and style.link is not None and _LINK.match(style.link) is None:
        style = style.update_link(None)
        style = Style.from_meta(style.meta) + style if style.meta else style
    return Segment(NEVER_SHOWN.sub("�", segment.text), style)
