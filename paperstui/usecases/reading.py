"""The full text of a paper: fetched when it is asked for, kept by paper and version, readable without the network after that.

The sources are asked one after the other, the better ones first; why one had nothing is told beside the text. What is
kept is what came, so a better reading of it needs no new request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from paperstui import clock
from paperstui.documents.blocks import Block, Heading, Inline, Notice, Paragraph, Style
from paperstui.errors import PaperstuiError, SourceError
from paperstui.text.latex import spans

if TYPE_CHECKING:
    from paperstui.documents.cache import DocumentCache
    from paperstui.models import Paper
    from paperstui.sources.http import Http
    from paperstui.sources.texts import Source, Text, Texts
    from paperstui.usecases.reaching import Reaching

ABSTRACT = "abstract only"
"""The source of a document that has no full text."""

_KEPT = "full text 1 "  # with the version of the form in which it is kept
_MOST_KEPT = 32 * 2**20
_LONG = 60_000  # bytes of a text of which the beginning is worth being shown alone

Waits = Callable[[str], None]
"""Told which source is asked now, by its name."""


class Document(Struct, frozen=True, kw_only=True):
    """A text to read.

    source: its name for people, "abstract only" when there is no full text. version: of the paper, 0 when it is not
    known. at: when it came, Unix seconds. notes: why other sources had nothing, a sentence each. error: why there is
    nothing better now, when asking again later may bring it.
    """

    paper: str
    version: int = 0
    source: str
    url: str = ""
    at: int = 0
    notes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    error: str = ""

    @property
    def whole(self) -> bool:
        """Whether this is a full text."""
        return self.source != ABSTRACT


class _Head(Struct):
    """What is kept of a text in front of its bytes."""

    paper: str
    version: int
    source: str
    form: str
    url: str
    at: int
    notes: tuple[str, ...] = ()


class Reading:
    """Reads and fetches full texts. What fetches belongs to one event loop; the rest may come from any thread.

    invent: makes texts up; for the demonstration, which asks nobody. downloaded: the PDF of a paper, if it is here.
    """

    def __init__(
        self,
        cache: DocumentCache,
        client: Callable[[], Awaitable[Http]],
        *,
        invent: Callable[[Paper], tuple[Block, ...]] | None = None,
        downloaded: Callable[[Paper], bytes | None] = lambda _: None,
        offline: bool = False,
    ) -> None:
        self._cache = cache
        self._client = client
        self._invent = invent
        self._downloaded = downloaded
        self._offline = offline

    def kept(self, paper: Paper) -> Document | None:
        """The text that was fetched for this version of a paper, or else for one whose number was not known. Blocks."""
        if self._invent is not None:
            blocks = self._invent(paper)
            return Document(paper=paper.id, source="made up for the demonstration", blocks=blocks, at=clock.seconds())
        for version in dict.fromkeys((paper.version or 0, 0)):
            found = self._read(paper.id, version)
            if found is not None:
                return found
        return None

    def beginning(self, paper: Paper) -> tuple[Block, ...]:
        """The first blocks of a long text that is kept, to be shown while the rest is read; () where there is no such. Blocks."""
        for version in dict.fromkeys((paper.version or 0, 0)):
            data = self._cache.get(_key(paper.id, version))
            if isinstance(data, bytes) and len(data) > _LONG and self._invent is None:
                line, _, body = data.partition(b"\n")
                try:
                    head = msgspec.json.decode(line, type=_Head)
                except (msgspec.MsgspecError, RecursionError):
                    return ()
                if head.form == "markdown":
                    from paperstui.documents.markdown import markdown_pieces

                    return next(markdown_pieces(body.decode("utf-8", "replace"), base=head.url), ())
        return ()

    async def fetch(self, paper: Paper, *, asked: bool = True, waits: Waits | None = None) -> Document:
        """The text of a paper, from here or from the first source that has it.

        Failures are told in the document, which then holds the abstract and what else can be done.

        asked: the user wants it now, so pauses of our own making do not count. waits: told which source is asked.
        """
        kept = await asyncio.to_thread(self.kept, paper)
        if kept is not None:
            return kept
        if paper.id.startswith("title:"):
            return abstract_of(paper, ("It has no arXiv id, so no source can be asked for its text.",))
        notes: list[str] = []
        try:
            texts = await self._texts(asked=asked)
        except PaperstuiError as error:
            return abstract_of(paper, (_sentence(str(error)),), error=str(error))
        later = ""  # why there may be more another time
        for source in texts.sources(paper.id, paper.version):
            if waits is not None:
                waits(source.name)
            try:
                text = await self._text(texts, source, paper)
            except SourceError as error:
                notes.append(f"{source.name}: {error}.")
                if error.kind not in ("refused", "answer", "empty"):
                    later = later or str(error)
                if error.kind == "offline":
                    break
                continue
            document = _document(paper, text, tuple(notes))
            await asyncio.to_thread(self._keep, document, text)
            return document
        return abstract_of(paper, tuple(notes), error=later)

    def pdf(self, paper: Paper) -> bytes | None:
        """The PDF that the kept text of a paper was made from, if it was. Blocks."""
        data = self._cache.get(_key(paper.id, paper.version or 0))
        if not isinstance(data, bytes):
            return None
        line, _, body = data.partition(b"\n")
        try:
            form = msgspec.json.decode(line, type=_Head).form
        except (msgspec.MsgspecError, RecursionError):
            return None
        return body if form == "pdf" else None

    async def _text(self, texts: Texts, source: Source, paper: Paper) -> Text:
        """The text that a source has; a PDF that was downloaded to be looked at is not asked for once more."""
        body = await asyncio.to_thread(self._downloaded, paper) if source.form == "pdf" else None
        if body is None:
            return await texts.fetch(source)
        return await asyncio.to_thread(_read_here, source, body)

    def forget(self, paper: Paper) -> None:
        """Drop the text that is kept for a paper, so that it is fetched again. Blocks."""
        for version in {paper.version or 0, 0}:
            self._cache.forget(_key(paper.id, version))

    async def _texts(self, *, asked: bool) -> Texts:
        if self._offline:
            raise SourceError("the demonstration does not touch the network", kind="offline")
        http = await self._client()
        if asked:
            http.wake()
        return await asyncio.to_thread(_texts, http)

    def _read(self, paper_id: str, version: int) -> Document | None:
        data = self._cache.get(_key(paper_id, version))
        if not isinstance(data, bytes):
            return None
        from paperstui.documents.html import NoTextError
        from paperstui.sources.texts import blocks_of

        line, _, body = data.partition(b"\n")
        try:
            head = msgspec.json.decode(line, type=_Head)
            blocks = blocks_of(head.form, body, head.url)
        except (msgspec.MsgspecError, ValueError, RecursionError, KeyError, NoTextError):
            # It is damaged, or what reads it is not installed any more: fetching says what is the matter.
            return None
        return Document(
            paper=paper_id, version=version, source=head.source, url=head.url, at=head.at, notes=head.notes, blocks=blocks
        )  # fmt: skip

    def _keep(self, document: Document, text: Text) -> None:
        if len(text.body) > _MOST_KEPT:
            return
        head = _Head(
            document.paper, document.version, document.source, text.source.form, document.url, document.at, document.notes
        )  # fmt: skip
        self._cache.put(_key(document.paper, document.version), msgspec.json.encode(head) + b"\n" + text.body)


def abstract_of(paper: Paper, notes: tuple[str, ...], *, error: str = "") -> Document:
    """The document of a paper without a full text: its abstract, why there is no more, and the ways out."""
    blocks = list(abstract_blocks(paper))
    blocks.append(Heading((Inline("No full text"),), 2, "no-full-text"))
    blocks += [Notice(note) for note in notes]
    return Document(
        paper=paper.id, version=paper.version or 0, source=ABSTRACT, at=clock.seconds(), notes=notes, blocks=tuple(blocks),
        error=error,
    )  # fmt: skip


def abstract_blocks(paper: Paper) -> tuple[Block, ...]:
    """A paper's title and abstract, which are there before any full text is."""
    blocks: list[Block] = [Heading(_shown(paper, paper.title), 1, "title")]
    blocks.append(Heading((Inline("Abstract"),), 2, "abstract"))
    blocks += [Paragraph(_shown(paper, part)) for part in paper.abstract.split("\n") if part.strip()]
    if not paper.abstract.strip():
        blocks.append(Paragraph((Inline("This source gave no abstract."),)))
    return tuple(blocks)


def opened(desk: Reaching, client: Callable[[], Awaitable[Http]]) -> Reading:
    """The one of a desk."""
    from paperstui.documents.cache import DocumentCache

    invent = None
    if desk.invented:
        from paperstui.demo.fulltext import full_text

        invent = full_text
    from paperstui.usecases.pdfs import bytes_here

    def downloaded(paper: Paper) -> bytes | None:
        return bytes_here(desk.paths.pdfs, paper)

    cache = DocumentCache(desk.paths.documents)
    return Reading(cache, client, invent=invent, downloaded=downloaded, offline=desk.offline)


def _read_here(source: Source, body: bytes) -> Text:
    from paperstui.documents.html import NoTextError
    from paperstui.sources.texts import Text, blocks_of

    try:
        return Text(source, body, blocks_of(source.form, body, source.url))
    except NoTextError as error:
        raise SourceError(f"arXiv {error}", kind="answer") from None


def _document(paper: Paper, text: Text, notes: tuple[str, ...]) -> Document:
    return Document(
        paper=paper.id,
        version=paper.version or 0,
        source=text.source.name,
        url=text.source.url,
        at=clock.seconds(),
        notes=notes,
        blocks=text.blocks,
    )


def _shown(paper: Paper, text: str) -> tuple[Inline, ...]:
    bare = paper.text_source != "arxiv"
    return tuple(Inline(span.text, _style(span.style), span.link) for span in spans(text, bare=bare))


def _style(styles: frozenset[str]) -> Style:
    return "code" if "code" in styles else "strong" if "bold" in styles else "italic" if "italic" in styles else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _key(paper_id: str, version: int) -> str:
    return f"{_KEPT}{paper_id} v{version}"


def _texts(http: Http) -> Texts:
    """In a thread, because what this imports takes longer than a key may wait."""
    from paperstui.sources.texts import Texts

    return Texts(http)
