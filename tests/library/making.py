"""Papers and libraries for the tests of the library."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from paperstui.journal.entries import Entry
from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.models import Author, Item, Listing, Paper

AT = 1_780_560_000
# fmt: off
WORDS = [
    "diffusion", "models", "learn", "flow", "matching", "quantization", "survey", "transformer", "attention",
    "agents", "reasoning", "video", "geometry", "reward", "efficient", "greater", "recurrent", "sparse",
    "language", "vision", "policy", "gradient", "latent", "space", "robust", "evaluation",
]
# fmt: on


def paper(number: int = 1, **changes: Any) -> Paper:
    """A paper that differs from those of other numbers in every field."""
    fields: dict[str, Any] = {
        "id": f"2506.{number:05d}",
        "title": f"Paper number {number} about models",
        "abstract": f"We show that the number {number} matters.",
        "authors": (Author(f"Ada Number{number}"), Author("José Álvarez")),
        "published": 1_748_000_000 + number,
        "upvotes": number,
        "comments": 1,
    }
    return Paper(**fields | changes)


def item(number: int = 1, *, day: str | None = "2026-06-04", rank: int | None = None, **changes: Any) -> Item:
    """A paper with its listing on a day of the Daily Papers, or with none."""
    found = paper(number, **changes)
    listing = None
    if day is not None:
        listing = Listing(feed="daily", period=day, rank=rank or number, upvotes=found.upvotes, comments=found.comments)
    return Item(found, listing)


def items(count: int, *, day: str | None = "2026-06-04") -> list[Item]:
    """So many of them."""
    return [item(number, day=day) for number in range(1, count + 1)]


def long_items(count: int, seed: int = 1) -> list[Item]:
    """Papers of real length, so that a library of them has many pages."""
    chance = random.Random(seed)  # noqa: S311 - always the same papers

    def text(length: int) -> str:
        return " ".join(chance.choices(WORDS, k=length // 8))

    return [
        item(number, title=f"{text(70)} {number}", abstract=text(1300), day=f"2026-05-{number % 28 + 1:02d}")
        for number in range(1, count + 1)
    ]


def unlike(count: int, seed: int = 3) -> list[Item]:
    """Papers of real length that cost little to make: pieces of one long text."""
    chance = random.Random(seed)  # noqa: S311 - always the same papers
    text = " ".join(chance.choices(WORDS, k=20_000))
    return [
        item(
            number,
            title=f"{number} {text[number * 7 % 90_000 :][:70].strip()}",
            abstract=text[number * 13 % 90_000 :][:1_300].strip(),
            day=f"2026-05-{number % 28 + 1:02d}",
        )
        for number in range(1, count + 1)
    ]


def decide(library: Library, journal: Journal, paper_id: str, field: str = "starred", value: Any = True) -> Entry:
    """Decide something and show it, as the program does."""
    before = library.state([paper_id])[paper_id].get(field)
    entry = journal.append("Decide", [(paper_id, field, value, before)], floor=library.max_stamp())
    library.catch_up(journal)
    return entry


def starred(library: Library) -> set[str]:
    """The ids of the starred papers, as a list of them would find them."""
    sql = "SELECT p.rowid FROM papers p WHERE p.starred = 1 AND p.hidden = 0"
    return {row.id for row in library.rows(library.rowids(sql))}


def search(library: Library, words: str) -> list[str]:
    """The ids of the papers that the index finds, in the order of their numbers."""
    sql = (
        "SELECT p.rowid FROM papers p WHERE p.rowid IN (SELECT rowid FROM search WHERE search MATCH ?) ORDER BY p.rowid"
    )
    return [row.id for row in library.rows(library.rowids(sql, (words,)))]


def dump(path: Path) -> list[tuple[Any, ...]]:
    """Everything that a closed library says, in one order."""
    tables = ("papers", "bodies", "wordings", "listings", "votes", "periods", "aliases", "state", "tags", "notes")
    with closing(sqlite3.connect(path)) as connection:
        return [
            (table, *row)
            for table in tables
            for row in sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608
        ]
