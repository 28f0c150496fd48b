from __future__ import annotations

from collections.abc import Collection

from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.facts import facts_of
from paperstui.draw.ink import address_of, carried
from paperstui.draw.lines import Line, line_width, plain
from paperstui.draw.linked import linked_lines
from paperstui.models import Discussion, Paper, Repo, Similar
from tests.draw.samples import PAPERS, detail, paper

REPOS = (
    Repo("model", "lab/model-base", 12, 34_567, "text-generation", gated=True),
    Repo("dataset", "lab/corpus", 3, 10),
    Repo("space", "lab/demo", 7),
)


def lines_of(
    given_paper: Paper, discussion: Discussion | None = None, here: Collection[str] = (), cells: int = 80
) -> list[Line]:
    return linked_lines(facts_of(detail(given_paper)), given_paper, discussion, here, cells)


def test_repositories_by_hand() -> None:
    found = Discussion(paper="2506.01234", at=1, repos=REPOS, models=12, datasets=1, spaces=1)
    lines = lines_of(paper(), found)
    text = [plain(line) for line in lines]
    start = text.index("Models  1 of 12  g m opens the first")
    assert text[start:] == [
        "Models  1 of 12  g m opens the first",
        "lab/model-base  ♥ 12  ↓ 34,567  gated  text-generation",
        "",
        "Datasets  1",
        "lab/corpus  ♥ 3  ↓ 10",
        "",
        "Spaces  1",
        "lab/demo  ♥ 7",
    ]
    addresses = [address_of(ink) for line in lines for _, ink in line if address_of(ink)]
    assert addresses[-3:] == [
        "https://huggingface.co/lab/model-base",
        "https://huggingface.co/datasets/lab/corpus",
        "https://huggingface.co/spaces/lab/demo",
    ]


def test_until_it_is_asked_for_what_the_library_has_is_shown() -> None:
    text = [plain(line) for line in lines_of(paper(repos=REPOS, models=4, datasets=1, spaces=1))]
    assert "Models  1 of 4  g m opens the first" in text
    unknown = Discussion(paper="2506.01234", at=1, known=False)
    assert "Models  1 of 4  g m opens the first" in [
        plain(line) for line in lines_of(paper(repos=REPOS, models=4), unknown)
    ]


def test_similar_papers_are_marked_where_they_are_here() -> None:
    found = Discussion(paper="x", at=1, similar=(Similar("2401.00001", "One"), Similar("2401.00002", ""),))  # fmt: skip
    lines = lines_of(paper(), found, {"2401.00001"})
    assert [plain(line) for line in lines[-3:]] == [
        "Similar papers  2, 1 here  M p lists them",
        "● One",
        "○ 2401.00002",
    ]
    assert [carried(ink, "paper") for line in lines for _, ink in line if carried(ink, "paper")] == [
        "2401.00001",
        "2401.00002",
    ]


@given(PAPERS, st.integers(14, 100), st.lists(st.text("ab/-. 量", min_size=1, max_size=90), max_size=4))
def test_no_line_is_wider_than_the_column(given_paper: Paper, cells: int, names: list[str]) -> None:
    found = Discussion(
        paper="x",
        at=1,
        repos=tuple(Repo("model", name, 1, 2, name) for name in names),
        models=99,
        similar=tuple(Similar(f"2401.0000{at}", name) for at, name in enumerate(names)),
    )
    assert all(line_width(line) <= max(cells, 24) for line in lines_of(given_paper, found, (), cells))
