"""The one HTTP client: it waits only so long, takes only so much, goes only where it may, and asks only when it may.

Everything that can go wrong ends as one `SourceError` with a sentence for the user. What a bad answer said is never
kept. httpx is imported when the first request is made.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self, TypeVar

from paperstui.documents.cache import DocumentCache, Response
from paperstui.errors import SourceError
from paperstui.paths import Paths
from paperstui.sources.addresses import endpoint as endpoint_of
from paperstui.sources.addresses import host_of, inward, origin_of, usable
from paperstui.sources.answers import ABSENT, Answer, BadAnswerError, Kind
from paperstui.sources.arxiv_hosts import Arxiv, arxiv_hosts
from paperstui.sources.credentials import Secret, find_token
from paperstui.sources.exchange import LOCATION, Exchange, Progress
from paperstui.sources.failures import TRIES, FailedRequestError, RefusalError, in_words
from paperstui.sources.gate import Gate, Health
from paperstui.sources.limits import Limits
from paperstui.sources.patience import Patience, Surroundings, deadline
from paperstui.sources.pauses import Circuit

if TYPE_CHECKING:
    import ssl

    import httpx

    from paperstui.sources.landing import Landing

MAX_CONNECTIONS = 4
LIMITS_FILE = "limits.json"
_BAD_ANSWER_TRIES = 2
_LONGEST_VALIDATOR = 512
_NOT_THERE = frozenset({400, 404})
_log = logging.getLogger(__name__)
T = TypeVar("T")


class Http(AbstractAsyncContextManager["Http"]):
    """Asks services, at most four things at a time and arXiv one; for use in one event loop.

    endpoint: the home service, the only one that gets the token. notice: what the user should know about the token.
    arxiv: where that is.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        limits: Limits | None = None,
        cache: DocumentCache | None = None,
        token: Secret | None = None,
        notice: str = "",
        patience: Patience | None = None,
        outside: Surroundings | None = None,
        arxiv: Arxiv | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.arxiv = arxiv or Arxiv()
        self._patience = patience or Patience()
        self._outside = outside or Surroundings()
        self._cache = cache
        held = limits or Limits(now=self._outside.now)
        self._gate = Gate(endpoint, self.arxiv, held, self._patience, self._outside)
        self._exchange = Exchange(endpoint, token, self._gate, self._patience, self._outside)
        self._circuit = Circuit(self._patience.rest, monotonic=self._outside.monotonic, now=self._outside.now)
        self._places = asyncio.Semaphore(MAX_CONNECTIONS)
        # What waits for its turn at arXiv takes no place from others.
        self._place_at_arxiv = asyncio.Semaphore(1)
        self._making = asyncio.Lock()
        self._made: httpx.AsyncClient | None = None
        self.health.notice = notice

    @property
    def health(self) -> Health:
        """How it goes with the home service."""
        return self.health_of(self.endpoint)

    def health_of(self, url: str) -> Health:
        """How it goes with the service of an address; all hosts of arXiv are one."""
        return self._gate.health_of(url)

    async def leads_inside(self, url: str) -> bool:
        """Whether an address that others named is of this machine or a private network, and not of a service we use."""
        if origin_of(url) == origin_of(self.endpoint) or self._gate.is_arxiv(url):
            return False
        return await inward(url, self._outside.resolver)

    def wake(self) -> None:
        """The user wants it tried now: forget the pauses of our own making. What a service asked for still counts."""
        self._circuit.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        client, self._made = self._made, None
        if client is not None:
            await client.aclose()

    async def get(
        self,
        url: str,
        kind: Kind,
        read: Callable[[Answer], T],
        *,
        progress: Progress | None = None,
        into: Landing | None = None,
    ) -> T:
        """What `read` makes of the answer for an address.

        read: called in a thread with a whole, decoded body of the right media type; raises `BadAnswerError` when it
        makes no sense. Only then is the answer kept, so that the next request asks whether it changed.
        `Answer.not_modified` means that it did not, and the body is the kept one.
        into: where the body goes instead, which is then no part of the answer and kept nowhere else.

        Raises:
            SourceError: there is no answer, it says no, or it makes no sense.
            SaveError: it could not be written.
        """
        if not usable(url):
            raise SourceError("that is not an address on the web", kind="refused")
        origin, host = origin_of(url), host_of(url)
        total = self._patience.total * kind.patience
        failed: SourceError
        async with self._place_at_arxiv if self._gate.is_arxiv(url) else self._places:
            trial = self._circuit.admit(origin)
            try:
                async with deadline(total):
                    value = await self._tries(url, kind, read, progress, into, 1 if trial else TRIES)
            except TimeoutError:
                failed = SourceError(f"{host} did not answer within {in_words(total)}", kind="timeout")
            except SourceError as error:
                failed = error
            except BaseException:
                self._circuit.undecided(origin)
                raise
            else:
                self._worked(url)
                return value
        self._failed(url, failed)
        raise failed

    def _worked(self, url: str) -> None:
        self._circuit.worked(origin_of(url))
        health = self.health_of(url)
        health.last_success, health.last_error = self._outside.now(), ""

    def _failed(self, url: str, failed: SourceError) -> None:
        _log.info("%s", failed)
        if failed.kind == ABSENT or (isinstance(failed, RefusalError) and failed.status in _NOT_THERE):
            # It answered well: there is no such thing.
            self._worked(url)
            return
        if failed.kind in ("offline", "timeout", "server"):
            self._circuit.failed(origin_of(url), failed)
        else:
            self._circuit.worked(origin_of(url))
        health = self.health_of(url)
        health.last_error, health.last_error_at = str(failed), self._outside.now()

    async def _tries(
        self,
        url: str,
        kind: Kind,
        read: Callable[[Answer], T],
        progress: Progress | None,
        into: Landing | None,
        tries: int,
    ) -> T:
        """Ask until it works, at most so often; wait between two tries a random time that doubles."""
        conditional, attempt = True, 1
        while True:
            try:
                return await self._once(url, kind, read, progress, into, conditional=conditional)
            except BadAnswerError as error:
                failed = FailedRequestError(
                    f"{host_of(url)} {error}", kind=error.kind, tries=_BAD_ANSWER_TRIES if error.again else 1
                )
                conditional = False
            except FailedRequestError as error:
                failed = error
            if failed.at_once:
                continue
            if attempt >= min(tries, failed.tries):
                raise failed
            if failed.retry_at is None:
                # With a time named by the service, the gate waits for exactly that.
                await self._outside.sleep(self._backoff(attempt))
            attempt += 1

    def _backoff(self, attempt: int) -> float:
        longest = min(self._patience.longest_backoff, self._patience.backoff * 2.0 ** (attempt - 1))
        return self._outside.chance() * longest

    async def _once(
        self,
        url: str,
        kind: Kind,
        read: Callable[[Answer], T],
        progress: Progress | None,
        into: Landing | None,
        *,
        conditional: bool,
    ) -> T:
        client = await self._client()
        kept = await self._kept(url) if conditional and into is None else None
        answer = await self._exchange.ask(client, url, kind, kept.validators if kept else None, progress, into)
        if answer.not_modified:
            if kept is None:
                raise BadAnswerError("says that nothing changed, which was not the question")
            return await asyncio.to_thread(read, replace(answer, body=kept.body))
        value = await asyncio.to_thread(read, answer)
        if into is None and kind.kept:
            await self._keep(url, answer)
        return value

    async def _kept(self, url: str) -> Response | None:
        if self._cache is None:
            return None
        kept = await asyncio.to_thread(self._cache.response, url)
        return kept if kept is not None and any(kept.validators) else None

    async def _keep(self, url: str, answer: Answer) -> None:
        if self._cache is None:
            return
        etag, modified = (_validator(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
        if etag or modified:
            at = self._outside.now()
            await asyncio.to_thread(self._cache.store_response, url, answer.body, etag, modified, at)

    async def _client(self) -> httpx.AsyncClient:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(_make_client, self._patience)
            return self._made


def open_http(places: Paths, *, cache: DocumentCache | None = None) -> Http:
    """The client for the user's own settings: the endpoints, the token, the cache and what services asked for before.

    Raises:
        UsageError: an endpoint in the environment is not an address.
    """
    token, notice = find_token()
    documents = cache or DocumentCache(places.documents)
    return Http(
        endpoint_of(),
        limits=Limits(places.state / LIMITS_FILE),
        cache=documents,
        token=token,
        notice=notice,
        arxiv=arxiv_hosts(),
    )


def _validator(text: str) -> str:
    """A validator that can be sent back as a header, or nothing."""
    return text if len(text) <= _LONGEST_VALIDATOR and text.isascii() and text.isprintable() else ""


def _make_client(patience: Patience) -> httpx.AsyncClient:
    """A client; made in a thread because importing httpx and reading the certificates takes a while."""
    import http.cookiejar

    import httpx

    with suppress(ImportError):
        # What httpx would import when it first asks for something, in the middle of the event loop.
        importlib.import_module("anyio._backends._asyncio")
    nobody = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
    try:
        return httpx.AsyncClient(
            verify=_trust(),
            follow_redirects=False,
            timeout=httpx.Timeout(patience.read, connect=patience.connect, pool=None),
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS + 1, max_keepalive_connections=MAX_CONNECTIONS + 1),
            cookies=http.cookiejar.CookieJar(policy=nobody),
            event_hooks={"response": [_hide_location]},
            trust_env=True,
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise SourceError("the proxy named in the environment cannot be used", kind="offline") from error


async def _hide_location(response: httpx.Response) -> None:
    """Keep httpx from reading where an answer sends us on to: on what it cannot read it would fail in its own way."""
    if "location" in response.headers:
        response.headers[LOCATION] = response.headers.pop("location")


@functools.cache
def _trust() -> ssl.SSLContext:
    """Which certificates are trusted; shared, because reading them is slow."""
    import httpx

    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise SourceError("the certificates named in SSL_CERT_FILE cannot be read", kind="refused") from error
