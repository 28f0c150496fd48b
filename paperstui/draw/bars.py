"""The lines around the panes: the header with tabs and day, the list's heading, the status and the key hints."""

from __future__ import annotations

from paperstui.actions import BY_ID, key_shown
from paperstui.draw import dates
from paperstui.draw.lines import fit, line_width, spread
from paperstui.draw.row import is_revised
from paperstui.text.width import truncate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import NamedTuple

    from paperstui.actions import Action, Context
    from paperstui.draw.lines import Line, Span
    from paperstui.rows import Row
else:
    from paperstui.light import NamedTuple


VIEWS: tuple[tuple[str, str, str], ...] = (
    ("today", "Today", "Today"),
    ("week", "Week", "Week"),
    ("month", "Month", "Month"),
    ("trending", "Trending", "Trend"),
    ("queue", "Reading list", "List"),
    ("starred", "Starred", "Star"),
    ("all", "All", "All"),
    ("arxiv", "arXiv", "arXiv"),
)
"""The views in the header, by name, title and short title, in the order of their keys. The last one is there when categories
of arXiv are followed."""

SHORTEST_ORDER = 12
"""Cells to which the order of a list is cut at most."""

ARXIV_VIEW = "feed:arxiv:"
"""How a view of arXiv's categories is called; the rest of its name are they."""

HINTS: dict[Context, tuple[str, ...]] = {
    "list": (
        "open",
        "star",
        "read",
        "queue",
        "changes",
        "undo",
        "filter",
        "previous_period",
        "next_period",
        "turn_tab",
        "sort",
        "refresh",
        "more",
        "open_pdf",
        "next_unread",
        "back",
        "help",
    ),
    "detail": (
        "back",
        "read_full",
        "next_tab",
        "more",
        "star",
        "queue",
        "read",
        "changes",
        "note",
        "open_page",
        "open_pdf",
        "scroll_page_down",
        "next_unread",
        "copy_link",
        "undo",
        "help",
    ),
    "text": (
        "text_close",
        "text_outline",
        "text_find",
        "text_links",
        "text_next_section",
        "text_return",
        "star",
        "open_pdf",
        "open_page",
        "help",
    ),
    "filter": ("filter_done", "look_online", "complete", "candidate_up", "filter_clear"),
    "anywhere": ("help",),
}
"""The actions, or first keys of several, that the last line names, by where the focus is."""

ORDERED = ("queue_up", "queue_down")
"""What takes the place of going through issues where the user makes the order."""

CHORDS: dict[str, tuple[str, str]] = {"sort": ("S", "sort"), "more": ("M", "more")}
"""First keys of several actions, as a hint names them."""

_HINTED: dict[str, tuple[str, str]] = {
    "queue": ("a", "reading list"),
    "read": ("r", "read"),
    "refresh": ("F5", "refresh"),
    "queue_up": ("{", "move up"),
    "queue_down": ("}", "move down"),
    "turn_tab": ("L/H", "tabs"),
}
"""Actions that a hint names in another way than the palette."""

QUERY_LEAST = 12
"""Cells of a query that are shown at least, however much there is to be said beside it."""


BESIDE = " · "
"""What stands between two things that the bottom bar says beside each other."""


class Tab(NamedTuple):
    """One view in the header: the key that shows it, its name, how many papers it holds (None: not known yet).

    short: its name where there is little room.
    """

    key: str
    title: str
    papers: int | None
    active: bool
    short: str = ""


def view_tabs(counts: Mapping[str, int], shown: str, *, today: bool, arxiv: bool = False) -> list[Tab]:
    """The views, with how many papers they hold as far as that is known.

    shown: the name of the view that is. today: the day is this day, or there is none. arxiv: its categories are followed.
    """
    shown = "arxiv" if shown.startswith(ARXIV_VIEW) else shown
    tabs = []
    for key, (name, title, short) in enumerate(VIEWS if arxiv or shown == "arxiv" else VIEWS[:-1], 1):
        day = name == "today" and not today
        active = name == shown
        tabs.append(Tab(str(key), "Day" if day else title, counts.get(name), active, "Day" if day else short))
    return tabs


def header(tabs: Sequence[Tab], period: str | None, cells: int, *, banner: str = "") -> Line:
    """The top line: name, views, and the period with its arrows. What matters least goes first when it is narrow.

    That is the name, then the long names of views, then their counts, then the long name of the period, then its year,
    and at last the names of the views that are not shown. Without counts there may be room for the long names of views
    again. Before the year goes, the views stand closer together.
    """
    names = (dates.period, dates.dated_period, dates.short_period)
    long, dated, short = (_arrows(name(period)) if period else [] for name in names)
    if banner:
        long = [(f" {banner} ", "accent-strong"), *long]
        dated = short = long
    left: Line = []
    right: Line = []
    for name, form, right in (
        (" paperstui  ", _WITH_COUNT, long),
        ("", _WITH_COUNT, long),
        ("", _SHORT_COUNT, long),
        ("", _LONG, long),
        ("", _SHORT, long),
        ("", _SHORT, dated),
        ("", _CLOSE, dated),
        ("", _CLOSE, short),
        ("", _KEY, long),
        ("", _KEY, dated),
        ("", _KEY, short),
        ("", _ALONE, short),
    ):
        left = [(name or " ", "accent-strong"), *_tabs(tabs, form)]
        if line_width(left) + line_width(right) + 1 <= cells:
            break
    return spread(left, right, cells)


def _arrows(text: str) -> Line:
    return [("‹ ", "dim"), (text, "strong"), (" › ", "dim")]


def tab_at(tabs: Sequence[Tab], x: int, line: Line) -> Tab | None:
    """The tab under a column of the header that `header` drew, for the mouse: its key, its name or its count."""
    at = 0
    found: Tab | None = None
    for index, (text, _) in enumerate(line):
        # A tab is three spans: its key, its name, its count; what is not said of it is an empty one.
        after = line[index + 1][0] if index + 1 < len(line) else None
        begun = next((tab for tab in tabs if text == f" {tab.key} " and after in (tab.title, tab.short, "")), None)
        if begun is not None:
            found, left = begun, 3
        elif found is not None:
            left -= 1
            found = found if left else None
        at += line_width([(text, "")])
        if x < at:
            return found if x >= 0 else None
    return None


def arrow_at(line: Line, x: int) -> int:
    """Which arrow of the header is under a column or beside it: -1 for the left one, 1 for the right one, 0 for none."""
    at = 0
    for text, _ in line:
        end = at + line_width([(text, "")])
        arrow = {"‹": -1, "›": 1}.get(text.strip(), 0)
        if arrow and at - 1 <= x < end:
            return arrow
        at = end
    return 0


def is_period_at(line: Line, x: int) -> bool:
    """Whether the name of the period, which stands between the arrows, is under a column of the header."""
    left = line_width(line[: next((at for at, (text, _) in enumerate(line) if text == "‹ "), len(line))])
    right = next((at for at, (text, _) in enumerate(line) if text == " › "), 0)
    return left <= x < line_width(line[:right])


_WITH_COUNT, _SHORT_COUNT, _LONG, _SHORT, _CLOSE, _KEY, _ALONE = range(7)
"""How much is said of the views: also their counts; those with short names; names; short ones; those close together; of the
others only the keys; nothing."""


def _tabs(tabs: Sequence[Tab], form: int) -> Line:
    line: Line = []
    for tab in tabs:
        if form == _ALONE and not tab.active:
            continue
        title = tab.short or tab.title if form in (_SHORT, _SHORT_COUNT, _CLOSE) else tab.title
        named = form < _KEY or tab.active
        count = f" {tab.papers:,} " if form <= _SHORT_COUNT and tab.papers is not None else " "
        line.append((f" {tab.key} ", "accent" if tab.active else "faint"))
        line.append((title if named else "", "accent-strong" if tab.active else "dim"))
        line.append((count if named and form != _CLOSE else "", "faint"))
    return line


def list_heading(
    unread: int,
    shown: int | None,
    total: int,
    order: str,
    arrived: int,
    cells: int,
    *,
    first: int | None = None,
    kept: int = 0,
) -> Line:
    """What the list holds, and that new papers wait behind it.

    shown: None while it is being counted. first: so many are there, and how many more cannot be told. kept: so many of
    those shown are not of the view any more, and stay until it is left.
    """
    if arrived:
        new = "1 new paper" if arrived == 1 else f"{arrived:,} new papers"
        right: Line = [(f"↑ {new} ", "accent-strong"), (f"{key_shown(BY_ID['show_new'].keys[0])} shows ", "dim")]
    else:
        right = [(f"{order} ", "faint")]
    if arrived and line_width(right) + 16 > cells:
        # What is new matters more here than how many there are.
        return fit(right, cells)
    if first is not None:
        left: Line = [(f"   the first {first:,}", "accent")]
    elif shown is None:
        left = [("   …", "accent"), (f" of {total:,}" if total else "", "faint")]
    elif shown == total:
        left = [(f"   {unread:,} unread", "dim"), (f" of {total:,}", "faint")]
    else:
        left = [(f"   {shown:,} of {total:,}", "accent"), (f" · {unread:,} unread", "faint")]
    if kept and first is None and shown is not None:
        left.append((f" · {kept:,} {'stays' if kept == 1 else 'stay'} for now", "faint"))
    room = cells - line_width(left) - 2
    if not arrived and SHORTEST_ORDER <= room < line_width(right):
        right = [(f"{truncate(order, room - 1)} ", "faint")]
    return spread(left, right, cells)


def status(message: str, ink: str, found: str, freshness: str, cells: int, fill: str = "text") -> Line:
    """The right part of the bottom bar: what the filter found, then how fresh the list is or what went wrong."""
    parts: Line = []
    if found:
        parts.append((found, "strong"))
    if message:
        parts.append((("   " if parts else "") + message, ink))
    elif freshness:
        gap = "   " if parts else ""
        room = cells - line_width(parts) - len(gap) - 1
        parts.append((gap + _age_kept(freshness, room), "dim"))
    parts.append((" ", fill))
    return fit([(" " * max(0, cells - line_width(parts)), fill), *parts], cells, fill)


def _age_kept(freshness: str, room: int) -> str:
    """What went wrong and how old the list is; the age, which stands last, comes first where not all of it has room."""
    why, _, age = freshness.rpartition(BESIDE)
    return f"{age}{BESIDE}{why}" if why and line_width([(freshness, "dim")]) > room else freshness


def filter_line(text: str, message: str, ink: str, found: str, freshness: str, cells: int) -> Line:
    """The bottom bar behind its slash: the query, and what is to be said on the right."""
    # A long query leaves half of the line for what is said beside it.
    shown = truncate(text, max(QUERY_LEAST, cells // 2)) if text else ""
    left: Line = [(shown, "accent-strong")] if text else [("filter", "faint")]
    gap = ("  ", "text")
    room = cells - line_width(left) - len(gap[0])
    return [*left, gap, *status(message, ink, found, freshness, room)] if room > 0 else fit(left, cells)


def hints(actions: Sequence[tuple[str, str]], cells: int) -> Line:
    """Keys and what they do, as many as fit; the last one is always shown."""
    if not actions:
        return fit([], cells)
    spans: list[list[Span]] = [[(f" {key}", "accent"), (f" {title} ", "dim")] for key, title in actions]
    last = spans.pop()
    room = cells - line_width(last)
    line: Line = []
    for pair in spans:
        needed = line_width(pair)
        if needed > room:
            break
        line += pair
        room -= needed
    return fit([*line, *last], cells)


def hint_at(line: Line, x: int) -> str:
    """The key, as it is shown, of the hint under a column of a line of hints; "" where there is none."""
    at, key = 0, ""
    for text, ink in line:
        if ink != "dim":
            key = text.strip() if ink == "accent" else ""
        at += line_width([(text, ink)])
        if x < at:
            return key if x >= 0 else ""
    return ""


def idle(paper: Row | None, *, periods: bool) -> frozenset[str]:
    """The actions of `HINTS` that have nothing to do.

    paper: the one under the cursor. periods: the view goes from period to period, or is one whose order the user makes.
    """
    nothing = [] if periods else ["previous_period", "next_period"]
    nothing += [] if paper is not None and is_revised(paper) else ["changes"]
    return frozenset(nothing)


def context_hints(context: Context, cells: int, *, without: Collection[str] = (), ordered: bool = False) -> Line:
    """The keys that matter most where the focus is.

    without: actions that have nothing to do now. ordered: the user makes the order of the list.
    """
    return hints([hint(name) for name in hinted(context, without=without, ordered=ordered)], cells)


def hinted(context: Context, *, without: Collection[str] = (), ordered: bool = False) -> list[str]:
    """What the hints name where the focus is: ids of actions, and names of `CHORDS`; as in `context_hints`."""
    names = [name for name in HINTS[context] if name not in without]
    if ordered and "previous_period" in names:
        at = names.index("previous_period")
        names[at : at + 2] = ORDERED
    return names


def hint(name: str) -> tuple[str, str]:
    """The key and the title with which the hints name an action, or several with the same first key."""
    if name in CHORDS:
        return CHORDS[name]
    return _HINTED.get(name) or (key_shown(BY_ID[name].keys[0]), hint_of(BY_ID[name]))


def hint_of(action: Action) -> str:
    """What an action is called in a line of hints: "open PDF", "mark read"."""
    return action.title[:1].lower() + action.title[1:]


def unknown_chord(begun: str, key: str, following: Sequence[tuple[str, Action]]) -> str:
    """What is said of a key that does not go on with a chord: what it was, and what would."""
    rest = ", ".join(f"{key_shown(name)} {hint_of(action)}" for name, action in following)
    return f"{key_shown(f'{begun} {key}')} means nothing; {key_shown(begun)} and then: {rest}"


def chord_hints(begun: str, following: Sequence[tuple[str, Action]], cells: int) -> Line:
    """After the first key of a chord: what can follow."""
    line: Line = [(f" {key_shown(begun)} … ", "accent-strong")]
    rest = hints([(key_shown(key), hint_of(action)) for key, action in following], max(0, cells - line_width(line)))
    return fit([*line, *rest], cells)
