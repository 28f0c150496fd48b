"""Files of any kind: what holds papers is read, and what does not is refused in one line."""

from __future__ import annotations

import gzip
import json
import lzma
import os
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from paperstui.errors import PaperstuiError, UsageError
from paperstui.models import Item, Skipped
from paperstui.sources import saved_page
from paperstui.sources.saved_page import Saved, read_saved
from tests.server import Hub
from tests.server.fixtures import sample_items
from tests.server.shapes import api_detail, api_item, search_item
from tests.sources.pages import HEADER, found_block

DAY = date(2026, 6, 4)
ITEMS = sample_items(6, last_day=DAY)
RAW = [api_item(item) for item in ITEMS]
TEXT = HEADER + "Jun 4\n\n" + "".join(found_block(item, DAY, organization=False) for item in ITEMS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def save(folder: Path, name: str, content: object, *, on: date = DAY) -> Path:
    """A file in a folder, last changed on a day."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    at = datetime(on.year, on.month, on.day, 12, tzinfo=timezone.utc).timestamp()
    os.utime(path, (at, at))
    return path


def listed(saved: Saved) -> list[tuple[str, str, int | None]]:
    found = [item.listing for item in saved.batch.items]
    return [(listing.feed, listing.period, listing.rank) for listing in found if listing is not None]


def ids(saved: Saved) -> list[str]:
    return [item.paper.id for item in saved.batch.items]


IDS = [item.paper.id for item in ITEMS]
RANKED = [("daily", "2026-06-04", rank) for rank in range(1, 7)]
UNRANKED = [("daily", "2026-06-04", None)] * 6


def test_copied_text(folder: Path) -> None:
    saved = read_saved(save(folder, "page.txt", TEXT))
    assert (saved.kind, saved.day, saved.notes) == ("text", DAY, ())
    assert listed(saved) == [("imported", "2026-06-04", rank) for rank in range(1, 7)]
    assert [item.paper.title for item in saved.batch.items] == [item.paper.title for item in ITEMS]


def test_the_file_s_time_and_the_user_s_word(folder: Path) -> None:
    path = save(folder, "page.txt", TEXT, on=date(2025, 1, 1))
    assert read_saved(path).day == date(2024, 6, 4)
    assert read_saved(path, day=DAY).day == DAY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_say_what_they_are(encoding: str, folder: Path) -> None:
    for name, content in (("a", TEXT), ("b", json.dumps(RAW, ensure_ascii=False))):
        assert len(read_saved(save(folder, name, content.encode(encoding))).batch.items) == 6


@pytest.mark.parametrize(
    "name", ["2026-06-04.json", "daily_papers_2026-06-04.json", "2026-06-04.json.xz", "2026-06-04.txt"]
)
def test_a_day_of_the_api_that_is_named_after_its_day(name: str, folder: Path) -> None:
    content = json.dumps(RAW).encode()
    saved = read_saved(save(folder, name, lzma.compress(content) if name.endswith("xz") else content))
    assert (saved.kind, saved.day) == ("json", DAY)
    assert (ids(saved), listed(saved)) == (IDS, RANKED)


@pytest.mark.parametrize(
    "name", ["papers.json", "no-date_limit30_2026-06-12.json", "2026-06.json", "x2026-06-04.json", "2026-13-40.json"]
)
def test_a_list_of_the_api_of_no_certain_day(name: str, folder: Path) -> None:
    saved = read_saved(save(folder, name, RAW))
    assert (saved.kind, saved.day) == ("json", None)
    assert (ids(saved), listed(saved)) == (IDS, UNRANKED)
    assert listed(read_saved(folder / name, day=DAY)) == RANKED


def test_a_file_named_after_a_day_that_is_not_its_papers(folder: Path) -> None:
    saved = read_saved(save(folder, "2026-06-12.json", RAW))
    assert listed(saved) == UNRANKED
    assert "named after 2026-06-12" in saved.notes[0]


def test_papers_that_were_never_listed_are_imported(folder: Path) -> None:
    raw = json.loads(json.dumps(RAW))
    for item in raw:
        item["paper"].pop("submittedOnDailyAt", None)
    saved = read_saved(save(folder, "search.json", raw))
    assert listed(saved) == [("imported", "2026-06-04", None)] * 6
    assert listed(read_saved(folder / "search.json", day=date(2026, 6, 3)))[0] == ("daily", "2026-06-03", 1)


@pytest.mark.parametrize("wrap", ["dailyPapers", "papers", "searchResults"])
def test_a_list_in_an_object(wrap: str, folder: Path) -> None:
    assert ids(read_saved(save(folder, "x.json", {wrap: RAW}))) == IDS


def test_a_single_paper(folder: Path) -> None:
    for name, content in (("a.json", api_detail(ITEMS[0].paper)), ("b.json", RAW[0])):
        saved = read_saved(save(folder, name, content))
        assert (ids(saved), listed(saved)) == (IDS[:1], UNRANKED[:1])


def test_search_results(folder: Path) -> None:
    assert ids(read_saved(save(folder, "x.json", [search_item(raw, "the") for raw in RAW]))) == IDS


def lines(*days: tuple[str, list[Any]]) -> str:
    return "\n".join(json.dumps({"date": day, "items": items}) for day, items in days) + "\n"


@pytest.mark.parametrize("pack", [bytes, lzma.compress, gzip.compress])
def test_a_file_of_many_days(pack: Any, folder: Path) -> None:
    other = sample_items(4, seed=3, last_day=date(2026, 6, 3))
    content = lines(("2026-06-04", RAW), ("2026-06-03", [api_item(item) for item in other]))
    saved = read_saved(save(folder, "bulk", pack(content.encode())))
    assert (saved.kind, saved.day) == ("json lines", None)
    assert listed(saved) == [*RANKED, *(("daily", "2026-06-03", rank) for rank in range(1, 5))]


def test_one_day_of_such_a_file(folder: Path) -> None:
    saved = read_saved(save(folder, "one.jsonl", lines(("2026-06-04", RAW))))
    assert (saved.day, listed(saved)) == (DAY, RANKED)


def test_a_line_that_cannot_be_read_is_named(folder: Path) -> None:
    content = (
        lines(("2026-06-04", RAW))
        + '{"date": "2026-06-03", "items": [\n\n'
        + lines(("2026-06-02", [None, RAW[0]]), ("", [RAW[1]]))
    )
    saved = read_saved(save(folder, "bulk.jsonl", content + json.dumps(RAW[2]) + "\n[]\n42\n"))
    assert len(saved.batch.items) == 9
    assert saved.batch.skipped == (
        Skipped("line 2", "it has JSON that is broken or cut off"),
        Skipped("2026-06-02, item 1", "it is empty"),
        Skipped("line 8", "it has something that is not a list of papers (int)"),
    )
    assert listed(saved)[-2:] == UNRANKED[:2]


def test_the_site_s_html(folder: Path) -> None:
    hub = Hub(ITEMS, today=DAY)
    body = hub.reply("/papers/date/2026-06-04", {}, {}).body
    saved = read_saved(save(folder, "page.html", body))
    assert (saved.kind, saved.day) == ("html", DAY)
    assert (sorted(ids(saved)), listed(saved)) == (sorted(IDS), RANKED)
    assert listed(read_saved(folder / "page.html", day=date(2026, 6, 3)))[0] == ("daily", "2026-06-03", 1)


def test_html_that_writes_its_day_out(folder: Path) -> None:
    for written in ("June 4, 2026", "Jun 4", "2026-06-04T00:00:00.000Z"):
        props = json.dumps({"dailyPapers": RAW, "dateString": written}).replace("'", "&#39;")
        content = f"<html><div data-target='DailyPapers' data-props='{props}'></div></html>"
        assert read_saved(save(folder, "page.html", content)).day == DAY


def test_text_that_begins_like_json(folder: Path) -> None:
    saved = read_saved(save(folder, "page.txt", "[Log in]\n\n" + TEXT))
    assert (saved.kind, len(saved.batch.items)) == ("text", 6)


def test_items_that_cannot_be_read_are_named(folder: Path) -> None:
    saved = read_saved(save(folder, "2026-06-04.json", [None, *RAW, {"paper": {}}]))
    assert len(saved.batch.items) == 6
    assert [skipped.where for skipped in saved.batch.skipped] == ["item 1", "item 8"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "not text in UTF-8"),
        (b"a\0b", "not a text file"),
        ("Größe".encode("latin-1"), "not text in UTF-8"),
        (b"hello", "has no papers"),
        (b"<html></html>", "no papers in it"),
        (b"[", "has JSON that is broken"),
        (b"{}", "not a list of papers"),
        (b"[]", "has no papers"),
        (b"42", "has no papers"),
        (b'[{"x": 1}]', "neither a valid id nor a title"),
        (b"\xfd7zXZ\x00junk", "cut off"),
        (b"\x1f\x8bjunk", "damaged"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (b'{"error": "no \x1b[2J day"}', "says no day"),
        (b'{"error": "no such day"}', "says no such day"),
        (b"[" * 200_000, "nested too deeply"),
        (lzma.compress(b"x" * 5_000)[:-30], "cut off"),
        (gzip.compress(b"x" * 5_000, mtime=0)[:-9], "cut off"),
    ],
)
def test_files_that_hold_no_papers(content: bytes, words: str, folder: Path) -> None:
    with pytest.raises(PaperstuiError, match=words) as caught:
        read_saved(save(folder, "some file", content))
    assert str(caught.value).startswith("some file ")
    assert str(caught.value).isprintable()


def test_what_is_no_file(folder: Path) -> None:
    for path, words in (
        (folder, "is a directory"),
        (folder / "nowhere", "there is no file nowhere"),
        (folder / "a\0b", "no name"),
    ):
        with pytest.raises(PaperstuiError, match=words):
            read_saved(path)
    os.mkfifo(folder / "pipe")
    with pytest.raises(UsageError, match="is not a file"):
        read_saved(folder / "pipe")
    with pytest.raises(UsageError):
        read_saved(save(folder, "file", "x") / "below")


def test_names_are_cleaned(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_saved(folder / "a\x1b[2J\nb\u202e")
    assert str(caught.value) == "there is no file a b"


@pytest.mark.parametrize("pack", [bytes, lzma.compress, gzip.compress])
def test_files_that_are_too_large(pack: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_page, "MAX_SIZE", 10_000)
    with pytest.raises(PaperstuiError, match="larger than 64 MB"):
        read_saved(save(folder, "large", pack(b" " * 20_000)))


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(folder, "secret.txt", TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PaperstuiError, match=r"secret\.txt cannot be read: Permission denied"):
        read_saved(path)


def test_the_papers_of_a_file_are_whole(folder: Path) -> None:
    saved = read_saved(save(folder, "2026-06-04.json", RAW))
    found: list[Item] = list(saved.batch.items)
    assert [item.paper.abstract for item in found] == [item.paper.abstract for item in ITEMS]
    assert [item.paper.listed for item in found] == ["2026-06-04"] * 6
