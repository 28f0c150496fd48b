from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.demo import discussion as demo
from paperstui.demo import generator
from paperstui.documents.cache import DocumentCache
from paperstui.errors import SourceError, UsageError
from paperstui.models import Account, Author, Comment, Item, Paper, Repo, Similar
from paperstui.sources.discussions import (
    DEEPEST,
    MOST_COMMENTS,
    Discussions,
    read_comments,
    read_discussion,
    similar_in,
)
from tests.hostile import HOSTILE
from tests.server import Server
from tests.server.shapes import api_comments, api_detail
from tests.sources.clients import client

PAPER = Paper(id="2506.01234", title="Quiet Models")
FORBIDDEN = {chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0))}


def raw(comment_id: str = "c1", text: object = "Hello", **more: Any) -> dict[str, Any]:
    return {
        "id": comment_id,
        "author": {"name": "ada", "fullname": "Ada Li", "type": "user"},
        "createdAt": "2026-06-01T10:00:00.000Z",
        "type": "comment",
        "data": {"latest": {"raw": text, "updatedAt": "2026-06-01T10:00:00.000Z"}, "numEdits": 0, "reactions": []},
    } | more


def read(*values: object, paper: Paper = PAPER) -> tuple[Comment, ...]:
    return read_comments(list(values), paper)[0]


def test_what_is_sent_is_what_was_meant() -> None:
    papers = [item.paper for item in generator.items(60, last_day=date(2026, 6, 4))]
    paper = max(papers, key=lambda one: one.comments or 0)
    meant = demo.discussion(paper, papers, 1_780_574_400)
    sent = api_detail(paper) | {"comments": api_comments(meant.comments)}
    answered = read_discussion(sent, paper.id)
    told = [(c.id, c.text, c.written, c.changed, c.edits, c.hidden, c.reactions, c.depth) for c in meant.comments]
    assert [
        (c.id, c.text, c.written, c.changed, c.edits, c.hidden, c.reactions, c.depth)
        for c in answered.discussion.comments
    ] == told
    assert {comment.depth for comment in meant.comments} >= {0, 1}
    assert answered.discussion.similar == meant.similar
    assert len(meant.similar) == 5
    assert answered.paper.title == paper.title


def test_a_comment_says_who_when_and_what() -> None:
    author = {"name": "quiet-lab", "fullname": "Quiet Lab", "type": "org", "isHf": True, "isMod": True}
    data = {
        "latest": {"raw": "**Hi**\n\nthere", "updatedAt": "2026-06-02T10:00:00.000Z"},
        "numEdits": 2,
        "reactions": [{"reaction": "👍", "users": ["a"], "count": 3}, {"reaction": "🔥", "users": ["a", "b"]}, {}, 7],
    }
    (comment,) = read(raw(author=author, data=data))
    assert comment.author is not None
    assert (comment.author.login, comment.author.kind, comment.author.staff, comment.author.moderator) == (
        "quiet-lab", "org", True, True,
    )  # fmt: skip
    assert comment.text == "**Hi**\n\nthere"
    assert comment.changed == (comment.written or 0) + 86_400
    assert (comment.edits, comment.reactions) == (2, (("👍", 3), ("🔥", 2)))


def test_what_is_hidden_is_not_kept() -> None:
    (comment,) = read(raw(data={"hidden": True, "latest": {"raw": "something rude"}}))
    assert comment.hidden
    assert comment.text == ""


def test_an_author_of_the_paper_is_known_by_the_account() -> None:
    sure = Author("Ada Li", account=Account("ada"), status="claimed_verified")
    guess = Author("Ada Li", account=Account("ada"), status="extracted_pending")
    assert read(raw(), paper=Paper(id="2506.01234", title="x", authors=(sure,)))[0].by_author
    assert not read(raw(), paper=Paper(id="2506.01234", title="x", authors=(guess,)))[0].by_author


@pytest.mark.parametrize("name", ["parent", "parentId", "parentCommentId", "replyTo"])
def test_an_answer_stands_behind_what_it_answers(name: str) -> None:
    found = read(raw("a"), raw("b"), raw("c", **{name: "a"}), raw("d", **{name: "c"}), raw("e", **{name: {"id": "b"}}))
    assert [(comment.id, comment.depth) for comment in found] == [("a", 0), ("c", 1), ("d", 2), ("b", 0), ("e", 1)]


def test_answers_may_stand_within_what_they_answer() -> None:
    inner = raw("b", replies=[raw("c")])
    found = read(raw("a", replies=[inner]), raw("d"))
    assert [(comment.id, comment.depth) for comment in found] == [("a", 0), ("b", 1), ("c", 2), ("d", 0)]


def test_answers_however_deep_are_read_and_stand_no_further_in_than_can_be_drawn() -> None:
    inner: list[dict[str, Any]] = []
    for number in range(300, 0, -1):
        inner = [raw(f"c{number}", replies=inner)]
    comments, left, skipped = read_comments([*inner, raw("d")], PAPER)
    assert [comment.id for comment in comments] == [*(f"c{number}" for number in range(1, 301)), "d"]
    assert (left, skipped) == (0, ())
    assert [comment.depth for comment in comments] == [*range(DEEPEST), *([DEEPEST] * (300 - DEEPEST)), 0]


def test_answers_to_nothing_and_in_a_ring_lose_nothing() -> None:
    found = read(raw("a", parent="gone"), raw("b", parent="c"), raw("c", parent="b"), raw("d", parent="d"))
    assert sorted(comment.id for comment in found) == ["a", "b", "c", "d"]
    assert all(comment.depth == 0 for comment in found)


def test_what_cannot_be_read_is_counted_and_the_rest_is_kept() -> None:
    comments, left, skipped = read_comments([7, raw("a"), raw("b", text=None), {"id": "c"}, None], PAPER)
    assert [comment.id for comment in comments] == ["a"]
    assert [skip.where for skip in skipped] == ["comment 1", "comment 3", "comment 4", "comment 5"]
    assert left == 0


def test_what_is_no_comment_is_no_mistake() -> None:
    comments, _, skipped = read_comments([raw("a"), raw("b", type="status-change")], PAPER)
    assert (len(comments), skipped) == (1, ())


def test_too_many_are_told() -> None:
    comments, left, _ = read_comments([raw(str(number)) for number in range(MOST_COMMENTS + 7)], PAPER)
    assert (len(comments), left) == (MOST_COMMENTS, 7)


@pytest.mark.parametrize("value", [None, {}, "comments", 3, [], [[]], {"comments": 1}])
def test_no_comments_are_none(value: object) -> None:
    assert read_comments(value, PAPER)[0] == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ("id", "author", "data", "latest", "raw", "type", "createdAt", "reactions", "parent", "replies", "name")
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=24,
)


@given(st.lists(JSON, max_size=6))
def test_no_json_breaks_it(values: list[Any]) -> None:
    comments, _, skipped = read_comments(values, PAPER)
    assert len(comments) + len(skipped) <= len(json.dumps(values))


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_hostile_texts_come_out_clean(text: str) -> None:
    author = {"name": text, "fullname": text, "avatarUrl": text, "type": text}
    data = {"latest": {"raw": text}, "reactions": [{"reaction": text, "count": 2}]}
    comments = read(raw(text, author=author, data=data, parent=text))
    for comment in comments:
        said = [comment.text, comment.id, *(sign for sign, _ in comment.reactions)]
        said += [comment.author.login, comment.author.name] if comment.author else []
        assert not any(FORBIDDEN & set(part) for part in said)


def bot(text: str) -> Comment:
    return Comment(id="b", author=Account("librarian-bot"), text=text)


def test_similar_papers_come_from_the_bot() -> None:
    text = (
        "The following papers\n\n"
        "* [A [nested] title: $x^2$](https://huggingface.co/papers/2401.00001) (2024)\n"
        "* [Another](/papers/2401.00002v3) (2024)\n"
        "* [Again](https://hf.co/papers/2401.00001)\n"
        "* [Itself](https://huggingface.co/papers/2506.01234)\n"
        "* [2401.00003](https://arxiv.org/abs/2401.00003)\n"
        "* [a Space](https://huggingface.co/spaces/librarian-bots/recommend_similar_papers) 2401.00009\n"
        "* [broken](https://huggingface.co/papers/\n"
    )
    expected = (
        Similar("2401.00001", "A [nested] title: $x^2$"),
        Similar("2401.00002", "Another"),
        Similar("2401.00003"),
    )
    assert similar_in([bot(text)], "2506.01234") == expected
    assert similar_in([Comment(id="x", author=Account("ada"), text=text)], "2506.01234") == ()


@given(st.text(st.sampled_from("[]()/ab2.401papers\n"), max_size=300))
def test_any_text_of_the_bot_can_be_read(text: str) -> None:
    assert all(similar.id for similar in similar_in([bot(text)], "2506.01234"))


async def test_one_request_brings_paper_comments_and_repositories(hugging_face: Server) -> None:
    asked = max(hugging_face.hub.details.values(), key=lambda one: len(str(one)))
    async with client(hugging_face) as http:
        answered = await Discussions(http).fetch(asked["id"])
    assert answered is not None
    assert answered.paper.id == asked["id"]
    assert answered.discussion.comments
    assert len(hugging_face.seen("/api/papers/")) == 1


async def test_a_paper_that_is_not_known_is_none(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        assert await Discussions(http).fetch("1706.03762") is None
        with pytest.raises(UsageError):
            await Discussions(http).fetch("no id")


async def test_it_is_asked_only_whether_it_changed(hugging_face: Server, tmp_path: Path) -> None:
    paper_id = next(iter(hugging_face.hub.details))
    async with client(hugging_face, cache=DocumentCache(tmp_path / "documents")) as http:
        first = await Discussions(http).fetch(paper_id)
        second = await Discussions(http).fetch(paper_id)
    assert first is not None
    assert second is not None
    assert second.discussion.comments == first.discussion.comments
    assert ["if-none-match" in request.headers for request in hugging_face.requests] == [False, True]


async def test_all_repositories_are_fetched_apart(hugging_face: Server) -> None:
    repos = tuple(Repo("model", f"lab/model-{number}", number, 10, gated=number == 3) for number in range(9))
    paper = Paper(id="2506.01234", title="x", listed="2026-06-04", repos=repos, models=9, comments=1)
    hugging_face.hub.add(Item(paper))
    async with client(hugging_face) as http:
        answered = await Discussions(http).fetch(paper.id)
        every = await Discussions(http).repos(paper.id)
    assert answered is not None
    assert len(answered.discussion.repos) == 4
    assert (answered.discussion.models, answered.discussion.whole) == (9, False)
    assert [repo.id for repo in every] == [f"lab/model-{number}" for number in reversed(range(9))]
    assert [repo.id for repo in every if repo.gated] == ["lab/model-3"]


@pytest.mark.parametrize("fault", ["json_cut", "html200", "json_null", "json_string", "json_object"])
async def test_bad_answers_are_told_and_not_kept(hugging_face: Server, fault: str, tmp_path: Path) -> None:
    paper_id = next(iter(hugging_face.hub.details))
    cache = DocumentCache(tmp_path / "documents")
    async with client(hugging_face, cache=cache) as http:
        hugging_face.fault(fault)
        with pytest.raises(SourceError):
            await Discussions(http).fetch(paper_id)
        hugging_face.heal()
        assert await Discussions(http).fetch(paper_id) is not None
