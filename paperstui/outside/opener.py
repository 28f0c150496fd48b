"""Opens web addresses in the user's browser and PDFs in their viewer, and nothing else, and never through a shell.

Python's `webbrowser` hands `--help`, `file:` and `%action` on to whatever it starts (CVE-2026-4519, CVE-2026-4786), so
addresses are checked here and commands are built as lists of arguments.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from paperstui.errors import PaperstuiError
from paperstui.outside import lent
from paperstui.text.clean import clean_line, safe_url

GRACE = 1.0
"""Seconds in which a browser may fail at once and be reported."""

TEXT_BROWSERS = frozenset({
    "browsh", "carbonyl", "cha", "elinks", "felinks", "links", "links2", "lynx", "retawq", "w3m", "www-browser",
})  # fmt: skip
"""Browsers that draw in the terminal they are started from."""

TEXT_VIEWERS = frozenset({"tdf", "fancy-cat", "termpdf", "termpdf.py", "fbpdf", "jfbview", "less", "more", "pdftotext"})
"""Programs that show a PDF in the terminal they are started from."""

_TERMINAL_CANDIDATES = ("www-browser", "w3m", "lynx", "elinks", "links2", "links")
_SETTING = "set BROWSER, or browser in config.toml"


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of an address: the command, and whether it has still to be run in the terminal by the caller."""

    argv: tuple[str, ...]
    needs_terminal: bool = False


def checked(url: str) -> str:
    """The address, if it may be opened.

    Raises:
        PaperstuiError: it is not a plain web address: another scheme, no host, a name or password in it, characters
            other than printable ASCII (hosts in other scripts are written in punycode), or more than 2,048 of them.
    """
    if safe_url(url) != url or not url:
        raise PaperstuiError(f"not a web address that can be opened: {clean_line(url, 80) or 'it is empty'}")
    return url.replace("'", "%27")  # the one character left that a helper written in shell could trip over


def needs_terminal(argv: list[str] | tuple[str, ...]) -> bool:
    """Whether a command draws in the terminal, so that the screen must be handed over to it."""
    return bool(argv) and Path(argv[0]).name in TEXT_BROWSERS | TEXT_VIEWERS


def commands(url: str, browser: str = "") -> list[list[str]]:
    """The commands to try for a checked address, in order: the setting, else `$BROWSER`, else the platform's own.

    `%s` in a setting stands for the address, which otherwise comes last. `$BROWSER` is a list separated by colons.

    Raises:
        PaperstuiError: the setting or `$BROWSER` has a quotation mark that is not closed.
    """
    if browser.strip():
        return [_filled(browser, url, "the browser in the settings")]
    listed = [entry for entry in os.environ.get("BROWSER", "").split(os.pathsep) if entry.strip(" &")]
    if listed:
        return [_filled(entry, url, "BROWSER") for entry in listed]
    return [[*command, url] for command in _platform()]


def open_url(url: str, *, browser: str = "", grace: float = GRACE) -> Opened:
    """Open a web address in the browser, detached from the terminal.

    Waits up to `grace` seconds for a command to fail, so call it in a thread. If the command needs the terminal,
    nothing is started: hand the terminal over and call `run_in_terminal` with the command of the answer.

    Raises:
        PaperstuiError: the address may not be opened, there is no browser, or it failed at once.
    """
    opened = _first(commands(checked(url), browser), grace)
    if isinstance(opened, str):
        raise PaperstuiError(f"the browser did not open: {opened or 'none was found'} ({_SETTING})")
    return opened


def open_pdf(path: Path, *, viewer: str = "", grace: float = GRACE) -> Opened:
    """Open a PDF in the viewer of the settings, else in the system's; otherwise as `open_url`.

    viewer: a command, in which `%s` stands for the file, which otherwise comes last.

    Raises:
        PaperstuiError: no viewer could be started.
    """
    file = str(path.absolute())
    argvs = [_filled(viewer, file, "pdf_viewer")] if viewer.strip() else [[*each, file] for each in _viewers()]
    opened = _first(argvs, grace)
    if isinstance(opened, str):
        nowhere = "there is no display" if not viewer.strip() and not argvs else "none was found"
        raise PaperstuiError(opened or nowhere)
    return opened


def run_in_terminal(argv: list[str] | tuple[str, ...]) -> None:
    """Run a text browser in the terminal and wait until it ends. The caller has given the terminal away.

    Raises:
        PaperstuiError: it could not be started or ended with an error.
    """
    name = _name(argv)
    try:
        status = lent.run(argv, name)
    except OSError as error:
        raise PaperstuiError(f"{name} did not start: {clean_line(error.strerror or error)}") from error
    if status > 0:
        raise PaperstuiError(f"{name} ended with status {status}")


def _first(argvs: list[list[str]], grace: float) -> Opened | str:
    """Start the first command that can be started; else why there is none."""
    failure = ""
    for argv in argvs:
        program = shutil.which(argv[0])
        if program is None:
            failure = failure or f"{clean_line(argv[0], 60)} is not installed"
        elif needs_terminal(argv):
            return Opened((program, *argv[1:]), needs_terminal=True)
        else:
            failure = _start([program, *argv[1:]], grace)
            if not failure:
                return Opened((program, *argv[1:]))
    return failure


def _filled(template: str, url: str, source: str) -> list[str]:
    """The template's words with the address in the place of each `%s`, or at the end."""
    try:
        words = shlex.split(template)
    except ValueError:
        raise PaperstuiError(f"{source} has a quotation mark that is not closed") from None
    if words and words[-1] == "&":  # an old custom for "in the background", which everything here is
        words.pop()
    if not words:
        raise PaperstuiError(f"{source} names no program")
    if any("%s" in word for word in words):
        return [word.replace("%s", url) for word in words]
    return [*words, url]


def _platform() -> list[list[str]]:
    """The platform's ways of opening an address, best first; those that are not installed are passed over."""
    if sys.platform == "darwin":
        return [["open"]]
    graphical = [["xdg-open"], ["gio", "open"], ["x-www-browser"]]
    if os.environ.get("WSL_DISTRO_NAME"):
        # `cmd.exe /c start` would parse the address; these do not.
        found = [["wslview"], ["rundll32.exe", "url.dll,FileProtocolHandler"], *graphical]
    elif os.environ.get("TERMUX_VERSION"):
        found = [["termux-open-url"]]
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        found = graphical
    else:
        # Without a display xdg-open would start a text browser behind the screen.
        found = [[name] for name in _TERMINAL_CANDIDATES]
    return [command for command in found if shutil.which(command[0])]


def _viewers() -> list[list[str]]:
    """The platform's ways of showing a file, best first; those that are not installed are passed over."""
    if sys.platform == "darwin":
        return [["open"]]
    found = [["tdf"], ["fancy-cat"]]
    if os.environ.get("TERMUX_VERSION"):
        found = [["termux-open"]]
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        found = [["xdg-open"], ["gio", "open"], *found]
    if os.environ.get("WSL_DISTRO_NAME"):
        found.insert(0, ["wslview"])
    return [command for command in found if shutil.which(command[0])]


def _start(argv: list[str], grace: float) -> str:
    """Start a command on its own; return why it failed at once, or ""."""
    name = _name(argv)
    try:
        process = subprocess.Popen(  # noqa: S603 - a list, checked above, and no shell
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{name} did not start: {clean_line(error.strerror or error)}"
    try:
        status = process.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        # It runs, as a browser does; somebody has to collect it when it ends.
        threading.Thread(target=process.wait, name="browser", daemon=True).start()
        return ""
    return f"{name} ended with status {status}" if status else ""


def _name(argv: list[str] | tuple[str, ...]) -> str:
    return clean_line(Path(argv[0]).name, 60)
