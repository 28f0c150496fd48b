"""`paperstui paths`: where the files are."""

from __future__ import annotations

import argparse
import os

from paperstui import paths
from paperstui.commands.output import say, say_json


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Print where paperstui keeps its files, and which of them to back up."
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=show_paths)


def show_paths(arguments: argparse.Namespace) -> int:
    """Print the places."""
    places = paths.standard()
    found = {
        "journal": (places.journal, "every decision of yours, as text: back this up"),
        "library": (places.library, "the papers; can be fetched again"),
        "backups": (places.backups, "dated copies of the library"),
        "digests": (places.digests, "which papers were in which digest, as text"),
        "settings": (places.settings, "your settings: back this up"),
        "documents": (places.documents, "a cache; may be deleted"),
        "pdfs": (places.pdfs, "the PDFs you opened; may be deleted"),
        "state": (places.state, "locks, this device's name, the queries you finished and the log"),
    }
    if arguments.json:
        # A name that is no text is shown as well as it can be.
        say_json({name: os.fsencode(path).decode("utf-8", "replace") for name, (path, _) in found.items()})
        return 0
    for name, (path, what) in found.items():
        say(f"{name:<10} {path}  ({what})")
    return 0
