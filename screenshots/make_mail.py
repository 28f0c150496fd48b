"""Make the pictures of the e-mail: `python screenshots/make_mail.py [DIRECTORY]`. It takes Chromium; the papers are invented."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import NamedTuple

from paperstui import paths
from paperstui.export.digest.html_form import as_html
from paperstui.usecases import Desk
from paperstui.usecases.digests import Ask

HERE = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


class Scene(NamedTuple):
    """One picture: its name, how wide and high the window is, and whether the reader likes it dark."""

    name: str
    size: tuple[int, int]
    dark: bool = False


SCENES = (Scene("mail-light", (900, 800)), Scene("mail-phone-dark", (390, 844), dark=True))


def browser() -> str | None:
    """The program that makes the pictures, if there is one."""
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def html() -> str:
    """The digest of two days of invented papers."""
    os.environ["PAPERSTUI_NOW"] = "2026-06-04T08:30:00+00:00"
    with tempfile.TemporaryDirectory() as root:
        desk = Desk.demonstration(paths.under(Path(root)))
        try:
            day = date(2026, 6, 4) - timedelta(days=1)
            return as_html(desk.digests.look(Ask(since=day, top=8)).digest)
        finally:
            desk.close()


def make(target: Path, program: str, page: str) -> list[Path]:
    """Make the pictures of a page; returns the files."""
    made = []
    with tempfile.TemporaryDirectory() as root:
        for scene in SCENES:
            # A window cannot be as narrow as a phone, but a frame in it can.
            width, height = scene.size
            frame = Path(root) / "frame.html"
            style = f"border:0;width:{width}px;height:{height + 100}px;display:block;color-scheme:inherit"
            frame.write_text(
                '<!DOCTYPE html><html style="color-scheme:light dark"><meta charset="utf-8"><body style="margin:0">'
                f'<iframe style="{style}" srcdoc="{escape(page)}"></iframe>',
                "utf-8",
            )
            path = target / f"{scene.name}.png"
            subprocess.run(  # noqa: S603 - the browser, and our own page
                [
                    program,
                    *OPTIONS,
                    *(["--no-sandbox"] if os.geteuid() == 0 else []),
                    f"--user-data-dir={root}/profile",
                    f"--blink-settings=preferredColorScheme={0 if scene.dark else 1}",
                    f"--window-size={width},{height}",
                    f"--screenshot={path}",
                    frame.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            made.append(path)
    return made


if __name__ == "__main__":
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    found = browser()
    if found is None:
        sys.exit("the pictures of the e-mail take Chromium, which is not installed")
    directory.mkdir(parents=True, exist_ok=True)
    for file in make(directory, found, html()):
        print(file.name)  # noqa: T201
