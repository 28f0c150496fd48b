"""Puts text on the clipboard: by a command where there is one, and by the terminal (OSC 52), which works over SSH too.

The sequence is only built here; whoever owns the terminal writes it.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from paperstui.errors import PaperstuiError
from paperstui.text.clean import clean

MOST_BYTES = 74_994
"""The longest text a terminal takes: its Base64 and the introducer make 100,000 bytes, where terminals stop reading."""

TIMEOUT = 2.0
"""Seconds a clipboard command may take."""

_WITHOUT_CLIPBOARD = frozenset({"linux", "dumb", "vt100", "vt220"})
_SCREEN_CHUNK = 240  # GNU screen reads strings of at most 256 bytes
_MOST_CHARACTERS = 10_000_000


@dataclass(frozen=True, slots=True)
class Copied:
    """How a text reached the clipboard: the name of the command, or "" if only the terminal can take it."""

    how: str


def osc52(text: str, *, tmux: bool = False, screen: bool = False) -> str:
    r"""The sequence that asks the terminal to put the text on its clipboard.

    In tmux it is wrapped so that tmux passes it on (`\ePtmux;…\e\\`, if its option allow-passthrough is on); in GNU
    screen it is cut into strings of at most 256 bytes.

    Raises:
        PaperstuiError: the text has more than `MOST_BYTES` bytes, of which terminals would keep nothing or a part.
    """
    data = clean(text, _MOST_CHARACTERS).encode("utf-8", "replace")
    if len(data) > MOST_BYTES:
        raise PaperstuiError(f"too long for the terminal's clipboard: {len(data):,} bytes, at most {MOST_BYTES:,}")
    # BEL ends it, for the other terminator would end the wrapping of tmux and screen as well.
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    if tmux:
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if screen:
        chunks = (sequence[at : at + _SCREEN_CHUNK] for at in range(0, len(sequence), _SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return sequence


def terminal_sequence(text: str) -> str:
    """`osc52` for the terminal this process runs in. In tmux both forms, as its settings decide which of them it takes.

    Raises:
        PaperstuiError: as `osc52`.
    """
    if os.environ.get("TMUX"):
        return osc52(text) + osc52(text, tmux=True)
    return osc52(text, screen=bool(os.environ.get("STY")))


def terminal_takes() -> bool:
    """Whether the terminal may put text on its clipboard; False where it is known that it does not."""
    return os.environ.get("TERM", "") not in _WITHOUT_CLIPBOARD and os.environ.get("TERM_PROGRAM") != "Apple_Terminal"


def copy_commands() -> list[list[str]]:
    """The commands that take the clipboard's new text on their standard input, best first; those that are here."""
    candidates: list[list[str]] = []
    if sys.platform == "darwin":
        candidates.append(["pbcopy"])
    if os.environ.get("WAYLAND_DISPLAY"):
        candidates.append(["wl-copy", "--type", "text/plain"])
    if os.environ.get("DISPLAY"):
        candidates += (["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"])
    if os.environ.get("WSL_DISTRO_NAME"):
        candidates.append(["clip.exe"])
    return [command for command in candidates if shutil.which(command[0])]


def copy_now(text: str, *, timeout: float = TIMEOUT) -> Copied:
    """Put the text on the clipboard with the first command that can; `how` is "" without one, and the terminal has to do it.

    Raises:
        PaperstuiError: all commands failed or took longer than `timeout` seconds; it says of the first one how.
    """
    failed: PaperstuiError | None = None
    for command in copy_commands():
        try:
            return _copy_with(command, text, timeout)
        except PaperstuiError as error:
            failed = failed or error
    if failed is not None:
        raise failed
    return Copied("")


def _copy_with(command: list[str], text: str, timeout: float) -> Copied:
    name = command[0]
    text = clean(text, _MOST_CHARACTERS)
    # Windows reads UTF-16, and knows it by its byte order mark.
    data = text.encode("utf-16" if name == "clip.exe" else "utf-8", "replace")
    environment = {**os.environ, "LC_CTYPE": "UTF-8"} if name == "pbcopy" else None
    try:
        # Not captured: wl-copy and xclip leave a child behind that would hold a pipe open for as long as they serve.
        subprocess.run(  # noqa: S603 - fixed lists and no shell
            command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            check=True,
            env=environment,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise PaperstuiError(f"{name} did not take the text within {timeout:g} s") from None
    except subprocess.CalledProcessError as error:
        raise PaperstuiError(f"{name} failed with status {error.returncode}") from None
    except OSError as error:
        raise PaperstuiError(f"{name} did not start: {error.strerror or type(error).__name__}") from None
    return Copied(name)
