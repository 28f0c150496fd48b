"""Several processes on one library, and processes that die."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest

from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, items, starred

BEGIN = """
import sys
from pathlib import Path
from paperstui import paths
from paperstui.journal.store import Journal
from paperstui.library.store import Library
from tests.library.making import AT, decide, item, long_items
places = paths.standard()
"""

REFRESH = (
    BEGIN
    + """
library = Library.open(places)
first, last = int(sys.argv[1]), int(sys.argv[2])
for number in range(first, last):
    library.upsert([item(number, abstract="x" * 500, upvotes=number % 7)], AT)
    print(f"2506.{number:05d}", flush=True)
library.close()
"""
)

DECIDE = (
    BEGIN
    + """
library = Library.open(places)
journal = Journal(places.journal, "0a1b2c3d", places.locks)
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    decide(library, journal, f"2506.{number:05d}")
    print(f"2506.{number:05d}", flush=True)
library.close()
"""
)

LITTLE_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
"""

FILL = """
from paperstui.errors import SaveError
library = Library.open(places)
items = long_items(400)
stored = 0
try:
    for number in range(0, 400, 10):
        library.upsert(items[number : number + 10], AT)
        stored += 10
except SaveError as error:
    print(error)
print(stored, library.totals().papers, len(library.rows(range(1, 500))))
"""


def start(script: str, *arguments: int) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def end(process: subprocess.Popen[str]) -> list[str]:
    printed, errors = process.communicate(timeout=50)
    assert errors == ""
    return printed.split("\n")[:-1]


def test_what_was_acknowledged_outlives_kill_nine(places: Paths, journal: Journal) -> None:
    chance = random.Random(11)  # noqa: S311 - a test that can be run again
    stored: set[str] = set()
    decided: set[str] = set()
    for life in range(6):
        script, told = (REFRESH, stored) if life % 2 else (DECIDE, decided)
        process = start(script, 1, 5000)
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(chance.randrange(1, 60)):
            told.add(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
        told.update(process.stdout.read().split("\n")[:-1])
        process.wait()
        assert process.stderr.read() == ""
        process.stdout.close()
        process.stderr.close()
        library = Library.open(places)
        assert library.notices == []
        library.catch_up(journal)
        assert library.care.verify() == []
        assert library.care.index_agrees()
        assert set(library.rows_by_id(stored)) == stored
        assert all(state["starred"] for state in library.state(decided).values())
        library.close()
    library = Library.open(places)
    library.upsert(items(5), AT)
    assert starred(library) >= decided & stored
    library.close()


def test_two_readers_and_a_refresh_never_meet_a_lock(places: Paths) -> None:
    library = Library.open(places)
    journal = Journal(places.journal, "0a1b2c3d", places.locks)
    processes = [start(REFRESH, 1, 150), start(REFRESH, 100, 250), start(DECIDE, 1, 100), start(DECIDE, 50, 150)]
    for number in range(150, 200):
        journal.append("Star", [(f"2506.{number:05d}", "starred", True)], floor=library.max_stamp())
        library.catch_up(journal)
        library.totals()
    for process in processes:
        assert len(end(process)) in (149, 150, 99, 100)
        assert process.returncode == 0
    library.catch_up(journal)
    assert library.totals().papers == 249
    assert library.totals().starred == 199
    assert library.care.verify() == []
    assert library.care.index_agrees()
    library.close()
    assert not list(places.data.glob("library.db-*"))


def test_a_full_disk_keeps_what_there_is(places: Paths) -> None:
    Library.open(places).close()
    failure, counts = end(start(LITTLE_ROOM + BEGIN + FILL))
    assert "library was not saved" in failure
    stored, papers, rows = map(int, counts.split())
    assert 0 < stored < 400
    assert papers == rows == stored
    library = Library.open(places)
    assert library.notices == []
    assert library.totals().papers == stored
    assert library.care.verify() == []
    assert library.care.index_agrees()
    library.upsert(items(1), AT)
    library.close()


def test_a_read_only_library_is_read(places: Paths) -> None:
    library = Library.open(places)
    library.upsert(items(3), AT)
    library.close()
    mounted = subprocess.run(["mount", "--bind", str(places.data), str(places.data)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a directory cannot be mounted read-only here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(places.data)], check=True)
        library = Library.open(places)
        assert library.readonly
        assert library.notices == ["the library is read-only here: nothing new can be saved"]
        assert library.totals().papers == 3
        assert len(library.rows([1, 2, 3])) == 3
        with pytest.raises(Exception, match="read-only here and was not saved"):
            library.upsert(items(4), AT)
        library.close()
    finally:
        subprocess.run(["umount", str(places.data)], check=True)
