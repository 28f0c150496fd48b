"""What is seen at a glance is what the library says when it is asked for everything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from paperstui.config import Settings
from paperstui.demo.generator import items as invented
from paperstui.draw.facts import facts_of
from paperstui.journal.store import Journal
from paperstui.library import schema
from paperstui.library.glance import FORM, Glance, glance
from paperstui.library.glance import facts_of as seen
from paperstui.library.records import plain
from paperstui.library.store import Library
from paperstui.models import Account, Author, Detail, Listing, Organization
from paperstui.paths import Paths
from paperstui.rows import Facts
from paperstui.usecases import Desk, Place
from tests.library.making import AT, decide, item, items

ODD: list[dict[str, Any]] = [
    {"authors": (), "author_count": 12},
    {"authors": (Author("Li, Ada"), Author("Bo Chen", hidden=True), Author("Cy", account=Account("cy"), status="x"))},
    {"authors": (Author("Only", hidden=True),)},
    {"authors": ()},
    {"organization": Organization("lab", "A Lab")},
    {"organization": Organization("lab")},
    {"submitter": Account("sub", "Sue Bmit"), "author_takes_part": True},
    {"submitter": Account("sub")},
    {"keywords": ("one", "two words")},
    {"keywords": ("one\nline", "")},
    {"categories": ("cs.CL", "math.GT")},
    {"summary": "In short.", "summary_model": "house/model-7b"},
    {"media": ("https://a.example/1.mp4", "https://a.example/2.mp4"), "project_url": "https://p.example"},
    {"code_url": "https://c.example", "code_stars": 5, "code_added_by": "auto"},
    {"withdrawn": "2026-01-02T00:00:00Z", "published": None, "upvotes": None, "comments": None},
    {"title": "On $x^2$", "abstract": "It is $\\alpha$.\n\nAnd more.", "text_source": "arxiv"},
    {"title": "", "abstract": ""},
]


def known(facts: Facts, detail: Detail) -> Facts:
    """The facts without what a detail does not tell: the plain forms, which must be those of its texts."""
    paper = detail.paper
    assert facts.title_plain == (plain(paper.title, paper.text_source) or paper.title)
    assert facts.abstract_plain == (plain(paper.abstract, paper.text_source) or paper.abstract)
    return facts._replace(title_plain=None, abstract_plain=None)


def look(places: Paths, rows: int = 20) -> Glance | None:
    before = sorted(path.name for path in places.data.rglob("*"))
    found = glance(str(places.library), rows)
    assert sorted(path.name for path in places.data.rglob("*")) == before, "it only looks"
    return found


def expected(desk: Desk, rows: int) -> dict[str, Any]:
    place = desk.start_place()
    selection = desk.select(place, "")
    counts = desk.counts(place)
    assert counts["today"] == len(selection.ids)
    assert selection.order == "most upvoted first"
    return {
        "period": place.period,
        "ids": tuple(selection.ids),
        "unread": selection.unread,
        "rows": selection.rows[:rows],
        "papers": counts["all"],
        "starred": counts["starred"],
        "queued": len(desk.select(Place("queue"), "").ids),
        "fetched_at": desk.fetched_at(place),
    }


def test_it_is_the_libraries_of_now() -> None:
    assert (schema.APPLICATION_ID, schema.version()) == FORM


def test_a_glance_is_what_the_desk_says(places: Paths, journal: Journal) -> None:
    with closing(Desk.open(places, Settings(), offline=True)) as desk:
        made = invented(90, last_day=date(2026, 6, 4), days=3)
        desk.library.upsert(made, AT)
        last = desk.start_place().period
        desk.library.mark_period("daily", last or "", at=AT, complete=True, papers=30)
        ids = [row.id for row in desk.select(desk.start_place(), "").rows]
        decide(desk.library, journal, ids[1], "read")
        decide(desk.library, journal, ids[2], "hidden")
        decide(desk.library, journal, ids[2], "starred")
        decide(desk.library, journal, ids[3], "starred")
        for place, paper in enumerate(ids[2:5]):
            decide(desk.library, journal, paper, "queued", float(place))
        wanted = expected(desk, 20)
        found = look(places)
        assert found is not None
        assert {name: getattr(found, name) for name in wanted} == wanted
        assert (wanted["starred"], wanted["queued"]) == (1, 2), "without the hidden one"
        detail = desk.detail(found.ids[0])
        assert detail is not None
        assert known(found.facts, detail) == facts_of(detail)
    closed = look(places)
    assert closed == found, "what waits in the log of an open library is the same when it has been closed"


def test_all_there_is_to_say_of_a_paper_is_seen(library: Library, journal: Journal, places: Paths) -> None:
    library.upsert([item(number, **fields) for number, fields in enumerate(ODD, 1)], AT)
    library.upsert([item(4, day="2026-06-01", upvotes=99), *invented(60, last_day=date(2026, 6, 4))], AT + 60)
    decide(library, journal, "2506.00004", "queued", 1.0)
    numbers = library.rowids("SELECT rowid FROM papers")
    assert len(numbers) == len(ODD) + 60
    with closing(sqlite3.connect(places.library)) as connection:
        for number in numbers:
            detail = library.detail(number)
            assert detail is not None
            assert known(seen(connection, number), detail) == facts_of(detail), detail.paper.id


def test_it_waits_for_nobody(library: Library, places: Paths) -> None:
    library.upsert(items(5), AT)
    with closing(sqlite3.connect(places.library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM papers")
        found = look(places)
        other.execute("ROLLBACK")
    assert found is not None
    assert len(found.ids) == 5


def test_an_empty_library_shows_nothing(library: Library, places: Paths) -> None:
    assert library.totals().papers == 0
    assert look(places) is None
    library.upsert([item(1, day=None)], AT)
    assert look(places) is None, "a paper without a day is in no list of a day"


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE papers(rowid)")
        connection.commit()


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200:] = b"\x5a" * (len(data) - 200)
    path.write_bytes(data)


def _log_without_its_index(path: Path) -> None:
    Path(f"{path}-wal").write_bytes(b"x" * 100)


def _rolling_back(path: Path) -> None:
    Path(f"{path}-journal").write_bytes(b"x" * 100)


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        _foreign,
        _newer,
        _damaged,
        _log_without_its_index,
        _rolling_back,
        lambda path: path.write_bytes(b""),
    ],
)
def test_what_is_no_sound_library_of_ours_is_left_to_others(places: Paths, spoil: Any) -> None:
    with closing(Library.open(places)) as library:
        library.upsert(items(5), AT)
    assert look(places) is not None
    spoil(places.library)
    assert look(places) is None


def test_names_that_mean_something_in_an_address_are_names(tmp_path: Path) -> None:
    places = Paths(*(tmp_path / f"a?b#c%41/{name}" for name in ("data", "cache", "config", "state")))
    places.make()
    with closing(Library.open(places)) as library:
        library.upsert([item(1)], AT)
        assert library.rows([1])[0].listed == Listing(feed="daily", period="2026-06-04").period
    assert look(places) is not None


def test_what_was_written_to_meanwhile_is_not_believed(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Library.open(places)) as library:
        library.upsert(items(3), AT)
    assert glance(str(places.library), 5) is not None
    moments = count()
    monkeypatch.setattr("paperstui.library.glance._written", lambda _: (next(moments),))
    assert glance(str(places.library), 5) is None
