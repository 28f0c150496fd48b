from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable

import pytest

from paperstui.errors import SaveError, UsageError
from paperstui.journal import entries, files
from paperstui.journal.entries import Entry, Stamp
from paperstui.journal.files import Place
from paperstui.journal.store import Journal
from paperstui.paths import Paths

MakeJournal = Callable[[str], Journal]


def star(journal: Journal, paper: str = "2506.01234", *, value: bool = True, floor: Stamp | None = None) -> Entry:
    return journal.append("Star 1 paper", [(paper, "starred", value, not value)], floor=floor)


def read(journal: Journal, offsets: dict[str, Place] | None = None) -> list[Entry]:
    return [entry for _, entry in journal.read_from(offsets or {}).entries]


def test_what_was_appended_is_there(journal: Journal) -> None:
    first, second = star(journal), star(journal, "2506.00002")
    assert read(journal) == [first, second]
    assert journal.file.read_bytes().count(b"\n") == 2
    assert [path.name for path in journal.files()] == ["0a1b2c3d.jsonl"]


def test_the_file_is_private_whatever_the_umask(journal: Journal) -> None:
    old = os.umask(0)
    try:
        star(journal)
    finally:
        os.umask(old)
    assert stat.S_IMODE(journal.file.stat().st_mode) == 0o600


def test_times_grow_while_the_clock_stands_still_and_goes_back(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = [star(journal).stamp for _ in range(5)]
    monkeypatch.setenv("PAPERSTUI_NOW", "2025-06-04T12:00:00+00:00")
    stamps += [star(journal).stamp for _ in range(5)]
    monkeypatch.setenv("PAPERSTUI_NOW", "2027-06-04T12:00:00+00:00")
    stamps += [star(journal).stamp for _ in range(2)]
    assert stamps == sorted(set(stamps))
    assert stamps[-1].counter == 1
    assert stamps[-2].counter == 0


def test_times_are_later_than_any_that_another_device_gave(journal: Journal) -> None:
    far = Stamp(9_000_000_000_000, 7, "ffffffff")
    assert star(journal, floor=far).stamp == Stamp(far.ms, 8, journal.device)
    assert star(journal).stamp == Stamp(far.ms, 9, journal.device)


def test_a_line_without_its_newline_is_kept(journal: Journal) -> None:
    first = star(journal)
    journal.file.write_bytes(journal.file.read_bytes()[:-1])
    assert read(journal) == []
    second = star(journal)
    assert second.stamp > first.stamp
    assert read(journal) == [first, second]


def test_a_torn_line_is_put_aside(journal: Journal) -> None:
    first = star(journal)
    with journal.file.open("ab") as file:
        file.write(b'{"v":1,"t":[17800')
    assert read(journal) == [first]
    second = star(journal)
    assert read(journal) == [first, second]
    torn = journal.file.with_name("0a1b2c3d.jsonl.torn")
    assert torn.read_bytes() == b'{"v":1,"t":[17800\n'
    assert stat.S_IMODE(torn.stat().st_mode) == 0o600


def test_every_place_to_tear_the_last_line_heals(journal: Journal) -> None:
    first, second = star(journal), star(journal)
    whole = journal.file.read_bytes()
    start = whole.index(b"\n") + 1
    for end in range(start, len(whole) + 1):
        journal.file.write_bytes(whole[:end])
        third = star(journal, "2506.00003")
        kept = read(journal)
        assert kept[0] == first
        assert kept[-1] == third
        assert (second in kept) == (end >= len(whole) - 1)
        assert third.stamp > first.stamp


def test_a_whole_line_of_a_later_version_is_not_torn(journal: Journal) -> None:
    first = star(journal)
    with journal.file.open("ab") as file:
        file.write(b'{"v":2}')
    second = star(journal)
    assert read(journal) == [first, second]
    assert b'{"v":2}\n' in journal.file.read_bytes()


def test_an_endless_last_line_is_put_aside(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 1000)
    first = star(journal)
    with journal.file.open("ab") as file:
        file.write(b"x" * 3_000_000)
    second = star(journal)
    assert read(journal) == [first, second]
    assert (journal.directory / "0a1b2c3d.jsonl.torn").read_bytes() == b"x" * 3_000_000 + b"\n"


def test_rubbish_in_the_middle_is_reported_kept_and_passed_over(journal: Journal) -> None:
    first = star(journal)
    with journal.file.open("ab") as file:
        file.write(b"\x1b[2J rubbish\n\n\x00\xff\n")
    second = star(journal)
    tail = journal.read_from({})
    assert [entry for _, entry in tail.entries] == [first, second]
    assert len(tail.problems) == 2
    assert "0a1b2c3d.jsonl:2" in tail.problems[0]
    assert "0a1b2c3d.jsonl:4" in tail.problems[1]
    assert "\x1b" not in "".join(tail.problems)
    assert b"rubbish" in journal.file.read_bytes()
    assert journal.read_from(tail.offsets).problems == []


def test_reading_goes_on_where_it_stopped(journal: Journal, make_journal: MakeJournal) -> None:
    other = make_journal("ffffffff")
    star(journal)
    star(other)
    tail = journal.read_from({})
    assert len(tail.entries) == 2
    assert read(journal, tail.offsets) == []
    third = star(other)
    again = journal.read_from(tail.offsets)
    assert again.entries == [("ffffffff.jsonl", third)]
    assert again.offsets["0a1b2c3d.jsonl"] == tail.offsets["0a1b2c3d.jsonl"]
    assert again.offsets["ffffffff.jsonl"].line == 2


@pytest.mark.parametrize("limit", [1, 100, 300, 1000, 100_000])
def test_much_is_read_in_pieces(journal: Journal, make_journal: MakeJournal, limit: int) -> None:
    written = [star(device) for device in (journal, make_journal("ffffffff")) for _ in range(10)]
    offsets: dict[str, Place] = {}
    pieces = []
    more = True
    while more:
        tail = journal.read_from(offsets, limit=limit)
        offsets, more = tail.offsets, tail.more
        pieces.append([entry for _, entry in tail.entries])
    assert [entry for piece in pieces for entry in piece] == written
    assert all(len(piece) <= limit // 100 + 1 for piece in pieces)


def test_a_journal_that_was_replaced_is_read_anew(journal: Journal) -> None:
    star(journal)
    second = star(journal)
    offsets = journal.read_from({}).offsets
    line = journal.file.read_bytes().splitlines(keepends=True)[1]
    journal.file.write_bytes(line)
    assert read(journal, offsets) == [second]
    journal.file.write_bytes(line * 5)
    assert read(journal, offsets) == [second] * 5


def test_copies_that_a_synchroniser_made_are_read_too(journal: Journal) -> None:
    entry = star(journal)
    data = journal.file.read_bytes()
    (journal.directory / "0a1b2c3d.sync-conflict-20260604-120000-ABCDEFG.jsonl").write_bytes(data)
    (journal.directory / "0a1b2c3d (conflicted copy).jsonl").write_bytes(data)
    (journal.directory / ".syncthing.0a1b2c3d.jsonl").write_bytes(b"half")
    (journal.directory / "0a1b2c3d.jsonl.tmp").write_bytes(b"half")
    tail = journal.read_from({})
    assert [each for _, each in tail.entries] == [entry] * 3
    assert tail.problems == []
    assert journal.history() == [entry]


def test_what_is_no_file_is_reported(journal: Journal) -> None:
    star(journal)
    (journal.directory / "b.jsonl").mkdir()
    (journal.directory / "c.jsonl").symlink_to(journal.file)
    os.mkfifo(journal.directory / "d.jsonl")
    (journal.directory / "e\n.jsonl").touch()
    tail = journal.read_from({})
    assert len(tail.entries) == 1
    assert sorted(problem.split(" was")[0] for problem in tail.problems) == [
        "the journal b.jsonl",
        "the journal c.jsonl",
        "the journal d.jsonl",
        "the journal e .jsonl",
    ]


def test_a_journal_that_cannot_be_read_keeps_its_place(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    star(journal)
    offsets = journal.read_from({}).offsets

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("paperstui.journal.store.open_regular", refuse)
    tail = journal.read_from(offsets)
    assert tail.offsets == offsets
    assert "Permission denied" in tail.problems[0]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_a_failed_append_changes_nothing_and_is_said(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    first = star(journal)
    before = journal.file.read_bytes()
    fsync = os.fsync

    def fail(_: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SaveError, match="the journal"):
        star(journal)
    assert journal.file.read_bytes() == before
    assert star(journal).stamp > first.stamp


def test_a_journal_that_is_a_link_is_not_written_through(journal: Journal) -> None:
    target = journal.directory.parent / "precious"
    target.write_text("precious")
    journal.file.symlink_to(target)
    with pytest.raises(SaveError, match="symbolic link"):
        star(journal)
    assert target.read_text() == "precious"


def test_a_directory_that_is_gone_is_said_and_not_made_anew(journal: Journal) -> None:
    star(journal)
    journal.file.unlink()
    journal.directory.rmdir()
    with pytest.raises(SaveError):
        star(journal)
    assert not journal.directory.exists()
    assert read(journal) == []


def test_a_file_that_was_taken_away_while_it_was_written_is_said(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    star(journal)
    write = os.write

    def and_taken_away(descriptor: int, data: bytes) -> int:
        journal.file.unlink()
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", and_taken_away)
    with pytest.raises(SaveError):
        star(journal)


@pytest.mark.parametrize(
    ("field", "value"), [("note", "x" * 70_000), ("starred", "yes"), ("tag:", True), ("queued", float("nan"))]
)
def test_a_decision_that_no_line_holds_is_refused(journal: Journal, field: str, value: object) -> None:
    with pytest.raises(UsageError):
        journal.append("No", [("2506.01234", field, value, None)])
    assert not journal.file.exists()


def test_history_is_newest_first_over_all_devices(
    journal: Journal, make_journal: MakeJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for minute in range(6):
        monkeypatch.setenv("PAPERSTUI_NOW", f"2026-06-04T12:{minute:02d}:00+00:00")
        written.append(star(journal if minute % 2 else make_journal("ffffffff")))
    assert journal.history() == written[::-1]
    assert journal.history(2) == written[:3:-1]


def test_history_reads_no_further_back_than_it_must(journal: Journal) -> None:
    for _ in range(3):
        star(journal)
    with journal.file.open("rb+") as file:
        file.write(b"rubbish")
    newest = journal.newest()
    assert next(newest).stamp > next(newest).stamp
    assert list(newest) == []


def test_restored_entries_keep_their_stamps(journal: Journal) -> None:
    old = [
        entries.make(Stamp(number, 0, "ffffffff"), "Kept", [(str(number), "starred", True)], merge=True)
        for number in range(3)
    ]
    journal.restore(old)
    assert read(journal) == old
    assert star(journal).stamp.ms > 3


def test_a_journal_knows_when_it_lost_something(journal: Journal) -> None:
    assert not journal.lost(Place())
    star(journal)
    place = journal.read_from({}).offsets[journal.file.name]
    assert not journal.lost(place)
    star(journal)
    assert not journal.lost(place)
    journal.file.write_bytes(b"")
    assert journal.lost(place)
    journal.file.unlink()
    assert journal.lost(place)


def test_the_directory_that_cannot_be_read_is_said(places: Paths, journal: Journal) -> None:
    places.journal.rmdir()
    places.journal.touch()
    with pytest.raises(SaveError, match="cannot be read"):
        journal.read_from({})
