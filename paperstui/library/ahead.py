"""What was decided and stands in the journal, but not in the library yet: whoever reads a paper sees it all the same.

A decision is made when the journal has it. Until the library follows, which may have to wait for an import, rows and
states are shown with what is noted here. Lists and counts, which SQLite makes, follow with the library.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from paperstui.journal import merge
from paperstui.journal.merge import Held
from paperstui.models import Row

Key = tuple[int | str, str]
"""A paper's number, or its id where it has none here; and the field."""


class Ahead:
    """The newest values of decided fields that the library lacks. Any thread may use it.

    times: how often some of them were dropped because the library had them.
    """

    def __init__(self) -> None:
        self.times = 0
        self._lock = threading.Lock()
        self._held: dict[int | str, dict[str, Held]] = {}

    def __bool__(self) -> bool:
        return bool(self._held)

    def note(self, decided: Mapping[Key, Held]) -> None:
        """Show these from now on, unless something newer is shown."""
        with self._lock:
            for (paper, field), held in decided.items():
                fields = self._held.setdefault(paper, {})
                if merge.beats(held, fields.get(field)):
                    fields[field] = held

    def all(self) -> dict[Key, Held]:
        """What is noted now."""
        with self._lock:
            return {(paper, field): held for paper, fields in self._held.items() for field, held in fields.items()}

    def forget(self, followed: Mapping[Key, Held]) -> None:
        """The library has these, unless they were decided again meanwhile."""
        with self._lock:
            self.times += 1
            for (paper, field), held in followed.items():
                fields = self._held.get(paper, {})
                if fields.get(field) == held:
                    del fields[field]
                    if not fields:
                        del self._held[paper]

    def fields(self, paper: int | str) -> dict[str, Any]:
        """The fields of a paper that the library does not have as they are."""
        with self._lock:
            return {field: held.value for field, held in self._held.get(paper, {}).items()}

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """Rows as they are by now."""
        return [_shown(row, self.fields(row.rowid)) for row in rows]


def _shown(row: Row, fields: Mapping[str, Any]) -> Row:
    flags: dict[str, Any] = {name: fields[name] is True for name in ("read", "starred", "hidden") if name in fields}
    if "queued" in fields:
        flags["queued"] = fields["queued"] is not None
    if "note" in fields:
        flags["noted"] = bool(fields["note"])
    return row._replace(**flags) if flags else row
