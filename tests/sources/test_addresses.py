"""Which addresses are asked, and where a service may send us on to."""

from __future__ import annotations

import pytest

from paperstui.errors import UsageError
from paperstui.sources.addresses import address_reach, endpoint, host_of, origin_of, redirected, resolve, usable
from paperstui.sources.answers import BadAnswerError

HOME = "https://huggingface.co/api/daily_papers?date=1"
HOSTS = {
    "huggingface.co": ["18.164.1.1"],
    "cdn.example.org": ["93.184.216.34", "2606:2800:220:1::1"],
    "inner.example.org": ["10.0.0.7"],
    "half.example.org": ["93.184.216.34", "127.0.0.1"],
    "mirror.corp": ["10.0.0.8"],
    "cable": ["169.254.169.254"],
}


async def resolver(host: str) -> list[str]:
    return HOSTS.get(host, [host] if host[:1].isdigit() or ":" in host else [])


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/other", "https://huggingface.co/other"),
        ("?p=1", "https://huggingface.co/api/daily_papers?p=1"),
        (" /spaced ", "https://huggingface.co/spaced"),
        ("https://cdn.example.org/x", "https://cdn.example.org/x"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("https://huggingface.co:8443/x", "https://huggingface.co:8443/x"),
        ("https://unknown.example.org/x", "https://unknown.example.org/x"),
        ("HTTPS://CDN.example.org/x", "https://CDN.example.org/x"),
    ],
)
async def test_where_we_may_be_sent(location: str, target: str) -> None:
    assert await redirected(HOME, location, resolver) == target


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://huggingface.co/login", "unencrypted"),
        ("http://portal.example.org/", "captive portal"),
        ("file:///etc/passwd", "not on the web"),
        ("ftp://huggingface.co/", "not on the web"),
        ("data:text/html,x", "not on the web"),
        ("https://user@huggingface.co/", "cannot be used"),
        ("https://huggingface.co:99999999/", "cannot be used"),
        ("https://huggingface.co/é", "cannot be used"),
        ("https://cdn.example.org\\@127.0.0.1/", "cannot be used"),
        ("https://[::1", "cannot be read"),
        ("https://127.0.0.1/", "inside this network"),
        ("https://[::1]/", "inside this network"),
        ("https://inner.example.org/", "inside this network"),
        ("https://half.example.org/", "inside this network"),
        ("https://cable/", "inside this network"),
    ],
)
async def test_where_we_may_not(location: str, words: str) -> None:
    with pytest.raises(BadAnswerError, match=words) as caught:
        await redirected(HOME, location, resolver)
    assert not caught.value.again


async def test_a_private_mirror_may_send_to_private_addresses_but_not_to_this_machine() -> None:
    assert (
        await redirected("http://mirror.corp/x", "http://inner.example.org/y", resolver) == "http://inner.example.org/y"
    )
    for location in ("http://127.0.0.1/", "http://cable/"):
        with pytest.raises(BadAnswerError):
            await redirected("http://mirror.corp/x", location, resolver)
    with pytest.raises(BadAnswerError):
        await redirected("http://127.0.0.1:80/", "http://127.0.0.2:80/", resolver)
    assert await redirected("http://127.0.0.1:80/", "http://127.0.0.1:81/", resolver) == "http://127.0.0.1:81/"


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("8.8.8.8", "public"),
        ("2606:4700::1", "public"),
        ("::ffff:8.8.8.8", "public"),
        ("10.1.2.3", "private"),
        ("192.168.0.1", "private"),
        ("172.16.0.1", "private"),
        ("fd00::1", "private"),
        ("100.64.0.1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("64:ff9b::a00:1", "private"),
        ("64:ff9b::808:808", "public"),
        ("64:ff9b:1::808:808", "private"),
        ("2002:808:808::", "public"),
        ("2002:a00:1::", "private"),
        ("::10.0.0.1", "private"),
        ("::8.8.8.8", "private"),
        ("fec0::1", "private"),
        ("4000::1", "private"),
        ("127.0.0.1", "local"),
        ("127.1.2.3", "local"),
        ("::1", "local"),
        ("0.0.0.0", "local"),  # noqa: S104 - what is told apart here
        ("::", "local"),
        ("169.254.169.254", "local"),
        ("fe80::1%eth0", "local"),
        ("::ffff:127.0.0.1", "local"),
        ("64:ff9b::7f00:1", "local"),
        ("2002:7f00:1::", "local"),
        ("::127.0.0.1", "local"),
        ("::169.254.169.254", "local"),
        ("::ffff:0:127.0.0.1", "local"),
        ("64:ff9b:1::7f00:1", "local"),
        ("224.0.0.1", "local"),
        ("nonsense", "local"),
    ],
)
def test_how_far_an_address_reaches(address: str, reach: str) -> None:
    assert address_reach(address) == reach


async def test_numbers_that_mean_loopback_are_looked_up_as_such() -> None:
    for host in ("2130706433", "0x7f.1", "127.1"):
        assert await resolve(host) == ["127.0.0.1"]
    assert await resolve("paperstui.invalid") == []
    assert await resolve("a" * 300) == []


def test_names_of_services() -> None:
    assert origin_of("HTTPS://HuggingFace.co:443/x?y#z") == "https://huggingface.co"
    assert origin_of("http://127.0.0.1:8080/x") == "http://127.0.0.1:8080"
    assert host_of("http://[::1]:80/") == "[::1]"
    assert host_of("https://huggingface.co:80/") == "huggingface.co:80"


def test_what_can_be_asked() -> None:
    assert usable("https://huggingface.co/api?x=1")
    for url in (
        "",
        "huggingface.co",
        "ftp://x/",
        "https:///x",
        "https://a b/",
        "https://x:0/",
        "https://u:p@x/",
        "https://x\n/",
    ):
        assert not usable(url)


def test_the_endpoint_is_what_the_environment_says() -> None:
    assert endpoint({}) == "https://huggingface.co"
    assert endpoint({"HF_ENDPOINT": ""}) == "https://huggingface.co"
    assert endpoint({"HF_ENDPOINT": " http://127.0.0.1:8080/ "}) == "http://127.0.0.1:8080"
    assert endpoint({"HF_ENDPOINT": "https://hf-mirror.example/base"}) == "https://hf-mirror.example/base"
    for wrong in ("huggingface.co", "ftp://x", "https://x?y=1", "https://x#y", "https://u:p@x", "https://x\x1b[2J"):
        with pytest.raises(UsageError, match="HF_ENDPOINT"):
            endpoint({"HF_ENDPOINT": wrong})
