"""What is on the terminal before Textual is there: the same as afterwards, and gone without a trace when nothing follows."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

import pyte
import pytest

from paperstui.config import MODES, Settings
from paperstui.draw.row import title_shown
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.library.making import AT, item, items
from tests.pty.terminal import Terminal, _for_pyte
from tests.tui.reading import fill

pytestmark = pytest.mark.pty

PAINTED = b"\x1b[?2026l"
BLANK = b"\x1b[?1049h"
SIZES = [(120, 40), (80, 24), (50, 14), (200, 60), (110, 16)]


@pytest.fixture
def library(places: Paths) -> Paths:
    """A library with some days of invented papers, some of them read and starred, and no refresh by itself."""
    desk = Desk.open(places, Settings(), offline=True)
    fill(desk)
    rows = desk.select(desk.start_place(), "").rows
    desk.decide([row.id for row in rows[:5:2]], "read", value=True)
    desk.decide([row.id for row in rows[1:4]], "starred", value=True)
    desk.close()
    places.settings.write_text("refresh_minutes = 0\n")
    return places


def look(screen: pyte.Screen) -> list[list[Any]]:
    """Every cell of the screen with all its attributes."""
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


def frames(raw: bytes, columns: int, rows: int) -> Iterator[list[list[Any]]]:
    """The screen after each synchronized update, and at the end.

    A terminal that is slow to say that it knows such updates is painted on without them.
    """
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    for part in re.split(b"(?<=%s)" % re.escape(PAINTED), raw):
        stream.feed(_for_pyte(part))
        if part:
            yield look(screen)


@contextmanager
def held_at(
    module: str, then: str = "import threading; threading.Event().wait(60)", **options: Any
) -> Iterator[Terminal]:
    """The reader, which stops when it begins to import a module."""
    code = f"""
import sys
class Held:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            {then}
sys.meta_path.insert(0, Held())
from paperstui.cli import main
sys.exit(main([]))
"""
    with Terminal([sys.executable, "-c", code], **options) as terminal:
        yield terminal


@pytest.mark.parametrize("theme", ["paperstui-dark", "paperstui-light"])
@pytest.mark.parametrize(
    ("columns", "rows", "colours"), [*((*size, "truecolor") for size in SIZES), (120, 40, ""), (120, 40, "16")]
)
def test_nothing_changes_when_textual_takes_over(
    library: Paths, theme: str, columns: int, rows: int, colours: str
) -> None:
    categories = 'arxiv = ["cs.CL"]\n' if theme.endswith("light") else ""
    library.settings.write_text(f'refresh_minutes = 0\ntheme = "{theme}"\n{categories}')
    env = {"COLORTERM": colours.strip("16"), "TERM": "xterm" if colours == "16" else "xterm-256color"}
    with Terminal.paperstui(columns=columns, rows=rows, env=env) as terminal:
        terminal.wait_for(lambda: PAINTED in terminal.raw)
        # A key and its opposite: everything is there when they are answered, and then it is as it was.
        terminal.send("j")
        terminal.wait_for(lambda: terminal.lines[4].startswith("▌"))
        terminal.send("k")
        first = next(frames(bytes(terminal.raw), columns, rows))
        terminal.wait_for(lambda: look(terminal.screen) == first)
        raw = bytes(terminal.raw)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.left_dirty == []
    _, *others = frames(raw, columns, rows)
    shown = text_of(first)
    assert shown[0].startswith(" paperstui" if columns >= (130 if categories else 120) else "  1 Today")
    assert (" 8 " in shown[0]) is bool(categories)
    assert "updated 10 min ago" in shown[-2]
    assert shown[2].startswith("▌")
    assert others
    for later in takewhile(lambda later: text_of(later)[2].startswith("▌"), others):
        assert later == first, difference(first, later)
    assert raw.count(BLANK) == 1
    assert not re.search(rb"\x1b\[\d?J", raw), "nothing is cleared"


@pytest.mark.parametrize(
    ("mode", "title"),
    [("ascii", "Sorting in O(n log n) for alpha^2"), ("raw", r"Sorting in $\mathcal{O}(n\log n)$ for $\alpha^2$")],
)
def test_mathematics_is_shown_as_the_settings_say(library: Paths, mode: str, title: str) -> None:
    desk = Desk.open(library, Settings(), offline=True)
    source = r"Sorting in $\mathcal{O}(n\log n)$ for $\alpha^2$"
    formulas = {"title": source, "abstract": rf"\textbf{{Bold}} {source}.", "text_source": "arxiv"}
    desk.library.upsert([item(1, rank=1, upvotes=9_000, **formulas)], AT)
    desk.close()
    library.settings.write_text(f'refresh_minutes = 0\nmath = "{mode}"\n')
    with Terminal.paperstui(columns=120, rows=40, env={"COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for(lambda: PAINTED in terminal.raw)
        terminal.send("j")
        terminal.wait_for(lambda: terminal.lines[4].startswith("▌"))
        terminal.send("k")
        first = next(frames(bytes(terminal.raw), 120, 40))
        terminal.wait_for(lambda: look(terminal.screen) == first)
    said = text_of(first)
    assert title in said[2][:60]
    assert "".join(said).count(title) >= 2


def text_of(frame: list[list[Any]]) -> list[str]:
    """The lines of a screen."""
    return ["".join(cell.data for cell in line) for line in frame]


def difference(first: list[list[Any]], later: list[list[Any]]) -> str:
    """The first cells that differ, for whoever reads a failure."""
    found = [
        f"{y},{x}: {before} → {after}"
        for y, (line, other) in enumerate(zip(first, later, strict=True))
        for x, (before, after) in enumerate(zip(line, other, strict=True))
        if before != after
    ]
    return "\n".join(found[:12])


def test_a_frame_that_the_library_outlives_is_the_same_as_the_first_list(library: Paths) -> None:
    """The rows are those that the reader itself begins with."""
    with Terminal.paperstui(columns=120, rows=40) as terminal:
        terminal.wait_for("Abstract")
        first = next(frames(bytes(terminal.raw), 120, 40))
        terminal.kill()
    desk = Desk.open(library, Settings(), offline=True)
    rows = desk.select(desk.start_place(), "").rows
    desk.close()
    titles = [line[3:40].rstrip(" …") for line in text_of(first)[2:-2:2]]
    assert all(title_shown(row).startswith(title) for row, title in zip(rows, titles, strict=False))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
@pytest.mark.parametrize("module", ["textual.app", "textual._xterm_parser", "paperstui.tui.app"])
def test_a_signal_before_there_is_an_app_leaves_the_terminal_clean(
    library: Paths, number: signal.Signals, module: str
) -> None:
    assert library.library.exists()
    with held_at(module) as terminal:
        terminal.wait_for("Abstract")
        terminal.kill(number)
        assert terminal.wait() == 128 + number
        assert terminal.left_dirty == []


def test_a_stop_cannot_leave_the_terminal_in_between(library: Paths) -> None:
    assert library.library.exists()
    with held_at("textual.app") as terminal:
        terminal.wait_for("Abstract")
        terminal.kill(signal.SIGTSTP)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.left_dirty == []


@pytest.mark.parametrize("module", ["textual.app", "paperstui.tui.app", "paperstui.usecases.desk"])
def test_a_fault_before_there_is_an_app_is_told_on_a_clean_terminal(library: Paths, module: str) -> None:
    assert library.library.exists()
    with held_at(module, "raise RuntimeError('it broke')") as terminal:
        assert terminal.wait() == 70
        assert PAINTED in terminal.raw
        assert terminal.left_dirty == []
        end = bytes(terminal.raw).rpartition(b"\x1b[?25h")[2].decode()
    assert "a fault in paperstui itself: RuntimeError: it broke" in end
    assert "Traceback" not in end


def test_a_library_that_cannot_be_opened_after_all_ends_the_reader(library: Paths) -> None:
    assert library.library.exists()
    failing = "from paperstui.errors import LibraryError; raise LibraryError('it is of a later version')"
    with held_at("paperstui.usecases.desk", failing) as terminal:
        assert terminal.wait() == 3
        assert PAINTED in terminal.raw
        assert terminal.left_dirty == []
        end = bytes(terminal.raw).rpartition(b"\x1b[?25h")[2].decode()
    assert "paperstui: it is of a later version\r\n" in end
    assert end.count("paperstui:") == 1


def test_a_decision_before_the_library_is_open_is_made(library: Paths) -> None:
    with held_at("paperstui.usecases.desk", "import threading; threading.Event().wait(0.5)") as terminal:
        terminal.wait_for(lambda: PAINTED in terminal.raw)
        terminal.send("jjjjsj")
        terminal.wait_for("Starred 1 paper")
        terminal.wait_for(lambda: terminal.lines[12].startswith("▌"))
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.left_dirty == []
    desk = Desk.open(library, Settings(), offline=True)
    rows = desk.rows(desk.question(desk.start_place(), "").whole().ids)  # type: ignore[union-attr]
    desk.close()
    assert [index for index, row in enumerate(rows[:6]) if row.starred] == [1, 2, 3, 4]


def test_keys_typed_into_the_frame_are_kept_and_not_shown(library: Paths) -> None:
    assert library.library.exists()
    with Terminal.paperstui() as terminal:
        terminal.wait_for(lambda: PAINTED in terminal.raw)
        terminal.send("jjjjs")
        terminal.wait_for("Starred 1 paper")
        assert b"jjj" not in terminal.raw
        assert terminal.lines[10].startswith("▌")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.left_dirty == []


HOLD = "sys.stderr.write('HELD'); sys.stderr.flush(); import threading; threading.Event().wait(60)"


def painted_ahead(**options: Any) -> bool:
    """Whether a frame was on the terminal when Textual was about to be imported."""
    with held_at("textual.app", HOLD, **options) as terminal:
        terminal.wait_for(lambda: b"HELD" in terminal.raw)
        assert (PAINTED in terminal.raw) is (BLANK in terminal.raw)
        return PAINTED in terminal.raw


def test_a_frame_is_painted_ahead(library: Paths) -> None:
    assert painted_ahead()
    library.settings.write_text('# a comment\n\ntheme = "paperstui-light"\nauto_advance = true\nrefresh_minutes = 5\n')
    assert painted_ahead()
    library.settings.write_text("theme = 'paperstui-light' # written so that it takes a whole parser\n")
    assert painted_ahead()


@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1"},
        {"TERM": "unknown"},
        {"COLUMNS": "100"},
        {"LINES": "30"},
        {"TEXTUAL_COLOR_SYSTEM": "256"},
        {"TEXTUAL": "debug"},
        {"PAPERSTUI_NOW": "some day"},
    ],
)
def test_where_it_might_look_different_nothing_is_painted_ahead(library: Paths, env: dict[str, str]) -> None:
    assert library.library.exists()
    assert not painted_ahead(env=env)


def test_without_room_nothing_is_painted_ahead(library: Paths) -> None:
    assert library.library.exists()
    for columns, rows in ((20, 40), (80, 6), (0, 0)):
        assert not painted_ahead(columns=columns, rows=rows)


@pytest.mark.parametrize(
    "settings", ['theme = "nord"\n', 'theme = "no-such"\n', 'theme = "paperstui-dark"\ntheme = "x"\n[']
)
def test_only_a_theme_of_ours_is_painted_ahead(library: Paths, settings: str) -> None:
    library.settings.write_text(settings)
    assert painted_ahead() is settings.endswith("["), "what cannot be read leaves the standard theme"


def test_without_papers_nothing_is_painted_ahead(places: Paths) -> None:
    assert not painted_ahead()
    Desk.open(places, Settings(), offline=True).close()
    assert not painted_ahead()


SLOW = {
    "typing", "re", "enum", "contextlib", "dataclasses", "inspect", "pathlib", "tempfile", "asyncio", "threading", "json",
    "argparse", "difflib", "ssl", "signal", "tomllib", "platformdirs", "msgspec", "rich", "textual", "httpx", "diskcache",
    "paperstui.models", "paperstui.query", "paperstui.usecases", "paperstui.library.store", "paperstui.text.clean",
    "paperstui.text.latex_bare", "paperstui.text.latex_prose",
}  # fmt: skip
"""What takes a part of the time in which the first frame is there."""


@pytest.mark.parametrize("mode", MODES)
def test_nothing_slow_is_imported_before_the_first_frame(places: Paths, mode: str) -> None:
    """For papers without LaTeX, and with letters of a known width; others take what it takes to draw them."""
    desk = Desk.open(places, Settings(), offline=True)
    desk.library.upsert([item(1, title="The 📚 of 知識 – 𝒪(n)", summary="Three times."), *items(30)[1:]], AT)
    desk.close()
    places.settings.write_text(f'math = "{mode}"\n')
    into = places.cache / "modules"
    with held_at("contextlib", f"open({str(into)!r}, 'w').write(chr(10).join(sys.modules)); {HOLD}") as terminal:
        terminal.wait_for(lambda: b"HELD" in terminal.raw)
        assert PAINTED in terminal.raw
    imported = set(into.read_text().splitlines())
    assert "paperstui.tui.first_frame" in imported
    found = imported & SLOW
    assert found == set()


LATER = {
    "httpx", "diskcache", "markdown_it", "argparse", "ssl", "msgspec", "secrets", "zoneinfo",
    "paperstui.models", "paperstui.query", "paperstui.journal", "paperstui.library.store", "paperstui.library.recovery",
    "paperstui.sources.http", "paperstui.documents", "paperstui.export.bibtex", "paperstui.text.latex_bare",
    "paperstui.text.latex_prose",
}  # fmt: skip
"""What the reader needs only when its first screen stands: whatever else is imported before keeps keys waiting."""


def test_what_is_not_of_the_first_screen_is_imported_behind_it(places: Paths) -> None:
    desk = Desk.open(places, Settings(), offline=True)
    desk.library.upsert(items(30), AT)
    desk.close()
    into = places.cache / "modules"
    dump = f"open({str(into)!r}, 'w').write(chr(10).join(sys.modules)); import threading; threading.Event().wait(60)"
    with held_at("paperstui.usecases.desk", dump) as terminal:
        terminal.send("j")
        terminal.wait_for(lambda: terminal.lines[4].startswith("▌"))  # Textual's screen stands and answers
        terminal.wait_for(into.exists)
        terminal.wait_for(into.read_text)
    imported = set(into.read_text().splitlines())
    assert {"textual.app", "paperstui.tui.screens.reader"} <= imported
    found = imported & LATER
    assert found == set()
