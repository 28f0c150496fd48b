"""The key that shows the LaTeX source, and mathematics as the settings say, wherever the reader shows text."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from paperstui.config import Mode, Settings
from paperstui.demo.fulltext import markdown
from paperstui.documents.blocks import Equation
from paperstui.documents.flow import Place
from paperstui.documents.markdown import markdown_blocks
from paperstui.draw.row import title_shown
from paperstui.models import Discussion
from paperstui.paths import Paths
from paperstui.text import mathematics
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.usecases import Desk
from tests.library.making import AT, item, items
from tests.tui.reading import Reading, open_desk, reading
from tests.tui.texts import open_text, text_desk, top
from tests.waiting import wait_for

TITLE = r"Sorting in $\mathcal{O}(n\log n)$ for $\alpha\beta$-trees"
ABSTRACT = r"For $x \in \mathbb{R}^d$ of Schr\"odinger, \textbf{3$\times$} faster."
SHOWN: dict[Mode, tuple[str, str]] = {
    "unicode": ("Sorting in 𝒪(n log n) for αβ-trees", "For x ∈ ℝᵈ of Schrödinger, 3× faster."),
    "ascii": ("Sorting in O(n log n) for alpha beta-trees", "For x in R^d of Schrödinger, 3x faster."),
    "raw": (TITLE, ABSTRACT),
}


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    """A desk over papers of which the first two have formulas."""
    opened = open_desk(places)
    formulas = {"title": TITLE, "abstract": ABSTRACT, "text_source": "arxiv"}
    first = [item(number, rank=number, upvotes=90 - number, **formulas) for number in (1, 2)]
    opened.library.upsert([*first, *items(30)[2:]], AT)
    opened.library.mark_period("daily", "2026-06-04", at=AT, complete=True, papers=30)
    yield opened
    opened.close()


@pytest.mark.parametrize("mode", SHOWN)
async def test_list_and_pane_show_what_the_settings_say(desk: Desk, mode: Mode) -> None:
    title, abstract = SHOWN[mode]
    async with reading(desk, settings=Settings(math=mode), size=(160, 40)) as running:
        assert running.text.count(title) == 3  # twice in the list
        assert abstract in running.text
        row = running.screen.papers.paper
        assert row is not None
        assert title_shown(row) == title


@pytest.mark.parametrize(("mode", "other"), [("unicode", "raw"), ("ascii", "raw"), ("raw", "unicode")])
async def test_the_key_turns_between_source_and_rendering(desk: Desk, mode: Mode, other: Mode) -> None:
    async with reading(desk, settings=Settings(math=mode), size=(160, 40)) as running:
        for keys, shown in ((("$",), other), (("$",), mode), (("enter", "$"), other), (("$",), mode)):
            await running.press(*keys)
            title, abstract = SHOWN[shown]
            assert running.text.count(title) >= 2
            assert abstract in running.text
            assert SHOWN[other if shown == mode else mode][0] not in running.text
            said = "Formulas are shown as LaTeX" if shown == "raw" else "Formulas are rendered"
            assert said in running.line
        assert running.screen.source.standing("") == ""


async def test_it_goes_on_with_other_papers_and_is_said_all_the_while(desk: Desk) -> None:
    async with reading(desk, size=(160, 40)) as running:
        await running.press("$", "j")
        assert ABSTRACT in running.text
        running.screen.hush()
        await running.press("k")
        assert "LaTeX source · " in running.line
        assert "LaTeX source" not in (await _turned(running)).line


async def _turned(running: Reading) -> Reading:
    await running.press("$")
    running.screen.hush()
    await running.press("j")
    return running


async def test_what_changed_follows(desk: Desk) -> None:
    earlier = item(
        1, upvotes=89, title=TITLE.replace("alpha", "gamma"), abstract=ABSTRACT, text_source="arxiv", version=1
    )
    desk.library.upsert([earlier], AT)
    later = item(1, upvotes=89, title=TITLE, abstract=ABSTRACT, text_source="arxiv", version=2)
    desk.library.upsert([later], AT)
    async with reading(desk, size=(160, 40)) as running:
        await running.press("d")
        assert "γ" in running.text
        await running.press("$")
        assert r"$\gamma\beta$-trees" in running.text
        assert running.screen.changes.shown


async def test_comments_follow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperstui.models import Comment

    found = Discussion(
        paper="2506.00001",
        at=AT,
        known=True,
        comments=(Comment(id="a", text="We need $x_i \\le \\alpha$ here.", depth=0),),
    )
    monkeypatch.setattr(desk.discussing, "kept", lambda _: found)
    async with reading(desk) as running:
        await running.press("enter", "l", "l")
        await running.see("We need xᵢ ≤ α here.")
        await running.press("$")
        await running.see(r"We need $x_i \le \alpha$ here.")
        await running.press("$")
        await running.see("We need xᵢ ≤ α here.")


TEXT = "\n\n".join(
    [
        r"# On $\alpha$-nets",
        "\n\n".join(
            rf"Paragraph {n} says that $x_{{{n}}} \in \mathbb{{R}}^d$ holds for the words of this sentence."
            for n in range(60)
        ),
        r"## The $\ell_2$ norm",
        "$$\n\\mathcal{L}(\\theta) = \\sum_{i=1}^N \\|y_i\\|_2\n$$ (1)",
        "| $a$ | b |\n| --- | --- |\n| $\\beta^2$ | 1 |",
        "\n\n".join(f"Further {n} of $\\gamma_{{{n}}}$ and more." for n in range(40)),
    ]
)


@pytest.fixture
async def texts(places: Paths) -> AsyncIterator[Desk]:
    """A desk whose papers have a text with formulas."""
    opened = text_desk(places, markdown_blocks(TEXT))
    yield opened
    opened.close()


def whole(screen: FullTextScreen) -> str:
    flow = screen.view.flow
    return "\n".join(map(flow.text, range(len(flow.lines))))


async def test_a_text_shows_its_source_and_stays_where_it_is(texts: Desk) -> None:
    async with reading(texts) as running:
        screen = await open_text(running)
        await running.press("space", "j", "j")
        while not top(screen):
            await running.press("j")
        place, words = screen.view.place, top(screen)
        await running.press("$")
        await wait_for(lambda: screen.view.whole, "the text")
        assert screen.view.place.block == place.block
        assert top(screen).split()[:2] == words.split()[:2]
        said = whole(screen)
        assert r"$x_{7} \in \mathbb{R}^d$" in said
        assert r"\mathcal{L}(\theta) = \sum_{i=1}^N \|y_i\|_2" in said
        assert r"$\beta^2$" in said
        assert not any(sign in said for sign in "∈ℝθβαγ")
        assert "LaTeX source · " in running.text
        assert "Formulas are shown as LaTeX; $ renders them." in running.text
        await running.press("$")
        await wait_for(lambda: screen.view.whole, "the text")
        assert screen.view.place == place
        assert "x₇ ∈ ℝᵈ" in whole(screen)


async def test_a_long_text_is_turned_where_one_reads(places: Paths) -> None:
    desk = text_desk(places, markdown_blocks(markdown(300_000)))
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("G", "ctrl+u", "ctrl+u")
        while screen.view.flow.place(screen.view.top).block == screen.view.flow.place(screen.view.top - 1).block:
            await running.press("k")
        block = screen.view.place.block
        for _ in range(3):
            await running.press("$")
            await wait_for(lambda: screen.view.whole, "the text")
            assert screen.view.place.block == block
            assert screen.view.flow.place(screen.view.top).block == block
        # Quicker than it can be laid out: the last key counts.
        await running.pilot.press("$", "$", "$")
        await running.settle()
        await wait_for(lambda: screen.view.whole, "the text")
        assert "$" not in whole(screen)
        assert not mathematics.source_shown()
        assert screen.view.place.block == block
    desk.close()


async def test_hits_and_outline_are_those_of_what_is_shown(texts: Desk) -> None:
    async with reading(texts) as running:
        screen = await open_text(running)
        await running.press("/", *"Further", "enter")
        assert len(screen.view.hits) == 40
        assert [section.title for section in screen.view.flow.sections] == ["On α-nets", "The ℓ₂ norm"]
        await running.press("$")
        await wait_for(lambda: screen.view.whole, "the text")
        assert [section.title for section in screen.view.flow.sections] == [r"On $\alpha$-nets", r"The $\ell_2$ norm"]
        lines = {hit[0].line for hit in screen.view.hits}
        assert len(lines) == 40
        assert all("Further" in screen.view.flow.text(line) for line in lines)
        await running.press("n")
        assert "Further" in screen.view.flow.text(screen.view.hits[screen.view.hit][0].line)


async def test_places_are_kept_as_those_of_the_rendering(texts: Desk) -> None:
    async with reading(texts) as running:
        screen = await open_text(running)
        await running.press("$", "]", "space")
        assert screen.document is not None
        rendered = screen.written.kept(screen.view.place)
        paper, source = screen.paper.id, screen.document.source
        await running.press("q")
        await wait_for(lambda: texts.places.get(paper, source) == rendered, "the place on disk")
        again = await open_text(running, "enter")
        assert again.view.place.block == rendered.block
        assert "$" in whole(again)
        await running.press("$")
        await wait_for(lambda: again.view.whole, "the text")
        assert again.view.place == again.written.kept(again.view.place)
        assert again.view.place.block == rendered.block
        await running.press("q")
        assert not mathematics.source_shown()


async def test_one_goes_back_to_the_place_in_the_other_form(texts: Desk) -> None:
    async with reading(texts) as running:
        screen = await open_text(running)
        await running.press("space", "space")
        block = screen.view.place.block
        await running.press("G", "$", "ctrl+o")
        assert screen.view.place.block == block


async def test_a_paragraph_is_copied_as_it_is_shown(texts: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with reading(texts) as running:
        screen = await open_text(running)
        monkeypatch.setattr(running.screen.outward, "copy", lambda _, text: copied.append(text))
        await running.press("j", "j", "y", "y", "$", "y", "y")
        assert screen.view.place.block == 1
        assert copied == [
            "Paragraph 0 says that x₀ ∈ ℝᵈ holds for the words of this sentence.",
            r"Paragraph 0 says that $x_{0} \in \mathbb{R}^d$ holds for the words of this sentence.",
        ]


async def test_texts_are_in_ascii_where_the_settings_say_so(desk: Desk) -> None:
    mathematics.use("ascii")
    desk.reading._invent = lambda _: markdown_blocks(TEXT)
    async with reading(desk, settings=Settings(math="ascii")) as running:
        screen = await open_text(running)
        said = whole(screen)
        assert "Paragraph 7 says that x_7 in R^d holds" in said
        assert "L(theta) = sum_{i=1}^N ||y_i||_2" in said
        assert said.replace("─", "").replace("│", "").isascii()
        await running.press("$")
        await wait_for(lambda: screen.view.whole, "the text")
        assert r"$x_{7} \in \mathbb{R}^d$" in whole(screen)


async def test_an_abstract_in_place_of_a_text_follows(desk: Desk) -> None:
    async with reading(desk) as running:
        await running.press("enter", "enter")
        await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
        screen = running.app.screen
        assert isinstance(screen, FullTextScreen)
        await wait_for(lambda: screen.document is not None, "what there is instead")
        await running.settle()
        assert SHOWN["unicode"][1] in whole(screen)
        await running.press("$")
        assert ABSTRACT in " ".join(whole(screen).split("\n"))
        assert TITLE in running.text
        assert screen.view.place == Place(0, 0)


def test_the_texts_of_these_tests_have_every_kind_of_formula() -> None:
    assert any(isinstance(block, Equation) for block in markdown_blocks(TEXT))
