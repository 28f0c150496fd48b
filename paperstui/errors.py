"""The errors a user can meet. Each says one clear line and carries the exit status of the command line.

    PaperstuiError (1)
    ├── UsageError (2)          what was asked for makes no sense
    │   └── QueryError (2)      a query does, at a place that is known
    ├── LibraryError (3)        the library cannot be used (newer, not ours, beyond repair)
    ├── SourceError (4)         a source could not be reached or answered badly
    └── SaveError (5)           a decision or a paper could not be saved (disk full, read-only)

Text that comes from outside (a path, an HTTP body, an exception of another library) goes through
`paperstui.text.clean.clean_line` before it becomes part of a message.
"""

from __future__ import annotations

import errno

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


class PaperstuiError(Exception):
    """Something failed, and the message says what in one line that a user understands."""

    exit_status = 1


class UsageError(PaperstuiError):
    """The command line or a value on it is wrong."""

    exit_status = 2


class QueryError(UsageError):
    """A part of a query makes no sense. text: the whole query; start, end: where in it the part stands."""

    def __init__(self, message: str, text: str, start: int, end: int) -> None:
        super().__init__(message)
        self.text = text
        self.start = start
        self.end = end


class LibraryError(PaperstuiError):
    """The library file cannot be used: it is of a newer version, of another program, or damaged beyond repair."""

    exit_status = 3


class SourceError(PaperstuiError):
    """A source could not be reached, refused, or sent something that is not what it should be.

    `kind` is one word for the state on screen: "offline", "timeout", "limited", "refused", "server", "answer", "empty",
    "absent" (it answered well, and has no such thing).
    `retry_at` is the Unix time in seconds before which the source must not be asked again, or None.
    """

    exit_status = 4

    def __init__(self, message: str, *, kind: str = "answer", retry_at: float | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_at = retry_at


class SaveError(PaperstuiError):
    """It could not be written: the disk is full, the place is read-only or a file cannot be opened."""

    exit_status = 5


_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def save_error(what: str, cause: OSError | sqlite3.Error) -> SaveError:
    """Turn a failed write into a line a user understands; `what` names the thing ("the journal", "the library")."""
    if isinstance(cause, OSError):
        if cause.errno in _FULL:
            return SaveError(f"the disk is full: {what} was not saved")
        if cause.errno in _READ_ONLY:
            return SaveError(f"{what} is read-only here and was not saved")
        return SaveError(f"{what} was not saved: {cause.strerror or type(cause).__name__}")
    text = str(cause)
    if "full" in text:
        return SaveError(f"the disk is full: {what} was not saved")
    if "readonly" in text or "unable to open" in text:
        return SaveError(f"{what} is read-only here and was not saved")
    if "disk I/O" in text:
        return SaveError(f"{what} was not saved: the disk reports an error; is it full?")
    return SaveError(f"{what} was not saved: {text}")
