"""`paperstui show --full-text` where services send anything but a text, refuse, or are not there."""

from __future__ import annotations

import json

import pytest

from paperstui.cli import main
from paperstui.documents.cache import DocumentCache
from paperstui.paths import Paths
from tests.commands.calling import api_file
from tests.patience import be_hasty
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.usecases.bad_texts import FAULTS, MB

ID = "2606.00001"


@pytest.fixture(autouse=True)
def _library(
    hugging_face: Server,
    arxiv: ArxivServer,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert hugging_face.url
    assert arxiv.url
    be_hasty(monkeypatch, read=20.0, total=30.0)
    raw = {"summary": "Stones are weighed in water."}
    assert main(["import", api_file(tmp_path_factory.mktemp("in") / "one.json", raw)]) == 0
    capsys.readouterr()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_text_is_told_below_the_abstract(
    name: str, places: Paths, hugging_face: Server, arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]
) -> None:
    FAULTS[name].serve(ID, hugging_face, arxiv)
    assert main(["show", ID, "--full-text"]) == 1
    out, err = capsys.readouterr()
    assert "weighed in water" in out
    assert FAULTS[name].told_in(out), out
    assert err.splitlines()[-2:] == [
        "paperstui: this is the abstract only: no source had the full text",
        f"paperstui: try `paperstui open {ID}` for its page, or `paperstui open --pdf {ID}`",
    ]
    assert DocumentCache(places.documents).size() < MB
    assert main(["show", ID, "--full-text", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["full_text"] is False
    assert FAULTS[name].told_in(err), "what is read by machines has the reasons beside it"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"name": "status", "code": 403}, "refuses us (status 403), and is not asked again for 24 hours"),
        ({"name": "status", "code": 503}, "is in trouble (status 503)"),
        ({"name": "limited", "after": 900}, "asks to wait 15 minutes before the next request"),
        (None, "refuses connections"),
    ],
    ids=["refuses", "is in trouble", "asks for a pause", "is not there"],
)
def test_an_arxiv_that_gives_nothing_is_told_why(
    fault: dict[str, object] | None,
    said: str,
    places: Paths,
    arxiv: ArxivServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if fault is None:
        arxiv.down()
    else:
        arxiv.fault(**fault)  # type: ignore[arg-type]
    assert main(["show", ID, "--full-text"]) == 4
    out, err = capsys.readouterr()
    assert "weighed in water" in out
    assert "No full text" in out
    assert said in err.splitlines()[-2]
    assert err.splitlines()[-2].startswith("paperstui: this is the abstract only: ")
    assert DocumentCache(places.documents).size() < MB


def test_without_a_network_it_says_so_and_tries_no_more_sources(
    hugging_face: Server, arxiv: ArxivServer, capsys: pytest.CaptureFixture[str]
) -> None:
    hugging_face.down()
    arxiv.down()
    assert main(["show", ID, "--full-text"]) == 4
    err = capsys.readouterr().err
    assert "asking for ar5iv" not in err
    assert "this is the abstract only: " in err
    assert "refuses connections" in err
