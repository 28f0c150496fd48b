"""Text as Markdown that shows exactly this text: within a line, and at the beginning of one."""

from __future__ import annotations

import re

from paperstui.export.plain import escaped

# What begins a list, a heading below a line, a rule or a fence at the beginning of a line, and is not escaped anyway.
_BLOCK = re.compile(r"(?P<number>[0-9]{1,9})(?P<close>[.)])(?=\s|$)|(?P<sign>[-+=]+)(?=\s|$|[-+=])")


def paragraph(text: str) -> str:
    """One line of text as a paragraph that shows it."""
    return literal(escaped(" ".join(text.split())))


def literal(line: str) -> str:
    """A line of Markdown whose beginning is no item of a list, no heading and no rule; the rest is as it was."""
    found = _BLOCK.match(line)
    if found is None:
        return line
    if found["number"]:
        return f"{found['number']}\\{found['close']}{line[found.end() :]}"
    return f"\\{line}"


def markdown_link(text: str, address: str) -> str:
    """`[text](address)`, or the text alone if there is no address. The address is printable ASCII without spaces."""
    shown = escaped(" ".join(text.split()))
    return f"[{shown}]({address.replace('(', '%28').replace(')', '%29')})" if address else shown


def code(text: str) -> str:
    """Text as code within a line, whatever backticks it has."""
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    space = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{space}{text}{space}{fence}"
