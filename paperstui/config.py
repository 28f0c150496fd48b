"""The user's settings: `config.toml` in the config directory. A mistake in it costs that setting, never the start."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from paperstui.errors import UsageError

LARGEST = 1_000_000
"""Bytes of a settings file that are read at most."""


class MailSettings(NamedTuple):
    """How `paperstui digest --mail` sends: the table `[mail]`. The field names, without `_` at the end, are its keys.

    to: addresses ("ada@example.org" or "Ada Li <ada@example.org>"). from_: the sender's; empty: the first of `to`.
    host, port: the server; port 0 is the usual one of `security`: 465 for "tls" (TLS from the first byte), 587 for
    "starttls", 25 for "none", which is only for a server on this machine.
    user: whom to log in as; empty: nobody. password_command: a command that prints the password (no shell).
    sendmail: a command that takes the message on its standard input, to be used instead of a server.
    """

    to: tuple[str, ...] = ()
    from_: str = ""
    host: str = ""
    port: int = 0
    security: str = "tls"
    user: str = ""
    password_command: str = ""
    sendmail: str = ""

    def as_table(self) -> dict[str, Any]:
        """The settings under the keys that they have in the file."""
        return {name.rstrip("_"): list(value) if name == "to" else value for name, value in self._asdict().items()}


NO_MAIL = MailSettings()

IMAGES: tuple[str, ...] = ("off", "auto", "kitty", "sixel", "blocks")
"""How pictures are shown: not, as the terminal can, or by one of three ways."""

SECURITY = {"tls": 465, "starttls": 587, "none": 25}
"""The ways to talk to a mail server, and their usual ports."""

Mode = Literal["unicode", "ascii", "raw"]

MODES: tuple[Mode, ...] = ("unicode", "ascii", "raw")
"""The ways to show mathematics (`paperstui.text.mathematics`), the usual one first."""

_CHOICES: dict[str, tuple[str, ...]] = {"math": MODES, "images": IMAGES, "mail.security": tuple(SECURITY)}

THEMES: tuple[str, ...] = (
    "paperstui-dark", "paperstui-light",
    "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte",
    "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine",
    "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
"""Our themes and Textual's, which is too large to be asked."""

# The usual form of RFC 5322, section 3.4.1; a domain may be in any script. As text: it is compiled when an address is first
# checked, not at every start.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[^\s\x00-,/:-@\[-^`{-\xa0.]+"
_ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"
_LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1
_NAMED = rf"[^<>]*<(?P<address>{_ADDRESS})>"


class Settings(NamedTuple):
    """All settings with their defaults; the field names are the keys of the file.

    theme: name of a theme, "paperstui-dark", "paperstui-light" or one of Textual's.
    math: how mathematics is shown: "unicode", "ascii" (without characters that a terminal may lack or draw too wide), or
    "raw" (the LaTeX source).
    read_on_open: opening a paper (Enter) marks it read.
    auto_advance: `r` moves on to the next paper.
    refresh_minutes: minutes between background refreshes; 0 turns them off.
    fetch_ahead: the full texts of papers on the reading list are fetched in the background.
    browser: command that opens a page; "%s" stands for the address. Empty: `$BROWSER`, then the system's.
    pdf_viewer: command that opens a PDF; "%s" stands for the file. Empty: the system's.
    images: how a paper's first figure is shown: "off", "auto" (what the terminal is known to understand), "kitty" (its
    graphics protocol), "sixel", or "blocks" (half blocks in two colours); needs the extra `images`.
    arxiv: the categories of arXiv that are followed, such as "cs.CL"; an archive ("cs") means all of its own.
    mail: how a digest is mailed.
    problems: what was wrong with the file, one line each.
    """

    theme: str = "paperstui-dark"
    math: Mode = "unicode"
    read_on_open: bool = False
    auto_advance: bool = True
    refresh_minutes: int = 30
    fetch_ahead: bool = False
    browser: str = ""
    pdf_viewer: str = ""
    images: str = "off"
    arxiv: tuple[str, ...] = ()
    mail: MailSettings = NO_MAIL
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


def theme_problem(name: str) -> str:
    """What is wrong with the name of a theme; "" if nothing is."""
    if name in THEMES:
        return ""
    hint = _did_you_mean(name, THEMES, "") or f"; there are {', '.join(THEMES)}"
    return f"there is no theme {name[:40]!r}{hint}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _checked(found: dict[str, Any], name: str) -> Settings:
    problems: list[str] = []
    mail = found.pop("mail", {})
    defaults = {key: value for key, value in Settings._field_defaults.items() if key not in ("mail", "problems")}
    values = _table(found, defaults, name, problems)
    if isinstance(mail, dict):
        values["mail"] = _mail(mail, name, problems)
    else:
        problems.append(f"{name}: mail must be a table, [mail]")
    return Settings(**values, problems=tuple(problems))


def _mail(found: dict[str, Any], name: str, problems: list[str]) -> MailSettings:
    defaults = {key.rstrip("_"): value for key, value in MailSettings._field_defaults.items()}
    if "password" in found:
        del found["password"]
        problems.append(f"{name}: a password is not kept in this file; mail.password_command can fetch it")
    values = _table(found, defaults, name, problems, "mail.")
    if "from" in values:
        values["from_"] = values.pop("from")
    return MailSettings(**values)


def _table(
    found: dict[str, Any], defaults: dict[str, Any], name: str, problems: list[str], prefix: str = ""
) -> dict[str, Any]:
    """The values of a table that can be used; what cannot is added to the problems."""
    values: dict[str, Any] = {}
    for key, value in found.items():
        if key not in defaults:
            shown = prefix + "".join(letter for letter in key[:40] if letter.isprintable())
            problems.append(f"{name}: there is no setting {shown!r}{_did_you_mean(key, defaults, prefix)}")
            continue
        try:
            if prefix + key == "arxiv":
                values[key] = _categories(value, name, problems)
            else:
                values[key] = _value(prefix + key, value, defaults[key])
        except UsageError as error:
            problems.append(f"{name}: {error}")
    return values


def _categories(value: object, name: str, problems: list[str]) -> tuple[str, ...]:
    """The categories that are ones, as arXiv spells them; each of the others is a problem of its own."""
    from paperstui import feeds

    if not isinstance(value, list) or len(value) > feeds.MOST_TOGETHER:
        raise UsageError(
            f'arxiv must be a list of at most {feeds.MOST_TOGETHER} categories, such as ["cs.CL", "cs.LG"]'
        )
    found: dict[str, None] = {}
    for given in value:
        if not isinstance(given, str):
            problems.append(f'{name}: arxiv holds categories in quotes, such as "cs.CL"')
        elif (known := feeds.category(given)) is not None:
            found[known] = None
        else:
            shown = "".join(letter for letter in given[:40] if letter.isprintable())
            problems.append(f'{name}: arXiv has no category {shown!r}; one is written as in "cs.CL"')
    return tuple(found)


def _did_you_mean(key: str, known: Iterable[str], prefix: str) -> str:
    import difflib

    close = difflib.get_close_matches(key, known, n=1)
    return f"; did you mean {prefix + close[0]!r}?" if close else ""


def _value(key: str, value: object, default: object) -> object:
    if key in _CHOICES and value not in _CHOICES[key]:
        *first, last = (f'"{choice}"' for choice in _CHOICES[key])
        raise UsageError(f"{key} must be {', '.join(first)} or {last}")
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise UsageError(f"{key} must be true or false")
    if isinstance(default, int):
        most = 65_535 if key == "mail.port" else 100_000
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        raise UsageError(f"{key} must be a whole number from 0 to {most}")
    if isinstance(default, tuple):
        return _addresses(key, [value] if isinstance(value, str) else value)
    if not (isinstance(value, str) and len(value) <= 1_000 and value.isprintable()):
        raise UsageError(f"{key} must be a line of text in quotes")
    if key == "mail.from" and value:
        _addresses(key, [value])
    return value


def address_of(text: str) -> str:
    """The bare address in "Ada Li <ada@example.org>" or "ada@example.org"; "" if there is none."""
    import re

    found = re.fullmatch(_NAMED, text.strip())
    bare = found["address"] if found else text.strip()
    return bare if len(bare) <= _LONGEST_ADDRESS and re.fullmatch(_ADDRESS, bare) else ""


def _addresses(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and len(each) <= 1_000 for each in value):
        raise UsageError(f"{key} must be an address in quotes, or a list of them")
    for each in value:
        if not each.isprintable() or not address_of(each):
            shown = "".join(letter for letter in each[:60] if letter.isprintable())
            raise UsageError(f"{key}: {shown!r} is not an address such as ada@example.org")
    return tuple(each.strip() for each in value)
