from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.journal.store import Journal
from paperstui.library import backup, recovery
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, decide, dump, items, long_items


def test_a_backup_has_every_row(library: Library, journal: Journal, places: Paths) -> None:
    library.upsert(long_items(60), AT)
    decide(library, journal, "2506.00001")
    done = library.back_up()
    assert done == backup.BackedUp(places.backups / "library-2026-06-04.db")
    library.close()
    assert done.path is not None
    assert dump(done.path) == dump(places.library)
    assert [path.name for path in places.backups.iterdir()] == ["library-2026-06-04.db"]
    assert backup.newest_good(places.backups) == (date(2026, 6, 4), done.path)


def test_a_day_has_one_backup(library: Library, places: Paths) -> None:
    assert library.backup_if_due() == backup.BackedUp()
    library.upsert(items(1), AT)
    assert library.backup_if_due().path == places.backups / "library-2026-06-04.db"
    assert library.backup_if_due() == backup.BackedUp()
    assert backup.is_due(places.backups, datetime(2026, 6, 5, tzinfo=timezone.utc))


def test_a_backup_is_made_while_others_write(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_STEP", 1)
    library.upsert(long_items(100), AT)
    made: list[backup.BackedUp] = []
    steps: list[int] = []
    writer = threading.Thread(target=library.upsert, args=(long_items(160, seed=2), AT + 1))

    def start_writer() -> bool:
        if not steps:
            writer.start()
        steps.append(1)
        return False

    made.append(library.back_up(start_writer))
    writer.join()
    assert made[0].path is not None
    with closing(sqlite3.connect(made[0].path)) as copy:
        assert copy.execute("SELECT count(*) FROM papers").fetchone()[0] in (100, 150)
    assert library.totals().papers == 160


def test_nobody_has_to_wait_for_a_backup(library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_STEP", 1)
    library.upsert(long_items(60), AT)
    done = library.back_up(lambda: True)
    assert "not finished" in done.why_not
    assert list(places.backups.iterdir()) == []


def test_no_room_for_a_backup_is_only_said(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.upsert(items(1), AT)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    assert library.back_up() == backup.BackedUp(why_not="there is no room on the disk for a backup of the library")


def test_a_disk_that_fills_leaves_nothing_half_made(
    library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upsert(items(1), AT)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert library.back_up().why_not == "the disk is full: the backup of the library was not saved"
    assert list(places.backups.iterdir()) == []


def test_a_link_in_the_place_of_a_backup_is_not_followed(library: Library, places: Paths, tmp_path: Path) -> None:
    library.upsert(items(1), AT)
    precious = tmp_path / "precious"
    precious.write_text("precious")
    places.backups.mkdir()
    for name in ("library-2026-06-04.db", "library-2026-06-04.db.new"):
        (places.backups / name).symlink_to(precious)
    assert backup.is_due(places.backups, datetime(2026, 6, 4, tzinfo=timezone.utc))
    done = library.back_up()
    assert precious.read_text() == "precious"
    assert done.path is not None
    assert not done.path.is_symlink()
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600


def test_a_damaged_library_does_not_push_out_good_backups(library: Library, places: Paths) -> None:
    library.upsert(long_items(200), AT)
    library.back_up()
    before = (places.backups / "library-2026-06-04.db").read_bytes()
    library.close()
    with places.library.open("rb+") as file:
        for page in range(8, 60, 4):
            file.seek(page * 16384)
            file.write(bytes(16384))
    done = backup.back_up(places.library, places.backups, places.locks)
    assert "damaged" in done.why_not
    assert (places.backups / "library-2026-06-04.db").read_bytes() == before


def test_two_processes_do_not_both_back_up(library: Library, places: Paths) -> None:
    from filelock import FileLock

    library.upsert(items(1), AT)
    with FileLock(places.locks / "backup.lock"):
        assert library.back_up() == backup.BackedUp()


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_library_is_no_good_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "library-2026-06-04.db").write_bytes(content)
    assert not backup.is_good(tmp_path / "library-2026-06-04.db")
    assert backup.newest_good(tmp_path) is None


def test_the_newest_backup_that_is_whole_is_taken(library: Library, places: Paths) -> None:
    library.upsert(long_items(60), AT)
    library.back_up()
    good = places.backups / "library-2026-06-04.db"
    (places.backups / "library-2026-06-06.db").write_bytes(good.read_bytes()[:100_000])
    (places.backups / "library-2026-06-05.db").write_bytes(good.read_bytes())
    assert backup.newest_good(places.backups) == (date(2026, 6, 5), places.backups / "library-2026-06-05.db")


def test_a_restored_backup_is_the_library_it_was(library: Library, places: Paths, tmp_path: Path) -> None:
    library.upsert(long_items(60), AT)
    copy = library.back_up().path
    assert copy is not None
    library.close()
    before = dump(places.library)
    backup.restore(copy, tmp_path / "restored.db")
    assert dump(tmp_path / "restored.db") == before
    shutil.copy(tmp_path / "restored.db", places.library)
    reopened = Library.open(places)
    assert reopened.notices == []
    assert reopened.totals().papers == 60
    assert reopened.care.index_agrees()
    reopened.close()


def make_copies(directory: Path, days: list[date], size: int = 1) -> None:
    for day in days:
        (directory / f"library-{day.isoformat()}.db").write_bytes(b"x" * size)


def days_of(directory: Path) -> list[date]:
    return [day for day, _ in backup.copies(directory)]


def test_copies_are_thinned_as_they_age(tmp_path: Path) -> None:
    today = date(2026, 6, 4)
    make_copies(tmp_path, [today - timedelta(days=age) for age in range(500)])
    backup.thin(tmp_path)
    kept = days_of(tmp_path)
    assert kept[:7] == [today - timedelta(days=age) for age in range(7)]
    assert len(kept) <= backup.DAILY + backup.WEEKLY + backup.MONTHLY
    assert kept[-1] == date(2025, 7, 31)
    assert {(day.year, day.month) for day in kept} == {(2025, month) for month in range(7, 13)} | {
        (2026, month) for month in range(1, 7)
    }


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=1, max_size=30, unique=True))
def test_thinning_again_deletes_nothing_more(tmp_path_factory: pytest.TempPathFactory, days: list[date]) -> None:
    directory = tmp_path_factory.mktemp("backups")
    make_copies(directory, days)
    backup.thin(directory)
    kept = days_of(directory)
    assert kept[0] == max(days)
    assert len(kept) >= min(len(days), backup.DAILY)
    backup.thin(directory)
    assert days_of(directory) == kept


def test_copies_do_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "CAP", 350)
    make_copies(tmp_path, [date(2026, 6, day) for day in range(1, 8)], size=100)
    backup.thin(tmp_path)
    assert days_of(tmp_path) == [date(2026, 6, day) for day in (7, 6, 5)]
    monkeypatch.setattr(backup, "CAP", 50)
    backup.thin(tmp_path)
    assert days_of(tmp_path) == [date(2026, 6, day) for day in (7, 6)]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    make_copies(tmp_path, [date(2026, 6, day) for day in range(1, 20)])
    names = ["notes.txt", "library-2020-13-45.db", "library-2020-01-01.db.gz", "my-library-2020-01-01.db"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "library-2019-01-01.db").mkdir()
    backup.thin(tmp_path)
    assert all((tmp_path / name).exists() for name in [*names, "library-2019-01-01.db"])


def test_a_clock_that_went_back_deletes_nothing(
    library: Library, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upsert(items(1), AT)
    library.backup_if_due()
    monkeypatch.setenv("PAPERSTUI_NOW", "2025-06-04T12:00:00+00:00")
    assert library.backup_if_due().path is not None
    assert days_of(places.backups) == [date(2026, 6, 4), date(2025, 6, 4)]


def test_no_directory_has_no_copies(tmp_path: Path) -> None:
    assert backup.copies(tmp_path / "none") == []
    assert recovery.examine(tmp_path / "none.db", tmp_path / "none", tmp_path / "none") is recovery.Kind.ABSENT
