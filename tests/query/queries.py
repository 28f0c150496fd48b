"""Queries as people and programs might type them, sensible and not."""

from __future__ import annotations

import os

from hypothesis import strategies as st

from paperstui.query.fields import FEEDS, FIELDS, FLAGS, HAS, SORTS
from tests.query.papers import CATEGORIES, NAMES, SUBMITTERS, TAGS, WORDS

HOW_MANY = int(os.environ.get("PAPERSTUI_QUERIES", "0"))
"""How many generated queries a property test tries; 0 for its own small number. Read before the tests hide it."""

NASTY = (
    "", " ", "c++", "C++17", "2501.12345", "a-b", '"', '""', '"""', "AND", "OR", "NOT", "AND AND", "OR OR OR", "a AND",
    "a OR", "OR a", "NOT", "-", "--", "---a", "- a", "a -", "(", ")", "((", "))", "()", "(()", ")(", "a)", "(a",
    "title:", "title: ", "title:(", 'title:"', 'title:"a', "title:-", "title::", ":", "::", ":a", "a:", "a:b", "foo: bar",
    "http://example.org/a?b=c", "https://arxiv.org/abs/2501.12345v2", "std::vector", "12:30", "*", "**", "a*", "*a", "a**",
    "a*b", '"a b"*', "^a", "a^2", "{a}", "{title} : a", "NEAR(a b)", "a + b", "a & b", "a | b", "|", "||", "a |", "| a",
    "'", "O'Brien", "a;DROP TABLE papers;--", "%", "_", "\\", "\\\\", "tag:%", "tag:_", "tag:\\", "note:%", "submitter:_",
    "cat:", "cat:*", "cat:.", "cat:%", "id:", "id:*", "id:'", "feed:", "feed:arxiv", "feed:arxiv:", "feed:arxiv:cs.CL*",
    "upvotes:", "upvotes:>", "upvotes:abc", "upvotes:>>5", "upvotes:..", "upvotes:5..", "upvotes:..5", "upvotes:9..1",
    "upvotes:" + "9" * 5000, "upvotes:-5", "upvotes:1e5", "upvotes:٣", "upvotes:1k", "year:0", "year:99999", "year:-1",
    "year:9999", "year:>9999", "year:<1", "listed:", "listed:>", "listed:2026-02-30", "listed:0000", "listed:9999",
    "listed:9999-12-31", "listed:>9999-12-31", "listed:<0001-01-01", "listed:9999-W52", "listed:9999999y", "listed:>9999999d",
    "published:0001", "published:9999999w", "seen:..", "listed:today..", "listed:fri..mon", "listed:2026-W54", "listed:x",
    "is:", "is:x", "is:-unread", "-is:unread", "has:", "has:x", "sort:", "sort:x", "sort:-", "sort:-x", "-sort:title",
    "autor:x", "autor:", "autor:(a b) c", 'autor:"a b" c', "/", "//", "/a", "/a/", "/a/b", "/(/", "/[/", "/a**/", "/(a+)+/",
    "/a\\/b/", "/\\/", "/[[]/", "/[a--b&&c]/", "/(?i)a/", "/\\1/", "/" + "a" * 300 + "/", "/a{99999}/", "-/a/", "title:/a/",
    "\0", "a\0b", "\x1b[31m", "\ud800", "a\udfffb", "\u202e", "\u200b", "\ufeff", "🤗", "🤗🤖", "e\u0301", "\u0301", "ß", "İ",
    "“a b”", "„a b“", "”", "“", "a" * 10_000, "a " * 5_000, "(" * 10_000, ")" * 10_000, "-" * 10_000, '"' * 10_001,
    "/ " * 5_000, "/a" * 5_000, "title:" * 2_000, "a OR " * 2_000, "(a " * 60, "(a OR (b " * 60 + ")" * 120, "-(" * 300,
    "a|" * 300, "title:(" * 100, "not:a", "x:y:z", "is:unread" * 50, "\n\n\t", "1", "0", "５", "Ⅷ", "１２:３０",
)  # fmt: skip

_OPERATORS = ["OR", "AND", "NOT", "|", "-", "(", ")", '"', "*", "/", ":", "..", " "]
_VALUES = [
    "5", ">50", ">=3", "<10", "<=17", "=5", "5..10", "..5", "5..", "1k", ">", "x", "-5",
    "today", "yesterday", "mon", "sun", "this-week", "last-week", "last-month", "7d", ">7d", "<7d", "2w", "1m", "1y",
    "2026", "2026-06", "2026-06-04", "2026-W23", "2026-05..2026-06", "..2026-05", "2026-05..", "mon..fri", "2026-13",
]  # fmt: skip

_words = st.sampled_from(WORDS + [word[:3] for word in WORDS] + [f"{word[:2]}*" for word in WORDS])
_phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: '"{}"'.format(" ".join(words)))
_texts = st.one_of(_words, _words, _phrases)
_of_text = st.sampled_from(["title", "abstract", "author", "org", "keyword", "abs", "Title"])
_names = [name.split()[0] for name in NAMES] + [f'"{name}"' for name in NAMES]
_orgs = ["ByteDance", '"Google DeepMind"', "montreal", "hug*"]


def _field(name: str, values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(values).map(lambda value: f"{name}:{value}")


_predicates = st.one_of(
    st.builds("{}:{}".format, _of_text, _texts),
    _field("author", _names),
    _field("org", _orgs),
    _field("cat", [*CATEGORIES, "cs", "CS.cl", "stat", "hep*", "x"]),
    _field("tag", [f'"{tag}"' for tag in TAGS] + ["th*", "THESIS", "none", "*"]),
    _field("note", [*WORDS, "*", '"for the"', "%"]),
    _field("submitter", [name for name in SUBMITTERS if name] + ["AKHALIQ", "a*", "some_*"]),
    _field("feed", [choice.name for choice in FEEDS] + ["arxiv:cs.CL", "arxiv:CS.cl", "arxiv:x"]),
    _field("id", ["2605.00001", "26*", "title:0000000000000014", "x"]),
    st.builds(
        "{}:{}".format, st.sampled_from(["upvotes", "comments", "stars", "authors"]), st.sampled_from(_VALUES[:13])
    ),
    _field("year", ["2026", "2024", ">2025", "..2025", "2024..2025"]),
    st.builds("{}:{}".format, st.sampled_from(["listed", "published", "seen"]), st.sampled_from(_VALUES[13:])),
    _field("is", [choice.name for choice in FLAGS]),
    _field("has", [choice.name for choice in HAS]),
    st.sampled_from(["/gpt-?4/", "/^diff.*s$/", "/[αβλ]/", "/tri|li/", "2605.00001", "++", "→", '"≤"', "%"]),
)
_sorts = st.builds("sort:{}{}".format, st.sampled_from(["", "-"]), st.sampled_from([choice.name for choice in SORTS]))


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(" ".join),
        several.map(" OR ".join),
        inner.map("-{}".format),
        inner.map("-({})".format),
        inner.map("({})".format),
        several.map(lambda parts: f"({' | '.join(parts)})"),
        st.lists(_texts, min_size=1, max_size=3).map(lambda parts: f"title:({' OR '.join(parts)})"),
    )


sensible = st.builds(
    lambda parts, sorts: " ".join([*parts, *sorts]),
    st.lists(st.recursive(st.one_of(_texts, _predicates), _grown, max_leaves=8), max_size=3),
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
