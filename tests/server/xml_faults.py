"""What can go wrong with arXiv, by name: in its XML, and in the ways that it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.server.connection import Call, Fault

XML_FAULTS: dict[str, Fault] = {}

_ERROR = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>'
    "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>"
    "<summary>incorrect id format for x</summary></entry></feed>"
)
_BOMB = '<!DOCTYPE a [<!ENTITY a "' + "lol" * 100 + '">' + "".join(
    f'<!ENTITY {chr(98 + turn)} "{f"&{chr(97 + turn)};" * 20}">' for turn in range(8)
)  # fmt: skip


def _bent(name: str, bend: Callable[[bytes], bytes]) -> None:
    async def fault(call: Call) -> None:
        body = bend(call.plain.body) if call.right.status == 200 else call.plain.body
        await call.connection.reply(replace(call.plain, body=body))

    XML_FAULTS[name] = fault


def _refusal(name: str, status: int, headers: dict[str, str], body: bytes) -> None:
    async def fault(call: Call) -> None:
        await call.answer(call.options.get("code", status), headers, body)

    XML_FAULTS[name] = fault


def _without_first_id(body: bytes) -> bytes:
    entry = re.search(rb"<(entry|item)>.*?</\1>", body, re.DOTALL)
    if entry is None:
        return body
    bare = re.sub(rb"<(id|guid|link)\b[^>]*>[^<]*</\1>", b"", entry[0])
    return body.replace(entry[0], bare, 1)


_bent("xml_cut", lambda body: body[: len(body) * 2 // 3])
_bent("xml_bomb", lambda _: (_BOMB + "]><rss><channel><title>&h;</title></channel></rss>").encode())
_bent(
    "xml_doctype",
    lambda body: body.replace(b"<feed", b"<!DOCTYPE feed><feed", 1).replace(b"<rss", b"<!DOCTYPE rss><rss"),
)
_bent("xml_deep", lambda _: b"<a>" * 100_000)
_bent("xml_control", lambda body: body.replace(b"<title>", b"<title>\x0c\x1b[31m&#27;&#x1b;", 3))
_bent("xml_bad_utf8", lambda body: body.replace(b"<title>", b"<title>\xff\xfe", 3))
_bent("xml_other", lambda _: b'<svg xmlns="http://www.w3.org/2000/svg"><title>A drawing</title></svg>')
_bent("xml_no_id", _without_first_id)
_bent("xml_error200", lambda _: _ERROR.encode())
_bent("xml_no_entries", lambda body: re.sub(rb"<entry>.*</entry>|<item>.*</item>", b"", body, flags=re.DOTALL))
_bent("xml_html", lambda _: b"<!DOCTYPE html><html><title>Sign in</title></html>")
_refusal("denied", 403, {"Content-Type": "text/html"}, b"<html><h1>Access Denied</h1></html>")
_refusal("rate_exceeded", 429, {"Content-Type": "text/plain"}, b"Rate exceeded.")
_refusal("unavailable", 503, {"Content-Type": "text/html", "Retry-After": "0"}, b"<html>Varnish</html>")
