"""The user's own files and directories: who may read them, who uses them, what else lies about."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

from paperstui import clock
from paperstui.documents.cache import FILE, is_sound
from paperstui.journal.files import is_held
from paperstui.journal.store import SUFFIX, TORN
from paperstui.library import backup
from paperstui.library.presence import OPEN
from paperstui.paths import Paths
from paperstui.text.clean import clean_line
from paperstui.usecases.checkup.findings import MEND, Finding, counted, in_bytes

OLD_BACKUP = 14
"""Days after which the newest backup is worth a word."""

_OTHERS = 0o077


def files(paths: Paths) -> Iterator[Finding]:
    """What can be told of them without looking into the library."""
    yield from directories(paths)
    yield modes(paths)
    yield locks(paths)
    yield backups(paths)
    yield documents(paths)
    yield from leftovers(paths)


def directories(paths: Paths) -> Iterator[Finding]:
    """Whether each of the directories can be used."""
    for name, path in (("data", paths.data), ("state", paths.state), ("config", paths.config), ("cache", paths.cache)):
        where = clean_line(path)
        if not os.path.lexists(path):
            yield Finding(id=name, text=f"{where} is made when it is needed")
        elif not path.is_dir():
            yield Finding(id=name, state="wrong", text=f"{where} is not a directory", advice="move it away")
        elif not os.access(path, os.R_OK | os.X_OK):
            yield Finding(id=name, state="wrong", text=f"{where} cannot be read", advice=_ownership(path))
        elif not _is_writable(path):
            yield Finding(
                id=name, state="note", text=f"{where} is read-only: nothing can be saved there", advice=_ownership(path)
            )
        else:
            yield Finding(id=name, text=where)


def private(paths: Paths) -> Iterator[Path]:
    """Everything that only the user should be able to read."""
    for directory in (
        paths.data,
        paths.state,
        paths.config,
        paths.cache,
        paths.journal,
        paths.backups,
        paths.digests,
        paths.locks,
        paths.documents,
    ):
        if directory.is_dir() and not directory.is_symlink():
            yield directory
    found = [
        paths.library,
        paths.device,
        paths.log,
        paths.queries,
        *(paths.library.with_name(paths.library.name + end) for end in ("-wal", "-shm")),
    ]
    for directory, pattern in (
        (paths.journal, f"*{SUFFIX}*"),
        (paths.backups, "library-*.db"),
        (paths.digests, "*.jsonl"),
        (paths.data, f"{paths.library.name}.corrupt-*"),
        (paths.locks, "*"),
    ):
        with suppress(OSError):
            found += sorted(directory.glob(pattern))
    yield from (path for path in found if path.is_file() and not path.is_symlink())


def open_to_others(paths: Paths) -> list[Path]:
    """What of it others can read or write."""
    return [path for path in private(paths) if _mode(path) & _OTHERS]


def modes(paths: Paths) -> Finding:
    """Whether it all is the user's own."""
    everything = list(private(paths))
    strange = [path for path in everything if path.stat().st_uid != os.geteuid()]
    if strange and os.geteuid() != 0:
        return Finding(
            id="modes",
            state="wrong",
            text=f"{_some(strange)} of another user, so that nothing can be saved",
            advice=_ownership(strange[0]),
        )
    loose = open_to_others(paths)
    if loose:
        return Finding(
            id="modes", state="wrong", text=f"{_some(loose)} open to others ({_mode(loose[0]):04o})", advice=MEND
        )
    return Finding(
        id="modes",
        text=f"{counted(len(everything), 'file and directory', 'files and directories')}, all of them yours alone",
    )


def locks(paths: Paths) -> Finding:
    """Who is at work just now."""
    if is_held(paths.locks / OPEN):
        held = sorted(path.name for path in _lock_files(paths) if path.name != OPEN and is_held(path))
        busy = f", and somebody is writing ({clean_line(', '.join(held))})" if held else ""
        return Finding(id="locks", text=f"another paperstui has the library open{busy}")
    if (paths.locks / "library.suspect").exists():
        return Finding(
            id="locks", state="note", text="damage was seen lately: the next start looks closely", advice=MEND
        )
    return Finding(id="locks", text="nobody else has the library open")


def backups(paths: Paths) -> Finding:
    """Whether there is a copy to go back to, and how old it is."""
    copies = backup.copies(paths.backups)
    if not copies:
        if not paths.library.exists():
            return Finding(id="backups", text="none, and nothing to back up")
        return Finding(id="backups", state="note", text="none yet: the reader makes one each day", advice=MEND)
    day, newest = copies[0]
    about = f"{counted(len(copies), 'copy', 'copies')}, the newest of {day.isoformat()}"
    size = sum(path.stat().st_size for _, path in copies)
    if not backup.is_good(newest):
        return Finding(id="backups", state="wrong", text=f"{about}, which is damaged", advice=MEND)
    age = (clock.today() - day).days
    if age > OLD_BACKUP:
        return Finding(id="backups", state="note", text=f"{about}, {age} days ago", advice=MEND)
    return Finding(id="backups", text=f"{about}, {in_bytes(size)}")


def documents(paths: Paths) -> Finding:
    """The cache of answers and full texts."""
    if not (paths.documents / FILE).exists():
        return Finding(id="documents", text="the cache is empty")
    size = sum(path.stat().st_size for path in paths.documents.rglob("*") if path.is_file())
    if not is_sound(paths.documents):
        return Finding(id="documents", state="wrong", text=f"the cache cannot be read ({in_bytes(size)})", advice=MEND)
    return Finding(id="documents", text=f"the cache holds {in_bytes(size)}")


def leftovers(paths: Paths) -> Iterator[Finding]:
    """What was kept for a person to look at."""
    kept = sorted(path for path in paths.data.glob(f"{paths.library.name}.corrupt-*") if not path.name.endswith("-wal"))
    if kept:
        what = counted(len(kept), "damaged library is", "damaged libraries are")
        size = in_bytes(sum(path.stat().st_size for path in kept))
        text = f"{what} kept beside the good one ({size}), the last as {clean_line(kept[-1].name)}"
        yield Finding(id="damaged", state="note", text=text, advice="delete it when nothing is missed")
    torn = sorted(paths.journal.glob(f"*{TORN}"))
    if torn:
        yield Finding(
            id="torn",
            state="note",
            text=f"a line that a crash tore is kept in {clean_line(torn[0].name, 60)}; it was never acknowledged",
            advice="delete it when nothing is missed",
        )
    with suppress(OSError):
        at = datetime.fromtimestamp(paths.log.stat().st_mtime, timezone.utc)
        yield Finding(
            id="log",
            state="note",
            text=f"a fault of paperstui itself was written down on {at:%Y-%m-%d}",
            advice=f"report it with what {clean_line(paths.log)} says, then delete that",
        )


def _lock_files(paths: Paths) -> list[Path]:
    try:
        return [path for path in paths.locks.iterdir() if path.is_file()]
    except OSError:
        return []


def _is_writable(path: Path) -> bool:
    # Not `os.access` alone, which says yes to root on a disk that is mounted read-only on some systems.
    with suppress(OSError):
        return os.access(path, os.W_OK) and not os.statvfs(path).f_flag & os.ST_RDONLY
    return False


def _ownership(path: Path) -> str:
    return f"make it yours: chown -R {os.geteuid()} {clean_line(path)}"


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def _some(paths: list[Path]) -> str:
    first = clean_line(paths[0].name, 60)
    return f"{first} is" if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more are"
