"""What every test gets: no home directory, no network settings and no clock of the machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from paperstui import paths
from paperstui.text import mathematics

pytest_plugins = ["tests.server.fixtures"]

# Machines are shared: that an example took long says nothing about the code.
# Half as many examples as usual: there are two hundred such tests, and they are run often.
settings.register_profile("paperstui", deadline=None, max_examples=50)
settings.load_profile("paperstui")

# Whoever started the tests in the background, or with nohup, ignores signals for them too.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _number in (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
    signal.signal(_number, signal.SIG_DFL)

SHARED = Path(os.environ.get("PAPERSTUI_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many tests run at once with `-n auto`: more than there are processors, since half of their time is waiting."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own home, and nothing of the host's settings reaches it."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("HF_", "PAPERSTUI_", "XDG_", "TEXTUAL")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for name in (
        "NO_COLOR",
        "BROWSER",
        "EDITOR",
        "VISUAL",
        "SSH_TTY",
        "TMUX",
        "STY",
        "KITTY_WINDOW_ID",
        "TERM_PROGRAM",
        "COLUMNS",
        "LINES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TERM", "xterm-256color")
    # Nothing in a test may reach the real services: an endpoint that refuses at once stands in their place.
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("PAPERSTUI_ARXIV_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:00:00+00:00")


@pytest.fixture(autouse=True)
def _mathematics() -> Iterator[None]:
    """What a test says of how mathematics is shown ends with it."""
    yield
    mathematics.use("unicode")


@pytest.fixture
def places() -> paths.Paths:
    """The test's own directories, made."""
    found = paths.standard()
    found.make()
    return found


@pytest.fixture
def shared() -> Path:
    """Recorded answers of the real services; not part of the project, so tests that need them may skip."""
    if not SHARED.is_dir():
        pytest.skip("the recorded answers are not on this machine")
    return SHARED
