"""Where a large body goes while it comes: a file, so that a hundred megabytes are never in memory."""

from __future__ import annotations

import os
from typing import BinaryIO

from paperstui.errors import save_error

_HEAD = 1_024
_TAIL = 2_048


class Landing:
    """A file that is written from its beginning at each try. Its methods block, so an event loop calls them in a thread.

    what: what is written, for messages. All methods raise `SaveError` when the disk is full or says no.
    """

    def __init__(self, file: BinaryIO, what: str) -> None:
        self._file = file
        self._what = what

    def begin(self) -> None:
        """Forget what an earlier try brought."""
        try:
            self._file.seek(0)
            self._file.truncate()
        except OSError as error:
            raise save_error(self._what, error) from error

    def write(self, data: bytes) -> None:
        """Take the next piece."""
        try:
            self._file.write(data)
        except OSError as error:
            raise save_error(self._what, error) from error

    def ends(self) -> bytes:
        """The first bytes and the last, as one, of what is now on its way to the disk."""
        try:
            self._file.flush()
            size = self._file.seek(0, os.SEEK_END)
            self._file.seek(0)
            head = self._file.read(_HEAD)
            self._file.seek(max(len(head), size - _TAIL))
            return head + self._file.read()
        except OSError as error:
            raise save_error(self._what, error) from error
