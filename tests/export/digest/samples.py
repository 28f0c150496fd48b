from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from paperstui.export.digest.content import Digest, Doubt, story
from paperstui.models import Author, Detail, Organization, Paper, State

SINCE = datetime(2026, 6, 3, 7, 30, tzinfo=timezone.utc)
MADE = datetime(2026, 6, 4, 7, 30, tzinfo=timezone.utc)

DOUBT = Doubt(at=SINCE, papers=12, command="paperstui digest --since 2026-06-02 --top all")


def detail(number: int = 1, **changes: Any) -> Detail:
    """A paper with everything that a digest shows."""
    given: dict[str, Any] = {
        "id": f"2606.{number:05}",
        "title": f"Paper {number}: a bound of $O(n^2)$",
        "abstract": f"We show that paper {number} is right. It holds, e.g. for $n > 3.5$. It is new.",
        "text_source": "arxiv",
        "authors": tuple(Author(name) for name in ("Ada Li", "Bo Chen", "José Álvarez", "Dee Ng", "Eve Ma")),
        "organization": Organization("ucb", "UC Berkeley"),
        "published": 1_780_000_000,
        "listed": "2026-06-04",
        "upvotes": 1_234,
        "comments": 1,
        "code_url": "https://github.com/ada/paper",
        "project_url": "https://ada.example.org/(paper)",
    }
    return Detail(
        rowid=number, paper=Paper(**given | changes), state=State(), listings=(), votes=(), first_seen=0, updated=0
    )


def digest(*details: Detail, **changes: Any) -> Digest:
    """A digest of papers, by default one."""
    stories = tuple(story(each) for each in details or (detail(),))
    given: dict[str, Any] = {
        "name": "default",
        "query": "",
        "order": "most upvoted first",
        "since": SINCE,
        "made": MADE,
        "stories": stories,
        "found": len(stories),
        "command": "paperstui digest --mail",
        "rest": "paperstui digest --since 2026-06-03 --top all",
    }
    return Digest(**given | changes)
