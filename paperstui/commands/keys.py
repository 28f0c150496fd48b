"""`paperstui keys`: the keys of the reader, from the table of actions."""

from __future__ import annotations

import argparse

from paperstui.actions import ACTIONS, SECTIONS, keys_shown
from paperstui.commands.output import say, say_json


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Print the keys of the reader; in it, ? shows the same."
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=show_keys)


def show_keys(arguments: argparse.Namespace) -> int:
    """Print the table."""
    if arguments.json:
        say_json([action._asdict() for action in ACTIONS])
        return 0
    wide = max(len(keys_shown(action)) for action in ACTIONS)
    for number, (context, title) in enumerate(SECTIONS.items()):
        if number:
            say()
        say(title)
        for action in ACTIONS:
            if action.context == context:
                say(f"  {keys_shown(action):<{wide}}  {action.help}")
    return 0
