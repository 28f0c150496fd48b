"""Every way in which the network or the service can fail, on real sockets."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from paperstui.documents.cache import DocumentCache
from paperstui.errors import SourceError
from paperstui.models import Batch
from paperstui.sources.daily_papers import DailyPapers
from tests.server import Server
from tests.sources.clients import HASTY, RELAXED, Clock, client

DAY = "2026-06-04"
PAPERS = 20
"""How many papers the server has on that day."""


class Row(NamedTuple):
    """A fault, what it must end as, after how many requests, and words of the message."""

    fault: str
    kind: str
    requests: int
    words: str
    options: Mapping[str, Any] = MappingProxyType({})


FAILURES = [
    Row("reset", "server", 3, "broke off the connection"),
    Row("close", "server", 3, "broke off the connection"),
    Row("reset_body", "server", 3, "broke off the connection"),
    Row("truncated", "server", 3, "broke off the connection"),
    Row("chunk_truncated", "server", 3, "broke off the connection"),
    Row("garbage", "answer", 3, "not HTTP"),
    Row("http09", "server", 3, "broke off the connection"),
    Row("header_bomb", "answer", 3, "not HTTP"),
    Row("short_length", "answer", 2, "broken or cut off"),
    Row("close_delimited", "answer", 2, "broken or cut off"),
    Row("gzip_cut", "answer", 2, "cut off"),
    Row("gzip_corrupt", "answer", 2, "damaged"),
    Row("gzip_lie", "answer", 2, "damaged"),
    Row("br_lie", "answer", 2, "not asked for"),
    Row("huge_length", "answer", 1, "more than 8 MB"),
    Row("endless", "answer", 1, "more than 8 MB"),
    Row("json_many", "answer", 1, "more than 8 MB"),
    Row("status", "server", 3, "status 500", {"code": 500}),
    Row("status", "server", 3, "status 503", {"code": 503}),
    Row("status", "server", 3, "status 599", {"code": 599}),
    Row("status", "refused", 1, "says 403: not for you", {"code": 403, "error": "not for you"}),
    Row("status", "refused", 1, "says 410: gone", {"code": 410, "body": b"<html>"}),
    Row("status", "refused", 1, "says 418", {"code": 418, "body": b"{"}),
    Row("status", "refused", 1, "says 451", {"code": 451, "body": b'{"error": ["no text"]}'}),
    Row("status", "answer", 2, "empty", {"code": 204, "body": b""}),
    Row("status", "answer", 2, "status 206", {"code": 206}),
    Row("empty200", "answer", 2, "empty"),
    Row("not_modified", "answer", 2, "nothing changed"),
    Row("html200", "answer", 1, "captive portal"),
    Row("html200", "answer", 1, "captive portal", {"type": "application/json"}),
    Row("html200", "answer", 1, "sent image/png instead of a list", {"type": "image/png"}),
    Row("redirect", "answer", 6, "in circles"),
    Row("redirect", "answer", 1, "without saying where", {"to": ""}),
    Row("redirect", "answer", 1, "not on the web", {"to": "file:///etc/passwd"}),
    Row("redirect", "answer", 1, "not on the web", {"to": "javascript:alert(1)"}),
    Row("redirect", "answer", 1, "cannot be used", {"to": "http://user:word@example.org/"}),
    Row("redirect", "answer", 1, "cannot be read", {"to": "http://[::1/"}),
    Row("json_cut", "answer", 2, "broken or cut off"),
    Row("json_bad", "answer", 2, "broken or cut off"),
    Row("json_concat", "answer", 2, "broken or cut off"),
    Row("json_deep", "answer", 2, "too deeply"),
    Row("json_deep_obj", "answer", 2, "too deeply"),
    Row("bad_utf8", "answer", 2, "not UTF-8"),
    Row("json_null", "answer", 1, "not a list of papers"),
    Row("json_scalar", "answer", 1, "not a list of papers"),
    Row("json_string", "answer", 1, "not a list of papers"),
    Row("json_object", "answer", 1, "not a list of papers (message)"),
    Row("renamed", "answer", 1, "none of which can be read"),
]


@pytest.mark.parametrize(
    "row", FAILURES, ids=lambda row: f"{row.fault}-{'-'.join(map(str, row.options.values()))}"[:40]
)
async def test_a_fault_ends_in_one_sentence_and_heals(row: Row, hugging_face: Server, cache: DocumentCache) -> None:
    hugging_face.fault(row.fault, **row.options)
    async with client(hugging_face, clock=Clock(), cache=cache) as http:
        papers = DailyPapers(http)
        with pytest.raises(SourceError) as caught:
            await papers.fetch("daily", DAY)
        assert (caught.value.kind, len(hugging_face.requests)) == (row.kind, row.requests)
        host = hugging_face.url.removeprefix("http://")
        assert row.words in str(caught.value)
        assert host in str(caught.value)
        assert str(caught.value).isprintable()
        assert http.health.last_error == str(caught.value)
        assert cache.response(f"{hugging_face.url}/api/daily_papers?date={DAY}&limit=100") is None

        hugging_face.heal()
        http.wake()
        assert len((await papers.fetch("daily", DAY)).batch.items) == PAPERS
        assert http.health.last_error == ""


HANGS = [
    Row("hang", "timeout", 3, "did not answer within 0."),
    Row("hang_headers", "timeout", 3, "did not answer within 0."),
    Row("hang_body", "timeout", 3, "did not answer within 0."),
    Row("drip", "timeout", 1, "did not answer within 0.4 seconds"),
    Row("drip", "timeout", 1, "did not answer within 0.4 seconds", {"headers": True}),
    Row("continue_flood", "timeout", 1, "did not answer within 0.4 seconds"),
]


@pytest.mark.parametrize("row", HANGS, ids=lambda row: f"{row.fault}{len(row.options)}")
async def test_a_service_that_keeps_us_waiting_is_given_up_in_time(row: Row, hugging_face: Server) -> None:
    hugging_face.fault(row.fault, **row.options)
    async with client(hugging_face, patience=HASTY) as http:
        with pytest.raises(SourceError, match=row.words) as caught:
            await DailyPapers(http).fetch("daily", DAY)
        assert caught.value.kind == row.kind
        assert 1 <= len(hugging_face.requests) <= row.requests


async def test_a_service_that_is_down(hugging_face: Server) -> None:
    clock = Clock()
    hugging_face.down()
    async with client(hugging_face, clock=clock) as http:
        with pytest.raises(SourceError, match="refuses connections") as caught:
            await DailyPapers(http).fetch("daily", DAY)
        assert caught.value.kind == "offline"
        assert clock.slept == [0.5, 1.0]


async def test_a_name_that_cannot_be_looked_up() -> None:
    server = Server(host="paperstui.invalid", port=80)
    async with client(server, clock=Clock(), patience=RELAXED) as http:
        with pytest.raises(SourceError, match="cannot be looked up") as caught:
            await DailyPapers(http).fetch("daily", DAY)
    assert caught.value.kind == "offline"


CHILD = """
import asyncio, resource, sys
from paperstui.errors import SourceError
from paperstui.sources.daily_papers import DailyPapers
from paperstui.sources.http import Http

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

async def main():
    async with Http(sys.argv[1]) as http:
        papers = DailyPapers(http)
        await papers.fetch("daily", "2026-06-04")
        before = peak()
        try:
            await papers.fetch("daily", "2026-06-04")
        except SourceError as error:
            print(peak() - before, error)

asyncio.run(main())
"""


@pytest.mark.parametrize("fault", ["gzip_bomb", "endless", "huge_length"])
def test_a_body_beyond_the_cap_takes_little_memory(fault: str, hugging_face: Server) -> None:
    hugging_face.fault(fault, nth=2)
    done = subprocess.run([sys.executable, "-c", CHILD, hugging_face.url], capture_output=True, text=True, check=True)
    kilobytes, _, message = done.stdout.partition(" ")
    assert "more than 8 MB" in message
    # The body itself, its pieces and what the allocator keeps.
    assert int(kilobytes) < 40_000


@pytest.mark.parametrize(
    ("fault", "good", "skipped"),
    [
        ("json_nan", PAPERS, 0),
        ("json_infinity", PAPERS, 0),
        ("json_hugeint", PAPERS, 0),
        ("json_int64", PAPERS, 0),
        ("json_float", PAPERS, 0),
        ("json_dupkeys", PAPERS, 0),
        ("surrogate", PAPERS, 0),
        ("bom", PAPERS, 0),
        ("utf16", PAPERS, 0),
        ("json_wrapped", PAPERS, 0),
        ("json_list_mixed", PAPERS, 6),
        ("no_title", PAPERS, 0),
        ("no_id", PAPERS, 0),
        ("no_id_no_title", PAPERS // 2, PAPERS // 2),
        ("no_paper", PAPERS, 0),
        ("nulls", PAPERS, 0),
        ("types", PAPERS, 0),
        ("extra", PAPERS, 0),
        ("authors_odd", PAPERS, 0),
        ("dates_odd", PAPERS, 0),
        ("bad_ids", PAPERS, 0),
        ("bad_urls", PAPERS, 0),
        ("long", PAPERS, 0),
        ("hostile", PAPERS, 0),
        ("dups", PAPERS, 0),
        ("shuffle", PAPERS, 0),
    ],
)
async def test_good_items_are_all_kept_and_bad_ones_counted(
    fault: str, good: int, skipped: int, hugging_face: Server
) -> None:
    hugging_face.fault(fault)
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch("daily", DAY)
    assert (len(result.batch.items), len(result.batch.skipped)) == (good, skipped)
    assert result.complete
    assert len({item.paper.id for item in result.batch.items}) == good
    assert _all_text(result.batch).isprintable()


async def test_an_empty_list_is_a_good_answer(hugging_face: Server) -> None:
    hugging_face.fault("json_empty_list")
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch("daily", DAY)
    assert (result.batch, result.complete, result.absent) == (Batch(), True, False)


async def test_two_hundred_refreshes_of_a_flapping_service_all_end(hugging_face: Server) -> None:
    for fault, every in (("reset", 3), ("status", 7), ("json_cut", 5)):
        hugging_face.fault(fault, nth=tuple(range(every, 1_000, every)), code=503)
    good = 0
    async with client(hugging_face, clock=Clock()) as http:
        for _ in range(200):
            http.wake()
            before = len(hugging_face.requests)
            with contextlib.suppress(SourceError):
                good += len((await DailyPapers(http).fetch("daily", DAY)).batch.items) == PAPERS
            assert len(hugging_face.requests) - before <= 3
    assert good > 150


def _all_text(value: object) -> str:
    """Every text in a value, one behind the other, without line breaks."""
    if isinstance(value, str):
        return value.replace("\n", " ")
    if isinstance(value, tuple):
        return "".join(map(_all_text, value))
    fields = getattr(value, "__struct_fields__", ())
    return "".join(_all_text(getattr(value, name)) for name in fields)
