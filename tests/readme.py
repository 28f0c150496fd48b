"""The README's tables of keys and of the query language, made from the program's own: `python -m tests.readme`."""

from __future__ import annotations

import re
from pathlib import Path

from paperstui.actions import ACTIONS, SECTIONS, keys_shown
from paperstui.query.fields import help_sections

README = Path(__file__).resolve().parents[1] / "README.md"


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


def query_tables() -> str:
    """The tables of what can be written in a query, in Markdown."""
    lines: list[str] = []
    for title, rows in help_sections():
        lines += ["", f"| {title} | |", "|---|---|"]
        lines += [f"| {_code(syntax)} | {_cell(meaning)} |" for syntax, meaning in rows]
    return "\n".join([*lines[1:], "", ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code(syntax: str) -> str:
    """What can be written, each piece as code; two spaces stand between pieces that are examples of their own."""
    return " ".join(f"`{_cell(piece)}`" for piece in re.split(" {2,}", syntax))


def with_tables(text: str) -> str:
    """The README with the tables as they are now."""
    for name, made in (("keys", keys_table()), ("query", query_tables())):
        block = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- {name} end -->)", re.DOTALL)
        text = block.sub(lambda found, made=made: f"{found[1]}\n{made}{found[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text("utf-8")), "utf-8")
