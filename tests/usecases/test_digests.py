from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from paperstui.config import MailSettings
from paperstui.errors import PaperstuiError, SaveError, UsageError
from paperstui.export.digest.content import Digest
from paperstui.journal import files
from paperstui.models import Item, Listing
from paperstui.outside import smtp
from paperstui.outside.letters import NotSentError, UnconfirmedError
from paperstui.paths import Paths
from paperstui.usecases import Desk
from paperstui.usecases.digests import Ask, Told
from tests.post import PostOffice
from tests.post.office import DROP, HANG, KEEP_AND_DROP
from tests.usecases.reading import fill, item, paper, write_journal

At = Callable[[str], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Sets the clock, to a time of June 2026 such as "05 07:30"."""
    return lambda moment: monkeypatch.setenv("PAPERSTUI_NOW", f"2026-06-{moment.replace(' ', 'T')}:00+00:00")


@pytest.fixture
def post(tmp_path: Path) -> Iterator[PostOffice]:
    """An open post office that takes anything."""
    with PostOffice(tmp_path / "mbox") as office:
        yield office


def printed(desk: Desk, **ask: Any) -> list[str]:
    """The ids of the papers that a printed digest shows."""
    written: list[Digest] = []
    desk.digests.printed(Ask(**ask), written.append)
    return [story.detail.paper.id for digest in written for story in digest.stories]


def ids(told: Told) -> list[str]:
    return [story.detail.paper.id for story in told.digest.stories]


def lines(places: Paths, name: str = "default") -> list[dict[str, Any]]:
    """The record of a digest."""
    return [json.loads(line) for line in (places.digests / f"{name}.jsonl").read_text("utf-8").splitlines()]


def mailed_papers(post: PostOffice) -> list[str]:
    """The papers in all letters of the mailbox file, in their order."""
    found: list[str] = []
    for letter in post.letters:
        part = letter.get_body(("plain",))
        assert part is not None
        text = part.get_content().split()
        found += [word.rpartition("/")[2] for word in text if word.startswith("https://arxiv.org/abs/")]
    return found


# What is new, and what is best


def test_the_most_upvoted_come_first_then_the_newest(desk: Desk) -> None:
    older = date(2026, 6, 3)
    fill(
        desk,
        item(1, upvotes=5, day=older, listed="2026-06-03"),
        item(2, upvotes=9),
        item(3, upvotes=5),
        item(4, upvotes=None),
    )
    assert printed(desk) == ["2606.00002", "2606.00003", "2606.00001", "2606.00004"]


def test_a_query_finds_and_sorts(filled: Desk) -> None:
    assert printed(filled, name="a", query="upvotes:<4") == ["2606.00003", "2606.00002", "2606.00001"]
    assert printed(filled, name="b", query="upvotes:<4 sort:-upvotes") == ["2606.00001", "2606.00002", "2606.00003"]
    assert printed(filled, name="c", query="sort:title -2606.00002", top=2) == ["2606.00001", "2606.00003"]
    told = filled.digests.look(Ask(query="sort:title", since=date(2026, 6, 4)))
    assert told.digest.order == "by title"
    assert filled.digests.look(Ask(since=date(2026, 6, 4))).digest.order == "most upvoted first"


def test_what_the_queries_own_sort_leaves_equal_goes_by_upvotes(desk: Desk) -> None:
    fill(desk, item(1, upvotes=1, title="Same"), item(2, upvotes=3, title="Same"), item(3, upvotes=2, title="Same"))
    assert printed(desk, query="sort:title") == ["2606.00002", "2606.00003", "2606.00001"]


@pytest.mark.parametrize("query", ["is:nonsense", "listed:neverday", "/(/"])
def test_a_wrong_query_is_told_and_nothing_is_recorded(filled: Desk, places: Paths, query: str) -> None:
    with pytest.raises(UsageError):
        printed(filled, query=query)
    assert not places.digests.exists()


def test_hidden_papers_are_no_news(filled: Desk, places: Paths) -> None:
    write_journal(places, "elsewhere", {"t": 1_780_000_000_000, "set": [["2606.00005", "hidden", True, None]]})
    filled.poll()
    assert "2606.00005" not in printed(filled)


def test_what_was_printed_is_not_printed_again(filled: Desk, at: At) -> None:
    assert len(printed(filled)) == 5
    assert printed(filled) == []
    at("05 12:00")
    fill(filled, item(6, day=date(2026, 6, 5), listed="2026-06-05"))
    assert printed(filled) == ["2606.00006"]
    assert printed(filled) == []


def test_what_was_only_counted_does_not_come_again_either(filled: Desk) -> None:
    written: list[Digest] = []
    told = filled.digests.printed(Ask(top=2), written.append)
    assert (ids(told), told.rest) == (["2606.00005", "2606.00004"], ("2606.00003", "2606.00002", "2606.00001"))
    assert (written[0].found, written[0].left) == (5, 3)
    assert written[0].rest == "paperstui digest --since 2026-06-03 --top all"
    assert printed(filled, top=2) == []


def test_the_command_for_the_rest_prints_all_of_them(filled: Desk) -> None:
    filled.digests.printed(Ask(top=1), lambda _: None)
    assert len(ids(filled.digests.look(Ask(since=date(2026, 6, 3), top=None)))) == 5


def test_the_first_digest_looks_back_a_day(desk: Desk, at: At) -> None:
    at("04 12:00")
    fill(desk, item(1))
    at("06 12:00")
    fill(desk, item(2, day=date(2026, 6, 5), listed="2026-06-05"))
    assert printed(desk) == ["2606.00002"]


def test_days_without_anything_new_leave_no_gap(desk: Desk, at: At) -> None:
    at("04 12:00")
    assert printed(desk) == []
    at("04 14:00")
    fill(desk, item(1))
    at("08 12:00")
    assert printed(desk) == ["2606.00001"]


def test_a_paper_that_rises_later_is_news_then(desk: Desk, at: At) -> None:
    fill(desk, item(1, upvotes=60), item(2, upvotes=3))
    assert printed(desk, query="upvotes:>50") == ["2606.00001"]
    at("06 12:00")
    fill(desk, item(1, upvotes=70), item(2, upvotes=55))
    assert printed(desk, query="upvotes:>50") == ["2606.00002"]
    assert printed(desk, query="upvotes:>50") == []


def test_filling_the_archive_is_no_news(filled: Desk, at: At) -> None:
    printed(filled)
    at("05 12:00")
    fill(
        filled,
        *(item(number, day=date(2024, 5, 6), listed="2024-05-06", id=f"2405.{number:05}") for number in range(50)),
    )
    assert printed(filled) == []


@pytest.mark.parametrize(
    ("feed", "period"),
    [
        ("trending", "2026-06-05"),
        ("weekly", "2026-W23"),
        ("monthly", "2026-06"),
        ("search", "old"),
        ("imported", "2026-06-05"),
    ],
)
def test_of_a_list_of_any_age_only_what_is_new_itself_is_news(filled: Desk, at: At, feed: str, period: str) -> None:
    printed(filled)
    at("05 12:00")
    known, listed_long_ago, published_long_ago, undated = paper(1), *(paper(number) for number in (11, 12, 13))
    new = paper(14, listed="2026-06-05"), paper(15, published=1_780_570_000)
    came = (
        known,
        replace(listed_long_ago, listed="2026-04-03"),
        replace(published_long_ago, published=1_770_000_000),
        replace(undated, published=None),
        *new,
    )
    fill(filled, *(Item(each, Listing(feed=feed, period=period, rank=rank)) for rank, each in enumerate(came, 1)))
    assert ids(filled.digests.look(Ask(since=date(2026, 6, 5)))) == ["2606.00015", "2606.00014"]
    assert printed(filled) == ["2606.00015", "2606.00014"]


def test_a_paper_that_got_its_arxiv_id_is_not_new_again(desk: Desk, at: At) -> None:
    from paperstui.text.titles import title_id

    fill(desk, item(1, id=title_id("Known by its title"), title="Known by its title"))
    assert printed(desk) == [title_id("Known by its title")]
    at("05 12:00")
    fill(desk, item(1, id="2606.00001", title="Known by its title"))
    assert desk.library.find(title_id("Known by its title")) == desk.library.find("2606.00001")
    assert printed(desk) == []


def test_what_could_not_be_written_comes_again(filled: Desk, places: Paths) -> None:
    def full(_: Digest) -> None:
        raise SaveError("the output could not be written")

    with pytest.raises(SaveError):
        filled.digests.printed(Ask(), full)
    assert not places.digests.exists()
    assert len(printed(filled)) == 5


def test_a_look_tells_everything_since_a_day_and_counts_for_nothing(filled: Desk, places: Paths, at: At) -> None:
    assert len(ids(filled.digests.look(Ask(since=date(2026, 6, 4))))) == 5
    assert len(ids(filled.digests.look(Ask(since=date(2026, 6, 1))))) == 5
    assert not places.digests.exists()
    printed(filled)
    assert len(ids(filled.digests.look(Ask(since=date(2026, 6, 4))))) == 5
    at("05 12:00")
    assert ids(filled.digests.look(Ask(since=date(2026, 6, 5)))) == []


def test_two_queries_under_one_name_are_told_apart(filled: Desk) -> None:
    filled.digests.printed(Ask(query="upvotes:>4"), lambda _: None)
    told = filled.digests.printed(Ask(query="upvotes:>3"), lambda _: None)
    assert ids(told) == ["2606.00004"]
    assert told.notices == ("the last digest 'default' was for upvotes:>4; --name keeps digests apart",)
    assert filled.digests.printed(Ask(query="upvotes:>4", name="other"), lambda _: None).notices == ()


def test_the_first_digest_of_a_library_fetched_long_ago_says_why_it_is_empty(filled: Desk, at: At) -> None:
    at("20 12:00")
    told = filled.digests.printed(Ask(), lambda _: None)
    assert told.notices == ("this is the first digest 'default', and looks back a day; --since D looks further",)
    assert filled.digests.printed(Ask(), lambda _: None).notices == ()


# Mailing


def test_a_mail_and_its_steps(filled: Desk, places: Paths, post: PostOffice) -> None:
    settings = post.settings(to=("Ada Li <ada@example.org>", "bo@example.org", "ada@example.org"))
    told = filled.digests.mail(Ask(top=2), settings)
    assert told.to == settings.to
    assert ids(told) == ["2606.00005", "2606.00004"]
    [letter] = post.letters
    assert letter["X-Envelope-To"] == "ada@example.org, bo@example.org", "each once"
    assert letter["Subject"] == "[paperstui] 5 new papers: Paper 5"
    begun, handed, sent = lines(places)
    assert [begun["what"], handed["what"], sent["what"]] == ["begun", "handed", "sent"]
    assert begun["id"] == handed["id"] == sent["id"]
    assert begun["id"] in letter["Message-ID"]
    assert begun["shown"] == ["2606.00005", "2606.00004"]
    assert begun["rest"] == ["2606.00003", "2606.00002", "2606.00001"]


def test_nothing_new_sends_nothing_and_asks_nobody(filled: Desk, places: Paths, post: PostOffice) -> None:
    filled.digests.mail(Ask(), post.settings())
    before = lines(places)
    nobody = MailSettings(to=("ada@example.org",), host="127.0.0.1", port=9, security="none", user="x")
    told = filled.digests.mail(Ask(), nobody)
    assert (told.to, told.digest.found) == ((), 0)
    assert lines(places) == before
    assert len(post.letters) == 1


def test_three_runs_with_one_failing_and_no_paper_twice(desk: Desk, post: PostOffice, at: At) -> None:
    fill(desk, item(1), item(2))
    desk.digests.mail(Ask(), post.settings())
    at("05 07:30")
    fill(desk, item(3, day=date(2026, 6, 5), listed="2026-06-05"))
    post.fault("dot", "451 4.3.0 try again later")
    with pytest.raises(NotSentError, match="for now"):
        desk.digests.mail(Ask(), post.settings())
    at("06 07:30")
    fill(desk, item(4, day=date(2026, 6, 5), listed="2026-06-05"))
    desk.digests.mail(Ask(), post.settings())
    desk.digests.mail(Ask(), post.settings())
    assert [letter["Subject"].partition(":")[0] for letter in post.letters] == ["[paperstui] 2 new papers"] * 2
    assert mailed_papers(post) == ["2606.00002", "2606.00001", "2606.00004", "2606.00003"]


@pytest.mark.parametrize("stage", ["connect", "mail", "rcpt", "data", "body", "dot"])
def test_whatever_fails_before_the_server_says_yes_comes_again_whole(
    filled: Desk, places: Paths, post: PostOffice, stage: Any
) -> None:
    post.fault(stage, DROP if stage in ("connect", "body") else "550 5.7.1 no")
    with pytest.raises(NotSentError):
        filled.digests.mail(Ask(), post.settings())
    assert post.letters == []
    assert lines(places)[-1]["what"] == "failed"
    assert len(ids(filled.digests.mail(Ask(), post.settings()))) == 5
    assert len(post.letters) == 1


@pytest.mark.parametrize(("what", "arrived"), [(DROP, 0), (KEEP_AND_DROP, 1)])
def test_what_may_have_arrived_is_not_sent_again_but_told(
    filled: Desk, places: Paths, post: PostOffice, at: At, what: str, arrived: int
) -> None:
    post.fault("dot", what)
    with pytest.raises(UnconfirmedError):
        filled.digests.mail(Ask(), post.settings())
    assert len(post.letters) == arrived
    assert lines(places)[-1]["what"] == "handed"
    told = filled.digests.mail(Ask(), post.settings())
    assert told.to == ()
    wanted = (
        "the digest of 2026-06-04 12:00 may not have arrived; paperstui digest --since 2026-06-03 --top all prints it"
    )
    assert told.notices == (wanted,)
    at("05 07:30")
    fill(filled, item(6, day=date(2026, 6, 5), listed="2026-06-05"))
    filled.digests.mail(Ask(), post.settings())
    part = post.letters[-1].get_body(("plain",))
    assert part is not None
    text = " ".join(part.get_content().split())
    assert "The digest of Thu 4 Jun 2026, 12:00 UTC with 5 papers may not have reached you" in text
    assert len(mailed_papers(post)) == 5 * arrived + 1
    at("06 07:30")
    assert filled.digests.mail(Ask(), post.settings()).notices == (), "it is told once"


def test_a_record_that_cannot_be_written_keeps_the_mail_back(
    filled: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _full_disk_at(patch, 1)
        with pytest.raises(SaveError):
            filled.digests.mail(Ask(), post.settings())
    assert post.heard == []
    with monkeypatch.context() as patch:
        _full_disk_at(patch, 2)
        with pytest.raises(SaveError):
            filled.digests.mail(Ask(), post.settings())
    assert "dot" not in post.heard
    assert len(ids(filled.digests.mail(Ask(), post.settings()))) == 5
    assert len(post.letters) == 1


def test_a_mail_whose_sending_cannot_be_recorded_is_not_sent_twice(
    filled: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _full_disk_at(patch, 3)
        with pytest.raises(SaveError, match="the digest was sent, but the disk is full"):
            filled.digests.mail(Ask(), post.settings())
    assert len(post.letters) == 1
    assert filled.digests.mail(Ask(), post.settings()).to == ()
    assert len(post.letters) == 1


def _full_disk_at(patch: pytest.MonkeyPatch, number: int) -> None:
    """The disk is full from the `number`th line of a record on."""
    real, count = files.put, iter(range(1, 100))

    def put(descriptor: int, end: int, data: bytes) -> None:
        if next(count) >= number:
            raise OSError(28, "No space left on device")
        real(descriptor, end, data)

    patch.setattr("paperstui.usecases.digest_record.put", put)


def test_two_at_once_send_one_mail(filled: Desk, other: Desk, post: PostOffice) -> None:
    """As when somebody sends it by hand while cron does."""
    results: list[Told] = []

    def run(desk: Desk) -> None:
        results.append(desk.digests.mail(Ask(), post.settings()))

    threads = [threading.Thread(target=run, args=(desk,)) for desk in (filled, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(told.to) for told in results) == [0, 1]
    assert len(post.letters) == 1


def test_a_reader_who_takes_long_keeps_no_mail_waiting(filled: Desk, other: Desk, post: PostOffice) -> None:
    """`paperstui digest | less` is not at its end until somebody leaves it."""
    told: list[Told] = []
    filled.digests.printed(Ask(), lambda _: told.append(other.digests.mail(Ask(), post.settings())))
    assert [ids(each) for each in told] == [[f"2606.{number:05}" for number in range(5, 0, -1)]]
    assert len(post.letters) == 1


def test_names_are_mailed_apart(filled: Desk, places: Paths, post: PostOffice) -> None:
    assert len(ids(filled.digests.mail(Ask(name="best", query="upvotes:>3"), post.settings()))) == 2
    assert len(ids(filled.digests.mail(Ask(name="all"), post.settings()))) == 5
    assert sorted(path.name for path in places.digests.iterdir()) == ["all.jsonl", "best.jsonl"]


def test_mail_since_a_day_leaves_out_what_was_mailed(filled: Desk, post: PostOffice, at: At) -> None:
    filled.digests.mail(Ask(query="upvotes:>3"), post.settings())
    at("12 07:30")
    told = filled.digests.mail(Ask(since=date(2026, 6, 1)), post.settings())
    assert ids(told) == ["2606.00003", "2606.00002", "2606.00001"]
    assert sorted(mailed_papers(post)) == sorted(f"2606.{number:05}" for number in range(1, 6))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (MailSettings(), "nobody to mail to"),
        (MailSettings(to=("a@b.example",)), "there is no mail server"),
        (MailSettings(to=("a@b.example",), host="mail.example.org", security="none"), "is not this machine"),
        (MailSettings(to=("a@b.example",), sendmail="no-such-program"), "is not there"),
        (MailSettings(to=("a@b.example",), host="127.0.0.1", security="none", user="ada"), "no password for ada"),
    ],
)
def test_wrong_settings_are_told_before_anything_is_recorded(
    filled: Desk, places: Paths, settings: MailSettings, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        filled.digests.mail(Ask(), settings)
    assert not places.digests.exists()


def test_the_sender_is_the_first_receiver_if_there_is_no_other(filled: Desk, post: PostOffice) -> None:
    filled.digests.mail(Ask(), post.settings(from_="", to=("Ada <ada@example.org>", "bo@example.org")))
    assert post.letters[0]["From"] == "Ada <ada@example.org>"
    assert post.letters[0]["X-Envelope-From"] == "ada@example.org"


def test_a_password_that_fails_keeps_the_mail_back(filled: Desk, places: Paths, post: PostOffice) -> None:
    settings = post.settings(user="ada", password_command="false")  # noqa: S106 - a command
    with pytest.raises(PaperstuiError, match="printed no password"):
        filled.digests.mail(Ask(), settings)
    assert post.heard == []
    assert not places.digests.exists()


def test_a_program_instead_of_a_server(filled: Desk, places: Paths, tmp_path: Path, at: At) -> None:
    fake = tmp_path / "sendmail"
    fake.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat >> {tmp_path}/letters\n[ ! -e {tmp_path}/fail ]\n')
    fake.chmod(0o700)
    settings = MailSettings(to=("Ada Li <ada@example.org>",), from_="papers@example.org", sendmail=f"{fake} -t -i")
    assert len(ids(filled.digests.mail(Ask(), settings))) == 5
    assert (tmp_path / "words").read_text() == "-t -i\n"
    data = (tmp_path / "letters").read_bytes()
    assert b"\r" not in data
    assert b"To: Ada Li <ada@example.org>\n" in data
    at("05 07:30")
    fill(filled, item(6, day=date(2026, 6, 5), listed="2026-06-05"))
    (tmp_path / "fail").touch()
    with pytest.raises(NotSentError, match="status 1"):
        filled.digests.mail(Ask(), settings)
    (tmp_path / "fail").unlink()
    assert ids(filled.digests.mail(Ask(), settings)) == ["2606.00006"]
    assert [line["what"] for line in lines(places)] == [
        *("begun", "handed", "sent"),
        *("begun", "handed", "failed"),
        *("begun", "handed", "sent"),
    ]


def test_a_server_that_never_answers_leaves_the_mail_in_doubt(
    filled: Desk, places: Paths, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER", 0.1)
    post.fault("dot", HANG)
    with pytest.raises(UnconfirmedError):
        filled.digests.mail(Ask(), post.settings())
    assert lines(places)[-1]["what"] == "handed"
    assert len(post.letters) == 1


def test_a_month_of_digests_sends_every_paper_once(
    desk: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every day papers come and votes grow, and every third mail fails."""
    first = date(2026, 1, 1)
    sent: list[str] = []
    for number in range(30):
        day = first + timedelta(days=number)
        monkeypatch.setenv("PAPERSTUI_NOW", f"{day}T07:30:00+00:00")
        fill(desk, *(item(n, day=day, listed=day.isoformat()) for n in range(number * 3, number * 3 + 3)))
        if number % 3 == 2:
            post.fault("dot", "451 4.3.0 later")
            with pytest.raises(NotSentError):
                desk.digests.mail(Ask(top=None), post.settings())
        else:
            sent += ids(desk.digests.mail(Ask(top=None), post.settings()))
    monkeypatch.setenv("PAPERSTUI_NOW", f"{first + timedelta(days=40)}T07:30:00+00:00")
    sent += ids(desk.digests.mail(Ask(top=None), post.settings()))
    assert sorted(sent) == sorted(paper(n).id for n in range(90))
    assert sorted(mailed_papers(post)) == sorted(sent)
