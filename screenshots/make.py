"""Make the pictures in this directory: `python screenshots/make.py [DIRECTORY]`. They show invented papers only."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

os.environ.update(
    PAPERSTUI_NOW="2026-06-04T08:30:00+00:00", TEXTUAL_ANIMATIONS="none", TERM="xterm-256color", COLORTERM="truecolor"
)
os.environ.pop("NO_COLOR", None)

from textual.pilot import Pilot

from paperstui import paths
from paperstui.config import Settings
from paperstui.tui.app import PaperstuiApp
from paperstui.usecases import Desk

HERE = Path(__file__).resolve().parent


class Scene(NamedTuple):
    """One picture: its name, the terminal's size, the theme, the keys pressed, and which library it shows."""

    name: str
    size: tuple[int, int]
    theme: str = "paperstui-dark"
    keys: tuple[str, ...] = ()
    library: str = "full"


SCENES = (
    Scene("wide-dark", (120, 36), keys=("j", "s", "j", "r", "j")),
    Scene("wide-light", (120, 36), "paperstui-light", keys=("j", "s", "j", "r", "j")),
    Scene("narrow-dark", (80, 24), keys=("j", "j")),
    Scene("narrow-light", (80, 24), "paperstui-light", keys=("j", "j")),
    Scene("tiny-dark", (50, 14), keys=("j",)),
    Scene("filter-dark", (120, 36), keys=("7", "slash", *"retriev")),
    Scene("filter-light", (120, 36), "paperstui-light", keys=("7", "slash", *"retriev")),
    Scene("suggestions-dark", (120, 36), keys=("7", "slash", *"retrieval author:")),
    Scene("suggestions-light", (80, 24), "paperstui-light", keys=("7", "slash", *"cat:", "down")),
    Scene("mistyped-dark", (80, 24), keys=("7", "slash", *"is:starrd")),
    Scene("sorting-dark", (80, 24), keys=("7", "S")),
    Scene("week-dark", (120, 36), keys=("2", "j", "a", "j")),
    Scene("calendar-dark", (80, 24), keys=("g", "d")),
    Scene("discussion-dark", (120, 36), keys=("j", "L", "L")),
    Scene("links-dark", (120, 36), keys=("j", "L", "L", "L")),
    Scene("outline-dark", (80, 24), keys=("enter", "enter", "t", "j", "j")),
    Scene("text-dark", (120, 40), keys=("enter", "enter", "space", "space")),
    Scene("text-light", (80, 24), "paperstui-light", keys=("enter", "enter", "space", "space")),
    Scene("mathematics-dark", (120, 36), keys=("G", "k", "k", "enter")),
    Scene("sources-dark", (80, 24), keys=("f9",)),
    Scene("help-dark", (100, 36), keys=("question_mark",)),
    Scene("empty-dark", (100, 24), library="empty"),
    Scene("offline-dark", (120, 36), keys=("g", "r"), library="offline"),
)


def desk_for(library: str, root: Path) -> Desk:
    """A desk over invented papers, over nothing, or over papers whose source cannot be reached."""
    places = paths.under(root)
    if library == "full":
        return Desk.demonstration(places)
    # Nothing listens there: what a machine without a network sees.
    os.environ["HF_ENDPOINT"] = "http://127.0.0.1:9"
    if library == "offline":
        Desk.demonstration(places).close()
    return Desk.open(places, Settings())


@asynccontextmanager
async def showing(scene: Scene, root: Path) -> AsyncIterator[tuple[PaperstuiApp, Pilot[None]]]:
    """The app in a scene, its keys pressed and everything settled."""
    desk = desk_for(scene.library, root)
    app = PaperstuiApp(desk, Settings(theme=scene.theme), banner="demonstration" if scene.library == "full" else "")
    async with app.run_test(size=scene.size) as pilot:
        await settled(app, pilot)
        for key in scene.keys:
            await pilot.press("space" if key == " " else key)
            await settled(app, pilot)
        yield app, pilot
    app.background.close()
    desk.close()


async def settled(app: PaperstuiApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is being fetched any more and the screen shows it."""
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause()


def clean(svg: str) -> str:
    """Without the web fonts: a picture asks nobody for anything."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


async def make(target: Path, wanted: Callable[[Scene], bool] = lambda _scene: True) -> list[Path]:
    """Make the pictures; returns the files."""
    made = []
    for scene in filter(wanted, SCENES):
        with tempfile.TemporaryDirectory() as root:
            async with showing(scene, Path(root)) as (app, _):
                path = target / f"{scene.name}.svg"
                path.write_text(clean(app.export_screenshot(title="paperstui")), "utf-8")
                made.append(path)
    return made


if __name__ == "__main__":
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    directory.mkdir(parents=True, exist_ok=True)
    for file in asyncio.run(make(directory)):
        print(file.name)  # noqa: T201
