"""What stands behind a field's colon: numbers and days, read from text and, for days, settled by the clock."""

from __future__ import annotations

import re
from datetime import date, timedelta

from paperstui.query.tree import Compare, DateRange, Edge

BIGGEST = 2**63 - 1
"""The largest number SQLite can compare with; larger ones are taken as this."""

_COMPARISON = re.compile(r"(>=|<=|=>|=<|≥|≤|>|<|=)?(.*)", re.DOTALL)
_SAME = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<="}
_NUMBER = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(k?)", re.IGNORECASE)
_GROWING, _GAIN = "upvotes", "gained"  # the number that grows, and the one of what it gained

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_WEEK = re.compile(r"([0-9]{4})-w([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-q([1-4])")
_AGO = re.compile(r"([0-9]{1,7})([dwmy])")
_UNFINISHED_DAY = re.compile(r"[0-9]{1,7}|[0-9]{4}-(?:[0-9]|[0-9]{2}-[0-9]?|w[0-9]?|q)?")
_DECEMBER = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_WORDS = {
    "today": "today",
    "yesterday": "the day before",
    "this-week": "since Monday",
    "last-week": "Monday to Sunday before this week",
    "this-month": "since the first of the month",
    "last-month": "the month before this one",
    "this-quarter": "since the quarter began",
    "last-quarter": "the three months before this quarter",
    "this-year": "since 1 January",
    "last-year": "the year before this one",
}
_WORDS = (*DAY_WORDS, *WEEKDAYS, *_LONG_WEEKDAYS)


def number(field: str, text: str) -> Compare | None:
    """`>50`, `>=3`, `<10`, `=5`, `5`, `5..10`, `5..`, `..10`, with `1k` for 1000; None for anything else.

    Of upvotes `+20` are those gained: 20 or more; `+5..+10` and `<+5` are the same with other ends.
    """
    if field == _GROWING and (plain := _without_plus(text)):
        field, text = _GAIN, plain
    if ".." in text:
        first, last = text.split("..", 1)
        low, high = _integer(first), _integer(last)
        if (low is None and high is None) or (low is None and first) or (high is None and last):
            return None
        if low is not None and high is not None and low > high:
            low, high = high, low
        return Compare(field, low, high)
    operator, rest = _comparison(text)
    value = _integer(rest)
    if value is None:
        return None
    match operator:
        case ">":
            return Compare(field, low=min(value + 1, BIGGEST))
        case ">=":
            return Compare(field, low=value)
        case "<":
            return Compare(field, high=max(value - 1, -BIGGEST))
        case "<=":
            return Compare(field, high=value)
        case _:
            return Compare(field, value, value)


def _without_plus(text: str) -> str:
    """What was asked of a gain, in plain numbers; "" when it is none."""
    operator, rest = _comparison(text)
    first, dots, last = rest.partition("..")
    if not any(part[:1] == "+" and part[1:2].isdigit() for part in (first, last)):
        return ""
    least = "" if operator or dots else ">="
    return f"{least}{operator}{first.removeprefix('+')}{dots}{last.removeprefix('+')}"


def unfinished_number(text: str) -> bool:
    """Whether more typing can make this a number: "", ">", "+", "5." or "5..-"."""
    operator, rest = _comparison(text)
    if not rest or rest in ("-", "+"):
        return True
    first, dots, last = rest.removeprefix("+").partition(".")
    whole = not first or _integer(first) is not None
    return bool(dots) and not operator and whole and last in ("", ".", ".-", ".+")


def _comparison(text: str) -> tuple[str, str]:
    found = _COMPARISON.match(text)
    operator, rest = found.groups() if found else ("", text)
    return _SAME.get(operator, operator or ""), rest


def _integer(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, digits, thousand = found.groups()
    digits = digits.replace(",", "").lstrip("0") or "0"
    # Python refuses to read numbers of thousands of digits, and SQLite those of more than 63 bits.
    value = BIGGEST if len(digits) > len(str(BIGGEST)) else int(digits) * (1000 if thousand else 1)
    value = min(value, BIGGEST)
    return -value if sign else value


def days(field: str, text: str) -> DateRange | None:
    """A day, a period, a range or a comparison of them; None when it is none of these.

    `7d` is the last seven days: the day seven days ago and all days since; `>7d` is longer ago than that, `<7d` is not
    so long ago. Compared with a date it is the calendar that counts: `>2026-05` is after the end of May.
    """
    text = text.lower()
    if ".." in text:
        first, last = text.split("..", 1)
        if not (first or last) or (first and not is_period(first)) or (last and not is_period(last)):
            return None
        return DateRange(field, Edge(first) if first else None, Edge(last, end=True) if last else None)
    operator, period = _comparison(text)
    if not is_period(period):
        return None
    return _age(field, operator, period) if _AGO.fullmatch(period) else _compared(field, operator, period)


def _compared(field: str, operator: str, period: str) -> DateRange:
    match operator:
        case ">":
            return DateRange(field, first=Edge(period, end=True, shift=1))
        case ">=":
            return DateRange(field, first=Edge(period))
        case "<":
            return DateRange(field, last=Edge(period, shift=-1))
        case "<=":
            return DateRange(field, last=Edge(period, end=True))
        case _:
            return DateRange(field, Edge(period), Edge(period, end=True))


def _age(field: str, operator: str, period: str) -> DateRange:
    match operator:
        case ">":
            return DateRange(field, last=Edge(period, shift=-1))
        case ">=":
            return DateRange(field, last=Edge(period))
        case "<":
            return DateRange(field, first=Edge(period, shift=1))
        case "=":
            return DateRange(field, Edge(period), Edge(period))
        case _:
            return DateRange(field, first=Edge(period))


def unfinished_days(text: str) -> bool:
    """Whether more typing can make this a date: "2026-", "yest", "2026-05..2" and the like."""
    text = text.lower()
    if ".." in text:
        first, last = text.split("..", 1)
        return (not first or is_period(first)) and (not last or is_period(last) or _unfinished_period(last))
    _, period = _comparison(text)
    return not period or is_period(period.removesuffix(".")) or _unfinished_period(period)


def _unfinished_period(text: str) -> bool:
    return text == "." or _UNFINISHED_DAY.fullmatch(text) is not None or any(word.startswith(text) for word in _WORDS)


def is_period(text: str) -> bool:
    """Whether a text in lower case names a day or a period."""
    return _period(text, date(2000, 1, 3)) is not None


def resolve(wanted: DateRange, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of a range as of `today`; None is open. A range written backwards is turned round.

    A weekday is the last one that is not after today; at the start of a range it is the last one not after its end, so
    that `mon..fri` is a whole week on every day.
    """
    last = _edge(wanted.last, today)
    before = today
    if last is not None and wanted.first is not None and _is_weekday(wanted.first.period):
        before = last
    first = _edge(wanted.first, before)
    if first is not None and last is not None and first > last:
        first, last = _turned(wanted, today)
    return first, last


def _turned(wanted: DateRange, today: date) -> tuple[date | None, date | None]:
    first, last = wanted.first, wanted.last
    if first is None or last is None:
        return None, None
    return _edge(Edge(last.period), today), _edge(Edge(first.period, end=True), today)


def _edge(edge: Edge | None, today: date) -> date | None:
    if edge is None:
        return None
    found = _period(edge.period, today)
    if found is None:
        return None
    return _moved(found[1] if edge.end else found[0], edge.shift)


def _is_weekday(text: str) -> bool:
    return text in WEEKDAYS or text in _LONG_WEEKDAYS


def _moved(day: date, by: int) -> date:
    """The day so many days later, or the first or last day there is."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return date.min if by < 0 else date.max


def _period(text: str, today: date) -> tuple[date, date] | None:
    try:
        return _calendar(text) or _relative(text, today) or _named(text, today)
    except ValueError:
        return None


def _calendar(text: str) -> tuple[date, date] | None:
    """A day, month, week, quarter or year of the calendar; raises ValueError for one that does not exist."""
    if found := _DAY.fullmatch(text):
        day = date(*(int(part) for part in found.groups()))
        return day, day
    if found := _MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday, _moved(monday, 6)
    if found := _QUARTER.fullmatch(text):
        return _quarter(int(found[1]), int(found[2]))
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    return None


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, date(year, month, 31) if month == _DECEMBER else _moved(date(year, month + 1, 1), -1)


def _quarter(year: int, number: int) -> tuple[date, date]:
    return date(year, 3 * number - 2, 1), _month(year, 3 * number)[1]


def _relative(text: str, today: date) -> tuple[date, date] | None:
    found = _AGO.fullmatch(text)
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit in "dw":
        day = _moved(today, -count * (7 if unit == "w" else 1))
    else:
        day = _months_before(today, count * (12 if unit == "y" else 1))
    return day, day


def _months_before(day: date, count: int) -> date:
    """The same day so many months earlier, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    if year < 1:
        return date.min
    last = _month(year, month + 1)[1]
    return last.replace(day=min(day.day, last.day))


def _named(text: str, today: date) -> tuple[date, date] | None:
    for names in (WEEKDAYS, _LONG_WEEKDAYS):
        if text in names:
            day = _moved(today, -((today.weekday() - names.index(text)) % 7))
            return day, day
    match text.partition("-"):
        case ("today", "", ""):
            return today, today
        case ("yesterday", "", ""):
            return _moved(today, -1), _moved(today, -1)
        case ("this" | "last" as which, _, "week" | "month" | "quarter" | "year" as unit):
            return _current(unit, today) if which == "this" else _current(unit, _moved(_current(unit, today)[0], -1))
    return None


def _current(unit: str, day: date) -> tuple[date, date]:
    """The week, month, quarter or year that a day is in."""
    match unit:
        case "week":
            monday = _moved(day, -day.weekday())
            return monday, _moved(monday, 6)
        case "month":
            return _month(day.year, day.month)
        case "quarter":
            return _quarter(day.year, (day.month + 2) // 3)
        case _:
            return date(day.year, 1, 1), date(day.year, 12, 31)
