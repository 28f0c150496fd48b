"""Entries parse, hold what the paper says, and have keys that differ."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from paperstui.export.bibtex import Dialect, biblatex_pieces, bibtex, pieces
from paperstui.export.tex import balanced, is_name, latex
from paperstui.models import Author, Paper
from paperstui.text.clean import clean_line
from tests.export.making import found, papers
from tests.export.reading import Entry, entries, names, shown

JUNE = int(datetime(2026, 6, 3, tzinfo=timezone.utc).timestamp())
PAPER = Paper(
    id="2606.01234",
    title=r"Tern: LLaMA with $\mathcal{O}(n\log n)$ \& 50\% less",
    text_source="arxiv",
    authors=(
        Author("Ashild Wintermolen"),
        Author("Zoë Garcíanda"),
        Author("DeepWell-AI"),
        Author("Joost van der Lind"),
    ),
    published=JUNE,
    categories=("cs.CL", "cs.LG"),
)
HOSTILE = [
    "Braces } and { and {{ unbalanced",
    r"Escaped \{ and \} and \\ and \% and \& too",
    "R&D at 100% of $5, $10 and #1_final ~ ^",
    "O'Brien's \"quoted\" 'title' `code`",
    "@article{evil, title = {x}}",
    "Title,\n}\n@misc{second,",
    "$unclosed formula",
    r"$\left\{ x \right.$ and $a}b$",
    r"trailing \\",
    "trailing \\",
    r"\emph{never closed",
    r"\undefined{command} \input{/etc/passwd} \write18{ls}",
    "a & b \\& c \\\\& d",
    "%comment\n%more",
    "{" * 200,
    "}" * 200,
    r"\emph{" * 100,
    r"\'" * 50,
    "",
]


def entry(paper: Paper, **options: str) -> Entry:
    (found,) = entries(bibtex(paper, **options))  # type: ignore[arg-type]
    return found


def test_an_entry_says_what_the_paper_says() -> None:
    assert bibtex(PAPER) == (
        "@misc{wintermolen2026tern,\n"
        "  title         = {Tern: {LLaMA} with {$\\mathcal{O}(n\\log n)$} \\& 50\\% less},\n"
        "  author        = {Wintermolen, Ashild and Garc{\\'i}anda, Zo{\\\"e} and {DeepWell-AI} and "
        "van der Lind, Joost},\n"
        "  year          = {2026},\n"
        "  month         = jun,\n"
        "  eprint        = {2606.01234},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass  = {cs.CL},\n"
        "  doi           = {10.48550/arXiv.2606.01234},\n"
        "  url           = {https://arxiv.org/abs/2606.01234},\n"
        "}\n"
    )


def test_biblatex_has_its_own_fields_and_utf_8() -> None:
    found = entry(PAPER, dialect="biblatex")
    assert found.kind == "online"
    assert found.fields["author"].startswith("Wintermolen, Ashild and Garcíanda, Zoë and {DeepWell-AI}")
    assert found.fields["date"] == "2026-06-03"
    assert found.fields["eprinttype"] == "arxiv"
    assert found.fields["eprintclass"] == "cs.CL"
    assert not {"year", "month", "archivePrefix", "primaryClass"} & set(found.fields)


def test_what_is_not_known_is_left_out() -> None:
    paper = Paper(id="title:0123456789abcdef", title="An Untraced Paper")
    assert bibtex(paper) == "@misc{anonuntraced,\n  title = {An Untraced Paper},\n}\n"
    assert entry(replace(paper, listed="2025-01-02")).fields == {"title": "An Untraced Paper", "year": "2025"}


@pytest.mark.parametrize(
    ("paper_id", "year"), [("2512.00001", "2025"), ("hep-th/9901001", "1999"), ("math.GT/0309136", "2003")]
)
def test_without_a_date_the_id_tells_the_year(paper_id: str, year: str) -> None:
    found = entry(Paper(id=paper_id, title="Knots"))
    assert found.fields["year"] == year
    assert found.fields["url"] == f"https://arxiv.org/abs/{paper_id}"
    assert "month" not in found.fields


def test_hidden_authors_are_not_named() -> None:
    paper = replace(PAPER, authors=(Author("Hidden Person", hidden=True), Author("Shown Person")))
    assert entry(paper).fields["author"] == "Person, Shown"
    assert entry(paper).key == "person2026tern"


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("source", ["arxiv", "hf"])
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_hostile_titles_and_names_stay_in_their_fields(title: str, source: str, dialect: str) -> None:
    paper = replace(PAPER, title=title, text_source=source, authors=(Author(title), Author("Ada Person")))
    found = entry(paper, dialect=dialect)
    expected = {"title", "author", "eprint", "doi", "url"}
    assert expected <= set(found.fields)
    assert names(found.fields["author"])[-1] == "Person, Ada"


@pytest.mark.parametrize(
    "title", ["O'Brien's \"test\" of R&D: 100% #1_2 ~ a*b", "a} \\b {c", "back\\word <tag> | @home", "}{", "$5 or 10 $"]
)
def test_text_without_formulas_comes_back_as_it_was(title: str) -> None:
    assert shown(latex(title, ascii_accents=False)) == title


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80), st.booleans(), st.booleans())
def test_any_text_is_one_balanced_value(text: str, bare: bool, ascii_accents: bool) -> None:
    for protect in (False, True):
        assert balanced(latex(text, bare=bare, protect=protect, ascii_accents=ascii_accents))


@given(st.text(alphabet="{}$\\%&#_^~ab'\"ckiL[]()-` \n", max_size=60), st.booleans())
def test_anything_that_looks_like_latex_is_one_balanced_value(text: str, bare: bool) -> None:
    paper = replace(PAPER, title=text, text_source="hf" if bare else "arxiv", authors=(Author(text or "x"),))
    (found,) = entries(bibtex(paper))
    assert found.fields["eprint"] == PAPER.id
    # Outside of formulas nothing is left that LaTeX would take for a comment, a parameter or a column.
    plain = found.fields["title"]
    for at, char in enumerate(plain):
        if char in "%#&":
            assert plain[at - 1] == "\\"


@given(st.lists(st.text(alphabet="abcÄéłøß ,.'-{}$\\&0I", max_size=20), max_size=4))
def test_each_name_stays_one_name(authors: list[str]) -> None:
    cleaned = [name for name in map(clean_line, authors) if name]
    paper = replace(PAPER, authors=tuple(map(Author, cleaned)))
    field = entry(paper).fields.get("author", "")
    assert len(names(field)) == max(1, len(cleaned))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"Schr\"odinger and H\"{o}lder", r"Schr{\"{o}}dinger and H{\"{o}}lder"),
        ("Müller, Łódź, Đặng", r"M{\"u}ller, {\L}{\'o}d{\'z}, {\DJ}{\u{\d{a}}}ng"),
        (r"$W-δ$ codes", r"{$W-\delta$} codes"),
        (r"\textsc{Canto}: \emph{x}", r"\textsc{Canto}: \emph{x}"),
        ("between $5 and $10", r"between \$5 and \$10"),
        (r"\k{appa} = 1", r"{$\kappa$} = 1"),
        (r"a $\unicode{x2014}$ b", "a --- b"),
        (r"\ours{} wins", r"\textbackslash{}ours{} wins"),
        (r"on $\{0,1\}^n$", r"on {$\lbrace 0,1\rbrace ^n$}"),
        ("“Why” – 3×5 ≤ α²", r"``Why'' -- 3{$\times$}5 {$\leq$} {$\alpha$}{$^2$}"),
        ("南宫若兰 🥭", "南宫若兰 🥭"),
        (r"\href{https://example.org}{this page}", "{this page}"),
    ],
)
def test_source_text_becomes_latex_that_compiles(source: str, expected: str) -> None:
    assert latex(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("G_{stack} at 10^{-3} and tau_0", r"{$G_{stack}$} at {$10^{-3}$} and {$\tau_0$}"),
        ("nabla^2DFT is 2times faster", r"{$\nabla^2$}DFT is 2{$\times$} faster"),
        ("snake_case and max_new_tokens", r"snake\_case and max\_new\_tokens"),
        ("see https://example.org/a_1", r"see https://example.org/a\_1"),
        ("R^{d times d}", r"{$R^{d \times d}$}"),
        ("mathcal{O}(n) of texttt{D}", r"{$\mathcal{O}$}(n) of \texttt{D}"),
        (r"costs \38 more", r"costs \$38 more"),
        ("alpha and the times", "alpha and the times"),
        (r"in $\mathcal{O}(n\log n)$ for $5 of tau_0", r"in {$\mathcal{O}(n\log n)$} for \$5 of {$\tau_0$}"),
    ],
)
def test_stripped_formulas_become_formulas_again(source: str, expected: str) -> None:
    assert latex(source, bare=True) == expected


@pytest.mark.parametrize("word", ["LLaMA", "3D", "GPT-4o", "Q-Learning", "iPhone", "O'Brien", "II", "X", "MoS"])
def test_names_keep_their_capitals(word: str) -> None:
    assert is_name(word)
    assert latex(f"On {word}: a", protect=True) == f"On {{{word}}}: a"


@pytest.mark.parametrize("word", ["Attention", "Text-to-Image", "A", "I", "Low-Rank", "of", "2026", "Élan"])
def test_ordinary_words_are_left_to_the_style(word: str) -> None:
    assert latex(f"On {word}", protect=True, ascii_accents=False) == f"On {word}"


def test_a_bibliography_holds_papers_in_their_order_with_keys_that_differ() -> None:
    second = replace(PAPER, id="2606.00009")
    text = "".join(pieces(found(PAPER, second)))
    assert [one.fields["eprint"] for one in entries(text)] == [PAPER.id, second.id]
    assert [one.key for one in entries(text)] == ["wintermolen2026terna", "wintermolen2026tern"]
    assert "\n}\n\n@misc{" in text
    assert [one.kind for one in entries("".join(biblatex_pieces(found(PAPER, second))))] == ["online", "online"]
    assert "".join(pieces([])) == ""


@given(papers(5), st.sampled_from(["bibtex", "biblatex"]))
def test_another_program_reads_every_entry(some: list[Paper], dialect: Dialect) -> None:
    text = "".join(pieces(found(*some), dialect=dialect))
    library = parse_string(text, parse_stack=[RemoveEnclosingMiddleware()])
    assert library.failed_blocks == []
    assert library.comments == []
    assert len(library.entries) == len(some)
    for read, ours in zip(library.entries, entries(text), strict=True):
        assert read.key == ours.key
        assert {field.key: field.value for field in read.fields} == ours.fields


def test_the_tests_know_a_broken_entry() -> None:
    """The judge itself must be able to say no."""
    good = bibtex(PAPER)
    for bad in (
        good.replace("}},", "},", 1).replace("50\\%", "50\\%}"),
        good.replace("@misc{", "@misc{ö"),
        good + "junk",
    ):
        with pytest.raises(ValueError, match=r"here|goes on|does not end"):
            entries(bad)
