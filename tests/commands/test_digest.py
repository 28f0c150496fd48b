from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file, start
from tests.post import AUTHORITY, PostOffice, settings_text
from tests.post.office import HANG, PASSWORD, USER
from tests.server import Server

IDS = [f"2606.{number:05}" for number in range(5, 0, -1)]


@pytest.fixture
def post(tmp_path: Path, library: Paths) -> Iterator[PostOffice]:
    """An open post office, which the settings lead to."""
    with PostOffice(tmp_path / "mbox") as office:
        library.settings.write_text(settings_text(office.settings()), "utf-8")
        yield office


@pytest.mark.usefixtures("library")
def test_it_prints_what_is_new_once(call: Caller) -> None:
    ended = call.good("digest", "--top", "2")
    assert ended.lines[0] == "5 new papers"
    assert "1. Paper 5" in ended.lines
    assert "2. Paper 4" in ended.lines
    assert "3 more new papers are not shown; this prints all:" in ended.lines
    assert ended.lines[-2:] == ["-- ", "paperstui digest --top 2"]
    again = call("digest")
    assert (again.status, again.out) == (0, "")
    assert again.complaint == "nothing new since Thu 4 Jun 2026, 12:00 UTC"


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_form_goes_to_the_output_or_to_a_file(call: Caller, tmp_path: Path, form: str) -> None:
    printed = call.good("digest", "--since", "2026-06-04", "--format", form)
    file = tmp_path / "digest"
    ended = call.good("digest", "--since", "2026-06-04", "--format", form, "-o", str(file))
    assert ended.out == ""
    assert file.read_text("utf-8") == printed.out
    begins = {"text": "5 new", "markdown": "# 5 new", "html": "<!DOCTYPE html>", "json": "{\n"}
    assert printed.out.startswith(begins[form])
    if form == "json":
        assert [paper["id"] for paper in printed.json["papers"]] == IDS


@pytest.mark.usefixtures("library")
def test_a_query_and_a_name(call: Caller) -> None:
    best = call.good("digest", "upvotes:>3", "-2606.00004", "--name", "best", "--format", "json")
    assert [paper["id"] for paper in best.json["papers"]] == ["2606.00005"]
    assert (best.json["name"], best.json["query"]) == ("best", "upvotes:>3 -2606.00004")
    assert len(call.good("digest", "--format", "json").json["papers"]) == 5


@pytest.mark.usefixtures("library")
def test_nothing_new_is_a_document_in_json_and_no_file_at_all(call: Caller, tmp_path: Path) -> None:
    call.good("digest")
    ended = call("digest", "--format", "json")
    assert ended.status == 0
    assert (ended.json["found"], ended.json["papers"]) == (0, [])
    assert ended.complaint.startswith("nothing new since")
    call("digest", "-o", str(tmp_path / "digest"))
    assert not (tmp_path / "digest").exists()


@pytest.mark.usefixtures("library")
def test_a_file_is_replaced_whole_and_keeps_its_mode(call: Caller, tmp_path: Path) -> None:
    real, file = tmp_path / "real.html", tmp_path / "digest.html"
    real.write_text("old", "utf-8")
    real.chmod(0o640)
    file.symlink_to(real)
    call.good("digest", "--format", "html", "-o", str(file))
    assert file.is_symlink()
    assert real.read_text("utf-8").endswith("</html>\n")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir() if "digest" in path.name) == ["digest.html"]


@pytest.mark.usefixtures("library")
def test_a_file_that_cannot_be_written_is_told_and_the_papers_come_again(call: Caller, tmp_path: Path) -> None:
    ended = call("digest", "-o", str(tmp_path / "no" / "digest"))
    assert ended.status == 5
    assert "was not saved" in ended.complaint
    assert call.good("digest", "--top", "1").lines[0] == "5 new papers"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
@pytest.mark.usefixtures("library")
def test_output_that_is_lost_comes_again(call: Caller) -> None:
    with Path("/dev/full").open("w") as full, start("digest", stdout=full) as running:
        assert running.wait(40) == 5
    assert call.good("digest").lines[0] == "5 new papers"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--name", "Best"], "is not a name of small letters"),
        (["--name", "../x"], "is not a name of small letters"),
        (["--name", ""], "is not a name of small letters"),
        (["--since", "neverday"], "is not a day such as 2026-06-04, mon or 7d"),
        (["--since", "2026-06-05"], "is a day to come"),
        (["--since", "..2026-06-01"], "is not a day such as"),
        (["--top", "0"], "0 papers are no digest"),
        (["--top", "-1"], "is negative"),
        (["--top", "few"], "is not a whole number"),
        (["--format", "pdf"], "invalid choice"),
        (["--mail", "--format", "html"], "--mail sends text and HTML"),
        (["--mail", "-o", "x"], "--mail sends text and HTML"),
        (["--since", "7d", "--print-timer"], "do not go together"),
        (["is:nonsense"], "nonsense"),
    ],
)
@pytest.mark.usefixtures("library")
def test_wrong_arguments(call: Caller, arguments: list[str], said: str) -> None:
    ended = call("digest", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.complaint


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("day", ["2026-06-04", "today", "thu", "7d", "2026-06", "this-week", "last-week", "2w", "2025"])
def test_since_takes_the_days_of_the_query_language(call: Caller, day: str) -> None:
    ended = call("digest", "--since", day)
    assert ended.status == 0
    assert ended.out.startswith("5 new papers")


@pytest.mark.usefixtures("library")
def test_top_all(call: Caller, tmp_path: Path) -> None:
    call.good("import", api_file(tmp_path / "more.json", *({"id": f"2605.{number:05}"} for number in range(1, 31))))
    assert "20 more new papers are not shown; this prints all:" in call.good("digest", "--since", "today").lines
    assert len(call.good("digest", "--since", "today", "--top", "all", "--format", "json").json["papers"]) == 35


def test_an_empty_library_has_nothing_new(call: Caller, places: Paths) -> None:
    ended = call("digest")
    assert (ended.status, ended.out) == (0, "")
    assert "nothing new since Wed 3 Jun 2026, 12:00 UTC" in ended.err
    assert places.digests.is_dir()


# Mailing


def test_it_is_mailed(call: Caller, post: PostOffice) -> None:
    ended = call.good("digest", "--mail")
    assert ended.out == "mailed 5 papers to Ada Li <ada@example.org>\n"
    [letter] = post.letters
    assert letter["Subject"] == "[paperstui] 5 new papers: Paper 5"
    again = call.good("digest", "--mail")
    assert again.out == "nothing new since Thu 4 Jun 2026, 12:00 UTC: no mail was sent\n"
    assert len(post.letters) == 1


def test_a_look_does_not_eat_the_mail(call: Caller, post: PostOffice) -> None:
    call.good("digest")
    call.good("digest", "--mail")
    assert len(post.letters) == 1


@pytest.mark.parametrize("reply", ["451 4.3.0 later", "550 5.7.1 never"])
def test_a_mail_that_fails_is_told_in_a_line_and_goes_the_next_time(call: Caller, post: PostOffice, reply: str) -> None:
    post.fault("rcpt", reply)
    ended = call("digest", "--mail")
    assert (ended.status, ended.out) == (1, "")
    assert reply in ended.complaint
    assert call.good("digest", "--mail").out.startswith("mailed 5 papers")


@pytest.mark.usefixtures("library")
def test_without_settings_it_is_said_what_to_set(call: Caller) -> None:
    ended = call("digest", "--mail")
    assert ended.status == 2
    assert ended.complaint == "nobody to mail to: set to in [mail] of config.toml"


def test_problems_of_the_settings_are_told(call: Caller, post: PostOffice, library: Paths) -> None:
    library.settings.write_text(settings_text(post.settings()) + 'pasword_command = "x"\n', "utf-8")
    ended = call("digest", "--mail")
    assert ended.status == 0
    assert "there is no setting 'mail.pasword_command'; did you mean 'mail.password_command'?" in ended.complaint


def test_with_tls_and_a_login(
    call: Caller, library: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    monkeypatch.setenv("PAPERSTUI_SMTP_PASSWORD", "wrong")
    with PostOffice(tmp_path / "mbox", tls="starttls", auth="PLAIN") as office:
        library.settings.write_text(settings_text(office.settings(host="localhost", user=USER)), "utf-8")
        assert "does not take the user and password (535)" in call("digest", "--mail").complaint
        monkeypatch.setenv("PAPERSTUI_SMTP_PASSWORD", PASSWORD)
        assert call.good("digest", "--mail").out.startswith("mailed 5 papers")
        assert len(office.letters) == 1
    record = (library.digests / "default.jsonl").read_text("utf-8")
    assert PASSWORD not in record + capsys.readouterr().out


def test_the_password_is_no_argument(call: Caller) -> None:
    ended = call("digest", "--help")
    assert "password" not in ended.out
    assert call("digest", "--password", "x").status == 2


def test_killed_while_the_server_takes_it_it_is_not_sent_again(call: Caller, post: PostOffice) -> None:
    """The moment at which nobody can know: the server has the letter, and did not say so yet."""
    post.fault("dot", HANG)
    with start("digest", "--mail") as running:
        assert post.reached.wait(40)
        running.kill()
    ended = call("digest", "--mail")
    assert ended.status == 0
    assert "the digest of 2026-06-04 12:00 may not have arrived" in ended.complaint
    assert "no mail was sent" in ended.out
    assert len(post.letters) == 1


def test_ended_before_the_server_has_it_it_is_sent_again(call: Caller, post: PostOffice) -> None:
    post.fault("mail", HANG)
    with start("digest", "--mail") as running:
        assert post.reached.wait(40)
        running.terminate()
        assert running.wait(40) == 128 + 15
    assert call.good("digest", "--mail").out.startswith("mailed 5 papers")
    assert len(post.letters) == 1


def test_two_processes_at_once_send_one_mail(post: PostOffice) -> None:
    with start("digest", "--mail") as first, start("digest", "--mail") as second:
        outs = sorted(str(running.communicate(timeout=40)[0]) for running in (first, second))
        assert [first.returncode, second.returncode] == [0, 0]
    assert outs[0].startswith("mailed 5 papers")
    assert outs[1].startswith("nothing new")
    assert len(post.letters) == 1


def test_a_morning_from_the_site_to_the_mailbox(
    call: Caller, hugging_face: Server, places: Paths, tmp_path: Path
) -> None:
    """Three mornings, of which one finds no server: every paper of the site is in the mailbox once."""
    del hugging_face
    with PostOffice(tmp_path / "mbox") as office:
        places.settings.write_text(settings_text(office.settings()), "utf-8")
        assert call("refresh").status == 0
        assert call("digest", "--mail", "--top", "all").status == 0
        places.settings.write_text(settings_text(office.settings(port=9)), "utf-8")
        assert call("refresh", "--date", "2026-06-03").status == 0
        ended = call("digest", "--mail", "--top", "all")
        assert ended.status == 1
        assert "cannot be reached (Connection refused)" in ended.complaint
        places.settings.write_text(settings_text(office.settings()), "utf-8")
        assert call("digest", "--mail", "--top", "all").status == 0
        assert "no mail was sent" in call("digest", "--mail").out
    known = set(call.ids())
    assert known
    parts = [letter.get_body(("plain",)) for letter in office.letters]
    found = [
        line.rpartition("/abs/")[2]
        for part in parts
        if part
        for line in part.get_content().splitlines()
        if "/abs/" in line
    ]
    assert len(parts) == 2
    assert sorted(found) == sorted(known)
    lines = [json.loads(line)["what"] for line in (places.digests / "default.jsonl").read_text().splitlines()]
    assert lines == ["begun", "handed", "sent", "begun", "failed", "begun", "handed", "sent"]
