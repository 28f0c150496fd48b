"""The full text of a paper: fetched when it is asked for, kept by paper and version, readable without the network after that.

The sources are asked one after the other, the better ones first; why one had nothing is told beside the text. What is
kept is what came, so a better reading of it needs no new request.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from paperstui import clock
from paperstui.documents.blocks import Block, Heading, Inline, Notice
from paperstui.errors import PaperstuiError, SourceError
from paperstui.usecases.text_abstract import abstract_blocks
from paperstui.usecases.text_heads import KEPT, TextHead, Unkept, Wanting, key_of, paper_of, versions_of, wanting_of
from paperstui.usecases.text_turns import TextTurns, Waits

if TYPE_CHECKING:
    from paperstui.documents.cache import DocumentCache
    from paperstui.models import Paper
    from paperstui.sources.http import Http
    from paperstui.sources.texts import Source, Text, Texts
    from paperstui.usecases.claims import Claims
    from paperstui.usecases.reaching import Reaching

ABSTRACT = "abstract only"
"""The source of a document that has no full text."""

AWAY = frozenset({"offline", "limited"})
"""Kinds of failures after which nothing else is worth asking for."""

_FOR_GOOD = frozenset({"refused", "answer", "empty", "absent"})
_MOST_KEPT = 32 * 2**20
_LONG = 60_000  # bytes of a text of which the beginning is worth being shown alone


class Document(Struct, frozen=True, kw_only=True):
    """A text to read.

    source: its name for people, "abstract only" when there is no full text. version: of the paper, 0 when it is not
    known. at: when it came, Unix seconds. notes: why other sources had nothing, a sentence each. error: why there is
    nothing better now, when asking again later may bring it; kind, retry_at: as of that `SourceError`. wanting: whether
    a newer version of the paper is out, or a better source than this text's may have it by now. unkept: why it
    could not be kept for later, "" where it was: "no room" is a disk that is full or may not be written.
    """

    paper: str
    version: int = 0
    source: str
    url: str = ""
    at: int = 0
    notes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    error: str = ""
    kind: str = ""
    retry_at: float | None = None
    wanting: Wanting = ""
    unkept: Unkept = ""

    @property
    def whole(self) -> bool:
        """Whether this is a full text."""
        return self.source != ABSTRACT


class Reading:
    """Reads and fetches full texts. What fetches belongs to one event loop; the rest may come from any thread.

    claims: who fetches what, among all processes. dear: the papers whose texts are to make room for others last. invent:
    makes texts up; for the demonstration, which asks nobody. downloaded: the PDF of a paper, if it is here.
    """

    def __init__(
        self,
        cache: DocumentCache,
        client: Callable[[], Awaitable[Http]],
        claims: Callable[[], Claims],
        dear: Callable[[], Collection[str]],
        *,
        invent: Callable[[Paper], tuple[Block, ...]] | None = None,
        downloaded: Callable[[Paper], bytes | None] = lambda _: None,
        offline: bool = False,
    ) -> None:
        self._cache = cache
        self._client = client
        self._dear = dear
        self._turns = TextTurns(claims)
        self._invent = invent
        self._downloaded = downloaded
        self._offline = offline

    def kept(self, paper: Paper) -> Document | None:
        """The text that was fetched for a paper: of this version, else of one before. Blocks.

        Its `wanting` says whether asking again may bring one of this version, or a better one.
        """
        if self._invent is not None:
            blocks = self._invent(paper)
            return Document(paper=paper.id, source="made up for the demonstration", blocks=blocks, at=clock.seconds())
        picked = self._picked(paper)
        return _read(picked[0], picked[1], wanting_of(picked[0], paper)) if picked is not None else None

    def beginning(self, paper: Paper) -> tuple[Block, ...]:
        """The first blocks of a long text that is kept, to be shown while the rest is read; () where there is no such. Blocks."""
        picked = self._picked(paper) if self._invent is None else None
        if picked is None or len(picked[1]) < _LONG or picked[0].form != "markdown":
            return ()
        from paperstui.documents.markdown import markdown_pieces

        return next(markdown_pieces(picked[1].decode("utf-8", "replace"), base=picked[0].url), ())

    def here(self, paper: Paper) -> tuple[str, Wanting] | None:
        """What the text of a paper is kept under, and what there may be beyond it; None if there is none. Blocks."""
        picked = self._picked(paper)
        return (key_of(paper.id, picked[0].version), wanting_of(picked[0], paper)) if picked is not None else None

    async def fetch(
        self, paper: Paper, *, asked: bool = True, again: bool = False, waits: Waits | None = None
    ) -> Document:
        """The text of a paper, from here or from the first source that has it; one that is just being fetched is waited for.

        Failures are told in the document, which then holds what is kept, or else the abstract and what else can be done.

        asked: the user wants it now, so pauses of our own making do not count. again: also if it is kept. waits: told
        what is waited for.
        """
        began = clock.seconds()
        kept = await asyncio.to_thread(self.kept, paper)
        if kept is not None and not (again or kept.wanting):
            return kept
        if paper.id.startswith("title:"):
            return abstract_of(paper, ("It has no arXiv id, so no source can be asked for its text.",))
        try:
            texts = await self._texts(asked=asked)
        except PaperstuiError as error:
            return _kept_or_abstract(kept, paper, (_sentence(str(error)),), error)

        async def fetch(tell: Waits, others: bool) -> Document:
            there = await asyncio.to_thread(self.kept, paper) if others else kept
            if others and there is not None and not there.wanting and (not again or there.at >= began):
                return there
            return await self._fetch(texts, paper, there, again=again, tell=tell)

        return await self._turns.once(paper, fetch, asked=asked, again=again, waits=waits)

    async def _fetch(self, texts: Texts, paper: Paper, kept: Document | None, *, again: bool, tell: Waits) -> Document:
        sources: Sequence[Source] = texts.sources(paper.id, paper.version)
        if kept is not None and kept.wanting == "better" and not again:
            sources = _better(sources, kept.source)
        notes: list[str] = []
        if kept is None and await asyncio.to_thread(self._damaged, paper):
            notes.append("What was kept of it was damaged on the disk, so it was asked for again.")
        text, later = await _asked(lambda source: self._text(texts, source, paper), sources, notes, tell)
        if text is None:
            if kept is not None:
                await asyncio.to_thread(self._tried, paper, str(later or ""))
            return _kept_or_abstract(kept, paper, tuple(notes), later)
        document = _document(paper, text, tuple(notes))
        unkept = await asyncio.to_thread(self._keep, paper, document, text, str(later or ""))
        return msgspec.structs.replace(document, unkept=unkept) if unkept else document

    def spare(self) -> None:
        """Let the texts of starred papers and of those of the reading list go last, when others need room. Blocks.

        It is done with every text that is kept, and by whoever looks after the library.
        """
        dear = frozenset(self._dear())
        self._cache.spare(KEPT, lambda key: paper_of(key) in dear)

    def pdf(self, paper: Paper) -> bytes | None:
        """The PDF that the kept text of a paper was made from, if it was. Blocks."""
        for version in {paper.version or 0, 0}:
            found = self._head(paper.id, version)
            if found is not None and found[0].form == "pdf" and wanting_of(found[0], paper) != "newer":
                return found[1]
        return None

    async def _text(self, texts: Texts, source: Source, paper: Paper) -> Text:
        """The text that a source has; a PDF that was downloaded to be looked at is not asked for once more."""
        body = await asyncio.to_thread(self._downloaded, paper) if source.form == "pdf" else None
        if body is None:
            return await texts.fetch(source)
        return await asyncio.to_thread(_read_here, source, body)

    def forget(self, paper: Paper) -> None:
        """Drop the texts that are kept for a paper. Blocks."""
        for version in versions_of(paper):
            self._cache.forget(key_of(paper.id, version))

    async def _texts(self, *, asked: bool) -> Texts:
        if self._offline:
            raise SourceError("the demonstration does not touch the network", kind="offline")
        http = await self._client()
        if asked:
            http.wake()
        return await asyncio.to_thread(_texts, http)

    def _picked(self, paper: Paper) -> tuple[TextHead, bytes] | None:
        """The best of the texts that are kept for a paper: one of its newest version, from a good source, that came last."""
        found = [kept for version in versions_of(paper) if (kept := self._head(paper.id, version)) is not None]

        def worth(kept: tuple[TextHead, bytes]) -> tuple[bool, bool, int, int]:
            wanting = wanting_of(kept[0], paper)
            return wanting != "newer", not wanting, kept[0].at, kept[0].version

        return max(found, key=worth, default=None)

    def _damaged(self, paper: Paper) -> bool:
        """Whether something is kept of a paper's text that cannot be a text of it."""
        keys = [key_of(paper.id, version) for version in versions_of(paper)]
        return bool(self._cache.holds(keys)) and self._picked(paper) is None

    def _head(self, paper_id: str, version: int) -> tuple[TextHead, bytes] | None:
        data = self._cache.get(key_of(paper_id, version))
        if not isinstance(data, bytes):
            return None
        line, _, body = data.partition(b"\n")
        try:
            head = msgspec.json.decode(line, type=TextHead)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        return (head, body) if head.check in (-1, zlib.crc32(body)) else None

    def _keep(self, paper: Paper, document: Document, text: Text, later: str) -> Unkept:
        """Keep a text, in place of those of earlier versions, or say why it could not be."""
        if len(text.body) > _MOST_KEPT:
            return "too long"
        head = TextHead(
            document.paper, document.version, document.source, text.source.form, document.url, document.at, document.notes,
            known=paper.version or 0, later=later, tried=document.at,
        )  # fmt: skip
        if not self._put(head, text.body):
            return "no room"
        self.spare()
        if not wanting_of(head, paper):
            # What it takes the place of would only make room scarce.
            for version in versions_of(paper):
                if version != head.version:
                    self._cache.forget(key_of(paper.id, version))
        return ""

    def _tried(self, paper: Paper, later: str) -> None:
        """Note that the better sources were asked again, and why they may have it another time."""
        picked = self._picked(paper)
        if picked is not None:
            head, body = picked
            self._put(msgspec.structs.replace(head, later=later, tried=clock.seconds()), body)
            self.spare()

    def _put(self, head: TextHead, body: bytes) -> bool:
        checked = msgspec.structs.replace(head, check=zlib.crc32(body))
        return self._cache.put(key_of(head.paper, head.version), msgspec.json.encode(checked) + b"\n" + body)


async def _asked(
    ask: Callable[[Source], Awaitable[Text]], sources: Sequence[Source], notes: list[str], tell: Waits
) -> tuple[Text | None, SourceError | None]:
    """The text of the first source that has it, and why one before may have it another time. notes: takes what they said."""
    from paperstui.sources.addresses import origin_of

    later: SourceError | None = None
    away: set[str] = set()  # where nothing can be reached
    for source in sources:
        origin = origin_of(source.url)
        if origin in away:
            continue
        tell(f"asking for {source.name}")
        try:
            return await ask(source), later
        except SourceError as error:
            notes.append(f"{source.name}: {error}.")
            # What says more is told: that there is no network, or until when nobody is to ask.
            for_good = error.kind in _FOR_GOOD and error.retry_at is None
            if not for_good and (later is None or (later.kind not in AWAY and error.kind in AWAY)):
                later = error
            if error.kind == "offline":
                away.add(origin)
                if len(away) > 1:
                    break  # one may be down or blocked; two mean that there is no network
    return None, later


def _better(sources: Sequence[Source], name: str) -> Sequence[Source]:
    """Those in front of one."""
    names = [source.name for source in sources]
    return sources[: names.index(name)] if name in names else sources


def _read(head: TextHead, body: bytes, wanting: Wanting) -> Document | None:
    from paperstui.documents.html import NoTextError
    from paperstui.sources.texts import blocks_of

    try:
        blocks = blocks_of(head.form, body, head.url)
    except (ValueError, RecursionError, KeyError, NoTextError):
        # It is damaged, or what reads it is not installed any more: fetching says what is the matter.
        return None
    return Document(
        paper=head.paper, version=head.version, source=head.source, url=head.url, at=head.at, notes=head.notes, blocks=blocks,
        wanting=wanting,
    )  # fmt: skip


def _kept_or_abstract(
    kept: Document | None, paper: Paper, notes: tuple[str, ...], error: PaperstuiError | None
) -> Document:
    """What there is to read when no source gave a text. notes, error: why."""
    found = kept or abstract_of(paper, notes)
    source = error if isinstance(error, SourceError) else None
    return msgspec.structs.replace(
        found,
        error=str(error or ("" if kept is None else " ".join(notes))),
        kind=source.kind if source else "",
        retry_at=source.retry_at if source else None,
    )


def abstract_of(paper: Paper, notes: tuple[str, ...], *, error: str = "") -> Document:
    """The document of a paper without a full text: its abstract, why there is no more, and the ways out."""
    blocks = list(abstract_blocks(paper))
    blocks.append(Heading((Inline("No full text"),), 2, "no-full-text"))
    blocks += [Notice(note) for note in notes]
    return Document(
        paper=paper.id, version=paper.version or 0, source=ABSTRACT, at=clock.seconds(), notes=notes, blocks=tuple(blocks),
        error=error,
    )  # fmt: skip


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
    return Reading(
        cache,
        client,
        lambda: desk.claims,
        desk.library.kept,
        invent=invent,
        downloaded=downloaded,
        offline=desk.offline,
    )


def _read_here(source: Source, body: bytes) -> Text:
    from paperstui.documents.html import NoTextError
    from paperstui.sources.texts import Text, blocks_of

    try:
        return Text(source, body, blocks_of(source.form, body, source.url))
    except NoTextError as error:
        raise SourceError(f"arXiv {error}", kind="absent") from None
    except ValueError:
        raise SourceError("arXiv sent a text that cannot be read", kind="answer") from None


def _document(paper: Paper, text: Text, notes: tuple[str, ...]) -> Document:
    return Document(
        paper=paper.id,
        version=text.source.version,
        source=text.source.name,
        url=text.source.url,
        at=clock.seconds(),
        notes=notes,
        blocks=text.blocks,
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _texts(http: Http) -> Texts:
    """In a thread, because what this imports takes longer than a key may wait."""
    from paperstui.sources.texts import Texts

    return Texts(http)
