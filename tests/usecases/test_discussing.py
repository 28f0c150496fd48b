from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from paperstui import clock
from paperstui.demo import generator
from paperstui.models import Account, Comment, Item, Paper, Repo, Similar
from paperstui.paths import Paths
from paperstui.usecases import Desk
from paperstui.usecases.discussing import FRESH
from tests.server import Server
from tests.server.fixtures import sample_items
from tests.tui.reading import open_desk

ADA = Account("ada", name="Ada Li")


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    opened = open_desk(places, offline=False)
    yield opened
    await opened.disconnect()
    opened.close()


@pytest.fixture
def paper(desk: Desk, hugging_face: Server) -> Paper:
    """A paper that is here without a summary, and there with one."""
    found = sample_items()[0].paper
    desk.library.upsert([Item(found)], clock.seconds() - 3600)
    hugging_face.hub.details[found.id] |= {"ai_summary": "It came late.", "githubStars": 4_321, "upvotes": 999}
    return found


async def test_what_was_fetched_is_kept(desk: Desk, paper: Paper, places: Paths) -> None:
    assert desk.discussing.kept(paper.id) is None
    fetched = await desk.discussing.fetch(paper.id)
    assert fetched.error == ""
    assert fetched.discussion is not None
    assert desk.discussing.kept(paper.id) == fetched.discussion
    again = open_desk(places)
    assert again.discussing.kept(paper.id) == fetched.discussion
    again.close()


async def test_the_row_of_the_paper_is_renewed(desk: Desk, paper: Paper) -> None:
    fetched = await desk.discussing.fetch(paper.id)
    assert fetched.changed
    detail = desk.find(paper.id)
    assert detail is not None
    assert (detail.paper.summary, detail.paper.upvotes) == ("It came late.", 999)
    assert detail.paper.comments == paper.comments, "the paper's own answer does not say it"
    assert detail.votes[-1].upvotes == 999


async def test_it_need_not_be_asked_for_again_for_a_while(
    desk: Desk, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = (await desk.discussing.fetch(paper.id)).discussion
    assert fetched is not None
    assert desk.discussing.is_fresh(fetched)
    assert not desk.discussing.is_fresh(None)
    later = fetched.at + FRESH
    monkeypatch.setattr(clock, "seconds", lambda: later)
    assert not desk.discussing.is_fresh(fetched)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"paper":"other","at":1}', b'{"paper":1}', b"\xff", "text"])
async def test_a_broken_entry_is_as_if_there_were_none(desk: Desk, paper: Paper, data: bytes | str) -> None:
    await desk.discussing.fetch(paper.id)
    desk.discussing._cache.put(f"discussion 1 {paper.id}", data)
    assert desk.discussing.kept(paper.id) is None


async def test_a_paper_that_is_not_known_there_is_an_answer(desk: Desk, hugging_face: Server) -> None:
    del hugging_face
    fetched = await desk.discussing.fetch("1706.03762")
    assert (fetched.error, fetched.changed) == ("", False)
    assert fetched.discussion is not None
    assert not fetched.discussion.known
    assert desk.discussing.kept("1706.03762") == fetched.discussion


async def test_a_failure_is_told_and_what_is_here_stays(desk: Desk, paper: Paper, hugging_face: Server) -> None:
    before = (await desk.discussing.fetch(paper.id)).discussion
    hugging_face.fault("status", code=403)
    fetched = await desk.discussing.fetch(paper.id)
    assert (fetched.status, fetched.discussion) == (4, None)
    assert fetched.error
    assert desk.discussing.kept(paper.id) == before


async def test_what_the_user_saw_survives_a_restart(
    desk: Desk, paper: Paper, hugging_face: Server, places: Paths
) -> None:
    hugging_face.hub.discuss(paper.id, [Comment(id="a", author=ADA, text="One")])
    first = (await desk.discussing.fetch(paper.id)).discussion
    assert first is not None
    assert desk.discussing.seen(paper.id) is None
    desk.discussing.saw(first)
    again = open_desk(places)
    assert again.discussing.seen(paper.id) == frozenset({"a"})
    again.close()


async def test_papers_are_brought_one_by_one(desk: Desk, hugging_face: Server) -> None:
    wanted = [item.paper.id for item in sample_items()[:2]]
    brought = await desk.discussing.bring([wanted[0], "1706.03762", wanted[1]])
    assert (brought.papers, brought.missing, brought.error) == (tuple(wanted), ("1706.03762",), "")
    here = desk.discussing.here([Similar(wanted[0]), Similar("1706.03762")])
    assert list(here) == [wanted[0]]
    hugging_face.fault("status", code=403)
    assert (await desk.discussing.bring(["1706.03762"])).status == 4


async def test_all_repositories_are_had_once(desk: Desk, hugging_face: Server) -> None:
    repos = tuple(Repo("model", f"lab/model-{number}", number, 10) for number in range(9))
    paper = Paper(id="2506.01234", title="x", listed="2026-06-04", repos=repos, models=9, upvotes=1)
    hugging_face.hub.add(Item(paper))
    fetched = (await desk.discussing.fetch(paper.id)).discussion
    assert fetched is not None
    assert (len(fetched.repos), fetched.whole) == (4, False)
    every = (await desk.discussing.fetch_repos(fetched)).discussion
    assert every is not None
    assert (len(every.repos), every.models, every.whole) == (9, 9, True)
    again = (await desk.discussing.fetch(paper.id)).discussion
    assert again is not None
    assert len(again.repos) == 9, "nothing was added there, so they are not forgotten"


async def test_the_demonstration_makes_them_up(places: Paths) -> None:
    desk = Desk.demonstration(places)
    place = desk.start_place()
    row = desk.rows(desk.select(place, "sort:comments").ids)[0]
    found = desk.discussing.kept(row.id)
    assert found is not None
    assert len(found.comments) == row.comments
    assert found.similar
    assert set(desk.discussing.here(found.similar)) == {similar.id for similar in found.similar}
    assert (await desk.discussing.fetch(row.id)).kind == "offline"
    desk.close()


async def test_a_paper_that_is_unknown_for_a_moment_keeps_its_comments(
    desk: Desk, paper: Paper, hugging_face: Server
) -> None:
    hugging_face.hub.discuss(paper.id, [Comment(id="a", author=ADA, text="Kept?")])
    before = (await desk.discussing.fetch(paper.id)).discussion
    hugging_face.fault("status", code=404)
    found = await desk.discussing.fetch(paper.id)
    assert (found.discussion, found.status) == (before, 0)
    assert "does not know this paper now" in found.error
    assert desk.discussing.kept(paper.id) == before


async def test_of_many_papers_none_is_left_out(desk: Desk, hugging_face: Server) -> None:
    made = generator.items(20, seed=9, last_day=date(2026, 6, 4), days=1)
    for item in made:
        hugging_face.hub.add(item)
    wanted = [item.paper.id for item in made]
    brought = await desk.discussing.bring(wanted)
    assert (list(brought.papers), brought.missing) == (wanted, ())
