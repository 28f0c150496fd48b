from __future__ import annotations

import errno
import os
import sqlite3

import pytest

from paperstui import errors
from paperstui.errors import LibraryError, PaperstuiError, SaveError, SourceError, UsageError, save_error


def test_every_error_has_its_own_exit_status() -> None:
    kinds = {kind: kind.exit_status for kind in (PaperstuiError, UsageError, LibraryError, SourceError, SaveError)}
    assert list(kinds.values()) == [1, 2, 3, 4, 5]
    assert all(issubclass(kind, PaperstuiError) for kind in kinds)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    assert errors.__doc__ is not None
    for kind in [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, PaperstuiError)]:
        assert f"{kind.__name__} ({kind.exit_status})" in errors.__doc__


def test_a_source_error_says_what_kind_and_until_when() -> None:
    error = SourceError("huggingface.co asks for a pause", kind="limited", retry_at=1_780_000_000.5)
    assert str(error) == "huggingface.co asks for a pause"
    assert (error.kind, error.retry_at) == ("limited", 1_780_000_000.5)
    assert (SourceError("odd").kind, SourceError("odd").retry_at) == ("answer", None)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_called_full(number: int) -> None:
    assert (
        str(save_error("the journal", OSError(number, os.strerror(number))))
        == "the disk is full: the journal was not saved"
    )


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_place_that_may_not_be_written_is_called_read_only(number: int) -> None:
    error = save_error("the journal", OSError(number, os.strerror(number)))
    assert str(error) == "the journal is read-only here and was not saved"


def test_any_other_failure_keeps_the_systems_words() -> None:
    assert (
        str(save_error("the journal", OSError(errno.EIO, "Input/output error")))
        == "the journal was not saved: Input/output error"
    )
    assert str(save_error("the journal", FileExistsError())) == "the journal was not saved: FileExistsError"


def test_sqlites_failures_are_told_the_same_way() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as full:
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert str(save_error("the library", full.value)) == "the disk is full: the library was not saved"
    connection.execute("PRAGMA query_only = 1")
    with pytest.raises(sqlite3.OperationalError) as read_only:
        connection.execute("INSERT INTO t VALUES (1)")
    assert str(save_error("the library", read_only.value)) == "the library is read-only here and was not saved"
    connection.close()
    with pytest.raises(sqlite3.OperationalError) as nowhere:
        sqlite3.connect("/nowhere/at/all/library.db")
    assert "read-only" in str(save_error("the library", nowhere.value))
    assert (
        str(save_error("the library", sqlite3.Error("disk I/O error")))
        == "the library was not saved: the disk reports an error; is it full?"
    )


@pytest.mark.parametrize("cause", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "odd"), sqlite3.Error("odd")])
def test_a_save_error_has_status_5_and_one_line(cause: OSError | sqlite3.Error) -> None:
    error = save_error("the library", cause)
    assert isinstance(error, SaveError)
    assert error.exit_status == 5
    assert "\n" not in str(error)
