"""A list of suggestions with one of them chosen, seen through a window."""

from __future__ import annotations

from paperstui.query.completion import Candidate


class Choice:
    """Suggestions, how many there are beside these, and how many papers each leaves, by its text, as far as is known.

    sampled: there are more than that, but how many is not known.
    chosen: the index of the one that would be taken. top: the first one that is seen.
    """

    def __init__(
        self,
        candidates: tuple[Candidate, ...] = (),
        more: int = 0,
        papers: dict[str, int] | None = None,
        *,
        sampled: bool = False,
    ) -> None:
        self.candidates = candidates
        self.sampled = sampled
        self.more = more
        self.papers = papers if papers is not None else {}
        self.chosen = 0
        self.top = 0

    @property
    def total(self) -> int:
        """All there are, or one more than are known where it is not known how many there are."""
        return len(self.candidates) + self.more + self.sampled

    @property
    def candidate(self) -> Candidate | None:
        """The chosen one."""
        return self.candidates[self.chosen] if self.candidates else None

    @property
    def counted(self) -> bool:
        """Whether papers are counted for any of them."""
        return any(map(_countable, self.candidates))

    def step(self, direction: int, rows: int) -> None:
        """Choose the one below (1) or above (-1), and keep it within the rows that are seen."""
        self.chosen = max(0, min(self.chosen + direction, len(self.candidates) - 1))
        self.top = max(min(self.top, self.chosen), self.chosen - max(1, rows) + 1)

    def choose(self, row: int, rows: int) -> bool:
        """Choose the one in a row; whether there is one."""
        index = self.top + row
        if not (0 <= row < rows and index < len(self.candidates)):
            return False
        self.chosen = index
        return True

    def uncounted(self, rows: int) -> list[Candidate]:
        """Those that are seen whose papers are not known yet."""
        seen = self.candidates[self.top : self.top + max(0, rows)]
        return [one for one in seen if _countable(one) and one.text not in self.papers]


def _countable(one: Candidate) -> bool:
    return one.kind == "value" and not one.text.startswith("sort:")
