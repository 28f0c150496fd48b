"""Putting right what can be put right without losing anything, in an order in which each step is safe."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from msgspec import Struct

from paperstui import clock
from paperstui.documents.cache import FILE, DocumentCache, is_sound
from paperstui.errors import LibraryError, PaperstuiError
from paperstui.journal.device import device_name
from paperstui.journal.store import Journal
from paperstui.library import backup
from paperstui.library.connect import DamagedError
from paperstui.library.looking import OldError
from paperstui.library.presence import Presence
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.text.clean import clean_line
from paperstui.usecases.checkup.examining import is_torn
from paperstui.usecases.checkup.files import open_to_others
from paperstui.usecases.checkup.findings import counted


class Repair(Struct, frozen=True):
    """One step: what it was about, and what was done or why it could not be."""

    id: str
    text: str
    done: bool = True


def repair(paths: Paths) -> Iterator[Repair]:
    """Repair what can be repaired, and say each thing that was done; nothing where nothing was to be done.

    Nothing is touched of a library of a later version or of another program.
    """
    try:
        suspect = _look(paths)
    except LibraryError as error:
        yield Repair("library", f"nothing was repaired: {error}", done=False)
        return
    try:
        yield from _modes(paths)
        paths.make()
        if suspect:
            Presence(paths.locks).suspect()
        opened = Library.open(paths)
    except PaperstuiError as error:
        yield Repair("library", clean_line(error), done=False)
        return
    try:
        yield from (Repair("library", notice, done=not opened.readonly) for notice in opened.notices)
        if not opened.readonly:
            yield from _library(opened, paths)
    except PaperstuiError as error:
        yield Repair("library", clean_line(error), done=False)
    finally:
        opened.close()
    if (paths.documents / FILE).exists() and not is_sound(paths.documents):
        DocumentCache(paths.documents).clear()
        yield Repair("documents", "emptied the cache, which could not be read")


def _look(paths: Paths) -> bool:
    """Whether SQLite finds damage in the library.

    Raises:
        LibraryError: it is not for this program.
    """
    try:
        looked_at = Library.look(paths)
    except (FileNotFoundError, OldError):
        return False
    except DamagedError:
        return True
    try:
        return bool(looked_at.care.verify())
    except DamagedError:
        return True
    finally:
        looked_at.close()


def _modes(paths: Paths) -> Iterator[Repair]:
    for path in open_to_others(paths):
        shown = clean_line(path)
        try:
            path.chmod(0o700 if path.is_dir() else 0o600)
        except OSError as error:
            yield Repair("modes", f"{shown} stays open to others: {clean_line(error.strerror or error)}", done=False)
        else:
            yield Repair("modes", f"closed {shown} to others")


def _library(opened: Library, paths: Paths) -> Iterator[Repair]:
    # The index follows from the papers, so that making it anew loses nothing and needs no backup.
    indexed = opened.care.index_agrees()
    if not indexed:
        opened.care.reindex()
        yield Repair("index", "made the search index anew")
    backed_up = yield from _back_up(opened, paths)
    yield from _decisions(opened, paths)
    if backed_up:
        dropped = opened.care.drop_strays() if opened.care.strays() else 0
        if dropped:
            yield Repair("references", f"deleted {counted(dropped, 'row')} about papers that are not there")
        made = opened.care.embody() if opened.care.bodiless() else 0
        if made:
            opened.care.reindex()
            yield Repair(
                "references", f"gave {counted(made, 'paper')} an empty text, which the next refresh of its day fills"
            )
    if opened.text_is_stale():
        opened.renew_text()
        yield Repair("index", "renewed the searched text")


def _back_up(opened: Library, paths: Paths) -> Generator[Repair, None, bool]:
    """See to it that there is a whole copy of today, and not one in its place that is worse."""
    newest = backup.newest_good(paths.backups)
    if newest is not None and newest[0] == clock.today():
        return True
    if not opened.totals().papers:
        return True
    made = opened.back_up()
    if made.path is None:
        yield Repair("backups", made.why_not or "another paperstui is making a backup just now", done=False)
        return False
    yield Repair("backups", f"backed the library up to {clean_line(made.path.name)}")
    return True


def _decisions(opened: Library, paths: Paths) -> Iterator[Repair]:
    journal = Journal(paths.journal, device_name(paths.device), paths.locks)
    if journal.file.exists() and is_torn(journal.file):
        # Whatever is appended mends the end of the file first, and this appends nothing.
        journal.restore(())
        yield Repair("journals", f"mended the end of {clean_line(journal.file.name)}; what was torn is kept beside it")
    written = opened.rewrite_journal(journal)
    if written:
        yield Repair("decisions", f"wrote {counted(written, 'decision')} down that only the library knew")
    opened.catch_up(journal)
    changed = opened.care.settle(journal)
    if changed:
        yield Repair("decisions", f"brought {counted(changed, 'paper')} to the state that the journals say")
