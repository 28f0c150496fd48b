"""The documents cache: what goes in comes out, nothing else does, and nothing that happens to it fails its caller."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.documents.cache import DocumentCache, Validators

URL = "https://huggingface.co/api/daily_papers?date=2026-06-04"


class Bomb:
    """What runs when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.marker),)


@pytest.fixture
def cache(tmp_path: Path) -> DocumentCache:
    return DocumentCache(tmp_path / "cache" / "documents")


def _database(cache: DocumentCache) -> sqlite3.Connection:
    return sqlite3.connect(cache._directory / "cache.db", isolation_level=None)


def test_what_was_put_is_got(cache: DocumentCache) -> None:
    assert cache.get("a") is None
    assert cache.put("a", b"bytes\x00\xff")
    assert cache.put("b", "text é\r\n")
    assert cache.put("c", "l" * 100_000 + "\r\n")
    assert cache.put("d", b"\x00" * 100_000)
    again = DocumentCache(cache._directory)
    assert (again.get("a"), again.get("b")) == (b"bytes\x00\xff", "text é\r\n")
    assert (again.get("c"), again.get("d")) == ("l" * 100_000 + "\r\n", b"\x00" * 100_000)
    cache.forget("a")
    assert again.get("a") is None


@settings(max_examples=30, deadline=None)
@given(values=st.lists(st.one_of(st.binary(max_size=80_000), st.text(st.characters(exclude_categories=["Cs"])))))
def test_any_bytes_and_text_come_back_exactly(
    values: list[bytes | str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = DocumentCache(tmp_path_factory.mktemp("cache"))
    for number, value in enumerate(values):
        cache.put(str(number), value)
    assert [cache.get(str(number)) for number in range(len(values))] == values


def test_a_value_expires(cache: DocumentCache) -> None:
    cache.put("now", b"1", expire=-1)
    cache.put("later", b"2", expire=1_000)
    assert (cache.get("now"), cache.get("later")) == (None, b"2")


def test_a_response_is_kept_with_its_validators(cache: DocumentCache) -> None:
    assert cache.validators(URL) is None
    assert cache.store_response(URL, b"[]\n{", 'W/"1"', "Thu, 04 Jun 2026 00:00:00 GMT", 12.5)
    assert cache.validators(URL) == Validators('W/"1"', "Thu, 04 Jun 2026 00:00:00 GMT")
    response = cache.response(URL)
    assert response is not None
    assert (response.body, response.at) == (b"[]\n{", 12.5)
    cache.store_response(URL, b"[]", "", "", 13.0)
    assert cache.validators(URL) is None
    cache.forget_response(URL)
    assert cache.response(URL) is None


def test_only_the_user_can_read_it(cache: DocumentCache) -> None:
    old = os.umask(0)
    try:
        cache._directory.mkdir(parents=True, mode=0o777)
        cache.put("small", b"1")
        cache.put("large", b"1" * 100_000)
        writer = _database(cache)
        writer.execute("CREATE TABLE t (a)")  # so that the side files exist
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [cache._directory, *cache._directory.rglob("*")]}
        writer.close()
    finally:
        os.umask(old)
    assert any(path.name == "cache.db-wal" for path in modes)
    assert any(path.suffix == ".val" for path in modes)
    assert {mode for path, mode in modes.items() if path.is_file()} <= {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}


def test_a_pickled_row_is_never_unpickled(cache: DocumentCache, tmp_path: Path) -> None:
    cache.put("key", b"good")
    cache.put("other", b"good")
    marker = tmp_path / "ran"
    with _database(cache) as database:
        database.execute("UPDATE Cache SET mode = 4, value = ? WHERE key = 'key'", (pickle.dumps(Bomb(marker)),))
    database.close()
    assert cache.get("key") is None
    assert not marker.exists()
    # Whoever wrote that may have written more.
    assert cache.get("other") is None
    assert cache.put("key", b"better")
    assert cache.get("key") == b"better"


def test_a_pickled_file_is_never_unpickled(cache: DocumentCache, tmp_path: Path) -> None:
    cache.put("key", b"x" * 100_000)
    marker = tmp_path / "ran"
    for path in cache._directory.rglob("*.val"):
        path.write_bytes(pickle.dumps(Bomb(marker)))
    with _database(cache) as database:
        database.execute("UPDATE Cache SET mode = 4")
    database.close()
    assert cache.get("key") is None
    assert not marker.exists()


def test_a_pickled_key_is_refused(tmp_path: Path) -> None:
    from paperstui.documents.disk import ExactDisk, RefusedError

    marker = tmp_path / "ran"
    disk = ExactDisk(str(tmp_path))
    with pytest.raises(RefusedError):
        disk.get(pickle.dumps(Bomb(marker)), False)
    with pytest.raises(TypeError):
        disk.put(("a", "tuple"))
    for value in (Bomb(marker), True, None, [1], 2**63, bytearray(b"1")):
        with pytest.raises(TypeError):
            disk.store(value, False)
    assert not marker.exists()


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret", "aa/bb/../../../secret", "aa/bb/" + "c" * 28 + ".txt"])
def test_a_row_that_names_another_file_reads_and_deletes_nothing(name: str, cache: DocumentCache) -> None:
    cache.put("key", b"x" * 100_000)
    secret = cache._directory.parent / "secret"
    secret.write_text("secret")
    with _database(cache) as database:
        database.execute("UPDATE Cache SET filename = ?", (name,))
    database.close()
    cache.put("key", b"new")
    assert secret.exists()
    with _database(cache) as database:
        database.execute("UPDATE Cache SET filename = ?, mode = 2, value = NULL", (name,))
    database.close()
    assert cache.get("key") is None
    assert secret.exists()


def test_a_value_file_that_is_a_link_is_not_followed(cache: DocumentCache, tmp_path: Path) -> None:
    cache.put("key", b"x" * 100_000)
    (tmp_path / "secret").write_text("secret")
    for path in cache._directory.rglob("*.val"):
        path.unlink()
        path.symlink_to(tmp_path / "secret")
    assert cache.get("key") is None


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 1_000)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def _a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _another_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE Cache (other)")
        database.execute("CREATE TABLE Settings (key, value)")
        database.execute("INSERT INTO Settings VALUES ('disk_surprise', 1), ('size_limit', 'x')")
    database.close()


def _deleted(path: Path) -> None:
    shutil.rmtree(path.parent)


def _a_file_in_its_place(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_text("a file")


@pytest.mark.parametrize("fresh", [False, True], ids=["running", "started"])
@pytest.mark.parametrize(
    "damage", [_garbage, _emptied, _cut, _a_directory, _another_database, _deleted, _a_file_in_its_place]
)
def test_a_damaged_cache_is_made_anew(damage: object, fresh: bool, cache: DocumentCache) -> None:
    assert callable(damage)
    for number in range(50):
        cache.put(str(number), os.urandom(1_000))
    damage(cache._directory / "cache.db")
    used = DocumentCache(cache._directory) if fresh else cache
    assert used.get("1") is None
    assert used.put("1", b"new")
    assert used.get("1") == b"new"
    assert DocumentCache(cache._directory).get("1") == b"new"


def test_a_lost_value_file_is_a_lost_value(cache: DocumentCache) -> None:
    cache.put("large", b"x" * 100_000)
    cache.put("small", b"x")
    for path in cache._directory.rglob("*.val"):
        path.unlink()
    assert (cache.get("large"), cache.get("small")) == (None, b"x")


def test_a_locked_cache_is_not_thrown_away(cache: DocumentCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.documents.cache._BUSY_SECONDS", 0.01)
    cache.put("a", b"1")
    writer = _database(cache)
    writer.execute("BEGIN EXCLUSIVE")
    assert cache.put("b", b"2") is False
    writer.execute("ROLLBACK")
    writer.close()
    assert cache.get("a") == b"1"


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = DocumentCache(tmp_path / "file" / "documents")
    assert cache.put("a", b"1") is False
    assert cache.get("a") is None
    assert cache.validators(URL) is None
    assert cache.size() == 0
    cache.clear()


def test_odd_directories_are_used_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHERE", "elsewhere")
    spaced = DocumentCache(tmp_path / "with a\nline break")
    assert spaced.put("a", b"1")
    assert spaced.get("a") == b"1"
    # diskcache would put this one somewhere else.
    replaced = DocumentCache(tmp_path / "$WHERE")
    assert replaced.put("a", b"1") is False
    assert not (tmp_path / "elsewhere").exists()


def test_what_cannot_be_stored_is_not(cache: DocumentCache) -> None:
    assert cache.put("half a pair", "\ud800" * 100_000) is False
    assert cache.put("\ud800", b"1") is False
    assert cache.get("\ud800") is None
    assert cache.put("good", b"1")


def test_a_response_of_another_form_is_none(cache: DocumentCache) -> None:
    for stored in (b"no head", b"{}", b"[1]\nbody", b'{"etag": 5}\nbody', "text\nbody"):
        cache.put(f"response {URL}", stored)
        assert cache.response(URL) is None


def test_the_oldest_go_when_it_is_full(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path / "small", size_limit=2_000_000)
    for number in range(80):
        cache.put(str(number), os.urandom(100_000))
    kept = [number for number in range(80) if cache.get(str(number)) is not None]
    assert 79 in kept
    assert 0 not in kept
    assert sum(path.stat().st_size for path in cache._directory.rglob("*.val")) < 4_000_000


def test_what_is_spared_goes_when_nothing_else_is_left(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path / "small", size_limit=2_000_000)
    for name in ("text a", "text b", "texts", "tex"):
        cache.put(name, os.urandom(100_000))
    cache.spare("text ", lambda key: key == "text a")
    for number in range(40):
        cache.put(str(number), os.urandom(100_000))
    assert cache.holds(["text a", "text b", "texts", "tex"]) == {"text a"}
    for number in range(40):
        cache.put(f"text {number}", os.urandom(100_000))
        cache.spare("text ", lambda _: True)
    assert "text a" not in cache.holds(["text a"]), "it is no use to a cache that is full of such"
    assert cache.get("text 39") is not None


def test_what_is_not_spared_any_more_goes_in_its_turn(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path / "small", size_limit=2_000_000)
    cache.put("text a", os.urandom(100_000))
    for _ in range(3):
        cache.spare("text ", lambda _: True)
    cache.spare("text ", lambda _: False)
    for number in range(40):
        cache.put(str(number), os.urandom(100_000))
    assert cache.get("text a") is None


def test_sparing_makes_no_cache(tmp_path: Path) -> None:
    DocumentCache(tmp_path / "none").spare("text ", lambda _: True)
    assert not (tmp_path / "none").exists()


def test_many_threads_may_use_it(cache: DocumentCache) -> None:
    failed: list[str] = []

    def use(number: int) -> None:
        keys = [f"{number} {turn}" for turn in range(10)]
        failed.extend(key for key in keys if not cache.put(key, b"x" * 50_000) or cache.get(key) is None)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_clearing_leaves_other_files_alone(cache: DocumentCache) -> None:
    cache.put("large", b"x" * 100_000)
    other = cache._directory / "mine.txt"
    other.write_text("mine")
    cache.clear()
    assert cache.get("large") is None
    assert other.read_text() == "mine"
    assert not list(cache._directory.rglob("*.val"))


def test_diskcache_is_imported_when_it_is_used() -> None:
    code = "import sys, paperstui.documents.cache; print('diskcache' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a file system cannot be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_on_a_full_disk_what_was_kept_is_found_and_nothing_of_what_was_not_stays(small_disk: Path) -> None:
    cache = DocumentCache(small_disk / "documents")
    text = bytes(100_000)
    assert cache.put("kept", text)
    assert cache.put("short", b"1")
    for _ in range(3):
        assert not cache.put("new", bytes(2_000_000))
    assert len(list(small_disk.rglob("*.val"))) == 1
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(bytes(2_000_000))
    for one in (cache, DocumentCache(small_disk / "documents")):
        assert not one.put("new", b"1" * 50_000)
        assert (one.get("kept"), one.get("new"), one.holds(["kept", "new"])) == (text, None, {"kept"})
        assert one.values(["short", "new", "kept"]) == [b"1", None, text]
    filler.unlink()
    assert cache.put("new", b"2")
    assert cache.get("new") == b"2"


def test_on_a_read_only_disk_what_was_kept_is_found(small_disk: Path) -> None:
    assert DocumentCache(small_disk / "documents").put("kept", b"1" * 50_000)
    assert DocumentCache(small_disk / "documents").put("gone", b"1", expire=-1)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    cache = DocumentCache(small_disk / "documents")
    assert not cache.put("new", b"1")
    assert cache.get("kept") == b"1" * 50_000
    assert cache.holds(["kept", "gone", "new"]) == {"kept"}
