"""One request on one connection, as the faults of the loopback server see it."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from tests.server.hub import Reply


@dataclass(frozen=True)
class Request:
    """A request as it came. at: monotonic seconds. number: counts all requests from 1."""

    number: int
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    at: float


@dataclass
class Connection:
    """One connection of a client. `open`: another request may come on it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    origin: str
    open: bool = True

    async def send(self, data: bytes) -> None:
        """Send bytes."""
        self.writer.write(data)
        await self.writer.drain()

    async def gone(self) -> None:
        """Wait until the client goes away."""
        while await self.reader.read(65_536):
            pass
        self.open = False

    def reset(self) -> None:
        """Break off with RST."""
        self.open = False
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def head(self, reply: Reply, *, length: int | None = None) -> bytes:
        """The status line and the headers of a reply; without a Content-Length where `length` is negative."""
        try:
            phrase = HTTPStatus(reply.status).phrase
        except ValueError:
            phrase = "Unknown"
        headers = dict(reply.headers)
        size = len(reply.body) if length is None else length
        if size >= 0 and reply.status not in (204, 304):
            headers.setdefault("Content-Length", str(size))
        lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        return "\r\n".join(lines).replace("{origin}", self.origin).encode("latin-1", "replace")

    async def reply(self, reply: Reply) -> None:
        """Send a whole reply as it should be."""
        await self.send(self.head(reply) + reply.body)


@dataclass(frozen=True)
class Call:
    """A request that is to be answered wrongly. right: what the right answer is. options: how the fault is to be."""

    connection: Connection
    request: Request
    right: Reply
    options: dict[str, Any]

    @property
    def plain(self) -> Reply:
        """The right answer without compression, so that what is done to its bytes is done to its text."""
        if self.right.headers.get("Content-Encoding") != "gzip":
            return self.right
        headers = {name: value for name, value in self.right.headers.items() if name != "Content-Encoding"}
        return replace(self.right, headers=headers, body=gzip.decompress(self.right.body))

    async def send(self, data: bytes) -> None:
        """Send bytes."""
        await self.connection.send(data)

    async def answer(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        """Send a whole answer."""
        await self.connection.reply(Reply(status, dict(headers), body))

    async def last(self, data: bytes) -> None:
        """Send bytes and end the connection."""
        await self.send(data)
        self.connection.open = False


Fault = Callable[[Call], Coroutine[Any, Any, None]]
"""Answers a request wrongly."""
