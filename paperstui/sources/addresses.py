"""Addresses: which ones may be fetched, and where a service may send us on to."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal
from urllib.parse import urljoin, urlsplit

from paperstui.errors import UsageError
from paperstui.sources.answers import BadAnswerError
from paperstui.text.clean import clean_line, safe_url

HUGGING_FACE = "https://huggingface.co"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_INTERNET = ipaddress.ip_network("2000::/3")
"""All of IPv6 that was ever given out for the internet."""
# Compatible, translated, and behind a NAT64 of one's own: addresses of IPv4 that nothing on the internet has.
_OTHER_IPV4 = tuple(map(ipaddress.ip_network, ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48")))

Reach = Literal["public", "private", "local"]
Resolver = Callable[[str], Awaitable[list[str]]]


def endpoint(environment: Mapping[str, str] | None = None) -> str:
    """Where Hugging Face is: `HF_ENDPOINT`, or https://huggingface.co; without a slash at the end.

    Raises:
        UsageError: `HF_ENDPOINT` is not an http(s) address.
    """
    env = os.environ if environment is None else environment
    given = env.get("HF_ENDPOINT", "").strip().rstrip("/") or HUGGING_FACE
    parts = urlsplit(given) if safe_url(given) else None
    if parts is None or parts.query or parts.fragment or not usable(given):
        raise UsageError("HF_ENDPOINT is not an address such as https://huggingface.co")
    return given


def usable(url: str) -> bool:
    """Whether an address may be fetched at all: http(s), a host, plain ASCII, nobody's name and password in it."""
    # Programs disagree about where the host ends when there is a backslash in an address.
    if not safe_url(url) or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def origin_of(url: str) -> str:
    """Scheme, host and port of a usable address, the port only where it is not the scheme's own."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{host_of(url)}"


def host_of(url: str) -> str:
    """The host of a usable address as messages name it: "huggingface.co", "127.0.0.1:8080"."""
    parts = urlsplit(url)
    host = clean_line(parts.hostname or "", 255)
    name = f"[{host}]" if ":" in host else host
    return name if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{parts.port}"


async def resolve(host: str) -> list[str]:
    """The addresses of a host name; none when it is not known."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(entry[4][0]) for entry in found]


async def redirected(current: str, location: str, resolver: Resolver = resolve) -> str:
    """Where an answer sends us on to, if that is a place to go.

    Only http(s), never from https to http, never to another host at a loopback or link-local address, and to a private
    one only from a private one. (A name that is not known is let through: asking it fails by itself, or a proxy knows
    it.)

    Raises:
        BadAnswerError: it is not.
    """
    try:
        target = urljoin(current, location.strip())
        scheme = urlsplit(target).scheme
    except ValueError:
        raise BadAnswerError("sent us on to an address that cannot be read", again=False) from None
    if scheme not in _DEFAULT_PORTS:
        raise BadAnswerError("sent us on to an address that is not on the web", again=False)
    if not usable(target):
        raise BadAnswerError("sent us on to an address that cannot be used", again=False)
    if scheme == "http" and urlsplit(current).scheme == "https":
        raise BadAnswerError(
            "sent us on to an unencrypted page: is there a login page (captive portal) on this network?", again=False
        )
    here, there = urlsplit(current).hostname or "", urlsplit(target).hostname or ""
    if here != there:
        reach = await _reach(there, resolver)
        if reach == "local" or (reach == "private" and await _reach(here, resolver) == "public"):
            raise BadAnswerError("sent us on to an address inside this network, which is not followed", again=False)
    return target


async def inward(url: str, resolver: Resolver = resolve) -> bool:
    """Whether a usable address is of this machine or of a private network."""
    return await _reach(urlsplit(url).hostname or "", resolver) != "public"


async def _reach(host: str, resolver: Resolver) -> Reach:
    """The most inward of a host's addresses."""
    reaches = [address_reach(address) for address in await resolver(host)]
    for inward in ("local", "private"):
        if inward in reaches:
            return inward
    return "public"


def address_reach(text: str) -> Reach:
    """Whether an IP address is of the internet, of a private network, or of this machine or cable alone."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "local"
    inner: ipaddress.IPv4Address | None = None
    public = address.is_global
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (_lowest(address) if address in _NAT64 else None)
        public = inner.is_global if inner else public and address in _INTERNET
        if any(address in network for network in _OTHER_IPV4):
            inner = _lowest(address)
    if _is_local(address) or (inner is not None and _is_local(inner)):
        return "local"
    return "public" if public else "private"


def _lowest(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _is_local(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
