"""Hands a file to the user's editor in the terminal and waits until it ends; never through a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from paperstui.errors import PaperstuiError
from paperstui.text.clean import clean_line

VARIABLES = ("VISUAL", "EDITOR")
"""What names the editor, the first one first; each may hold arguments."""

USUAL = ("editor", "nano", "vim", "vi", "emacs")
"""Editors that are tried where nothing names one; the first is Debian's name for the one that was chosen there."""

_OWN = (signal.SIGINT, signal.SIGQUIT)
"""Signals of the keyboard, which are the editor's while it has the terminal."""

_LATER = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end this program, when the editor has ended."""


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
        PaperstuiError: it could not be started, ended with an error or was killed; the file may have been written.
    """
    name = clean_line(Path(argv[0]).name, 60)
    try:
        with _left_to_it():
            status = subprocess.run([*argv, str(file)], check=False).returncode  # noqa: S603 - a list, and no shell
    except OSError as error:
        raise PaperstuiError(f"{name} did not start: {clean_line(error.strerror or error)}") from error
    if status < 0:
        raise PaperstuiError(f"{name} was ended by signal {-status}")
    if status:
        raise PaperstuiError(f"{name} ended with status {status}")


@contextmanager
def _left_to_it() -> Iterator[None]:
    """While it lasts, the keyboard's signals mean nothing to this program, and what would end it waits for the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []

    def keep(number: int, _: FrameType | None) -> None:
        if number in _LATER:
            waiting.append(number)

    # Handlers of our own, for what is ignored would be ignored by the editor as well. The event loop of whoever calls
    # is told of no signal meanwhile.
    woken = signal.set_wakeup_fd(-1)
    before = {number: signal.getsignal(number) for number in (*_OWN, *_LATER)}
    heeded = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]
    for number in heeded:
        signal.signal(number, keep)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, before[number])
        signal.set_wakeup_fd(woken)
        for late in dict.fromkeys(waiting):
            signal.raise_signal(late)
