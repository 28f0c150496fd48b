"""The directory of journals: append to this device's, read everybody's."""

from __future__ import annotations

import errno
import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from paperstui import clock
from paperstui.errors import SaveError, UsageError, save_error
from paperstui.journal import entries
from paperstui.journal.entries import Assignment, Citation, Entry, JournalLineError, NewerLineError, Stamp
from paperstui.journal.files import (
    BLOCK,
    Place,
    create_private,
    fingerprint,
    grew_only,
    lines_after,
    lines_before,
    locked,
    open_regular,
    put,
    sync_directory,
)
from paperstui.text.clean import clean_line

SUFFIX = ".jsonl"
TORN = ".torn"
_WHAT = "the journal"


class Tail(Struct):
    """What stands in the journals after the places given.

    entries: (file name, entry), in the order of each file. offsets: the new places, of every journal there is.
    problems: one line for the user about each file or line that could not be read. more: it stopped at its limit.
    unread: the files that could not be read, or not to their end.
    """

    entries: list[tuple[str, Entry]]
    offsets: dict[str, Place]
    problems: list[str]
    more: bool = False
    unread: set[str] = field(default_factory=set)


class _End(NamedTuple):
    """Where this device's journal ends, the stamp of its last entry, and a newline if the last line lacks it."""

    offset: int
    stamp: Stamp | None
    newline: bytes


class Journal:
    """The journals in a directory. This device appends to `<device>.jsonl`; all others are only read.

    directory: where they are; it must exist. device: this device's name. locks: the directory of lock files.
    Any thread and any number of processes may use it.
    """

    def __init__(self, directory: Path, device: str, locks: Path) -> None:
        self.directory = directory
        self.device = device
        self.file = directory / f"{device}{SUFFIX}"
        self._lock = locks / "journal.lock"

    def append(
        self,
        label: str,
        assignments: Iterable[Assignment | Sequence[Any]],
        *,
        undoes: Stamp | None = None,
        cite: Mapping[str, Citation] | None = None,
        floor: Stamp | None = None,
        merge: bool = False,
    ) -> Entry:
        """Write one action down and return when it is on disk.

        label: what the action was. assignments: what it set. undoes: the entry it takes back. cite: what the papers
        are. floor: the newest stamp known from any device; the new one is later. merge: see `Entry`.

        Raises:
            UsageError: a note, a tag or the whole action is more than a line holds.
            SaveError: it could not be written; the journal is as it was.
        """
        draft = self._made(label, assignments, undoes, cite, merge=merge)
        return self._written(lambda: draft, lambda: floor)

    def append_after(
        self,
        look: Callable[[], tuple[str, Sequence[Assignment]]],
        *,
        cite: Mapping[str, Citation] | None = None,
        floor: Callable[[], Stamp | None],
    ) -> Entry:
        """The same for what depends on what the journals say: while others wait, it is looked at and then written down.

        look: gives the label and the assignments; what it raises is raised, and nothing written. floor: asked after it.

        Raises:
            UsageError: a note, a tag or the whole action is more than a line holds.
            SaveError: it could not be written; the journal is as it was.
        """
        return self._written(lambda: self._made(*look(), None, cite), floor)

    def _made(
        self,
        label: str,
        assignments: Iterable[Assignment | Sequence[Any]],
        undoes: Stamp | None,
        cite: Mapping[str, Citation] | None,
        *,
        merge: bool = False,
    ) -> Entry:
        try:
            later = Stamp(0, 0, self.device)
            return entries.make(later, label, assignments, undoes=undoes, cite=cite, merge=merge)
        except JournalLineError as error:
            raise UsageError(str(error)) from None

    def _written(self, make: Callable[[], Entry], floor: Callable[[], Stamp | None]) -> Entry:
        try:
            with self._own() as (descriptor, end):
                draft = make()
                stamp = entries.stamp_after((end.stamp, floor()), self.device, clock.milliseconds())
                entry = replace(draft, stamp=stamp)
                put(descriptor, end.offset, end.newline + entries.encode(entry) + b"\n")
        except JournalLineError as error:
            raise UsageError(str(error)) from None
        return entry

    def restore(self, lost: Sequence[Entry]) -> None:
        """Append entries with the stamps they have: state that the journals no longer say but the library does.

        Raises:
            SaveError: they could not be written; the journal is as it was.
        """
        data = b"".join(entries.encode(entry) + b"\n" for entry in lost)
        with self._own() as (descriptor, end):
            put(descriptor, end.offset, end.newline + data)

    def read_from(self, offsets: Mapping[str, Place], *, limit: int | None = None) -> Tail:
        """Everything in every journal after the places given; a journal without a place is read from its start.

        A journal that shrank or was replaced is read anew. A last line without a newline is not read yet. A line that
        cannot be read is reported and passed over. limit: stop after about so many bytes, with `more` set.

        Raises:
            SaveError: the directory cannot be read.
        """
        tail = Tail([], {}, [])
        left = limit if limit is not None else -1
        for path in self.files(tail.problems):
            place = offsets.get(path.name, Place())
            if tail.more:
                tail.offsets[path.name] = place
                continue
            left = self._read(path, place, tail, left)
        return tail

    def history(self, limit: int | None = None) -> list[Entry]:
        """The newest entries of all devices, newest first.

        Raises:
            SaveError: the directory cannot be read.
        """
        return list(islice(self.newest(), limit))

    def newest(self) -> Iterator[Entry]:
        """The entries of all devices, newest first, each once, read as far back as they are asked for.

        Raises:
            SaveError: the directory cannot be read.
        """
        last: Stamp | None = None
        for entry in heapq.merge(*map(_backwards, self.files([])), key=lambda entry: entry.stamp, reverse=True):
            if entry.stamp != last:
                last = entry.stamp
                yield entry

    def files(self, problems: list[str] | None = None) -> list[Path]:
        """The journals, copies that a synchroniser made on a conflict among them, in the order of their names.

        problems: gets a line about each journal whose name cannot be kept.

        Raises:
            SaveError: the directory cannot be read.
        """
        found = []
        try:
            for path in sorted(self.directory.iterdir()):
                # A name with a dot before it is a synchroniser's file on its way.
                if path.suffix != SUFFIX or path.name.startswith("."):
                    continue
                if path.name.isprintable():
                    found.append(path)
                elif problems is not None:
                    problems.append(f"{_shown(path)} was not read: its name cannot be kept")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SaveError(f"the journals cannot be read: {error.strerror}") from error
        return found

    def copied(self, directory: Path, locks: Path) -> Journal:
        """The same journals in another directory, to try something on them.

        Raises:
            SaveError: they cannot be read.
            OSError: they cannot be copied.
        """
        import shutil

        for path in self.files():
            # Whatever cannot be read here is not read there, either.
            with suppress(FileNotFoundError, PermissionError):
                if path.is_file() and not path.is_symlink():
                    shutil.copyfile(path, directory / path.name)
        return Journal(directory, self.device, locks)

    def lost(self, place: Place) -> bool:
        """Whether this device's journal no longer has what was read up to a place: it was deleted, cut or replaced."""
        if place.offset == 0:
            return False
        try:
            descriptor = open_regular(self.file)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        try:
            return not grew_only(descriptor, place)
        finally:
            os.close(descriptor)

    def _read(self, path: Path, place: Place, tail: Tail, left: int) -> int:
        """Read one journal into a tail; returns how many bytes may still be read (negative: any number)."""
        try:
            descriptor = open_regular(path)
        except OSError as error:
            tail.problems.append(f"{_shown(path)} was not read: {clean_line(error.strerror or error)}")
            tail.unread.add(path.name)
            if place.offset:
                tail.offsets[path.name] = place
            return left
        try:
            if not grew_only(descriptor, place):
                place = Place()
            start = offset = place.offset
            number = place.line
            for line, offset in lines_after(descriptor, start):
                number += 1
                _take(path, number, line, tail)
                if 0 <= left <= offset - start:
                    tail.more = True
                    break
            tail.offsets[path.name] = Place(offset, number, fingerprint(descriptor, offset))
        except OSError as error:
            tail.problems.append(f"{_shown(path)} was not read to its end: {clean_line(error.strerror or error)}")
            tail.unread.add(path.name)
            tail.offsets[path.name] = place
            return left
        finally:
            os.close(descriptor)
        return left if left < 0 else max(0, left - (offset - start))

    @contextmanager
    def _own(self) -> Iterator[tuple[int, _End]]:
        """This device's journal, open, whole and locked, and where it ends.

        Raises:
            SaveError: it cannot be opened, or what is done with it fails.
        """
        with locked(self._lock, _WHAT):
            try:
                descriptor = self._open()
                try:
                    yield descriptor, self._mended(descriptor)
                    if not os.path.samestat(os.fstat(descriptor), self.file.stat()):
                        raise FileNotFoundError(errno.ENOENT, "its file was taken away")
                finally:
                    os.close(descriptor)
            except OSError as error:
                raise save_error(_WHAT, error) from error

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_APPEND
        with suppress(FileNotFoundError):
            return open_regular(self.file, flags)
        descriptor = create_private(self.file, flags)
        sync_directory(self.directory)
        return descriptor

    def _mended(self, descriptor: int) -> _End:
        """See to it that the journal ends in a whole line; a line that a crash tore is kept in a file beside it."""
        size = os.fstat(descriptor).st_size
        lines = lines_before(descriptor, size)
        torn = next(lines, b"")
        newline = b""
        if torn is None:
            size = self._cut_overlong(descriptor, size)
        elif torn:
            try:
                return _End(size, entries.decode(torn).stamp, b"\n")
            except NewerLineError:
                newline = b"\n"
            except JournalLineError:
                size -= len(torn)
                self._keep_torn(torn)
                os.ftruncate(descriptor, size)
                os.fsync(descriptor)
        # Stamps only grow within the journal, so the last line that can be read has the newest. A journal that was
        # put back from the library may end in older ones: the floor that the library gives covers those.
        for line in islice(lines, 100):
            with suppress(JournalLineError):
                return _End(size, entries.decode(line or b"").stamp, newline)
        return _End(size, None, newline)

    def _cut_overlong(self, descriptor: int, size: int) -> int:
        """Move a last line that is longer than any journal's out of the way; returns where the journal then ends."""
        position = size
        while position > 0:
            start = max(0, position - BLOCK)
            found = os.pread(descriptor, position - start, start).rfind(b"\n")
            if found >= 0:
                position = start + found + 1
                break
            position = start
        for start in range(position, size, BLOCK):
            self._keep_torn(os.pread(descriptor, min(BLOCK, size - start), start), last=start + BLOCK >= size)
        os.ftruncate(descriptor, position)
        os.fsync(descriptor)
        return position

    def _keep_torn(self, torn: bytes, *, last: bool = True) -> None:
        path = self.file.with_name(self.file.name + TORN)
        flags = os.O_WRONLY | os.O_APPEND
        try:
            descriptor = open_regular(path, flags)
        except FileNotFoundError:
            descriptor = create_private(path, flags)
        try:
            put(descriptor, os.fstat(descriptor).st_size, torn + b"\n" if last else torn)
        finally:
            os.close(descriptor)


def _take(path: Path, number: int, line: bytes | None, tail: Tail) -> None:
    """Put what a line says into a tail: an entry or a problem. An empty line says nothing."""
    if line is not None and not line.strip():
        return
    if line is None:
        tail.problems.append(f"{_shown(path)}:{number} was passed over: the line is too long")
        return
    try:
        tail.entries.append((path.name, entries.decode(line)))
    except NewerLineError as error:
        tail.problems.append(f"{_shown(path)}:{number} is kept for later: {error}")
    except JournalLineError as error:
        tail.problems.append(f"{_shown(path)}:{number} was passed over: {error}")


def _backwards(path: Path) -> Iterator[Entry]:
    """The entries of one journal from its end; what cannot be read is passed over, as it was reported before."""
    try:
        descriptor = open_regular(path)
    except OSError:
        return
    try:
        lines = lines_before(descriptor, os.fstat(descriptor).st_size)
        next(lines, None)
        for line in lines:
            with suppress(JournalLineError):
                yield entries.decode(line or b"")
    finally:
        os.close(descriptor)


def _shown(path: Path) -> str:
    return f"the journal {clean_line(path.name, 100)}"
