"""The check-up: each thing that can be wrong made real, said, and put right where that is safe."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from paperstui import __version__, config
from paperstui.library.presence import Presence
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.commands.calling import Caller, Ended, journal_of, process, start
from tests.commands.disks import DAMAGES, damaged, on_a_read_only_disk
from tests.server import Server


class Said(NamedTuple):
    """What a check-up said: its exit status, the findings by id, and the repairs."""

    status: int
    findings: dict[str, list[dict[str, str]]]
    repairs: list[dict[str, Any]]

    def wrong(self) -> dict[str, str]:
        """What is wrong, and the advice on it."""
        every = [each for found in self.findings.values() for each in found]
        return {each["id"]: f"{each['text']} → {each['advice']}" for each in every if each["state"] == "wrong"}

    def notes(self) -> dict[str, str]:
        """What is worth knowing."""
        every = [each for found in self.findings.values() for each in found]
        return {each["id"]: f"{each['text']} → {each['advice']}" for each in every if each["state"] == "note"}


def said(ended: Ended) -> Said:
    assert ended.err == ""
    findings: dict[str, list[dict[str, str]]] = {}
    for each in ended.json["findings"]:
        assert all(text.isprintable() for text in each.values()), each
        findings.setdefault(each["id"], []).append(each)
    assert ended.json["ok"] is (ended.status == 0)
    return Said(ended.status, findings, ended.json["repairs"])


@pytest.fixture
def doctor(call: Caller) -> Callable[..., Said]:
    """Calls the command in this process, and understands what it says."""
    return lambda *arguments: said(call("doctor", "--json", *arguments))


@pytest.fixture
def decided(call: Caller, library: Paths) -> Paths:
    """The library of five papers, in which something is decided about three."""
    call.good("star", "2606.00001", "2606.00002")
    call.good("read", "2606.00003")
    return library


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and directory with its mode and what is in it."""
    return {
        str(path.relative_to(root)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
        if "library.open" not in path.name
    }


def spoil(paths: Paths, *statements: str) -> None:
    """Change the library without anybody noticing: as if it had been closed like that."""
    with closing(sqlite3.connect(paths.library, isolation_level=None)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement
    presence = Presence(paths.locks)
    presence.seal(paths.library)
    presence.leave()


def test_all_is_well(call: Caller, decided: Paths) -> None:
    ended = call.good("doctor")
    assert ended.lines[-1] == "All is well."
    assert {line.split()[0] for line in ended.lines[:-1]} <= {"ok", "note"}
    assert any(__version__ in line and "FTS5" in line for line in ended.lines)
    assert any("5 papers, 2 starred, 4 unread" in line for line in ended.lines)
    assert any("2 decisions in 1 journal" in line for line in ended.lines)
    assert len({line.index(line.split()[1]) for line in ended.lines[:-1]}) == 1, "in columns"
    assert decided.library.exists()


def test_it_changes_nothing(call: Caller, decided: Paths, tmp_path: Path) -> None:
    spoil(decided, "UPDATE papers SET starred = 0 WHERE id = '2606.00001'")
    decided.library.chmod(0o644)
    before = everything(tmp_path)
    assert call("doctor").status == 1
    assert call("doctor", "--json").status == 1
    assert everything(tmp_path) == before


def test_it_makes_nothing_where_there_is_nothing(call: Caller, tmp_path: Path) -> None:
    before = everything(tmp_path)
    ended = call.good("doctor")
    assert "there is none yet" in ended.out
    assert everything(tmp_path) == before


def test_a_wal_that_a_killed_process_left_stays(doctor: Callable[..., Said], decided: Paths, tmp_path: Path) -> None:
    other = Library.open(decided)
    other.set_meta("anything", "x" * 50_000)
    shutil.copytree(decided.data, tmp_path / "left")
    other.close()
    shutil.rmtree(decided.data)
    (tmp_path / "left").rename(decided.data)
    decided.library.with_name("library.db-shm").unlink()
    before = everything(decided.data)
    assert "library.db-wal" in before
    assert doctor().status == 0
    assert everything(decided.data) == before


def test_a_library_that_is_in_use(doctor: Callable[..., Said], decided: Paths) -> None:
    desk = Desk.open(decided, config.Settings())
    found = doctor()
    assert found.status == 0
    assert found.findings["locks"][0]["text"] == "another paperstui has the library open"
    assert desk.decide(["2606.00005"], "starred", value=True)
    assert doctor("--repair").status == 0
    assert len(desk.rows_of(["2606.00005"])) == 1
    desk.close()
    assert doctor().findings["locks"][0]["text"] == "nobody else has the library open"


@pytest.mark.parametrize(
    "statements",
    [
        ["INSERT INTO search(search) VALUES('delete-all')"],
        ["UPDATE papers SET title = 'Another title' WHERE id = '2606.00004'"],
        ["DELETE FROM search_docsize WHERE id = 3"],
    ],
    ids=["emptied", "another title", "a row less"],
)
def test_an_index_that_does_not_agree(
    call: Caller, doctor: Callable[..., Said], decided: Paths, statements: list[str]
) -> None:
    spoil(decided, *statements)
    found = doctor()
    assert (found.status, list(found.wrong())) == (1, ["index"])
    assert "does not agree" in found.wrong()["index"]
    mended = doctor("--repair")
    assert (mended.status, mended.wrong()) == (0, {})
    assert {"id": "index", "text": "made the search index anew", "done": True} in mended.repairs
    assert doctor("--repair").repairs == []
    assert len(call.ids("paper")) in (4, 5)


STATES = [
    ["UPDATE papers SET starred = 0 WHERE id = '2606.00001'"],
    ["UPDATE papers SET starred = 1 WHERE id = '2606.00005'"],
    ["UPDATE papers SET queued = 3, read = 1 WHERE id = '2606.00004'"],
    ["UPDATE papers SET hidden = 1"],
    ["UPDATE state SET value = 'false' WHERE paper_id = '2606.00002'"],
    ["UPDATE state SET value = 'true', ms = 5 WHERE paper_id = '2606.00002'"],
    ["DELETE FROM state WHERE paper_id = '2606.00003'"],
    ["INSERT INTO tags(paper, tag) SELECT rowid, 'odd' FROM papers WHERE id = '2606.00002'"],
    ["INSERT INTO notes(paper, note) SELECT rowid, 'odd' FROM papers WHERE id = '2606.00001'"],
]


@pytest.mark.parametrize("statements", STATES, ids=lambda statements: statements[0][:48])
def test_a_state_that_is_not_what_the_journals_say(
    call: Caller, doctor: Callable[..., Said], decided: Paths, statements: list[str]
) -> None:
    before = call.good("list", "--json", "is:hidden OR -is:hidden").json
    lines = journal_of(decided)
    spoil(decided, *statements)
    found = doctor()
    assert (found.status, list(found.wrong())) == (1, ["decisions"])
    mended = doctor("--repair")
    assert (mended.status, mended.wrong()) == (0, {})
    assert any(each["text"].endswith("to the state that the journals say") for each in mended.repairs)
    assert call.good("list", "--json", "is:hidden OR -is:hidden").json == before
    assert journal_of(decided) == lines


def test_the_state_of_a_paper_that_is_not_here(doctor: Callable[..., Said], decided: Paths) -> None:
    spoil(
        decided,
        "INSERT INTO state SELECT '2601.00009', field, value, ms, counter, device FROM state WHERE paper_id = '2606.00001'",
    )
    assert "in no journal" in doctor().wrong()["decisions"]
    mended = doctor("--repair")
    assert mended.status == 0
    assert ["2601.00009", "starred", True] in [each[:3] for line in journal_of(decided) for each in line["set"]]


def test_a_journal_that_is_gone(call: Caller, doctor: Callable[..., Said], decided: Paths) -> None:
    [file] = decided.journal.glob("*.jsonl")
    file.unlink()
    found = doctor()
    assert "3 decisions of the library in no journal" in found.wrong()["decisions"] or "in no journal" in str(found)
    assert not list(decided.journal.iterdir())
    assert doctor("--repair").status == 0
    assert call.ids("is:starred") == ["2606.00002", "2606.00001"]
    assert {each[0] for line in journal_of(decided) for each in line["set"]} == {f"2606.0000{n}" for n in (1, 2, 3)}


def test_decisions_that_were_not_taken_in_yet(doctor: Callable[..., Said], decided: Paths) -> None:
    other = decided.journal / "00000000.jsonl"
    other.touch(0o600)
    other.write_text(
        '{"v":1,"t":[1780560000000,0,"00000000"],"label":"Star","set":[["2606.00004","starred",true,false]],"undoes":null}\n'
    )
    found = doctor()
    assert found.status == 0
    assert "1 newer one will be taken in" in found.findings["decisions"][0]["text"]


@pytest.mark.parametrize("table", ["listings", "votes", "tags", "notes", "bodies", "aliases"])
def test_rows_about_papers_that_are_not_there(doctor: Callable[..., Said], decided: Paths, table: str) -> None:
    rows = {
        "listings": "(feed, period, paper, first_seen, last_seen) VALUES('daily', '2026-06-04', 999, 0, 0)",
        "votes": "(paper, at, upvotes) VALUES(999, 0, 5)",
        "tags": "(paper, tag) VALUES(999, 'odd')",
        "notes": "(paper, note) VALUES(999, 'odd')",
        "bodies": "(rowid) VALUES(999)",
        "aliases": "(alias, paper) VALUES('title:0123456789abcdef', 999)",
    }
    spoil(decided, f"INSERT INTO {table}{rows[table]}")
    assert f"1 in {table}" in doctor().wrong()["references"]
    mended = doctor("--repair")
    assert (mended.status, mended.wrong()) == (0, {})
    assert {"id": "references", "text": "deleted 1 row about papers that are not there", "done": True} in mended.repairs


def test_a_paper_without_a_text(call: Caller, doctor: Callable[..., Said], decided: Paths) -> None:
    spoil(decided, "DELETE FROM bodies WHERE rowid = 2")
    assert "1 paper without a text" in doctor().wrong()["references"]
    assert doctor("--repair").status == 0
    assert len(call.ids("paper")) == 5


def test_files_that_others_can_read(doctor: Callable[..., Said], decided: Paths) -> None:
    decided.library.chmod(0o644)
    decided.journal.chmod(0o755)
    found = doctor()
    assert (found.status, list(found.wrong())) == (1, ["modes"])
    assert "journal and 1 more are open to others (0755)" in found.wrong()["modes"]
    mended = doctor("--repair")
    assert mended.status == 0
    assert stat.S_IMODE(decided.library.stat().st_mode) == 0o600
    assert stat.S_IMODE(decided.journal.stat().st_mode) == 0o700
    assert [each["id"] for each in mended.repairs] == ["modes", "modes"]


def test_a_torn_last_line(doctor: Callable[..., Said], decided: Paths) -> None:
    [file] = decided.journal.glob("*.jsonl")
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"v":1,"t":[17')
    found = doctor()
    assert (found.status, list(found.wrong())) == (1, ["journals"])
    mended = doctor("--repair")
    assert mended.status == 0
    assert "kept in" in mended.notes()["torn"]
    assert file.read_bytes() == whole
    assert (decided.journal / f"{file.name}.torn").read_bytes() == b'{"v":1,"t":[17\n'


def test_lines_that_cannot_be_read(doctor: Callable[..., Said], decided: Paths) -> None:
    [file] = decided.journal.glob("*.jsonl")
    file.write_bytes(b"\x1b]0;no\x07 entry\n" * 9 + file.read_bytes() + b'{"v":99,"t":[1,0,"0"]}\n')
    found = doctor()
    assert found.status == 1
    lines = [each["text"] for each in found.findings["journals"]]
    assert ":1 was passed over" in lines[0]
    assert lines[-1] == "and 5 more lines cannot be read"
    before = file.read_bytes()
    assert doctor("--repair").status == 1, "nobody but the user knows what they said"
    assert file.read_bytes() == before


@pytest.mark.parametrize("repair", [[], ["--repair"]], ids=["look", "repair"])
@pytest.mark.parametrize("kind", ["newer", "foreign", "text"])
def test_a_library_that_is_not_for_this_program(
    call: Caller, decided: Paths, tmp_path: Path, kind: str, repair: list[str]
) -> None:
    if kind == "newer":
        spoil(decided, "PRAGMA user_version = 999")
    else:
        decided.library.unlink()
        if kind == "text":
            decided.library.write_text("Dear diary, today I read a paper.\n" * 20)
        else:
            with closing(sqlite3.connect(decided.library)) as connection:
                connection.execute("CREATE TABLE diary(day, words)")
    decided.library.chmod(0o600)
    before = everything(tmp_path)
    ended = call("doctor", "--json", *repair)
    assert ended.status == 3
    assert str(decided.library) in said(ended).wrong()["library"]
    assert everything(tmp_path) == before
    assert ("nothing was repaired" in ended.out) is bool(repair)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_library(call: Caller, doctor: Callable[..., Said], decided: Paths, damage: str) -> None:
    call.good("doctor", "--repair")
    content = damaged(decided.library, damage)
    found = doctor()
    assert found.status == 1
    assert {"library", "integrity"} & set(found.wrong())
    assert decided.library.read_bytes() == content
    mended = doctor("--repair")
    assert (mended.status, mended.wrong()) == (0, {})
    assert "came back from the backup of 2026-06-04" in mended.repairs[0]["text"]
    assert "damaged library is kept" in mended.notes()["damaged"]
    assert len(call.ids()) == 5
    assert call.ids("is:starred") == ["2606.00002", "2606.00001"]


def test_a_backup_that_is_damaged_and_one_that_is_old(doctor: Callable[..., Said], decided: Paths) -> None:
    for copy in decided.backups.iterdir():
        copy.unlink()
    assert "none yet" in doctor().notes()["backups"]
    old = decided.backups / "library-2026-05-01.db"
    shutil.copyfile(decided.library, old)
    old.chmod(0o600)
    assert "34 days ago" in doctor().notes()["backups"]
    newest = decided.backups / "library-2026-06-03.db"
    newest.write_bytes(old.read_bytes()[:20_000])
    newest.chmod(0o600)
    assert "of 2026-06-03, which is damaged" in doctor().wrong()["backups"]
    mended = doctor("--repair")
    assert mended.status == 0
    assert {"id": "backups", "text": "backed the library up to library-2026-06-04.db", "done": True} in mended.repairs
    assert "3 copies, the newest of 2026-06-04" in mended.findings["backups"][0]["text"]


def test_todays_backup_is_not_overwritten(doctor: Callable[..., Said], decided: Paths) -> None:
    [copy] = decided.backups.glob("*.db")
    before = copy.read_bytes()
    spoil(decided, "DELETE FROM papers WHERE id = '2606.00005'", "UPDATE papers SET read = 1")
    doctor("--repair")
    assert copy.read_bytes() == before


def test_settings_with_mistakes(doctor: Callable[..., Said], library: Paths) -> None:
    library.settings.write_text('them = "dark"\n')
    library.settings.chmod(0o644)
    found = doctor()
    assert (found.status, list(found.wrong())) == (1, ["settings"])
    assert "did you mean 'theme'" in found.wrong()["settings"]
    library.settings.write_text('theme = "paperstui-light"\n')
    assert doctor().status == 0
    library.settings.chmod(0o666)
    assert "chmod go-w" in doctor().wrong()["settings"]


def test_a_cache_that_cannot_be_read(doctor: Callable[..., Said], library: Paths) -> None:
    library.documents.mkdir(mode=0o700, parents=True)
    (library.documents / "cache.db").write_bytes(b"no database" * 1000)
    assert "cannot be read" in doctor().wrong()["documents"]
    mended = doctor("--repair")
    assert mended.status == 0
    assert mended.findings["documents"][0]["text"] == "the cache is empty"


def test_a_disk_that_is_nearly_full(
    doctor: Callable[..., Said], decided: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(decided, "INSERT INTO votes(paper, at, upvotes) VALUES(999, 0, 5)")
    shutil.rmtree(decided.backups)
    real = shutil.disk_usage(decided.data)
    monkeypatch.setattr("shutil.disk_usage", lambda _: real._replace(free=1000))
    found = doctor()
    assert found.findings["disk"][0]["state"] == "wrong"
    assert "were not compared" in found.notes()["index"]
    failed = doctor("--repair")
    assert (failed.status, set(failed.wrong())) == (1, {"disk", "references"})
    assert {
        "id": "backups",
        "text": "there is no room on the disk for a backup of the library",
        "done": False,
    } in failed.repairs


def test_a_directory_that_is_a_file(call: Caller, decided: Paths) -> None:
    shutil.rmtree(decided.cache)
    decided.cache.write_text("in the way")
    ended = call("doctor")
    assert ended.status == 1
    assert "is not a directory" in ended.out


def test_a_crash_that_was_written_down(doctor: Callable[..., Said], library: Paths) -> None:
    library.log.write_text("--- a crash\n")
    library.log.chmod(0o600)
    assert "report it" in doctor().notes()["log"]


@pytest.mark.usefixtures("mounts")
def test_a_read_only_disk(decided: Paths, tmp_path: Path) -> None:
    before = everything(tmp_path)
    disk = on_a_read_only_disk(tmp_path / "home")
    ended = process("doctor", "--json", before=disk)
    found = said(ended)
    assert (ended.status, found.wrong()) == (0, {})
    assert "read-only" in found.notes()["data"]
    ended = process("doctor", "--repair", "--json", before=disk)
    assert [each["done"] for each in ended.json["repairs"]] == [False]
    assert "read-only" in ended.out
    assert everything(tmp_path) == before
    assert decided.library.exists()


@pytest.mark.usefixtures("library")
def test_the_network_is_asked_only_when_that_is_wanted(doctor: Callable[..., Said], hugging_face: Server) -> None:
    assert "network" not in doctor().findings
    assert hugging_face.requests == []
    found = doctor("--network")
    assert found.status == 0
    assert f"{hugging_face.url} answers without a token" in found.findings["network"][0]["text"]


@pytest.mark.usefixtures("library")
def test_a_service_that_cannot_be_reached(doctor: Callable[..., Said]) -> None:
    found = doctor("--network")
    assert (found.status, list(found.wrong())) == (1, ["network"])


@pytest.fixture
def odd_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose name holds what a terminal would obey."""
    home = tmp_path / "ho\x1b[31mme\n\u202e"
    for kind in ("DATA", "STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind))
    return home


@pytest.mark.usefixtures("odd_home")
def test_names_of_files_are_cleaned(call: Caller) -> None:
    assert call("list").status == 0
    ended = call("doctor")
    assert ended.status == 0
    assert all(line.isprintable() for line in ended.lines)


@pytest.mark.usefixtures("library")
def test_in_a_terminal_that_cannot_show_the_reader(
    monkeypatch: pytest.MonkeyPatch, doctor: Callable[..., Said]
) -> None:
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert "TERM is dumb" in doctor().wrong()["terminal"]
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "30")
    assert "the reader needs 40 × 10" in doctor().notes()["terminal"]


@pytest.mark.usefixtures("library")
def test_whoever_reads_only_the_first_line_is_not_complained_to() -> None:
    running = start("doctor")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait() in (0, 141)
    running.stderr.close()
