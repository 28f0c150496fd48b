"""Nothing that a stranger wrote does more on a terminal than to be shown."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from paperstui.paths import Paths
from paperstui.text.width import width
from tests.commands.calling import Caller, api_file
from tests.hostile import ESCAPES, INVISIBLE, MARKUP
from tests.pty.terminal import Terminal, stray_controls
from tests.server import Server
from tests.server.shape_faults import HOSTILE

TEXTS = list((ESCAPES | INVISIBLE | MARKUP).values())
_CONTROLS = (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF)
OBEYED = set(map(chr, _CONTROLS)) - {"\n"}


@pytest.fixture
def hostile(call: Caller, places: Paths, tmp_path: Path) -> Paths:
    """A library whose papers are hostile in every text."""
    papers = [
        {
            "title": f"{number} {text}",
            "summary": f"{text} in\nan abstract {text}",
            "authors": [{"name": text}, {"name": f"x{text}"}],
            "ai_summary": text,
            "ai_keywords": [text],
            "organization": {"name": text, "fullname": text},
            "githubRepo": f"https://example.org/{text}",
        }
        for number, text in enumerate(TEXTS)
    ]
    call.good("import", api_file(tmp_path / "hostile.json", *papers))
    return places


@pytest.mark.usefixtures("hostile")
def test_what_commands_print(call: Caller) -> None:
    printed = [
        call.good("list"),
        call.good("list", "--json"),
        call.good("star", "--query", "upvotes:>0"),
        call.good("undo"),
    ]
    ids = call.ids()
    assert len(ids) == len(TEXTS)
    printed += [call.good("show", paper) for paper in ids]
    for ended in printed:
        assert OBEYED.isdisjoint(ended.out), ended.out


def test_what_commands_complain_about(call: Caller, hugging_face: Server, tmp_path: Path) -> None:
    for text in [*TEXTS, HOSTILE]:
        typed = os.fsdecode(text.encode("utf-8", "replace")).replace("\0", "")
        for arguments in (
            ["show", typed],
            ["star", typed],
            ["list", f"is:{typed}"],
            ["list", f"--{typed}"],
            ["refresh", "--date", typed],
        ):
            ended = call(*arguments)
            assert ended.status in (0, 1, 2)
            assert OBEYED.isdisjoint(ended.err + ended.out), (arguments, ended)
    hugging_face.fault("status", code=403, error=HOSTILE)
    ended = call("refresh", "--json")
    assert ended.status == 4
    assert OBEYED.isdisjoint(ended.err + ended.out)
    assert "says 403" in ended.complaint
    (tmp_path / "x.json").write_text(json.dumps([{"paper": {"id": HOSTILE}}, {"error": HOSTILE}]), "utf-8")
    ended = call("import", str(tmp_path / "x.json"))
    assert ended.status == 1
    assert OBEYED.isdisjoint(ended.err + ended.out)


@pytest.mark.pty
@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("columns", [100, 30, 5])
def test_what_reaches_a_terminal(columns: int) -> None:
    with Terminal.paperstui("list", columns=columns, rows=len(TEXTS) + 4) as terminal:
        assert terminal.wait() == 0
        assert stray_controls(bytes(terminal.raw)) == []
        assert b"\x1b" not in terminal.raw
        shown = bytes(terminal.raw).decode().splitlines()
        assert len(shown) == len(TEXTS), "a line each"
        assert max(map(width, shown)) <= columns, "none is wrapped"
