"""Papers to be exported, as the library would give them: their text has been through the door."""

from __future__ import annotations

from datetime import datetime, timezone

from hypothesis import strategies as st

from paperstui.export.forms import Found
from paperstui.models import Author, Detail, Listing, Paper, State
from paperstui.text.clean import clean, clean_line

PAPER = Paper(
    id="2606.01234",
    title=r"Tern: LLaMA with $\mathcal{O}(n\log n)$ \& 50\% less",
    abstract="First it was slow.\nThen it was not.",
    text_source="arxiv",
    authors=(
        Author("Ashild Wintermolen"),
        Author("Zoë Garcíanda"),
        Author("DeepWell-AI"),
        Author("Joost van der Lind Jr."),
    ),
    published=int(datetime(2026, 6, 3, tzinfo=timezone.utc).timestamp()),
    categories=("cs.CL", "cs.LG"),
    keywords=("compression", "language models"),
)
UNKNOWN = Paper(id="title:0123456789abcdef", title="An Untraced Paper")

NASTY = st.text(alphabet="ab \n\t,;:'\"`\\$&%#_{}[]()<>|~^*=+-@!?./0é字ß️‍", max_size=30)
"""What means something to one format or the other."""

LINES = (st.text(max_size=40) | NASTY).map(clean_line)
TEXTS = (st.text(max_size=80) | NASTY).map(clean)


def found(*papers: Paper, state: State | None = None, listing: Listing | None = None) -> list[Found]:
    """The papers as they are found, each with a number of its own."""
    return [
        Found(
            Detail(
                rowid=7 + at,
                paper=paper,
                state=state or State(),
                listings=(),
                votes=(),
                first_seen=1_780_531_200,
                updated=1_780_531_200,
            ),
            listing,
        )
        for at, paper in enumerate(papers)
    ]


@st.composite
def papers(draw: st.DrawFn, most: int = 1) -> list[Paper]:
    """Papers with whatever text the door lets through."""
    return [
        Paper(
            id=f"2606.{number:05}",
            title=draw(LINES) or "(untitled)",
            abstract=draw(TEXTS),
            text_source=draw(st.sampled_from(["arxiv", "hf"])),
            authors=tuple(Author(name) for name in draw(st.lists(LINES, max_size=3)) if name),
            published=draw(st.none() | st.integers(0, 2_000_000_000)),
            keywords=tuple(filter(None, draw(st.lists(LINES, max_size=2)))),
        )
        for number in range(1, draw(st.integers(1, most)) + 1)
    ]


def states() -> st.SearchStrategy[State]:
    """Tags and notes."""
    tags = st.lists(LINES.filter(bool), max_size=2, unique=True).map(tuple)
    return st.builds(State, tags=tags, note=TEXTS, starred=st.booleans())
