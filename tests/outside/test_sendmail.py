from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from paperstui.errors import SaveError, UsageError
from paperstui.outside import sendmail
from paperstui.outside.letters import NotSentError, UnconfirmedError

MESSAGE = b"To: ada@example.org\nSubject: Papers\n\nOne\n.\nTwo\n"
LARGE = MESSAGE + b"x" * 1_000_000


def program(directory: Path, script: str, name: str = "sendmail") -> Path:
    """A shell script in the place of sendmail."""
    path = directory / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def send(setting: str, message: bytes = MESSAGE) -> int:
    """Hand it over, and count how often it was said that it is about to be."""
    handed: list[None] = []
    sendmail.send(message, setting, lambda: handed.append(None))
    return len(handed)


def test_the_message_goes_in_whole_and_the_arguments_as_they_are(tmp_path: Path) -> None:
    fake = program(tmp_path, f'for word; do echo "[$word]"; done > {tmp_path}/words; cat > {tmp_path}/letter')
    assert send(f"{fake} -t -i 'two words' ';' '$(touch {tmp_path}/no)'", LARGE) == 1
    assert (tmp_path / "letter").read_bytes() == LARGE
    said = (tmp_path / "words").read_text("utf-8").splitlines()
    assert said == ["[-t]", "[-i]", "[two words]", "[;]", f"[$(touch {tmp_path}/no)]"]
    assert not (tmp_path / "no").exists()


def test_it_is_found_in_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, f"cat > {tmp_path}/letter", "our-own-sendmail")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert send("our-own-sendmail -t") == 1


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("no-such-program -t", "no-such-program is not there"),
        ("'unfinished", "quotation mark that is not closed"),
        ("   ", "names no program"),
        ("/etc/passwd", "/etc/passwd is not there, or cannot be run"),
    ],
)
def test_a_setting_that_cannot_be_run(setting: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        send(setting)


@pytest.mark.parametrize("status", [1, 75, 78])
def test_a_status_other_than_0_means_it_was_not_taken(tmp_path: Path, status: int) -> None:
    fake = program(tmp_path, f'cat > /dev/null; printf "no \\033[31mroute\\n" >&2; exit {status}')
    with pytest.raises(NotSentError) as caught:
        send(str(fake))
    assert str(caught.value) == f"sendmail did not take the letter (status {status}: no route)"


def test_what_does_not_read_the_whole_letter_has_not_taken_it(tmp_path: Path) -> None:
    handed: list[None] = []
    for status in (0, 1):
        fake = program(tmp_path, f"exit {status}")
        with pytest.raises(NotSentError):
            sendmail.send(LARGE, str(fake), lambda: handed.append(None))
    assert handed == []


def test_what_a_signal_ended_may_have_taken_it(tmp_path: Path) -> None:
    fake = program(tmp_path, "cat > /dev/null; kill -9 $$")
    with pytest.raises(UnconfirmedError, match="ended by signal 9"):
        send(str(fake))


def test_what_does_not_end_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = program(tmp_path, f"cat > /dev/null; echo $$ > {tmp_path}/pid; exec sleep 1000")
    monkeypatch.setattr(sendmail, "ANSWER", 0.5)
    with pytest.raises(UnconfirmedError):
        send(str(fake))
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), signal.SIG_DFL)


def test_who_may_not_write_that_it_is_handed_over_does_not_hand_it_over(tmp_path: Path) -> None:
    fake = program(tmp_path, f"cat > /dev/null; echo whole > {tmp_path}/ended")

    def full() -> None:
        raise SaveError("the disk is full")

    with pytest.raises(SaveError):
        sendmail.send(MESSAGE, str(fake), full)
    assert not (tmp_path / "ended").exists(), "it was ended before the end of its input"


def test_what_cannot_be_started(tmp_path: Path) -> None:
    fake = tmp_path / "sendmail"
    fake.write_bytes(b"\x7fELF nonsense")
    fake.chmod(0o700)
    with pytest.raises(NotSentError, match="did not start"):
        send(str(fake))
