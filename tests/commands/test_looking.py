"""`history`, `keys` and `config`: what only looks."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperstui.actions import ACTIONS, SECTIONS, keys_shown
from paperstui.config import MailSettings, Settings
from paperstui.paths import Paths
from tests.commands.calling import Caller


@pytest.fixture
def decided(call: Caller, library: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """Three decisions at three times, of which the second is undone."""
    for minute, line in enumerate(
        (["star", "2606.00002"], ["read", "--query", "upvotes:>2"], ["undo"], ["star", "2606.00001"])
    ):
        monkeypatch.setenv("PAPERSTUI_NOW", f"2026-06-04T12:0{minute}:00+00:00")
        call.good(*line)
    yield library
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("decided")
def test_history_is_told_the_newest_first(call: Caller) -> None:
    assert call.good("history").lines == [
        "2026-06-04 12:03  Starred 1 paper  2606.00001  Paper 1",
        "2026-06-04 12:02  Undone: Marked 3 papers read  2606.00005 and 2 more",
        "2026-06-04 12:01  Marked 3 papers read (undone)  2606.00005 and 2 more",
        "2026-06-04 12:00  Starred 1 paper  2606.00002  Paper 2",
    ]
    assert len(call.good("history", "--limit", "2").lines) == 2
    assert call.good("history", "--limit", "0").out == ""


@pytest.mark.usefixtures("decided")
def test_what_is_brought_back_is_not_undone(call: Caller) -> None:
    call.good("undo")
    assert " (undone)" in call.good("history").lines[1]
    call.good("redo")
    newest = call.good("history").lines
    assert newest[0].split("  ")[1] == "Redone: Starred 1 paper"
    assert newest[1].split("  ")[1] == "Undone: Starred 1 paper (undone)"
    assert newest[2].split("  ")[1] == "Starred 1 paper"


@pytest.mark.usefixtures("decided")
def test_history_as_json(call: Caller) -> None:
    newest, undo, undone, _ = call.good("history", "--json").json
    device = newest.pop("device")
    assert len(device) == 8
    assert newest == {
        "at": "2026-06-04T12:03:00.000+00:00",
        "own": True,
        "label": "Starred 1 paper",
        "undone": False,
        "undoes": False,
        "set": [{"paper": "2606.00001", "field": "starred", "value": True, "previous": False}],
    }
    assert (undo["undoes"], undo["undone"], undone["undoes"], undone["undone"]) == (True, False, False, True)
    assert len(undone["set"]) == 3
    assert len(call.good("history", "--json", "--limit", "1").json) == 1


def test_times_are_those_of_the_place(call: Caller, decided: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided.journal.is_dir()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    assert call.good("history").lines[0].startswith("2026-06-04 21:03  ")
    assert call.good("history", "--json").json[0]["at"] == "2026-06-04T12:03:00.000+00:00"


def test_decisions_of_another_device_are_told_as_such(call: Caller, decided: Paths) -> None:
    (decided.journal / "0a1b2c3d.jsonl").write_text(
        '{"v":1,"t":[1780578000000,0,"0a1b2c3d"],"label":"Starred 1 paper",'
        '"set":[["2606.09999","starred",true,false]],"undoes":null}\n'
    )
    first = call("history").lines[0]
    assert first == "2026-06-04 13:00  Starred 1 paper (on another device)  2606.09999"
    assert call("history", "--json", "--limit", "1").json[0]["own"] is False


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.commands.history.columns", lambda: 80)


@pytest.mark.usefixtures("decided", "terminal")
def test_on_a_terminal_history_has_columns(call: Caller) -> None:
    assert call.good("history").lines == [
        "2026-06-04 12:03  Starred 1 paper                2606.00001             Paper 1",
        "2026-06-04 12:02  Undone: Marked 3 papers read   2606.00005 and 2 more",
        "2026-06-04 12:01  Marked 3 papers read (undone)  2606.00005 and 2 more",
        "2026-06-04 12:00  Starred 1 paper                2606.00002             Paper 2",
    ]


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_devices_have_a_column_when_there_are_others(call: Caller, decided: Paths) -> None:
    (decided.journal / "0a1b2c3d.jsonl").write_text(
        '{"v":1,"t":[1780578000000,0,"0a1b2c3d"],"label":"Starred 1 paper",'
        '"set":[["2606.09999","starred",true,false]],"undoes":null}\n'
    )
    first, second, *_ = call("history").lines
    assert first == "2026-06-04 13:00  0a1b2c3d  Starred 1 paper                2606.09999"
    assert second.startswith("2026-06-04 12:03  here      Starred 1 paper                2606.00001")
    assert second.endswith("…")


def test_where_nothing_is_decided(call: Caller) -> None:
    ended = call("history")
    assert (ended.status, ended.out, ended.complaint) == (0, "", "nothing is decided yet")
    assert call.good("history", "--json").json == []


def test_the_keys_are_the_table_of_actions(call: Caller) -> None:
    lines = call.good("keys").lines
    assert [line for line in lines if line and line[0] != " "] == list(SECTIONS.values())
    assert [line.strip() for line in lines if line[:1] == " "] == [
        f"{keys_shown(action)}{' ' * (len(line.strip()) - len(keys_shown(action)) - len(action.help))}{action.help}"
        for line, action in zip([line for line in lines if line[:1] == " "], ACTIONS, strict=True)
    ]
    assert call.good("keys", "--json").json == [action._asdict() | {"keys": list(action.keys)} for action in ACTIONS]


def test_settings_are_shown_in_the_form_of_their_file(call: Caller, places: Paths) -> None:
    text = 'browser = "say \\"hi\\" ü %s"\nrefresh_minutes = 5\narxiv = ["cs.CL"]\n'
    text += '[mail]\nto = "Zoë <zoe@example.org>"\nfrom = "z@example.org"\n'
    places.settings.write_text(text, "utf-8")
    shown = call.good("config", "show").out
    mail = MailSettings(to=("Zoë <zoe@example.org>",), from_="z@example.org")
    wanted = Settings(browser='say "hi" ü %s', refresh_minutes=5)._asdict() | {
        "arxiv": ["cs.CL"],
        "mail": mail.as_table(),
    }
    del wanted["problems"]
    assert tomllib.loads(shown) == wanted
    assert wanted["mail"]["from"] == "z@example.org"
    assert call.good("config", "show", "--json").json == wanted


def test_pictures_without_what_decodes_them(call: Caller, places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    places.settings.write_text('images = "auto"\n')
    assert call.good("config", "check").out == "config.toml is in order\n"
    monkeypatch.setattr("paperstui.documents.pictures.can_decode", lambda: False)
    ended = call("config", "check")
    said = 'config.toml: images = "auto": pictures need Pillow: pip install pillow, beside paperstui'
    assert (ended.status, ended.complaint) == (1, said)


def test_mistakes_in_the_settings(call: Caller, places: Paths) -> None:
    assert call.good("config", "check").out == "there is no config.toml: the defaults are used\n"
    places.settings.write_text('theme = "nord"\n')
    assert call.good("config", "check").out == "config.toml is in order\n"
    places.settings.write_text('them = "nord"\nrefresh_minutes = -1\n')
    ended = call("config", "check")
    assert (ended.status, ended.out) == (1, "")
    assert [line.partition(": ")[2] for line in ended.err.splitlines()] == [
        "config.toml: there is no setting 'them'; did you mean 'theme'?",
        "config.toml: refresh_minutes must be a whole number from 0 to 100000",
    ]
    places.settings.write_text('theme = "nrod"\n')
    ended = call("config", "check")
    assert (ended.status, ended.complaint) == (1, "config.toml: there is no theme 'nrod'; did you mean 'nord'?")
    places.settings.write_text('theme = "zzz"\n')
    assert "there is no theme 'zzz'; there are paperstui-dark, paperstui-light, " in call("config", "check").complaint
    places.settings.write_text('them = "nord"\nrefresh_minutes = -1\n')
    ended = call("config", "check")
    shown = call("config", "show")
    assert (shown.status, tomllib.loads(shown.out)["theme"]) == (0, "paperstui-dark")
    assert shown.err == ended.err


def test_where_the_settings_are(call: Caller, places: Paths) -> None:
    assert call.good("config", "path").out == f"{places.settings}\n"
    assert call("config", "path", "--json").status == 2
    assert call("config").status == 2
    assert call("config", "edit").status == 2


def test_looking_at_settings_and_keys_makes_nothing(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("DATA", "STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "elsewhere"))
    for line in (["config", "show"], ["config", "check"], ["config", "path"], ["keys"]):
        call.good(*line)
    assert not os.path.lexists(tmp_path / "elsewhere")
