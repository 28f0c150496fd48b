from __future__ import annotations

from paperstui.actions import ACTIONS, BY_ID, Action, works_in
from paperstui.tui.keys import Pending, Resolver, clashes, key_name


def test_the_table_has_no_clash() -> None:
    assert clashes() == []


def test_a_clash_is_found() -> None:
    extra = Action("other", ("s",), "list", "Other", "the same key")
    assert clashes([*ACTIONS, extra]) == ["list: 's' is both star and other"]


def test_a_key_that_hides_a_chord_is_found() -> None:
    extra = Action("other", ("g",), "list", "Other", "the first key of a chord")
    assert any("'g' (other) hides top" in clash for clash in clashes([*ACTIONS, extra]))


def test_a_chord_waits_for_its_second_key() -> None:
    keys = Resolver()
    begun = keys.press("g", "list")
    assert isinstance(begun, Pending)
    assert {key for key, _ in begun.following} == {"g", "r", "t", "d", "n", "c", "p", "m", "i"}
    assert keys.press("r", "list") is BY_ID["refresh"]
    assert not keys.pending


def test_a_key_that_does_not_continue_a_chord_drops_it() -> None:
    keys = Resolver()
    keys.press("y", "list")
    assert keys.press("j", "list") is None
    assert keys.press("j", "list") is BY_ID["down"]


def test_the_pane_decides_what_a_key_means() -> None:
    keys = Resolver()
    assert keys.press("j", "list") is BY_ID["down"]
    assert keys.press("j", "detail") is BY_ID["scroll_down"]
    assert keys.press("s", "detail") is BY_ID["star"]
    assert keys.press("s", "filter") is None


def test_printable_keys_are_named_by_their_character() -> None:
    assert key_name("left_square_bracket", "[") == "["
    assert key_name("G", "G") == "G"
    assert key_name("space", " ") == "space"
    assert key_name("ctrl+d", "\x04") == "ctrl+d"
    assert key_name("escape", "\x1b") == "escape"


def test_every_action_can_be_reached_and_explains_itself() -> None:
    for action in ACTIONS:
        assert action.keys
        assert action.title
        assert len(action.title.split()) <= 3
        assert any(works_in(action, context) for context in ("list", "detail", "text", "filter"))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
