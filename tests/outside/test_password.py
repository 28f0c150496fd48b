from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from paperstui.config import MailSettings
from paperstui.errors import PaperstuiError, UsageError
from paperstui.outside.password import VARIABLE, find_password

USER = MailSettings(user="ada")


def command(script: str) -> MailSettings:
    return MailSettings(user="ada", password_command=f"{sys.executable} -c {script!r}")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], Any]:
    """A keyring with nothing in it."""
    kept: dict[tuple[str, str], Any] = {}
    module = ModuleType("keyring")
    module.get_password = lambda service, user: kept.get((service, user))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    return kept


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is not installed."""
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_nobody_needs_none() -> None:
    assert find_password(MailSettings(password_command="false")) == ""  # noqa: S106 - a command


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch, keyring: dict[tuple[str, str], Any]) -> None:
    keyring["paperstui", "ada"] = "of the keyring"
    monkeypatch.setenv(VARIABLE, " of the environment ")
    assert find_password(command("print('of the command')")) == " of the environment "
    monkeypatch.delenv(VARIABLE)
    assert find_password(command("print('of the command')")) == "of the command"
    assert find_password(USER) == "of the keyring"


def test_only_the_first_line_of_a_command_counts() -> None:
    assert find_password(command("print('pä ss'); print('url: x')")) == "pä ss"


@pytest.mark.parametrize("script", ["", "print()", "print('x'); raise SystemExit(3)"])
def test_a_command_that_fails_is_told_without_what_it_printed(script: str) -> None:
    with pytest.raises(PaperstuiError, match="printed no password") as caught:
        find_password(command(script))
    assert "x'" not in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "said"),
    [("no-such-program", "did not start"), ("'open", "quotation mark that is not closed"), ("  ", "names no program")],
)
def test_a_command_that_cannot_be_run(setting: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        find_password(MailSettings(user="ada", password_command=setting))


def test_a_command_is_no_shell(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        find_password(MailSettings(user="ada", password_command=f"no-such; touch {tmp_path}/made"))
    assert not (tmp_path / "made").exists()


@pytest.mark.usefixtures("no_keyring")
def test_without_any_it_is_said_how_to_give_one() -> None:
    with pytest.raises(UsageError, match=r"no password for ada: set PAPERSTUI_SMTP_PASSWORD or mail\.password_command"):
        find_password(USER)


@pytest.mark.parametrize("kept", [None, "", b"bytes", 7])
def test_a_keyring_without_it(keyring: dict[tuple[str, str], Any], kept: Any) -> None:
    keyring["paperstui", "ada"] = kept
    with pytest.raises(UsageError, match="no password for ada"):
        find_password(USER)


def test_a_keyring_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("keyring")

    def broken(*_: str) -> str:
        raise RuntimeError("the session bus is \x1b[31mnot there")

    module.get_password = broken  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    with pytest.raises(PaperstuiError, match="the session bus is not there"):
        find_password(USER)
