"""Notes are decisions, and nothing that was written for one is lost on its way there."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from paperstui.errors import PaperstuiError, SaveError, UsageError
from paperstui.journal.entries import MAX_NOTE
from paperstui.models import Row
from paperstui.paths import Paths
from paperstui.usecases import Decision, Desk, Place
from paperstui.usecases.noting import MOST_BYTES, Draft
from tests.usecases.reading import forget_library, journal_of, open_desk, write_journal

FIRST, SECOND = "2606.00001", "2606.00002"


def note(desk: Desk, paper: str = FIRST) -> str:
    detail = desk.find(paper)
    assert detail is not None
    assert detail.state.note == desk.noting.note(paper)
    return detail.state.note


def write(desk: Desk, text: str, paper: str = FIRST) -> Decision | None:
    return desk.followed(desk.noting.write(paper, text))


def row(desk: Desk, paper: str = FIRST) -> Row:
    [found] = desk.rows_of([paper])
    return found


def found(desk: Desk, query: str) -> list[str]:
    return [each.id for each in desk.rows(desk.matching(Place("all"), query))]


def test_a_note_is_one_decision_with_a_citation(filled: Desk, places: Paths) -> None:
    assert write(filled, "Check **B**.") == Decision("Note on 1 paper", (FIRST,))
    assert write(filled, "Check **C**.") == Decision("Note on 1 paper", (FIRST,))
    assert write(filled, "Check **C**.\n") is None, "it says so already"
    assert write(filled, " \n") == Decision("Removed the note on 1 paper", (FIRST,))
    assert write(filled, "") is None
    first, second, third = journal_of(places)
    assert first["set"] == [[FIRST, "note", "Check **B**.", ""]]
    assert first["cite"][FIRST]["title"] == "Paper 1"
    assert second["set"] == [[FIRST, "note", "Check **C**.", "Check **B**."]]
    assert third["set"] == [[FIRST, "note", "", "Check **C**."]]
    assert "cite" not in third


def test_undo_and_redo_over_restarts(filled: Desk, places: Paths) -> None:
    write(filled, "one")
    write(filled, "two")
    filled.close()
    desk = open_desk(places)
    desk.undo()
    assert note(desk) == "one"
    desk.undo()
    assert note(desk) == ""
    desk.redo()
    assert note(desk) == "one"
    desk.close()
    forget_library(places)
    desk = open_desk(places)
    assert desk.noting.note(FIRST) == "one", "the journal alone knows it"
    desk.close()


def test_it_is_found_and_marked(filled: Desk) -> None:
    assert not row(filled).noted
    write(filled, "a proof of the *bound*")
    assert found(filled, "has:notes") == found(filled, "note:proof") == found(filled, "note:bound") == [FIRST]
    assert row(filled).noted
    assert not row(filled, SECOND).noted
    write(filled, "")
    assert found(filled, "has:notes") == []
    assert not row(filled).noted


def test_a_row_shows_it_before_the_library_follows(filled: Desk) -> None:
    filled.noting.write(FIRST, "soon")
    assert filled.behind
    assert row(filled).noted
    assert note(filled) == "soon"
    filled.noting.write(FIRST, "")
    assert not row(filled).noted


def test_what_stands_there_is_clean_and_keeps_its_form(filled: Desk) -> None:
    write(filled, "\n- a\n\t- b\x1b[31m\r\n\r\n```\n\tcode\n```\n\n \n")
    assert note(filled) == "- a\n    - b\n\n```\n    code\n```"


def test_notes_of_other_devices_are_cleaned(filled: Desk, places: Paths) -> None:
    write_journal(places, "other", {"t": 1, "set": [[FIRST, "note", "a\x1b]0;b\x07\u202ec", ""]]})
    filled.poll()
    assert note(filled) == "ac"


def test_a_text_that_is_too_long_is_refused_and_not_cut(filled: Desk, places: Paths) -> None:
    with pytest.raises(UsageError, match="a note is longer than 64 kB"):
        write(filled, "ä" * (MAX_NOTE // 2 + 1))
    assert write(filled, "ä" * (MAX_NOTE // 2)) is not None
    assert len(journal_of(places)) == 1


def test_a_note_that_changed_meanwhile_is_not_written_over(filled: Desk, other: Desk) -> None:
    write(other, "theirs")
    filled.poll()
    with pytest.raises(PaperstuiError, match="another paperstui has changed the note meanwhile"):
        filled.noting.write(FIRST, "mine", before="")
    assert filled.noting.write(FIRST, "theirs", before="") is None, "both wrote the same"
    assert note(filled) == "theirs"


def test_a_note_that_only_the_journal_knows_is_not_written_over(filled: Desk, other: Desk) -> None:
    draft = edited(filled.noting.begin(FIRST), "mine")
    other.noting.write(FIRST, "theirs")
    with pytest.raises(PaperstuiError, match=r"what you wrote is in .* has changed the note meanwhile"):
        filled.noting.finish(draft)
    assert (draft.file.read_text(), note(filled)) == ("mine", "theirs")


def test_an_editor_opens_on_the_note_that_only_the_journal_knows(filled: Desk, other: Desk) -> None:
    other.noting.write(FIRST, "theirs")
    draft = filled.noting.begin(FIRST)
    assert draft.file.read_text() == "theirs\n"
    assert filled.noting.finish(edited(draft, "both")) is not None
    assert note(filled) == "both"


def test_a_note_holds_against_one_of_a_clock_that_is_ahead(filled: Desk, places: Paths) -> None:
    ahead = 4_000_000_000_000
    write_journal(places, "other", {"t": ahead, "set": [[FIRST, "note", "theirs", ""]]})
    write(filled, "mine")
    assert note(filled) == "mine"
    assert [[FIRST, "note", "mine", "theirs"]] in [line["set"] for line in journal_of(places)], "undo brings it back"


def test_an_older_note_that_a_synchroniser_brings_is_not_written_over(filled: Desk, places: Paths) -> None:
    filled.followed(filled.decide((SECOND,), "starred", True))
    draft = edited(filled.noting.begin(FIRST), "mine")
    write_journal(places, "other", {"t": 1, "set": [[FIRST, "note", "theirs", ""]]})
    with pytest.raises(PaperstuiError, match="has changed the note meanwhile"):
        filled.noting.finish(draft)
    assert (draft.file.read_text(), note(filled)) == ("mine", "theirs")


def test_an_older_note_that_a_synchroniser_brings_does_not_hide_a_newer_one(filled: Desk, places: Paths) -> None:
    write(filled, "newer")
    write_journal(places, "other", {"t": 1, "set": [[FIRST, "note", "older", ""]]})
    assert filled.followed(filled.noting.append(FIRST, "more")) is not None
    assert note(filled) == "newer\n\nmore"


def test_what_two_append_at_the_same_time_is_all_there(filled: Desk, other: Desk) -> None:
    def append(desk: Desk, name: str) -> None:
        for number in range(20):
            desk.noting.append(FIRST, f"{name} {number}")

    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(append, filled, "a"), threads.submit(append, other, "b")]:
            done.result()
    filled.follow()
    expected = {f"{name} {number}" for name in "ab" for number in range(20)}
    lines = note(filled).split("\n\n")
    assert (set(lines), len(lines)) == (expected, 40)


def test_an_addition_that_does_not_fit_is_refused(filled: Desk, places: Paths) -> None:
    write(filled, "a" * (MAX_NOTE - 10))
    with pytest.raises(UsageError, match="a note is longer than 64 kB"):
        filled.noting.append(FIRST, "b" * 10)
    assert filled.noting.append(FIRST, "b" * 8) is not None
    assert filled.noting.append(FIRST, " \n") is None
    assert len(journal_of(places)) == 2


# In an editor


def edited(draft: Draft, text: str | bytes) -> Draft:
    """The draft when the editor has ended."""
    draft.file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return draft


def drafts(places: Paths) -> list[str]:
    return sorted(file.name for file in places.drafts.iterdir())


def test_the_editor_gets_a_private_file_with_the_note(filled: Desk, places: Paths) -> None:
    write(filled, "before")
    draft = filled.noting.begin(FIRST)
    assert (draft.file.name, draft.file.read_text()) == (f"{FIRST}.md", "before\n")
    assert draft.file.stat().st_mode & 0o777 == 0o600
    assert places.drafts.stat().st_mode & 0o777 == 0o700
    assert filled.noting.finish(edited(draft, "after\n")) == Decision("Note on 1 paper", (FIRST,))
    assert note(filled) == "after"
    assert drafts(places) == []


def test_an_unchanged_text_changes_nothing_and_an_empty_one_removes_the_note(filled: Desk, places: Paths) -> None:
    write(filled, "before")
    assert filled.noting.finish(filled.noting.begin(FIRST)) is None
    assert filled.noting.finish(edited(filled.noting.begin(FIRST), "")) is not None
    assert note(filled) == ""
    assert filled.noting.finish(filled.noting.begin(FIRST)) is None
    assert (len(journal_of(places)), drafts(places)) == (2, [])


def test_what_editors_leave_beside_it_goes_too(filled: Desk, places: Paths) -> None:
    draft = edited(filled.noting.begin(FIRST), "after")
    for name in (f"{FIRST}.md~", f".{FIRST}.md.un~"):
        (places.drafts / name).write_text("on the way")
    (places.drafts / f"{FIRST}.md.save").write_text("after")
    (places.drafts / f"#{FIRST}.md#").write_text("")
    (places.drafts / f".#{FIRST}.md").symlink_to("somebody@host.1")
    for name in ("2606.00002.md", f"1{FIRST}.md.save"):
        (places.drafts / name).write_text("another's")
    filled.noting.finish(draft)
    assert drafts(places) == [f"1{FIRST}.md.save", "2606.00002.md"]
    assert filled.noting.left(draft) is None


RESCUED = [f".{FIRST}.md.swp", f"{FIRST}.md.save", f"#{FIRST}.md#"]
"""Where Vim, nano and Emacs put what was typed and not saved when they are killed."""


@pytest.mark.parametrize("name", RESCUED)
def test_what_an_editor_that_was_killed_put_aside_is_kept_and_told(filled: Desk, places: Paths, name: str) -> None:
    write(filled, "before")
    draft = filled.noting.begin(FIRST)
    (places.drafts / name).write_bytes(b"b0VIM \xff typed for an hour")
    failed = PaperstuiError("vim was ended by signal 1")
    failed.exit_status = 5
    told = filled.noting.given_up(draft, failed)
    assert str(told) == (f"what your editor kept of it is in ~/state/paperstui/notes/{name}: vim was ended by signal 1")
    assert told.exit_status == 5
    assert drafts(places) == sorted([name, f"{FIRST}.md"]), "the editor finds it by the name of the note's file"
    again = filled.noting.begin(FIRST)
    assert again.earlier == places.drafts / name
    filled.noting.finish(edited(again, "after"))
    assert drafts(places) == sorted([name, f"{FIRST}.md"])
    assert filled.noting.left(again) == places.drafts / name


@pytest.mark.parametrize("text", ["before\n", "after"])
def test_what_an_editor_left_that_ended_well_is_kept_and_told(filled: Desk, places: Paths, text: str) -> None:
    write(filled, "before")
    draft = edited(filled.noting.begin(FIRST), text)
    for name in RESCUED:
        (places.drafts / name).write_text("typed for an hour")
    filled.noting.finish(draft)
    assert drafts(places) == sorted(RESCUED)
    assert filled.noting.left(draft) is not None
    again = filled.noting.begin(FIRST)
    assert again.file.name == f"{FIRST}.2.md", "no editor takes the other one's file for its own"
    filled.noting.finish(again)
    assert drafts(places) == sorted(RESCUED)


def test_what_an_editor_that_failed_left_of_the_same_text_goes(filled: Desk, places: Paths) -> None:
    write(filled, "before")
    draft = filled.noting.begin(FIRST)
    (places.drafts / f"{FIRST}.md~").write_text("before\n")
    (places.drafts / f".#{FIRST}.md").symlink_to("somebody@host.1")
    failed = PaperstuiError("emacs ended with status 1")
    assert filled.noting.given_up(draft, failed) is failed
    assert drafts(places) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"caf\xe9", "the note is not in UTF-8"),
        (b"a" * (MAX_NOTE + 1), "a note is longer than 64 kB"),
        (b"a" * (MOST_BYTES + 1), "a note is longer than 64 kB"),
    ],
    ids=["Latin-1", "long", "very long"],
)
def test_what_cannot_be_taken_is_kept(filled: Desk, places: Paths, text: bytes, said: str) -> None:
    write(filled, "before")
    draft = edited(filled.noting.begin(FIRST), text)
    with pytest.raises(PaperstuiError) as caught:
        filled.noting.finish(draft)
    assert str(caught.value) == f"what you wrote is in ~/state/paperstui/notes/{FIRST}.md: {said}"
    assert caught.value.exit_status == 2
    assert draft.file.read_bytes() == text
    assert note(filled) == "before"
    assert len(journal_of(places)) == 1


def test_what_cannot_be_saved_is_kept(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = edited(filled.noting.begin(FIRST), "after")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(PaperstuiError, match=r"what you wrote is in .*: the disk is full") as caught:
        filled.noting.finish(draft)
    assert caught.value.exit_status == SaveError.exit_status
    monkeypatch.undo()
    assert draft.file.read_text() == "after"
    assert note(filled) == ""


def test_what_was_written_over_a_newer_note_is_kept(filled: Desk, other: Desk) -> None:
    draft = edited(filled.noting.begin(FIRST), "mine")
    write(other, "theirs")
    filled.poll()
    with pytest.raises(PaperstuiError, match=r"what you wrote is in .* has changed the note meanwhile"):
        filled.noting.finish(draft)
    assert (draft.file.read_text(), note(filled)) == ("mine", "theirs")


@pytest.mark.parametrize("gone", [True, False])
def test_an_editor_that_failed_leaves_the_note_as_it_was(filled: Desk, places: Paths, gone: bool) -> None:
    draft = filled.noting.begin(FIRST)
    if gone:
        draft.file.unlink()
    failed = PaperstuiError("vim ended with status 1")
    assert filled.noting.given_up(draft, failed) is failed
    assert drafts(places) == []


def test_a_file_that_is_gone_is_told(filled: Desk) -> None:
    draft = filled.noting.begin(FIRST)
    draft.file.unlink()
    with pytest.raises(PaperstuiError, match=r"^the note cannot be read: No such file or directory$"):
        filled.noting.finish(draft)


def test_a_file_that_became_a_link_is_not_followed(filled: Desk, tmp_path: Path) -> None:
    draft = filled.noting.begin(FIRST)
    elsewhere = tmp_path / "secret"
    elsewhere.write_text("secret")
    draft.file.unlink()
    draft.file.symlink_to(elsewhere)
    with pytest.raises(PaperstuiError, match="the note cannot be read: it is a symbolic link"):
        filled.noting.finish(draft)
    assert elsewhere.read_text() == "secret"


def test_a_text_that_was_kept_is_not_written_over(filled: Desk, places: Paths) -> None:
    lost = edited(filled.noting.begin(FIRST), "lost")
    again = filled.noting.begin(FIRST)
    assert again.earlier == lost.file
    assert again.file.name == f"{FIRST}.2.md"
    filled.noting.finish(edited(again, "after"))
    assert drafts(places) == [lost.file.name]
    assert lost.file.read_text() == "lost"


@pytest.mark.parametrize("paper", ["hep-th/9901001", "title:0123456789abcdef"])
def test_ids_that_are_no_file_names(filled: Desk, places: Paths, paper: str) -> None:
    draft = filled.noting.begin(paper)
    assert draft.file.parent == places.drafts
    assert filled.noting.finish(edited(draft, "x")) is not None
    assert filled.noting.note(paper) == "x"


def test_where_no_file_can_be_made_nothing_is_begun(filled: Desk, places: Paths) -> None:
    places.drafts.write_text("in the way")
    with pytest.raises(SaveError):
        filled.noting.begin(FIRST)
