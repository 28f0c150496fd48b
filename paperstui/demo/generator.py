"""Invented papers: plausible, varied, and the same for the same seed on every machine.

They serve the demonstration, the loopback server of the tests, the screenshots and the benchmarks. Nothing in them is
taken from a real paper, person or organisation, and every link leads to example.org (RFC 2606) except the arXiv address
that follows from an id.

Only `Random.random()` is used: Python promises its sequence for a seed, and no other method's (library reference,
`random`, "Notes on Reproducibility"). Everything else is integers and tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from paperstui.demo import people
from paperstui.demo.writer import Draft, Draw, write
from paperstui.models import Account, Author, Item, Listing, Organization, Paper

MOST_A_DAY = 1_000
"""No day gets more papers than this; a window that is too short for its papers is stretched into the past."""

_SATURDAY = 5
_USUAL_SLOTS, _CROWDED_SLOTS = (800, 53), (3_225, 215)  # arXiv numbers for a publication day, and for each delay in it
_TEAM_OF_120 = 0.0025
_HAS_CODE, _CODE_BY_USER, _HAS_PROJECT, _HAS_SUMMARY, _HAS_MEDIA, _AUTHOR_TAKES_PART = 0.54, 0.6, 0.45, 0.5, 0.19, 0.3
_MATCHED_AUTHOR, _HIDDEN_AUTHOR, _TEAM_AS_AUTHOR = 0.3, 0.015, 0.015
_ZEROS_BELOW_RANK = 12
# How many days before its listing a paper appeared on arXiv; the median is 2, the site allows 14.
_LAGS = (1, 2, 3, 1, 4, 2, 1, 6, 2, 0, 3, 1, 5, 2, 9, 3, 4, 7, 14, 11)
# Author counts: mean 6, at most 40; a collaboration of 120 comes on top, rarely.
_TEAMS = (
    *(1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5),
    *(6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 10, 10, 11, 12, 14, 17, 23, 40),
)
_COMMENTS = (1, 2, 1, 2, 1, 1, 2, 2, 1, 3, 2, 1, 0, 2, 1, 2, 4, 1, 2, 5, 1, 2, 3, 1, 7, 2, 1, 2, 12, 1, 2, 23)
_TOPS = (400, 62, 148, 91, 233, 74, 120, 310, 55, 180, 84, 104)
_STARS = (0, 3, 12, 5, 41, 8, 126, 19, 2, 370, 27, 64, 1_240, 9, 88, 4_830, 33, 15, 210, 18_600)
_MEDIA = (("overview.mp4",), ("teaser.png",), ("overview.mp4", "figure-1.png"), ("results.gif",), ("teaser.webp",))
_DAY = 86_400
_MORNING = 7 * 3600
_EPOCH = date(1970, 1, 1).toordinal()
_SPREAD = 23  # coprime to the widths of both kinds of id slots


def items(count: int, *, seed: int = 1, last_day: date, days: int = 21) -> list[Item]:
    """`count` papers listed on the weekdays of the `days` days that end on `last_day`; see `stream`."""
    return list(stream(count, seed=seed, last_day=last_day, days=days))


def stream(count: int, *, seed: int = 1, last_day: date, days: int = 21) -> Iterator[Item]:
    """Yield `count` papers with their daily listings: newest day first, and within a day by rank.

    Days hold 20 to 30 papers. If that is too few for the window, every day holds proportionally more. A day's papers
    depend on the seed, the day and how many it holds, not on the window, so a paper always has the same id.
    """
    window = weekdays(last_day, days)
    usual = [_volume(seed, day) for day in window]
    if count <= sum(usual):
        return islice(_days(seed, window, usual, crowded=False), count)
    while count > MOST_A_DAY * len(window):
        window.append(_weekday_on(window[-1] - timedelta(days=1)))
    share, rest = divmod(count, len(window))
    return _days(seed, window, [share + (at < rest) for at in range(len(window))], crowded=True)


def day(on: date, *, seed: int = 1) -> list[Item]:
    """One day's papers by rank, the same as `stream` yields for it; none on Saturdays and Sundays."""
    return [] if on.weekday() >= _SATURDAY else _day(seed, on, _volume(seed, on), crowded=False)


def weekdays(last_day: date, days: int) -> list[date]:
    """The weekdays of the `days` days that end on `last_day`, newest first; at least one."""
    since_friday = (last_day - _weekday_on(last_day)).days
    every = (last_day - timedelta(days=back) for back in range(max(days, 1 + since_friday)))
    return [one for one in every if one.weekday() < _SATURDAY]


def _weekday_on(day: date) -> date:
    """The day itself, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _volume(seed: int, day: date) -> int:
    return 20 + (day.toordinal() * 7 + seed * 3 + day.toordinal() // 5) % 11


def _days(seed: int, window: list[date], volumes: list[int], *, crowded: bool) -> Iterator[Item]:
    for one, volume in zip(window, volumes, strict=True):
        yield from _day(seed, one, volume, crowded=crowded)


def _day(seed: int, on: date, volume: int, *, crowded: bool) -> list[Item]:
    """The papers of one weekday by rank."""
    random = Random(seed * 1_000_003 + on.toordinal()).random  # noqa: S311 - papers, not secrets
    weekday = (on.toordinal() - 1) // 7 * 5 + on.weekday()
    first = weekday * (MOST_A_DAY if crowded else 32)
    ids = _ids(on, volume, weekday, crowded=crowded)
    votes = _votes(volume, random)
    places = sorted(range(volume), key=[random() for _ in range(volume)].__getitem__)
    return [
        listed(_paper(first + at, seed, on, ids[at], upvotes, random, crowded=crowded), "daily", on.isoformat(), rank)
        for rank, (at, upvotes) in enumerate(zip(places, votes, strict=True), 1)
    ]


def _votes(volume: int, random: Draw) -> list[int]:
    """Upvotes from the most to the least, falling off with the rank in Zipf's manner, from at most 400 to 0."""
    top = _TOPS[int(random() * len(_TOPS))]
    drawn = []
    for place in range(volume):
        share = (0.8 + 0.2 * random()) / (1 + 0.6 * place)
        drawn.append(max(0, int(top * share) - 2 * (place > _ZEROS_BELOW_RANK)))
    return sorted(drawn, reverse=True)


def _ids(on: date, volume: int, weekday: int, *, crowded: bool) -> list[tuple[str, int]]:
    """The arXiv id and the publication time of each paper of a day.

    A month's numbers are divided among its days, and a day's among the delays between publication and listing. A
    listing day and a delay name the publication day, so no two listing days ever share a number.
    """
    each_day, each_lag = _CROWDED_SLOTS if crowded else _USUAL_SLOTS
    taken = [0] * 15
    found: list[tuple[str, int]] = []
    for at in range(volume):
        lag = _LAGS[(at + weekday * 3) % len(_LAGS)]
        appeared = on - timedelta(days=lag)
        number = (appeared.day - 1) * each_day + lag * each_lag + (taken[lag] * _SPREAD + weekday * 5) % each_lag + 1
        taken[lag] += 1
        midnight = (appeared.toordinal() - _EPOCH) * _DAY
        found.append((f"{appeared:%y%m}.{number:05}", midnight))
    return found


def listed(paper: Paper, feed: str, period: str, rank: int | None) -> Item:
    """The paper with a listing that says what the paper says."""
    submitter = paper.submitter.login if paper.submitter else ""
    listing = Listing(
        feed=feed, period=period, rank=rank, upvotes=paper.upvotes, comments=paper.comments, submitter=submitter
    )
    return Item(paper, listing)


def _paper(
    serial: int, seed: int, on: date, known_as: tuple[str, int], upvotes: int, random: Draw, *, crowded: bool
) -> Paper:
    arxiv_id, published = known_as
    draft = write(serial, seed, random, crowded=crowded)
    organization = _organization(random)
    slug = draft.name.lower()
    home = organization.login if organization else "open-papers"
    code = random() < _HAS_CODE
    summarised = random() < _HAS_SUMMARY
    indexed = (on.toordinal() - _EPOCH) * _DAY + int(random() * _MORNING)
    return Paper(
        id=arxiv_id,
        title=draft.title,
        abstract=draft.abstract,
        text_source=draft.source,
        authors=_authors(random, organization),
        organization=organization,
        published=published,
        listed=on.isoformat(),
        upvotes=upvotes,
        comments=_COMMENTS[int(random() * len(_COMMENTS))] + upvotes // 60,
        submitter=_submitter(random),
        author_takes_part=random() < _AUTHOR_TAKES_PART,
        summary=draft.summary if summarised else "",
        keywords=draft.keywords if summarised else (),
        summary_model="inkwell-small" if summarised else "",
        code_url=f"https://git.example.org/{home}/{slug}" if code else "",
        code_stars=_STARS[int(random() * len(_STARS))] + int(random() * 9) if code else None,
        code_added_by=("user" if random() < _CODE_BY_USER else "auto") if code else "",
        project_url=f"https://{slug}.example.org" if random() < _HAS_PROJECT else "",
        media=_media(draft, random),
        thumbnail=f"https://thumbnails.example.org/papers/{arxiv_id}.png",
        discussion_id=f"{indexed:08x}{int(random() * 2**32):08x}{int(random() * 2**32):08x}",
        categories=draft.categories,
    )


def _organization(random: Draw) -> Organization | None:
    """Two papers in three name an organisation; some organisations publish much more than others."""
    known = people.organizations()
    draw = random() * 1.5
    return known[int(draw * draw * len(known))] if draw < 1 else None


def _submitter(random: Draw) -> Account:
    known = people.accounts()
    return known[int(random() * len(known))]


def _authors(random: Draw, organization: Organization | None) -> tuple[Author, ...]:
    """A walk through the list of people with a drawn start and stride, so nobody appears twice."""
    known = people.authors()
    total = len(known)
    at, stride, rare = int(random() * total), 1 + int(random() * (total - 1)), random()
    size = 120 if rare < _TEAM_OF_120 else _TEAMS[int(random() * len(_TEAMS))]
    found = [known[(at + turn * stride) % total] for turn in range(size)]
    if random() < _MATCHED_AUTHOR:
        found[0] = people.matched(found[0], at)
    rare = random()
    if rare < _HIDDEN_AUTHOR and size > 1:
        found[1] = Author(found[1].name, hidden=True)
    elif organization and rare > 1 - _TEAM_AS_AUTHOR:
        found.append(Author(f"The {organization.shown} Team"))
    return tuple(found)


def _media(draft: Draft, random: Draw) -> tuple[str, ...]:
    if random() >= _HAS_MEDIA:
        return ()
    place = int(random() * len(_MEDIA))
    return tuple(f"https://media.example.org/{draft.name.lower()}/{one}" for one in _MEDIA[place])
