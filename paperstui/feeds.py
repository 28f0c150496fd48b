"""The names of feeds: `daily`, `weekly`, `monthly`, `trending`, `search`, `imported`, and `arxiv:` with a category.

`arxiv:cs.CL+cs.LG` is several categories together. That is a way of asking and of looking: each paper is listed in the
feeds of its own categories, so it stays where it is when other categories are followed.
"""

from __future__ import annotations

from paperstui.errors import UsageError

ARXIV = "arxiv:"
"""How the name of a feed of arXiv begins."""

OF_HUGGING_FACE = ("daily", "weekly", "monthly", "trending")
"""The lists that Hugging Face makes."""

PLAIN = (*OF_HUGGING_FACE, "search", "imported")
"""The feeds that have no more to their names."""

MOST_TOGETHER = 20
"""So many categories may be asked for together."""

# https://arxiv.org/category_taxonomy; those without subject classes stand apart.
_WITH_CLASSES = frozenset(
    {"astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin", "stat"}
)
_WITHOUT = frozenset({"gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph"})
_LONGEST_CLASS = 16


def category(text: str) -> str | None:
    """A category ("cs.CL") or a whole archive ("cs") as arXiv spells it, or None where it has none of that kind.

    Which subject classes an archive has is not checked: arXiv adds some from time to time.
    """
    archive, dot, subject = text.strip().partition(".")
    archive = archive.lower()
    if not dot:
        return archive if archive in _WITH_CLASSES | _WITHOUT else None
    if archive not in _WITH_CLASSES or not _is_class(subject):
        return None
    # "cs.CL", "math.AG"; but "cond-mat.soft", "physics.bio-ph".
    return f"{archive}.{subject.upper() if len(subject) == 2 else subject.lower()}"


def _is_class(subject: str) -> bool:
    """Whether it looks like a subject class: ASCII letters, and hyphens within, two of them at least."""
    letters = subject.replace("-", "")
    return 2 <= len(subject) <= _LONGEST_CLASS and letters.isascii() and letters.isalpha() and subject[0] != "-"


def belongs(categories: tuple[str, ...], wanted: str) -> bool:
    """Whether a paper of some categories is one of a category, or of an archive."""
    return any(each == wanted or each.startswith(f"{wanted}.") for each in categories)


def categories_of(feed: str) -> tuple[str, ...]:
    """The categories of a feed of arXiv; none for any other."""
    return tuple(feed.removeprefix(ARXIV).split("+")) if feed.startswith(ARXIV) else ()


def parts(feed: str) -> tuple[str, ...]:
    """The feeds in which the papers of a feed are listed: itself, or one for each of the categories it puts together."""
    return tuple(ARXIV + each for each in categories_of(feed)) or (feed,)


def together(categories: tuple[str, ...]) -> str:
    """The feed of some categories, which are at least one."""
    return ARXIV + "+".join(dict.fromkeys(categories))


def feed(text: str) -> str:
    """The name of a feed as it is stored, from what somebody typed.

    Raises:
        UsageError: there is no such feed.
    """
    if text in PLAIN:
        return text
    if not text.lower().startswith(ARXIV):
        raise UsageError(f"there is no feed {_shown(text)}: {', '.join(PLAIN)} or {ARXIV}CATEGORY, as in arxiv:cs.CL")
    given = text[len(ARXIV) :].split("+")
    if len(given) > MOST_TOGETHER:
        raise UsageError(f"{len(given)} categories are too many: at most {MOST_TOGETHER} together")
    found = [(name, category(name)) for name in given]
    for name, known in found:
        if known is None:
            raise UsageError(f"arXiv has no category {_shown(name)}; one is written as in arxiv:cs.CL")
    return together(tuple(known for _, known in found if known))


def _shown(text: str) -> str:
    """What was typed, short and without what a terminal would obey."""
    return repr("".join(letter for letter in text[:40] if letter.isprintable()))
