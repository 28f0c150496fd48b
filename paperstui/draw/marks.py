"""What is marked in the papers that a search found: each paper has marks of its own."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperstui.draw.row import Marks
    from paperstui.models import Highlights, Stretch


class FoundMarks:
    """What a search marked, by the ids of papers, and what the filter over its answer matches."""

    def __init__(self, found: Mapping[str, Highlights], filtered: Marks | None) -> None:
        self._found = found
        self._filtered = filtered

    def of(self, paper_id: str) -> Marks | None:
        """The marks of a paper; None if it has none."""
        found = self._found.get(paper_id)
        if found is None:
            return self._filtered
        from paperstui.text.stretches import places

        by_field: dict[str, tuple[Stretch, ...]] = {"title": found.title, "abstract": found.abstract}

        def marks(text: str, field: str) -> list[tuple[int, int]]:
            both = [*places(text, by_field.get(field, ())), *(self._filtered(text, field) if self._filtered else ())]
            apart: list[tuple[int, int]] = []
            for start, end in sorted(both):
                if apart and start <= apart[-1][1]:
                    apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
                else:
                    apart.append((start, end))
            return apart

        return marks


def marks_of(marks: FoundMarks | Marks | None, paper_id: str) -> Marks | None:
    """The marks of a paper, whether each paper has its own or all have the same."""
    return marks.of(paper_id) if isinstance(marks, FoundMarks) else marks
