"""The README's table of keys, made from the table of actions: `python -m tests.readme` writes it."""

from __future__ import annotations

import re
from pathlib import Path

from paperstui.actions import ACTIONS, SECTIONS, keys_shown

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- keys: [^\n]*-->\n).*?(<!-- keys end -->)", re.DOTALL)


def keys_table() -> str:
    """The table in Markdown."""
    lines: list[str] = []
    for context, title in SECTIONS.items():
        lines += ["", f"| {title} | |", "|---|---|"]
        for action in ACTIONS:
            if action.context == context:
                keys = ", ".join(f"`{key}`" for key in keys_shown(action).split(", "))
                lines.append(f"| {keys} | {action.help} |")
    return "\n".join([*lines[1:], "", ""])


def with_keys(text: str) -> str:
    """The README with the table as it is now."""
    return BLOCK.sub(lambda found: found[1] + "\n" + keys_table() + found[2], text)


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text("utf-8")), "utf-8")
