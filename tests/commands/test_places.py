from __future__ import annotations

import os
from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, process


def test_the_places(call: Caller, places: Paths) -> None:
    lines = call.good("paths").lines
    names = ["journal", "library", "backups", "digests", "settings", "documents", "pdfs", "state"]
    assert [line.split()[0] for line in lines] == names
    assert lines[1].startswith(f"library    {places.library}  (")
    assert sum("back this up" in line for line in lines) == 2
    assert max(line.index("(") for line in lines) < 200


def test_the_places_as_json(call: Caller, places: Paths) -> None:
    assert call.good("paths", "--json").json == {
        "journal": str(places.journal),
        "library": str(places.library),
        "backups": str(places.backups),
        "digests": str(places.digests),
        "settings": str(places.settings),
        "documents": str(places.documents),
        "pdfs": str(places.pdfs),
        "state": str(places.state),
    }


def test_asking_makes_nothing(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    call.good("paths")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", [b"with space", b"with\nnewline", b"not\xfftext", b"esc\x1b[31m", "wörter".encode()])
def test_odd_names_of_directories(tmp_path: Path, name: bytes) -> None:
    root = os.fsencode(tmp_path) + b"/" + name
    env = {f"XDG_{kind}_HOME": os.fsdecode(root) for kind in ("DATA", "STATE", "CACHE", "CONFIG")}
    ended = process("paths", env=env)
    assert (ended.status, ended.err, len(ended.lines)) == (0, "", 8)
    assert all(line.isprintable() for line in ended.lines)
    assert process("paths", "--json", env=env).json["library"].endswith("paperstui/library.db")
    ended = process("list", env=env)
    assert (ended.status, ended.out) == (0, "")
    assert "the library is empty" in ended.complaint
    assert Path(os.fsdecode(root), "paperstui", "library.db").exists()
