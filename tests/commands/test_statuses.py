"""What is wrong with the user's own files and disk: the right exit status, a clear line, and nothing lost."""

from __future__ import annotations

import hashlib
import resource
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file, journal_of, process
from tests.commands.disks import DAMAGES, damaged, in_a_full_disk, on_a_read_only_disk
from tests.server import Server

READING = (["list"], ["show", "2606.00001"], ["list", "--json"])
WRITING = (["star", "2606.00002"], ["undo"])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def starred(call: Caller, library: Paths) -> Paths:
    """The library, in which 2606.00001 is starred."""
    call.good("star", "2606.00001")
    return library


@pytest.mark.parametrize("arguments", [*READING, *WRITING, ["refresh"], ["import", "x"]], ids=" ".join)
def test_a_library_of_a_later_version_is_left_alone(call: Caller, starred: Paths, arguments: list[str]) -> None:
    with closing(sqlite3.connect(starred.library)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = digest(starred.library), journal_of(starred)
    ended = call(*arguments)
    assert (ended.status, ended.out) == (3, "")
    for wanted in ("999", str(starred.library), "update paperstui"):
        assert wanted in ended.complaint
    assert (digest(starred.library), journal_of(starred)) == before


@pytest.mark.parametrize("kind", ["text", "sqlite"])
def test_a_file_of_another_program_is_left_alone(call: Caller, places: Paths, kind: str) -> None:
    if kind == "text":
        places.library.write_text("Dear diary, today I read a paper.\n" * 20)
    else:
        with closing(sqlite3.connect(places.library)) as connection:
            connection.execute("CREATE TABLE diary(day, words)")
    before = digest(places.library)
    for arguments in (["list"], ["star", "2606.00001"], ["refresh"]):
        ended = call(*arguments)
        assert (ended.status, ended.out) == (3, "")
        assert f"{places.library} is not a paperstui library" in ended.complaint
    assert digest(places.library) == before
    assert sorted(path.name for path in places.data.iterdir()) == ["journal", "library.db"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_library_is_repaired_and_that_is_said(call: Caller, starred: Paths, damage: str) -> None:
    content = damaged(starred.library, damage)
    ended = call("list", "is:starred")
    assert ended.status == 0
    assert f"{starred.library} was damaged" in ended.complaint
    assert "2606.00001" in ended.out, "at least what the journal knows of it"
    [kept] = starred.data.glob("library.db.corrupt-*[!lm]")
    assert kept.read_bytes() == content
    assert call.good("list", "is:starred").out == ended.out


def test_a_damaged_settings_file_costs_the_settings_alone(call: Caller, library: Paths) -> None:
    library.settings.write_text("theme = \n")
    ended = call("list")
    assert (ended.status, len(ended.lines)) == (0, 5)
    assert ended.complaint.startswith("config.toml is not valid TOML")
    library.settings.write_text('them = "dark"\n')
    assert "did you mean 'theme'" in call("star", "2606.00001").complaint


def test_a_damaged_journal_is_said_and_the_rest_of_it_is_heeded(call: Caller, starred: Paths) -> None:
    [file] = starred.journal.glob("*.jsonl")
    with file.open("ab") as stream:
        stream.write(b"this is no entry\n")
    ended = call("list", "is:starred")
    assert ended.status == 0
    assert ":2 was passed over" in ended.complaint
    assert call.good("star", "2606.00002").out == "Starred 1 paper\n"
    assert call.ids("is:starred") == ["2606.00002", "2606.00001"]


@pytest.mark.parametrize("arguments", [*WRITING, ["import", "x"], ["refresh"]], ids=" ".join)
def test_a_limit_on_the_size_of_files(
    starred: Paths, hugging_face: Server, tmp_path: Path, arguments: list[str]
) -> None:
    assert hugging_face.url
    if arguments[0] == "import":
        arguments = ["import", api_file(tmp_path / "other.json", {"id": "2605.00001", "title": "Other"})]
    before = journal_of(starred)
    ended = process(*arguments, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)))
    assert (ended.status, ended.out) == (5, "")
    assert "was not saved" in ended.complaint
    assert journal_of(starred) == before
    assert process("list", "--json").json[-1]["starred"] is True


@pytest.mark.usefixtures("mounts", "hugging_face")
def test_a_full_disk(call: Caller, starred: Paths, tmp_path: Path) -> None:
    call.good(
        "import", api_file(tmp_path / "many.json", *({"title": f"{number} {'long ' * 60}"} for number in range(40)))
    )
    other = api_file(tmp_path / "x.json", {"id": "2605.00001", "title": "Other"})
    # More than fits into what is left of the journal's last block.
    for arguments in (["star", "--query", "long"], ["refresh"], ["import", other], ["list", "is:starred"]):
        ended = process(*arguments, before=in_a_full_disk(starred.data))
        shutil.rmtree(f"{starred.data}.kept")
        if arguments[0] == "list":
            assert (ended.status, len(ended.lines)) == (0, 1), "what is here can be read"
        else:
            assert (ended.status, ended.out) == (5, ""), ended
            assert "was not saved" in ended.complaint


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("everything", [False, True], ids=["data", "everything"])
def test_a_read_only_disk(starred: Paths, hugging_face: Server, tmp_path: Path, everything: bool) -> None:
    disk = on_a_read_only_disk(tmp_path / "home" if everything else starred.data)
    ended = process("list", "is:starred", before=disk)
    assert (ended.status, ended.complaint) == (0, "the library is read-only here: nothing new can be saved")
    assert "2606.00001" in ended.out
    other = api_file(tmp_path / "x.json", {"id": "2605.00001", "title": "Other"})
    for arguments in (
        (["undo"], ["refresh"]) if everything else (["star", "2606.00002"], ["import", other], ["refresh"])
    ):
        ended = process(*arguments, before=disk)
        assert (ended.status, ended.out) == (5, ""), ended
        assert "read-only" in ended.complaint
    assert hugging_face.requests
    assert process("undo").out == "Undone: Starred 1 paper\n", "and it can be written to again"


@pytest.mark.usefixtures("mounts")
def test_a_read_only_disk_with_nothing_on_it(places: Paths, tmp_path: Path) -> None:
    shutil.rmtree(places.data)
    shutil.rmtree(places.state)
    ended = process("list", before=on_a_read_only_disk(tmp_path / "home"))
    assert (ended.status, ended.out) == (5, "")
    assert "read-only" in ended.complaint


def test_a_device_that_cannot_be_given_a_name_can_be_read_on(call: Caller, starred: Paths) -> None:
    shutil.rmtree(starred.state)
    starred.state.write_text("a file stands in the way")
    assert "2606.00001" in call("list").out
    ended = call("star", "2606.00002")
    assert (ended.status, ended.out) == (5, "")
    starred.state.unlink()
    assert call.good("star", "2606.00002").out == "Starred 1 paper\n"


def test_a_home_that_is_no_directory(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", "/dev/null/x")
    for arguments in (["list"], ["star", "2606.00001"], ["refresh"]):
        ended = call(*arguments)
        assert (ended.status, ended.out) == (3, "")
        assert "Not a directory" in ended.complaint


def test_a_user_that_the_system_does_not_know(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> Any:
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    ended = call("list")
    assert (ended.status, ended.out) == (2, "")
    assert "HOME" in ended.complaint


@pytest.mark.parametrize("words", [["lits"], ["nonsense"], ["--json", "list"], ["lst", "x"]], ids=" ".join)
def test_a_command_that_is_none(call: Caller, words: list[str]) -> None:
    ended = call(*words)
    assert (ended.status, ended.out) == (2, "")
    assert ended.complaint
    assert ("did you mean paperstui list?" in ended.complaint) is (words[0] in ("lits", "lst"))
