"""A digest as Markdown (CommonMark)."""

from __future__ import annotations

from paperstui.export.digest.content import Digest, Story, headline, intro, remarks
from paperstui.export.markdown_text import code, markdown_link, paragraph


def as_markdown(digest: Digest) -> str:
    """The digest as Markdown: a heading a paper, which is a link."""
    parts = [f"# {paragraph(headline(digest))}", paragraph(intro(digest))]
    for number, story in enumerate(digest.stories, 1):
        parts += _story(number, story)
    parts += [f"{paragraph(words)} {code(command)}" for words, command in remarks(digest)]
    if digest.command:
        parts += ["---", code(digest.command)]
    return "\n\n".join(parts) + "\n"


def _story(number: int, story: Story) -> list[str]:
    parts = [f"## {number}\\. {markdown_link(story.title, story.url)}"]
    if about := " · ".join(part for part in (story.counts, story.people) if part):
        parts.append(paragraph(about))
    if story.text:
        parts.append(paragraph(story.text))
    if story.links:
        parts.append(" · ".join(markdown_link(link.name, link.url) for link in story.links))
    return parts
