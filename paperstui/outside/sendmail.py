"""Hands a letter to a program on this machine that takes one, such as `sendmail -t` or `msmtp -t`, never through a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from paperstui.errors import UsageError
from paperstui.outside.letters import ANSWER, Handing, NotSentError, UnconfirmedError
from paperstui.text.clean import clean_line

_PLACES = ("/usr/sbin", "/usr/lib", "/usr/local/sbin")  # where it is on systems that do not have it in the PATH
_SHOWN = 4_096


def command_of(setting: str) -> list[str]:
    """The program of a setting and its arguments.

    Raises:
        UsageError: it has a quotation mark that is not closed, or the program is not there.
    """
    try:
        words = shlex.split(setting)
    except ValueError:
        raise UsageError("mail.sendmail has a quotation mark that is not closed") from None
    if not words:
        raise UsageError("mail.sendmail names no program")
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_PLACES])
    program = shutil.which(words[0], path=path)
    if program is None:
        raise UsageError(f"mail.sendmail: {clean_line(words[0], 80)} is not there, or cannot be run")
    return [program, *words[1:]]


def send(message: bytes, setting: str, handing: Handing) -> None:
    """Hand over a message, its lines ended as on this machine. The program finds the receivers in it (`-t`).

    Ended with 0, it has the letter; with any other status it does not, which holds for Postfix, Exim, msmtp and nullmailer.

    Raises:
        UsageError: the setting is wrong.
        NotSentError: the program did not take the letter.
        UnconfirmedError: a signal ended it, or it did not end in time.
    """
    argv = command_of(setting)
    name = clean_line(Path(argv[0]).name, 60)
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=said, stderr=said)  # noqa: S603 - no shell
        except OSError as error:
            raise NotSentError(f"{name} did not start ({clean_line(error.strerror or error)})", lasting=True) from None
        try:
            whole = _write(process, message)
            if whole:
                handing()
            _close(process)
            status = process.wait(ANSWER)
        except subprocess.TimeoutExpired:
            raise UnconfirmedError(f"{name} did not end within {ANSWER / 60:.0f} minutes") from None
        finally:
            if process.poll() is None:
                # Killed before the end of its input it has no whole letter to send.
                process.kill()
                _close(process)
                process.wait()
        said.seek(0)
        words = clean_line(said.read(_SHOWN), 200)
    if status < 0:
        raise UnconfirmedError(f"{name} was ended by signal {-status}")
    if status:
        raise NotSentError(f"{name} did not take the letter (status {status}{': ' + words if words else ''})")
    if not whole:
        raise NotSentError(f"{name} did not read the whole letter")


def _write(process: subprocess.Popen[bytes], message: bytes) -> bool:
    """Give it the message, without the end; whether it took all of it."""
    try:
        if process.stdin is not None:
            process.stdin.write(message)
            process.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def _close(process: subprocess.Popen[bytes]) -> None:
    try:
        if process.stdin is not None:
            process.stdin.close()
    except BrokenPipeError:
        pass
