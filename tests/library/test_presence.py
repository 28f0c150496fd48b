from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paperstui.errors import LibraryError
from paperstui.library import presence
from paperstui.library.presence import Presence
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, items

HOLD = """
import sys
from pathlib import Path
from paperstui.library.presence import Presence
held = Presence(Path(sys.argv[1]))
getattr(held, sys.argv[2])()
print("held", flush=True)
sys.stdin.read()
"""


def hold(locks: Path, how: str) -> subprocess.Popen[str]:
    """Another process that is in the library."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(locks), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def end(other: subprocess.Popen[str], *, kill: bool = False) -> None:
    if kill:
        other.kill()
    other.communicate(timeout=20)


def test_one_is_alone_and_two_are_not(places: Paths) -> None:
    one = Presence(places.locks)
    assert one.alone()
    one.share()
    other = hold(places.locks, "share")
    assert not one.alone()
    end(other, kill=True)
    assert one.alone()
    one.leave()


def test_nobody_enters_while_somebody_repairs(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_PATIENCE", 0.05)
    other = hold(places.locks, "alone")
    one = Presence(places.locks)
    with pytest.raises(LibraryError, match="repairing"):
        one.share()
    end(other)
    one.share()
    one.leave()


def test_a_place_without_locks_is_shared_and_never_alone(places: Paths) -> None:
    places.locks.rmdir()
    places.locks.touch()
    one = Presence(places.locks)
    one.share()
    assert not one.alone()
    one.leave()


def test_what_was_closed_well_is_known(library: Library, places: Paths) -> None:
    library.upsert(items(1), AT)
    one = Presence(places.locks)
    assert not one.is_sealed(places.library)
    library.close()
    assert one.is_sealed(places.library)
    with places.library.open("rb+") as file:
        file.write(b"SQLite")
    assert not one.is_sealed(places.library)
    one.leave()


def test_the_last_who_leaves_seals(places: Paths) -> None:
    first, second = Library.open(places), Library.open(places)
    first.upsert(items(1), AT)
    first.close()
    one = Presence(places.locks)
    assert not one.is_sealed(places.library)
    second.close()
    assert one.is_sealed(places.library)
    one.leave()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"1 2 3\n"])
def test_a_seal_that_says_something_else_is_none(library: Library, places: Paths, content: bytes) -> None:
    library.close()
    (places.locks / "library.closed").write_bytes(content)
    assert not Presence(places.locks).is_sealed(places.library)
