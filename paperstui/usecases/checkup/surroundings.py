"""What paperstui runs on: programs, terminal, disk, and the directories it was given."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from paperstui import __version__, config
from paperstui.library.looking import OLDEST_SQLITE, engine
from paperstui.paths import Paths
from paperstui.text.clean import clean_line
from paperstui.usecases.checkup.findings import Finding, in_bytes

SMALLEST = (40, 10)
"""Columns and rows that the reader needs."""
ROOM = 256 * 1024 * 1024
"""Bytes of free disk below which nothing new should be begun."""

_NETWORKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "glusterfs"}
)
_SYNCED = (
    "Dropbox",
    "OneDrive",
    "Google Drive",
    "Nextcloud",
    "ownCloud",
    "iCloud",
    "Mobile Documents",
    "Syncthing",
    "pCloud",
)


def surroundings(paths: Paths) -> Iterator[Finding]:
    """All of it, in the order in which it is told."""
    yield program()
    yield terminal(os.environ)
    yield settings(paths)
    yield disk(paths)
    yield place(paths)


def program() -> Finding:
    """The versions of everything that counts."""
    try:
        textual = version("textual")
    except PackageNotFoundError:
        textual = "is missing"
    sqlite = engine()
    text = (
        f"paperstui {__version__}, Python {platform.python_version()}, {sqlite.text}, Textual {textual}, {sys.platform}"
    )
    if not sqlite.good:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        return Finding(
            id="program",
            state="wrong",
            text=text,
            advice=f"use a Python whose SQLite is {oldest} or newer and has FTS5",
        )
    if textual == "is missing":
        return Finding(id="program", state="wrong", text=text, advice="install paperstui anew")
    return Finding(id="program", text=text)


def terminal(environment: Mapping[str, str]) -> Finding:
    """Whether the reader can be shown here."""
    name = clean_line(environment.get("TERM", ""), 40)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Finding(
            id="terminal", text=f"none here (TERM is {name or 'not set'}); commands work, the reader needs one"
        )
    if name in ("", "dumb"):
        return Finding(
            id="terminal",
            state="wrong",
            text=f"TERM is {name or 'not set'}, so the reader cannot be shown",
            advice="set TERM to what the terminal is, such as xterm-256color",
        )
    size = shutil.get_terminal_size()
    encoding = sys.stdout.encoding or "ascii"
    text = f"{name}, {size.columns} × {size.lines}, {encoding.upper()}"
    colours = {"truecolor", "24bit"} & {environment.get("COLORTERM", "")}
    text += ", all colours" if colours else ", 256 colours" if "256" in name else ""
    text += ", NO_COLOR" if environment.get("NO_COLOR") else ""
    if not encoding.lower().replace("-", "").startswith("utf"):
        return Finding(
            id="terminal", state="note", text=text, advice="a locale with UTF-8 shows mathematics and names as they are"
        )
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        return Finding(id="terminal", state="note", text=text, advice="the reader needs {} × {}".format(*SMALLEST))
    if environment.get("TMUX"):
        return Finding(id="terminal", text=f"{text}, tmux (copying needs: set -g set-clipboard on)")
    return Finding(id="terminal", text=text)


def settings(paths: Paths) -> Finding:
    """The settings file."""
    where = clean_line(paths.settings)
    if not paths.settings.exists():
        return Finding(id="settings", text=f"{where} is not there: the defaults are used")
    problems = config.load(paths.settings).problems
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return Finding(id="settings", state="wrong", text=clean_line(problems[0]) + more, advice=f"edit {where}")
    if _others_may_write(paths.settings):
        return Finding(
            id="settings",
            state="wrong",
            text=f"{where} can be written by others, and it names a command that is run",
            advice=f"chmod go-w {where}",
        )
    return Finding(id="settings", text=f"{where} is understood")


def disk(paths: Paths) -> Finding:
    """The room on the disk of the library."""
    where = _existing(paths.data)
    try:
        free = shutil.disk_usage(where).free
    except OSError as error:
        return Finding(
            id="disk", state="note", text=f"the room on the disk is not known: {clean_line(error.strerror or error)}"
        )
    text = f"{in_bytes(free)} free in {clean_line(where)}"
    if free < ROOM:
        return Finding(
            id="disk",
            state="wrong",
            text=text,
            advice=f"make room: below {in_bytes(ROOM)} there is no backup, and saving may fail",
        )
    return Finding(id="disk", text=text)


def place(paths: Paths) -> Finding:
    """Whether the library is where SQLite can be trusted: on a disk of this machine that nobody copies from under it."""
    where = paths.library.resolve()
    kind = _file_system(where)
    shown = clean_line(where.parent)
    advice = (
        "keep the library on a disk of this machine (XDG_DATA_HOME); only the journal directory may be synchronised"
    )
    if kind in _NETWORKS:
        return Finding(
            id="place",
            state="note",
            text=f"{shown} is on a network file system ({kind}), where SQLite can be damaged",
            advice=advice,
        )
    synced = next((name for name in _SYNCED if any(name.lower() in part.lower() for part in where.parts)), None)
    if synced or (where.parent / ".stfolder").exists():
        return Finding(
            id="place",
            state="note",
            text=f"{shown} is synchronised ({synced or 'Syncthing'}), which can damage an open database",
            advice=advice,
        )
    return Finding(id="place", text=f"{shown} ({kind or 'a file system of this machine'})")


def _file_system(path: Path) -> str:
    """The kind of file system a path is on, where the system tells; "" else."""
    found, longest = "", -1
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "replace")
    except OSError:
        return ""
    for line in mounts.splitlines():
        _, point, kind, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        if len(point) > longest and (path.is_relative_to(point) if point.startswith("/") else False):
            found, longest = kind, len(point)
    return clean_line(found, 20)


def _existing(path: Path) -> Path:
    """The path, or what of it exists."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _others_may_write(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o022)
    except OSError:
        return False
