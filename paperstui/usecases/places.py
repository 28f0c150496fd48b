"""Where a reader was in each text, in a small file that is kept over restarts. Losing it costs nobody more than a search."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from paperstui.documents.flow import Place
from paperstui.errors import SaveError
from paperstui.paths import Paths, private_directory

FILE = "reading.json"
MOST = 500
"""Papers whose place is known; the one not read for longest goes first."""

_LARGEST = 1_000_000


class Places:
    """The places by paper. A place belongs to a source of the text, since another has other paragraphs."""

    def __init__(self, paths: Paths) -> None:
        self._path: Path = paths.state / FILE

    def get(self, paper_id: str, source: str) -> Place | None:
        """Where somebody was in this text of a paper."""
        found = self._read().get(paper_id)
        if not isinstance(found, list) or len(found) != 3 or found[0] != source:
            return None
        block, offset = found[1:]
        if type(block) is int and type(offset) is int and block >= 0 and offset >= 0:
            return Place(block, offset)
        return None

    def put(self, paper_id: str, source: str, place: Place) -> None:
        """Remember where somebody is. What cannot be written is not remembered."""
        known = self._read()
        known.pop(paper_id, None)
        if place != Place(0, 0):
            known[paper_id] = [source, place.block, place.offset]
        kept = dict(list(known.items())[-MOST:])
        new = self._path.with_name(f"{FILE}.{os.getpid()}.new")
        with suppress(OSError, SaveError):
            private_directory(self._path.parent)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as file:
                json.dump(kept, file)
            new.replace(self._path)

    def _read(self) -> dict[str, object]:
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}
