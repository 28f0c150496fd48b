from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from paperstui.errors import PaperstuiError, SaveError
from paperstui.paths import Paths
from paperstui.usecases.digest_record import REACH, Line, Record, What

DAY = datetime(2026, 6, 4, 7, 30, tzinfo=timezone.utc)


@pytest.fixture
def record(places: Paths) -> Record:
    return Record(places, "default")


def line(what: What, day: int = 0, **changes: Any) -> Line:
    """A line so many days after the first."""
    return Line(**{"at": DAY + timedelta(days=day), "what": what} | changes)


def mailed(record: Record, day: int, *shown: str, ended: What | None = "sent", **changes: Any) -> None:
    """The lines of a mail that came as far as `ended`."""
    unique = f"m{day}"
    since = DAY + timedelta(days=day - 1)
    record.append(line("begun", day, id=unique, shown=shown, since=since, **changes))
    for what in ("handed", ended) if ended in ("sent", "failed") else (ended,):
        if what:
            record.append(line(what, day, id=unique))


def test_nothing_is_known_at_first(record: Record) -> None:
    history = record.history("mail")
    assert (history.told, history.first, history.last, history.doubtful) == (frozenset(), None, None, ())
    assert history.since(DAY) == DAY - timedelta(days=1)
    assert not record.path.exists()


def test_what_was_sent_was_told_also_what_was_only_counted(record: Record) -> None:
    mailed(record, 0, "a", "b", rest=("c",), query="x")
    mailed(record, 1, "d")
    history = record.history("mail")
    assert history.told == {"a", "b", "c", "d"}
    assert history.last is not None
    assert history.last.at == DAY + timedelta(days=1)
    assert history.doubtful == ()


@pytest.mark.parametrize("ended", [None, "failed"])
def test_what_was_not_sent_was_not_told(record: Record, ended: What | None) -> None:
    mailed(record, 0, "a", ended=ended)
    history = record.history("mail")
    assert history.told == frozenset()
    assert history.last is None
    assert history.doubtful == ()
    assert history.since(DAY + timedelta(days=5)) == DAY - timedelta(days=1), "nothing of these days is lost"


def test_what_was_handed_over_and_never_confirmed_was_told_and_is_doubtful(record: Record) -> None:
    mailed(record, 0, "a", ended="handed")
    history = record.history("mail")
    assert history.told == {"a"}
    assert [doubt.id for doubt in history.doubtful] == ["m0"]
    mailed(record, 1, "b", ended="failed", doubts=("m0",))
    assert [doubt.id for doubt in record.history("mail").doubtful] == ["m0"], "the mail that said so did not arrive"
    mailed(record, 2, "c", doubts=("m0",))
    assert record.history("mail").doubtful == ()
    assert record.history("mail").told == {"a", "c"}


def test_printing_and_mailing_are_counted_apart(record: Record) -> None:
    mailed(record, 0, "a")
    record.append(line("printed", 1, shown=("b",), rest=("c",), since=DAY))
    assert record.history("mail").told == {"a"}
    assert record.history("print").told == {"b", "c"}
    assert record.history("print").first == DAY


def test_names_are_counted_apart(places: Paths, record: Record) -> None:
    mailed(record, 0, "a")
    assert Record(places, "robots").history("mail").told == frozenset()


def test_how_far_back_is_looked(record: Record) -> None:
    record.append(line("looked", 0, since=DAY - timedelta(days=1)))
    assert record.history("mail").since(DAY + timedelta(days=3)) == DAY - timedelta(days=1)
    mailed(record, 3, "a")
    assert record.history("mail").since(DAY + timedelta(days=4)) == DAY - timedelta(days=1), "no further than at first"
    mailed(record, 30, "b")
    assert record.history("mail").since(DAY + timedelta(days=60)) == DAY + timedelta(days=30) - REACH


def test_the_file_is_plain_private_and_only_grows(record: Record) -> None:
    mailed(record, 0, "2606.00001", query="cat:cs.CL")
    before = record.path.read_bytes()
    mailed(record, 1, "2606.00002")
    assert record.path.read_bytes().startswith(before)
    first = json.loads(before.splitlines()[0])
    assert first == {
        "at": "2026-06-04T07:30:00Z",
        "what": "begun",
        "id": "m0",
        "since": "2026-06-03T07:30:00Z",
        "query": "cat:cs.CL",
        "shown": ["2606.00001"],
    }
    assert stat.S_IMODE(record.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(record.path.parent.stat().st_mode) == 0o700


def test_every_line_is_on_disk_before_append_comes_back(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        synced.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", fsync)
    record.append(line("looked"))
    record.append(line("looked", 1))
    assert record.path.stat().st_size in synced


def test_a_line_that_was_torn_is_skipped_and_told_and_the_next_one_is_whole(record: Record) -> None:
    mailed(record, 0, "a")
    with record.path.open("ab") as file:
        file.write(b'{"at":"2026-06-05T07:3')
    mailed(record, 2, "b")
    assert record.history("mail").told == {"a", "b"}
    [problem] = record.problems
    assert problem.endswith("default.jsonl: line 4 cannot be read and is skipped")


@pytest.mark.parametrize(
    "junk", [b"\xff\xfe", b"[]", b"{}", b'{"at":"2026-06-04T07:30:00","what":"sent"}', b'{"at":1}']
)
def test_what_is_no_line_of_ours_is_skipped_and_told(record: Record, junk: bytes) -> None:
    mailed(record, 0, "a")
    with record.path.open("ab") as file:
        file.write(junk + b"\n\n")
    assert record.history("mail").told == {"a"}
    assert len(record.problems) == 1


def test_a_record_that_cannot_be_read_is_no_empty_one(record: Record) -> None:
    record.path.parent.mkdir(parents=True)
    record.path.mkdir()
    with pytest.raises(PaperstuiError, match="cannot be read"):
        record.history("mail")


def test_a_link_is_not_followed(record: Record, tmp_path: Path) -> None:
    record.path.parent.mkdir(parents=True)
    record.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PaperstuiError, match="symbolic link"):
        record.history("mail")
    with pytest.raises(SaveError):
        record.append(line("looked"))
    assert not (tmp_path / "elsewhere").exists()


def test_what_could_not_be_written_is_not_there_by_half(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    mailed(record, 0, "a")
    before = record.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match="the disk is full"):
            record.append(line("looked"))
    assert record.path.read_bytes() == before


def test_one_waits_for_the_other(places: Paths) -> None:
    order: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with Record(places, "default").alone("mail"):
            inside.set()
            assert go_on.wait(10)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    with (
        pytest.raises(PaperstuiError, match="another paperstui is busy with the digest default"),
        Record(places, "default").alone("mail", 0.05),
    ):
        order.append("never")
    with Record(places, "other").alone("mail", 0.05), Record(places, "default").alone("print", 0.05):
        order.append("other")
        Record(places, "default").append(line("looked"))
    go_on.set()
    with Record(places, "default").alone("mail"):
        order.append("second")
    thread.join()
    assert order == ["other", "first", "second"]


HOLD = """
import sys
from paperstui import paths
from paperstui.usecases.digest_record import Record
with Record(paths.standard(), "default").alone("mail"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_process_that_is_killed_lets_go(places: Paths) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(PaperstuiError), Record(places, "default").alone("mail", 0.05):
            pass
        process.kill()
    with Record(places, "default").alone("mail", 10):
        pass
