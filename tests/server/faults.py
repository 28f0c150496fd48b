"""What can go wrong between a client and Hugging Face, by name; `shape_faults` has what can be wrong in its JSON."""

from __future__ import annotations

import asyncio
import functools
import gzip
import json
import zlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from tests.server.connection import Call, Fault
from tests.server.shape_faults import SHAPES

FAULTS: dict[str, Fault] = {}

_HTML = b"<!doctype html><html><title>Free Wi-Fi</title><body><form action=/login>Please sign in</form></body></html>"
_JSON = {"Content-Type": "application/json; charset=utf-8"}
_BOMB = 500 * 2**20


def _fault(run: Fault) -> Fault:
    FAULTS[getattr(run, "__name__", "")] = run
    return run


# Connections


@_fault
async def reset(call: Call) -> None:
    call.connection.reset()


@_fault
async def close(call: Call) -> None:
    call.connection.open = False


@_fault
async def hang(call: Call) -> None:
    await call.connection.gone()


@_fault
async def hang_headers(call: Call) -> None:
    await call.send(call.connection.head(call.right)[:-2])
    await call.connection.gone()


@_fault
async def hang_body(call: Call) -> None:
    await call.send(call.connection.head(call.right) + call.right.body[: len(call.right.body) // 2])
    await call.connection.gone()


@_fault
async def reset_body(call: Call) -> None:
    await call.send(call.connection.head(call.right) + call.right.body[: len(call.right.body) // 2])
    call.connection.reset()


@_fault
async def drip(call: Call) -> None:
    """One byte every `every` seconds until the client has had enough; of the headers already if `headers` is true."""
    head = call.connection.head(call.plain, length=10**6)
    if not call.options.get("headers"):
        await call.send(head)
    left = asyncio.ensure_future(call.connection.gone())
    try:
        for byte in head if call.options.get("headers") else b" " * 10**6:
            await call.send(bytes([byte]))
            done, _ = await asyncio.wait({left}, timeout=call.options.get("every", 0.02))
            if done:
                return
    finally:
        left.cancel()


@_fault
async def held(call: Call) -> None:
    """The right answer, when the event `until` is set."""
    await asyncio.to_thread(call.options["until"].wait)
    await call.connection.reply(call.right)


@_fault
async def garbage(call: Call) -> None:
    await call.last(b"\x00\x01\x02 this is no HTTP \xff\xfe\r\n\r\n")


@_fault
async def http09(call: Call) -> None:
    await call.last(call.plain.body)


@_fault
async def header_bomb(call: Call) -> None:
    await call.last(b"HTTP/1.1 200 OK\r\nX-Much: " + b"a" * 2**20 + b"\r\n\r\n[]")


@_fault
async def continue_flood(call: Call) -> None:
    while True:
        await call.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 64)
        await asyncio.sleep(0)


# Bodies that are cut, too large or coded wrongly


@_fault
async def truncated(call: Call) -> None:
    """Fewer bytes than Content-Length says."""
    await call.last(call.connection.head(call.right) + call.right.body[:-20])


@_fault
async def chunk_truncated(call: Call) -> None:
    """A chunk that ends before its length."""
    reply = replace(call.plain, headers=call.plain.headers | {"Transfer-Encoding": "chunked"})
    await call.last(call.connection.head(reply, length=-1) + b"%x\r\n" % len(reply.body) + reply.body[:-20])


@_fault
async def short_length(call: Call) -> None:
    """A Content-Length that is too small, so that the body is cut without any sign of it."""
    body = call.plain.body
    await call.last(call.connection.head(call.plain, length=len(body) // 2) + body)


@_fault
async def close_delimited(call: Call) -> None:
    """No length at all, and the connection ends in the middle."""
    body = call.plain.body
    await call.last(call.connection.head(call.plain, length=-1) + body[: len(body) // 2])


@_fault
async def gzip_cut(call: Call) -> None:
    await _coded(call, gzip.compress(call.plain.body)[:-30])


@_fault
async def gzip_corrupt(call: Call) -> None:
    packed = bytearray(gzip.compress(call.plain.body))
    packed[len(packed) // 2] ^= 0xFF
    await _coded(call, bytes(packed))


@_fault
async def gzip_lie(call: Call) -> None:
    await _coded(call, call.plain.body)


@_fault
async def br_lie(call: Call) -> None:
    await _coded(call, call.plain.body, "br")


@_fault
async def gzip_bomb(call: Call) -> None:
    """Half a megabyte that unpacks to 500."""
    await _coded(call, _bomb())


@functools.cache
def _bomb() -> bytes:
    """Packed once, as that takes seconds."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(2**20)
    return b"".join(packer.compress(zeros) for _ in range(_BOMB // len(zeros))) + packer.flush()


async def _coded(call: Call, body: bytes, coding: str = "gzip") -> None:
    await call.answer(200, call.right.headers | {"Content-Encoding": coding}, body)


@_fault
async def endless(call: Call) -> None:
    await call.send(call.connection.head(call.plain, length=-1) + b"[")
    while True:
        await call.send(b" " * 65_536)


@_fault
async def huge_length(call: Call) -> None:
    await call.send(call.connection.head(call.plain, length=10**12) + b"[")
    await call.connection.gone()


# Statuses


@_fault
async def status(call: Call) -> None:
    """Any status: `code`, with `headers`, and `error` as the text of a JSON error or `body` as it is."""
    error = {"error": call.options.get("error", "something went wrong")}
    body = call.options.get("body", json.dumps(error).encode("ascii"))
    await call.answer(call.options["code"], _JSON | call.options.get("headers", {}), body)


@_fault
async def limited(call: Call) -> None:
    """429. after: the Retry-After header; date_in: the same as a date in so many seconds, by a clock that is off by
    `skew`; reset: the t of an empty RateLimit."""
    options, headers = call.options, dict(_JSON)
    if "after" in options:
        headers["Retry-After"] = str(options["after"])
    if "date_in" in options:
        sent = datetime.now(timezone.utc) + timedelta(seconds=options.get("skew", 0))
        headers["Date"] = format_datetime(sent, usegmt=True)
        headers["Retry-After"] = format_datetime(sent + timedelta(seconds=options["date_in"]), usegmt=True)
    if "reset" in options:
        headers["RateLimit"] = f'"api";r=0;t={options["reset"]}'
    await call.answer(429, headers, b'{"error":"We had to rate limit your IP."}')


@_fault
async def last_one(call: Call) -> None:
    """A good answer that says it was the last one for `reset` seconds."""
    limit = f'"api";r=0;t={call.options["reset"]}'
    await call.connection.reply(replace(call.right, headers=call.right.headers | {"RateLimit": limit}))


@_fault
async def bad_token(call: Call) -> None:
    """401 for whoever comes with a token."""
    if "authorization" in call.request.headers:
        await call.answer(401, _JSON, b'{"error":"Invalid credentials in Authorization header"}')
    else:
        await call.connection.reply(call.right)


@_fault
async def empty200(call: Call) -> None:
    await call.answer(200, call.plain.headers)


@_fault
async def not_modified(call: Call) -> None:
    """304 whether it was asked for or not."""
    await call.answer(304, {"ETag": '"any"'})


# Portals and redirects


@_fault
async def html200(call: Call) -> None:
    """A login page instead of what was asked for. type: what it says it is; etag: a validator for it."""
    headers = {"Content-Type": call.options.get("type", "text/html; charset=utf-8")}
    if "etag" in call.options:
        headers["ETag"] = call.options["etag"]
    await call.answer(200, headers, _HTML)


@_fault
async def redirect(call: Call) -> None:
    """Send on to `to`; to the same address if that is not given, and to nowhere if it is empty."""
    target = call.options.get("to", call.request.path)
    await call.answer(call.options.get("code", 302), {"Location": target} if target else {})


# What is wrong in the JSON


def _bent(name: str) -> Fault:
    async def bent(call: Call) -> None:
        # Only a good answer can be bent: "no such day" stays what it is.
        body = SHAPES[name](call.plain, call.options) if call.right.status == 200 else call.plain.body
        await call.connection.reply(replace(call.plain, body=body))

    return bent


FAULTS.update({name: _bent(name) for name in SHAPES})
