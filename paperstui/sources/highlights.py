"""What Hugging Face's search marks in the title and the abstract of a paper that it found."""

from __future__ import annotations

from paperstui.models import Highlights, Stretch
from paperstui.sources.lenient import mapping, sequence
from paperstui.text.stretches import stretches

MAX_PIECES = 200


def highlights(value: object) -> Highlights | None:
    """The marks in an item of a search; None when there are none."""
    outer = mapping(value)
    if "highlightedTitle" not in outer and "highlightedSummary" not in outer:
        return None
    found = Highlights(_marked(outer.get("highlightedTitle")), _marked(outer.get("highlightedSummary")))
    return found if found.title or found.abstract else None


def _marked(value: object) -> tuple[Stretch, ...]:
    pieces = []
    for raw in sequence(value, MAX_PIECES):
        fields = mapping(raw)
        text = fields.get("text")
        if isinstance(text, str):
            pieces.append((text, fields.get("type") == "highlight"))
    return stretches(pieces)
