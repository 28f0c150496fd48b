from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paperstui.errors import PaperstuiError, SaveError
from paperstui.journal.queries import LONGEST_QUERY, MOST, Queries
from paperstui.paths import Paths
from paperstui.query import parser
from tests.hostile import SHORT

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def queries(places: Paths) -> Queries:
    return Queries(places)


def test_what_the_bar_takes_is_kept() -> None:
    assert LONGEST_QUERY == parser.LONGEST_QUERY


def test_there_are_none_at_first(queries: Queries) -> None:
    assert queries.read() == []


def test_they_are_kept_as_plain_text_for_the_user_alone(queries: Queries, places: Paths) -> None:
    queries.add('author:"Tri Dao"')
    queries.add("diffusion sort:upvotes")
    assert places.queries.read_text("utf-8") == 'author:"Tri Dao"\ndiffusion sort:upvotes\n'
    assert stat.S_IMODE(places.queries.stat().st_mode) == 0o600
    assert [path.name for path in places.state.iterdir() if path.name.startswith("queries")] == ["queries"]


def test_none_is_there_twice(queries: Queries) -> None:
    for query in ("a", "b", "a"):
        queries.add(query)
    assert queries.read() == ["b", "a"]


def test_the_oldest_go(queries: Queries) -> None:
    queries._write("".join(f"query {number}\n" for number in range(MOST)))
    queries.add("the newest")
    kept = queries.read()
    assert len(kept) == MOST
    assert (kept[0], kept[-1]) == ("query 1", "the newest")


def test_nothing_is_added_for_nothing(queries: Queries, places: Paths) -> None:
    queries.add("  \t ")
    assert queries.read() == []
    queries.add("  spaces   between ")
    assert queries.read() == ["spaces between"]
    assert places.queries.exists()


def test_what_somebody_else_wrote_is_cleaned(queries: Queries, places: Paths) -> None:
    places.queries.write_bytes(
        b"good\n\n\x1b[31mred\x1b[0m\n\xff\xfe bytes\n"
        + b"x" * (LONGEST_QUERY + 1)
        + b"\n"
        + "\n".join((text for _, text in SHORT)).encode("utf-8", "replace")
    )
    found = queries.read()
    assert found[:2] == ["good", "red"]
    assert all(not CONTROLS.search(query) and 0 < len(query) <= LONGEST_QUERY for query in found)


def test_of_a_huge_file_the_end_is_read(queries: Queries, places: Paths) -> None:
    with places.queries.open("wb") as file:
        for number in range(200_000):
            file.write(b"a rather long query that is one of many %d\n" % number)
    assert queries.read()[-1] == "a rather long query that is one of many 199999"
    assert len(queries.read()) == MOST


@pytest.mark.parametrize("kind", ["directory", "link", "pipe"])
def test_what_is_no_file_is_left_alone(queries: Queries, places: Paths, tmp_path: Path, kind: str) -> None:
    if kind == "directory":
        places.queries.mkdir()
    elif kind == "link":
        (tmp_path / "elsewhere").write_text("secret\n")
        places.queries.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(places.queries)
    with pytest.raises(PaperstuiError, match="cannot be read"):
        queries.read()
    with pytest.raises(PaperstuiError, match="cannot be read"):
        queries.add("more")


def test_a_full_disk_leaves_what_was_there(queries: Queries, monkeypatch: pytest.MonkeyPatch, places: Paths) -> None:
    queries.add("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveError, match="the disk is full"):
        queries.add("after")
    monkeypatch.undo()
    assert queries.read() == ["before"]
    assert [path.name for path in places.state.iterdir() if path.name.startswith("queries")] == ["queries"]


def test_several_may_add_at_once(places: Paths) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Queries(places).add(f"query {number}"), range(40)))
    assert sorted(Queries(places).read()) == sorted(f"query {number}" for number in range(40))


def test_what_a_killed_process_left_unfinished_is_taken_away(queries: Queries, places: Paths) -> None:
    (places.state / "queries.part").write_text("half a quer")
    queries.add("diffusion")
    assert queries.read() == ["diffusion"]
    assert [path.name for path in places.state.iterdir() if path.name.startswith("queries")] == ["queries"]
