from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from paperstui.config import MailSettings
from paperstui.errors import SaveError, UsageError
from paperstui.outside import smtp
from paperstui.outside.letters import Envelope, NotSentError, UnconfirmedError
from tests.post import AUTHORITY, PostOffice
from tests.post.office import DROP, KEEP_AND_DROP, PASSWORD, USER

MESSAGE = (
    b"From: papers@example.org\r\nTo: ada@example.org\r\nSubject: Papers\r\n\r\nOne\r\n.\r\n..two\r\nFrom three\r\n"
)
LETTER = Envelope("papers@example.org", ("ada@example.org", "bo@example.org"), MESSAGE)

Open = Callable[..., PostOffice]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Open]:
    """Opens a post office."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(PostOffice(tmp_path / "mbox", **options))


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority of the tests' certificates is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))


def send(settings: MailSettings, password: str = "", letter: Envelope = LETTER) -> int:
    """Send it, and count how often it was said that it is about to be delivered."""
    handed: list[None] = []
    smtp.send(letter, settings, password, lambda: handed.append(None))
    return len(handed)


def refused(settings: MailSettings, password: str = "", *, handings: int = 0) -> NotSentError:
    """Why it was not sent."""
    handed: list[None] = []
    with pytest.raises(NotSentError) as caught:
        smtp.send(LETTER, settings, password, lambda: handed.append(None))
    assert len(handed) == handings
    assert str(caught.value).isprintable()
    return caught.value


def test_a_letter_arrives_as_it_was_sent(office: Open) -> None:
    post = office()
    assert send(post.settings()) == 1
    [letter] = post.letters
    assert letter["Subject"] == "Papers"
    assert letter["X-Envelope-From"] == "papers@example.org"
    assert letter["X-Envelope-To"] == "ada@example.org, bo@example.org"
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.replace(b"\r\n", b"\n").replace(b">From", b"From") == b"One\n.\n..two\nFrom three\n"
    assert post.heard[0] == "EHLO [127.0.0.1]", "the name of this machine is nobody's business"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_nothing_that_counts_is_said_before_tls(office: Open, tls: str, host: str) -> None:
    post = office(tls=tls)
    assert send(post.settings(host=host)) == 1
    assert len(post.letters) == 1
    told = [heard for heard in post.heard if heard.startswith(("MAIL", "RCPT", "dot"))]
    assert len(told) == 4
    assert all(heard.endswith("over TLS") for heard in told)


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(office: Open, tls: str) -> None:
    post = office(tls=tls)
    error = refused(post.settings())
    assert "the certificate of 127.0.0.1 cannot be trusted" in str(error)
    assert error.lasting
    assert not [heard for heard in post.heard if not heard.startswith("EHLO")]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_server_with_the_certificate_of_another_gets_nothing(office: Open, tls: str) -> None:
    post = office(tls=tls, certificate="elsewhere")
    error = refused(post.settings(host="localhost"))
    assert "the certificate of localhost cannot be trusted" in str(error)
    assert not [heard for heard in post.heard if not heard.startswith("EHLO")]


def test_a_server_that_does_not_offer_starttls_gets_nothing(office: Open) -> None:
    post = office()
    error = refused(post.settings(security="starttls"))
    assert "does not offer STARTTLS" in str(error)
    assert error.lasting
    assert post.heard == ["EHLO [127.0.0.1]"]


@pytest.mark.usefixtures("trusted")
def test_a_server_that_does_not_speak_tls_gets_nothing(office: Open) -> None:
    plain = office()
    assert "127.0.0.1 does not speak TLS" in str(refused(plain.settings(security="tls")))
    assert plain.heard == []


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "localhost.example.org", "2001:db8::1", "10.0.0.1"])
def test_plain_mail_to_another_machine_is_refused_before_anything_is_asked(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _never)
    monkeypatch.setattr(socket, "create_connection", _never)
    with pytest.raises(UsageError, match="is not this machine"):
        send(MailSettings(host=host, security="none"))


def test_a_name_of_this_machine_that_leads_elsewhere_gets_nothing(
    office: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = office()

    class Elsewhere(socket.socket):
        def getpeername(self) -> Any:
            return ("192.0.2.7", 25)

    monkeypatch.setattr(socket, "socket", Elsewhere)
    assert "leads to 192.0.2.7" in str(refused(post.settings(host="localhost")))
    assert post.heard == []


def _never(*arguments: object, **_: object) -> Any:
    raise AssertionError(arguments)


@pytest.mark.parametrize(
    ("stage", "reply", "said"),
    [
        ("mail", "451 4.3.0 \x1b[31mlater", "refuses the sender papers@example.org for now (451 4.3.0 later)"),
        ("mail", "550 5.7.1 not you", "refuses the sender papers@example.org (550 5.7.1 not you)"),
        ("rcpt", "450 4.2.1 busy", "refuses the receiver ada@example.org for now (450 4.2.1 busy)"),
        ("rcpt", "550 5.1.1 nobody", "refuses the receiver ada@example.org (550 5.1.1 nobody)"),
        ("data", "452 4.3.1 full", "refuses the letter for now (452 4.3.1 full)"),
        ("data", "554 5.5.1 no", "refuses the letter (554 5.5.1 no)"),
    ],
)
def test_a_refusal_is_told_for_now_or_for_good(office: Open, stage: Any, reply: str, said: str) -> None:
    post = office()
    post.fault(stage, reply)
    error = refused(post.settings())
    assert str(error) == f"the mail server 127.0.0.1 {said}"
    assert error.lasting is reply.startswith("5")
    assert post.letters == []


@pytest.mark.parametrize("reply", ["451 4.3.0 later", "554 5.6.0 spam", "421 4.3.2 closing"])
def test_a_refusal_at_the_last_dot_is_a_refusal(office: Open, reply: str) -> None:
    post = office()
    post.fault("dot", reply)
    assert reply in str(refused(post.settings(), handings=1))
    assert post.letters == []


def test_one_receiver_who_is_refused_keeps_it_from_all(office: Open) -> None:
    post = office()
    post.fault("rcpt", "250 OK")
    post.fault("rcpt", "550 5.1.1 nobody")
    assert "bo@example.org" in str(refused(post.settings()))
    assert post.letters == []
    assert "DATA" not in post.heard


@pytest.mark.parametrize("stage", ["connect", "body"])
def test_a_connection_lost_before_the_last_dot_delivers_nothing(office: Open, stage: Any) -> None:
    post = office()
    post.fault(stage, DROP)
    handed: list[None] = []
    letter = Envelope("a@example.org", ("b@example.org",), MESSAGE + b"x" * 4_000_000)
    with pytest.raises(NotSentError):
        smtp.send(letter, post.settings(), "", lambda: handed.append(None))
    assert handed == []
    assert post.letters == []


@pytest.mark.parametrize(("what", "kept"), [(DROP, 0), (KEEP_AND_DROP, 1)])
def test_a_connection_lost_behind_the_last_dot_leaves_it_open(office: Open, what: str, kept: int) -> None:
    post = office()
    post.fault("dot", what)
    handed: list[None] = []
    with pytest.raises(UnconfirmedError, match="was lost before it said"):
        smtp.send(LETTER, post.settings(), "", lambda: handed.append(None))
    assert len(handed) == 1
    assert len(post.letters) == kept


def test_a_server_that_falls_silent_is_not_waited_for(office: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(smtp, "PATIENCE", 0.05)
        port = silent.getsockname()[1]
        assert "does not answer" in str(refused(MailSettings(host="127.0.0.1", port=port, security="none")))
    post = office()
    post.fault("dot", "keep and hang")
    monkeypatch.setattr(smtp, "PATIENCE", 10.0)
    monkeypatch.setattr(smtp, "ANSWER", 0.05)
    with pytest.raises(UnconfirmedError):
        send(post.settings())


def test_who_may_not_write_that_it_is_handed_over_does_not_hand_it_over(office: Open) -> None:
    post = office()

    def full() -> None:
        raise SaveError("the disk is full")

    with pytest.raises(SaveError):
        smtp.send(LETTER, post.settings(), "", full)
    assert send(post.settings()) == 1
    assert len(post.letters) == 1


def test_nobody_there() -> None:
    error = refused(MailSettings(host="127.0.0.1", port=9, security="none"))
    assert str(error) == "the mail server 127.0.0.1 cannot be reached (Connection refused)"


@pytest.mark.parametrize("auth", ["PLAIN", "LOGIN"])
def test_logging_in(office: Open, auth: str) -> None:
    post = office(auth=auth)
    settings = post.settings(user=USER)
    if auth == "PLAIN":
        assert send(settings, PASSWORD) == 1
        assert len(post.letters) == 1
    else:
        assert "takes only ASCII" in str(refused(settings, PASSWORD))
    error = refused(settings, "wrong-password")
    assert str(error) == "the mail server 127.0.0.1 does not take the user and password (535)"
    assert error.lasting


def test_a_server_without_a_login_is_told(office: Open) -> None:
    assert "does not offer a login" in str(refused(office().settings(user=USER), PASSWORD))


def test_the_password_is_in_no_message(office: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    post = office(auth="PLAIN")
    monkeypatch.setattr("smtplib.SMTP.docmd", lambda *_: (535, b"no: " + PASSWORD.encode()))
    assert PASSWORD not in str(refused(post.settings(user=USER), PASSWORD))


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        (b"a\nb", b"a\r\nb\r\n"),
        (b".\r\n..\r\n", b"..\r\n...\r\n"),
        (b"a\r.b\n.c", b"a\r\n..b\r\n..c\r\n"),
        (b"", b"\r\n"),
    ],
)
def test_dots_and_line_ends(message: bytes, sent: bytes) -> None:
    assert smtp.dotted(message) == sent


@pytest.mark.parametrize("host", ["a..example", "x" * 70 + ".example"])
def test_a_host_that_no_name_server_can_have(host: str) -> None:
    with pytest.raises(UsageError, match="is not the name of a server"):
        send(MailSettings(host=host))


def test_without_a_host() -> None:
    with pytest.raises(UsageError, match="set host"):
        smtp.check(MailSettings())
