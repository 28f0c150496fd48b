from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paperstui.export.json_form import KEYS
from tests.commands.calling import Caller, api_file, process, start


@pytest.mark.usefixtures("library")
def test_what_changed_is_printed(call: Caller) -> None:
    assert "No other wording of it is here" in call.good("show", "2606.00001", "--changes").out


def test_the_newest_day_comes_first_and_on_it_the_most_upvoted(call: Caller, tmp_path: Path) -> None:
    call.good(
        "import",
        api_file(
            tmp_path / "days.json",
            {"submittedOnDailyAt": "2026-06-03T08:00:00Z", "upvotes": 90},
            {"submittedOnDailyAt": "2026-06-04T08:00:00Z", "upvotes": 1},
            {"submittedOnDailyAt": "2026-06-04T08:00:00Z", "upvotes": 5},
            {"submittedOnDailyAt": "2026-05-29T08:00:00Z", "upvotes": 7},
        ),
    )
    assert call.ids() == ["2606.00003", "2606.00002", "2606.00001", "2606.00004"]
    assert call.ids("--limit", "2") == ["2606.00003", "2606.00002"]
    assert call.ids("sort:upvotes") == ["2606.00001", "2606.00004", "2606.00003", "2606.00002"]
    assert call.ids("--period", "2026-06-04") == ["2606.00003", "2606.00002"]
    assert call.ids("upvotes:<6", "--feed", "daily") == ["2606.00003", "2606.00002"]
    assert [paper["id"] for paper in call.good("list", "--json", "--limit", "1").json] == ["2606.00003"]


@pytest.mark.usefixtures("library")
def test_a_line(call: Caller) -> None:
    call.good("star", "2606.00005")
    call.good("read", "2606.00005")
    first, second, *_ = call.good("list").lines
    assert first == "2606.00005   ★ ▲   5  Paper 5"
    assert second == "2606.00004  ●  ▲   4  Paper 4"


@pytest.mark.usefixtures("library")
def test_the_columns_of_papers_with_long_and_short_ids_agree(call: Caller, tmp_path: Path) -> None:
    call.good("import", api_file(tmp_path / "odd.json", {"id": None, "title": "Known by its title alone"}))
    lines = call.good("list").lines
    assert len({line.index("▲") for line in lines}) == 1


def test_a_paper_as_json_has_every_key_and_says_null_where_nothing_is_known(call: Caller, tmp_path: Path) -> None:
    bare = {"authors": None, "publishedAt": None, "upvotes": None, "summary": None}
    call.good("import", api_file(tmp_path / "bare.json", bare))
    [paper] = call.good("list", "--json").json
    assert tuple(paper) == KEYS
    assert paper["upvotes"] is None
    assert paper["published"] is None
    assert paper["organization"] is None
    assert paper["authors"] == []
    assert paper["abstract"] == ""
    assert paper["read"] is False


def test_the_feed_and_period_are_those_that_were_asked_for(call: Caller, tmp_path: Path) -> None:
    on = {"id": "2606.00001", "title": "Twice"}
    call.good("import", api_file(tmp_path / "a.json", on | {"submittedOnDailyAt": None}))
    call.good("import", api_file(tmp_path / "b.json", on | {"submittedOnDailyAt": "2026-06-02T08:00:00Z"}))
    call.good("import", api_file(tmp_path / "c.json", on | {"submittedOnDailyAt": "2026-06-03T08:00:00Z"}))

    def place(*arguments: str) -> tuple[str, str]:
        [paper] = call.good("list", "--json", *arguments).json
        return paper["feed"], paper["period"]

    assert place("--feed", "daily") == ("daily", "2026-06-03")
    assert place("--period", "2026-06-02") == ("daily", "2026-06-02")
    assert place("--feed", "imported")[0] == "imported"


@pytest.mark.usefixtures("library")
def test_a_feed_narrows_any_query(call: Caller, tmp_path: Path) -> None:
    call.good(
        "import", api_file(tmp_path / "x.json", {"id": "2605.00001", "title": "Zebra", "submittedOnDailyAt": None})
    )
    assert call.ids("zebra", "OR", "paper", "--feed", "imported") == ["2605.00001"]
    assert call.ids('"zebra', "--feed", "imported") == ["2605.00001"]
    assert len(call.ids("zebra OR paper")) == 6


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["is:foo"], "there is no is:foo"),
        (["upvotes:many"], "upvotes"),
        (["--period", "June"], "'June' is not a period such as 2026-06-04, 2026-W23 or 2026-06"),
        (["--period", "2025-W53"], "'2025-W53' is not a period"),
        (["--feed", "daily", "--period", "2026-W23"], "daily has no issue 2026-W23: one of its issues is a day"),
        (["--feed", "nonsense"], "--feed: there is no feed 'nonsense'"),
        (["--limit", "-3"], "-3 is negative"),
        (["--limit", "x"], "'x' is not a whole number"),
    ],
)
@pytest.mark.usefixtures("library")
def test_what_makes_no_sense(call: Caller, arguments: list[str], words: str) -> None:
    ended = call("list", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.complaint


@pytest.mark.parametrize("query", [["-paper"], ["nothing"], ["paper", "-paper"]])
@pytest.mark.usefixtures("library")
def test_nothing_found_is_no_failure_and_said(call: Caller, query: list[str]) -> None:
    ended = call("list", *query)
    assert (ended.status, ended.out, ended.complaint) == (0, "", "no papers found")
    assert call.good("list", "--json", *query).json == []


def test_an_empty_library_says_how_to_fill_it(call: Caller) -> None:
    ended = call("list")
    assert (ended.status, ended.out) == (0, "")
    assert ended.complaint.startswith("the library is empty: paperstui refresh")


@pytest.mark.usefixtures("library")
def test_a_person_is_told_how_many_there_are_beyond_the_limit(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr.isatty", lambda: True)
        assert call("list", "upvotes:>1", "--limit", "2").complaint == "2 of 4 papers"
        assert call("list", "upvotes:>1", "--limit", "9").err == ""
    assert call("list", "upvotes:>1", "--limit", "2").err == ""


@pytest.mark.usefixtures("library")
def test_no_limit_is_no_lines(call: Caller) -> None:
    assert call.good("list", "--limit", "0").out == ""


@pytest.mark.usefixtures("library")
def test_whoever_reads_only_the_first_line_is_not_complained_to() -> None:
    listing = start("list", "--json")
    head = subprocess.run(["head", "-c", "1"], stdin=listing.stdout, capture_output=True, check=True)
    assert listing.stdout is not None
    listing.stdout.close()
    assert listing.stderr is not None
    assert (head.stdout, listing.stderr.read(), listing.wait() in (0, 141)) == (b"[", "", True)
    listing.stderr.close()


@pytest.mark.usefixtures("library")
def test_show(call: Caller) -> None:
    call.good("star", "2606.00002")
    shown = call.good("show", "https://arxiv.org/abs/2606.00002v1").out
    for wanted in (
        "Paper 2",
        "Ada Author 2",
        "arXiv 2606.00002",
        "★ starred",
        "What paper 2 is about.",
        "https://arxiv.org/pdf/2606.00002",
    ):
        assert wanted in shown
    assert "arxiv.org/abs/2606.00002\n" in shown, "without the key that opens it in the reader"
    assert not shown.startswith("\n")
    assert not shown.endswith("\n\n")
    assert all(line == line.rstrip() for line in shown.splitlines())


@pytest.mark.usefixtures("library")
def test_show_as_json_is_the_paper_of_the_list(call: Caller) -> None:
    shown = call.good("show", "2606.00002", "--json").json
    assert shown == call.good("list", "upvotes:2", "--json").json[0]


@pytest.mark.parametrize("name", ["2606.09999", "nonsense", "title:0000000000000000", ""])
@pytest.mark.usefixtures("library")
def test_a_paper_that_is_not_there(call: Caller, name: str) -> None:
    ended = call("show", name)
    assert (ended.status, ended.out) == (1, "")
    assert ended.complaint.startswith("there is no paper")


ENCODINGS: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("env", ENCODINGS, ids=" ".join)
def test_output_in_any_encoding(call: Caller, tmp_path: Path, env: dict[str, str]) -> None:
    call.good("import", api_file(tmp_path / "wide.json", {"title": "∇²DFT für 論文 😀", "summary": "Naïve → 数"}))
    # Each line of the program's own: a start of Python is what costs time here.
    script = "import sys; from paperstui.cli import main; sys.exit(sum(main(words.split()) for words in sys.argv[1:]))"
    ended = subprocess.run(
        [sys.executable, "-c", script, "list", "show 2606.00001", "list --json", "show nonsense"],
        env=os.environ | env, capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1, ended.stderr
    assert ended.stderr == b"paperstui: there is no paper nonsense in the library\n"
    if "PYTHONIOENCODING" in env or "PYTHONUTF8" in env:
        assert b"DFT f" in ended.stdout
        assert b"\\u2207\\u00b2DFT" in ended.stdout, "JSON says it in ASCII"
    else:
        assert "∇²DFT für 論文 😀".encode() in ended.stdout


@pytest.mark.usefixtures("library")
def test_streams_that_are_closed() -> None:
    for closed in ("<&-", ">&-", "2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m paperstui list {closed}', sys.executable],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        assert done.stderr == ""
        assert ("2606.00001" in done.stdout) is (closed != ">&-")
    ended = process("list", "is:foo", before=["sh", "-c", '"$@" 2>&-', "sh"])
    assert (ended.status, ended.out, ended.err) == (2, "", "")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["export", "--format", "csv"]])
def test_what_of_a_query_says_nothing_is_told_beside_the_result(call: Caller, command: list[str]) -> None:
    said = call(*command, "paper", "OR")
    assert said.status == 0
    assert said.out == call.good(*command, "paper").out
    assert said.err.splitlines()[-3:] == [
        "paperstui: “OR” was left out: it needs a word on both sides",
        "  paper OR",
        "        ^^",
    ]
