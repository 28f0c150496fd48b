from __future__ import annotations

import ast
from pathlib import Path

import pytest

import paperstui
from paperstui.actions import (
    ACTIONS,
    ALSO_IN_DETAIL,
    BY_ID,
    CONTEXTS,
    SECTIONS,
    key_shown,
    keys_shown,
    works_in,
)

TUI = Path(paperstui.__file__).parent / "tui"
NAMED = {
    "enter",
    "escape",
    "tab",
    "space",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "backspace",
}


def one_key(key: str) -> bool:
    name = key.removeprefix("ctrl+").removeprefix("shift+")
    if name != key:
        return name in NAMED or (len(name) == 1 and name.islower())
    return key in NAMED or len(key) == 1 or (key.startswith("f") and key[1:].isdigit())


def test_every_action_has_a_name_of_its_own() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert all(name.isidentifier() and name.islower() for name in BY_ID)


def test_every_action_can_be_shown_everywhere() -> None:
    for action in ACTIONS:
        assert 1 <= len(action.title.split()) <= 3, action
        assert action.title[0].isupper(), action
        assert len(action.title) <= 20, action
        assert action.help[0].islower() or action.help.startswith("`"), action
        assert not action.help.endswith("."), action
        assert (action.help + action.title).isprintable(), action
        assert "|" not in action.help, f"it would end a cell of the README's table: {action}"


def test_every_key_is_a_key() -> None:
    for action in ACTIONS:
        assert action.keys, action
        assert all(one_key(part) for key in action.keys for part in key.split(" ")), action
        assert len(set(action.keys)) == len(action.keys), action


def test_every_context_has_a_section_and_actions() -> None:
    assert set(SECTIONS) == set(CONTEXTS)
    assert {action.context for action in ACTIONS} == set(SECTIONS)


def test_what_works_where() -> None:
    assert [context for context in SECTIONS if works_in(BY_ID["refresh"], context)] == ["anywhere", "list", "detail"]
    assert [context for context in SECTIONS if works_in(BY_ID["star"], context)] == ["list", "detail", "text"]
    assert [context for context in SECTIONS if works_in(BY_ID["down"], context)] == ["list"]
    assert [context for context in SECTIONS if works_in(BY_ID["close"], context)] == ["detail"]
    assert [context for context in SECTIONS if works_in(BY_ID["filter_clear"], context)] == ["filter"]


def test_a_letter_typed_into_the_filter_is_never_a_command() -> None:
    for action in ACTIONS:
        if works_in(action, "filter"):
            typed = [key for key in action.keys if len(key) == 1 and key.isalnum()]
            assert not typed or action.id in ("quit", "help"), (action.id, typed)


def test_what_also_means_the_shown_paper_is_of_the_list() -> None:
    assert {BY_ID[name].context for name in ALSO_IN_DETAIL} == {"list"}


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("s", "s"),
        ("G", "G"),
        ("[", "["),
        ("g r", "g r"),
        ("ctrl+d", "^d"),
        ("shift+tab", "S-Tab"),
        ("escape", "Esc"),
        ("pagedown", "PgDn"),
        ("f5", "F5"),
        ("f12", "F12"),
        ("f", "f"),
        ("find", "find"),
        ("g home", "g Home"),
        ("up", "↑"),
        ("ctrl+x ctrl+c", "^x ^c"),
    ],
)
def test_a_key_as_a_person_reads_it(key: str, shown: str) -> None:
    assert key_shown(key) == shown


def test_all_keys_of_an_action() -> None:
    assert keys_shown(BY_ID["refresh"]) == "g r, F5"
    assert keys_shown(BY_ID["back"]) == "q, Esc"


def test_the_screen_carries_out_every_action_and_nothing_else() -> None:
    methods = {
        node.name.removeprefix("do_")
        for path in TUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("do_")
    }
    assert methods == set(BY_ID)
