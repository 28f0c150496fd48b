"""A paper's title and abstract as a text to read, which stand there before a full text does, or instead of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.documents.blocks import Block, Heading, Inline, Paragraph, Style
from paperstui.text.mathematics import shown_spans

if TYPE_CHECKING:
    from paperstui.models import Paper


def abstract_blocks(paper: Paper) -> tuple[Block, ...]:
    """A paper's title and abstract."""
    blocks: list[Block] = [Heading(_shown(paper, paper.title), 1, "title")]
    blocks.append(Heading((Inline("Abstract"),), 2, "abstract"))
    blocks += [Paragraph(_shown(paper, part)) for part in paper.abstract.split("\n") if part.strip()]
    if not paper.abstract.strip():
        blocks.append(Paragraph((Inline("This source gave no abstract."),)))
    return tuple(blocks)


def _shown(paper: Paper, text: str) -> tuple[Inline, ...]:
    bare = paper.text_source != "arxiv"
    return tuple(Inline(span.text, _style(span.style), span.link) for span in shown_spans(text, bare=bare))


def _style(styles: frozenset[str]) -> Style:
    return "code" if "code" in styles else "strong" if "bold" in styles else "italic" if "italic" in styles else ""
