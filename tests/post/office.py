from __future__ import annotations

import asyncio
import mailbox
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from email import message_from_binary_file, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from paperstui.config import MailSettings

CERTIFICATES = Path(__file__).resolve().parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
"""What `SSL_CERT_FILE` names so that the servers here are trusted."""

USER, PASSWORD = "ada@example.org", "pa55 wörd %&'\""

Stage = Literal["connect", "mail", "rcpt", "data", "body", "dot"]
"""Where something fails: at the greeting, at a command, behind a part of the letter, or at its final dot."""

DROP = "drop"
KEEP_AND_DROP = "keep and drop"
HANG = "keep and hang"


class PostOffice:
    """A mail server in a thread of its own; leave it as a context manager.

    tls: "tls" speaks TLS at once, "starttls" when asked to, "" never. certificate: which of the certificates it shows.
    auth: how to log in, or "" if nobody can.
    """

    def __init__(
        self, mbox: Path, *, tls: Literal["", "tls", "starttls"] = "", certificate: str = "here", auth: str = ""
    ) -> None:
        self.mbox = mbox
        self.heard: list[str] = []
        self.reached = threading.Event()
        self.loop = asyncio.new_event_loop()
        self._faults: list[tuple[Stage, str]] = []
        self._tls = tls
        self._auth = auth
        self._context = None
        if tls:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        self._thread = threading.Thread(target=self._run, name="post office", daemon=True)
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._open: set[SMTP] = set()
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def fault(self, stage: Stage, what: str, times: int = 1) -> None:
        """Fail at a stage: with a reply ("451 4.3.0 later"), or by losing the connection (DROP).

        At the dot the letter can also be kept first (KEEP_AND_DROP), or kept and never answered for (HANG). `reached` is set
        when it comes that far.
        """
        self._faults += [(stage, what)] * times

    def settings(self, **changes: Any) -> MailSettings:
        """The settings that lead here."""
        given: dict[str, Any] = {
            "to": ("Ada Li <ada@example.org>",),
            "from_": "paperstui <papers@example.org>",
            "host": "127.0.0.1",
            "port": self.port,
            "security": self._tls or "none",
        }
        return MailSettings(**given | changes)

    @property
    def letters(self) -> list[EmailMessage]:
        """What is in the mailbox file."""
        box: Any = mailbox.mbox(self.mbox, factory=cast("Any", _parsed))
        try:
            return list(box)
        finally:
            box.close()

    def taken(self, stage: Stage) -> str:
        """The next fault of a stage, which is then over."""
        for index, (at, what) in enumerate(self._faults):
            if at == stage:
                del self._faults[index]
                return what
        return ""

    def keep(self, envelope: Envelope) -> None:
        """Put a letter into the mailbox file, as a delivery agent does."""
        letter = mailbox.mboxMessage(envelope.content)
        letter["X-Envelope-From"] = str(envelope.mail_from)
        letter["X-Envelope-To"] = ", ".join(map(str, envelope.rcpt_tos))
        box = mailbox.mbox(self.mbox)
        box.lock()
        try:
            box.add(letter)
        finally:
            box.flush()
            box.unlock()
            box.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._serve())
        self.loop.close()

    async def _serve(self) -> None:
        at_once = self._context if self._tls == "tls" else None
        server = await self.loop.create_server(self._protocol, "127.0.0.1", 0, ssl=at_once)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for protocol in self._open:
            if protocol.transport is not None:
                protocol.transport.abort()  # type: ignore[attr-defined]
        await server.wait_closed()
        others = [task for task in asyncio.all_tasks(self.loop) if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*others, return_exceptions=True)

    def _protocol(self) -> SMTP:
        options: dict[str, Any] = {"hostname": "post.example.org", "loop": self.loop}
        if self._tls == "starttls":
            options |= {"tls_context": self._context, "require_starttls": True}
        if self._auth:
            excluded = {"PLAIN", "LOGIN", "CRAM-MD5"} - {self._auth}
            options |= {"authenticator": _authenticate, "auth_require_tls": False, "auth_exclude_mechanism": excluded}
        protocol = _Clerk(self, **options)
        self._open.add(protocol)
        return protocol


class _Clerk(SMTP):
    """One conversation."""

    def __init__(self, office: PostOffice, **options: Any) -> None:
        super().__init__(_Handler(office), **options)
        self.office = office

    def drop(self) -> None:
        if self.transport is not None:
            self.transport.abort()  # type: ignore[attr-defined]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.office.taken("connect") == DROP:
            self.drop()

    async def push(self, status: Any) -> None:
        with suppress(ConnectionError):
            await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the base calls it so
        self.office.heard.append("DATA")
        if reply := self.office.taken("data"):
            await self.push(reply)
        elif self.office.taken("body"):
            await self.push("354 go on")
            self.drop()
        else:
            await super().smtp_DATA(arg)


class _Handler:
    """What aiosmtpd asks at each step."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office

    def _heard(self, what: str, session: Session) -> None:
        self.office.heard.append(f"{what} over TLS" if session.ssl or self.office._tls == "tls" else what)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd has these names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        self._heard(f"EHLO {hostname}", session)
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server
        self._heard(f"MAIL {address}", session)
        reply = self.office.taken("mail")
        if reply == HANG:
            self.office.reached.set()
            await self.office._stop.wait()
        if reply:
            return reply
        envelope.mail_from = address
        envelope.mail_options += options
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server
        self._heard(f"RCPT {address}", session)
        if reply := self.office.taken("rcpt"):
            return reply
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options += options
        return "250 OK"

    async def handle_DATA(self, server: _Clerk, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self._heard("dot", session)
        fault = self.office.taken("dot")
        if fault[:1].isdigit():
            return fault
        if fault != DROP:
            self.office.keep(envelope)
        self.office.reached.set()
        if fault == HANG:
            await self.office._stop.wait()
        if fault:
            server.drop()
        return "250 2.0.0 taken"


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    del server, session, envelope, mechanism
    good = data.login.decode() == USER and data.password.decode() == PASSWORD
    return AuthResult(success=good, handled=good, auth_data=USER if good else None)


def _parsed(file: Any) -> EmailMessage:
    letter = message_from_binary_file(file, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


def settings_text(settings: MailSettings, **more: Mapping[str, Any]) -> str:
    """The settings as the table of a settings file."""
    lines = ["[mail]", f"to = [{', '.join(map(_quoted, settings.to))}]"]
    for name, value in settings._asdict().items():
        if name != "to":
            lines.append(f"{name.rstrip('_')} = {value if isinstance(value, int) else _quoted(value)}")
    return "\n".join([*lines, *(f"{name} = {value}" for name, value in more.items()), ""])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
