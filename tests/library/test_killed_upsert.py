"""`kill -9` while thousands of papers are stored and stars are given: what is there afterwards, and that it goes on.

PAPERSTUI_KILLS says how many times, for a long run; the papers are 10,000 then.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest
from msgspec.structs import replace

from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.usecases.checkup import check_up
from tests.library.making import AT, starred, unlike

KILLS = int(os.environ.get("PAPERSTUI_KILLS", "0"))
"""Read before the tests hide it."""
PAPERS = 10_000 if KILLS else 3_000
BATCH = 50

LIFE = """
import os, signal, sys, threading
from paperstui import paths
from paperstui.journal.store import Journal
from paperstui.library.store import Library
from tests.library.making import AT, decide, unlike

kind, number, papers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
places = paths.standard()
items = unlike(papers)
library = Library.open(places)
journal = Journal(places.journal, "0a1b2c3d", places.locks)
seen = {"commit": 0, "statement": 0, "paper": 0}

def watch(statement):
    seen["statement"] += 1
    seen["paper"] += statement.startswith("INSERT INTO papers")
    seen["commit"] += statement == "COMMIT"
    # Statements are told before they are carried out.
    if seen.get(kind) == number:
        os.kill(os.getpid(), signal.SIGKILL)

def give_stars():
    for each in items[:: papers // 100]:
        decide(library, journal, each.paper.id)
        print(each.paper.id, flush=True)

library._connections._writer.set_trace_callback(watch)
threading.Thread(target=give_stars, daemon=True).start()
print("begins", flush=True)
library.upsert(items, AT)
print("stored", flush=True)
library.close()
print("closed", flush=True)
"""
"""Stores papers and stars some of them, until it kills itself at the n-th of some kind of moments, or somebody else does."""


def live(kind: str, number: int, places: Paths) -> list[str]:
    """A life of the process; what it said before it was killed. "checkpoint": at the n-th write to the database itself."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(
        [sys.executable, "-c", LIFE, kind, str(number), str(PAPERS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    if kind == "checkpoint":
        assert process.stdout.readline() == "begins\n"
        for _ in range(number):
            written = places.library.stat().st_mtime_ns
            while places.library.stat().st_mtime_ns == written and process.poll() is None:
                pass
        process.send_signal(signal.SIGKILL)
    said, complaints = process.communicate(timeout=300)
    assert complaints == ""
    assert process.returncode in (0, -signal.SIGKILL)
    return said.split()


def must_be_right(places: Paths, items: list[Item], decided: set[str]) -> int:
    """Look at everything there is; how many papers that are."""
    library = Library.open(places)
    assert library.notices == []
    library.catch_up(Journal(places.journal, "0a1b2c3d", places.locks))
    assert library.care.verify() == []
    assert library.care.index_agrees()
    assert library.care.strays() == {}
    assert library.care.bodiless() == 0
    stored = library.totals().papers
    assert stored % BATCH == 0, "batches are stored whole or not at all"
    for number, item in enumerate(items):
        rowid = library.find(item.paper.id)
        assert (rowid is not None) is (number < stored), "in their order"
        if rowid is not None and number % (1 if stored < 1_000 else 17) == 0:
            detail = library.detail(rowid)
            assert detail is not None
            assert item.listing is not None
            assert detail.paper == replace(item.paper, listed=item.listing.period)
            assert detail.listings == (item.listing,)
            assert len(detail.votes) == 1
    shown = {item.paper.id for item in items[:stored]} & decided
    assert starred(library) >= shown
    assert all(state["starred"] for state in library.state(decided).values())
    library.close()
    assert [each for each in check_up(places) if each.state == "wrong"] == []
    return stored


def moments() -> list[tuple[str, int]]:
    """At what to kill, in this order."""
    if not KILLS:
        return [("checkpoint", 2), ("statement", 1_501), ("commit", 12)]
    chance = random.Random(KILLS)  # noqa: S311 - a run that can be done again
    kinds = {"checkpoint": 60, "statement": 9_000, "commit": 40, "paper": 1_500}
    return [(kind, chance.randrange(1, kinds[kind])) for kind in chance.choices(list(kinds), k=KILLS)]


@pytest.mark.timeout(120 + 60 * KILLS)
def test_kill_nine_while_papers_are_stored(places: Paths) -> None:
    items = unlike(PAPERS)
    decided: set[str] = set()
    stored, killed = 0, 0
    for kind, number in moments():
        said = live(kind, number, places)
        killed += "closed" not in said
        decided.update(word for word in said if word not in ("begins", "stored", "closed"))
        before, stored = stored, must_be_right(places, items, decided)
        assert stored >= before
        if stored == PAPERS:
            # Another round, from the start.
            for path in places.data.glob("library.db*"):
                path.unlink()
            stored = 0
    assert killed >= len(moments()) * 0.8
    library = Library.open(places)
    done = library.upsert(items, AT)
    assert len(done.new) + len(done.unchanged) == PAPERS
    assert (done.updated, done.merged) == ((), ())
    assert len(done.unchanged) == stored
    library.close()
    assert must_be_right(places, items, decided) == PAPERS
