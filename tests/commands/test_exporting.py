"""`paperstui export`: every form, every way it may end."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import stat
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from paperstui.export.forms import FORMS
from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file, process, start

DESCENDING = [f"2606.0000{number}" for number in (5, 4, 3, 2, 1)]


def ids_in(form: str, text: str) -> list[str]:
    """The ids of the papers in a text, as another program reads it."""
    if form in ("bibtex", "biblatex"):
        library = parse_string(text)
        assert not library.failed_blocks
        return [str(entry["eprint"]) for entry in library.entries]
    if form == "ris":
        return [reference["id"] for reference in rispy.loads(text)]
    if form == "csl-json":
        return [item["number"].removeprefix("arXiv:") for item in json.loads(text)]
    if form == "markdown":
        return re.findall(r"\(https://arxiv\.org/abs/([\d.]+)\)", text)
    if form == "csv":
        return [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    return [paper["id"] for paper in json.loads(text)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("library")
def test_every_form_holds_the_papers_of_the_list_in_its_order(call: Caller, tmp_path: Path, form: str) -> None:
    assert ids_in(form, call.good("export", "--format", form).out) == DESCENDING == call.ids()
    assert ids_in(form, call.good("export", "--format", form, "upvotes:<4", "--limit", "2").out) == DESCENDING[2:4]
    file = tmp_path / "out.txt"
    assert call.good("export", "--format", form, "-o", str(file)).out.startswith(f"5 papers written to {file} as ")
    with file.open(encoding="utf-8", newline="") as stream:
        assert stream.read() == call.good("export", "--format", form, "-o", "-").out


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("a.bib", "@misc{"), ("A.BIB", "@misc{"), ("a.ris", "TY  - "), ("a.md", "- ["), ("a.csv", "id,"), ("a.json", "[")],
)
@pytest.mark.usefixtures("library")
def test_the_ending_of_the_file_tells_the_form(call: Caller, tmp_path: Path, name: str, beginning: str) -> None:
    call.good("export", "-o", str(tmp_path / name))
    assert (tmp_path / name).read_text("utf-8").startswith(beginning)
    call.good("export", "-o", str(tmp_path / name), "--format", "csl-json")
    assert json.loads((tmp_path / name).read_text("utf-8"))[0]["type"] == "article", "what is said counts more"


@pytest.mark.usefixtures("library")
def test_feed_and_period(call: Caller) -> None:
    assert ids_in("json", call.good("export", "--format", "json", "--period", "2026-06-04").out) == DESCENDING
    ended = call("export", "--format", "json", "--feed", "imported")
    assert (ended.status, ended.json, ended.complaint) == (0, [], "no papers found")
    assert (
        call.good("export", "--format", "json", "--limit", "1").json == call.good("list", "--json", "--limit", "1").json
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("library")
def test_nothing_found_is_an_empty_export_and_said(call: Caller, tmp_path: Path, form: str) -> None:
    ended = call("export", "nothing", "--format", form)
    assert (ended.status, ended.complaint) == (0, "no papers found")
    assert ids_in(form, ended.out) == []
    file = tmp_path / "out"
    file.write_text("what was there")
    assert call("export", "nothing", "--format", form, "-o", str(file)).out.startswith("0 papers written")
    assert file.read_text("utf-8") == ended.out.replace("\r\n", "\n")


def test_an_empty_library_says_how_to_fill_it(call: Caller) -> None:
    ended = call("export", "--format", "bibtex")
    assert (ended.status, ended.out) == (0, "")
    assert ended.complaint.startswith("the library is empty: paperstui refresh")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "bibtex", "is:foo"], "there is no is:foo"),
        (["--format", "word"], "--format: invalid choice: 'word'"),
        (["diffusion"], "say in which form: --format bibtex, biblatex, ris, csl-json, markdown, csv, json"),
        (["-o", "refs.txt"], "say in which form"),
        (["--format", "csv", "--limit", "-3"], "-3 is negative"),
        (["--format", "csv", "-o"], "-o/--output: expected one argument"),
    ],
)
@pytest.mark.usefixtures("library")
def test_what_makes_no_sense(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ended = call("export", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.complaint
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("library")
def test_a_wrong_query_leaves_the_file_as_it_was(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("kept")
    assert call("export", "upvotes:many", "-o", str(file)).status == 2
    assert file.read_text() == "kept"


@pytest.mark.usefixtures("library")
def test_whoever_reads_only_the_first_line_is_not_complained_to(call: Caller, tmp_path: Path) -> None:
    call.good("import", api_file(tmp_path / "many.json", *({"summary": "long " * 500} for _ in range(200))))
    running = start("export", "--format", "csv")
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline().startswith("id,title")
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait() == 141
    running.stderr.close()


@pytest.mark.usefixtures("library")
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("kept")
    ended = process("export", "-o", str(file), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)))
    assert (ended.status, ended.out) == (5, "")
    assert ended.err.splitlines()[-1] == f"paperstui: the disk is full: {file} was not saved"
    assert file.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir() if "refs" in path.name] == ["refs.bib"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.usefixtures("library")
def test_output_that_cannot_be_written() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - as the shell opens it
        ended = process("export", "--format", "bibtex", stdout=full)
    assert (ended.status, ended.complaint) == (5, "the output could not be written: No space left on device")
    assert process("export", "--format", "bibtex", "-o", "/dev/full").status == 5


@pytest.mark.parametrize("name", ["missing/refs.bib", "home", "five.json/refs.bib"])
@pytest.mark.usefixtures("library")
def test_a_place_that_cannot_hold_a_file(call: Caller, tmp_path: Path, name: str) -> None:
    ended = call("export", "--format", "bibtex", "-o", str(tmp_path / name))
    assert ended.out == ""
    if name == "home":
        assert (ended.status, ended.complaint) == (2, f"{tmp_path / name} is a directory")
    else:
        assert ended.status == 5
        assert ended.complaint.startswith(f"{tmp_path / name} was not saved: ")


@pytest.mark.usefixtures("library")
def test_output_is_in_utf_8_whatever_the_locale_says(call: Caller, tmp_path: Path) -> None:
    call.good("import", api_file(tmp_path / "wide.json", {"title": "∇²DFT für 論文"}))
    with (tmp_path / "out").open("wb") as out:
        ended = process("export", "--format", "ris", "für", env={"PYTHONIOENCODING": "latin-1"}, stdout=out)
    assert (ended.status, ended.err) == (0, "")
    assert "TI  - ∇²DFT für 論文\r\n".encode() in (tmp_path / "out").read_bytes()


def test_a_reader_of_the_library_needs_no_right_to_write_it(call: Caller, library: Paths, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    call.good("export", "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~current_umask()
    assert library.library.stat().st_mode & 0o077 == 0, "the library itself stays private"


def current_umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
