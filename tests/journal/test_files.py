from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperstui.errors import SaveError
from paperstui.journal import files
from paperstui.journal.files import Place

lines = st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=30)


def descriptor_of(path: Path, data: bytes) -> int:
    path.write_bytes(data)
    return os.open(path, os.O_RDWR | os.O_APPEND)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, st.binary(max_size=20).filter(lambda line: b"\n" not in line))
def test_lines_are_read_the_same_from_both_ends(tmp_path: Path, whole: list[bytes], torn: bytes) -> None:
    data = b"".join(line + b"\n" for line in whole) + torn
    descriptor = descriptor_of(tmp_path / "journal", data)
    try:
        forwards = list(files.lines_after(descriptor, 0))
        backwards = list(files.lines_before(descriptor, len(data)))
    finally:
        os.close(descriptor)
    assert [line for line, _ in forwards] == whole
    assert [data[end - 1 : end] for _, end in forwards] == [b"\n"] * len(whole)
    assert backwards == [torn, *reversed(whole)]


@pytest.mark.parametrize("where", [0, 1, 2])
def test_a_line_longer_than_any_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: int) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 100)
    parts = [b"one", b"two"]
    parts.insert(where, b"x" * 200_000)
    data = b"\n".join(parts) + b"\n"
    descriptor = descriptor_of(tmp_path / "journal", data)
    try:
        forwards = [line for line, _ in files.lines_after(descriptor, 0)]
        backwards = list(files.lines_before(descriptor, len(data)))
    finally:
        os.close(descriptor)
    expected = [None if len(part) > 100 else part for part in parts]
    assert forwards == expected
    assert backwards == [b"", *reversed(expected)]


def test_a_long_line_that_never_ends_is_torn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 100)
    descriptor = descriptor_of(tmp_path / "journal", b"one\n" + b"x" * 300_000)
    try:
        assert list(files.lines_after(descriptor, 0)) == [(b"one", 4)]
        assert list(files.lines_before(descriptor, 300_004)) == [None, b"one"]
    finally:
        os.close(descriptor)


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    for umask in (0, 0o777):
        old = os.umask(umask)
        try:
            os.close(files.create_private(tmp_path / str(umask)))
        finally:
            os.umask(old)
        assert stat.S_IMODE((tmp_path / str(umask)).stat().st_mode) == 0o600


def test_nothing_is_made_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(FileExistsError):
        files.create_private(tmp_path / "link")
    assert not (tmp_path / "target").exists()


def test_only_plain_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "directory").mkdir()
    os.mkfifo(tmp_path / "pipe")
    os.close(files.open_regular(tmp_path / "file"))
    for name in ("link", "directory", "pipe"):
        with pytest.raises(OSError, match="it is"):
            files.open_regular(tmp_path / name)


def test_a_file_that_only_grew_is_known(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    descriptor = descriptor_of(path, b"one\ntwo\n")
    try:
        place = Place(8, 2, files.fingerprint(descriptor, 8))
        assert files.grew_only(descriptor, place)
        os.write(descriptor, b"three\n")
        assert files.grew_only(descriptor, place)
        os.ftruncate(descriptor, 4)
        assert not files.grew_only(descriptor, place)
        os.write(descriptor, b"2ww\nthree\n")
        assert not files.grew_only(descriptor, place)
        assert files.grew_only(descriptor, Place())
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("failing", ["write", "short", "fsync", "interrupt"])
def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "journal"
    descriptor = descriptor_of(path, b"one\n")
    write, fsync = os.write, os.fsync
    failed: list[str] = []

    def bad_write(number: int, data: bytes) -> int:
        if failing == "write":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(number, data[:3] if failing == "short" else data)

    def bad_fsync(number: int) -> None:
        if failing in ("fsync", "interrupt") and not failed:
            failed.append(failing)
            raise OSError(errno.EIO, "Input/output error") if failing == "fsync" else KeyboardInterrupt
        fsync(number)

    monkeypatch.setattr(os, "write", bad_write)
    monkeypatch.setattr(os, "fsync", bad_fsync)
    try:
        with pytest.raises((OSError, KeyboardInterrupt)):
            files.put(descriptor, 4, b"two\n")
    finally:
        os.close(descriptor)
    assert path.read_bytes() == b"one\n"


def test_a_lock_that_somebody_holds_is_waited_for_and_then_said(tmp_path: Path) -> None:
    lock = tmp_path / "locks" / "journal.lock"
    refused = pytest.raises(SaveError, match=r"the journal was not saved.*another paperstui")
    with files.locked(lock, "the journal"), refused, files.locked(lock, "the journal", 0.01):
        pytest.fail("the lock was given twice")
    with files.locked(lock, "the journal", 0.01):
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "locks").touch()
    with pytest.raises(SaveError), files.locked(tmp_path / "locks" / "journal.lock", "the journal"):
        pytest.fail("there is no lock")
