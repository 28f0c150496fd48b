"""The background refresh: after the first paint, every so many minutes, and on a key. It never holds anything up."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from paperstui import clock
from paperstui.actions import BY_ID, key_shown
from paperstui.draw import bars
from paperstui.draw.dates import issue
from paperstui.feeds import ARXIV
from paperstui.tui.arrivals import Coming
from paperstui.usecases.asking import DAILY, TRENDING, Place, place_of

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen
    from paperstui.usecases import Refreshed
    from paperstui.usecases.results import Outcome

OTHERS_EVERY = 1.5
"""Seconds between looks at what other copies of paperstui decided."""

CARE_AFTER = 20.0
"""Seconds after the start until the library is backed up, if it is due: nobody waits for anything then."""

AGE_EVERY = 30.0
"""Seconds between looks at the age in the status line; it is painted only when it reads differently."""


MOMENT = 60
"""Seconds for which what was fetched is "just now", which is not to stand beside a failure that came after it."""

REST = 60.0
"""Seconds after a failure for which opening a list does not ask for it again; a key does."""

ISSUES = frozenset({"today", "week", "month"})
"""The views of what lists of other lengths bring papers of, too."""

Issue = tuple[str, str | None]
"""What is fetched: a feed and its period, None for the newest."""

NEWEST_DAY: Issue = (DAILY, None)


class Trouble(NamedTuple):
    """What went wrong with a list.

    at: when it failed, Unix seconds, and wall: the same in the machine's own time; None where it is only to be known.
    """

    why: str
    at: int | None = None
    wall: float = 0.0


class Refresher:
    """Fetches lists, tells how fresh the shown one is, and takes in what other copies decided. What came is shown by `arrivals`."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._troubles: dict[Issue, Trouble] = {}
        self._rests: dict[Issue, float] = {}
        self._under_way: set[Issue] = set()
        self._begun = False
        self._fetched_at: int | None = None
        self._whole = True
        self._partly = False  # never fetched itself: what is here of it came with other lists
        self._shown = ""
        self._looking = False
        self._version: int | None = None
        self._had_at = clock.seconds()
        self._ended: asyncio.Future[Outcome] | None = None

    def begin_with(self, fetched_at: int | None) -> None:
        """When the shown period was fetched is known already."""
        self._fetched_at = fetched_at

    @property
    def trouble(self) -> str:
        """What went wrong with what is shown, or is to be known of it."""
        found = self._trouble()
        return found.why if found is not None else ""

    def _trouble(self) -> Trouble | None:
        """The same with its time. It is over when the list was fetched since, or the source answered whatever else."""
        issue = _issue_of(self.screen.shelf.place) or NEWEST_DAY
        found = self._troubles.get(issue)
        if found is None or found.at is None:
            return found
        answered = self.screen.desk.answered_at(issue[0])
        over = (self._fetched_at or 0) > found.at or (answered or 0.0) > found.wall
        return None if over else found

    @property
    def known(self) -> bool:
        """Whether the shown period was ever fetched."""
        return self._fetched_at is not None

    @property
    def host(self) -> str:
        """The host papers come from, as it is shown."""
        return urlsplit(self.screen.desk.endpoint).netloc

    @property
    def fetching(self) -> bool:
        """Whether the shown period is being fetched."""
        if not self._begun:
            return not self.screen.desk.offline and self.screen.settings.refresh_minutes > 0
        shown = _issue_of(self.screen.shelf.place)
        return shown in self._under_way or (shown is not None and (shown[0], None) in self._under_way)

    def start(self) -> None:
        """Begin, after the first paint."""
        screen = self.screen
        screen.set_interval(OTHERS_EVERY, self._look_at_others)
        screen.set_interval(AGE_EVERY, self._look_at_age)
        screen.work(self._look_at_fetched, group="age")
        if screen.desk.offline:
            self._begun = True
            screen.shelf.tell()
            return
        screen.set_timer(CARE_AFTER, lambda: screen.work(self._look_after, group="care"))
        if screen.settings.refresh_minutes:
            screen.work(self._begin, group="background")
        else:
            self._begun = True

    async def _begin(self) -> None:
        """Fetch the newest day, unless it has just been fetched, and whatever else there is to be kept up to date."""
        from paperstui.usecases.results import Outcome
        from paperstui.usecases.scheduler import RECENT

        at = await self.screen.background.read(self.screen.desk.newest_fetched_at)
        self._begun = True
        if at is not None and 0 <= clock.seconds() - at < RECENT:
            self._had_at = at
            self.screen.keeper.done(Outcome())
        else:
            self._keep_current()
        self._tell()
        await self.screen.keeper.start()

    def freshness(self) -> str:
        """How old the shown period is, or what is wrong."""
        if self._under_way:
            return "refreshing …"
        if self.screen.desk.offline:
            return "no network in the demonstration"
        trouble = self._trouble()
        why = trouble.why if trouble is not None else ""
        if trouble is not None and trouble.at is not None and clock.seconds() - trouble.at >= MOMENT:
            why = f"{why} ({clock.age(trouble.at)})"
        return _beside(why, self._age(trouble))

    def _age(self, trouble: Trouble | None) -> str:
        """How old the shown period is, or how much of it is here."""
        again = key_shown(BY_ID["refresh"].keys[0])
        if self._partly:
            return "here in part" if trouble else f"here in part, {again} fetches the rest"
        if not self._fetched_at:
            return ""
        if not self._whole:
            return f"{again} goes on" if trouble else f"not whole, {again} goes on"
        failed = trouble is not None and trouble.at is not None
        if failed and clock.seconds() - self._fetched_at < MOMENT:
            return "updated a moment before"
        return f"updated {clock.age(self._fetched_at)}"

    def do_refresh(self) -> None:
        if self.screen.desk.offline:
            self.screen.say("The demonstration does not touch the network.")
            return
        if self.screen.search.again():
            return
        self._fetch(_issue_of(self.screen.shelf.place) or NEWEST_DAY, asked=True)

    def _keep_current(self) -> None:
        """Fetch the newest day, and what is shown, unless that does not change any more."""
        self._fetch(NEWEST_DAY)
        self.screen.work(partial(self._keep_shown, self.screen.shelf.place), group="missing", exclusive=True)

    async def _keep_shown(self, place: Place) -> None:
        desk, wanted = self.screen.desk, _issue_of(place)
        if wanted is None or not await self.screen.background.read(desk.is_wanted, place, 0):
            return
        if place != await self.screen.background.read(desk.start_place):
            self._fetch(wanted)

    async def keep_current(self) -> Outcome:
        """Do that, and wait for what becomes of the newest day."""
        from paperstui.usecases.results import Outcome

        if self.fetching_newest:
            return Outcome()
        ended: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._ended = ended
        self._keep_current()
        return await ended

    @property
    def fetching_newest(self) -> bool:
        """Whether the newest day is being fetched."""
        return NEWEST_DAY in self._under_way

    async def take_elsewhere(self) -> None:
        """Show what another process has fetched of the newest day, in the way in which it is shown otherwise."""
        since, self._had_at = self._had_at, clock.seconds()
        result = await self.screen.background.read(self.screen.desk.brought, *NEWEST_DAY, since)
        if result is not None:
            await self.screen.arrivals.take_in(result, Coming(self.screen.shelf.place, asked=False))
            await self._look_at_fetched()

    async def _look_elsewhere(self) -> None:
        at = await self.screen.background.read(self.screen.desk.newest_fetched_at)
        if at is not None and at > self._had_at and not self._under_way:
            await self.take_elsewhere()

    def fetch_if_missing(self, place: Place) -> None:
        """A place was opened: fetch it, unless the library has it whole and it does not change."""
        self.screen.work(partial(self._fetch_if_missing, place), group="missing", exclusive=True)

    async def _fetch_if_missing(self, place: Place) -> None:
        wanted, desk = _issue_of(place), self.screen.desk
        minutes = self.screen.settings.refresh_minutes or 30
        if wanted is None or desk.offline or not await self.screen.background.read(desk.is_wanted, place, minutes):
            await self._look_at_fetched()
        elif clock.seconds() >= self._rests.get(wanted, 0):
            self._fetch(wanted)

    def _fetch(self, issue: Issue, *, asked: bool = False) -> None:
        if issue in self._under_way:
            return
        self._under_way.add(issue)
        if issue == NEWEST_DAY and self._ended is None:
            self.screen.keeper.begun()
        self.screen.work(partial(self._refresh, issue, asked=asked), group=f"refresh-{issue}")
        self._tell()

    async def _refresh(self, issue: Issue, *, asked: bool) -> None:
        began_at, desk = self.screen.shelf.place, self.screen.desk
        result: Refreshed | None = None
        try:
            known = await self.screen.background.read(desk.period, place_of(*issue))
            # What comes of a list that is not here whole is shown as it comes.
            lacking = issue[1] is not None and not (known and known.complete)
            coming = Coming(began_at, asked=asked or lacking)
            result = await desk.refresh(*issue, asked=asked, on_page=partial(self.screen.arrivals.page_came, coming))
            # As long as what came is not asked for, nothing says that there is nothing.
            await self.screen.arrivals.take_in(result, coming)
        finally:
            self._end(issue, result)
        self._note(issue, began_at, result)
        if result.error and asked:
            told = _beside(f"Just tried: {result.error}", self._age(self._trouble()))
            self.screen.say(told, "error", here=True)
        elif asked:
            self.screen.say(_in_words(result))
        await self._look_at_fetched()

    def _end(self, issue: Issue, result: Refreshed | None) -> None:
        """Something is not fetched any more; what becomes of the newest day is told to whoever keeps it current."""
        self._under_way.discard(issue)
        if issue != NEWEST_DAY:
            return
        from paperstui.usecases.results import Outcome

        self._had_at = clock.seconds()
        outcome = Outcome(error="a fault in paperstui", status=70) if result is None else result
        ended, self._ended = self._ended, None
        if ended is None:
            self.screen.keeper.done(outcome)
        elif not ended.done():
            ended.set_result(outcome)

    def _note(self, issue: Issue, began_at: Place, result: Refreshed) -> None:
        """Remember how it went, by what it was about."""
        about = {issue, (result.feed, result.period)}
        shown = _issue_of(began_at)
        if shown and shown[0] == issue[0] and issue[1] is None:
            about.add(shown)
        if result.error:
            came = f"{result.papers:,} papers came, then " if result.papers else ""
            self._troubles |= dict.fromkeys(about, Trouble(came + result.error, clock.seconds(), clock.wall()))
            pause = 0.0 if result.retry_at is None else result.retry_at - clock.wall()
            self._rests[issue] = clock.seconds() + max(REST, pause)
            return
        self._rests[issue] = clock.seconds() + 60 * (self.screen.settings.refresh_minutes or 30)
        # The source answers again, so what it failed with is over.
        arxiv = issue[0].startswith(ARXIV)
        self._troubles = {key: why for key, why in self._troubles.items() if key[0].startswith(ARXIV) != arxiv}
        if result.notice:
            self._troubles |= dict.fromkeys(about, Trouble(result.notice))

    def moved_on(self) -> None:
        """The reader went elsewhere."""
        self.screen.work(self._look_at_fetched, group="age")

    def look_again(self) -> None:
        """The shown period was fetched by somebody else."""
        self.screen.work(self._look_at_fetched, group="age")

    async def _look_at_fetched(self) -> None:
        place = self.screen.shelf.place
        known = await self.screen.background.read(self.screen.desk.period, place)
        if place == self.screen.shelf.place:
            self._fetched_at = known.fetched_at if known else None
            self._whole = known is None or known.complete or not place.is_issue
            self._partly = place.view in ISSUES and known is not None and known.fetched_at is None and known.papers > 0
            self._tell()

    def _look_at_age(self) -> None:
        if not self.screen.desk.offline:
            self.screen.work(self._look_elsewhere, group="elsewhere")

    def _tell(self) -> None:
        self._shown = self.freshness()
        self.screen.keeper.changed()
        self.screen.shelf.tell()
        self.screen.status_bar.again()

    async def _look_after(self) -> None:
        leaving = self.screen.app
        await self.screen.background.outside(self.screen.desk.look_after, lambda: leaving._exit)  # noqa: SLF001

    def _look_at_others(self) -> None:
        if self.freshness() != self._shown:
            self._tell()
        if not self._looking:
            self._looking = True
            self.screen.work(self._take_in_others, group="others")

    async def _take_in_others(self) -> None:
        try:
            known, behind = len(self.screen.desk.notices), self.screen.desk.behind
            changed = await self.screen.background.follow(self.screen.desk.poll)
            for notice in self.screen.desk.notices[known:]:
                self.screen.say(notice, "error")
            if changed:
                await self.screen.shelf.reload(changed)
            elif behind and not self.screen.desk.behind:
                self.screen.shelf.recount()
            await self._look_at_changes()
        finally:
            self._looking = False

    async def _look_at_changes(self) -> None:
        """Show what anybody has changed of the papers that are shown, with what they say as with what was decided."""
        before, self._version = self._version, await self.screen.background.read(self.screen.desk.version)
        if before not in (None, self._version):
            await self.screen.shelf.look_again()


def _beside(*parts: str) -> str:
    """What there is to be said, in one line; the last of it is what is kept where there is little room."""
    return bars.BESIDE.join(part for part in parts if part)


def _issue_of(place: Place) -> Issue | None:
    """What is to be fetched for a place; None where nothing in particular is."""
    feed = place.feed
    if not place.is_issue:
        return None
    # Of these only the newest can be had.
    return (feed, None) if feed == TRENDING or feed.startswith(ARXIV) else (feed, place.period)


def _in_words(result: Refreshed) -> str:
    name = issue(result.feed, result.period, clock.today())
    if not result.papers:
        return f"{name}: the site has no papers"
    new = len(result.upserted.new)
    skipped = f"; {len(result.skipped)} unreadable" if result.skipped else ""
    return f"{name}: {new} new of {result.papers}{skipped}"
