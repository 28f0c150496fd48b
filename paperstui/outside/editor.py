"""Hands a file to the user's editor in the terminal and waits until it ends; never through a shell."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from paperstui.errors import PaperstuiError
from paperstui.outside import lent
from paperstui.text.clean import clean_line

VARIABLES = ("VISUAL", "EDITOR")
"""What names the editor, the first one first; each may hold arguments."""

USUAL = ("editor", "nano", "vim", "vi", "emacs")
"""Editors that are tried where nothing names one; the first is Debian's name for the one that was chosen there."""


def command() -> list[str]:
    """The editor and its arguments.

    Raises:
        PaperstuiError: none is there.
    """
    for variable in VARIABLES:
        named = os.environ.get(variable, "")
        if not named.strip():
            continue
        try:
            program, *arguments = shlex.split(named)
        except ValueError:
            raise PaperstuiError(f"{variable} has a quotation mark that is not closed") from None
        found = shutil.which(os.path.expanduser(program)) if program else None  # noqa: PTH111 - it need not be a path
        if found is None:
            raise PaperstuiError(f"there is no editor {clean_line(program, 60)!r}, which {variable} names")
        return [found, *arguments]
    for name in USUAL:
        if found := shutil.which(name):
            return [found]
    raise PaperstuiError("there is no editor: EDITOR names yours")


def edit(argv: Sequence[str], file: Path) -> None:
    """Run an editor over a file until it ends. The caller has given the terminal away; call it from the main thread.

    Raises:
        StillOpenError: the terminal is gone, and it goes on.
        PaperstuiError: it could not be started, ended with an error or was killed; the file may have been written.
    """
    name = clean_line(Path(argv[0]).name, 60)
    try:
        status = lent.run([*argv, str(file)], name)
    except OSError as error:
        raise PaperstuiError(f"{name} did not start: {clean_line(error.strerror or error)}") from error
    if status < 0:
        raise PaperstuiError(f"{name} was ended by signal {-status}")
    if status:
        raise PaperstuiError(f"{name} ended with status {status}")
