"""Which papers a list of links names: addresses of arXiv, Hugging Face, alphaXiv and others, DOIs, and bare ids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from paperstui.text.clean import clean_line
from paperstui.text.titles import arxiv_id

MOST_LINES = 20_000
_SHOWN = 100
_COMMENT = "#"
# What stands around an address in Markdown, HTML, BibTeX, e-mail and tables.
_BETWEEN = re.compile(r"[\s<>()\[\]{}\"'`,;|\\]+")


class References(NamedTuple):
    """The arXiv ids that were named, each once and in order, and what names no paper, fit to show."""

    ids: tuple[str, ...]
    unknown: tuple[str, ...]


def references(lines: Iterable[str]) -> References:
    """The papers that lines of text name; a line may name several. Empty lines and those that begin with # name none.

    Anything in a line that has an arXiv id may stand beside it. Versions do not count: a paper is all of its versions.
    """
    ids: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for line in lines:
        words = line.strip()
        if not words or words.startswith(_COMMENT):
            continue
        found = [paper_id for word in _BETWEEN.split(words) if (paper_id := arxiv_id(word))]
        if found:
            ids.update(dict.fromkeys(found))
        else:
            unknown[clean_line(words, _SHOWN)] = None
    return References(tuple(ids), tuple(name for name in unknown if name))
