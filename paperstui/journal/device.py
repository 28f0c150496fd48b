"""The name of this device: random, made once, kept in the state directory, which no synchroniser copies."""

from __future__ import annotations

import os
import re
from pathlib import Path

from paperstui.errors import save_error
from paperstui.journal.files import create_private, sync_directory

_NAME = re.compile(rb"[0-9a-f]{8}")


def device_name(path: Path) -> str:
    """The device's name, eight hex digits; made on first use, so that all processes get the same one.

    Raises:
        SaveError: there is none yet and it cannot be kept, or the file cannot be read.
    """
    try:
        return _kept(path) or _made(path)
    except OSError as error:
        raise save_error("the name of this device", error) from error


def known_name(path: Path) -> str | None:
    """The device's name if it has one; nothing is made."""
    try:
        return _kept(path)
    except OSError:
        return None


def _kept(path: Path) -> str | None:
    """The name in the file; None where there is no file or no name in it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        name = os.read(descriptor, 64).strip()
    finally:
        os.close(descriptor)
    return name.decode() if _NAME.fullmatch(name) else None


def _made(path: Path) -> str:
    """Write a new name, unless another process was first: then its name."""
    import secrets

    name = secrets.token_hex(4)
    fresh = path.with_name(f"{path.name}.{name}")
    try:
        with os.fdopen(create_private(fresh), "wb") as file:
            file.write(f"{name}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            # Whole or not at all, and only for the first: another process never reads a name that is half there.
            os.link(fresh, path)
        except OSError:
            kept = _kept(path)
            if kept:
                return kept
            # There is a file without a name in it, or this file system has no links.
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_directory(path.parent)
    return _kept(path) or name
