from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_script_makes_every_picture(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "screenshots/make.py", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert made == sorted(done.stdout.split())
    assert made == sorted(path.name for path in (ROOT / "screenshots").glob("*.svg"))
    for path in tmp_path.glob("*.svg"):
        text = path.read_text("utf-8")
        assert not re.search(r"(?:href|src)\s*=|url\((?!#)|@import", text), "a picture asks nobody for anything"
        assert "@font-face" not in text
        assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own file
    assert "demonstration" in (tmp_path / "wide-dark.svg").read_text("utf-8")
    assert "refuses" in (tmp_path / "offline-dark.svg").read_text("utf-8")
