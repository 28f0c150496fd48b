"""What went wrong is one plain sentence with the host and the cause in it."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx
import pytest

from paperstui.sources.failures import RefusalError, explain, in_words

HOST = "huggingface.co"


def _certificate() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate\x1b[2J"
    return error


@pytest.mark.parametrize(
    ("error", "kind", "sentence", "tries"),
    [
        (httpx.ConnectTimeout("x"), "timeout", "no connection to huggingface.co within 5 seconds", 3),
        (httpx.ReadTimeout("x"), "timeout", "huggingface.co did not answer within 10 seconds", 3),
        (httpx.WriteTimeout("x"), "timeout", "huggingface.co did not answer within 10 seconds", 3),
        (httpx.ProxyError("x"), "offline", "the proxy did not let a request to huggingface.co through", 3),
        (httpx.ReadError("x"), "server", "huggingface.co broke off the connection", 3),
        (ConnectionResetError(), "server", "huggingface.co broke off the connection", 3),
        (httpx.RemoteProtocolError("Server disconnected"), "server", "huggingface.co broke off the connection", 3),
        (httpx.RemoteProtocolError("illegal line"), "answer", "huggingface.co sent something that is not HTTP", 3),
        (httpx.ConnectError("x"), "offline", "there is no connection to huggingface.co", 3),
        (httpx.InvalidURL("a\x1b[2Jb"), "answer", "the request to huggingface.co failed: ab", 1),
    ],
)
def test_failures_of_httpx(error: Exception, kind: str, sentence: str, tries: int) -> None:
    found = explain(error, HOST, connect=5, read=10)
    assert (found.kind, str(found), found.tries) == (kind, sentence, tries)


@pytest.mark.parametrize(
    ("cause", "kind", "words", "tries"),
    [
        (_certificate(), "refused", "the certificate of huggingface.co is not trusted: self-signed certificate", 1),
        (ssl.SSLError(1, "wrong version number"), "answer", "does not answer with TLS", 1),
        (socket.gaierror(-2, "Name or service not known"), "offline", "the name huggingface.co cannot be looked up", 3),
        (ConnectionRefusedError(), "offline", "huggingface.co refuses connections", 3),
        (OSError(errno.ENETUNREACH, "x"), "offline", "there is no way to huggingface.co", 3),
        (OSError(errno.EHOSTUNREACH, "x"), "offline", "there is no way to huggingface.co", 3),
        (ExceptionGroup("all failed", [OSError(errno.EIO, "x"), ConnectionRefusedError()]), "offline", "refuses", 3),
    ],
)
def test_the_cause_of_a_failed_connection_is_found(cause: Exception, kind: str, words: str, tries: int) -> None:
    error = httpx.ConnectError("All connection attempts failed")
    middle = OSError("All connection attempts failed")
    error.__context__, middle.__cause__ = middle, cause
    cause.__context__ = error  # chains can be rings
    found = explain(error, HOST, connect=5, read=10)
    assert (found.kind, found.tries) == (kind, tries)
    assert words in str(found)
    assert str(found).isprintable()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.25, "0.2 seconds"),
        (1, "1 second"),
        (20, "20 seconds"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (3600, "60 minutes"),
    ],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_a_refusal_knows_its_status() -> None:
    error = RefusalError("huggingface.co says 404: not found", 404)
    assert (error.status, error.kind, error.exit_status, error.tries) == (404, "refused", 4, 1)
