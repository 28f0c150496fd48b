"""What the first frame finds out by itself is what the rest of the program says."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperstui import config, paths
from paperstui.tui import first_frame
from paperstui.tui.theme import OWN
from paperstui.usecases.viewing import ORDERS

HOMES = [
    {},
    {"XDG_DATA_HOME": "", "XDG_CONFIG_HOME": " "},
    {"XDG_DATA_HOME": None, "XDG_CONFIG_HOME": None},
    {"XDG_DATA_HOME": "/a/b/", "XDG_CONFIG_HOME": "/c"},
    {"XDG_DATA_HOME": "relative"},
    {"ANDROID_ROOT": "/system"},
]


@pytest.mark.parametrize("environ", HOMES)
def test_the_files_are_where_they_are_for_everybody(
    environ: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    places = paths.standard()
    assert tuple(map(Path, first_frame._places())) == (places.library, places.settings)


SETTINGS = [
    "",
    "# nothing\n\n",
    "refresh_minutes = 0\n",
    'theme = "paperstui-light"\n',
    'theme="paperstui-light"\nread_on_open = true\nbrowser = "firefox"\n',
    'theme = "paperstui-light" # a comment\n',
    "theme = 'paperstui-light'\n",
    'browser = "the theme is"\n',
    '[other]\ntheme = "paperstui-light"\n',
    'theme = "paperstui-light"\ntheme = "paperstui-dark"\n',
    'theme = "nord"\n',
    "theme = 5\n",
    "theme = \n",
    'theme = "paperstui-li\\u0067ht"\n',
    '"th\\u0065me" = "paperstui-light"\n',
    'x = """\ntheme = "paperstui-light"\n"""\n',
    "theme = 2026-06-04\n",
    "theme = 08\n",
    'theme = "paperstui-light"\nrefresh_minutes = 08\n',
    'theme = ""\n',
    'arxiv = ["cs.CL"]\n',
    'arxiv = ["cs.CL", "math.AG" ]\ntheme = "paperstui-light"\n',
    "arxiv = []\n",
    'arxiv = [""]\n',
    'arxiv = ["cs.CL",]\n',
    'arxiv = ["cs.CL", 5]\n',
    'arxiv = ["cooking"]\n',
    'arxiv = ["cs.CL" "cs.LG"]\n',
    'arxiv = "cs.CL"\n',
    'arxiv = [\n  "cs.CL",\n]\n',
    'browser = "arxiv"\n',
    'math = "ascii"\n',
    'theme = "paperstui-light"\nmath = "raw"\n',
    "math = 'ascii'\n",
    'math = "latex"\n',
    "math = true\n",
    'math = "ASCII"\n',
    'math = "ascii" # for CJK\n',
    'browser = "math"\nmath = "ascii"\n',
    '[mail]\nmath = "ascii"\n',
    'm\u0061th = "ascii"\n',
    '"m\\u0061th" = "ascii"\n',
]


@pytest.mark.parametrize("text", SETTINGS)
def test_what_is_read_of_the_settings_is_what_they_say(text: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    known = config.load(file)
    assert first_frame._settings(str(file)) == (known.theme, bool(known.arxiv), known.math)


def test_without_settings_it_is_the_standard_one(tmp_path: Path) -> None:
    assert first_frame._settings(str(tmp_path / "none")) == (OWN[0].name, False, "unicode")
    assert config.Settings()[:2] == (OWN[0].name, "unicode")


def test_the_order_has_the_words_of_a_day() -> None:
    assert ORDERS["upvotes"] == first_frame._ORDER
