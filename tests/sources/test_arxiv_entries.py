from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from paperstui.models import UNTITLED, Author, Paper
from paperstui.sources.arxiv_entries import feed_day, read_announcement, read_entry
from paperstui.sources.feed_xml import children, parse, said_error
from paperstui.sources.items import UnreadableError
from tests.text.test_clean import assert_clean

ATOM = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
FIELDS = {
    "id": "http://arxiv.org/abs/2606.01234v2",
    "title": "On\n  $x$",
    "summary": "  One line\nwrapped.\n  A paragraph.",
    "published": "2026-06-01T17:59:46Z",
    "updated": "2026-06-03T10:00:00Z",
}


def entry(more: str = "", **fields: str) -> Paper:
    given = "".join(f"<{name}>{value}</{name}>" for name, value in (FIELDS | fields).items() if value)
    return read_entry(parse(f"<entry {ATOM}>{given}{more}</entry>".encode()))


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_what_an_entry_tells() -> None:
    paper = entry(
        "<author><name>Ada Li</name><arxiv:affiliation>Here</arxiv:affiliation><arxiv:affiliation>There</arxiv:affiliation>"
        "</author><author><name>José Álvarez</name></author><author><name> </name></author>"
        '<category term="cs.AI"/><category term="cs.CL"/><category term="68T50"/>'
        '<arxiv:primary_category term="cs.CL"/><arxiv:comment>20 pages,\n  3 figures</arxiv:comment>'
        "<arxiv:journal_ref>J. 1</arxiv:journal_ref><arxiv:doi>10.1/x</arxiv:doi>"
    )
    assert paper == Paper(
        id="2606.01234",
        title="On $x$",
        abstract="One line wrapped.\nA paragraph.",
        text_source="arxiv",
        authors=(Author("Ada Li", affiliation="Here; There"), Author("José Álvarez")),
        published=seconds("2026-06-01T17:59:46+00:00"),
        categories=("cs.CL", "cs.AI"),
        version=2,
        version_at=seconds("2026-06-03T10:00:00+00:00"),
        remark="20 pages, 3 figures",
        journal="J. 1",
        doi="10.1/x",
    )


@pytest.mark.parametrize(
    ("said", "paper_id", "version"),
    [
        ("http://arxiv.org/abs/quant-ph/0201082v1", "quant-ph/0201082", 1),
        ("http://arxiv.org/abs/math.GT/0309136v3", "math.GT/0309136", 3),
        ("https://arxiv.org/abs/0704.0001", "0704.0001", None),
        ("http://arxiv.org/abs/1605.08386v12", "1605.08386", 12),
    ],
)
def test_ids_old_and_new(said: str, paper_id: str, version: int | None) -> None:
    paper = entry(id=said)
    assert (paper.id, paper.version) == (paper_id, version)


@pytest.mark.parametrize("said", ["", "http://arxiv.org/api/errors#x", "http://arxiv.org/abs/../../etc", "x" * 9000])
def test_without_an_id_it_is_none(said: str) -> None:
    with pytest.raises(UnreadableError):
        entry(id=said)


def test_what_is_not_said_is_not_known() -> None:
    paper = entry(title="", summary="", published="", updated="")
    assert (paper.title, paper.abstract, paper.published, paper.version_at) == (UNTITLED, "", None, None)
    assert (paper.authors, paper.categories, paper.withdrawn) == ((), (), "")
    odd = entry(published="yesterday", updated="9999-99-99T00:00:00Z")
    assert (odd.published, odd.version_at) == (None, None)


@pytest.mark.parametrize(
    "remark",
    [
        "This paper has been withdrawn by the authors",
        "Withdrawn; superseded by arXiv:2405.13351",
        "The article was withdrawn due to an error in Section 4",
        "withdrawn by arXiv administrators",
        "6 pages. The paper is being withdrawn",
        "Retracted",
    ],
)
def test_a_withdrawn_paper_says_so_in_its_comments(remark: str) -> None:
    assert entry(f"<arxiv:comment>{remark}</arxiv:comment>").withdrawn == "2026-06-03"


@pytest.mark.parametrize("remark", ["20 pages", "On withdrawn papers", "Replaces the withdrawn arXiv:2405.13351", ""])
def test_a_paper_may_be_about_that(remark: str) -> None:
    assert entry(f"<arxiv:comment>{remark}</arxiv:comment>", summary="Withdrawn papers are few.").withdrawn == ""


def test_old_papers_say_it_in_the_abstract() -> None:
    assert entry(summary="This paper has been withdrawn by the author.").withdrawn == "2026-06-03"


RSS = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
ITEM = {
    "guid": "oai:arXiv.org:2606.01234v1",
    "title": "On $x$",
    "description": "arXiv:2606.01234v1 Announce Type: new \nAbstract: For $p&lt;q$ and &lt;think&gt; tokens.",
    "pubDate": "Thu, 04 Jun 2026 00:00:00 -0400",
    "arxiv:announce_type": "new",
    "dc:creator": "Ada Li",
}


def item(more: str = "", **fields: str) -> Any:
    given = ITEM | {
        name.replace("_", ":", 1) if name.startswith(("dc_", "arxiv_")) else name: value
        for name, value in fields.items()
    }
    text = "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value)
    return read_announcement(parse(f"<item {RSS}>{text}{more}</item>".encode()))


def test_what_an_item_of_a_list_tells() -> None:
    found = item(
        "<category>cs.CL</category><category>cs.AI</category><dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>"
        "<arxiv:DOI>10.1/x</arxiv:DOI><arxiv:journal_reference>J. 1</arxiv:journal_reference>"
    )
    assert (found.kind, found.day, found.is_listing) == ("new", "2026-06-04", True)
    midnight = seconds("2026-06-04T00:00:00+00:00")
    assert found.paper == Paper(
        id="2606.01234",
        title="On $x$",
        abstract="For $p<q$ and <think> tokens.",
        text_source="arxiv",
        authors=(Author("Ada Li"),),
        published=midnight,
        categories=("cs.CL", "cs.AI"),
        version=1,
        version_at=midnight,
        journal="J. 1",
        doi="10.1/x",
        license="http://creativecommons.org/licenses/by/4.0/",
    )


def test_a_new_version_was_not_published_on_that_day() -> None:
    found = item(guid="oai:arXiv.org:2606.01234v3", arxiv_announce_type="replace")
    assert (found.is_listing, found.paper.version, found.paper.published) == (False, 3, None)
    assert found.paper.version_at == seconds("2026-06-04T00:00:00+00:00")
    cross = item(arxiv_announce_type="cross")
    assert (cross.is_listing, cross.paper.published, cross.paper.version_at) == (True, None, None)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"arxiv_announce_type": ""}, "new"),
        ({"arxiv_announce_type": "replace-cross"}, "replace-cross"),
        ({"arxiv_announce_type": "absonly"}, "replace"),
        ({"arxiv_announce_type": "", "description": "Only words."}, "replace"),
    ],
)
def test_how_it_is_announced(fields: dict[str, str], kind: str) -> None:
    assert item(**fields).kind == kind


def test_the_abstract_is_what_follows_the_head() -> None:
    assert item(description="Only words.").paper.abstract == "Only words."
    assert (
        item(description="arXiv:hep-th/9901001v2 Announce Type: replace-cross \nAbstract: Words.").paper.abstract
        == "Words."
    )
    assert item(description="").paper.abstract == ""


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("Ada Li, Bob Ng", [("Ada Li", ""), ("Bob Ng", "")]),
        ("Ratna Kandala,  Deepti, Eve", [("Ratna Kandala", ""), ("Deepti", ""), ("Eve", "")]),
        ("Ada Li (Here, There (old)), Bob", [("Ada Li", "Here, There (old)"), ("Bob", "")]),
        ("Ada Li (Here, Bob", [("Ada Li", "Here"), ("Bob", "")]),
        (r"Paulo Andr\'e de Castro, J\&quot;org M\&quot;uller", [("Paulo André de Castro", ""), ("Jörg Müller", "")]),
        (") , ,,", [(")", "")]),
        ("", []),
    ],
)
def test_the_names_of_a_list(names: str, found: list[tuple[str, str]]) -> None:
    assert [(author.name, author.affiliation) for author in item(dc_creator=names).paper.authors] == found


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Mon, 27 Apr 2026 00:00:00 -0400", "2026-04-27"),
        ("Sat, 03 Jan 2026 00:00:00 -0500", "2026-01-03"),
        ("2025-08-20T00:00:00-04:00", "2025-08-20"),
        ("2026-13-40T00:00:00Z", ""),
        ("soon", ""),
        ("", ""),
        ("Mon, 99 Apr 2026 00:00:00", ""),
    ],
)
def test_the_day_of_a_list(said: str, day: str) -> None:
    assert feed_day(said) == day


def test_hostile_text_is_cleaned() -> None:
    bad = "&#x202e;A\u009b31m\u200b\u0316\u0316\u0316\u0316\u0316\u0316"
    paper = entry(
        f"<author><name>{bad}</name></author><arxiv:comment>{bad}</arxiv:comment><arxiv:doi>{bad}</arxiv:doi>"
        f"<arxiv:journal_ref>{bad}</arxiv:journal_ref><category term='{bad}'/>",
        title=bad,
        summary=bad,
    )
    for text in (paper.title, paper.abstract, paper.remark, paper.doi, paper.journal, paper.authors[0].name):
        assert_clean(text)
    assert paper.categories == ()
    assert item(f"<dc:rights>javascript:alert(1)</dc:rights><category>{bad}</category>").paper.license == ""


def test_every_recorded_answer_is_read_whole(shared: Path) -> None:
    counts = {}
    for path in sorted((shared / "arxiv" / "api").glob("*.xml")):
        root = parse(path.read_bytes())
        if said_error(root):
            assert (path.name, said_error(root)) == ("id_malformed_400_error.xml", "incorrect id format for abc")
            continue
        raw = path.read_text("utf-8")
        papers = [read_entry(each) for each in children(root, "entry")]
        counts[path.name] = len(papers)
        for paper in papers:
            assert paper.title not in ("", UNTITLED)
            assert paper.abstract
            assert paper.authors
            assert None not in (paper.published, paper.version, paper.version_at)
            assert paper.categories
        assert sum(len(paper.authors) for paper in papers) == raw.count("<name>")
        assert sum(bool(paper.remark) for paper in papers) == raw.count("<arxiv:comment")
        assert sum(bool(paper.doi) for paper in papers) == raw.count("<arxiv:doi")
        assert sum(bool(paper.journal) for paper in papers) == raw.count("<arxiv:journal_ref")
        assert sum(bool(author.affiliation) for paper in papers for author in paper.authors) == raw.count(
            "<arxiv:affiliation"
        )
        primary = [paper.categories[0] for paper in papers]
        assert primary == [
            each.get("term") for entry in children(root, "entry") for each in children(entry, "primary_category")
        ]
    assert sum(counts.values()) == 143
    assert counts["query_testing_start0_max100.xml"] == 100
    assert counts["id_not_found_200_empty.xml"] == 0


def test_every_recorded_list_is_read_whole(shared: Path) -> None:
    kinds = []
    for path in sorted((shared / "arxiv" / "rss").glob("*.xml")):
        root = parse(path.read_bytes())
        head = next(children(root, "channel"), root)
        day = path.name.split("_")[2]
        for each in [*children(head, "item"), *children(head, "entry")]:
            found = read_announcement(each)
            paper = found.paper
            assert found.day == day
            assert paper.title not in ("", UNTITLED)
            assert paper.abstract
            assert not paper.abstract.startswith("arXiv:")
            assert paper.authors
            assert paper.categories
            assert paper.version == 1
            assert paper.license.startswith("http://")
            assert not any("\\" in author.name for author in paper.authors)
            kinds.append(found.kind)
    assert (kinds.count("new"), kinds.count("cross")) == (8, 5)
