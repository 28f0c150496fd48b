"""The token for Hugging Face: where it is found, and how it is kept out of every message."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LONGEST = 1024


class Secret:
    """Text that shows itself only to who asks for it by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one header it belongs into."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def find_token(environment: Mapping[str, str] | None = None) -> tuple[Secret | None, str]:
    """The user's token, or None, and a notice about one that was found but is not used.

    Looked for in `HF_TOKEN` and then in the file that huggingface_hub keeps: `HF_TOKEN_PATH`, or `token` below
    `HF_HOME`, `$XDG_CACHE_HOME/huggingface` or `~/.cache/huggingface`. A file that other users can read is not used:
    everything here works without a token, which only raises limits. huggingface_hub makes the file 0600 since May 2026
    (its #4234).
    """
    env = os.environ if environment is None else environment
    given = env.get("HF_TOKEN") or env.get("HUGGING_FACE_HUB_TOKEN")
    if given:
        token = _usable(given)
        return token, "" if token else "HF_TOKEN does not hold a token and is not used"
    path = _token_file(env)
    if path is None:
        return None, ""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_LONGEST + 1)
    except (OSError, ValueError):
        return None, ""
    if mode & _OTHERS:
        return None, "the Hugging Face token is not used because others can read its file: chmod 600 makes it private"
    token = _usable(content.decode("utf-8", "replace"))
    return token, "" if token or not content.strip() else "the file of the Hugging Face token holds something else"


def _token_file(env: Mapping[str, str]) -> Path | None:
    named = env.get("HF_TOKEN_PATH")
    home = env.get("HF_HOME") or os.path.join(env.get("XDG_CACHE_HOME") or "~/.cache", "huggingface")  # noqa: PTH118
    try:
        return Path(named or home).expanduser() if named else Path(home).expanduser() / "token"
    except RuntimeError:
        return None


def _usable(text: str) -> Secret | None:
    """A token that can stand in a header: one line of printable ASCII without spaces."""
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
        return None
    return Secret(text)
