"""Where the full text of a paper is: Hugging Face's Markdown, arXiv's HTML, ar5iv, the PDF; the better ones first.

Each is read as soon as it came, so that what is no text of a paper is told and never kept.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Literal, NamedTuple
from urllib.parse import quote

from paperstui.documents.blocks import Block
from paperstui.documents.citations import linked
from paperstui.documents.html import NoTextError, html_blocks
from paperstui.documents.markdown import markdown_blocks
from paperstui.documents.pdf import pdf_blocks
from paperstui.errors import SourceError
from paperstui.sources.answers import ABSENT, MARKDOWN, PAGE, PDF, PORTAL, Answer, BadAnswerError, Kind
from paperstui.sources.exchange import Progress
from paperstui.sources.http import Http
from paperstui.text.clean import clean_line

Form = Literal["markdown", "html", "pdf"]

LEAST_MARKDOWN = 1_500
"""Characters below which Markdown is not a paper but what its page says about it."""

_log = logging.getLogger(__name__)
_SECTION = re.compile(r"^#{1,4}[ \t]+\S", re.MULTILINE)
_FEWEST_SECTIONS = 2


class Source(NamedTuple):
    """One place to ask: its name for people, the address, the form of what comes, and how it is asked for.

    version: of the paper, if the address names it; 0 when what comes is of whatever version the place has.
    """

    name: str
    url: str
    form: Form
    kind: Kind
    version: int = 0


class Text(NamedTuple):
    """A full text as it came, and its blocks."""

    source: Source
    body: bytes
    blocks: tuple[Block, ...]


class Texts:
    """Asks for full texts."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def sources(self, paper_id: str, version: int | None) -> tuple[Source, ...]:
        """Where the text of an arXiv paper may be, in the order to ask."""
        name = quote(paper_id, safe="/")
        versioned = f"{name}v{version}" if version else name
        hosts = self._http.arxiv
        return (
            Source(HUGGING_FACE, f"{self._http.endpoint.rstrip('/')}/papers/{name}.md", "markdown", MARKDOWN),
            Source(ARXIV, f"{hosts.site}/html/{versioned}", "html", PAGE, version or 0),
            Source(AR5IV, f"{hosts.ar5iv}/html/{name}", "html", PAGE),
            Source(PDF_TEXT, f"{hosts.site}/pdf/{versioned}", "pdf", PDF, version or 0),
        )

    async def fetch(self, source: Source, *, progress: Progress | None = None) -> Text:
        """The text that a source has.

        Raises:
            SourceError: it has none, cannot be reached, or sent something else; the message says which.
        """

        def read(answer: Answer) -> Text:
            try:
                return Text(source, answer.body, blocks_of(source.form, answer.body, source.url))
            except NoTextError as error:
                raise BadAnswerError(str(error), again=False, kind=ABSENT) from None
            except ValueError as error:
                # Whatever in it a parser stumbles over, the next source may be better.
                _log.warning("%s: %s", clean_line(source.url, 300), clean_line(error, 300))
                raise BadAnswerError("sent a text that cannot be read", again=False) from None

        try:
            return await self._http.get(source.url, source.kind, read, progress=progress)
        except SourceError as error:
            if source.form == "markdown" and PORTAL in str(error):
                raise SourceError("Hugging Face sent a web page instead of the text", kind=ABSENT) from None
            raise


def blocks_of(form: str, body: bytes, url: str) -> tuple[Block, ...]:
    """The blocks of a text as it came.

    Raises:
        NoTextError: it is not the full text of a paper.
    """
    return _READ[form](body, url)


def _markdown(body: bytes, url: str) -> tuple[Block, ...]:
    check_markdown(body)
    return linked(markdown_blocks(body.decode("utf-8", "replace"), base=url))


def check_markdown(body: bytes) -> None:
    """Refuse what is no full text: a web page, or the few lines that a paper's page shows when there is none.

    Raises:
        NoTextError: it is one of these.
    """
    start = body[:512].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html")):
        raise NoTextError("sent a web page instead of the text")
    if b"\0" in body[:4_096]:
        raise NoTextError("sent something that is no text")
    text = body.decode("utf-8", "replace")
    if len(text) < LEAST_MARKDOWN or len(_SECTION.findall(text)) < _FEWEST_SECTIONS:
        raise NoTextError("has no full text of it")


_READ: dict[str, Callable[[bytes, str], tuple[Block, ...]]] = {
    "markdown": _markdown,
    "html": html_blocks,
    "pdf": lambda body, _url: pdf_blocks(body),
}

HUGGING_FACE = "Hugging Face's markdown"
ARXIV = "arXiv HTML"
AR5IV = "ar5iv"
PDF_TEXT = "PDF text, without formulas"
