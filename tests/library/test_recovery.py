"""Files that are damaged, of later versions, or not ours at all."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from paperstui import paths
from paperstui.errors import LibraryError, SaveError
from paperstui.journal.store import Journal
from paperstui.library import opening, recovery, schema
from paperstui.library.connect import DamagedError
from paperstui.library.presence import Presence
from paperstui.library.recovery import Kind
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.text.titles import arxiv_id
from tests.library.making import AT, decide, items, long_items, search, starred

PAGE = schema.PAGE_SIZE
PAPERS = 600
STARRED = {f"2506.{number:05d}" for number in range(1, PAPERS + 1, 10)}


def no_header(path: Path) -> None:
    overwrite(path, 0, bytes(100))


def torn_header(path: Path) -> None:
    overwrite(path, 0, random.Random(1).randbytes(60))  # noqa: S311


def no_first_page(path: Path) -> None:
    overwrite(path, 0, bytes(PAGE))


def zeroed(path: Path) -> None:
    for page in range(6, path.stat().st_size // PAGE, 3):
        overwrite(path, page * PAGE, bytes(4096))


def truncated(path: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size * 2 // 3 // PAGE * PAGE)


def cut_short(path: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - 1000)


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    chance = random.Random(4)  # noqa: S311 - always the same bits
    for _ in range(500):
        data[chance.randrange(PAGE, len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(2).randbytes(50_000))  # noqa: S311


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        file.write(data)


Damage = Callable[[Path], None]
RECOGNISED = [no_header, torn_header, no_first_page, zeroed, truncated, cut_short, flipped]
DAMAGES = [*RECOGNISED, emptied, garbage]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a library of some size with decisions."""
    places = paths.under(tmp_path_factory.mktemp("template"))
    places.make()
    journal = Journal(places.journal, "0a1b2c3d", places.locks)
    library = Library.open(places)
    library.upsert(long_items(PAPERS), AT)
    journal.append("Star", [(paper_id, "starred", True, False) for paper_id in sorted(STARRED)])
    decide(library, journal, "2506.00001", "note", "Mine")
    library.close()
    return places.data


@pytest.fixture
def used(template: Path, places: Paths) -> Paths:
    """A copy of that library, which was opened once and closed well."""
    shutil.copytree(template, places.data, dirs_exist_ok=True)
    Library.open(places).close()
    return places


def open_again(places: Paths, journal: Journal) -> Library:
    library = Library.open(places)
    library.catch_up(journal)
    assert library.care.verify() == []
    assert library.care.index_agrees()
    return library


def kept(places: Paths) -> list[Path]:
    return sorted(places.data.glob("library.db.corrupt-*"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_library_comes_back_from_its_backup(used: Paths, journal: Journal, damage: Damage) -> None:
    library = Library.open(used)
    library.back_up()
    library.close()
    damage(used.library)
    damaged = used.library.read_bytes()
    library = open_again(used, journal)
    assert len(library.notices) == 1
    assert "library.db was damaged; it is kept as library.db.corrupt-20260604T120000Z" in library.notices[0]
    assert f"{PAPERS} papers came back from the backup of 2026-06-04" in library.notices[0]
    assert library.totals().papers == PAPERS
    assert starred(library) == STARRED
    assert library.state(["2506.00001"])["2506.00001"]["note"] == "Mine"
    assert [path.read_bytes() for path in kept(used)] == [damaged]
    library.close()
    again = open_again(used, journal)
    assert again.notices == []
    again.close()
    assert len(kept(used)) == 1


@pytest.mark.parametrize("damage", RECOGNISED)
def test_without_a_backup_what_can_be_read_is_kept(used: Paths, journal: Journal, damage: Damage) -> None:
    damage(used.library)
    library = open_again(used, journal)
    assert "there is no backup" in library.notices[0]
    rows = library.rows(library.rowids("SELECT p.rowid FROM papers p"))
    assert len(rows) >= PAPERS // 4
    assert all(arxiv_id(row.id) == row.id for row in rows)
    titles = {each.paper.id: each.paper.title for each in long_items(PAPERS)}
    right = [row for row in rows if titles.get(row.id) == row.title]
    assert len(right) >= len(rows) * 0.9
    assert {paper_id for paper_id, state in library.state(STARRED).items() if state.get("starred")} == STARRED
    assert starred(library) == STARRED & {row.id for row in rows}
    assert search(library, "{title} : models") != []
    # Fetched again, everything is there, beside the few whose id a bit made another.
    library.upsert(long_items(PAPERS), AT)
    assert starred(library) == STARRED
    assert PAPERS <= library.totals().papers <= PAPERS * 1.02
    library.close()


@pytest.mark.parametrize("damage", [no_header, no_first_page, cut_short])
def test_damage_at_the_edges_costs_next_to_nothing(used: Paths, journal: Journal, damage: Damage) -> None:
    damage(used.library)
    library = open_again(used, journal)
    assert library.totals().papers >= PAPERS - 20
    library.close()


def test_texts_that_are_damaged_cost_no_paper(used: Paths, journal: Journal) -> None:
    with closing(sqlite3.connect(used.library)) as connection, connection:
        connection.execute("UPDATE bodies SET packed = substr(packed, 2) WHERE rowid = 7")
    cut_short(used.library)
    library = open_again(used, journal)
    assert library.totals().papers == PAPERS
    seventh, eighth = library.detail(7), library.detail(8)
    assert seventh is not None
    assert eighth is not None
    assert (bool(seventh.paper.title), seventh.paper.abstract, bool(eighth.paper.abstract)) == (True, "", True)
    assert library.care.verify() == []
    assert library.care.index_agrees()
    library.close()


def test_without_journals_the_decisions_are_saved_too(used: Paths, journal: Journal) -> None:
    shutil.rmtree(used.journal)
    used.journal.mkdir()
    no_header(used.library)
    library = open_again(used, journal)
    assert starred(library) == STARRED
    assert library.rewrite_journal(journal) > 0
    library.close()


def test_what_nobody_can_read_begins_anew(used: Paths, journal: Journal) -> None:
    marker = schema.MARKER.encode()
    used.library.write_bytes(bytes(5000) + marker + bytes(50_000))
    library = open_again(used, journal)
    assert "nothing could be read" in library.notices[0]
    assert library.totals().papers == 0
    assert library.state(["2506.00001"])["2506.00001"]["starred"]
    library.close()


def test_an_empty_file_without_a_backup_is_a_new_library(places: Paths) -> None:
    places.library.touch()
    library = Library.open(places)
    assert library.notices == []
    assert library.totals().papers == 0
    library.close()


def text(path: Path) -> None:
    path.write_text("Shopping: eggs, milk.\n" * 300)


def short_text(path: Path) -> None:
    path.write_text("é")


def foreign(path: Path) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs(title)")
        connection.execute("PRAGMA application_id = 7")
        connection.commit()


def foreign_without_an_id(path: Path) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE songs(title)")
        connection.commit()


@pytest.mark.parametrize("stranger", [text, short_text, foreign, foreign_without_an_id, garbage])
def test_what_is_not_ours_is_refused_and_left_as_it_is(places: Paths, stranger: Damage) -> None:
    stranger(places.library)
    before = {path.name: path.read_bytes() for path in places.data.iterdir() if path.is_file()}
    with pytest.raises(LibraryError, match=r"library\.db is not a paperstui library") as caught:
        Library.open(places)
    assert caught.value.exit_status == 3
    assert {path.name: path.read_bytes() for path in places.data.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("stranger", [text, short_text, foreign])
def test_a_stranger_is_refused_also_where_there_are_backups(used: Paths, stranger: Damage) -> None:
    library = Library.open(used)
    library.back_up()
    library.close()
    stranger(used.library)
    before = used.library.read_bytes()
    with pytest.raises(LibraryError):
        Library.open(used)
    assert used.library.read_bytes() == before


@pytest.mark.parametrize("in_wal", [False, True])
def test_a_later_version_is_refused_and_left_as_it_is(used: Paths, tmp_path: Path, in_wal: bool) -> None:
    with closing(sqlite3.connect(used.library, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 999")
        if in_wal:
            for suffix in ("", "-wal"):
                shutil.copy(f"{used.library}{suffix}", tmp_path / f"copy{suffix}")
    if in_wal:
        for suffix in ("", "-wal"):
            shutil.copy(tmp_path / f"copy{suffix}", f"{used.library}{suffix}")
    before = {path.name: path.read_bytes() for path in used.data.iterdir() if path.is_file()}
    with pytest.raises(LibraryError) as caught:
        Library.open(used)
    assert "library.db is of version 999" in str(caught.value)
    assert f"up to {schema.version()}" in str(caught.value)
    assert {path.name: path.read_bytes() for path in used.data.iterdir() if path.is_file()} == before


def test_a_damaged_library_that_is_open_elsewhere_is_left_alone(used: Paths) -> None:
    other = Presence(used.locks)
    other.share()
    no_header(used.library)
    before = used.library.read_bytes()
    with pytest.raises(LibraryError, match="close every paperstui"):
        Library.open(used)
    assert used.library.read_bytes() == before
    other.leave()


@pytest.mark.parametrize("step", ["_sync", "_set_aside", "_take_place"])
def test_recovery_that_fails_leaves_the_file_where_it_was(
    used: Paths, journal: Journal, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    no_header(used.library)
    before = used.library.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(recovery, step, full)
        with pytest.raises(SaveError, match="the disk is full: the repaired library was not saved"):
            Library.open(used)
    assert used.library.read_bytes() == before
    assert not list(used.data.glob("library.db.new*"))
    open_again(used, journal).close()


def test_a_death_between_the_steps_leaves_the_old_file_or_the_new(
    used: Paths, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_header(used.library)

    class Killed(BaseException):
        """As good as kill -9: nothing is tidied up."""

    def killed(*_: object) -> None:
        raise Killed

    for step in ("_best", "_sync", "_set_aside", "_take_place"):
        with monkeypatch.context() as patched:
            patched.setattr(recovery, step, killed)
            patched.setattr(recovery, "_remove", lambda _: None)
            with pytest.raises(Killed):
                Library.open(used)
        assert recovery.examine(used.library, used.backups, used.journal) is Kind.DAMAGED
    assert list(used.data.glob("library.db.new*"))
    library = open_again(used, journal)
    assert library.totals().papers >= PAPERS - 20
    assert not list(used.data.glob("library.db.new*"))
    library.close()


def test_a_file_system_without_links_will_do(used: Paths, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    no_header(used.library)
    damaged = used.library.read_bytes()
    open_again(used, journal).close()
    assert [path.read_bytes() for path in kept(used)] == [damaged]


def test_damage_twice_in_a_second_keeps_both(used: Paths, journal: Journal) -> None:
    for _ in range(2):
        no_header(used.library)
        open_again(used, journal).close()
    assert [path.name for path in kept(used)] == [
        "library.db.corrupt-20260604T120000Z",
        "library.db.corrupt-20260604T120000Z-2",
    ]


def test_the_wal_of_a_damaged_library_is_kept_and_not_applied_to_the_new(used: Paths, journal: Journal) -> None:
    library = Library.open(used)
    library.upsert(long_items(5, seed=3), AT + 60)
    copy = used.data / "copy"
    shutil.copy(used.library, copy)
    shutil.copy(f"{used.library}-wal", f"{copy}-wal")
    library.close()
    shutil.move(copy, used.library)
    shutil.move(f"{copy}-wal", f"{used.library}-wal")
    overwrite(used.library, 0, bytes(PAGE * 3))
    overwrite(Path(f"{used.library}-wal"), 0, bytes(32))
    overwrite(used.library, PAGE * 20, schema.MARKER.encode())
    library = open_again(used, journal)
    assert [path.name for path in kept(used)] == [
        "library.db.corrupt-20260604T120000Z",
        "library.db.corrupt-20260604T120000Z-wal",
    ]
    library.close()


def test_a_library_that_was_not_closed_is_looked_at(used: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    check = recovery.check

    def count(connection: sqlite3.Connection) -> None:
        looked.append(1)
        check(connection)

    monkeypatch.setattr(recovery, "check", count)
    Library.open(used).close()
    assert looked == []
    (used.locks / "library.closed").unlink()
    Library.open(used).close()
    assert looked == [1]
    Library.open(used).close()
    assert looked == [1]


def test_an_index_that_was_found_damaged_is_made_anew(used: Paths, journal: Journal) -> None:
    library = Library.open(used)
    library._write(lambda connection: connection.execute("UPDATE search_data SET block = x'ff' WHERE id > 10"))
    with pytest.raises(DamagedError, match="start paperstui again"):
        search(library, "models")
    library.close()
    library = open_again(used, journal)
    assert library.notices == ["the search index was damaged and was made anew"]
    assert library.totals().papers == PAPERS
    assert starred(library) == STARRED
    library.close()
    assert kept(used) == []
    again = open_again(used, journal)
    assert again.notices == []
    again.close()


def test_damage_that_only_a_close_look_finds_is_found(used: Paths, journal: Journal) -> None:
    library = Library.open(used)
    library._connections._suspect()
    library.close()
    data = bytearray(used.library.read_bytes())
    # One letter of an id, in the table but not in its index.
    data[data.index(b"2506.00100") + 9] ^= 1
    used.library.write_bytes(data)
    library = open_again(used, journal)
    assert "was damaged" in library.notices[0]
    assert len(kept(used)) == 1
    library.close()


def test_damage_that_never_ends_is_an_error_and_no_loop(used: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: sqlite3.Connection) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    (used.locks / "library.closed").unlink()
    monkeypatch.setattr(recovery, "check", damaged)
    with pytest.raises(LibraryError, match="malformed"):
        Library.open(used)
    assert len(kept(used)) == 1


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN]
)
def test_what_is_not_damage_sets_nothing_aside(used: Paths, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def fail(*_: object, **__: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("it does not work")
        error.sqlite_errorcode = code
        raise error

    before = used.library.read_bytes()
    monkeypatch.setattr(opening, "open_writer", fail)
    library = Library.open(used)
    assert library.readonly
    assert "read-only" in library.notices[0]
    assert library.totals().papers == PAPERS
    with pytest.raises(SaveError):
        library.upsert(items(1), AT)
    monkeypatch.undo()
    # There is room again: no new start is needed.
    library.upsert(items(1), AT)
    assert not library.readonly
    library.close()
    assert kept(used) == []
    monkeypatch.setattr(opening, "open_writer", fail)
    monkeypatch.setattr(opening, "open_reader", fail)
    with pytest.raises(LibraryError, match="cannot be opened: it does not work"):
        Library.open(used)
    assert kept(used) == []
    assert used.library.stat().st_size == len(before)


def test_a_library_that_cannot_be_read_is_said(places: Paths) -> None:
    places.library.mkdir()
    with pytest.raises(LibraryError, match="cannot be read"):
        Library.open(places)
