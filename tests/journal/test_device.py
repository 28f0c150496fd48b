from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paperstui.errors import SaveError
from paperstui.journal.device import device_name
from paperstui.journal.files import create_private


def test_the_name_stays(tmp_path: Path) -> None:
    name = device_name(tmp_path / "device")
    assert re.fullmatch("[0-9a-f]{8}", name)
    assert device_name(tmp_path / "device") == name


def test_two_devices_have_two_names(tmp_path: Path) -> None:
    assert device_name(tmp_path / "one") != device_name(tmp_path / "two")


def test_the_file_is_private_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        device_name(tmp_path / "device")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "device").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["device"]


def test_everybody_who_comes_first_gets_the_same_name(tmp_path: Path) -> None:
    for attempt in range(20):
        path = tmp_path / f"device{attempt}"
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(device_name, [path] * 8))) == 1


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0\0\0\0\0", b"../../etc", b"0A1B2C3D", b"0a1b2c3d0a1b2c3d"])
def test_a_file_without_a_name_in_it_gets_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "device"
    path.write_bytes(content)
    name = device_name(path)
    assert path.read_text() == f"{name}\n"


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    name = device_name(tmp_path / "device")
    assert device_name(tmp_path / "device") == name


def test_no_room_for_a_name_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("paperstui.journal.device.create_private", refuse)
    with pytest.raises(SaveError, match="disk is full"):
        device_name(tmp_path / "device")
    assert create_private is not refuse
