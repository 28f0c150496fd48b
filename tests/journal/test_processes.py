"""Several processes, and processes that die."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from paperstui.errors import SaveError
from paperstui.journal import entries
from paperstui.journal.store import Journal
from paperstui.paths import Paths

APPEND = """
import sys
from pathlib import Path
from paperstui.errors import SaveError
from paperstui.journal.store import Journal
directory, locks, name, count, size = sys.argv[1:]
journal = Journal(Path(directory), "0a1b2c3d", Path(locks))
for number in range(int(count)):
    paper = f"{name}.{number:05d}"
    try:
        journal.append("Note " + "x" * 150, [(paper, "note", "n" * int(size), "")])
    except SaveError as error:
        print("failed", error, flush=True)
        break
    print(paper, flush=True)
"""


def start(places: Paths, name: str, count: int, size: int = 10, before: str = "") -> subprocess.Popen[str]:
    arguments = [str(places.journal), str(places.locks), name, str(count), str(size)]
    return subprocess.Popen(
        [sys.executable, "-c", before + APPEND, *arguments], stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )


def test_processes_of_one_device_take_turns(places: Paths, journal: Journal) -> None:
    writers = [start(places, str(number), 50) for number in range(4)]
    for writer in writers:
        printed, _ = writer.communicate(timeout=50)
        assert len(printed.split()) == 50
    tail = journal.read_from({})
    assert tail.problems == []
    stamps = [entry.stamp for _, entry in tail.entries]
    assert len(stamps) == 200
    assert stamps == sorted(set(stamps))
    assert len({entry.assignments[0].paper for _, entry in tail.entries}) == 200
    assert not list(places.journal.glob("*.torn"))


def test_what_was_acknowledged_outlives_kill_nine(places: Paths, journal: Journal) -> None:
    chance = random.Random(9)  # noqa: S311 - a test that can be run again
    acknowledged: list[str] = []
    for life in range(6):
        writer = start(places, f"life{life}", 100_000, size=chance.choice([10, 20_000]))
        assert writer.stdout is not None
        acknowledged += [writer.stdout.readline().strip() for _ in range(chance.randrange(1, 40))]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split("\n")[:-1]
        writer.wait()
        writer.stdout.close()
    last = journal.append("After all", [("last", "starred", True, False)])
    tail = journal.read_from({})
    assert tail.problems == []
    assert tail.entries[-1][1] == last
    written = [entry.assignments[0].paper for _, entry in tail.entries]
    assert len(written) == len(set(written))
    assert set(acknowledged) <= set(written)
    # Of each life at most one line was written that nobody heard of.
    assert len(written) <= len(acknowledged) + 6 + 1


def test_a_full_disk_never_leaves_half_a_line(places: Paths, journal: Journal) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
    writer = start(places, "2506", 100, before=limit)
    *acknowledged, failure = writer.communicate(timeout=50)[0].splitlines()
    assert "disk is full" in failure
    assert 10 < len(acknowledged) < 30
    assert journal.file.read_bytes().endswith(b"\n")
    assert [entry.assignments[0].paper for _, entry in journal.read_from({}).entries] == acknowledged
    assert not list(places.journal.glob("*.torn"))
    journal.append("Room again", [("2506.99999", "starred", True, False)])
    assert len(journal.read_from({}).entries) == len(acknowledged) + 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A disk of 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a file system cannot be mounted here")
    return disk


def append_for_ever(journal: Journal) -> None:
    """Until it fails; what is left of the last block of a file is used before that."""
    while True:
        journal.append("Star", [("2", "note", "y" * 100, "")])


def test_a_disk_that_is_really_full(small_disk: Path, tmp_path: Path) -> None:
    try:
        journal = Journal(small_disk, "0a1b2c3d", tmp_path / "locks")
        first = journal.append("Star", [("1", "starred", True, False)])
        filler = small_disk / "filler"
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(b"x" * 100_000)
        with pytest.raises(SaveError, match="the disk is full"):
            append_for_ever(journal)
        assert all(entries.decode(line) for line in journal.file.read_bytes().splitlines())
        filler.unlink()
        last = journal.append("Star", [("3", "starred", True, False)])
        written = [entry for _, entry in journal.read_from({}).entries]
        assert written[0] == first
        assert written[-1] == last
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)
