"""What leads on from a paper: its links, the models, datasets and Spaces that cite it, and papers like it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from paperstui.draw.ink import link_ink
from paperstui.draw.lines import Line, line_width, paragraph
from paperstui.draw.links import link_lines
from paperstui.export.urls import HUGGING_FACE
from paperstui.models import Discussion, Paper, Repo, Similar
from paperstui.rows import Facts
from paperstui.text.mathematics import shown
from paperstui.text.width import truncate, width

KINDS = (("model", "Models", ""), ("dataset", "Datasets", "datasets/"), ("space", "Spaces", "spaces/"))
"""Kinds of repositories: their name, their heading, and what stands before their name in an address."""


def linked_lines(
    facts: Facts, paper: Paper, discussion: Discussion | None, here: Collection[str], cells: int
) -> list[Line]:
    """The links tab. discussion: None while nothing of it is known; here: the ids of papers that are in the library."""
    lines = link_lines(facts, cells)
    source = discussion if discussion is not None and discussion.known else None
    repos = source.repos if source is not None else paper.repos
    totals = (source or paper).models, (source or paper).datasets, (source or paper).spaces
    for (kind, title, place), total in zip(KINDS, totals, strict=True):
        some = [repo for repo in repos if repo.kind == kind]
        if some or total:
            lines += [[], _counted(title, len(some), max(total or 0, len(some)), kind, cells)]
            lines += [line for repo in some for line in _repo(repo, place, cells)]
    if discussion is not None and discussion.similar:
        lines += [[], *_similar(discussion.similar, here, cells)]
    return lines


def _counted(title: str, shown: int, total: int, kind: str, cells: int) -> Line:
    count = f"{total:,}" if shown == total else f"{shown:,} of {total:,}"
    line: Line = [(title, "heading"), (f"  {count}", "dim")]
    hint: Line = [("  g m", "accent"), (" opens the first", "dim")] if kind == "model" and shown else []
    return line + (hint if line_width(line) + line_width(hint) <= cells else hint[:1])


def _repo(repo: Repo, place: str, cells: int) -> list[Line]:
    """A repository: its name, and what is said of it as far as there is room; a long name has lines of its own."""
    ink = link_ink(f"{HUGGING_FACE}/{place}{repo.id}")
    parts = []
    if repo.likes is not None:
        parts.append(f"♥ {repo.likes:,}")
    if repo.downloads is not None:
        parts.append(f"↓ {repo.downloads:,}")
    if repo.gated:
        parts.append("gated")
    if repo.about:
        parts.append(repo.about)
    line: Line = [(truncate(repo.id, cells), ink)]
    for part in parts:
        room = cells - line_width(line) - 2
        if width(part) > room:
            break
        line.append((f"  {part}", "dim"))
    return [line]


def _similar(papers: Sequence[Similar], here: Collection[str], cells: int) -> list[Line]:
    known = sum(1 for paper in papers if paper.id in here)
    heading: Line = [("Similar papers", "heading"), (f"  {len(papers)}", "dim")]
    for text, ink in ((f", {known} here", "dim"), ("  M p", "accent"), (" lists them", "dim")):
        if (known or "here" not in text) and line_width(heading) + width(text) <= cells:
            heading.append((text, ink))
    lines = [heading]
    for paper in papers:
        title = shown(paper.title, bare=True) or paper.id
        mark = "● " if paper.id in here else "○ "
        for index, part in enumerate(paragraph(title, f"paper:{paper.id}", max(10, cells - 2))):
            lines.append([(mark if not index else "  ", "accent" if paper.id in here else "faint"), *part])
    return lines
