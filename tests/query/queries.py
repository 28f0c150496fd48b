"""Queries as people and programs might type them, sensible and not."""

from __future__ import annotations

import os

from hypothesis import strategies as st

from paperstui.query.fields import FEEDS, FIELDS, FLAGS, HAS, SORTS, Choice
from tests.query.nasty import NASTY
from tests.query.papers import CATEGORIES, NAMES, SUBMITTERS, TAGS, WORDS

HOW_MANY = int(os.environ.get("PAPERSTUI_QUERIES", "0"))
"""How many generated queries a property test tries; 0 for its own small number. Read before the tests hide it."""

_OPERATORS = ["OR", "AND", "NOT", "|", "-", "(", ")", '"', "*", "/", ":", "..", " "]
_NUMBERS = [
    "5", "0", ">50", ">=3", "<10", "<=17", "=5", "≥5", "≤50", "=>5", "=<5", "5..10", "..5", "5..", "10..5", "50..50", "1k", ">1k",
    "1,500", "-5", ">-1", "<0", "99..1500", ">9999999999999999999999", "<-9999999999999999999999",
]  # fmt: skip
_GAINS = ["+5", "+0", "+17", ">+5", "<+5", "=+5", ">=+1", "<=+5", "+1..+17", "1..+5", "+5..1", "..+5", "+5..", "+1k"]
_YEARS = [
    "2026",
    "2024",
    ">2025",
    ">=2025",
    "<2025",
    "<=2024",
    "..2025",
    "2025..",
    "2024..2025",
    "0",
    ">0",
    "9999",
    "99999",
    "-1",
]
_DAYS = [
    "today", "yesterday", "mon", "wed", "sun", "saturday", "this-week", "last-week", "this-month", "last-month", "this-year",
    "last-year", "this-quarter", "last-quarter", "0d", "1d", "7d", ">7d", "<7d", ">=7d", "<=7d", "=7d", "2w", "1m", ">1m",
    "1y", ">2y",
    "2026", "2024", "2026-06", "2026-05", "2026-06-04", "2026-05-28", "2026-W23", "2026-w22", "2026-Q2", "2026-q1", ">2026-05",
    ">=2026-05", "<2026-06", "<=2026-06", "=2026-06", ">2026-06-03", "<2026-06-03", ">2026-W22", "<2026-Q2", ">2025",
    "2026-05..2026-06", "2026-06..2026-05", "..2026-05", "2026-05..", "7d..", "..7d", "7d..2d", "2d..7d", "mon..fri",
    "fri..mon", "..sun",
    "tue..", "2026-W20..2026-06-02", "yesterday..today", "2024..2025", "2025-Q4..", "last-month..today", "0001..9999",
    "9999-12-31", ">9999-12-31", "<0001-01-01", "9999999y", ">9999999d", "2026-13", "2026-02-30", "soon",
]  # fmt: skip
_VALUES = [*_NUMBERS, *_DAYS, *_YEARS, ">", "x", "..", ">=", "+20", "*"]

_words = st.sampled_from(
    WORDS + [word[:3] for word in WORDS] + [f"{word[:2]}*" for word in WORDS] + [word.upper() for word in WORDS]
    + ["schrodinger", "SCHRÖDINGER", "Schro\u0308dinger", "cooperate", "elnino", "state of", "扩*", "モデル", "tr*", "nothing",
    "o'brien*"]
)  # fmt: skip
_phrases = st.builds(
    '"{}"{}'.format,
    st.lists(st.sampled_from([*WORDS, "$\\alpha$", "\\ell_2", "(so)", "A/B c", "O’Brien", "-", "*", "OR"]),
    min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "", "", "*"]),
)  # fmt: skip
_texts = st.one_of(_words, _words, _phrases)
_of_text = st.sampled_from(
    [
        "title",
        "abstract",
        "author",
        "org",
        "keyword",
        "abs",
        "Title",
        "au",
        "organization",
        "organisation",
        "kw",
        "keywords",
    ]
)
_first = [name.split()[0] for name in NAMES]
_names = (
    _first
    + [f'"{name}"' for name in NAMES]
    + [name[:2] + "*" for name in _first]
    + ["li", '"dao tri"', '"tri d"*', "alvarez", "O"]
)
_orgs = ["ByteDance", '"Google DeepMind"', "montreal", "hug*", '"hugging face"', "google", "x", '"de montreal"']


def _field(names: str, values: list[str]) -> st.SearchStrategy[str]:
    """A field by any of its names, separated by spaces, with one of the values."""
    return st.builds("{}:{}".format, st.sampled_from(names.split()), st.sampled_from(values))


def _named(choices: tuple[Choice, ...]) -> list[str]:
    return [name for choice in choices for name in (choice.name, *choice.aliases, choice.name.upper())]


_predicates = st.one_of(
    st.builds("{}:{}".format, _of_text, _texts),
    _field("author au", _names),
    _field("org organization organisation", _orgs),
    _field("cat category categories", [*CATEGORIES, "cs", "CS.cl", "stat", "hep*", "hep-", "cs.", "cs.*", "x", "*",
    '"cs.CL"', "math"]),
    _field("tag tags", [f'"{tag}"' for tag in TAGS] + [*TAGS, "th*", "THESIS", "none", "*", "100*", "under*", "日*"]),
    _field("note notes", [*WORDS, "*", '"for the"', "%", "_", "iffus", '"of "', "OR", "naive", "NAÏVE", "nai",
    "α", "alpha", "alpha^2",
    "pi", "π", "pi_0", "x^2", "x2", "H2O", "O(n^2)", "R^d", "$R^d$", "ℝᵈ", '"is meant"', '") $"', "\u0301"]),
    _field("submitter", [name for name in SUBMITTERS if name] + ["AKHALIQ", "a*", "some_*", "some*", "*"]),
    _field("feed", [*_named(FEEDS), "arxiv:cs.CL", "arxiv:CS.cl", "arxiv:x", "arxiv:", "arxiv:cs*",
    "arxiv:cs.CL+stat.ML", "arxiv:cs.cl+", "arxiv:+"]),
    _field("id arxiv", ["2605.00001", "2606*", "26*", "title:0000000000000014", "title:*", "x", "2605.00001v3", "2*"]),
    _field("upvotes votes gained comments stars authors", _NUMBERS),
    _field("upvotes votes", _GAINS),
    _field("year", _YEARS),
    _field("listed published date seen added", _DAYS),
    _field("is", _named(FLAGS)),
    _field("has", _named(HAS)),
    st.sampled_from(
        ["/gpt-?4/", "/^diff.*s$/", "/[αβλ]/", "/tri|li/", "/agents?\\b/", "/(model|データ) /", "/\\d{4}\\.\\d{5}/", "/a b/",
        "/./", "/x{9}/i",
         "/(?=.*gpt)(?=.*model)/", "/\\$/", "/o.?brien/i", "/c\\+\\+/", "2605.00001", "++", "→", '"≤"', "%", "Δt", "x²"]
    ),
)  # fmt: skip
_sorts = st.builds(
    "{}sort:{}{}".format, st.sampled_from(["", "", "-"]), st.sampled_from(["", "-"]), st.sampled_from(_named(SORTS))
)
_groups = st.one_of(
    st.builds("{}:({})".format, _of_text, st.lists(st.one_of(_texts, _texts, _predicates),
    min_size=1, max_size=3).map(" OR ".join)),
    st.builds("{}:({} -{})".format, _of_text, _texts, _texts),
    st.builds("{}:({} OR {}:({} {}))".format, _of_text, _texts, _of_text, _texts, _texts),
    st.builds("upvotes:({} OR {})".format, st.sampled_from(_NUMBERS), st.sampled_from(_NUMBERS)),
    st.builds("is:({} {})".format, st.sampled_from(_named(FLAGS)), st.sampled_from(_named(FLAGS))),
    st.builds("cat:({} | -{})".format, st.sampled_from(CATEGORIES), st.sampled_from(CATEGORIES)),
    st.builds("listed:({} OR {})".format, st.sampled_from(_DAYS), st.sampled_from(_DAYS)),
    st.builds("tag:(-{} OR {})".format, st.sampled_from(TAGS), st.sampled_from(TAGS)),
)  # fmt: skip


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(" ".join),
        several.map(" OR ".join),
        several.map(" AND ".join),
        several.map(" | ".join),
        inner.map("-{}".format),
        inner.map("NOT {}".format),
        inner.map("-({})".format),
        inner.map("({})".format),
        several.map(lambda parts: f"({' | '.join(parts)})"),
        several.map(lambda parts: f"-({' OR '.join(parts)})"),
        several.map(lambda parts: f"({parts[0]} OR ({' '.join(parts[1:])}))"),
    )


sensible = st.builds(
    lambda parts, sorts: " ".join([*parts, *sorts]),
    st.lists(st.recursive(st.one_of(_texts, _predicates, _groups), _grown, max_leaves=10), max_size=3),
    st.lists(_sorts, max_size=2),
)
"""Queries that mean something."""

arbitrary = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.sampled_from("abAND OR:\"()-|*/\\.<>=%_'0159\0\ud800\u0301é扩🤗“”"), max_size=60),
    st.lists(
        st.one_of(
            st.sampled_from(_OPERATORS + _VALUES + [f"{field.name}:" for field in FIELDS]), _words, st.text(max_size=4)
        ),
        max_size=30,
    ).map("".join),
    st.lists(st.sampled_from(NASTY), max_size=3).map(" ".join),
)
"""Anything at all, most of it near what means something."""

periods = st.sampled_from([None, None, None, "2026-06-04", "2026-06-03", "2026-W23", "2026-W22", "2026-05-28", "x"])
"""Issues of a feed, some of which have papers."""
