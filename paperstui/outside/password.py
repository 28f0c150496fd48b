"""The password of a mail server: from the environment, a command, or the keyring; never from an argument or a file of ours."""

from __future__ import annotations

import importlib
import os
import shlex
import subprocess

from paperstui.config import MailSettings
from paperstui.errors import PaperstuiError, UsageError
from paperstui.text.clean import clean_line

VARIABLE = "PAPERSTUI_SMTP_PASSWORD"
SERVICE = "paperstui"
"""Under which name the keyring keeps it, for the user of the settings."""

_PATIENCE = 120.0  # seconds: somebody may have to unlock something


def find_password(settings: MailSettings) -> str:
    """The password for the user in the settings; "" if there is no user, and so no login.

    Raises:
        UsageError: it is nowhere, or the settings name no command that can be run.
        PaperstuiError: the command or the keyring failed.
    """
    if not settings.user:
        return ""
    found = os.environ.get(VARIABLE) or (
        _from_command(settings.password_command) if settings.password_command else _from_keyring(settings.user)
    )
    if not found:
        raise UsageError(f"no password for {clean_line(settings.user, 80)}: set {VARIABLE} or mail.password_command")
    return found


def _from_command(command: str) -> str:
    """The first line that a command prints."""
    try:
        argv = shlex.split(command)
    except ValueError:
        raise UsageError("mail.password_command has a quotation mark that is not closed") from None
    if not argv:
        raise UsageError("mail.password_command names no program")
    name = clean_line(argv[0], 60)
    try:
        ended = subprocess.run(argv, stdout=subprocess.PIPE, timeout=_PATIENCE, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired:
        raise PaperstuiError(f"{name} printed no password within {_PATIENCE:g} seconds") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"mail.password_command: {name} did not start ({_why(error)})") from None
    lines = ended.stdout.decode("utf-8", "replace").splitlines()
    if ended.returncode or not lines or not lines[0]:
        raise PaperstuiError(f"{name} printed no password (status {ended.returncode})")
    return lines[0]


def _from_keyring(user: str) -> str:
    """What the keyring knows, if the package `keyring` is installed."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return ""
    try:
        found = keyring.get_password(SERVICE, user)
    except Exception as error:  # noqa: BLE001 - every backend has its own errors
        raise PaperstuiError(f"the keyring cannot be asked for the password ({_why(error)})") from None
    return found if isinstance(found, str) else ""


def _why(error: Exception) -> str:
    return clean_line(getattr(error, "strerror", None) or error, 100) or type(error).__name__
