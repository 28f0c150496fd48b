"""Notes: what a user writes about a paper, at once or in an editor, and nothing of it is lost on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperstui.errors import PaperstuiError, SaveError, UsageError, save_error
from paperstui.journal.entries import MAX_NOTE
from paperstui.journal.files import create_private, open_regular
from paperstui.paths import Paths, private_directory, short
from paperstui.text.clean import clean_line

if TYPE_CHECKING:
    from paperstui.library.store import Library
    from paperstui.usecases.deciding import Decisions
    from paperstui.usecases.results import Decision

MOST_BYTES = 4 * MAX_NOTE
"""Bytes of a file that are read at most: what cleaning makes shorter may fit."""

_MOST_DRAFTS = 1_000
_UNFIT = re.compile(r"[^0-9A-Za-z.-]")


class Draft(NamedTuple):
    """A note while it is written in an editor.

    paper: its id. before: the note as it was. file: what the editor is given. earlier: another file with a text of this
    paper's note, which was never saved or is being written now; None if there is none.
    """

    paper: str
    before: str
    file: Path
    earlier: Path | None = None


class Noting:
    """Reads and writes notes. The library is to follow what is written, as with every decision."""

    def __init__(self, paths: Paths, library: Library, decisions: Decisions) -> None:
        self._drafts = paths.drafts
        self._library = library
        self._decisions = decisions

    def note(self, paper: str) -> str:
        """The note on a paper, "" if there is none."""
        note = self._library.state([paper]).get(paper, {}).get("note")
        return note if isinstance(note, str) else ""

    def write(self, paper: str, text: str, *, before: str | None = None) -> Decision | None:
        """Write a note in place of the one there is; an empty text removes it. None when it says so already.

        before: the note that the text was made from; see `Decisions.note`.

        Raises:
            UsageError: the text is too long.
            PaperstuiError: the note is another one than `before` by now.
            SaveError: it could not be written down; nothing is changed.
        """
        return self._decisions.note(paper, text, before)

    def append(self, paper: str, text: str) -> Decision | None:
        """Put a text below the note there is, also one that others write at the same time. None when it is empty.

        Raises:
            UsageError: the text, or the note with it, is too long.
            SaveError: it could not be written down; nothing is changed.
        """
        return self._decisions.note(paper, text, below=True)

    def begin(self, paper: str) -> Draft:
        """Put the note on a paper into a file of its own, for an editor.

        Raises:
            SaveError: there can be no such file.
        """
        before = self._decisions.noted(paper)
        name = _UNFIT.sub("-", paper)
        private_directory(self._drafts)
        earlier = None
        for number in range(1, _MOST_DRAFTS):
            file = self._drafts / (f"{name}.md" if number == 1 else f"{name}.{number}.md")
            if rescued := self._rescued(file):
                # An editor would take it for its own, and what is left of this one could not be told from it.
                earlier = rescued[0]
                continue
            try:
                descriptor = create_private(file)
            except FileExistsError:
                earlier = file
                continue
            except OSError as error:
                raise save_error("the note", error) from error
            draft = Draft(paper, before, file, earlier)
            try:
                with os.fdopen(descriptor, "wb") as opened:
                    opened.write(_put(before))
            except OSError as error:
                self._remove(file, {_put(before)})
                raise save_error("the note", error) from error
            return draft
        raise SaveError(f"too many notes that were not saved are in {short(self._drafts)}")

    def finish(self, draft: Draft) -> Decision | None:
        """Take the note out of its file, write it down and remove the file. None when it is as it was.

        What the editor put beside it and did not take away again is not removed; see `left`.

        Raises:
            PaperstuiError: what was written cannot be read or saved; the message says in which file it is kept.
        """
        try:
            found = self._bytes(draft)
            decision = self.write(draft.paper, decoded(BytesIO(found).read), before=draft.before)
        except PaperstuiError as error:
            raise self.given_up(draft, error) from error
        self._remove(draft.file, {_put(draft.before), found}, backups=True)
        return decision

    def given_up(self, draft: Draft, error: PaperstuiError) -> PaperstuiError:
        """Leave a note as it was. The error to raise, which says where what was written is, if anything may have been."""
        known = {_put(draft.before)}
        rescued = self._rescued(draft.file, known)
        if self._differs(draft):
            said = f"what you wrote is in {short(draft.file)}"
        elif rescued:
            said = f"what your editor kept of it is in {short(rescued[0])}"
        else:
            self._remove(draft.file, known)
            return error
        told = PaperstuiError(f"{said}: {error}")
        told.exit_status = error.exit_status
        return told

    def left(self, draft: Draft) -> Path | None:
        """What may hold a text of this note that was never saved: of another time, or what its editor left behind."""
        return next(iter(self._rescued(draft.file)), draft.earlier)

    def _bytes(self, draft: Draft) -> bytes:
        try:
            with os.fdopen(open_regular(draft.file), "rb") as file:
                return file.read(MOST_BYTES + 1)
        except OSError as error:
            raise PaperstuiError(f"the note cannot be read: {clean_line(error.strerror or error)}") from error

    def _differs(self, draft: Draft) -> bool:
        """Whether the file holds anything that is not the note as it was."""
        try:
            with draft.file.open("rb") as file:
                return file.read(MOST_BYTES + 1) != _put(draft.before)
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def _remove(self, file: Path, known: set[bytes], *, backups: bool = False) -> None:
        """Remove a file, and what editors leave beside one: locks, and whatever else holds nothing of its own.

        backups: and what was saved on the way to a note that is written down.
        """
        rescued = {each for each in self._rescued(file, known) if not (backups and each.name.endswith("~"))}
        for beside in {file, *self._beside(file)} - rescued:
            with suppress(OSError):
                beside.unlink()

    def _rescued(self, file: Path, known: Collection[bytes] = ()) -> list[Path]:
        """What an editor left beside a file that may hold the only copy of what was typed: a swap file, an autosave.

        known: the texts that are no loss.
        """
        return [beside for beside in self._beside(file) if not _is_known(beside, known)]

    def _beside(self, file: Path) -> list[Path]:
        named = re.compile(rf"(?<![0-9A-Za-z-]){re.escape(file.name)}")
        try:
            return sorted(each for each in self._drafts.iterdir() if each != file and named.search(each.name))
        except OSError:
            return []


def _is_known(file: Path, known: Collection[bytes]) -> bool:
    """Whether what stands beside a draft is empty, a link (a lock), or one of the texts that are no loss."""
    if file.is_symlink():
        return True
    try:
        with os.fdopen(open_regular(file), "rb") as opened:
            found = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return not found or found in known


def decoded(read: Callable[[int], bytes]) -> str:
    """The text of a note. read: gives at most so many of its bytes.

    Raises:
        UsageError: it is too long, or not in UTF-8.
    """
    found = read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise UsageError(f"a note is longer than {MAX_NOTE // 1024} kB")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("the note is not in UTF-8") from None


def _put(note: str) -> bytes:
    """A note as it stands in a file."""
    return f"{note}\n".encode() if note else b""
