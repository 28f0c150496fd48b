"""When a service may be asked again, also after a restart and in another process."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.sources.limits import Limits, RateLimit, bucket_of, rate_limit, retry_after, wait_asked_for

NOW = 1_780_000_000.0
ORIGIN = "https://huggingface.co"


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_pause_is_known_after_a_restart_and_in_another_process(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "state" / "limits.json"
    here, there = Limits(path, now=clock.now), Limits(path, now=clock.now)
    assert there.not_before(ORIGIN, "api") == 0
    here.pause(ORIGIN, "api", NOW + 120)
    assert there.not_before(ORIGIN, "api") == NOW + 120
    assert Limits(path, now=clock.now).not_before(ORIGIN, "api") == NOW + 120
    assert there.not_before(ORIGIN, "pages") == 0
    assert there.not_before("https://example.org", "api") == 0
    clock.time = NOW + 120
    assert there.not_before(ORIGIN, "api") == 0


def test_an_earlier_end_does_not_shorten_a_pause(tmp_path: Path, clock: Clock) -> None:
    limits = Limits(tmp_path / "limits.json", now=clock.now)
    limits.pause(ORIGIN, "api", NOW + 120)
    limits.pause(ORIGIN, "api", NOW + 5)
    assert limits.not_before(ORIGIN, "api") == NOW + 120


def test_two_processes_do_not_lose_each_other_s_pauses(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.json"
    here, there = Limits(path, now=clock.now), Limits(path, now=clock.now)
    here.pause(ORIGIN, "api", NOW + 100)
    there.pause("https://export.arxiv.org", "all", NOW + 200)
    fresh = Limits(path, now=clock.now)
    assert fresh.not_before(ORIGIN, "api") == NOW + 100
    assert fresh.not_before("https://export.arxiv.org", "all") == NOW + 200


def test_what_is_over_is_not_kept(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.json"
    limits = Limits(path, now=clock.now)
    limits.pause(ORIGIN, "api", NOW + 10)
    clock.time += 20
    limits.pause(ORIGIN, "pages", NOW + 50)
    assert list(json.loads(path.read_text())["not_before"]) == [f"{ORIGIN} pages"]


def test_a_clock_that_was_set_back_does_not_pause_for_years(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.json"
    Limits(path, now=clock.now).pause(ORIGIN, "api", NOW + 3600)
    clock.time = NOW - 365 * 86_400
    assert Limits(path, now=clock.now).not_before(ORIGIN, "api") == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"no json", b"[]", b'{"not_before": 5}', b'{"not_before": {"x": "y", "z": null}}', b"\xff", b"[" * 100_000],
)
def test_a_file_that_cannot_be_read_is_no_pause(content: bytes, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.json"
    path.write_bytes(content)
    limits = Limits(path, now=clock.now)
    assert limits.not_before(ORIGIN, "api") == 0
    limits.pause(ORIGIN, "api", NOW + 10)
    assert Limits(path, now=clock.now).not_before(ORIGIN, "api") == NOW + 10


def test_a_place_that_cannot_be_written_costs_only_the_sharing(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("x")
    limits = Limits(tmp_path / "file" / "limits.json", now=clock.now)
    limits.pause(ORIGIN, "api", NOW + 10)
    assert limits.not_before(ORIGIN, "api") == NOW + 10


def test_the_files_are_the_user_s_alone(tmp_path: Path, clock: Clock) -> None:
    old = os.umask(0)
    try:
        Limits(tmp_path / "state" / "limits.json", now=clock.now).pause(ORIGIN, "api", NOW + 10)
    finally:
        os.umask(old)
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "state").iterdir()}
    assert set(found.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert "limits.json" in found
    assert not any(name.endswith(".new") for name in found)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("1.5", 1.5),
        ("0.2", 1),
        ("0", 60),
        ("-1", 60),
        ("nan", 60),
        ("inf", 60),
        ("", 60),
        ("soon", 60),
        ("99999999", 3600),
        ("1" * 5_000, 60),
        ("Fri, 29 May 2026 02:14:00 GMT", 3600),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("Thu, 28 May 2026 20:28:20 GMT", 100),
        ("Thu, 28 May 2026 20:28:20", 100),
        ("Mon, 99 Foo 9999 99:99:99 GMT", 60),
    ],
)
def test_retry_after(text: str, seconds: float) -> None:
    assert retry_after({"retry-after": text}, NOW) == seconds


def test_no_retry_after_is_none() -> None:
    assert retry_after({}, NOW) is None


def test_a_date_is_compared_with_the_service_s_own_clock() -> None:
    headers = {"date": "Thu, 28 May 2020 20:00:00 GMT", "retry-after": "Thu, 28 May 2020 20:02:00 GMT"}
    assert retry_after(headers, NOW) == 120


def test_rate_limit() -> None:
    assert rate_limit({"ratelimit": '"api";r=499;t=231'}) == RateLimit("api", 499, 231.0)
    assert rate_limit({"ratelimit": '"pages"; r = 3 ; t = 5, "api";r=0;t=9'}) == RateLimit("api", 0, 9.0)
    for text in ("", "api;r=1;t=2", '"api";r=x;t=2', '"api";r=1', '"api";r=' + "9" * 5_000 + ";t=1"):
        assert rate_limit({"ratelimit": text}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 60),
        ({"retry-after": "7"}, 7),
        ({"ratelimit": '"api";r=0;t=231'}, 231),
        ({"ratelimit": '"api";r=0;t=99999'}, 3600),
        ({"retry-after": "300", "ratelimit": '"api";r=0;t=231'}, 300),
        ({"ratelimit": '"api";r=5;t=231'}, 60),
    ],
)
def test_how_long_429_asks_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert wait_asked_for(headers, NOW) == seconds


@given(st.text(), st.text(), st.text())
def test_no_header_whatsoever_fails(first: str, second: str, third: str) -> None:
    seconds = wait_asked_for({"retry-after": first, "ratelimit": second, "date": third}, NOW)
    assert 1 <= seconds <= 3600


def test_buckets() -> None:
    assert bucket_of(f"{ORIGIN}/api/daily_papers?date=2026-06-04") == "api"
    assert bucket_of(f"{ORIGIN}/papers/2606.01234.md") == "pages"
    assert bucket_of(f"{ORIGIN}/buckets/x/papers-content/resolve/2606/2606.01234.md") == "resolvers"
