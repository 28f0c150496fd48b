from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NoReturn

import pytest

from paperstui import __version__, paths
from paperstui.cli import COMMANDS, HELP, main
from paperstui.errors import LibraryError, PaperstuiError, SaveError, SourceError, UsageError


def pretend_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input and output are a terminal from here on."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Makes `paperstui paths` do something else."""

    def use(deed: Callable[[], Any]) -> None:
        monkeypatch.setattr("paperstui.commands.places.show_paths", lambda _arguments: deed())

    return use


def failing(error: BaseException) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


def run(*arguments: str, stdout: int | IO[Any] = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, its output buffered as usual."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [sys.executable, "-m", "paperstui", *arguments],
        stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([option]) == 0
    assert capsys.readouterr() == (f"paperstui {__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h", "help"])
def test_the_help(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([option]) == 0
    assert capsys.readouterr() == (HELP, "")


def test_the_help_names_every_command_once_and_fits_a_terminal() -> None:
    named = re.findall(r"^  ([a-z]+)  ", HELP.partition("commands:")[2], re.MULTILINE)
    assert named == list(COMMANDS)
    assert max(len(line) for line in HELP.splitlines()) < 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    told, wrong = capsys.readouterr()
    assert told.startswith(f"usage: paperstui {name} ")
    assert len(told.split("\n\n")[1]) > 20, "a sentence about it follows the usage"
    assert wrong == ""


def test_the_arguments_come_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["paperstui", "--version"])
    assert main() == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["diffusion"], ["--demo"]])
def test_the_reader_without_a_terminal_is_one_line_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told, wrong = capsys.readouterr()
    assert told == ""
    assert wrong.startswith("paperstui: the reader needs a terminal")
    assert wrong.count("\n") == 1


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_one_half_of_a_terminal_is_none(
    stream: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend_terminal(monkeypatch)
    monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: False)
    assert main([]) == 2
    assert "needs a terminal" in capsys.readouterr().err


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_dumb_terminal_is_one_line_and_status_2(
    term: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend_terminal(monkeypatch)
    monkeypatch.delenv("TERM")
    if term is not None:
        monkeypatch.setenv("TERM", term)
    assert main([]) == 2
    told, wrong = capsys.readouterr()
    assert told == ""
    assert wrong.startswith("paperstui: this terminal cannot show the reader")
    assert wrong.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"query": "", "demo": False}),
        (["--demo"], {"query": "", "demo": True}),
        (["flow", "matching"], {"query": "flow matching", "demo": False}),
        (["--demo", "is:unread sort:upvotes"], {"query": "is:unread sort:upvotes", "demo": True}),
        (["diffusion", "--", "-survey"], {"query": "diffusion -survey", "demo": False}),
    ],
)
def test_the_reader_is_started_with_query_and_demo(
    arguments: list[str], expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_terminal(monkeypatch)
    given: list[dict[str, object]] = []

    def start(**kwargs: object) -> int:
        given.append(kwargs)
        return 7

    monkeypatch.setattr("paperstui.tui.start.run", start)
    assert main(arguments) == 7
    assert given == [expected]


@pytest.mark.parametrize(
    "arguments", [["--nonsense"], ["--dem"], ["paths", "--nonsense"], ["paths", "--js"], ["refresh", "--date"]]
)
def test_an_option_that_is_none_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told, wrong = capsys.readouterr()
    assert told == ""
    assert wrong.startswith("paperstui: ")
    assert wrong.count("\n") == 1
    assert arguments[-1] in wrong


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PaperstuiError("it did not work"), 1),
        (UsageError("it makes no sense"), 2),
        (LibraryError("it is of a newer version"), 3),
        (SourceError("it could not be reached", kind="offline"), 4),
        (SaveError("the disk is full"), 5),
    ],
)
def test_a_failure_is_one_line_and_its_status(
    error: PaperstuiError, status: int, command: Callable[[Callable[[], Any]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(failing(error))
    assert main(["paths"]) == status
    assert capsys.readouterr() == ("", f"paperstui: {error}\n")


def test_a_failure_is_told_clean(
    command: Callable[[Callable[[], Any]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(failing(PaperstuiError("no paper \x1b]52;c;aGk=\x07\u202eabc")))
    main(["paths"])
    line = capsys.readouterr().err.removesuffix("\n")
    assert line.isprintable()
    assert "no paper" in line


def test_a_command_is_silent_when_it_is_interrupted(
    command: Callable[[Callable[[], Any]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(failing(KeyboardInterrupt()))
    assert main(["paths"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_signal_that_ends_a_command_is_its_status(
    command: Callable[[Callable[[], Any]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def end() -> int:
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL, "it would end the tests"
        signal.raise_signal(signal.SIGTERM)
        return 0

    command(end)
    assert main(["paths"]) == 128 + signal.SIGTERM
    assert capsys.readouterr() == ("", "")
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize(("words", "meant"), [(["unsta", "2506.01234"], "unstar"), (["refersh"], "refresh")])
def test_a_mistyped_command_is_met_with_the_one_that_was_meant(
    words: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert f"did you mean paperstui {meant}?" in capsys.readouterr().err


def test_the_status_of_a_command_is_the_programs(command: Callable[[Callable[[], Any]], None]) -> None:
    command(lambda: 4)
    assert main(["paths"]) == 4


def test_a_fault_is_status_70_with_a_log_and_no_traceback(
    command: Callable[[Callable[[], Any]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(failing(ZeroDivisionError("nobody thought of this")))
    assert main(["paths"]) == 70
    told, wrong = capsys.readouterr()
    assert told == ""
    lines = wrong.splitlines()
    assert lines[0] == "paperstui: a fault in paperstui itself: ZeroDivisionError: nobody thought of this"
    assert all(line.startswith("paperstui: ") for line in lines)
    assert len(lines) < 10
    assert "Traceback" not in wrong
    log = paths.standard().log
    assert str(log) in wrong
    assert "nobody thought of this" in log.read_text("utf-8")


def test_a_wrong_clock_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", "noon")
    assert main(["refresh", "--date", "today"]) == 2
    assert capsys.readouterr().err.startswith("paperstui: PAPERSTUI_NOW is not an ISO time")


def test_every_command_lives_in_a_module_that_adds_its_arguments() -> None:
    import importlib

    for name, module in COMMANDS.items():
        parser = argparse.ArgumentParser(prog=name)
        importlib.import_module(module).add(name, parser)
        assert callable(parser.get_default("run")), name


@pytest.mark.parametrize("arguments", [["paths"], ["--version"], ["--help"], ["paths", "--help"]])
def test_a_reader_that_went_away_is_no_fault(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = run(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
@pytest.mark.parametrize("arguments", [["paths"], ["--help"]])
def test_output_that_cannot_be_written_is_a_failure_and_no_fault(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ended = run(*arguments, stdout=full)
    assert ended.returncode == 5
    assert ended.stderr.startswith("paperstui: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "closed", "status"),
    [
        ("paths", "<&-", 0),
        ("paths", ">&-", 0),
        ("paths", "<&- >&- 2>&-", 0),
        ("", "<&-", 2),
        ("", ">&-", 2),
        ("--nonsense", "2>&-", 2),
        ("", "<&- >&- 2>&-", 2),
    ],
)
def test_a_stream_that_is_closed_is_no_fault(arguments: str, closed: str, status: int) -> None:
    command = ["sh", "-c", f'exec "$0" -m paperstui {arguments} {closed}', sys.executable]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == status
    assert ended.stderr.count("\n") == (1 if status and "2>&-" not in closed else 0)


def test_what_the_output_cannot_hold_is_replaced(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "XDG_STATE_HOME": str(tmp_path / "état")}
    ended = subprocess.run(
        [sys.executable, "-m", "paperstui", "paths"], capture_output=True, text=True, check=False, env=environment
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "?tat" in ended.stdout


def test_as_a_module_it_is_the_same_program() -> None:
    ended = run("--version")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"paperstui {__version__}\n", "")
    ended = run("--nonsense")
    assert ended.returncode == 2
    assert "--nonsense" in ended.stderr
