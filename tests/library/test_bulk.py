"""Two years of recorded days, where they are at hand."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from paperstui.library.store import Library
from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.sources.items import parse_items
from tests.library.making import AT, dump, search


@pytest.fixture
def recorded(shared: Path) -> list[Item]:
    """Every item of every recorded day."""
    found: list[Item] = []
    with lzma.open(shared / "hf" / "bulk" / "daily_papers_by_day.jsonl.xz", "rt") as file:
        for line in file:
            day = json.loads(line)
            found += parse_items(day["items"], "daily", day["date"]).items
    return found


def test_two_years_of_papers_loaded_twice_are_the_same(library: Library, places: Paths, recorded: list[Item]) -> None:
    ids = {item.paper.id for item in recorded}
    assert len(recorded) == 6263
    done = library.upsert(recorded, AT)
    assert set(done.new) == ids
    assert (done.updated, done.unchanged, done.merged) == ((), (), ())
    assert library.totals().papers == len(ids)
    for item in recorded[::500]:
        detail = library.detail(library.find(item.paper.id) or 0)
        assert detail is not None
        assert detail.paper == item.paper
        assert item.listing in detail.listings
    assert len(search(library, "{title} : diffusion")) > 300
    days = library.periods("daily", "2024-05-27", "2026-08-21")
    assert sum(day.papers for day in days) == len({(item.paper.id, item.listing) for item in recorded})
    assert library.care.index_agrees()
    library.close()
    before = dump(places.library)
    library = Library.open(places)
    writer = library._connections._writer
    assert writer is not None
    began = writer.total_changes
    same = library.upsert(recorded, AT)
    assert (len(same.unchanged), same.new, same.updated, same.merged) == (len(ids), (), (), ())
    assert writer.total_changes == began, "the second time nothing is written, and so it is quicker"
    again = library.upsert(recorded, AT + 60)
    assert set(again.unchanged) == ids
    assert (again.new, again.updated, again.merged) == ((), (), ())
    assert library.totals().papers == len(ids)
    assert library.care.index_agrees()
    library.close()
    after = dump(places.library)
    assert [row for row in after if row[0] != "listings"] == [row for row in before if row[0] != "listings"]
