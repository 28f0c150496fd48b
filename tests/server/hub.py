"""What the real Hugging Face would answer: days, weeks, months, trending, search, papers and pages."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from paperstui import clock
from paperstui.demo import discussion
from paperstui.models import Comment, Item
from paperstui.sources.items import read_paper
from tests.server.shapes import api_comments, api_detail, api_item, api_repos, search_item

WINDOW = 300
BUCKETS = {"api": 500, "resolvers": 3000, "pages": 100}
SIMILAR_FROM = 40
"""The newest papers, among which a bot finds similar ones."""
Raw = dict[str, Any]


@dataclass
class Reply:
    """A whole answer. A body that is JSON is also there as the value it was made of, for the faults that bend it."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    value: Any = None


class BadRequestError(Exception):
    """The request is refused with status 400."""


class Hub:
    """The service. `today`: the newest day that is not in the future; the program's own clock unless given.

    quotas: how many requests a window allows in each bucket.
    """

    def __init__(
        self,
        items: Iterable[Item] = (),
        *,
        days: Mapping[str, Sequence[Raw]] | None = None,
        today: date | None = None,
        quotas: Mapping[str, int] | None = None,
    ) -> None:
        self.days: dict[str, list[Raw]] = {}
        self.details: dict[str, Raw] = {}
        self.comments: dict[str, list[Raw]] = {}
        self.repos: dict[str, Raw] = {}
        self.texts: dict[str, Reply] = {}  # of papers, as `/papers/{id}.md` has them
        self.today = today
        self.quotas = BUCKETS | dict(quotas or {})
        self._used: dict[str, int] = {}
        for item in items:
            self.add(item)
        for day, raw in (days or {}).items():
            self.days.setdefault(day, []).extend(raw)

    @classmethod
    def recorded(cls, directory: Path, **options: Any) -> Hub:
        """The service over a directory of recorded days, `2026-08-21.json`."""
        names = sorted(directory.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"))
        return cls(days={path.stem: json.loads(path.read_text(encoding="utf-8")) for path in names}, **options)

    def add(self, item: Item) -> None:
        """Put a paper on the day it is listed on."""
        raw = api_item(item)
        day = item.paper.listed or (item.listing.period if item.listing else "")
        self.days.setdefault(day, []).append(raw)
        self.details[item.paper.id] = api_detail(item.paper)
        self.repos[item.paper.id] = api_repos(item.paper.repos)

    def discuss(self, paper_id: str, comments: Sequence[Comment]) -> None:
        """Let a paper have these comments; an answer stands behind what it answers."""
        self.comments[paper_id] = api_comments(comments)

    def reply(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """The answer to GET."""
        bucket = "api" if path.startswith("/api/") else "resolvers" if "/resolve/" in path else "pages"
        self._used[bucket] = self._used.get(bucket, 0) + 1
        left = self.quotas[bucket] - self._used[bucket]
        if left < 0:
            reply = self.json({"error": "We had to rate limit your IP."}, HTTPStatus.TOO_MANY_REQUESTS)
        else:
            try:
                reply = self._route(path, query)
            except BadRequestError as error:
                reply = self.json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        reply.headers["RateLimit"] = f'"{bucket}";r={max(left, 0)};t=231'
        reply.headers["RateLimit-Policy"] = f'"fixed window";"{bucket}";q={self.quotas[bucket]};w={WINDOW}'
        return self._conditional(reply, headers)

    def new_window(self) -> None:
        """All buckets are full again."""
        self._used.clear()

    def json(self, value: Any, status: int = 200, **headers: str) -> Reply:
        """A reply in JSON."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return Reply(status, {"Content-Type": "application/json; charset=utf-8"} | headers, body, value)

    def _route(self, path: str, query: Mapping[str, str]) -> Reply:
        if path == "/api/daily_papers":
            return self._daily(query)
        if path == "/api/papers/search":
            return self._search(query)
        if found := re.fullmatch(r"/api/papers/([\w.-]+)", path):
            return self._paper(found[1], query)
        if found := re.fullmatch(r"/api/arxiv/([\w.-]+)/repos", path):
            return self._repos(found[1])
        if found := re.fullmatch(r"/papers(?:/date/(\d{4}-\d\d-\d\d))?", path):
            return self._page(found[1])
        if found := re.fullmatch(r"/papers/([\w.-]+)\.md", path):
            return self._text(found[1])
        if path.startswith("/api/"):
            return self.json({"error": "Not found"}, HTTPStatus.NOT_FOUND)
        return Reply(HTTPStatus.NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"}, b"<html><h1>404</h1></html>")

    def _daily(self, query: Mapping[str, str]) -> Reply:
        limit, page = self._number(query, "limit", 50, 1, 100), self._number(query, "p", 0, 0, 10_000)
        raw = self._sorted(query)
        start = page * limit
        reply = self.json(raw[start : start + limit])
        if start + limit < len(raw):
            following = urlencode({**query, "p": page + 1})
            reply.headers["Link"] = f'<{{origin}}/api/daily_papers?{following}>; rel="next"'
        return reply

    def _sorted(self, query: Mapping[str, str]) -> list[Raw]:
        sort = query.get("sort", "publishedAt")
        if sort not in ("publishedAt", "trending"):
            raise BadRequestError('Invalid option: expected one of "publishedAt"|"trending"')
        if sort == "trending":
            return sorted(self._all(), key=lambda raw: -raw["paper"].get("githubStars", 0))
        if "date" in query:
            found = self.days.get(self._day(query["date"]).isoformat(), [])
        elif "week" in query or "month" in query:
            name, form = ("week", r"\d{4}-W\d\d") if "week" in query else ("month", r"\d{4}-\d\d")
            if not re.fullmatch(form, query[name]):
                raise BadRequestError(f"Invalid {name}")
            found = [raw for day, raws in self.days.items() if _belongs(day, query[name]) for raw in raws]
        else:
            return [raw for day in sorted(self.days, reverse=True) for raw in self.days[day]]
        # Stable, so papers with as many votes stay in the order of the feed.
        return sorted(found, key=lambda raw: -raw["paper"].get("upvotes", 0))

    def _search(self, query: Mapping[str, str]) -> Reply:
        words = query.get("q", "")
        limit = self._number(query, "limit", 120, 1, 120)
        if not words or len(words) > 250:
            raise BadRequestError("Too big: expected string to have <=250 characters" if words else "q is required")
        # Those with the words in their titles first, as the real one has it mostly; it finds by meaning, too.
        wanted = words.lower().split()
        found = {raw["paper"]["id"]: raw for raw in self._all() if words == raw["paper"]["id"]}
        for text in ("{title}", "{title} {summary}"):
            for raw in self._all():
                if all(word in text.format(**raw["paper"]).lower() for word in wanted):
                    found.setdefault(raw["paper"]["id"], raw)
        return self.json([search_item(raw, words) for raw in list(found.values())[:limit]])

    def _paper(self, paper_id: str, query: Mapping[str, str]) -> Reply:
        detail = self.details.get(paper_id)
        if detail is None:
            detail = next((raw["paper"] for raw in self._all() if raw["paper"].get("id") == paper_id), None)
        if detail is None:
            return self.json({"error": "Paper not found"}, HTTPStatus.NOT_FOUND)
        if query.get("field") == "comments":
            detail = detail | {"comments": self._comments(paper_id)}
        return self.json(detail)

    def _comments(self, paper_id: str) -> list[Raw]:
        """The comments that a test gave to a paper; else as many invented ones as its lists say it has."""
        if paper_id not in self.comments:
            raw = [raw for raw in self._all() if raw["paper"].get("id")]
            found = next((one for one in raw if one["paper"]["id"] == paper_id), None)
            if found is not None:
                others = [read_paper(one) for one in raw[:SIMILAR_FROM]]
                self.discuss(paper_id, discussion.comments(read_paper(found), others, clock.seconds() - 600))
        return self.comments.get(paper_id, [])

    def _repos(self, paper_id: str) -> Reply:
        return self.json(self.repos.get(paper_id) or {"models": [], "datasets": [], "spaces": []})

    def write(self, paper_id: str, text: str, kind: str = "text/markdown; charset=utf-8") -> None:
        """Let a paper have a full text."""
        self.texts[paper_id] = Reply(200, {"Content-Type": kind}, text.encode("utf-8", "surrogatepass"))

    def _text(self, paper_id: str) -> Reply:
        """The full text of a paper; for one without, the few lines of its page, and for an unknown one nothing."""
        if paper_id in self.texts:
            kept = self.texts[paper_id]
            return Reply(kept.status, dict(kept.headers), kept.body)
        known = next((raw["paper"] for raw in self._all() if raw["paper"].get("id") == paper_id), None)
        if known is None:
            return Reply(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain; charset=utf-8"}, b"Not found")
        text = f"# {known['title']}\n\n{known.get('summary', '')}\n"
        return Reply(200, {"Content-Type": "text/markdown; charset=utf-8"}, text.encode("utf-8", "replace"))

    def _page(self, asked: str | None) -> Reply:
        """The HTML page of a day; on a day without papers, silently that of the last one before."""
        wanted = self._day(asked).isoformat() if asked else self._now().isoformat()
        day = max((day for day in self.days if day <= wanted and self.days[day]), default=wanted)
        props = {"dailyPapers": self._sorted({"date": day}) if day in self.days else [], "dateString": day, "query": {}}
        attribute = html.escape(json.dumps(props, ensure_ascii=False), quote=True)
        text = (
            "<!doctype html><html><head><title>Daily Papers - Hugging Face</title></head><body><main>"
            f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{attribute}">'
            "<h1>Daily Papers</h1></div></main></body></html>"
        )
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, text.encode("utf-8", "replace"))

    def _all(self) -> list[Raw]:
        return [raw for day in sorted(self.days, reverse=True) for raw in self.days[day]]

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            raise BadRequestError("Invalid date") from None
        if day > self._now():
            raise BadRequestError("Date is in the future")
        return day

    def _now(self) -> date:
        return self.today or clock.today()

    def _number(self, query: Mapping[str, str], name: str, otherwise: int, least: int, most: int) -> int:
        text = query.get(name, str(otherwise))
        if not text.isascii() or not text.isdecimal():
            raise BadRequestError(f"Invalid {name}")
        if int(text) > most:
            raise BadRequestError(f"Too big: expected number to be <={most}")
        if int(text) < least:
            raise BadRequestError(f"Too small: expected number to be >={least}")
        return int(text)

    def _conditional(self, reply: Reply, headers: Mapping[str, str]) -> Reply:
        """The reply with its validator, compressed, or the news that nothing changed."""
        reply.headers.setdefault("Date", datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT"))
        if reply.status != HTTPStatus.OK:
            return reply
        tag = f'W/"{hashlib.sha256(reply.body).hexdigest()[:27]}"'
        reply.headers["ETag"] = tag
        if headers.get("if-none-match") == tag:
            kept = {name: reply.headers[name] for name in ("ETag", "Date", "RateLimit", "RateLimit-Policy")}
            return Reply(HTTPStatus.NOT_MODIFIED, kept)
        if "gzip" in headers.get("accept-encoding", "") and len(reply.body) > 1_000:
            reply.headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            reply.body = gzip.compress(reply.body, 1)
        return reply


def _belongs(day: str, period: str) -> bool:
    """Whether a day is of a week ("2026-W23") or a month ("2026-06")."""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}" == period or day.startswith(period)
