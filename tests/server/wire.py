"""HTTP/1.1 on loopback, byte by byte, so that it can also be done wrong. Runs in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.server.connection import Call, Connection, Fault, Request
from tests.server.faults import FAULTS
from tests.server.hub import Hub, Reply

_HEAD_LIMIT = 256 * 1024
_PATIENCE = 10
_TLS = b"\x16"
T = TypeVar("T")


@dataclass
class _Rule:
    """A fault that is switched on: for addresses that begin with `path`, for some of the requests to them."""

    name: str
    path: str
    nth: frozenset[int]
    times: int | None
    options: dict[str, Any]
    met: int = 0
    done: int = 0

    def applies(self, path: str) -> bool:
        if not path.startswith(self.path) or (self.times is not None and self.done >= self.times):
            return False
        self.met += 1
        if self.nth and self.met not in self.nth:
            return False
        self.done += 1
        return True


@dataclass
class Server:
    """A service at `url`. Use it as a context manager, or call `start` and `stop`.

    requests: all that came, in order.
    """

    hub: Hub = field(default_factory=Hub)
    host: str = "127.0.0.1"
    port: int = 0
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults: Mapping[str, Fault] = FAULTS
        self._rules: list[_Rule] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.host}:{self.port}"

    def answer(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """The right reply; services of other kinds have another one."""
        return self.hub.reply(path, query, headers)

    def fault(
        self, name: str, *, path: str = "/", nth: int | tuple[int, ...] = (), times: int | None = None, **options: Any
    ) -> None:
        """Switch a fault on: for addresses that begin with `path`; for the n-th request to them, or the first `times`.

        Of several faults for one request, the one switched on last is had.
        """
        if name not in self.faults:
            raise ValueError(f"there is no fault {name}: {', '.join(sorted(self.faults))}")
        numbers = frozenset((nth,) if isinstance(nth, int) else nth)
        self._rules.insert(0, _Rule(name, path, numbers, times, options))

    def heal(self) -> None:
        """Switch all faults off, and listen."""
        self._rules.clear()
        self.up()

    def seen(self, path: str = "/") -> list[Request]:
        """The requests to addresses that begin so."""
        return [request for request in self.requests if request.path.startswith(path)]

    def down(self) -> None:
        """Refuse connections."""
        self._run(self._stop_listening())

    def up(self) -> None:
        """Listen, at the same port as before."""
        self._run(self._listen())

    def start(self) -> Self:
        """Begin."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hugging-face", daemon=True)
        self._thread.start()
        self.up()
        return self

    def stop(self) -> None:
        """End, and close all connections."""
        self._run(self._stop_listening())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _listen(self) -> None:
        if self._listening is None:
            self._listening = await asyncio.start_server(self._accept, self.host, self.port, limit=_HEAD_LIMIT)
            self.port = self._listening.sockets[0].getsockname()[1]

    async def _stop_listening(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._serve(Connection(reader, writer, self.url)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, connection: Connection) -> None:
        try:
            while connection.open and (request := await self._read(connection)) is not None:
                await self._answer(connection, request)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            connection.writer.close()
            with contextlib.suppress(ConnectionError):
                await connection.writer.wait_closed()

    async def _answer(self, connection: Connection, request: Request) -> None:
        reply = self.answer(request.path, request.query, request.headers)
        rule = next((rule for rule in self._rules if rule.applies(request.path)), None)
        if rule is None:
            await connection.reply(reply)
        else:
            await self.faults[rule.name](Call(connection, request, reply, rule.options))

    async def _read(self, connection: Connection) -> Request | None:
        try:
            data = await connection.reader.readexactly(1)
            if data == _TLS:
                await connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return None
            data += await connection.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = data.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        number = len(self.requests) + 1
        request = Request(number, method, unquote(parts.path), query, headers, time.monotonic())
        self.requests.append(request)
        return request
