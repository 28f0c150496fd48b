"""Parts of a query that the tables answer, as conditions of SQL over `papers p`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from paperstui.feeds import parts
from paperstui.query import values
from paperstui.query.fields import FLAGS, HAS, Condition, Field, choice_named, field_named
from paperstui.query.tree import Compare, DateRange, Flag, Has, Node, PaperId, Regex, Text

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
_LAST = "\U0010ffff"
_BODY = "EXISTS (SELECT 1 FROM bodies b WHERE b.rowid = p.rowid AND {})"
_LIKE = "LIKE ? ESCAPE '\\'"
_TAGGED = "p.rowid IN (SELECT paper FROM tags WHERE tag LIKE ? ESCAPE '\\')"
_NOTED = "p.rowid IN (SELECT paper FROM notes WHERE noted(?, note))"
_LISTED = "p.rowid IN (SELECT paper FROM listings WHERE {})"
_LISTED_IN = "EXISTS (SELECT 1 FROM listings f WHERE f.paper = p.rowid AND {})"
_ARXIV = "arxiv:"
# The functions are `paperstui.library.packing`'s; `noted` is of `paperstui.query.noted`.
ABSTRACT = "abstract_of(b.packed)"
KEYWORDS = "keywords_of(b.packed)"
TITLE = "coalesce(p.title_plain, p.title)"
_SUBSTRING = {
    "title": f"instr({TITLE}, ?) > 0",
    "abstract": _BODY.format(f"instr({ABSTRACT}, ?) > 0"),
    "author": "instr(p.authors, ?) > 0",
    "org": "instr(p.organization, ?) > 0",
    "keyword": _BODY.format(f"instr({KEYWORDS}, ?) > 0"),
}
_ANYWHERE = " OR ".join(
    (
        _SUBSTRING["title"],
        _SUBSTRING["author"],
        _SUBSTRING["org"],
        _BODY.format(f"(instr({ABSTRACT}, ?) > 0 OR instr({KEYWORDS}, ?) > 0)"),
    )
)


class Sql(NamedTuple):
    """A piece of SQL and the values of its `?`, in order."""

    text: str
    params: tuple[object, ...] = ()


def joined(operator: str, parts: list[Sql]) -> Sql:
    """Conditions put together by AND or OR; no parts are always true."""
    if not parts:
        return Sql("1")
    if len(parts) == 1:
        return parts[0]
    text = f" {operator} ".join(part.text for part in parts)
    return Sql(f"({text})", tuple(value for part in parts for value in part.params))


def condition(leaf: Node, today: date) -> Sql:
    """The condition for a leaf that the index does not answer; NULL or false for a paper of which nothing is known."""
    match leaf:
        case Text():
            return _named(leaf)
        case PaperId():
            return _paper(leaf)
        case Compare():
            return _compare(leaf)
        case DateRange():
            return _days(leaf, today)
        case Flag(name):
            return _choice(FLAGS, name) if name != "new" else _new(today)
        case Has(name):
            return _choice(HAS, name)
        case Regex(pattern):
            text = f"(regexp(?, {TITLE}) OR regexp(?, p.authors) OR {_BODY.format(f'regexp(?, {ABSTRACT})')})"
            return Sql(text, (pattern, pattern, pattern))
        case _:
            return Sql("1")


def _choice(choices: tuple[Condition, ...], name: str) -> Sql:
    choice = choice_named(choices, name)
    return Sql(choice.sql if choice else "0")


def _new(today: date) -> Sql:
    yesterday = max(today.toordinal() - 1, 1)
    # The plus and the needless end keep SQLite from going through all unread papers, few of which are new.
    return Sql(
        "(+p.read = 0 AND p.first_seen BETWEEN ? AND ?)", (day_start(date.fromordinal(yesterday)), values.BIGGEST)
    )


def _named(leaf: Text) -> Sql:
    match leaf.field:
        case "cat":
            return _category(leaf)
        case "tag":
            return Sql(_TAGGED, (_pattern(leaf),))
        case "note":
            return Sql(_NOTED, (leaf.words,))
        case "submitter":
            return Sql(f"p.submitter {_LIKE}", (_pattern(leaf),))
        case "feed":
            return _feed(leaf.words)
        case "":
            return Sql(f"({_ANYWHERE})", (leaf.words,) * _ANYWHERE.count("?"))
        case field:
            return Sql(_SUBSTRING[field], (leaf.words,))


def _category(leaf: Text) -> Sql:
    """`cs.CL` is one category, `cs` an archive with all of its categories, `cs.*` what begins so."""
    column = f"(' ' || p.categories || ' ') {_LIKE}"
    name = _escaped(leaf.words)
    if leaf.prefix:
        return Sql(column, (f"% {name}%",))
    if "." in name:
        return Sql(column, (f"% {name} %",))
    return Sql(f"({column} OR {column})", (f"% {name}.%", f"% {name} %"))


def _feed(name: str) -> Sql:
    if name == "daily":
        # Most of the library: better looked up paper by paper than gathered.
        return Sql(_LISTED_IN.format("f.feed = ?"), (name,))
    if not name.startswith(_ARXIV):
        return Sql(_LISTED.format("feed = ?"), (name,))
    together = [each for each in parts(name) if each != _ARXIV]
    if len(together) > 1:
        return joined("OR", [_feed(each) for each in together])
    name = together[0] if together else _ARXIV
    archive = (_ARXIV, _ARXIV + _LAST)
    if name == _ARXIV:
        return Sql(_LISTED_IN.format("f.feed >= ? AND f.feed < ?"), archive)
    return Sql(_LISTED.format(f"feed >= ? AND feed < ? AND feed {_LIKE}"), (*archive, _escaped(name)))


def _paper(leaf: PaperId) -> Sql:
    """Also under an id that the paper had before."""
    if leaf.prefix:
        return Sql("(p.id >= ? AND p.id < ?)", (leaf.id, leaf.id + _LAST))
    found = "SELECT rowid FROM papers WHERE id = ? UNION ALL SELECT paper FROM aliases WHERE alias = ?"
    return Sql(f"p.rowid IN ({found})", (leaf.id, leaf.id))


def _compare(leaf: Compare) -> Sql:
    field = _field(leaf.field)
    low, high = leaf.low, leaf.high
    if field.seconds:
        # Years as moments; a year that no calendar has is before or after all of them.
        low = None if low is None else _year(low)
        high = None if high is None else _year(high + 1) - 1
    # Few papers have other votes than at the last look, which SQLite does not know of them.
    return _between(field.columns[0], low, high, "unlikely({})" if field.name == "gained" else "{}")


def _year(year: int) -> int:
    if year > date.max.year:
        return values.BIGGEST
    return day_start(date(max(year, 1), 1, 1)) if year > 0 else -values.BIGGEST


def _days(leaf: DateRange, today: date) -> Sql:
    field = _field(leaf.field)
    first, last = values.resolve(leaf, today)
    if field.seconds:
        end = None if last is None else day_start(last) + _DAY - 1
        return _between(field.columns[0], None if first is None else day_start(first), end)
    return _between(field.columns[0], first and first.isoformat(), last and last.isoformat())


def _between(column: str, low: object, high: object, form: str = "{}") -> Sql:
    ends = ((">=", low), ("<=", high))
    return joined("AND", [Sql(form.format(f"{column} {sign} ?"), (end,)) for sign, end in ends if end is not None])


def day_start(day: date) -> int:
    """The moment a day begins in UTC, in Unix seconds."""
    return (day.toordinal() - _EPOCH) * _DAY


def _field(name: str) -> Field:
    field = field_named(name)
    if field is None:
        raise LookupError(name)
    return field


def _pattern(leaf: Text) -> str:
    return _escaped(leaf.words) + ("%" if leaf.prefix else "")


def _escaped(text: str) -> str:
    """Text that LIKE takes as it is; it takes small and capital letters of ASCII for the same."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
