"""Golden frames: what a screen should read, as text files.

`PAPERSTUI_WRITE_GOLDEN=1` writes them anew; what changed is to be read in the diff.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

from textual.app import App

DIRECTORY = Path(__file__).parent / "golden_frames"
WRITE = "PAPERSTUI_WRITE_GOLDEN" in os.environ


def frame(app: App[Any]) -> str:
    """The screen as text, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def expect_golden(name: str, text: str) -> None:
    """The text is what the file says."""
    path = DIRECTORY / f"{name}.txt"
    if WRITE:
        DIRECTORY.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    wanted = path.read_text("utf-8") if path.exists() else ""
    difference = "\n".join(difflib.unified_diff(wanted.splitlines(), text.splitlines(), "golden", "now", lineterm=""))
    assert text == wanted, f"{name} reads differently:\n{difference}"
