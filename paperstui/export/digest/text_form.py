"""A digest as plain text: lines of at most 72 cells, except for addresses and commands, which stay whole."""

from __future__ import annotations

from paperstui.export.digest.content import Digest, Story, headline, intro, remarks
from paperstui.text.width import width, wrap

WIDTH = 72
"""Cells of a line: what mail readers show and quote without wrapping again."""

SIGNATURE = "-- "
"""The line that begins a signature (RFC 3676 section 4.3), which mail readers set apart."""


def as_text(digest: Digest) -> str:
    """The digest as plain text."""
    numbers = len(f"{len(digest.stories)}.") + 1
    lines = [headline(digest), *wrap(intro(digest), WIDTH)]
    for number, story in enumerate(digest.stories, 1):
        lines += ["", *_story(f"{number}.".rjust(numbers - 1) + " ", story)]
    for words, command in remarks(digest):
        lines += ["", *wrap(words, WIDTH), f"    {command}"]
    if digest.command:
        lines += ["", SIGNATURE, digest.command]
    return "\n".join(lines) + "\n"


def _story(number: str, story: Story) -> list[str]:
    """A paper, hanging from its number."""
    left = " " * len(number)
    cells = WIDTH - len(number)
    lines = wrap(story.title, cells)
    lines += _filled(story, cells)
    lines += wrap(story.text, cells) if story.text else []
    name = max((len(link.name) for link in story.links), default=0)
    lines += [f"{link.name:<{name}}  {link.url}" for link in story.links]
    return [(left if index else number) + line for index, line in enumerate(lines)]


def _filled(story: Story, cells: int) -> list[str]:
    """Votes and people: on one line if they fit, else on their own."""
    both = " · ".join(part for part in (story.counts, story.people) if part)
    if not both:
        return []
    if width(both) <= cells or not story.counts:
        return wrap(both, cells)
    return [*wrap(story.counts, cells), *wrap(story.people, cells)]
