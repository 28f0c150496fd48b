from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from paperstui import __version__, crash, paths

SECRET = "hf_" + "s3cr3t" * 4


@pytest.fixture
def log() -> Path:
    return paths.standard().log


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def fault(message: str = "it broke") -> Exception:
    """An exception with a traceback whose frames hold a secret."""
    try:
        _with_a_secret(message)
    except RuntimeError as error:
        return error
    raise AssertionError


def _with_a_secret(message: str) -> NoReturn:
    token = SECRET
    headers = {"authorization": f"Bearer {token}"}
    if headers:
        raise RuntimeError(message)
    raise AssertionError


def test_the_user_is_told_what_happened_and_where_the_log_is(log: Path) -> None:
    told = crash.report(fault()).splitlines()
    assert told[0] == "a fault in paperstui itself: RuntimeError: it broke"
    assert __version__ in told[1]
    assert f"the details are in {log}" in told
    assert "nothing you decided is lost" in told[-1]
    assert len(told) < 10


def test_the_log_has_the_traceback_and_no_local_variables(log: Path) -> None:
    told = crash.report(fault())
    written = log.read_text("utf-8")
    assert "_with_a_secret" in written
    assert "RuntimeError: it broke" in written
    assert __version__ in written
    assert SECRET not in written
    assert SECRET not in told


def test_the_log_is_private(log: Path) -> None:
    crash.report(fault())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_a_log_that_others_could_read_is_made_private(log: Path) -> None:
    paths.standard().make()
    log.write_text("", "utf-8")
    log.chmod(0o644)
    crash.report(fault())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_reports_are_added_one_after_the_other(log: Path) -> None:
    crash.report(fault("the first"))
    crash.report(fault("the second"))
    written = log.read_text("utf-8")
    assert written.index("the first") < written.index("the second")


def test_a_long_log_is_begun_anew_and_the_old_one_kept(log: Path) -> None:
    paths.standard().make()
    log.write_text("old" + "x" * crash.LARGEST_LOG, "utf-8")
    crash.report(fault("the first"))
    assert "the first" in log.read_text("utf-8")
    assert log.stat().st_size < 20_000
    kept = log.with_name("paperstui.log.1")
    assert kept.read_text("utf-8").startswith("old")
    log.write_text("newer" + "x" * crash.LARGEST_LOG, "utf-8")
    crash.report(fault("the second"))
    assert kept.read_text("utf-8").startswith("newer")
    assert sorted(path.name for path in log.parent.glob("*.log*")) == ["paperstui.log", "paperstui.log.1"]


def test_a_log_of_just_that_size_goes_on(log: Path) -> None:
    paths.standard().make()
    log.write_text("x" * crash.LARGEST_LOG, "utf-8")
    crash.report(fault())
    assert not log.with_name("paperstui.log.1").exists()


def test_where_no_log_can_be_written_the_report_says_so(log: Path) -> None:
    log.parent.parent.mkdir(parents=True)
    log.parent.write_text("a file", "utf-8")
    told = crash.report(fault())
    assert "it broke" in told
    assert "the log could not be written" in told
    assert "the details are in" not in told


def test_without_a_home_directory_there_is_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> NoReturn:
        raise RuntimeError("no home")

    monkeypatch.setattr(paths, "standard", nowhere)
    assert "the log could not be written" in crash.report(fault())


def test_a_hostile_message_is_one_clean_line() -> None:
    told = crash.report(fault("a\x1b]0;title\x07b\nsecond line\u202e" + "x" * 5000))
    first = told.splitlines()[0]
    assert all(letter.isprintable() for letter in first)
    assert len(first) < 300
    assert "second line" in first


def test_an_error_that_cannot_say_what_it_is_is_reported(log: Path) -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise ValueError("no words")

    assert "a fault in paperstui itself: MuteError" in crash.report(MuteError())
    assert "MuteError" in log.read_text("utf-8")


def test_a_lone_surrogate_does_not_keep_the_log_from_being_written(log: Path) -> None:
    crash.report(fault("half \ud83d"))
    assert "half" in log.read_text("utf-8")


def test_endless_recursion_is_reported_in_a_short_log(log: Path) -> None:
    def deeper(level: int) -> int:
        return further(level + 1)

    def further(level: int) -> int:
        return deeper(level + 1)

    with pytest.raises(RecursionError) as raised:
        deeper(0)
    told = crash.report(raised.value)
    assert "RecursionError" in told
    assert log.stat().st_size < 20_000
