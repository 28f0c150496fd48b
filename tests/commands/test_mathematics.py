"""Every command shows mathematics as the settings say; what is stored, searched and cited is the same in any form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from paperstui.config import MODES, Mode
from paperstui.paths import Paths
from paperstui.text import mathematics
from tests.commands.calling import Caller, api_file

TITLE = r"Sorting in $\mathcal{O}(n\log n)$"
ABSTRACT = r"For $x \le \alpha^2$ of Schr\"odinger."
SHOWN: dict[Mode, tuple[str, str]] = {
    "unicode": ("Sorting in 𝒪(n log n)", "For x ≤ α² of Schrödinger."),
    "ascii": ("Sorting in O(n log n)", "For x <= alpha^2 of Schrödinger."),
    "raw": (TITLE, ABSTRACT),
}


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest, call: Caller, places: Paths, tmp_path: Path) -> Mode:
    """A way to show mathematics, said in the settings, over a library with a paper that has some."""
    call.good("import", api_file(tmp_path / "one.json", {"title": TITLE, "summary": ABSTRACT}))
    places.settings.write_text(f'math = "{request.param}"\n')
    chosen: Mode = request.param
    return chosen


def test_lists_and_papers(call: Caller, mode: Mode) -> None:
    title, abstract = SHOWN[mode]
    assert title in call.good("list").out
    shown = call.good("show", "2606.00001").out
    assert title in shown
    assert abstract in shown
    assert mathematics.setting() == mode


def test_json_and_exports(call: Caller, mode: Mode) -> None:
    title, abstract = SHOWN[mode]
    [paper] = call.good("list", "--json").json
    assert (paper["title"], paper["abstract"]) == (title, abstract)
    assert f"TI  - {title}" in call.good("export", "--format", "ris").out
    [found] = call.good("export", "--format", "csl-json").json
    assert (found["title"], found["abstract"]) == (title, abstract)


def test_digests(call: Caller, mode: Mode) -> None:
    title, abstract = SHOWN[mode]
    said = call.good("digest", "--since", "2026-06-01").out
    assert title in said
    assert abstract in said
    [paper] = call.good("digest", "--since", "2026-06-01", "--format", "json").json["papers"]
    assert paper["title"] == title


def test_what_is_searched_is_the_same(call: Caller, mode: Mode) -> None:
    assert mode in MODES
    assert call.ids("title:𝒪") == call.ids("α²") == ["2606.00001"]


def _journals() -> list[Path]:
    from paperstui import paths

    return sorted(paths.standard().journal.glob("*.jsonl"))


def test_citations_and_the_journal_are_the_same_in_any_form(call: Caller, places: Paths, tmp_path: Path) -> None:
    call.good("import", api_file(tmp_path / "one.json", {"title": TITLE, "summary": ABSTRACT}))
    said: list[Any] = []
    cited = []
    for chosen in MODES:
        places.settings.write_text(f'math = "{chosen}"\n')
        call.good("star", "2606.00001")
        said.append(_journals()[-1].read_text().splitlines()[-1].partition('"cite"')[2])
        call.good("unstar", "2606.00001")
        cited.append(call.good("export", "--format", "bibtex").out)
    assert said[0]
    assert len(set(said)) == len(set(cited)) == 1


def test_the_settings_are_told(call: Caller, mode: Mode) -> None:
    assert f'math = "{mode}"' in call.good("config", "show").lines
    assert call.good("config", "show", "--json").json["math"] == mode


def test_a_mistake_is_told_and_costs_nothing_else(call: Caller, places: Paths) -> None:
    places.settings.write_text('math = "latex"\n')
    assert call("config", "check").complaint == 'config.toml: math must be "unicode", "ascii" or "raw"'
    assert 'math = "unicode"' in call("config", "show").lines
