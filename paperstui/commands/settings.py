"""`paperstui config`: the settings, and the mistakes in their file."""

from __future__ import annotations

import argparse
import os
from typing import Any

from paperstui import config, paths
from paperstui.commands.output import say, say_json, tell
from paperstui.errors import PaperstuiError, UsageError

DEEDS = {
    "check": "say what is wrong with the file; the exit status is 1 then",
    "show": "print all settings as they count now",
    "path": "print where the file is, or would be",
}


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Look at your settings: " + "; ".join(f"{deed}: {what}" for deed, what in DEEDS.items()) + "."
    parser.add_argument("deed", choices=tuple(DEEDS), help="what to do")
    parser.add_argument("--json", action="store_true", help="print one JSON document; for show")
    parser.set_defaults(run=look)


def look(arguments: argparse.Namespace) -> int:
    """Carry out one of them."""
    if arguments.json and arguments.deed != "show":
        raise UsageError("--json goes with config show")
    file = paths.standard().settings
    if arguments.deed == "path":
        say(os.fsencode(file).decode("utf-8", "replace"))
        return 0
    settings = config.load(file)
    if arguments.deed == "show":
        _show(settings, as_json=arguments.json)
        return 0
    theme = config.theme_problem(settings.theme)
    problems = [*settings.problems, *([f"{file.name}: {theme}"] if theme else []), *_missing(settings, file.name)]
    for problem in problems:
        tell(problem)
    if problems:
        return PaperstuiError.exit_status
    say(f"{file.name} is in order" if file.exists() else f"there is no {file.name}: the defaults are used")
    return 0


def _missing(settings: config.Settings, name: str) -> list[str]:
    """What a setting needs that is not installed."""
    if settings.images == "off":
        return []
    from paperstui.documents.pictures import NoPillowError, can_decode

    return [] if can_decode() else [f'{name}: images = "{settings.images}": {NoPillowError()}']


def _show(settings: config.Settings, *, as_json: bool) -> None:
    """Print them in the form of the file; what is wrong with it goes to standard error."""
    values = settings._asdict() | {"mail": settings.mail.as_table()}
    for problem in values.pop("problems"):
        tell(problem)
    if as_json:
        say_json(values)
        return
    mail = values.pop("mail")
    _show_table(values)
    say()
    say("[mail]")
    _show_table(mail)


def _show_table(values: dict[str, Any]) -> None:
    import json

    for name, value in values.items():
        # JSON of these values is TOML as well: both write text, numbers, lists of text and true alike.
        say(f"{name} = {json.dumps(value, ensure_ascii=False)}")
