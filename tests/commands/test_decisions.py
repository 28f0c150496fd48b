from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file, journal_of, process


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Standard input holds these bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_star_and_unstar(call: Caller, library: Paths) -> None:
    assert call.good("star", "2606.00001").out == "Starred 1 paper\n"
    assert call.ids("is:starred") == ["2606.00001"]
    assert call.good("unstar", "2606.00001").out == "Took the star from 1 paper\n"
    assert call.ids("is:starred") == []
    [star, unstar] = journal_of(library)
    assert star["set"] == [["2606.00001", "starred", True, False]]
    assert star["cite"] == {
        "2606.00001": {
            "title": "Paper 1",
            "authors": ["Ada Author 1"],
            "year": 2026,
            "url": "https://arxiv.org/abs/2606.00001",
        }
    }
    assert unstar["set"] == [["2606.00001", "starred", False, True]]


@pytest.mark.usefixtures("library")
def test_read_and_unread(call: Caller) -> None:
    assert call.good("read", "2606.00001", "2606.00002").out == "Marked 2 papers read\n"
    assert call.ids("is:read") == ["2606.00002", "2606.00001"]
    assert call.good("unread", "2606.00002").out == "Marked 1 paper unread\n"
    assert call.ids("is:read") == ["2606.00001"]


def test_queue_and_unqueue(call: Caller, library: Paths) -> None:
    assert call.good("queue", "2606.00004", "2606.00002").out == "Added 2 papers to the reading list\n"
    assert call.good("queue", "--query", "id:2606.00005").out == "Added 1 paper to the reading list\n"
    assert call.ids("is:queued", "sort:queued") == ["2606.00004", "2606.00002", "2606.00005"]
    assert call.good("unqueue", "2606.00002").out == "Took 1 paper off the reading list\n"
    assert call.ids("is:queued", "sort:queued") == ["2606.00004", "2606.00005"]
    assert [paper["queued"] for paper in call.good("list", "is:queued", "sort:queued", "--json").json] == [True, True]
    assert call.good("undo").out == "Undone: Took 1 paper off the reading list\n"
    assert call.ids("is:queued", "sort:queued") == ["2606.00004", "2606.00002", "2606.00005"]
    assert journal_of(library)[0]["cite"]["2606.00004"]["title"] == "Paper 4"


@pytest.mark.usefixtures("library")
def test_hide_and_unhide(call: Caller) -> None:
    assert call.good("hide", "--query", "upvotes:<3").out == "Hid 2 papers\n"
    assert len(call.ids()) == 3
    assert call.ids("is:hidden") == ["2606.00002", "2606.00001"]
    assert call.good("unhide", "--query", "is:hidden").out == "Showed 2 papers again\n"
    assert len(call.ids()) == 5


def test_many_papers_are_one_decision_that_one_undo_takes_back(call: Caller, library: Paths) -> None:
    assert call.good("star", "--query", "upvotes:>2").out == "Starred 3 papers\n"
    assert len(journal_of(library)) == 1
    assert call.good("undo").out == "Undone: Starred 3 papers\n"
    assert call.ids("is:starred") == []


@pytest.mark.parametrize(
    "name",
    [
        "2606.00003",
        "2606.00003v2",
        "arXiv:2606.00003",
        "https://arxiv.org/abs/2606.00003v1",
        "https://arxiv.org/pdf/2606.00003.pdf",
        "https://huggingface.co/papers/2606.00003",
    ],
)
@pytest.mark.usefixtures("library")
def test_a_paper_has_many_names(call: Caller, name: str) -> None:
    call.good("star", name, "2606.00003")
    assert call.ids("is:starred") == ["2606.00003"]


def test_one_unknown_name_and_nothing_is_decided(call: Caller, library: Paths) -> None:
    ended = call("star", "2606.00001", "2606.09999", "2606.00002")
    assert (ended.status, ended.out) == (1, "")
    assert ended.complaint == "there is no paper 2606.09999 in the library: `paperstui add 2606.09999` fetches it"
    assert call.ids("is:starred") == []
    assert journal_of(library) == []


@pytest.mark.usefixtures("library")
def test_an_unknown_name_is_told_clean(call: Caller) -> None:
    ended = call("star", "\x1b]0;PWN\x07nonsense\u202e")
    assert ended.status == 1
    assert ended.complaint == "there is no paper nonsense in the library"


def test_what_changes_nothing_is_no_decision(call: Caller, library: Paths) -> None:
    call.good("star", "2606.00001")
    before = journal_of(library)
    assert call.good("star", "2606.00001").out == "nothing to do: it is already starred\n"
    assert call.good("unread", "--query", "upvotes:>=0").out == "nothing to do: all 5 papers are already unread\n"
    assert call.good("star", "--query", "upvotes:>1000").out == "nothing to do: there are no papers to decide about\n"
    assert journal_of(library) == before


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ("star", "already starred"),
        ("read", "already read"),
        ("queue", "already in the reading list"),
        ("hide", "already hidden"),
    ],
)
@pytest.mark.usefixtures("library")
def test_what_a_paper_is_already_is_said(call: Caller, done: str, words: str) -> None:
    undone = "unread" if done == "read" else f"un{done}"
    other = "already unread" if done == "read" else words.replace("already ", "not ")
    assert call.good(undone, "2606.00001").out == f"nothing to do: it is {other}\n"
    call.good(done, "2606.00001", "2606.00002")
    assert call.good(done, "2606.00001", "2606.00001").out == f"nothing to do: it is {words}\n"
    both = call.good(done, "2606.00001", "2606.00002").out
    assert both == f"nothing to do: both papers are {words}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name the papers, or give a --query"),
        (["2606.00001", "--query", "x"], "name the papers, or give a --query"),
        (["--query", " "], "an empty query means every paper"),
        (["--query", "()"], "would mean every one"),
        (["--query", "sort:upvotes"], "would mean every one"),
        (["--query", "upvotes:many"], "upvotes"),
    ],
)
def test_papers_must_be_named_in_one_way(call: Caller, arguments: list[str], words: str, library: Paths) -> None:
    ended = call("star", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.complaint
    assert journal_of(library) == []


@pytest.mark.usefixtures("library")
def test_names_come_from_standard_input_too(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = call.good("list", "upvotes:<3").out
    type_in(monkeypatch, b"\n" + listed.encode() + b"\xff\xfe\n")
    ended = call("star", "-")
    assert (ended.status, ended.complaint) == (1, "there is no paper �� in the library")
    type_in(monkeypatch, listed.encode() + b"\r\n  https://arxiv.org/abs/2606.00005v3 and more")
    assert call.good("star", "-").out == "Starred 3 papers\n"
    type_in(monkeypatch, b"")
    assert call.good("star", "-").out == "nothing to do: there are no papers to decide about\n"


@pytest.mark.usefixtures("library")
def test_a_pipe_from_list_to_star() -> None:
    listed = process("list", "paper", "--limit", "2")
    assert process("star", "-", input=listed.out).out == "Starred 2 papers\n"


@pytest.mark.usefixtures("library")
def test_undo_and_redo_go_on_from_process_to_process(call: Caller) -> None:
    for paper in ("2606.00001", "2606.00002", "2606.00003"):
        call.good("star", paper)
    assert call.good("undo", "2").out == "Undone: Starred 1 paper\nUndone: Starred 1 paper\n"
    assert call.ids("is:starred") == ["2606.00001"]
    assert call.good("redo").out == "Redone: Starred 1 paper\n"
    assert call.ids("is:starred") == ["2606.00002", "2606.00001"]
    assert call.good("undo", "9").lines[-1] == "nothing to undo"
    assert call.ids("is:starred") == []
    assert call.good("redo", "3").lines == ["Redone: Starred 1 paper"] * 3
    assert call.good("redo").out == "nothing to redo\n"
    assert call.ids("is:starred") == ["2606.00003", "2606.00002", "2606.00001"]


@pytest.mark.usefixtures("library")
def test_a_new_decision_ends_what_can_be_redone(call: Caller) -> None:
    call.good("star", "2606.00001")
    call.good("undo")
    call.good("read", "2606.00002")
    assert call.good("redo").out == "nothing to redo\n"


@pytest.mark.parametrize("count", ["0", "-1", "many", "1.5"])
@pytest.mark.usefixtures("library")
def test_a_number_of_decisions_is_a_number(call: Caller, count: str) -> None:
    ended = call("undo", count)
    assert (ended.status, ended.out) == (2, "")
    assert ended.complaint


def test_a_paper_starred_by_its_title_is_starred_under_its_arxiv_id(
    call: Caller, saved_page: str, places: Paths, tmp_path: Path
) -> None:
    title, title_id = "Measuring Maximum Activations in Open Large Language Models", "title:9d2d1ec2b3f0a205"
    call.good("import", saved_page)
    call.good("star", title_id)
    call.good("read", title_id, "title:7c39fcb3f2806437")
    answer = api_file(tmp_path / "api.json", {"id": "2605.15572", "title": title})
    assert "1 merged with their arXiv id" in call.good("import", answer).out
    assert call.ids("is:starred") == ["2605.15572"]
    [paper] = call.good("list", "is:starred", "--json").json
    assert (paper["read"], paper["organization"], paper["published"]) == (True, "BAIDU", "2026-06-01")
    carried = journal_of(places)[-1]
    assert carried["merge"] is True
    assert sorted(carried["set"]) == [["2605.15572", "read", True, None], ["2605.15572", "starred", True, None]]
    assert carried["cite"]["2605.15572"]["title"] == title

    assert call.good("show", title_id, "--json").json["id"] == "2605.15572", "the old id still finds it"
    for file in places.data.glob("library.db*"):
        file.unlink()
    assert call.ids("is:starred") == ["2605.15572"], "from the journal alone"
    call.good("import", answer)
    call.good("import", saved_page)
    assert call.ids("is:starred") == ["2605.15572"]
    assert call.good("undo").out == "Undone: Marked 2 papers read\n", "carrying is nothing to undo"
    assert call.good("undo").out == "Undone: Starred 1 paper\n"
    assert call.ids("is:starred") == []
