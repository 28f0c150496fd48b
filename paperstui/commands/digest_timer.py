"""What mails a digest every weekday morning: a timer and a service for systemd, and a line for cron. Nothing is installed."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from paperstui import paths

HOUR, MINUTE = 7, 30

CARRIED = (
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "HF_ENDPOINT",
    "HF_HOME",
    "SSL_CERT_FILE",
)
"""Settings in the environment that say which library and which server are meant; a timer does not know them by itself."""

_TIMER = """\
# {folder}/{unit}.service
[Unit]
Description=paperstui: fetch what is new and send the digest

[Service]
Type=oneshot
{environment}ExecStart=-{refresh}
ExecStart={digest}

# {folder}/{unit}.timer
[Unit]
Description=paperstui: the digest on weekdays

[Timer]
OnCalendar=Mon..Fri {hour:02}:{minute:02}
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target

# Save the two parts as these files; then:
#   systemctl --user daemon-reload && systemctl --user enable --now {unit}.timer
# It runs while you are logged in, or always after: loginctl enable-linger
# A password comes from mail.password_command in config.toml or the keyring: a timer has no {password}.

# Or with cron (crontab -e), which mails you what goes wrong:
{minute} {hour} * * 1-5 {cron}
"""


def timer(words: Sequence[str]) -> str:
    """The units and the line. words: the arguments of paperstui that make and send the digest."""
    from paperstui.outside.password import VARIABLE

    own = own_command()
    refresh, digest = [*own, "refresh"], [*own, *words]
    carried = {name: os.environ[name] for name in CARRIED if os.environ.get(name)}
    return _TIMER.format(
        folder=_folder(carried),
        unit=_unit(words),
        environment="".join(f"Environment={systemd_word(f'{name}={value}')}\n" for name, value in carried.items()),
        refresh=" ".join(map(systemd_word, refresh)),
        digest=" ".join(map(systemd_word, digest)),
        cron=f"{_cron(refresh, carried)} >/dev/null; {_cron(digest, carried)} >/dev/null",
        hour=HOUR,
        minute=MINUTE,
        password=VARIABLE,
    )


def own_command() -> list[str]:
    """The words that start this paperstui from anywhere: the script it was started as, else Python and the module."""
    script = Path(sys.argv[0]).absolute()
    if script.name == paths.APP and os.access(script, os.X_OK) and script.is_file():
        return [str(script)]
    return [sys.executable, "-m", paths.APP]


def systemd_word(word: str) -> str:
    """A word of a command line in a unit: quoted, its specifiers and variables doubled (systemd.service(5))."""
    escaped = "".join(_C_STYLE.get(letter, letter) for letter in word)
    if escaped == word and word and all(letter.isalnum() or letter in "/._-=:,+@" for letter in word):
        return word
    return f'"{escaped}"'


def _c_style() -> dict[str, str]:
    controls = {chr(code): f"\\x{code:02x}" for code in (*range(1, 32), 127)}
    return controls | {"\\": "\\\\", '"': '\\"', "%": "%%", "$": "$$", ";": "\\x3b"}


_C_STYLE = _c_style()


def _cron(words: Sequence[str], carried: Mapping[str, str]) -> str:
    """A command as cron hands it to the shell; a percent sign would end the line there (crontab(5))."""
    settings = [f"{name}={shlex.quote(value)}" for name, value in carried.items()]
    line = " ".join([*settings, shlex.join(words)])
    return line.replace("%", "\\%").replace("\n", " ")


def _folder(carried: Mapping[str, str]) -> str:
    return f"{carried.get('XDG_CONFIG_HOME', '~/.config')}/systemd/user"


def _unit(words: Sequence[str]) -> str:
    name = words[words.index("--name") + 1] if "--name" in words else ""
    return f"paperstui-digest-{name}" if name else "paperstui-digest"
