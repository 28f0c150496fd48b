"""Libraries of invented papers, made once and kept in the system's directory for temporary files, and copies of them.

`python -m tests.benchmarks.libraries COUNT DIRECTORY` makes one. It is done in a process of its own, so that the one
that measures stays small and starts others quickly.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path

from paperstui import paths
from paperstui.config import Settings
from paperstui.demo import generator
from paperstui.library import dictionary, index, packing, records, schema
from paperstui.library.store import Library
from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.benchmarks.processes import BenchmarkError

ROOT = Path(__file__).resolve().parents[2]

NOW = "2026-06-04T12:00:00+00:00"
"""The time it is for every program that is measured."""

LAST_DAY = date(2026, 5, 15)
"""The newest day of the libraries: papers of `NEW_DAY` and the fortnight before it are new to all of them."""

NEW_DAY = date(2026, 6, 4)

_DAYS = 1400
_SEEN = 1_778_900_000  # Unix seconds, 16 May 2026
_CHUNK = 1_000
_READ_ONE_IN, _STARRED_ONE_IN = 3, 250
_KEPT = 86_400.0
_DIRECTORIES = ("data", "cache", "config", "state")


class World:
    """The directories of one user, and the environment in which the programs see nothing else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths = Paths(*(root / name / paths.APP for name in _DIRECTORIES))

    def make(self) -> None:
        """Make the directories, with settings that leave the network alone."""
        self.paths.make()
        self.paths.settings.write_text("refresh_minutes = 0\n")

    def env(self, endpoint: str = "http://127.0.0.1:9") -> dict[str, str]:
        """The environment. endpoint: where papers would be fetched; by default a port that refuses at once."""
        return {
            **clean_environment(),
            "HOME": str(self.root),
            **{f"XDG_{name.upper()}_HOME": str(self.root / name) for name in _DIRECTORIES},
            "HF_ENDPOINT": endpoint,
            "PAPERSTUI_ARXIV_ENDPOINT": "http://127.0.0.1:9",
            "PAPERSTUI_NOW": NOW,
        }

    def discard(self) -> None:
        """Delete it all."""
        shutil.rmtree(self.root, ignore_errors=True)


def clean_environment() -> dict[str, str]:
    """This process's environment without what changes how the programs look, how they start and where they reach.

    Raises:
        BenchmarkError: the directory for what is kept between runs is not safe to use.
    """
    mine = (
        (name, value)
        for name, value in os.environ.items()
        if not name.startswith(("HF_", "PAPERSTUI_", "XDG_", "TEXTUAL", "COLUMNS", "LINES"))
        and not name.lower().endswith("_proxy")
        and not name.startswith("PYTHON")
        and name not in {"NO_COLOR", "BROWSER", "EDITOR", "SSH_TTY", "TMUX"}
    )
    return dict(mine) | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT),
        # Modules are compiled once, as an installer does it, whatever the settings here are and wherever the source is.
        "PYTHONPYCACHEPREFIX": str(_directory() / f"compiled-{sys.version_info.major}.{sys.version_info.minor}"),
    }


def copy(count: int, to: Path) -> World:
    """A library of `count` papers of one's own, closed well. It is made first if that was not done before."""
    source = _kept(count)
    shutil.copytree(source, to)
    world = World(to)
    # The seal of a well closed library knows the file by its number, and the copy has another.
    Library.open(world.paths).close()
    return world


def new_items(count: int) -> list[Item]:
    """Papers that no library holds, a thousand a day, the newest day first."""
    return generator.items(count, last_day=NEW_DAY, days=1)


def make(count: int, root: Path) -> None:
    """Fill a new library, with a third of the papers read and some starred."""
    world = World(root)
    world.make()
    desk = Desk.open(world.paths, Settings(), offline=True)
    # The day's backup, made while there is nothing to copy, so that none falls into what is measured.
    desk.library.back_up()
    stream = generator.stream(count, last_day=LAST_DAY, days=_DAYS)
    days: dict[str, int] = {}
    done = 0
    while part := list(islice(stream, _CHUNK)):
        desk.library.upsert(part, _SEEN)
        ids = [item.paper.id for item in part]
        desk.decide([one for at, one in enumerate(ids, done) if not at % _READ_ONE_IN], "read", value=True)
        desk.decide([one for at, one in enumerate(ids, done) if not at % _STARRED_ONE_IN], "starred", value=True)
        for item in part:
            period = item.listing.period if item.listing else ""
            days[period] = days.get(period, 0) + 1
        done += len(part)
    for period, papers in days.items():
        desk.library.mark_period("daily", period, at=_SEEN, complete=True, papers=papers)
    there = desk.library.totals().papers
    desk.close()
    if there != count:
        raise BenchmarkError(f"{count:,} papers were made, but the library holds {there:,}")


def _kept(count: int) -> Path:
    """The directory of the library of `count` papers, made if it is not there.

    Raises:
        BenchmarkError: it cannot be made.
    """
    directory = _directory()
    found = directory / f"{_version()}-{count}"
    if not found.is_dir():
        _forget_old(directory)
        began = time.monotonic()
        _say(f"making a library of {count:,} papers in {directory} …")
        with tempfile.TemporaryDirectory(dir=directory) as unfinished:
            made = Path(unfinished) / "made"
            command = [sys.executable, "-m", "tests.benchmarks.libraries", str(count), str(made)]
            done = subprocess.run(command, env=World(made).env(), capture_output=True, text=True, check=False)
            if done.returncode:
                raise BenchmarkError(f"the library cannot be made: {done.stderr.strip().splitlines()[-1:]}")
            made.rename(found)
        _say(f"made in {time.monotonic() - began:.0f} s")
    os.utime(found)
    return found


def _directory() -> Path:
    """Where they are kept: a directory that only this user can write to."""
    directory = Path(tempfile.gettempdir()) / f"paperstui-benchmarks-{os.getuid()}"
    directory.mkdir(mode=0o700, exist_ok=True)
    about = directory.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o022:
        raise BenchmarkError(f"{directory} is not a directory of yours alone")
    return directory


def _version() -> str:
    """Changes with whatever decides what is in the file: the generator, the schema, the text, and this module."""
    package = Path(paths.__file__).parent
    files = (schema.__file__, records.__file__, packing.__file__, dictionary.__file__, __file__)
    sources = [*sorted((package / "demo").glob("*.py")), *map(Path, files)]
    digest = hashlib.sha256(f"{schema.version()} {index.TEXT_VERSION}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _forget_old(directory: Path) -> None:
    """Delete libraries of other versions that were not used for a day."""
    for other in directory.iterdir():
        mine = other.name.startswith((_version(), "compiled-"))
        if not mine and time.time() - other.stat().st_mtime > _KEPT:
            shutil.rmtree(other, ignore_errors=True)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
