from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file, journal_of

JOURNAL_FREE = ("meta", "papers", "bodies", "listings", "votes", "periods", "aliases", "state", "tags", "notes")


def contents(places: Paths) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the library."""
    with closing(sqlite3.connect(places.library)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in JOURNAL_FREE}  # noqa: S608


def test_a_saved_page(call: Caller, saved_page: str) -> None:
    assert call.good("import", saved_page).out.endswith(
        "daily-papers-search_2026-06-04.txt: text of a page of 2026-06-04:"
        " 61 new, 0 updated, 0 unchanged, 0 unreadable\n"
    )
    papers = call.good("list", "--json").json
    assert len(papers) == 61
    assert all(paper["abstract"] and paper["title"] for paper in papers)
    days = {paper["published"] for paper in papers}
    assert {"2023-02-08", "2026-04-22", "2017-04-19"} <= days
    assert all(paper["feed"] == "imported" and paper["period"] == "2026-06-04" for paper in papers)
    known = [paper for paper in papers if paper["organization"] or paper["author_count"]]
    assert len(known) >= 59
    assert {paper["organization"] for paper in papers} >= {"BAIDU", "Jerzak Labs"}
    [recurrent] = [paper for paper in papers if paper["title"].startswith("The Recurrent Transformer")]
    assert (recurrent["author_count"], recurrent["comments"]) == (6, None)
    assert sum(paper["comments"] or 0 for paper in papers) > 0


def test_how_many_authors_there_are_is_null_where_nobody_says(call: Caller, saved_page: str) -> None:
    call.good("import", saved_page)
    counts = [paper["author_count"] for paper in call.good("list", "--json").json]
    assert counts.count(None) == 6
    assert 0 not in counts


def test_the_same_page_twice_changes_nothing(call: Caller, saved_page: str, places: Paths) -> None:
    call.good("import", saved_page)
    before = contents(places)
    assert "0 new, 0 updated, 61 unchanged" in call.good("import", saved_page).out
    assert contents(places) == before
    assert journal_of(places) == []


def test_several_files_of_which_one_cannot_be_read(call: Caller, tmp_path: Path) -> None:
    one = api_file(tmp_path / "one.json", {})
    two = api_file(tmp_path / "two.json", {"id": "2606.00002", "title": "Another"})
    ended = call("import", one, str(tmp_path / "none.txt"), two)
    assert ended.status == 2
    assert ended.complaint == "there is no file none.txt"
    assert len(ended.lines) == 2
    assert call.ids() == ["2606.00001", "2606.00002"]


def test_what_cannot_be_read_in_a_file_is_counted_and_named(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    api_file(path, {}, {})
    path.write_text(path.read_text("utf-8").replace("[", "[null, 7, ", 1), "utf-8")
    ended = call("import", str(path))
    assert ended.status == 0
    assert ended.out.endswith("2 new, 0 updated, 0 unchanged, 2 unreadable\n")
    assert [line.partition("item ")[2] for line in ended.err.splitlines()] == [
        "1: it is empty",
        "2: it is not an object but a number",
    ]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 1, "page.txt is empty"),
        (b" \n\n", 1, "page.txt is empty"),
        (b"\x7fELF\x02\x00\x00\x00", 1, "page.txt is not a text file"),
        (b"\xff\xd8\xff\xe0 JFIF", 1, "page.txt is not text in UTF-8"),
        (b"Daily Papers\n\nnothing here\n", 1, "page.txt has no papers in it"),
        (b"[]", 1, "page.txt has no papers in it"),
        (b'{"error": "not found \\u001b[31m"}', 1, "page.txt"),
    ],
)
def test_a_file_without_papers(call: Caller, tmp_path: Path, content: bytes, status: int, words: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    ended = call("import", str(path))
    assert (ended.status, ended.out) == (status, "")
    assert words in ended.complaint


def test_what_is_no_file(call: Caller, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    expected = {
        "nothing": "there is no file nothing",
        "folder": "folder is a directory",
        "pipe": "pipe is not a file",
        "folder/x/y": "there is no file y",
        "n" * 300: "cannot be read",
    }
    for name, words in expected.items():
        ended = call("import", str(tmp_path / name))
        assert ended.status in (1, 2)
        assert words in ended.complaint


def test_a_file_that_may_not_be_read(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Daily Papers")
    if os.geteuid() == 0:  # whom modes do not stop
        real = Path.open

        def refuse(self: Path, *arguments: object, **options: object) -> object:
            if self == path:
                raise PermissionError(13, "Permission denied")
            return real(self, *arguments, **options)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", refuse)
    path.chmod(0)
    ended = call("import", str(path))
    assert (ended.status, ended.complaint) == (1, "secret.txt cannot be read: Permission denied")


def test_the_day_of_a_page_can_be_given(call: Caller, tmp_path: Path) -> None:
    call.good("import", api_file(tmp_path / "x.json", {"submittedOnDailyAt": None}), "--date", "2026-05-29")
    [paper] = call.good("list", "--json").json
    assert (paper["feed"], paper["period"], paper["listed"]) == ("daily", "2026-05-29", "2026-05-29")


def test_a_file_with_a_name_that_is_no_text(call: Caller, tmp_path: Path) -> None:
    api_file(tmp_path / "good.json", {})
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\x1b[31m b.json")
    (tmp_path / "good.json").rename(odd)
    ended = call.good("import", odd)
    assert ended.out[:-1].isprintable()
    assert "1 new" in ended.out
