"""Digests: what is new for a query since the last one of its name, printed or mailed, and never mailed twice."""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timezone

from msgspec import Struct
from msgspec.structs import replace

from paperstui import clock
from paperstui.config import MailSettings
from paperstui.errors import QueryError, SaveError, UsageError
from paperstui.export.digest.content import Digest, Doubt, story
from paperstui.library.store import Library
from paperstui.models import Row
from paperstui.outside.letters import Envelope, Handing, NotSentError
from paperstui.paths import Paths
from paperstui.query import Query, compile_query, parse
from paperstui.query.arrivals import arrived_since
from paperstui.query.tree import Sort
from paperstui.usecases.digest_record import History, Line, Record, What
from paperstui.usecases.viewing import ORDERS

TOP = 15
"""Papers that a digest shows unless it is asked for more."""

BEST = (Sort("upvotes"), Sort("listed"))
"""What is best where the query has no order of its own: the most upvotes, then the newest."""

Write = Callable[[Digest], None]


class Ask(Struct, frozen=True, kw_only=True):
    """What a digest is asked for.

    name: whose account it goes on. since: everything that arrived from the beginning of this day (UTC) on, instead of
    what is new since the last one. top: how many papers are shown at most; None for all.
    """

    name: str = "default"
    query: str = ""
    since: date | None = None
    top: int | None = TOP


class Told(Struct, frozen=True):
    """A digest that was made, and what became of it.

    reach: what arrived after this was looked at. rest: the ids of the new papers that are counted but not shown.
    to: whom it was mailed to; nobody if nothing was new.
    notices: what the user should know beside it.
    """

    digest: Digest
    reach: datetime
    rest: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


class Digests:
    """Makes digests. endpoint: where links to Hugging Face lead."""

    def __init__(self, paths: Paths, library: Library, endpoint: str) -> None:
        self._paths = paths
        self._library = library
        self._endpoint = endpoint

    def look(self, ask: Ask) -> Told:
        """What arrived since the day asked for, told before or not; nothing is recorded.

        Raises:
            UsageError: the query is wrong, or no day is asked for.
        """
        if ask.since is None:
            raise UsageError("a look needs a day to begin with")
        return self._made(ask, History(), _now())

    def printed(self, ask: Ask, write: Write) -> Told:
        """Write what is new since the last printed digest of that name, if anything is.

        It is recorded when `write` has come back: if that raised, the same comes again the next time.

        Raises:
            UsageError: the query is wrong.
            PaperstuiError: the record cannot be read, or another digest of that name does not end.
            SaveError: it was written but cannot be recorded.
        """
        record = Record(self._paths, ask.name)
        with record.alone("print"):
            history = record.history("print")
            told = self._made(ask, history, _now())
            if told.digest.found:
                write(told.digest)
            if told.digest.found or history.first is None:
                record.append(_line(told, what="printed"))
        return _with_notices(told, record, history)

    def mail(self, ask: Ask, settings: MailSettings) -> Told:
        """Mail what is new since the last mailed digest of that name, if anything is. See `digest_record` for the steps.

        Raises:
            UsageError: the query or the settings are wrong.
            NotSentError: it was not delivered; the next one has the same papers.
            UnconfirmedError: it may have been delivered; its papers are not sent again.
            SaveError: nothing was sent, because it cannot be recorded; or it was sent, and is recorded as in doubt.
            PaperstuiError: the record cannot be read, or another digest of that name does not end.
        """
        _check(settings)
        record = Record(self._paths, ask.name)
        with record.alone("mail"):
            history = record.history("mail")
            told = self._made(ask, history, _now(), mail=True)
            if told.digest.found:
                _send(told, settings, record, history)
                told = replace(told, to=settings.to)
            elif history.first is None:
                # The first one looked back a day; the next one is to begin there, too, whenever that is.
                record.append(_line(told, what="looked"))
        return _with_notices(told, record, history)

    def _made(self, ask: Ask, history: History, now: datetime, *, mail: bool = False) -> Told:
        reach = history.since(now) if ask.since is None else datetime.combine(ask.since, time(), timezone.utc)
        query = parse(ask.query)
        for problem in query.problems:
            raise QueryError(problem.message, ask.query, problem.start, problem.end)
        rows = self._new(query, reach, history.told)
        shown = rows if ask.top is None else rows[: ask.top]
        details = [self._library.detail(row.rowid) for row in shown]
        stories = tuple(story(detail, self._endpoint) for detail in details if detail is not None)
        digest = Digest(
            name=ask.name,
            query=ask.query,
            order=_order(query),
            since=history.last.at if history.last and ask.since is None else reach,
            made=now,
            stories=stories,
            found=len(stories) + len(rows) - len(shown),
            command=_command(ask, mail=mail),
            rest=_command(Ask(query=ask.query, since=reach.date(), top=None)),
            doubts=tuple(_doubt(line) for line in history.doubtful),
        )
        return Told(digest, reach, tuple(row.id for row in rows[len(shown) :]))

    def _new(self, query: Query, since: datetime, told: frozenset[str]) -> list[Row]:
        """The papers that a query finds, that arrived since a moment and were not told, best first."""
        arrived = set(self._library.rowids(*arrived_since(since)))
        if not arrived:
            return []
        best = query.sort or BEST
        if all(sort.key != "upvotes" for sort in best):
            best = (*best, Sort("upvotes"))
        compiled = compile_query(Query(text=query.text, tree=query.tree, sort=best), today=clock.today())
        found = [rowid for rowid in self._library.rowids(compiled.sql, compiled.params) if rowid in arrived]
        # A paper that was told under the id of its title may have got its arXiv id since.
        known = {self._library.find(paper) for paper in told if paper.startswith("title:")}
        return [row for row in self._library.rows(found) if row.id not in told and row.rowid not in known]


def _now() -> datetime:
    return clock.now().replace(microsecond=0)


def _check(settings: MailSettings) -> None:
    """See to it that the settings say how to mail, before anything is done.

    Raises:
        UsageError: they do not.
    """
    from paperstui.outside import sendmail, smtp

    if not settings.to:
        raise UsageError("nobody to mail to: set to in [mail] of config.toml")
    if settings.sendmail:
        sendmail.command_of(settings.sendmail)
    else:
        smtp.check(settings)


def _send(told: Told, settings: MailSettings, record: Record, history: History) -> None:
    """Send a digest, with every step recorded before the next."""
    from paperstui.outside.password import find_password

    password = "" if settings.sendmail else find_password(settings)
    unique = f"{told.digest.made:%Y%m%d%H%M%S}.{secrets.token_hex(8)}"
    doubts = tuple(line.id for line in history.doubtful)
    begun = _line(told, what="begun", unique=unique, doubts=doubts)

    def step(what: What, why: str = "") -> None:
        record.append(Line(at=_now(), what=what, id=unique, why=why))

    record.append(begun)
    try:
        _hand_over(told.digest, settings, password, unique, lambda: step("handed"))
    except NotSentError as error:
        try:
            step("failed", str(error))
        except SaveError as trouble:
            raise NotSentError(f"{error}; {trouble}", lasting=error.lasting) from error
        raise
    try:
        step("sent")
    except SaveError as error:
        raise SaveError(f"the digest was sent, but {error}; its papers are not sent again") from error


def _hand_over(digest: Digest, settings: MailSettings, password: str, unique: str, handing: Handing) -> None:
    from paperstui.export.digest.message import as_bytes, bare_address, message
    from paperstui.outside import sendmail, smtp

    sender = settings.from_ or settings.to[0]
    letter = message(digest, sender, settings.to, unique)
    if settings.sendmail:
        sendmail.send(as_bytes(letter, newline="\n"), settings.sendmail, handing)
        return
    receivers = tuple(dict.fromkeys(map(bare_address, settings.to)))
    smtp.send(Envelope(bare_address(sender), receivers, as_bytes(letter)), settings, password, handing)


def _line(told: Told, *, what: What, unique: str = "", doubts: Sequence[str] = ()) -> Line:
    digest = told.digest
    return Line(
        at=digest.made,
        what=what,
        id=unique,
        since=told.reach,
        query=digest.query,
        shown=tuple(each.detail.paper.id for each in digest.stories),
        rest=told.rest,
        doubts=tuple(doubts),
    )


def _with_notices(told: Told, record: Record, history: History) -> Told:
    """The same with what the user should know."""
    notices = list(record.problems)
    if history.first is None and not told.digest.found and told.digest.since == told.reach:
        notices.append(f"this is the first digest {told.digest.name!r}, and looks back a day; --since D looks further")
    last = history.last
    if last is not None and last.query != told.digest.query:
        before = f"for {last.query}" if last.query else "for everything"
        notices.append(f"the last digest {told.digest.name!r} was {before}; --name keeps digests apart")
    if not told.to:
        notices += [
            f"the digest of {doubt.at:%Y-%m-%d %H:%M} may not have arrived; {doubt.command} prints it"
            for doubt in told.digest.doubts
        ]
    return replace(told, notices=tuple(notices))


def _doubt(line: Line) -> Doubt:
    since = (line.since or line.at).date()
    return Doubt(at=line.at, papers=len(line.shown), command=_command(Ask(query=line.query, since=since, top=None)))


def _order(query: Query) -> str:
    sort = (query.sort or BEST)[0]
    words = ORDERS.get(sort.key, f"by {sort.key}")
    return f"{words}, reversed" if sort.reverse else words


def _command(ask: Ask, *, mail: bool = False) -> str:
    """The command line that asks for this."""
    words = ["paperstui", "digest", *([ask.query] if ask.query else [])]
    if ask.name != "default":
        words += ["--name", ask.name]
    if ask.since is not None:
        words += ["--since", ask.since.isoformat()]
    if ask.top != TOP:
        words += ["--top", "all" if ask.top is None else str(ask.top)]
    return shlex.join([*words, *(["--mail"] if mail else [])])
