"""Hands a letter to a mail server (RFC 5321): over TLS with checked certificates, or in the clear to this machine alone.

The letter goes to all its receivers or to none. Python's own `sendmail` does not tell a letter that was refused from one
whose fate is unknown, so the last steps are taken one by one: everything but the final dot is sent, then the caller is
asked (it writes down that the letter is about to be delivered), then the dot.
"""

from __future__ import annotations

import base64
import ipaddress
import re
import smtplib
import ssl
from contextlib import closing, suppress

from paperstui.config import SECURITY, MailSettings
from paperstui.errors import UsageError
from paperstui.outside.letters import ANSWER, Envelope, Handing, NotSentError, UnconfirmedError
from paperstui.text.clean import clean_line

PATIENCE = 30.0
"""Seconds to wait for a connection and for each answer but the last."""

_HELLO = "[127.0.0.1]"  # what mail readers say instead of the machine's name, which is nobody's business


def check(settings: MailSettings) -> None:
    """See to it that the settings name a server that may be talked to.

    Raises:
        UsageError: they do not.
    """
    if not settings.host:
        raise UsageError("there is no mail server: set host (or sendmail) in [mail] of config.toml")
    if settings.security == "none" and not _is_this_machine(settings.host):
        raise UsageError(
            f'{clean_line(settings.host, 100)} is not this machine: mail to it needs security "tls" or "starttls"'
        )


def send(envelope: Envelope, settings: MailSettings, password: str, handing: Handing) -> None:
    """Hand the letter to the server in the settings.

    Raises:
        UsageError: the settings name none that may be talked to.
        NotSentError: the server cannot be reached or trusted, or refuses; nobody got the letter.
        UnconfirmedError: the connection was lost after the letter was handed over, before the server said that it has it.
    """
    check(settings)
    name = clean_line(settings.host, 100)
    try:
        # Not as a context manager: leaving that can fail, too, and says nothing about the letter.
        with closing(_connected(settings)) as server:
            _encrypt(server, settings, name)
            if settings.user:
                _log_in(server, settings.user, password, name)
            _address(server, envelope, name)
            _deliver(server, envelope.message, name, handing)
    except smtplib.SMTPServerDisconnected as error:
        what = "does not answer" if "timed out" in str(error) else "closed the connection"
        raise NotSentError(f"the mail server {name} {what}") from None
    except smtplib.SMTPResponseException as error:
        raise _refused(name, "", error.smtp_code, error.smtp_error) from None
    except smtplib.SMTPException as error:
        raise NotSentError(f"the mail server {name} cannot be used: {clean_line(error, 200)}") from None
    except ssl.SSLCertVerificationError as error:
        why = clean_line(error.verify_message, 200)
        raise NotSentError(f"the certificate of {name} cannot be trusted ({why})", lasting=True) from None
    except ssl.SSLError as error:
        raise NotSentError(f"{name} does not speak TLS as it should ({clean_line(error.reason, 80)})") from None
    except UnicodeError:
        raise UsageError(f"{name} is not the name of a server: set host in [mail] of config.toml") from None
    except TimeoutError:
        raise NotSentError(f"the mail server {name} does not answer") from None
    except OSError as error:
        why = clean_line(error.strerror or error, 200)
        raise NotSentError(f"the mail server {name} cannot be reached ({why})") from None


def _is_this_machine(host: str) -> bool:
    if host.lower().rstrip(".") == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def _connected(settings: MailSettings) -> smtplib.SMTP:
    port = settings.port or SECURITY[settings.security]
    host = settings.host.strip("[]")
    if settings.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, local_hostname=_HELLO, timeout=PATIENCE, context=context)
    return smtplib.SMTP(host, port, local_hostname=_HELLO, timeout=PATIENCE)


def _encrypt(server: smtplib.SMTP, settings: MailSettings, name: str) -> None:
    """Go over to TLS where that is asked for; without it, look again whom we are talking to."""
    if settings.security == "none" and server.sock is not None:
        peer = server.sock.getpeername()[0].partition("%")[0]
        if not ipaddress.ip_address(peer).is_loopback:
            raise NotSentError(f"{name} leads to {clean_line(peer, 60)}, which is not this machine", lasting=True)
    server.ehlo_or_helo_if_needed()
    if settings.security != "starttls":
        return
    if not server.has_extn("starttls"):
        raise NotSentError(
            f"the mail server {name} does not offer STARTTLS, and without it nothing is sent", lasting=True
        )
    server.starttls(context=ssl.create_default_context())
    server.ehlo_or_helo_if_needed()


def _log_in(server: smtplib.SMTP, user: str, password: str, name: str) -> None:
    """Log in. The password is in no message, not even if the server repeats it."""
    try:
        if "PLAIN" in server.esmtp_features.get("auth", "").upper().split():
            _log_in_plain(server, user, password)
        else:
            server.login(user, password)
    except smtplib.SMTPNotSupportedError:
        raise NotSentError(f"the mail server {name} does not offer a login; leave user empty", lasting=True) from None
    except UnicodeEncodeError:
        raise NotSentError(f"the mail server {name} takes only ASCII in user and password", lasting=True) from None
    except smtplib.SMTPAuthenticationError as error:
        lasting = error.smtp_code >= 500
        words = "does not take the user and password" if lasting else "does not take the login now"
        raise NotSentError(f"the mail server {name} {words} ({error.smtp_code})", lasting=lasting) from None


def _log_in_plain(server: smtplib.SMTP, user: str, password: str) -> None:
    """Log in as RFC 4616 has it: in UTF-8, where `smtplib` takes ASCII only."""
    proof = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, said = server.docmd("AUTH", f"PLAIN {proof}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _address(server: smtplib.SMTP, envelope: Envelope, name: str) -> None:
    """Name the sender and all receivers."""
    size = [f"size={len(envelope.message)}"] if server.has_extn("size") else []
    code, said = server.mail(envelope.sender, size)
    if code != 250:
        raise _refused(name, f"the sender {envelope.sender}", code, said)
    for receiver in envelope.to:
        code, said = server.rcpt(receiver)
        if code not in (250, 251):
            raise _refused(name, f"the receiver {receiver}", code, said)


def _deliver(server: smtplib.SMTP, message: bytes, name: str, handing: Handing) -> None:
    code, said = server.docmd("DATA")
    if code != 354:
        raise _refused(name, "the letter", code, said)
    server.send(dotted(message))
    handing()
    # If this fails, the server has no end of the letter, and so no letter.
    server.send(b".\r\n")
    if server.sock is not None:
        server.sock.settimeout(ANSWER)
    try:
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException):
        raise UnconfirmedError(f"the connection to {name} was lost before it said that it has the letter") from None
    if code != 250:
        raise _refused(name, "the letter", code, said)
    with suppress(OSError, smtplib.SMTPException):
        if server.sock is not None:
            server.sock.settimeout(PATIENCE)
        server.quit()


def dotted(message: bytes) -> bytes:
    """A message as it goes over the wire: CRLF behind every line, and dots at the beginning of a line doubled."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _refused(name: str, what: str, code: int, said: bytes | str) -> NotSentError:
    """What a server said no to. Codes from 500 on are for good (RFC 5321, section 4.2.1)."""
    lasting = code >= 500
    words = clean_line(said, 200)
    refused = f"refuses {what}" if what else "refuses"
    return NotSentError(
        f"the mail server {name} {refused}{'' if lasting else ' for now'} ({code}{' ' if words else ''}{words})",
        lasting=lasting,
    )
