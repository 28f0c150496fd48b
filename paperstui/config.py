"""The user's settings: `config.toml` in the config directory. A mistake in it costs that setting, never the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from paperstui.errors import UsageError

LARGEST = 1_000_000
"""Bytes of a settings file that are read at most."""


class Settings(NamedTuple):
    """All settings with their defaults; the field names are the keys of the file.

    theme: name of a theme, "paperstui-dark", "paperstui-light" or one of Textual's.
    read_on_open: opening a paper (Enter) marks it read.
    auto_advance: `r` moves on to the next paper.
    refresh_minutes: minutes between background refreshes; 0 turns them off.
    browser: command that opens a page; "%s" stands for the address. Empty: `$BROWSER`, then the system's.
    problems: what was wrong with the file, one line each.
    """

    theme: str = "paperstui-dark"
    read_on_open: bool = False
    auto_advance: bool = True
    refresh_minutes: int = 30
    browser: str = ""
    problems: tuple[str, ...] = ()


def load(path: Path) -> Settings:
    """Read the settings; a missing file means the defaults. What cannot be used is named in `problems`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problems=(f"{path.name} cannot be read ({error.strerror}): the defaults are used",))
    if len(data) > LARGEST:
        return Settings(problems=(f"{path.name} is larger than 1 MB: the defaults are used",))
    import tomllib

    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # a number of many thousand digits is a ValueError of Python's own
        return Settings(problems=(f"{path.name} is not valid TOML ({_one_line(error)}): the defaults are used",))
    return _checked(found, path.name)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _checked(found: dict[str, Any], name: str) -> Settings:
    defaults = Settings()
    values: dict[str, Any] = {}
    problems: list[str] = []
    known = set(Settings._fields) - {"problems"}
    for key, value in found.items():
        shown = "".join(letter for letter in key[:40] if letter.isprintable())
        if key not in known:
            problems.append(f"{name}: there is no setting {shown!r}{_did_you_mean(key, known)}")
            continue
        try:
            values[key] = _value(key, value, getattr(defaults, key))
        except UsageError as error:
            problems.append(f"{name}: {error}")
    return Settings(**values, problems=tuple(problems))


def _did_you_mean(key: str, known: set[str]) -> str:
    import difflib

    close = difflib.get_close_matches(key, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _value(key: str, value: object, default: object) -> object:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise UsageError(f"{key} must be true or false")
    if isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000:
            return value
        raise UsageError(f"{key} must be a whole number from 0 to 100000")
    if isinstance(value, str) and len(value) <= 1_000 and value.isprintable():
        return value
    raise UsageError(f"{key} must be a line of text in quotes")
