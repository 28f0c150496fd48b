from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from paperstui.export.digest.content import headline, intro, moment, remarks, story
from paperstui.models import Author, Organization
from paperstui.text.clean import safe_url
from tests.export.digest.samples import DOUBT, detail, digest
from tests.hostile_papers import past_the_door


def test_a_story_says_what_the_paper_is() -> None:
    found = story(detail())
    assert found.title == "Paper 1: a bound of O(n²)"
    assert found.url == "https://arxiv.org/abs/2606.00001"
    assert found.people == "UC Berkeley · Ada Li, Bo Chen, José Álvarez and 2 more"
    assert found.counts == "▲ 1,234 · 1 comment"
    assert found.text == "We show that paper 1 is right. It holds, e.g. for n > 3.5."
    assert [(link.name, link.url) for link in found.links] == [
        ("arXiv", "https://arxiv.org/abs/2606.00001"),
        ("Hugging Face", "https://huggingface.co/papers/2606.00001"),
        ("Code", "https://github.com/ada/paper"),
        ("Project", "https://ada.example.org/(paper)"),
    ]


def test_links_to_hugging_face_lead_where_it_is() -> None:
    urls = [link.url for link in story(detail(), "https://mirror.example.org").links]
    assert "https://mirror.example.org/papers/2606.00001" in urls


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"authors": (Author("Ada Li"),), "organization": None}, "Ada Li"),
        ({"authors": (), "organization": None}, ""),
        ({"authors": ()}, "UC Berkeley"),
        ({"authors": (), "author_count": 1, "organization": None}, "1 author"),
        ({"authors": (), "author_count": 7}, "UC Berkeley · 7 authors"),
        ({"authors": (Author("Ada"), Author("Bo", hidden=True)), "organization": Organization("x")}, "x · Ada"),
        ({"authors": tuple(map(Author, "abcd")), "organization": None}, "a, b, c and 1 more"),
        ({"authors": (Author("Ada"),), "author_count": 1_200, "organization": None}, "Ada and 1,199 more"),
    ],
)
def test_people(changes: dict[str, Any], said: str) -> None:
    assert story(detail(**changes)).people == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"upvotes": None, "comments": None}, ""),
        ({"upvotes": 0, "comments": 0}, "▲ 0"),
        ({"upvotes": None, "comments": 2}, "2 comments"),
        ({"upvotes": 5, "comments": None}, "▲ 5"),
    ],
)
def test_counts(changes: dict[str, Any], said: str) -> None:
    assert story(detail(**changes)).counts == said


def test_without_an_abstract_there_is_the_summary() -> None:
    assert story(detail(abstract="", summary="It is short. Very much so. Really.")).text == "It is short. Very much so."
    assert story(detail(abstract="", summary="")).text == ""


def test_a_paper_without_an_arxiv_id_leads_to_its_search() -> None:
    found = story(detail(id="title:0123456789abcdef", title="Known by name", code_url="", project_url=""))
    assert found.url == "https://huggingface.co/papers?q=Known%20by%20name"
    assert [link.name for link in found.links] == ["Hugging Face"]


def test_only_web_addresses_become_links() -> None:
    for url in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user@host.example/",
        'https://x.example/"onclick=',
    ):
        found = story(detail(code_url=url, project_url=url))
        assert [link.name for link in found.links] == ["arXiv", "Hugging Face"]


def test_what_strangers_wrote_is_a_line_without_controls() -> None:
    for item in past_the_door():
        found = story(
            detail(**{name: getattr(item.paper, name) for name in ("title", "abstract", "authors", "code_url")})
        )
        for text in (found.title, found.people, found.text):
            assert "\n" not in text
            assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)
        assert found.title
        assert all(safe_url(link.url) for link in found.links)


def test_the_lines_around_the_stories() -> None:
    one = digest()
    assert headline(one) == "1 new paper"
    assert intro(one) == "since Wed 3 Jun 2026, 07:30 UTC"
    two = digest(detail(1), detail(2), query="cat:cs.CL -survey", found=1_234, doubts=(DOUBT,))
    assert headline(two) == "1,234 new papers"
    assert intro(two) == "since Wed 3 Jun 2026, 07:30 UTC · for cat:cs.CL -survey · most upvoted first"
    rest, doubt = remarks(two)
    assert rest == ("1,232 more new papers are not shown; this prints all:", two.rest)
    words, command = doubt
    assert words.startswith("The digest of Wed 3 Jun 2026, 07:30 UTC with 12 papers may not have reached you: ")
    assert command == DOUBT.command
    assert list(remarks(one)) == []


def test_a_moment() -> None:
    assert moment(datetime(2026, 12, 31, 23, 5, tzinfo=timezone.utc)) == "Thu 31 Dec 2026, 23:05 UTC"


def test_a_paper_without_a_title_has_its_id() -> None:
    assert story(detail(title="\x1b[31m")).title == "2606.00001"
