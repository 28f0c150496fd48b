from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.commands.pointing import pointed
from paperstui.query import parse
from paperstui.text.width import width
from tests.commands.calling import Caller
from tests.query.nasty import NASTY


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("titel:x", ["  titel:x", "  ^^^^^^^"]),
        ("a titel:x b", ["  a titel:x b", "    ^^^^^^^"]),
        ("扩散 is:foo", ["  扩散 is:foo", "          ^^^"]),
        ("upvotes:扩", ["  upvotes:扩", "          ^^"]),
        ("a\tb\x1b[31m is:x", ["  a b [31m is:x", "              ^"]),
        ("is:\u202ex", ["  is: x", "     ^^"]),
    ],
)
def test_the_place_is_pointed_at(text: str, lines: list[str]) -> None:
    problem = parse(text).problems[0]
    assert pointed(text, problem.start, problem.end) == lines


@given(text=st.one_of(st.sampled_from(NASTY), st.text(max_size=300)), data=st.data())
def test_both_lines_are_clean_and_fit(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown, carets = pointed(text, start, end)
    for line in (shown, carets):
        assert line.isprintable()
        assert width(line) < 82
    assert set(carets.strip()) == {"^"}


def test_a_long_query_is_shown_around_the_place() -> None:
    text = "diffusion " * 30 + "is:foo" + " survey" * 30
    problem = parse(text).problems[0]
    shown, carets = pointed(text, problem.start, problem.end)
    assert shown.startswith("  …")
    assert shown.endswith("…")
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "foo"


COMMANDS = (["list"], ["star", "--query"], ["unstar", "--query"], ["read", "--query"], ["unread", "--query"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("library")
def test_every_command_that_takes_a_query_names_the_place(call: Caller, command: list[str]) -> None:
    ended = call(*command, "paper titel:x")
    assert (ended.status, ended.out) == (2, "")
    assert ended.complaint == "there is no field “titel:”; did you mean “title:”?"
    assert ended.err.splitlines()[1:] == ["  paper titel:x", "        ^^^^^^^"]
    if command == ["list"]:
        assert call.good("list", "title:paper").lines
    else:
        assert call.good(*command, "title:paper").out


@pytest.mark.usefixtures("library")
def test_any_query_gives_papers_or_says_where_it_is_wrong(call: Caller) -> None:
    for text in NASTY:
        ended = call("list", "--limit", "3", "--", text.replace("\0", "\ufffd"))
        assert ended.status in (0, 2), text
        assert all(line.isprintable() for line in ended.err.splitlines())
        if ended.status:
            assert ended.complaint
            assert ended.err.splitlines()[-1].strip("^ ") == ""
        elif not ended.out:
            # What of it means nothing is said before.
            assert ended.complaints[-1] == "no papers found"
