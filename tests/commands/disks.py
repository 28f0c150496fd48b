"""Disks that are full or read-only, for one command only, and files that a disk has spoiled."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest


@cache
def may_mount() -> bool:
    """Whether this process may mount something that only it sees."""
    if shutil.which("unshare") is None or os.geteuid() != 0:
        return False
    return (
        subprocess.run(
            ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
        ).returncode
        == 0
    )


@pytest.fixture
def mounts() -> None:
    """The test may mount."""
    if not may_mount():
        pytest.skip("mounting takes root and unshare(1)")


def in_a_full_disk(directory: Path) -> list[str]:
    """A command that runs another one with the directory on a disk of 4 MB that is full."""
    script = (
        'cp -a "$1" "$1.kept" && mount -t tmpfs -o size=4m tmpfs "$1" && cp -a "$1.kept/." "$1/"'
        ' && dd if=/dev/zero of="$1/fill" bs=1k 2>/dev/null; shift; exec "$@"'
    )
    return ["unshare", "-m", "sh", "-c", script, "sh", str(directory)]


def on_a_read_only_disk(directory: Path) -> list[str]:
    """A command that runs another one with the directory read-only."""
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"; shift; exec "$@"'
    return ["unshare", "-m", "sh", "-c", script, "sh", str(directory)]


DAMAGES = ("zeros", "cut", "header")


def damaged(file: Path, damage: str) -> bytes:
    """Damage a database, and return what it is then: two pages of zeros, its second half gone, or nonsense where its header was."""
    content = bytearray(file.read_bytes())
    if damage == "zeros":
        content[16384 : 3 * 16384] = bytes(2 * 16384)
    elif damage == "cut":
        del content[len(content) // 2 :]
    else:
        content[:100] = os.urandom(100)
    file.write_bytes(content)
    return bytes(content)
