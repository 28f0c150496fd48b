"""The client: what it keeps, what it sends where, how long it waits, and when it gives up."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from typing import Any

import pytest

from paperstui import __version__
from paperstui.documents.cache import DocumentCache
from paperstui.errors import SourceError
from paperstui.paths import Paths
from paperstui.sources.answers import LIST, MARKDOWN, PDF, Answer, BadAnswerError, decode_json
from paperstui.sources.credentials import Secret
from paperstui.sources.http import Http, open_http
from paperstui.sources.patience import Patience
from tests.server import Hub, Server
from tests.sources.clients import HASTY, RELAXED, Clock, client
from tests.waiting import wait_for

PATH = "/api/daily_papers?date=2026-06-04&limit=100"
TOKEN = "hf_thisIsTheTokenOfATest"  # noqa: S105 - it opens nothing


def _items(answer: Answer) -> tuple[int, bool]:
    found = decode_json(answer.body)
    assert isinstance(found, list)
    return len(found), answer.not_modified


def _body(answer: Answer) -> bytes:
    return answer.body


async def test_who_we_are_is_said_in_every_request(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        await http.get(hugging_face.url + PATH, LIST, _items)
    headers = hugging_face.requests[0].headers
    assert headers["user-agent"] == f"paperstui/{__version__} (+https://pypi.org/project/paperstui/)"
    assert headers["accept"] == "application/json"
    assert "cookie" not in headers


async def test_a_second_request_asks_whether_it_changed(hugging_face: Server, cache: DocumentCache) -> None:
    async with client(hugging_face, cache=cache) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, True)
    # Validators live on the disk, so the next start asks the same.
    async with client(hugging_face, cache=DocumentCache(cache._directory)) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, True)
    sent = ["if-none-match" in request.headers for request in hugging_face.requests]
    assert sent == [False, True, True]


async def test_what_changed_replaces_what_was_kept(hugging_face: Server, cache: DocumentCache) -> None:
    async with client(hugging_face, cache=cache) as http:
        await http.get(hugging_face.url + PATH, LIST, _items)
        hugging_face.hub.days["2026-06-04"].pop()
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (19, False)
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (19, True)


async def test_an_answer_that_makes_no_sense_is_not_kept(hugging_face: Server, cache: DocumentCache) -> None:
    def refuse(_: Answer) -> None:
        raise BadAnswerError("sent nonsense")

    async with client(hugging_face, clock=Clock(), cache=cache) as http:
        with pytest.raises(SourceError, match="sent nonsense"):
            await http.get(hugging_face.url + PATH, LIST, refuse)
    assert len(hugging_face.requests) == 2
    assert cache.response(hugging_face.url + PATH) is None


async def test_the_validator_of_a_login_page_is_not_kept(hugging_face: Server, cache: DocumentCache) -> None:
    hugging_face.fault("html200", type="application/json", etag='"poison"', times=1)
    async with client(hugging_face, cache=cache) as http:
        with pytest.raises(SourceError, match="login page"):
            await http.get(hugging_face.url + PATH, LIST, _items)
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
    assert "if-none-match" not in hugging_face.requests[1].headers


async def test_a_kept_answer_that_is_spoilt_is_fetched_again(hugging_face: Server, cache: DocumentCache) -> None:
    async with client(hugging_face, clock=Clock(), cache=cache) as http:
        await http.get(hugging_face.url + PATH, LIST, _items)
        validators = cache.validators(hugging_face.url + PATH)
        assert validators is not None
        cache.store_response(hugging_face.url + PATH, b"[cut", validators.etag, validators.last_modified, 0.0)
        hugging_face.requests.clear()

        def read(answer: Answer) -> int:
            return len(answer.body) if answer.body[-1:] == b"]" else _fail()

        assert await http.get(hugging_face.url + PATH, LIST, read) > 1_000
    assert ["if-none-match" in request.headers for request in hugging_face.requests] == [True, False]


def _fail() -> int:
    raise BadAnswerError("is cut off")


async def test_a_304_that_was_not_asked_for_is_asked_again(hugging_face: Server, cache: DocumentCache) -> None:
    hugging_face.fault("not_modified", times=1)
    async with client(hugging_face, clock=Clock(), cache=cache) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
    assert len(hugging_face.requests) == 2


async def test_without_a_cache_nothing_is_conditional(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        await http.get(hugging_face.url + PATH, LIST, _items)
        await http.get(hugging_face.url + PATH, LIST, _items)
    assert not any("if-none-match" in request.headers for request in hugging_face.requests)


# The token


async def test_the_token_goes_to_the_endpoint_only(hugging_face: Server) -> None:
    with Server(Hub(), host="127.0.0.1") as other:
        hugging_face.fault("redirect", to=other.url + "/api/daily_papers")
        async with client(hugging_face, token=Secret(TOKEN)) as http:
            assert await http.get(hugging_face.url + PATH, LIST, _items) == (0, False)
            await http.get(other.url + "/api/daily_papers", LIST, _items)
        assert hugging_face.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
        assert len(other.requests) == 2
        assert not any("authorization" in request.headers for request in other.requests)


async def test_a_refused_token_is_dropped_with_a_notice(hugging_face: Server) -> None:
    hugging_face.fault("bad_token")
    async with client(hugging_face, token=Secret(TOKEN)) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
        assert "does not accept the token" in http.health.notice
        await http.get(hugging_face.url + PATH, LIST, _items)
    assert ["authorization" in request.headers for request in hugging_face.requests] == [True, False, False]


async def test_401_without_a_token_is_a_refusal(hugging_face: Server) -> None:
    hugging_face.fault("status", code=401, error="who are you?")
    async with client(hugging_face) as http:
        with pytest.raises(SourceError, match=r"401: who are you\?") as caught:
            await http.get(hugging_face.url + PATH, LIST, _items)
    assert (caught.value.kind, len(hugging_face.requests)) == ("refused", 1)


@pytest.mark.parametrize("fault", ["hang", "reset", "garbage", "bad_token", "html200"])
async def test_the_token_is_in_no_message_and_no_log(
    fault: str, hugging_face: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hugging_face.fault(fault)
    secret = Secret(TOKEN)
    async with client(hugging_face, token=secret, patience=HASTY if fault == "hang" else RELAXED) as http:
        said = ""
        try:
            await http.get(hugging_face.url + PATH, LIST, _items)
        except SourceError as error:
            said = f"{error!r} {error.__cause__!r}"
    assert hugging_face.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in caplog.text + said
    assert TOKEN not in f"{secret} {secret!r} {vars(http)}"


# Redirects


async def test_up_to_five_redirects_are_followed(hugging_face: Server) -> None:
    hugging_face.fault("redirect", times=5, to=PATH)
    async with client(hugging_face) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
    assert len(hugging_face.requests) == 6


async def test_another_loopback_address_is_never_asked(hugging_face: Server) -> None:
    with Server(Hub(), host="127.0.0.2") as inner:
        hugging_face.fault("redirect", to=inner.url + "/api/daily_papers")
        async with client(hugging_face) as http:
            with pytest.raises(SourceError, match="inside this network"):
                await http.get(hugging_face.url + PATH, LIST, _items)
        assert inner.requests == []


# Limits


@pytest.mark.parametrize(
    ("options", "wait"),
    [
        ({"after": 120}, 120),
        ({"after": 1}, 1),
        ({"after": 0}, 60),
        ({"after": -5}, 60),
        ({"after": "soon"}, 60),
        ({"after": "NaN"}, 60),
        ({"after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 60),
        ({"after": 10**9}, 3600),
        ({"date_in": 90}, 90),
        ({"date_in": 90, "skew": 86_400}, 90),
        ({"date_in": 90, "skew": -86_400}, 90),
        ({}, 60),
        ({"reset": 231}, 231),
        ({"after": 10, "reset": 231}, 231),
    ],
)
async def test_after_429_the_service_is_not_asked_before_its_time(
    options: dict[str, Any], wait: int, hugging_face: Server
) -> None:
    clock = Clock()
    start = clock.time
    hugging_face.fault("limited", times=1, **options)
    patience = Patience(gap=0.0, inline=0.5)
    async with client(hugging_face, clock=clock, patience=patience) as http:
        with pytest.raises(SourceError, match="asks to wait") as caught:
            await http.get(hugging_face.url + PATH, LIST, _items)
        assert (caught.value.kind, caught.value.retry_at) == ("limited", start + wait)
        assert http.health.not_before == start + wait
        clock.time = start + wait - 0.6
        with pytest.raises(SourceError, match="asks to wait"):
            await http.get(hugging_face.url + PATH, LIST, _items)
        http.wake()
        with pytest.raises(SourceError, match="asks to wait"):
            await http.get(hugging_face.url + PATH, LIST, _items)
        assert len(hugging_face.requests) == 1
        clock.time = start + wait
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
        assert http.health.not_before is None


async def test_a_short_pause_is_waited_out(hugging_face: Server) -> None:
    clock = Clock()
    hugging_face.fault("limited", times=2, after=3)
    async with client(hugging_face, clock=clock) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
    assert clock.slept == [3, 3]
    assert len(hugging_face.requests) == 3


async def test_the_last_request_of_a_window_brings_a_pause_for_its_bucket(hugging_face: Server) -> None:
    clock = Clock()
    hugging_face.fault("last_one", reset=231, times=1)
    async with client(hugging_face, clock=clock) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
        assert http.health.left == 0
        with pytest.raises(SourceError, match="asks to wait 4 minutes") as caught:
            await http.get(hugging_face.url + "/api/papers/2606.00001", LIST, _items)
        assert caught.value.retry_at == clock.time + 231
        # Pages are counted on their own.
        with pytest.raises(SourceError, match="web page"):
            await http.get(hugging_face.url + "/papers", LIST, _items)
    assert [request.path for request in hugging_face.requests] == ["/api/daily_papers", "/papers"]


async def test_another_service_has_one_pause_for_all_of_it(hugging_face: Server) -> None:
    clock = Clock()
    with Server(Hub()) as other:
        other.fault("limited", after=40)
        async with client(hugging_face, clock=clock) as http:
            for path in ("/api/query", "/rss/cs.AI"):
                with pytest.raises(SourceError, match="asks to wait 40 seconds") as caught:
                    await http.get(other.url + path, LIST, _items)
                assert caught.value.retry_at == clock.time + 40
            assert len(other.requests) == 1
            assert http.health_of(other.url).not_before == clock.time + 40
            assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
            assert http.health.not_before is None


async def test_a_pause_of_503_is_kept_as_well(hugging_face: Server) -> None:
    hugging_face.fault("status", code=503, headers={"Retry-After": "30"})
    async with client(hugging_face, clock=Clock()) as http:
        with pytest.raises(SourceError, match="asks to wait 30 seconds"):
            await http.get(hugging_face.url + PATH, LIST, _items)
    assert len(hugging_face.requests) == 1


async def test_what_is_left_is_known(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        await http.get(hugging_face.url + PATH, LIST, _items)
        assert http.health.left == 499


# Failing services


async def test_tries_are_apart_by_a_random_time_that_doubles(hugging_face: Server) -> None:
    clock = Clock()
    hugging_face.fault("reset")
    async with client(hugging_face, clock=clock, outside={"chance": lambda: 0.25}) as http:
        with pytest.raises(SourceError):
            await http.get(hugging_face.url + PATH, LIST, _items)
    assert clock.slept == [0.125, 0.25]


async def test_a_service_that_fails_is_left_alone_for_a_minute(hugging_face: Server) -> None:
    clock = Clock()
    hugging_face.fault("status", code=502)
    async with client(hugging_face, clock=clock) as http:
        for _ in range(5):
            with pytest.raises(SourceError, match="status 502"):
                await http.get(hugging_face.url + PATH, LIST, _items)
        assert len(hugging_face.requests) == 3
        clock.time += 60
        with pytest.raises(SourceError, match="status 502") as caught:
            await http.get(hugging_face.url + PATH, LIST, _items)
        # After the minute there is one request to see whether it is back.
        assert len(hugging_face.requests) == 4
        assert caught.value.kind == "server"
        hugging_face.heal()
        with pytest.raises(SourceError, match="status 502") as caught:
            await http.get(hugging_face.url + PATH, LIST, _items)
        assert caught.value.retry_at == clock.time + 60
        http.wake()
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)


async def test_what_is_not_there_is_no_failure_of_the_service(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        with pytest.raises(SourceError, match="404: Paper not found"):
            await http.get(hugging_face.url + "/api/papers/2606.99999", LIST, _items)
        assert (http.health.last_error, http.health.last_success is not None) == ("", True)


async def test_giving_up_is_prompt_and_leaves_nothing_behind(hugging_face: Server) -> None:
    hugging_face.fault("hang")
    loop = asyncio.get_running_loop()
    async with client(hugging_face) as http:
        task = asyncio.create_task(http.get(hugging_face.url + PATH, LIST, _items))
        await wait_for(lambda: hugging_face.requests)
        begin = loop.time()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert loop.time() - begin < 0.5
        hugging_face.heal()
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)


async def test_at_most_four_requests_at_a_time(hugging_face: Server) -> None:
    hugging_face.fault("hang", times=4)
    async with client(hugging_face) as http:
        tasks = [asyncio.create_task(http.get(hugging_face.url + PATH, LIST, _items)) for _ in range(6)]
        await wait_for(lambda: len(hugging_face.requests) == 4)
        tasks[0].cancel()
        await wait_for(lambda: len(hugging_face.requests) == 5)
        for task in tasks[:4]:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results[4:] == [(20, False), (20, False)]


async def test_requests_are_a_fifth_of_a_second_apart(hugging_face: Server) -> None:
    clock = Clock()
    async with client(hugging_face, clock=clock, patience=Patience()) as http:
        for _ in range(4):
            await http.get(hugging_face.url + PATH, LIST, _items)
    assert clock.slept == pytest.approx([0.2, 0.2, 0.2])


async def test_plain_http_where_tls_should_be(hugging_face: Server) -> None:
    async with client(hugging_face, clock=Clock()) as http:
        with pytest.raises(SourceError, match="does not answer with TLS") as caught:
            await http.get(hugging_face.url.replace("http:", "https:") + PATH, LIST, _items)
    assert caught.value.kind == "answer"


# Kinds


async def test_a_pdf_is_checked_to_be_whole(hugging_face: Server) -> None:
    headers = {"Content-Type": "application/pdf"}
    whole = b"%PDF-1.7 ... %%EOF\n"
    url = hugging_face.url + "/pdf/2606.00001"
    async with client(hugging_face, clock=Clock()) as http:
        seen: list[tuple[int, int | None]] = []
        hugging_face.fault("status", code=200, headers=headers, body=whole)
        assert await http.get(url, PDF, _body, progress=lambda *pair: seen.append(pair)) == whole
        assert seen[-1] == (len(whole), len(whole))
        hugging_face.fault("status", code=200, headers=headers, body=whole[:-8])
        with pytest.raises(SourceError, match="a PDF that is cut off"):
            await http.get(url, PDF, _body)
        hugging_face.fault("status", code=200, headers=headers, body=b"<html>")
        with pytest.raises(SourceError, match="not a PDF"):
            await http.get(url, PDF, _body)


async def test_a_web_page_is_no_markdown(hugging_face: Server) -> None:
    hugging_face.fault("html200")
    async with client(hugging_face) as http:
        with pytest.raises(SourceError, match="login page"):
            await http.get(hugging_face.url + "/papers/2606.00001.md", MARKDOWN, _body)


async def test_what_is_no_address_is_not_asked() -> None:
    async with Http("https://huggingface.co") as http:
        for url in (
            "file:///etc/passwd",
            "https://user:word@huggingface.co/",
            "huggingface.co",
            "http://a\\@127.0.0.1/",
        ):
            with pytest.raises(SourceError, match="not an address"):
                await http.get(url, LIST, _items)


# Made from the user's settings


async def test_the_client_of_the_user(hugging_face: Server, places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    hugging_face.fault("last_one", reset=300)
    async with open_http(places) as http:
        assert await http.get(hugging_face.url + PATH, LIST, _items) == (20, False)
    assert hugging_face.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    # A new start knows both what was kept and that the service wants a pause.
    assert DocumentCache(places.documents).validators(hugging_face.url + PATH) is not None
    async with open_http(places) as http:
        with pytest.raises(SourceError, match="asks to wait 5 minutes"):
            await http.get(hugging_face.url + PATH, LIST, _items)
    assert len(hugging_face.requests) == 1


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "nonsense://127.0.0.1:1", "http://127.0.0.1:9"])
async def test_a_proxy_that_cannot_be_used(proxy: str, hugging_face: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    async with client(hugging_face, clock=Clock()) as http:
        with pytest.raises(SourceError) as caught:
            await http.get(hugging_face.url + PATH, LIST, _items)
    assert caught.value.kind == "offline"
    assert hugging_face.requests == []


def test_nothing_heavy_is_imported_before_the_first_request() -> None:
    code = (
        "import sys, paperstui.sources.http, paperstui.sources.daily_papers, paperstui.documents.cache;"
        "print(sorted({'httpx', 'httpcore', 'diskcache', 'textual', 'filelock'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
