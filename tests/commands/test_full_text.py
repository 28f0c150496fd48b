from __future__ import annotations

import json
import os
import pty
import termios

import pytest

from paperstui.cli import main
from paperstui.demo.fulltext import markdown
from paperstui.paths import Paths
from paperstui.text.width import width
from tests.commands.calling import api_file, start
from tests.patience import be_hasty
from tests.server import ArxivServer
from tests.server.wire import Server

ID = "2606.00001"


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
    assert hugging_face.url
    assert arxiv.url
    be_hasty(monkeypatch)
    assert main(["import", api_file(tmp_path_factory.mktemp("in") / "one.json", {})]) == 0
    capsys.readouterr()


def test_it_prints_the_text_and_says_where_it_is_from(hugging_face: Server, capsys: pytest.CaptureFixture[str]) -> None:
    hugging_face.hub.write(ID, markdown(9_000, title="On $x^2$"))
    assert main(["show", ID, "--full-text"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("On x²\n")
    assert "1 Introduction" in out
    assert max(map(len, out.split("\n"))) <= 92
    assert "asking for Hugging Face's markdown" in err
    assert "this is Hugging Face's markdown" in err
    hugging_face.down()
    assert main(["show", ID, "--full-text"]) == 0
    again, err = capsys.readouterr()
    assert again == out
    assert "asking" not in err


@pytest.mark.parametrize(("terminal", "most"), [(60, 59), (200, 92)])
def test_in_a_pager_it_is_as_wide_as_the_terminal(
    hugging_face: Server, places: Paths, terminal: int, most: int
) -> None:
    assert places
    hugging_face.hub.write(ID, markdown(9_000))
    ours, theirs = pty.openpty()
    try:
        termios.tcsetwinsize(ours, (40, terminal))
        running = start("show", ID, "--full-text", stderr=theirs)
        out, _ = running.communicate(timeout=40)
    finally:
        os.close(theirs)
        os.close(ours)
    assert running.returncode == 0
    assert most - 12 < max(map(width, out.split("\n"))) <= most
    assert "\x1b" not in out


def test_as_json(hugging_face: Server, capsys: pytest.CaptureFixture[str]) -> None:
    hugging_face.hub.write(ID, markdown(9_000))
    assert main(["show", ID, "--full-text", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["id"], found["source"], found["full_text"]) == (ID, "Hugging Face's markdown", True)
    assert {"level": 2, "number": "1", "title": "1 Introduction"} in found["sections"]
    assert "𝒪(n log n)" in found["text"]


def test_without_any_source_it_prints_the_abstract_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", ID, "--full-text"]) == 1
    out, err = capsys.readouterr()
    assert "No full text" in out
    assert "ar5iv: " in out
    assert "abstract only" in err


def test_without_a_network_the_status_says_so(hugging_face: Server, capsys: pytest.CaptureFixture[str]) -> None:
    hugging_face.down()
    assert main(["show", ID, "--full-text"]) == 4
    assert "No full text" in capsys.readouterr().out
