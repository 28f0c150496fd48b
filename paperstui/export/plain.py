"""A paper as a line of text: its address, or a Markdown link."""

from __future__ import annotations

import re

from paperstui.export.urls import HUGGING_FACE, Named, link, shown_title
from paperstui.models import State

__all__ = ["link", "markdown_link"]

# What could begin something in Markdown (CommonMark and GitHub's dialect) inside the text of a link. Any ASCII
# punctuation may be escaped with a backslash (CommonMark 2.4).
_MARKDOWN = re.compile(r"([\\`*_\[\]<>~$|&!#^])")


def markdown_link(paper: Named, endpoint: str = HUGGING_FACE) -> str:
    """`[Title](address)`, or the escaped title alone if the paper has no address."""
    title = escaped(shown_title(paper))
    address = link(paper, endpoint)
    return f"[{title}]({address.replace('(', '%28').replace(')', '%29')})" if address else title


def note_of(state: State) -> str:
    """The user's note, "" where there is nothing to be seen in it."""
    return state.note if state.note.strip() else ""


def escaped(text: str) -> str:
    """Text as Markdown that shows exactly this text."""
    return _MARKDOWN.sub(r"\\\1", text)
