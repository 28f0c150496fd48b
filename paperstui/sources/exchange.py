"""One request with its redirects: what is sent, where it may lead, and what each status means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from paperstui import __version__
from paperstui.documents.cache import Validators
from paperstui.sources.addresses import host_of, origin_of, redirected
from paperstui.sources.answers import (
    FEED,
    LIST,
    Answer,
    BadAnswerError,
    Decoder,
    Kind,
    check_body,
    check_type,
    decode_json,
    too_large,
)
from paperstui.sources.credentials import Secret
from paperstui.sources.failures import FailedRequestError, RefusalError, explain, in_words
from paperstui.sources.gate import Gate
from paperstui.sources.limits import BLOCKED_FOR, retry_after, wait_asked_for
from paperstui.sources.patience import Patience, Surroundings
from paperstui.text.clean import clean_line

if TYPE_CHECKING:
    import httpx

    from paperstui.sources.landing import Landing

USER_AGENT = f"paperstui/{__version__} (+https://pypi.org/project/paperstui/)"
MAX_HOPS = 5
LOCATION = "x-paperstui-location"
"""Where the client puts the `Location` of an answer."""

_ERROR_TEXT = replace(LIST, name="an error", cap=64 * 1024)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Progress = Callable[[int, int | None], None]
"""Told how many bytes of a body have come, and how many there will be where that is known."""


class Exchange:
    """Sends requests through a gate. The token goes to the home service only, whatever redirects say."""

    def __init__(self, home: str, token: Secret | None, gate: Gate, patience: Patience, outside: Surroundings) -> None:
        self._home = origin_of(home)
        self._token = token
        self._gate = gate
        self._patience = patience
        self._outside = outside

    async def ask(
        self,
        client: httpx.AsyncClient,
        url: str,
        kind: Kind,
        known: Validators | None,
        progress: Progress | None = None,
        into: Landing | None = None,
    ) -> Answer:
        """The answer for an address, after redirects. `known`: ask whether it changed since then.

        into: where the body goes; the answer then has none.

        Raises:
            FailedRequestError: there is no answer, or it says no.
            BadAnswerError: the answer is not what was asked for.
            SaveError: it could not be written.
        """
        current = url
        for _ in range(MAX_HOPS + 1):
            async with self._send(client, current, kind, known) as response:
                if response.status_code not in _REDIRECTS:
                    return await self._receive(response, current, kind, progress, into)
                location = response.headers.get(LOCATION, "")
            if not location:
                raise BadAnswerError("sent us on without saying where to", again=False)
            current = await redirected(current, location, self._outside.resolver)
        raise BadAnswerError("sent us on and on in circles", again=False)

    @asynccontextmanager
    async def _send(
        self, client: httpx.AsyncClient, url: str, kind: Kind, known: Validators | None
    ) -> AsyncIterator[httpx.Response]:
        async with self._gate.passage(url):
            import httpx

            request = client.build_request("GET", url, headers=self._headers(url, kind, known))
            if request.url.host != httpx.URL(url).host or origin_of(str(request.url)) != origin_of(url):
                raise BadAnswerError("sent us on to an address that cannot be used", again=False)
            try:
                response = await client.send(request, stream=True, follow_redirects=False)
                try:
                    await self._gate.learn(url, response.headers)
                    yield response
                finally:
                    await response.aclose()
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                patience = self._patience
                raise explain(error, host_of(url), connect=patience.connect, read=patience.read) from error

    def _headers(self, url: str, kind: Kind, known: Validators | None) -> Mapping[str, str]:
        headers = {"User-Agent": USER_AGENT, "Accept": kind.accept, "Accept-Encoding": "gzip"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        if self._token is not None and origin_of(url) == self._home:
            headers["Authorization"] = f"Bearer {self._token.reveal()}"
        return headers

    async def _receive(
        self, response: httpx.Response, url: str, kind: Kind, progress: Progress | None, into: Landing | None
    ) -> Answer:
        status = response.status_code
        if status == HTTPStatus.NOT_MODIFIED:
            return Answer(url, b"", dict(response.headers), not_modified=True)
        if status >= HTTPStatus.BAD_REQUEST:
            raise await self._refusal(response, url)
        if status != HTTPStatus.OK:
            raise BadAnswerError(
                "sent an empty answer" if status == HTTPStatus.NO_CONTENT else f"answered with status {status}"
            )
        check_type(kind, response.headers.get("content-type", ""))
        body = await _body(response, kind, progress, into)
        check_body(kind, body if into is None else await asyncio.to_thread(into.ends))
        return Answer(url, body, dict(response.headers))

    async def _refusal(self, response: httpx.Response, url: str) -> FailedRequestError:
        """The failure that a status from 400 on means."""
        status, host = response.status_code, host_of(url)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            seconds = wait_asked_for(response.headers, self._outside.now())
            until = await self._gate.pause(url, seconds)
            return FailedRequestError(f"{host} asks to wait {in_words(seconds)}", kind="limited", retry_at=until)
        if status == HTTPStatus.UNAUTHORIZED and "authorization" in response.request.headers:
            self._token = None
            notice = f"{host} does not accept the token any more; going on without it"
            self._gate.health_of(url).notice = notice
            return FailedRequestError(notice, kind="refused", tries=1, at_once=True)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            asked = retry_after(response.headers, self._outside.now())
            if response.headers.get("retry-after", "").strip() == "0":
                asked = None  # as arXiv's cache says: it may be asked again at once
            again = None if asked is None else await self._gate.pause(url, asked)
            return FailedRequestError(f"{host} is in trouble (status {status})", kind="server", retry_at=again)
        if status == HTTPStatus.FORBIDDEN and self._gate.is_arxiv(url):
            until = await self._gate.block(url)
            message = f"{host} refuses us (status 403), and is not asked again for {in_words(BLOCKED_FOR)}"
            return FailedRequestError(message, kind="refused", retry_at=until, tries=1)
        said = await _error_text(response)
        return RefusalError(f"{host} says {status}: {said}" if said else f"{host} refuses with status {status}", status)


async def _body(response: httpx.Response, kind: Kind, progress: Progress | None, into: Landing | None = None) -> bytes:
    length = response.headers.get("content-length", "")
    expected = int(length[:20]) if length.isascii() and length.isdecimal() else None
    if expected is not None and expected > kind.cap:
        raise too_large(kind)
    decoder = Decoder(kind, response.headers.get("content-encoding", ""))
    if into is not None:
        await asyncio.to_thread(into.begin)
    async for piece in response.aiter_raw():
        decoder.feed(piece)
        if into is not None:
            await asyncio.to_thread(into.write, decoder.take())
        if progress is not None:
            progress(response.num_bytes_downloaded, expected)
    return decoder.finish()


async def _error_text(response: httpx.Response) -> str:
    """What a service says in `{"error": "…"}` or in a feed, cleaned, or nothing."""
    media = response.headers.get("content-type", "")
    text = ""
    with suppress(BadAnswerError):
        if media.partition(";")[0].strip().lower() in FEED.types:
            from paperstui.sources.feed_xml import parse, said_error

            text = said_error(parse(await _body(response, _ERROR_TEXT, None)))
        else:
            check_type(LIST, media)
            said = decode_json(await _body(response, _ERROR_TEXT, None))
            if isinstance(said, dict) and isinstance(said.get("error"), str):
                text = clean_line(said["error"], 200)
    return text or _phrase(response.status_code)


def _phrase(status: int) -> str:
    # The reason phrase of the answer is foreign text and says no more than the number does.
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return ""
