"""Opening the library file: is it ours, is it whole, and what to do when it is not.

What a file is decides what happens to it:

- A database with our `application_id`: ours. Of a later version: refused, untouched.
- Another program's database (a sound header without our id, our marker nowhere), or text: refused, untouched.
- Anything else, when there is evidence that it was ours: damaged. Evidence is our `application_id` at its place in the
  header, our marker (which stands in the schema of every library) anywhere in the file, or a backup of ours beside it.
  An empty file with a backup, a journal or a WAL is such a file too.
- Anything else without evidence: refused, untouched.

A damaged file is set aside under a name with the time, with its WAL, and the best there is takes its place: the
newest whole backup, else what can still be read of it, else an empty library. Only SQLite's CORRUPT and NOTADB lead
there; a library that is busy, on a full disk or cannot be opened is never taken for an empty one. What the user decided
is in the journals, which are read anew into whatever takes the place.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing, suppress
from enum import Enum
from pathlib import Path

from msgspec import Struct

from paperstui import clock
from paperstui.errors import LibraryError, save_error
from paperstui.journal.files import create_private, sync_directory
from paperstui.library import index, meta, schema
from paperstui.library.connect import open_reader
from paperstui.text.clean import clean_line

MAGIC = b"SQLite format 3\0"
_HEADER = 100
_VERSION_AT, _APPLICATION_AT = 60, 68
_BLOCK = 4 * 1024 * 1024
_SAMPLE = 4096


class Kind(Enum):
    """What stands at the library's path."""

    ABSENT = "absent"
    OURS = "ours"
    NEWER = "newer"
    FOREIGN = "foreign"
    DAMAGED = "damaged"


class Recovered(Struct, frozen=True):
    """What was done about a damaged library: where the damaged file is now, and a sentence for the user."""

    kept: Path
    notice: str


def examine(library: Path, backups: Path, journal: Path) -> Kind:
    """What stands at the path, without changing a byte of it or beside it.

    backups, journal: the directories in which there may be evidence that there was a library.

    Raises:
        LibraryError: it cannot be read.
    """
    try:
        size = library.stat().st_size
        with library.open("rb") as file:
            header = file.read(_HEADER)
            sample = header + file.read(_SAMPLE - _HEADER)
    except FileNotFoundError:
        return Kind.ABSENT
    except OSError as error:
        raise LibraryError(f"{_shown(library)} cannot be read: {clean_line(error.strerror or error)}") from error
    if size == 0:
        used = _copies(backups) or any(journal.glob("*.jsonl")) or _size(_beside(library, "-wal"))
        return Kind.DAMAGED if used else Kind.ABSENT
    application = _number(header, _APPLICATION_AT)
    if header.startswith(MAGIC) and len(header) == _HEADER and _is_sound(header):
        if application == schema.APPLICATION_ID:
            if _version(library, header) > schema.version():
                return Kind.NEWER
            return Kind.OURS if _is_whole(library, header, size) else Kind.DAMAGED
        return Kind.DAMAGED if _has_marker(library) else Kind.FOREIGN
    if application == schema.APPLICATION_ID or _has_marker(library):
        return Kind.DAMAGED
    return Kind.DAMAGED if _copies(backups) and not _is_text(sample) else Kind.FOREIGN


def refuse(library: Path, kind: Kind) -> LibraryError:
    """The error about a file that is not for this program; it names the file and, of a later version, both versions."""
    if kind is Kind.FOREIGN:
        return LibraryError(f"{_shown(library)} is not a paperstui library and was left as it is: move it away")
    with library.open("rb") as file:
        version = _version(library, file.read(_HEADER))
    return LibraryError(
        f"{_shown(library)} is of version {version}, and this paperstui knows versions up to {schema.version()}:"
        " it was left as it is; update paperstui"
    )


def create(library: Path) -> None:
    """Make an empty library. It gets its name when it is whole, so that no half-made one is ever found.

    Raises:
        SaveError: it cannot be made.
    """
    fresh = _beside(library, f".new-{os.getpid()}")
    try:
        _remove(fresh)
        _make(fresh)
        _claim(fresh, library)
    except (OSError, sqlite3.Error) as error:
        raise save_error("the library", error) from error
    finally:
        _remove(fresh)


def tidy(library: Path) -> None:
    """Delete what a process left half-made that died while it made a library. The caller has it to itself."""
    for path in library.parent.glob(f"{library.name}.new-*"):
        with suppress(OSError):
            path.unlink()


def check(connection: sqlite3.Connection) -> None:
    """Read all of a library and compare its tables with their indexes: 100,000 papers in about half a second.

    Raises:
        sqlite3.DatabaseError: it is damaged, as SQLite says it.
    """
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    if found != ["ok"]:
        error = sqlite3.DatabaseError(found[0] if found else "damaged")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def recover(library: Path, backups: Path, journal: Path) -> Recovered:
    """Set a damaged library aside and put the best there is in its place. The caller has it to itself.

    At every moment the path holds the old file or the whole new one.

    Raises:
        SaveError: the replacement cannot be written; the damaged file is where it was.
    """
    fresh = _beside(library, f".new-{os.getpid()}")
    try:
        _remove(fresh)
        source = _best(library, backups, journal, fresh)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            connection.execute("DELETE FROM journals")
        _sync(fresh)
        kept = _set_aside(library)
        _take_place(fresh, library)
    except (OSError, sqlite3.Error) as error:
        raise save_error("the repaired library", error) from error
    finally:
        _remove(fresh)
    return Recovered(
        kept,
        f"{_shown(library)} was damaged; it is kept as {kept.name}; {source}; your decisions come from the journal",
    )


def _copies(backups: Path) -> bool:
    """Whether there is any backup."""
    from paperstui.library import backup

    return bool(backup.copies(backups))


def _best(library: Path, backups: Path, journal: Path, fresh: Path) -> str:
    """Make the replacement, and say what it is made of."""
    from paperstui.library import backup, salvage

    found = backup.newest_good(backups)
    if found is not None:
        day, copy = found
        backup.restore(copy, fresh)
        with closing(open_reader(fresh, immutable=True)) as connection:
            papers = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
        return f"{papers:,} papers came back from the backup of {day.isoformat()}"
    _make(fresh)
    papers = salvage.salvage(library, fresh, state=not any(journal.glob("*.jsonl")))
    if papers:
        return f"there is no backup, and {papers:,} papers could be read from it"
    return "there is no backup and nothing could be read from it, so papers are fetched again"


def _make(path: Path) -> None:
    """A whole, empty library in a new file."""
    os.close(create_private(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
        schema.migrate(connection)
        meta.put(connection, index.VERSION_KEY, str(index.TEXT_VERSION))
        connection.execute("PRAGMA journal_mode = WAL")
    _sync(path)


def _set_aside(library: Path) -> Path:
    """Give the damaged file and its WAL a second name, which is the one that stays."""
    moment = f"{clock.now():%Y%m%dT%H%M%SZ}"
    kept = _beside(library, f".corrupt-{moment}")
    number = 1
    while kept.exists() or kept.is_symlink():
        number += 1
        kept = _beside(library, f".corrupt-{moment}-{number}")
    for suffix in ("", "-wal"):
        old = _beside(library, suffix)
        if _size(old) or not suffix:
            try:
                os.link(old, _beside(kept, suffix))
            except OSError:
                # A file system without links. Until the new file takes its place there is none.
                old.rename(_beside(kept, suffix))
    sync_directory(library.parent)
    return kept


def _claim(fresh: Path, library: Path) -> None:
    """Give a new file the library's name, unless another process was first."""
    _beside(library, "-wal").unlink(missing_ok=True)
    try:
        os.link(fresh, library)
    except FileExistsError:
        if _size(library):
            return
        fresh.replace(library)
    except OSError:
        fresh.replace(library)
    sync_directory(library.parent)


def _take_place(fresh: Path, library: Path) -> None:
    """Give a whole file the library's name. A WAL of the file that had it before would be taken for the new one's."""
    for suffix in ("-wal", "-shm"):
        _beside(library, suffix).unlink(missing_ok=True)
    fresh.replace(library)
    sync_directory(library.parent)


def _version(library: Path, header: bytes) -> int:
    """The version of a library. With a WAL beside it the header may be out of date, and SQLite is asked."""
    version = _number(header, _VERSION_AT)
    shared = _beside(library, "-shm")
    if _size(_beside(library, "-wal")):
        had = shared.exists()
        # A connection that only reads leaves file and WAL as they are, also when it is the last one.
        with suppress(sqlite3.Error), closing(open_reader(library)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not had and version > schema.version():
            shared.unlink(missing_ok=True)
    return version


def _is_sound(header: bytes) -> bool:
    """Whether the fixed bytes of a SQLite header are what they are in every database (fileformat2.html section 1.3)."""
    page_size = _page_size(header)
    sizes = page_size >= 512 and page_size & (page_size - 1) == 0
    return sizes and header[18] in (1, 2) and header[19] in (1, 2) and header[21:24] == b"\x40\x20\x20"


def _is_whole(library: Path, header: bytes, size: int) -> bool:
    """Whether the file has all of the pages that it says it has; while there is a WAL that may hold some of them."""
    page_size = _page_size(header)
    return _size(_beside(library, "-wal")) > 0 or (size % page_size == 0 and size // page_size >= _number(header, 28))


def _page_size(header: bytes) -> int:
    found: int = struct.unpack_from(">H", header, 16)[0]
    return 65536 if found == 1 else found


def _has_marker(library: Path) -> bool:
    marker = schema.MARKER.encode()
    tail = b""
    with suppress(OSError), library.open("rb") as file:
        while block := file.read(_BLOCK):
            if marker in tail + block:
                return True
            tail = block[-len(marker) :]
    return False


def _is_text(sample: bytes) -> bool:
    """Whether a file begins like something that somebody wrote."""
    if b"\0" in sample:
        return False
    try:
        # The sample may end within a character.
        sample[:-4].decode()
    except UnicodeDecodeError:
        return False
    return True


def _number(header: bytes, at: int) -> int:
    return struct.unpack_from(">I", header, at)[0] if len(header) >= at + 4 else 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            _beside(path, suffix).unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _shown(path: Path) -> str:
    return clean_line(path)
