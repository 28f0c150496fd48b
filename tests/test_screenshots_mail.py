from __future__ import annotations

import importlib.util
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "screenshots" / "make_mail.py"
PNG = b"\x89PNG\r\n\x1a\n"


def script() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("make_mail", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def size(path: Path) -> tuple[int, int]:
    """Width and height of a picture (PNG, section 11.2.2)."""
    data = path.read_bytes()
    assert data.startswith(PNG)
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_the_pictures_are_those_the_script_makes() -> None:
    made = {f"{scene.name}.png": scene.size for scene in script().SCENES}
    assert {path.name: size(path) for path in (ROOT / "screenshots").glob("*.png")} == made
    assert {scene.dark for scene in script().SCENES} == {True, False}
    assert sorted(width < 400 for width, _ in made.values()) == [False, True], "a desktop and a phone"


def test_they_show_a_digest_of_invented_papers() -> None:
    html = script().html()
    HTMLParser().feed(html)
    assert html.count("<h2 ") == 8
    assert "more new papers are not shown" in html


@pytest.mark.skipif(script().browser() is None, reason="Chromium is not installed")
def test_a_real_browser_makes_them(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=55
    )
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.glob("*.png"))
    assert made == sorted(done.stdout.split()) == sorted(path.name for path in (ROOT / "screenshots").glob("*.png"))
    assert all(size(tmp_path / name) == size(ROOT / "screenshots" / name) for name in made)
