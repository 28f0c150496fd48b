"""`paperstui fetch`: full texts for later."""

from __future__ import annotations

import json

import pytest

from paperstui.cli import main
from paperstui.demo.fulltext import markdown
from paperstui.paths import Paths
from tests.commands.calling import api_file
from tests.patience import be_hasty
from tests.server import ArxivServer
from tests.server.wire import Server

ONE, TWO = "2606.00001", "2606.00002"


@pytest.fixture(autouse=True)
def _library(
    places: Paths,
    hugging_face: Server,
    arxiv: ArxivServer,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert places
    assert arxiv.url
    be_hasty(monkeypatch)
    assert main(["import", api_file(tmp_path_factory.mktemp("in") / "one.json", {}, {})]) == 0
    assert main(["queue", TWO, ONE]) == 0
    for paper in (ONE, TWO):
        hugging_face.hub.write(paper, markdown(9_000))
    capsys.readouterr()


def test_the_texts_of_the_reading_list_are_here_then(hugging_face: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "--queued"]) == 0
    out, err = capsys.readouterr()
    assert [line.split("  ")[0] for line in out.splitlines()] == [TWO, ONE]
    assert out.count("(Hugging Face's markdown)") == 2
    assert err == ""
    hugging_face.down()
    assert main(["show", ONE, "--full-text"]) == 0
    capsys.readouterr()
    assert main(["fetch", "--queued"]) == 0
    assert capsys.readouterr().out == "all texts are here that can be had\n"


def test_of_an_empty_reading_list_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unqueue", ONE, TWO]) == 0
    capsys.readouterr()
    assert main(["fetch", "--queued"]) == 0
    assert capsys.readouterr().out == "your reading list is empty\n"


def test_as_json(hugging_face: Server, capsys: pytest.CaptureFixture[str]) -> None:
    del hugging_face.hub.texts[ONE]
    assert main(["fetch", "--queued", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == [
        {"id": TWO, "source": "Hugging Face's markdown", "full_text": True, "error": None},
        {"id": ONE, "source": None, "full_text": False, "error": None},
    ]
    assert err == f"paperstui: {ONE}: nobody has its full text\n"


def test_a_paper_that_is_named_and_has_no_text_is_a_failure(
    hugging_face: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    del hugging_face.hub.texts[ONE]
    assert main(["fetch", f"https://arxiv.org/abs/{ONE}", TWO]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"{TWO}  ")
    assert "nobody has its full text" in err
    assert main(["fetch", TWO]) == 0


def test_without_a_network_it_stops_and_says_what_is_left(
    hugging_face: Server, arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]
) -> None:
    hugging_face.down()
    arxiv.down()
    assert main(["fetch", "--queued"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{TWO}: " in err
    assert "refuses connections" in err
    assert "2 of 2 are left; the same command goes on" in err


@pytest.mark.parametrize("arguments", [[], [ONE, "--queued"]])
def test_it_is_told_what_to_fetch(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", *arguments]) == 2
    assert "--queued" in capsys.readouterr().err


def test_a_paper_that_is_not_here_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "2606.99999"]) == 1
    assert "2606.99999" in capsys.readouterr().err
