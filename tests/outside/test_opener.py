"""The browser is started with a checked address and nothing else, and its failure is reported."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperstui.errors import PaperstuiError
from paperstui.outside import opener

URL = "https://arxiv.org/abs/2606.01234"
HOSTILE = [
    "",
    " ",
    "--help",
    "-P evil",
    "%action",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.org/",
    "//example.org/",
    "https:///nohost",
    "https://",
    "http://user:secret@example.org/",
    "https://example.org@evil.example/",
    "https://good.example\\@evil.example/",
    "https://exämple.org/",
    "https://example.org/\u202egpj",
    "https://example.org/a b",
    "https://example.org/\n--help",
    "https://example.org/\x1b]0;title\x07",
    "https://example.org/\x00",
    "https://example.org/`touch x`",
    'https://example.org/"; touch x; "',
    "https://example.org:port/",
    "https://example.org/" + "a" * 2_048,
    " https://example.org/",
]

Program = Callable[..., Path]


@pytest.fixture
def bin_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only directory programs are found in, and no display, so that nothing of the host is ever started."""
    directory = tmp_path / "bin"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERMUX_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return directory


@pytest.fixture
def program(bin_dir: Path) -> Program:
    """Make a program that appends its arguments to `<name>.log`, one a line, and then does what `then` says."""

    def make(name: str, then: str = "") -> Path:
        log = bin_dir / f"{name}.log"
        path = bin_dir / name
        path.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >> {shlex.quote(str(log))}\n{then}\n", encoding="utf-8")
        path.chmod(0o755)
        return log

    return make


def logged(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_reach_no_program(url: str, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    log = program("browser")
    monkeypatch.setenv("BROWSER", "browser")
    with pytest.raises(PaperstuiError, match="not a web address") as refused:
        opener.open_url(url)
    assert logged(log) == []
    assert str(refused.value).isprintable()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(max_size=40).map("https://example.org/".__add__))
def test_what_passes_the_check_is_one_plain_argument(url: str) -> None:
    try:
        passed = opener.checked(url)
    except PaperstuiError:
        return
    assert passed.startswith(("http://", "https://", "HTTP", "Http"))
    assert passed.isascii()
    assert passed.isprintable()
    assert not set(passed) & set(" '\"`\\<>")


def test_a_quotation_mark_is_sent_in_its_encoded_form(program: Program) -> None:
    log = program("browser")
    opener.open_url("https://example.org/it's", browser="browser")
    assert logged(log) == ["https://example.org/it%27s"]


def test_the_address_is_the_last_argument_of_browser(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    log = program("browser")
    monkeypatch.setenv("BROWSER", "browser --new-window")
    opened = opener.open_url(URL)
    assert logged(log) == ["--new-window", URL]
    assert not opened.needs_terminal
    assert opened.argv[1:] == ("--new-window", URL)


def test_a_placeholder_is_filled_and_only_a_placeholder(program: Program) -> None:
    log = program("browser")
    opener.open_url("https://example.org/100%25s", browser="browser --url=%s --at %action 'two words' &")
    assert logged(log) == ["--url=https://example.org/100%25s", "--at", "%action", "two words"]


def test_the_setting_goes_before_the_environment(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = program("mine"), program("other")
    monkeypatch.setenv("BROWSER", "other")
    opener.open_url(URL, browser="mine")
    assert (logged(mine), logged(other)) == ([URL], [])


def test_shell_syntax_is_never_interpreted(program: Program, bin_dir: Path) -> None:
    log = program("browser")
    opener.open_url(
        "https://example.org/?a=$(touch${IFS}x)".replace("{", "(").replace("}", ")"), browser="browser ';' $HOME"
    )
    assert logged(log)[:2] == [";", "$HOME"]
    assert not (bin_dir / "x").exists()


def test_browsers_are_tried_in_their_order(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    failing, working, last = program("failing", "exit 3"), program("working"), program("last")
    monkeypatch.setenv("BROWSER", "missing:failing:working:last")
    opened = opener.open_url(URL)
    assert Path(opened.argv[0]).name == "working"
    assert (logged(failing), logged(working), logged(last)) == ([URL], [URL], [])


@pytest.mark.parametrize(
    ("browser", "message"),
    [
        ("failing --flag", "failing ended with status 3"),
        ("no-such-browser", "no-such-browser is not installed"),
        ("'unclosed", "quotation mark that is not closed"),
        ("&", "names no program"),
    ],
)
def test_a_browser_that_does_not_work_is_named_in_one_line(browser: str, message: str, program: Program) -> None:
    program("failing", "exit 3")
    with pytest.raises(PaperstuiError, match=message) as failed:
        opener.open_url(URL, browser=browser)
    assert "\n" not in str(failed.value)


def test_a_file_that_is_no_program_is_reported(bin_dir: Path) -> None:
    (bin_dir / "broken").write_bytes(b"\x7fELF nothing")
    (bin_dir / "broken").chmod(0o755)
    with pytest.raises(PaperstuiError, match="broken did not start"):
        opener.open_url(URL, browser="broken")


def test_a_browser_that_stays_open_is_not_waited_for(program: Program, bin_dir: Path) -> None:
    fifo = bin_dir / "hold"
    log = program("browser", f"read line < {shlex.quote(str(fifo))}")
    os.mkfifo(fifo)
    began = time.monotonic()
    opened = opener.open_url(URL, browser="browser", grace=0.2)
    assert time.monotonic() - began < 10
    assert Path(opened.argv[0]).name == "browser"
    fifo.write_text("go\n", encoding="utf-8")  # blocks until the browser reads, so it was running
    assert logged(log) == [URL]


def test_the_browser_has_its_own_session_and_no_terminal(program: Program, bin_dir: Path) -> None:
    facts = bin_dir / "facts"
    script = (
        f"import os,sys; open({str(facts)!r}, 'w').write(f'{{os.getsid(0)}} {{os.getpid()}} {{os.fstat(0).st_rdev}}')"
    )
    program("browser", f"exec {shlex.quote(sys.executable)} -c {shlex.quote(script)}")
    opener.open_url(URL, browser="browser", grace=20)
    session, process, device = facts.read_text(encoding="utf-8").split()
    assert session == process
    assert int(device) == Path("/dev/null").stat().st_rdev


@pytest.mark.parametrize("name", ["w3m", "lynx", "elinks"])
def test_a_text_browser_is_left_to_the_caller(name: str, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    log = program(name)
    monkeypatch.setenv("BROWSER", name)
    opened = opener.open_url(URL)
    assert opened.needs_terminal
    assert opener.needs_terminal(list(opened.argv))
    assert logged(log) == []
    opener.run_in_terminal(opened.argv)
    assert logged(log) == [URL]


def test_a_text_browser_that_fails_is_reported(program: Program) -> None:
    program("w3m", "exit 1")
    opened = opener.open_url(URL, browser="w3m")
    with pytest.raises(PaperstuiError, match="w3m ended with status 1"):
        opener.run_in_terminal(opened.argv)
    with pytest.raises(PaperstuiError, match="gone did not start"):
        opener.run_in_terminal(["/nonexistent/gone", URL])


def test_without_a_display_only_text_browsers_are_taken(program: Program) -> None:
    graphical = program("xdg-open")
    with pytest.raises(PaperstuiError, match=r"none was found.*set BROWSER"):
        opener.open_url(URL)
    program("lynx")
    assert opener.open_url(URL).needs_terminal
    assert logged(graphical) == []


@pytest.mark.parametrize(
    ("variable", "platform", "name"),
    [
        ("DISPLAY", "linux", "xdg-open"),
        ("WAYLAND_DISPLAY", "linux", "xdg-open"),
        ("WSL_DISTRO_NAME", "linux", "wslview"),
        ("TERMUX_VERSION", "linux", "termux-open-url"),
        ("HOME", "darwin", "open"),
    ],
)
def test_each_platform_has_its_own_opener(
    variable: str, platform: str, name: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "yes")
    monkeypatch.setattr(sys, "platform", platform)
    log = program(name)
    opener.open_url(URL)
    assert logged(log) == [URL]


@pytest.fixture
def paper_file(tmp_path: Path) -> Path:
    path = tmp_path / "a paper; touch x.pdf"
    path.write_bytes(b"%PDF-1.5")
    return path


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("viewer", ["{file}"]),
        ("viewer --page 1", ["--page", "1", "{file}"]),
        ("viewer '--file=%s' -x", ["--file={file}", "-x"]),
    ],
)
def test_a_pdf_opens_in_the_viewer_of_the_settings(
    setting: str, expected: list[str], paper_file: Path, program: Program
) -> None:
    log = program("viewer")
    assert not opener.open_pdf(paper_file, viewer=setting).needs_terminal
    assert logged(log) == [word.format(file=paper_file) for word in expected]


def test_a_pdf_opens_in_the_systems_viewer(paper_file: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("BROWSER", "browser")
    log, browser, second = program("xdg-open", "exit 3"), program("browser"), program("gio")
    opener.open_pdf(paper_file)
    assert (logged(log), logged(browser)) == ([str(paper_file)], [])
    assert logged(second) == ["open", str(paper_file)]


def test_without_a_display_nothing_is_started(paper_file: Path, program: Program) -> None:
    log = program("xdg-open")
    with pytest.raises(PaperstuiError, match="there is no display"):
        opener.open_pdf(paper_file)
    assert logged(log) == []


def test_a_viewer_of_the_terminal_is_handed_the_terminal(paper_file: Path, program: Program) -> None:
    log = program("tdf")
    opened = opener.open_pdf(paper_file)
    assert opened.needs_terminal
    assert logged(log) == []
    opener.run_in_terminal(opened.argv)
    assert logged(log) == [str(paper_file)]


@pytest.mark.parametrize(
    ("setting", "said"),
    [("none-such", "none-such is not installed"), ("viewer", "viewer ended with status 4"), ("'x", "quotation mark")],
)
def test_a_viewer_that_fails_is_told(setting: str, said: str, paper_file: Path, program: Program) -> None:
    program("viewer", "exit 4")
    with pytest.raises(PaperstuiError, match=said):
        opener.open_pdf(paper_file, viewer=setting)
