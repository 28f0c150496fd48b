from __future__ import annotations

from pathlib import Path

import pytest

from paperstui.config import NO_MAIL, SECURITY, MailSettings, Settings, address_of, load

WHOLE = """
theme = "nord"

[mail]
to = ["Ada Li <ada@example.org>", "bo@example.org"]
from = "papers@example.org"
host = "smtp.example.org"
port = 2525
security = "starttls"
user = "ada"
password_command = "pass show mail/ada"
sendmail = "msmtp -t"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def loaded(file: Path, text: str) -> Settings:
    file.write_text(text, "utf-8")
    return load(file)


def test_without_the_table_nothing_is_set(file: Path) -> None:
    assert loaded(file, 'theme = "nord"\n').mail == NO_MAIL == MailSettings()
    assert NO_MAIL.to == ()
    assert NO_MAIL.security == "tls"


def test_every_setting_is_read(file: Path) -> None:
    settings = loaded(file, WHOLE)
    assert settings.problems == ()
    assert settings.theme == "nord"
    assert settings.mail == MailSettings(
        to=("Ada Li <ada@example.org>", "bo@example.org"),
        from_="papers@example.org",
        host="smtp.example.org",
        port=2525,
        security="starttls",
        user="ada",
        password_command="pass show mail/ada",  # noqa: S106 - a command
        sendmail="msmtp -t",
    )


def test_one_address_needs_no_list(file: Path) -> None:
    assert loaded(file, '[mail]\nto = "ada@example.org"\n').mail.to == ("ada@example.org",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("to = 3", "mail.to must be an address in quotes, or a list of them"),
        ("to = [1]", "mail.to must be an address in quotes, or a list of them"),
        ('to = "ada"', "mail.to: 'ada' is not an address such as ada@example.org"),
        ('to = ["a@b.example", "x@"]', "mail.to: 'x@' is not an address such as ada@example.org"),
        ('to = "a@b.example, c@d.example"', "mail.to: 'a@b.example, c@d.example' is not an address"),
        ('to = "a@b.example\\nBcc: c@d.example"', "mail.to: 'a@b.exampleBcc: c@d.example' is not an address"),
        ('to = "Ada\\u202e <a@b.example>"', "mail.to: 'Ada <a@b.example>' is not an address"),
        ('to = "-- <a@b.example> <c@d.example>"', "is not an address"),
        ('from = "papers"', "mail.from: 'papers' is not an address such as ada@example.org"),
        ("from = 3", "mail.from must be a line of text in quotes"),
        ('host = "a\\nb"', "mail.host must be a line of text in quotes"),
        ("port = -1", "mail.port must be a whole number from 0 to 65535"),
        ("port = 65536", "mail.port must be a whole number from 0 to 65535"),
        ('port = "25"', "mail.port must be a whole number from 0 to 65535"),
        ('security = "ssl"', 'mail.security must be "tls", "starttls" or "none"'),
        ('security = ""', 'mail.security must be "tls", "starttls" or "none"'),
        ("user = true", "mail.user must be a line of text in quotes"),
        ('password = "secret"', "a password is not kept in this file; mail.password_command can fetch it"),
        ("smtp = 1", "there is no setting 'mail.smtp'"),
        ('securty = "none"', "there is no setting 'mail.securty'; did you mean 'mail.security'?"),
        ('passwordcommand = ""', "there is no setting 'mail.passwordcommand'; did you mean 'mail.password_command'?"),
        ("from_ = 'a@b.example'", "there is no setting 'mail.from_'; did you mean 'mail.from'?"),
    ],
)
def test_a_bad_value_costs_that_setting_and_is_told(file: Path, line: str, said: str) -> None:
    kept = 'host = "smtp.example.org"\n' if not line.startswith("host") else 'user = "ada"\n'
    settings = loaded(file, f"[mail]\n{kept}{line}\n")
    [problem] = settings.problems
    assert problem.startswith("config.toml: ")
    assert said in problem
    assert problem.isprintable()
    assert "secret" not in problem
    assert settings.mail == (MailSettings(host="smtp.example.org") if "host" in kept else MailSettings(user="ada"))


def test_what_is_no_table_is_told(file: Path) -> None:
    settings = loaded(file, 'mail = "ada@example.org"\n')
    assert settings.problems == ("config.toml: mail must be a table, [mail]",)
    assert settings.mail == NO_MAIL


def test_what_does_not_bear_on_the_table_is_as_it_was(file: Path) -> None:
    settings = loaded(file, "[mail]\nport = 'x'\n[other]\n")
    assert len(settings.problems) == 2
    assert any("there is no setting 'other'" in problem for problem in settings.problems)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada Li <ada@example.org> ", "ada@example.org"),
        ("ada@localhost", "ada@localhost"),
        ("ada@bücher.example", "ada@bücher.example"),
        ("Ada <ada@example.org", ""),
        ("<>", ""),
        ("", ""),
        ("a@b@c.example", ""),
        ("a b@c.example", ""),
        ("a@c.example>", ""),
        ("a..b@c.example", ""),
        (".a@c.example", ""),
        ("a@c..example", ""),
        ("a@.example", ""),
        ("a@[127.0.0.1]", ""),
        ('"a b"@c.example', ""),
        ("ä@c.example", ""),
        ("a@" + "x" * 300, ""),
        ("o'neill+papers@c-d.example", "o'neill+papers@c-d.example"),
    ],
)
def test_the_address_in_a_text(text: str, bare: str) -> None:
    assert address_of(text) == bare


def test_every_security_has_a_port() -> None:
    assert SECURITY == {"tls": 465, "starttls": 587, "none": 25}
