"""Looking at everything. Nothing is changed: what would change the library is tried on a copy of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from paperstui.errors import LibraryError, PaperstuiError, SaveError
from paperstui.journal.device import known_name
from paperstui.journal.store import Journal
from paperstui.library.connect import DamagedError
from paperstui.library.looking import OldError
from paperstui.library.store import Library
from paperstui.paths import Paths, under
from paperstui.text.clean import clean_line
from paperstui.usecases.checkup.files import files
from paperstui.usecases.checkup.findings import MEND, Finding, counted, in_bytes
from paperstui.usecases.checkup.surroundings import surroundings

NOBODY = "-"
"""Stands for this device in the journals where it has no name yet."""
SHOWN = 5
"""Lines that cannot be read that are told one by one."""

_TORN = "the last line of the journal {} was not finished when something crashed; it was never acknowledged"


def check_up(paths: Paths, *, network: bool = False) -> Iterator[Finding]:
    """Everything there is to say, as it is found; the library, which takes seconds, last.

    network: ask the home service, too. Raises nothing that has to do with what is looked at.
    """
    yield from surroundings(paths)
    yield from files(paths)
    if network:
        from paperstui.usecases.checkup.network import service

        yield service()
    yield from journals(paths)
    yield from library(paths)


def journals(paths: Paths) -> Iterator[Finding]:
    """Whether every line of every journal can be read."""
    journal = journal_of(paths)
    try:
        found = journal.files()
        tail = journal.read_from({})
    except SaveError as error:
        yield Finding(id="journals", state="wrong", text=str(error), advice="see who may read it")
        return
    for problem in tail.problems[:SHOWN]:
        advice = (
            "update paperstui"
            if "kept for later" in problem
            else "nothing else is lost; delete the line if you know it"
        )
        yield Finding(id="journals", state="wrong", text=problem, advice=advice)
    if len(tail.problems) > SHOWN:
        more = counted(len(tail.problems) - SHOWN, "more line", "more lines")
        yield Finding(id="journals", state="wrong", text=f"and {more} cannot be read")
    for path in found:
        if is_torn(path):
            # Another device's may only be on its way here.
            mine = path == journal.file
            text = _TORN.format(clean_line(path.name, 60))
            yield Finding(id="journals", state="wrong" if mine else "note", text=text, advice=MEND if mine else "")
    if not tail.problems:
        text = f"{counted(len(tail.entries), 'decision')} in {counted(len(found), 'journal')}"
        yield Finding(
            id="journals", text=f"{text}, every line can be read" if found else "none yet: nothing was decided"
        )


def journal_of(paths: Paths) -> Journal:
    """The journals, with this device's if it has a name."""
    return Journal(paths.journal, known_name(paths.device) or NOBODY, paths.locks)


def is_torn(path: Path) -> bool:
    """Whether the last line of a journal has no end."""
    try:
        with path.open("rb") as file:
            if not file.seek(0, os.SEEK_END):
                return False
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"
    except OSError:
        return False


def library(paths: Paths) -> Iterator[Finding]:
    """The library itself."""
    try:
        looked_at = Library.look(paths)
    except FileNotFoundError:
        where = clean_line(paths.library)
        yield Finding(id="library", text=f"there is none yet; paperstui makes {where} when it is opened")
        return
    except OldError as error:
        yield Finding(id="library", state="note", text=str(error), advice="opening paperstui updates it")
        return
    except DamagedError as error:
        yield Finding(id="library", state="wrong", text=str(error), advice=MEND)
        return
    except LibraryError as error:
        yield Finding(id="library", state="wrong", text=str(error), unusable=True)
        return
    try:
        yield from _inside(looked_at, paths)
    finally:
        looked_at.close()


def _inside(looked_at: Library, paths: Paths) -> Iterator[Finding]:
    size = in_bytes(paths.library.stat().st_size)
    try:
        totals = looked_at.totals()
        about = f"{counted(totals.papers, 'paper')}, {totals.starred:,} starred, {totals.unread:,} unread"
        yield Finding(id="library", text=f"{clean_line(paths.library)}: {about}, {size}")
        yield _integrity(looked_at)
        yield _strays(looked_at)
        with tempfile.TemporaryDirectory(prefix="paperstui-doctor-") as directory:
            yield from _tried_out(looked_at, paths, under(Path(directory)))
    except DamagedError as error:
        yield Finding(id="library", state="wrong", text=clean_line(error), advice=MEND)
    except PaperstuiError as error:
        yield Finding(id="library", state="wrong", text=clean_line(error))


def _integrity(looked_at: Library) -> Finding:
    found = looked_at.care.verify()
    if not found:
        return Finding(id="integrity", text="SQLite finds the library whole")
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Finding(
        id="integrity", state="wrong", text=f"SQLite finds damage: {clean_line(found[0], 120)}{more}", advice=MEND
    )


def _strays(looked_at: Library) -> Finding:
    strays = looked_at.care.strays()
    if strays:
        found = ", ".join(f"{number:,} in {table}" for table, number in sorted(strays.items()))
        return Finding(
            id="references", state="wrong", text=f"rows about papers that are not there: {found}", advice=MEND
        )
    bodiless = looked_at.care.bodiless()
    if bodiless:
        papers = counted(bodiless, "paper")
        return Finding(
            id="references", state="wrong", text=f"{papers} without a text", advice=f"{MEND}, then paperstui refresh"
        )
    return Finding(id="references", text="every listing, vote, tag and note has its paper, and every paper its text")


def _tried_out(looked_at: Library, paths: Paths, scratch: Paths) -> Iterator[Finding]:
    """What a repair would change, found out by making it on a copy of library and journals."""
    try:
        copy = looked_at.rehearse(scratch)
        journal = journal_of(paths).copied(scratch.journal, scratch.locks)
    except (SaveError, OSError) as error:
        text = f"index and decisions were not compared: {clean_line(error)}"
        yield Finding(id="index", state="note", text=text, advice="name a directory with room in TMPDIR")
        return
    try:
        if copy.care.index_agrees():
            yield Finding(id="index", text="the search index holds exactly the texts of the papers")
        else:
            yield Finding(
                id="index", state="wrong", text="the search index does not agree with the papers", advice=MEND
            )
        if copy.text_is_stale():
            yield Finding(
                id="index",
                state="note",
                text="the searched text is of an earlier version",
                advice="the reader renews it",
            )
        yield _decisions(copy, journal)
    finally:
        copy.close()


def _decisions(copy: Library, journal: Journal) -> Finding:
    # First, because reading on writes down what journals lack that are gone.
    unsaid = copy.rewrite_journal(journal)
    ahead = copy.catch_up(journal).applied
    changed = copy.care.settle(journal)
    if changed:
        papers = counted(changed, "paper")
        return Finding(
            id="decisions",
            state="wrong",
            text=f"of {papers} the library shows another state than the journals say",
            advice=MEND,
        )
    if unsaid:
        entries = counted(unsaid, "decision")
        return Finding(id="decisions", state="wrong", text=f"{entries} of the library in no journal", advice=MEND)
    more = f"; {counted(ahead, 'newer one', 'newer ones')} will be taken in at the next start" if ahead else ""
    return Finding(id="decisions", text=f"the library shows what the journals say{more}")
