"""Invented papers as plain dicts, and a database in memory that holds them."""
# ruff: noqa: S311 - nothing here has to be secret

from __future__ import annotations

import random
import sqlite3
from datetime import date, datetime, timedelta, timezone
from typing import Any

from paperstui.library import functions, index, packing, schema
from paperstui.query.regex import Regexp

TODAY = date(2026, 6, 4)

_SOME = (
    "diffusion flow matching quantization quantised pruning survey transformer attention agent agents reasoning GPT-4 gpt4"
    " state-of-the-art O'Brien C++ 3D 2501.12345 naïve Schrödinger Ångström café Poincaré façade El Niño coöperate 扩散 模型"
    " 扩散模型 データ 한국어 Δt α-stable β λ x² 10% → ≤ #1 A/B c model models the of for a in is OR AND NOT near"
)
WORDS = _SOME.split()
FORMULAS = ("$\\alpha^2$", "$O(n^2)$", "H$_2$O", "x^2", "\\(\\pi_0\\)", "$R^d$", "costs $5")
NAMES = (
    "Tri Dao",
    "Albert Gu",
    "José Álvarez",
    "Li Wei",
    "Søren Kierkegaard",
    "Ana-María O'Brien",
    "Ünal Çelik",
    "李 伟",
)
ORGANISATIONS = ("", "", "ByteDance", "Google DeepMind", "Université de Montréal", "Hugging Face")
CATEGORIES = ("cs.CL", "cs.LG", "cs.CV", "stat.ML", "hep-th", "math.OC")
TAGS = ("thesis", "to-read", "100%", "100x", "under_score", "Thesis", "日本")
SUBMITTERS = ("", "akhaliq", "Some_One", "someXone", "taesiri")
FEEDS = ("daily", "weekly", "trending", "imported", "arxiv:cs.CL", "arxiv:stat.ML")

Paper = dict[str, Any]


def invented(count: int, seed: int = 7) -> list[Paper]:
    """So many papers, always the same. The key `rowid` is their number; None is what no source said."""
    chance = random.Random(seed)
    return [_paper(chance, number) for number in range(1, count + 1)]


def _paper(chance: random.Random, number: int) -> Paper:
    day = TODAY - timedelta(days=chance.choice((0, 1, 2, 6, 7, 8, 30, 200, 800)))
    published = day - timedelta(days=chance.randrange(40))
    listed = day.isoformat() if chance.random() < 0.7 else None
    title = _text(chance, 6)
    return {
        "rowid": number,
        "id": f"{published:%y%m}.{number:05d}" if number % 20 else f"title:{number:016x}",
        "title": title,
        "title_plain": title + " ∑" if chance.random() < 0.2 else None,
        "abstract": _text(chance, 25),
        "abstract_plain": _text(chance, 25) if chance.random() < 0.2 else None,
        "authors": chance.sample(NAMES, chance.randrange(4)),
        "organization": chance.choice(ORGANISATIONS),
        "submitter": chance.choice(SUBMITTERS),
        "published": None if chance.random() < 0.1 else _moment(published) + chance.randrange(86_400),
        "listed": listed,
        "upvotes": chance.choice((None, 0, 1, 5, 17, 50, 51, 120)),
        "gained": chance.choice((None, None, -2, 0, 1, 5, 17, 50)),
        "comments": chance.choice((None, 0, 3, 8)),
        "code_url": chance.choice(("", "https://github.com/some/thing")),
        "code_stars": chance.choice((None, 0, 99, 1500)),
        "has_summary": chance.randrange(2),
        "project": chance.random() < 0.2,
        "categories": chance.sample(CATEGORIES, chance.randrange(4)),
        "keywords": [_text(chance, 2) for _ in range(chance.randrange(3))],
        "first_seen": _moment(day) + chance.randrange(86_400),
        "read": chance.randrange(2),
        "starred": int(chance.random() < 0.2),
        "queued": chance.random() if chance.random() < 0.2 else None,
        "revised": chance.randrange(2) or None,
        "hidden": int(chance.random() < 0.15),
        "tags": sorted(set(chance.sample(TAGS, chance.randrange(3)))),
        "note": _note(chance, number) if chance.random() < 0.2 else "",
        "listings": _listings(chance, day),
        "votes": [
            (_moment(day) + 40_000 * step, 3 * step + chance.randrange(3)) for step in range(chance.randrange(4))
        ],
    }


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)) + chance.choice(("", ".", ", (so)"))


def _note(chance: random.Random, number: int) -> str:
    return _text(chance, 5) + (f"\n{FORMULAS[number % len(FORMULAS)]} is meant" if number % 3 else "")


def _moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())


def _listings(chance: random.Random, day: date) -> dict[tuple[str, str], int | None]:
    """Rank by feed and period."""
    feeds = chance.sample(FEEDS, chance.randrange(4))
    period = {"weekly": f"{day:%G-W%V}"}
    return {(feed, period.get(feed, day.isoformat())): chance.choice((None, 1, 2, 3, 4)) for feed in feeds}


def database(papers: list[Paper], regexp: Regexp | None = None) -> sqlite3.Connection:
    """The papers in a library of the real shape, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    connection.create_function("regexp", 2, regexp or Regexp(), deterministic=True)
    functions.register(connection)
    fill(connection, papers)
    return connection


def fill(connection: sqlite3.Connection, papers: list[Paper]) -> None:
    """Put the papers into an empty library."""
    for paper in papers:
        _insert(connection, paper)
    index.rebuild(connection)


def _insert(connection: sqlite3.Connection, paper: Paper) -> None:
    columns = {
        name: paper[name]
        for name in (
            "rowid", "id", "title", "title_plain", "organization", "submitter", "published", "listed", "upvotes",
            "comments", "code_url", "code_stars", "has_summary", "first_seen", "read", "starred", "queued", "hidden",
            "revised",
            "gained",
        )
    }  # fmt: skip
    columns |= {
        "title_key": f"{paper['rowid']:016x}",
        "text_source": "hf",
        "authors": ", ".join(paper["authors"]),
        "author_count": len(paper["authors"]),
        "categories": " ".join(paper["categories"]),
        "has_project": int(paper["project"]),
        "updated": paper["first_seen"],
    }
    _row(connection, "papers", columns)
    body = packing.Body(paper["abstract"], paper["abstract_plain"], keywords="\n".join(paper["keywords"]))
    _row(connection, "bodies", {"rowid": paper["rowid"], "packed": packing.pack(body)})
    for (feed, period), rank in paper["listings"].items():
        listing = {
            "feed": feed,
            "period": period,
            "paper": paper["rowid"],
            "rank": rank,
            "first_seen": 0,
            "last_seen": 0,
        }
        _row(connection, "listings", listing)
    for at, upvotes in paper["votes"]:
        _row(connection, "votes", {"paper": paper["rowid"], "at": at, "upvotes": upvotes})
    for tag in paper["tags"]:
        _row(connection, "tags", {"paper": paper["rowid"], "tag": tag})
    if paper["note"]:
        _row(connection, "notes", {"paper": paper["rowid"], "note": paper["note"]})


def _row(connection: sqlite3.Connection, table: str, values: dict[str, Any]) -> None:
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO {table}({', '.join(values)}) VALUES({marks})", tuple(values.values()))
