"""Citations in Markdown: entries below the heading of the bibliography become references, and "[7]" in the text leads to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from paperstui.documents.blocks import Block, Footnote, Heading, Inline, Item, Paragraph, Reference, Spans, plain

_BIBLIOGRAPHY = frozenset({"references", "bibliography", "literature", "works cited"})
_LABEL = re.compile(r"\[(\d{1,4})\][.:]?\s*")
_MARK = re.compile(r"(\d{1,4})[.)]$")
_CITED = re.compile(r"\[\d{1,4}(?:\s*[,;–-]\s*\d{1,4}){0,40}\]")
_NUMBER = re.compile(r"\d{1,4}")
_LAST_NUMBER = re.compile(r"(\d{1,4})$")


def linked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with references and with citations that lead to them. A text without a bibliography stays as it is."""
    made = list(blocks)
    known: dict[str, str] = {}
    within = False
    for index, block in enumerate(made):
        if isinstance(block, Heading):
            within = _name(block) in _BIBLIOGRAPHY
        elif within and isinstance(block, Paragraph):
            made[index] = reference = _reference(block)
            if reference.key:
                known.setdefault(reference.label.strip("[]"), reference.key)
    if not known:
        return tuple(made)
    keys = {key for block in made if (key := getattr(block, "key", ""))}
    for index, block in enumerate(made):
        if isinstance(block, (Paragraph, Footnote)):
            made[index] = block._replace(spans=tuple(_cited(block.spans, known, keys)))
    return tuple(made)


def _name(heading: Heading) -> str:
    text = plain(heading.spans).strip().rstrip(":.").lower()
    return text.removeprefix(heading.number.lower()).strip(" .") if heading.number else text


def _reference(block: Paragraph) -> Reference:
    text = plain(block.spans)
    found = _LABEL.match(text)
    if found:
        return Reference(f"[{found[1]}]", _without(block.spans, found.end()), f"ref-{found[1]}")
    mark = block.inside[-1] if block.inside else None
    number = _MARK.match(mark.mark) if isinstance(mark, Item) and mark.first else None
    if number:
        return Reference(f"[{number[1]}]", block.spans, f"ref-{number[1]}")
    return Reference("", block.spans)


def _without(spans: Spans, count: int) -> Spans:
    """The spans without so many characters at their beginning."""
    kept: list[Inline] = []
    for span in spans:
        if len(span.text) > count:
            kept.append(span._replace(text=span.text[count:]))
        count = max(0, count - len(span.text))
    return tuple(kept)


def _cited(spans: Spans, known: Mapping[str, str], keys: set[str]) -> Iterator[Inline]:
    for span in spans:
        if span.target and span.target not in keys and (number := _LAST_NUMBER.search(span.target)):
            yield span._replace(target=known.get(number[1].lstrip("0"), span.target))
        elif span.link or span.target or span.tex or span.style == "code" or "[" not in span.text:
            yield span
        else:
            yield from _split(span, known)


def _split(span: Inline, known: Mapping[str, str]) -> Iterator[Inline]:
    """The text of a span, with the numbers in its citations as spans of their own."""
    at = 0
    for cited in _CITED.finditer(span.text):
        for number in _NUMBER.finditer(span.text, cited.start(), cited.end()):
            if number[0] in known:
                yield span._replace(text=span.text[at : number.start()])
                yield span._replace(text=number[0], target=known[number[0]])
                at = number.end()
    if at < len(span.text):
        yield span._replace(text=span.text[at:])
