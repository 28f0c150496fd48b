"""`show ID --comments`: the discussion of a paper, as text and for scripts, also when it cannot be asked for."""

from __future__ import annotations

import pytest

from paperstui.models import Account, Comment, Paper
from tests.commands.calling import Caller
from tests.server import Server
from tests.server.fixtures import sample_items

ADA = Account("ada", name="Ada Li")
SAID = [
    Comment(id="a", author=ADA, text="A **bold** word.", written=1_780_000_000, reactions=(("👍", 3),)),
    Comment(id="b", author=Account("bo"), text="An answer.", written=1_780_000_100, depth=1, edits=1),
    Comment(id="c", author=Account("cy"), written=1_780_000_200, hidden=True),
]


@pytest.fixture
def paper(call: Caller, hugging_face: Server) -> Paper:
    """A paper that is here and that is discussed there."""
    found = sample_items()[0].paper
    hugging_face.hub.discuss(found.id, SAID)
    call("refresh", "--date", found.listed or "")
    hugging_face.requests.clear()
    return found


def test_comments_stand_below_the_paper(call: Caller, paper: Paper) -> None:
    lines = [line.strip() for line in call.good("show", paper.id, "--comments").lines]
    start = lines.index("Discussion")
    text = "\n".join(lines[start:])
    assert lines[start + 2].startswith("Ada Li · @ada · ")
    assert lines[start + 2].endswith("👍 3")
    assert "A bold word." in text
    assert "│ An answer." in text
    assert "edited" in text
    assert "This comment was hidden." in text


def test_comments_for_scripts(call: Caller, paper: Paper, hugging_face: Server) -> None:
    found = call.good("show", paper.id, "--comments", "--json").json
    assert found["id"] == paper.id
    assert [one["id"] for one in found["discussion"]] == ["a", "b", "c"]
    assert found["discussion"][0] == {
        "id": "a",
        "author": "ada",
        "name": "Ada Li",
        "written": "2026-05-28T20:26:40+00:00",
        "edited": None,
        "hidden": False,
        "depth": 0,
        "reactions": {"👍": 3},
        "text": "A **bold** word.",
    }
    assert found["discussion"][1]["edited"]
    assert found["discussion"][2]["hidden"]
    assert isinstance(found["comments"], int), "which is how many there are, as in a list"
    call.good("show", paper.id, "--comments")
    assert len(hugging_face.requests) == 1, "it is fresh"


def test_without_the_service_what_is_here_is_shown(
    call: Caller, paper: Paper, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.good("show", paper.id, "--comments")
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T23:00:00+00:00")
    hugging_face.fault("status", code=403)
    ended = call("show", paper.id, "--comments")
    assert ended.status == 4
    assert "A bold word." in ended.out
    assert "what is shown is of" in ended.complaint
    assert call("show", paper.id, "--comments", "--json").status == 4


def test_without_the_service_and_with_nothing_here(call: Caller, paper: Paper, hugging_face: Server) -> None:
    hugging_face.fault("status", code=403)
    ended = call("show", paper.id, "--comments", "--json")
    assert (ended.status, ended.json["discussion"]) == (4, None)
    assert ended.complaint


def test_no_comments_and_no_page(call: Caller, paper: Paper, hugging_face: Server) -> None:
    hugging_face.hub.discuss(paper.id, [])
    assert "No comments yet." in call.good("show", paper.id, "--comments").out


def test_a_paper_that_is_not_known_there(call: Caller, paper: Paper, hugging_face: Server) -> None:
    hugging_face.hub.days.clear()
    hugging_face.hub.details.clear()
    ended = call("show", paper.id, "--comments")
    assert (ended.status, "Discussion" in ended.out) == (0, False)
    assert "has no page of this paper" in ended.complaint


def test_a_paper_that_is_not_here(call: Caller, paper: Paper) -> None:
    del paper
    assert call("show", "1706.03762", "--comments").status == 1


def test_one_thing_at_a_time(call: Caller, paper: Paper) -> None:
    ended = call("show", paper.id, "--comments", "--full-text")
    assert (ended.status, ended.out) == (2, "")
