from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperstui.commands.writing import write
from paperstui.errors import SaveError, UsageError


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.usefixtures("umask")
def test_a_new_file_is_for_whom_the_umask_says(tmp_path: Path) -> None:
    write(tmp_path / "a.bib", ["one\r\n", "zwö\n"])
    assert (tmp_path / "a.bib").read_bytes() == "one\r\nzwö\n".encode()
    assert mode(tmp_path / "a.bib") == 0o640
    assert names(tmp_path) == ["a.bib", "home"]


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("before", [0o600, 0o644, 0o660])
def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path, before: int) -> None:
    file = tmp_path / "a.bib"
    file.write_text("old and longer")
    file.chmod(before)
    write(file, ["new"])
    assert (file.read_text(), mode(file)) == ("new", before)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "a.bib"
    for old in ("", "old"):
        if old:
            target.write_text(old)
        link = tmp_path / f"link{old}"
        link.symlink_to(target)
        write(link, ["new"])
        assert link.is_symlink()
        assert target.read_text() == "new"
    assert names(tmp_path / "there") == ["a.bib"]


def test_what_was_there_is_seen_until_all_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("old")

    def pieces() -> Iterator[str]:
        for _ in range(3):
            yield "new" * 100_000
            assert file.read_text() == "old"

    write(file, pieces())
    assert file.read_text() == "new" * 300_000


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_what_was_there_stays_when_it_goes_wrong(tmp_path: Path, error: type[BaseException]) -> None:
    file = tmp_path / "a.bib"
    file.write_text("old")

    def pieces() -> Iterator[str]:
        yield "new" * 100_000
        raise error

    with pytest.raises(error):
        write(file, pieces())
    assert file.read_text() == "old"
    assert names(tmp_path) == ["a.bib", "home"]


def test_what_a_killed_process_left_is_no_obstacle(tmp_path: Path) -> None:
    left = tmp_path / f".a.bib.{os.getpid()}.part"
    left.symlink_to(tmp_path / "elsewhere")
    write(tmp_path / "a.bib", ["new"])
    assert names(tmp_path) == ["a.bib", "home"]


def test_a_long_name_is_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path / ("a" * 255), ["new"])
    assert (tmp_path / ("a" * 255)).read_text() == "new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write(pipe, ["one", "two"])
    reader.join()
    assert read == ["onetwo"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_directory_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="home is a directory"):
        write(tmp_path / "home", ["new"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SaveError, match="read-only here"):
            write(tmp_path / "a", ["new"])
    finally:
        tmp_path.chmod(0o700)


def test_a_pipe_is_written_to_by_the_name_it_was_given() -> None:
    """What the name leads to is no file that could be opened: a shell hands its pipes on like this."""
    reading, writing = os.pipe()
    try:
        write(Path(f"/dev/fd/{writing}"), ["one\n", "two\n"])
        assert os.read(reading, 100) == b"one\ntwo\n"
    finally:
        os.close(reading)
        os.close(writing)
