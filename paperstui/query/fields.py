"""The one table of what a query can ask for: it feeds parser, SQL, completion, error messages, help and README."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

from msgspec import Struct

Kind = Literal["text", "name", "number", "date", "flag", "has", "sort"]
"""How a field's value is read: words of the index; a name of the paper's; a number; a day; a word out of a list."""


class Field(Struct, frozen=True, kw_only=True):
    """One field.

    columns: of the search index for a text, of `papers p` for a number or a day.
    seconds: the day is kept as Unix seconds. ask: the values are in the library, so completion asks for them.
    lacking: what no paper has where there are no values.
    """

    name: str
    kind: Kind
    help: str
    example: str
    aliases: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    seconds: bool = False
    ask: bool = False
    lacking: str = ""


class Choice(Struct, frozen=True):
    """A word that a field takes."""

    name: str
    help: str
    aliases: tuple[str, ...] = ()


AnyChoice = TypeVar("AnyChoice", bound=Choice)


class Condition(Choice, frozen=True):
    """A word that `is:` or `has:` takes, and its condition over `papers p`."""

    sql: str = ""


class SortKey(Choice, frozen=True):
    """A word that `sort:` takes: what it sorts `papers p` by, and whether the smallest comes first.

    foremost: the condition of those papers that come before all others, where only these have an index. beginnings: what
    that index has instead of what is sorted by, such as the beginnings of long texts, to be sorted by first.
    """

    order: tuple[str, ...] = ()
    ascending: bool = False
    foremost: str = ""
    beginnings: str = ""


FIELDS: tuple[Field, ...] = (
    Field(name="title", kind="text", help="words in the title", example="title:transformer", columns=("title",)),
    Field(
        name="abstract",
        kind="text",
        help="words in the abstract",
        example='abstract:"flow matching"',
        aliases=("abs",),
        columns=("abstract",),
    ),
    Field(
        name="author",
        kind="text",
        help="an author's name, or part of it",
        example='author:"Tri Dao"',
        aliases=("au",),
        columns=("authors",),
        ask=True,
        lacking="authors",
    ),
    Field(
        name="org",
        kind="text",
        help="the organisation",
        example="org:bytedance",
        aliases=("organization", "organisation"),
        columns=("organization",),
        ask=True,
        lacking="an organisation",
    ),
    Field(
        name="keyword",
        kind="text",
        help="words in the keywords",
        example="keyword:quantization",
        aliases=("keywords", "kw"),
        columns=("keywords",),
        ask=True,
        lacking="keywords",
    ),
    Field(
        name="cat",
        kind="name",
        help="an arXiv category, or all of an archive",
        example="cat:cs.CL cat:cs",
        aliases=("category", "categories"),
        ask=True,
        lacking="a category: arXiv has them, Hugging Face gives none",
    ),
    Field(
        name="tag",
        kind="name",
        help="a tag of yours",
        example="tag:thesis",
        aliases=("tags",),
        ask=True,
        lacking="a tag of yours",
    ),
    Field(name="note", kind="name", help="anything in your note", example="note:proof", aliases=("notes",)),
    Field(
        name="submitter",
        kind="name",
        help="who put it on Daily Papers",
        example="submitter:akhaliq",
        ask=True,
        lacking="a submitter",
    ),
    Field(
        name="id",
        kind="name",
        help="the paper with this id; a bare arXiv id does the same",
        example="id:2506.01234 id:2506*",
        aliases=("arxiv",),
    ),
    Field(name="feed", kind="name", help="was listed in a feed", example="feed:trending feed:arxiv:cs.CL"),
    Field(
        name="upvotes",
        kind="number",
        help="upvotes on Hugging Face",
        example="upvotes:>50",
        aliases=("votes",),
        columns=("p.upvotes",),
    ),
    Field(
        name="gained",
        kind="number",
        help="upvotes gained since you last looked",
        example="upvotes:+20 gained:5..10",
        columns=("p.gained",),
    ),
    Field(
        name="comments", kind="number", help="comments on Hugging Face", example="comments:>=3", columns=("p.comments",)
    ),
    Field(
        name="stars", kind="number", help="stars of the code on GitHub", example="stars:>1k", columns=("p.code_stars",)
    ),
    Field(name="authors", kind="number", help="how many authors", example="authors:1", columns=("p.author_count",)),
    Field(
        name="year",
        kind="number",
        help="the year it was published",
        example="year:2023..2025",
        columns=("p.published",),
        seconds=True,
        ask=True,
        lacking="a date",
    ),
    Field(
        name="listed", kind="date", help="the newest day on Daily Papers", example="listed:7d", columns=("p.listed",)
    ),
    Field(
        name="published",
        kind="date",
        help="the day it appeared on arXiv",
        example="published:2026-05..2026-06",
        aliases=("date",),
        columns=("p.published",),
        seconds=True,
    ),
    Field(
        name="seen",
        kind="date",
        help="the day it came into your library",
        example="seen:today",
        aliases=("added",),
        columns=("p.first_seen",),
        seconds=True,
    ),
    Field(name="is", kind="flag", help="its state", example="is:unread"),
    Field(name="has", kind="has", help="what there is beside the abstract", example="has:code"),
    Field(
        name="sort",
        kind="sort",
        help="the order; “-” turns it round; several are possible",
        example="sort:upvotes sort:-published",
        aliases=("order",),
    ),
)

FLAGS: tuple[Condition, ...] = (
    Condition("unread", "not read yet", sql="p.read = 0"),
    Condition("read", "read", sql="p.read = 1"),
    Condition("starred", "starred", ("star",), sql="p.starred = 1"),
    Condition("queued", "in the reading list", ("queue",), sql="p.queued IS NOT NULL"),
    Condition("hidden", "hidden; without this no hidden paper is shown", sql="p.hidden = 1"),
    Condition(
        "revised",
        "in a newer version than you know: starred, in the reading list or read",
        sql="(p.revised IS NOT NULL AND (p.starred = 1 OR p.read = 1 OR p.queued IS NOT NULL))",
    ),
    Condition("new", "unread, and in your library since today or yesterday"),
)

HAS: tuple[Condition, ...] = (
    Condition("code", "a code repository", sql="p.code_url <> ''"),
    Condition("notes", "a note of yours", ("note",), sql="p.rowid IN (SELECT paper FROM notes WHERE note <> '')"),
    Condition("tags", "a tag of yours", ("tag",), sql="p.rowid IN (SELECT paper FROM tags)"),
    Condition("summary", "a summary by Hugging Face", sql="p.has_summary = 1"),
    Condition("project", "a project page", sql="p.has_project = 1"),
    Condition("comments", "comments on Hugging Face", ("comment",), sql="p.comments > 0"),
)

FEEDS: tuple[Choice, ...] = (
    Choice("daily", "Daily Papers"),
    Choice("weekly", "the papers of a week"),
    Choice("monthly", "the papers of a month"),
    Choice("trending", "trending papers"),
    Choice("search", "found by a search on Hugging Face"),
    Choice("imported", "imported from files"),
    Choice("arxiv", "arXiv, or one category of it as in feed:arxiv:cs.CL"),
)

SORTS: tuple[SortKey, ...] = (
    SortKey("upvotes", "most upvotes first", ("votes",), order=("p.upvotes",)),
    SortKey("published", "newest on arXiv first", ("date",), order=("p.published",)),
    SortKey("listed", "newest on Daily Papers first", order=("p.listed", "p.upvotes", "p.published")),
    SortKey("seen", "newest in your library first", ("added",), order=("p.first_seen",)),
    SortKey("comments", "most comments first", order=("p.comments",), foremost="p.comments > 5"),
    SortKey("stars", "most stars of the code first", order=("p.code_stars",), foremost="p.code_stars > 100"),
    SortKey(
        "momentum",
        "most upvotes gained since you last looked first",
        # What lost some comes after what is not known to have gained any.
        order=("coalesce(p.gained, 0)", "p.upvotes"),
        foremost="p.gained > 0",
        beginnings="p.gained DESC",
    ),
    SortKey("relevance", "best match of the words first"),
    SortKey(
        "title",
        "by title, A to Z",
        # The index has only the beginnings, which tell nearly all titles apart.
        order=(
            "substr(coalesce(p.title_plain, p.title), 1, 12) COLLATE NOCASE",
            "coalesce(p.title_plain, p.title) COLLATE NOCASE",
        ),
        ascending=True,
    ),
    SortKey(
        "author",
        "by first author, A to Z",
        order=("nullif(p.authors, '') COLLATE NOCASE",),
        ascending=True,
        foremost="p.authors > '' AND p.authors < 'B' COLLATE NOCASE",
        beginnings="substr(p.authors, 1, 12) COLLATE NOCASE",
    ),
    SortKey("queued", "in the order of the reading list", ("queue",), order=("p.queued",), ascending=True),
)

OPERATORS: tuple[tuple[str, str], ...] = (
    ("diffusion model", "both words, anywhere in title, abstract, authors, organisation or keywords"),
    ('"flow matching"', "words that follow each other"),
    ("quant*", "words that begin so; the last word does while you type"),
    ("-survey", "without; also before a field or a group"),
    ("a OR b, a | b", "either"),
    ("(a OR b) c", "grouped"),
    ("title:(a OR b)", "a group within a field"),
    ("2506.01234", "the paper with this arXiv id"),
    ("/gpt-?[45]/", "a regular expression in title, abstract or authors"),
)

_VALUES: tuple[tuple[str, str], ...] = (
    ("5  >50  <=3  5..10  5..  1k", "numbers"),
    ("2026-06-04  2026-06  2026-W23  2026-Q2  2026", "a day, a month, a week, a quarter, a year"),
    ("2026-05..2026-06  ..2026-05  >2026-05", "ranges of days, and before or after"),
    ("7d  2w  3m  1y  >7d", "the last seven days, two weeks, three months, a year; longer ago than that"),
    ("today  yesterday  mon … sun  this-week  last-month", "days and periods by name"),
)

_BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}


def field_named(name: str) -> Field | None:
    """The field with this name or alias, in upper or lower case."""
    return _BY_NAME.get(name.lower())


def choice_named(choices: tuple[AnyChoice, ...], name: str) -> AnyChoice | None:
    """The choice with this name or alias, in upper or lower case."""
    name = name.lower()
    return next((choice for choice in choices if name == choice.name or name in choice.aliases), None)


def choices_of(field: Field) -> Sequence[Choice]:
    """The words a field takes; none for one that takes anything."""
    choices: dict[str, Sequence[Choice]] = {"is": FLAGS, "has": HAS, "sort": SORTS, "feed": FEEDS}
    return choices.get(field.name, ())


def closest_field(name: str) -> str | None:
    """The field that was probably meant."""
    import difflib

    found = difflib.get_close_matches(name.lower(), _BY_NAME, n=1, cutoff=0.6)
    return _BY_NAME[found[0]].name if found else None


def closest_choice(choices: Sequence[Choice], name: str) -> str | None:
    """The choice that was probably meant."""
    names = {alias: choice.name for choice in choices for alias in (choice.name, *choice.aliases)}
    import difflib

    found = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def help_sections() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be written and what it means, in pairs under a title, for the help screen, the README and `--help`."""
    sections = [("Words", list(OPERATORS)), ("Fields", [(field.example, _meaning(field)) for field in FIELDS])]
    for field in FIELDS:
        if choices := choices_of(field):
            title = f"What {field.name}: takes"
            sections.append((title, [(f"{field.name}:{choice.name}", choice.help) for choice in choices]))
    sections.append(("Numbers and days", list(_VALUES)))
    return sections


def _meaning(field: Field) -> str:
    """What a field is, and its other names."""
    others = ", ".join(f"{alias}:" for alias in field.aliases)
    return f"{field.help}; also {others}" if others else field.help


def help_rows() -> list[tuple[str, str]]:
    """The same without the titles."""
    return [row for _, rows in help_sections() for row in rows]
