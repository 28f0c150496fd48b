"""What went wrong with a request, in one plain sentence that names the host and the cause."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from paperstui.errors import SourceError
from paperstui.text.clean import clean_line

_MINUTE = 60
_HOUR = 3600

TRIES = 3
"""How often a request is made in all, when what failed may work the next time."""


class FailedRequestError(SourceError):
    """A request failed.

    tries: how often such a request is made in all before the failure is the user's to know.
    at_once: it is made again immediately and in another form, which does not count as a try.
    """

    def __init__(
        self, message: str, *, kind: str, retry_at: float | None = None, tries: int = TRIES, at_once: bool = False
    ) -> None:
        super().__init__(message, kind=kind, retry_at=retry_at)
        self.tries = tries
        self.at_once = at_once


class RefusalError(FailedRequestError):
    """The service understood and said no: a status from 400 to 499. `status` is that number."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message, kind="refused", tries=1)
        self.status = status


def in_words(seconds: float) -> str:
    """A waiting time: "0.3 seconds", "1 second", "20 seconds", "4 minutes", "24 hours"."""
    if seconds < 1:
        return f"{seconds:.1f} seconds"
    units = ((1, "second", 1.5 * _MINUTE), (_MINUTE, "minute", 1.5 * _HOUR), (_HOUR, "hour", float("inf")))
    number, unit = next((round(seconds / size), name) for size, name, end in units if seconds < end)
    return f"{number} {unit}{'' if number == 1 else 's'}"


def explain(error: Exception, host: str, *, connect: float, read: float) -> FailedRequestError:
    """The failure that an exception of httpx means. `connect` and `read` are the timeouts in seconds."""
    import httpx

    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        return FailedRequestError(f"no connection to {host} within {in_words(connect)}", kind="timeout")
    if isinstance(error, httpx.TimeoutException):
        return FailedRequestError(f"{host} did not answer within {in_words(read)}", kind="timeout")
    if isinstance(error, httpx.ProxyError):
        return FailedRequestError(f"the proxy did not let a request to {host} through", kind="offline")
    if isinstance(error, httpx.ConnectError):
        return _no_connection(error, host)
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error) and "closed" not in str(error):
        return FailedRequestError(f"{host} sent something that is not HTTP", kind="answer")
    if isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, OSError)):
        return FailedRequestError(f"{host} broke off the connection", kind="server")
    return FailedRequestError(f"the request to {host} failed: {clean_line(error, 200)}", kind="answer", tries=1)


def _no_connection(error: Exception, host: str) -> FailedRequestError:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = clean_line(cause.verify_message, 200)
            return FailedRequestError(f"the certificate of {host} is not trusted: {why}", kind="refused", tries=1)
        if isinstance(cause, ssl.SSLError):
            return FailedRequestError(f"{host} does not answer with TLS", kind="answer", tries=1)
        if isinstance(cause, socket.gaierror):
            return FailedRequestError(f"the name {host} cannot be looked up: is there a network?", kind="offline")
        if isinstance(cause, ConnectionRefusedError):
            return FailedRequestError(f"{host} refuses connections", kind="offline")
        if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN):
            return FailedRequestError(f"there is no way to {host}: is there a network?", kind="offline")
    return FailedRequestError(f"there is no connection to {host}", kind="offline")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and everything it came from, the members of groups included."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions)
        waiting.extend(cause for cause in (current.__cause__, current.__context__) if cause is not None)
