"""A month calendar: for each day how many papers the library has, how many are unread, and which days were never fetched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from paperstui import clock
from paperstui.draw import dates
from paperstui.draw.lines import fit, line_width, spread
from paperstui.periods import MONTH, containing, days_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperstui.draw.lines import Line
    from paperstui.models import Period

WEEKS = 6
_ROOMY = (67, 21)
_SMALL = (48, 14)
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEKS_CELLS = 5

EXAMPLES = "mon · 24.12. · last week · 2026-W23 · june 2026 · 3d"
SMALL_EXAMPLES = "mon · 24.12. · last week · june 2026 · 3d"
KEYS = (("Enter", "go"), ("← ↑ ↓ →", "day"), ("PgUp PgDn", "month"), ("Esc", "close"))
SMALL_KEYS = (("Enter", "go"), ("←↑↓→", "day"), ("PgUp", "month"), ("Esc", "close"))
LEGEND: Line = [
    ("3", "accent"), ("/25 unread ", "dim"), (" 25 all read ", "dim"), (" – none ", "faint"),
    (" · not fetched ", "faint"), (" 20", "dim"), ("· in part", "faint"),
]  # fmt: skip
SMALL_LEGEND: Line = [
    ("●3", "accent"), (" unread ", "dim"), (" 25 read ", "dim"), (" – none ", "faint"), (" · not fetched", "faint"),
]  # fmt: skip


class Calendar(NamedTuple):
    """What the calendar shows.

    chosen: the day under the cursor; the shown month is its. known: what the library has, by day; None while it is read.
    text: what was typed. answer: what that means, or what is wrong with it, with its ink.
    """

    chosen: date
    today: date
    known: Mapping[str, Period] | None = None
    text: str = ""
    answer: tuple[str, str] = ("", "faint")


def size(columns: int, rows: int) -> tuple[int, int]:
    """Columns and rows of the box on a screen."""
    wanted = _ROOMY if columns >= _ROOMY[0] and rows >= _ROOMY[1] else _SMALL
    return min(wanted[0], columns), min(wanted[1], rows)


def _is_roomy(columns: int, rows: int) -> bool:
    return (columns, rows) >= _ROOMY and rows >= _ROOMY[1]


def box_lines(calendar: Calendar, columns: int, rows: int) -> list[Line]:
    """The whole box, exactly so many lines of so many cells."""
    inner = max(1, columns - 4)
    field: Line = [("▏", "accent"), ("day, week or month", "faint")]
    if calendar.text:
        field = [(calendar.text, "strong"), ("▏", "accent")]
    roomy = _is_roomy(columns, rows)
    answer, ink = calendar.answer if calendar.answer[0] else (EXAMPLES if roomy else SMALL_EXAMPLES, "faint")
    body: list[Line] = [field, [(answer, ink)], *_month_lines(calendar, inner, roomy=roomy)]
    foot: list[Line] = [LEGEND if roomy else SMALL_LEGEND, _keys(KEYS if roomy else SMALL_KEYS)]
    # On the smallest screens the weeks give way, the field never does.
    body = body[: max(1, rows - 2 - len(foot))]
    body += [[] for _ in range(rows - 2 - len(foot) - len(body))]
    title = " Go to "
    lines: list[Line] = [
        [("╭─", "rule"), (title, "accent-strong"), ("─" * max(0, columns - 3 - len(title)) + "╮", "rule")]
    ]
    lines += [[("│ ", "rule"), *fit(line, inner), (" │", "rule")] for line in (*body, *foot)]
    lines.append([("╰" + "─" * max(0, columns - 2) + "╯", "rule")])
    return [fit(line, columns) for line in lines[:rows]]


def target_at(calendar: Calendar, columns: int, rows: int, x: int, y: int) -> str | None:
    """What is under a cell of the box: a day, a week (by its number), the month (by its name); "<" or ">" for an arrow."""
    roomy = _is_roomy(columns, rows)
    inner, x, y = max(1, columns - 4), x - 2, y - 3
    if not 0 <= x < inner or y < 0:
        return None
    month = containing(MONTH, calendar.chosen)
    if y == 0:
        name = line_width([(dates.period(month), "")])
        return "<" if x < 2 else ">" if x > inner - 3 else month if x < 2 + name else None
    cell, left, high = (8, _WEEKS_CELLS, 2) if roomy else (6, 0, 1)
    week, column = (y - 2) // high, (x - left) // cell
    if y < 2 or week >= WEEKS or column > 6:
        return None
    monday = _first_monday(calendar.chosen) + timedelta(days=7 * week)
    if x < left:
        return containing("weekly", monday)
    day = monday + timedelta(days=column)
    return day.isoformat() if day.month == calendar.chosen.month else None


def days_shown(chosen: date) -> tuple[date, date]:
    """The first and the last day of the month that has a day."""
    days = days_of(containing(MONTH, chosen))
    return days or (chosen, chosen)


def _first_monday(chosen: date) -> date:
    first = chosen.replace(day=1)
    return first - timedelta(days=first.weekday())


def _month_lines(calendar: Calendar, inner: int, *, roomy: bool) -> list[Line]:
    """The month's name with its arrows, the names of the days, and six weeks."""
    name = dates.period(containing(MONTH, calendar.chosen))
    cell, left = (8, _WEEKS_CELLS) if roomy else (6, 0)
    names: Line = [(" " * left, "faint"), *((f" {day:<{cell - 1}}", "faint") for day in _DAYS)]
    # Today's number has the same ink in the month.
    here_today: Line = [("today ", "faint"), (dates.short(calendar.today, calendar.today), "match"), ("  ", "faint")]
    reading: Line = [("… ", "faint")] if calendar.known is None else here_today
    lines: list[Line] = [spread([("‹ ", "accent"), (name, "strong")], [*reading, ("›", "accent")], inner), names]
    for week in range(WEEKS):
        monday = _first_monday(calendar.chosen) + timedelta(days=7 * week)
        days = [monday + timedelta(days=number) for number in range(7)]
        here = [day for day in days if day.month == calendar.chosen.month]
        week_name = f"W{monday.isocalendar().week:02}" if left and here else ""
        above: Line = [(week_name.ljust(left), "faint")]
        below: Line = [(" " * left, "faint")]
        for day in days:
            mark, number = _number(calendar, day) if day in here else ("", "")
            held = _held(calendar, day, short=not roomy) if day in here else []
            head: Line = [
                ("▌" if mark == "▌" else " ", "accent"),
                (f"{day.day:>2}" if day in here else "  ", number or "faint"),
            ]
            if roomy:
                above += fit(head, cell)
                below += fit([(" ", "text"), *held], cell)
            else:
                above += fit([*head, *held], cell)
        lines += [above, below] if roomy else [above]
    return lines


def _number(calendar: Calendar, day: date) -> tuple[str, str]:
    """The mark before a day, and the ink of its number."""
    mark = "▌" if day == calendar.chosen else ""
    if day == calendar.today:
        return mark, "match"
    if day == calendar.chosen:
        return mark, "accent-strong"
    quiet = day.weekday() >= 5 or not clock.ARCHIVE_START <= day <= calendar.today
    return mark, "faint" if quiet else "text"


def _held(calendar: Calendar, day: date, *, short: bool) -> Line:
    """What the library has of a day: unread and all papers; "–" for none, "·" for a day that was never fetched."""
    if calendar.known is None or not clock.ARCHIVE_START <= day <= calendar.today:
        return []
    period = calendar.known.get(day.isoformat())
    fetched = period is not None and period.fetched_at is not None
    if period is None or not period.papers:
        weekend = day.weekday() >= 5
        return [("–", "faint")] if fetched else [] if weekend else [("·", "faint")]
    if short:
        # There is room for three characters.
        few = period.unread < 100
        return (
            [(f"●{period.unread}" if few else str(period.unread), "accent")]
            if period.unread
            else [(f" {period.papers}", "dim")]
        )
    mark: Line = [] if fetched else [("·", "faint")]
    if not period.unread:
        return [(str(period.papers), "dim"), *mark]
    return [(str(period.unread), "accent"), (f"/{period.papers}", "dim"), *mark]


def _keys(keys: tuple[tuple[str, str], ...]) -> Line:
    line: Line = []
    for key, title in keys:
        line += [(key, "accent"), (f" {title}  ", "dim")]
    return line
