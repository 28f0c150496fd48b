"""Text as Markdown that shows exactly this text, within a line and at the beginning of one; and Markdown within Markdown."""

from __future__ import annotations

import re

from paperstui.export.plain import escaped

_TURNS = 3
"""How often HTML is looked for that only begins once other HTML is text."""

_DEEP = 12
"""Lists and quotations within each other from which on parsers look no further, and not all at the same depth."""

_TAG = re.compile(r"(?<!\\)((?:\\\\)*)<")
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


def inside(markdown: str, cells: int) -> str:
    """Markdown of one's own as a part of an item of a list whose text begins after so many cells.

    It stays as it is, but for HTML, which is shown and not done: it alone could end the item or swallow what follows.
    """
    lines = _without_html(markdown).rstrip(" \n").split("\n")
    begin = next((at for at, line in enumerate(lines) if line.strip(" ")), 0)
    return "\n".join(f"{' ' * cells}{line}" if line else "" for line in lines[begin:])


def _without_html(markdown: str) -> str:
    if "<" not in markdown:
        return markdown
    lines = markdown.split("\n")
    for _ in range(_TURNS):
        found = _html("\n".join(lines))
        if found == []:
            return "\n".join(lines)
        if found is None:
            break
        for begin, end in found:
            lines[begin:end] = [_TAG.sub(r"\1\\<", line) for line in lines[begin:end]]
    return _TAG.sub(r"\1\\<", "\n".join(lines))


def _html(markdown: str) -> list[tuple[int, int]] | None:
    """The blocks with HTML, from line to line, with tables or without; None where it is nested too deep to tell."""
    from markdown_it import MarkdownIt

    found: list[tuple[int, int]] = []
    for parser in (MarkdownIt("commonmark"), MarkdownIt("commonmark").enable("table")):
        lines = (0, 0)
        for token in parser.parse(markdown):
            if token.level >= _DEEP:
                return None
            # The cells of a table do not say where they are; their row does.
            lines = (token.map[0], token.map[1]) if token.map else lines
            if token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ()):
                found.append(lines)
    return found
