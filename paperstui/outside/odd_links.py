"""Whether an address leads where it seems to: what is odd about it is told before it is opened."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from paperstui.text.clean import clean_line

_PORTS = {"http": 80, "https": 443}
_NAMED = re.compile(
    # Without a scheme only under an ending that no file has: "Node.js" and "README.md" name no host.
    r"(?:https?://(?P<full>[^\s/:@?#]+)|(?P<bare>(?:[^\s/:@?#.]+\.)+"
    r"(?:com|org|net|edu|gov|mil|int|io|co|ai|dev|app|info|eu|uk|de|fr|cn|jp|kr|in|ch|ca|au|us)))(?:[:/?#]\S*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\[.*\]|(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*", re.IGNORECASE)


def oddness(url: str, shown: str = "") -> str:
    """What the user should know of an address before it is opened, beginning with the host it truly leads to; "" if nothing.

    shown: the text of the link, or a piece of it.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "an address that makes no sense"
    true = clean_line(host, 120)
    if "@" in parts.netloc:
        return f"{true}, whatever stands before the @ in it"
    if any(label.startswith("xn--") for label in host.split(".")) or not host.isascii():
        return f"{true}, whose letters may only look like those of another name{_read_as(host)}"
    if ":" in host or _NUMBER.fullmatch(host):
        return f"{true}, a number in place of a name"
    if port is not None and port != _PORTS.get(parts.scheme):
        return f"{true}, at port {port}"
    named = host_named(shown)
    if named and not f".{_bare(host)}".endswith(f".{_bare(named)}"):
        return f"{true}, although its text says {clean_line(named, 60)}"
    return ""


def host_named(shown: str) -> str:
    """The host that a text names if it looks like an address ("huggingface.co/papers"); "" for other text."""
    found = _NAMED.fullmatch(shown.strip()) if len(shown) <= 2_048 else None
    return (found["full"] or found["bare"]).lower() if found else ""


def _bare(host: str) -> str:
    return host.rstrip(".").lower().removeprefix("www.")


def _read_as(host: str) -> str:
    """How a name in punycode reads, in brackets."""
    try:
        read = clean_line(host.encode("ascii").decode("idna"), 60)
    except (UnicodeError, ValueError):
        return ""
    return f" ({read})" if read and read != host else ""
