"""What can be wrong in the JSON of a list of papers, by name: each makes a body from the right reply."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from tests.server.hub import Reply

Bend = Callable[[Reply, dict[str, Any]], bytes]
SHAPES: dict[str, Bend] = {}

ESC = "\x1b"
HOSTILE = (
    f"{ESC}]0;PWN{ESC}\\{ESC}]52;c;UFdO\x07{ESC}[2J{ESC}[6n\x9b31m\x90PWN\x9c[/][bold]PWN[/bold]"
    "[@click=app.quit]PWN[/]\u202ePWN\u2066\u200b\ufeff\x00\x07\r\n=cmd|'/c calc'!A1\ud800 a\u0301" + "\u0316" * 200
)


def _value(change: Callable[[list[dict[str, Any]], dict[str, Any]], Any]) -> Bend:
    """A fault that changes the items and sends what becomes of them."""

    def bend(reply: Reply, options: dict[str, Any]) -> bytes:
        items = json.loads(json.dumps(reply.value))
        return json.dumps(change(items, options)).encode("ascii")

    return bend


def _each(change: Callable[[dict[str, Any]], None], *, every: int = 1) -> Bend:
    """A fault in every n-th item, from the first on."""

    def all_of_them(items: list[dict[str, Any]], options: dict[str, Any]) -> Any:
        for item in items[:: options.get("every", every)]:
            change(item)
        return items

    return _value(all_of_them)


def _raw(make: Callable[[bytes, dict[str, Any]], bytes]) -> Bend:
    return lambda reply, options: make(reply.body, options)


def _types(item: dict[str, Any]) -> None:
    """Wrong types everywhere but in the id and the title."""
    inner = item["paper"]
    item.update(
        numComments="many",
        thumbnail=7,
        submittedBy=[1],
        organization="x",
        mediaUrls={"a": 1},
        isAuthorParticipating="y",
    )
    inner.update(
        authors={"name": "A"}, publishedAt=12, summary=["no"], upvotes="12a", submittedOnDailyAt=False, ai_keywords="k",
        githubRepo=1, githubStars=[], organization=3, ai_summary={}, projectPage=None, discussionId=4, mediaUrls="u",
        submittedOnDailyBy="me", ai_summary_model=0,
    )  # fmt: skip


def _nulls(item: dict[str, Any]) -> None:
    """Null for everything but the id and the title."""
    for fields, kept in ((item, {"paper", "title"}), (item["paper"], {"id", "title"})):
        for key in fields:
            if key not in kept:
                fields[key] = None


def _hostile(item: dict[str, Any]) -> None:
    """Escape sequences and the like in every text but the id."""
    kept = item["paper"]["id"]

    def poisoned(value: Any) -> Any:
        if isinstance(value, str):
            return value + HOSTILE
        if isinstance(value, list):
            return [poisoned(element) for element in value]
        return {key: poisoned(element) for key, element in value.items()} if isinstance(value, dict) else value

    item.update(poisoned(item))
    item["paper"]["id"] = kept


def _bad_ids(items: list[dict[str, Any]], _: dict[str, Any]) -> Any:
    bad = [
        "../../etc/passwd",
        "2406.105",
        "",
        "0000.00000x",
        "2606.01234/../..",
        "' OR 1=1 --",
        2406.105,
        None,
        ["2606.1"],
        "\u0662606.01234",
    ]
    for item, wrong in zip(items, bad, strict=False):
        item["paper"]["id"] = wrong
    return items


def _without(*keys: str) -> Callable[[dict[str, Any]], None]:
    def change(item: dict[str, Any]) -> None:
        for key in keys:
            item.pop(key, None)
            if isinstance(item.get("paper"), dict):
                item["paper"].pop(key, None)

    return change


def _with(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda item: item["paper"].update(fields)


def _shuffled(items: list[dict[str, Any]], _: dict[str, Any]) -> Any:
    random.Random(7).shuffle(items)  # noqa: S311 - an order that is always the same
    return items


def _literal(field: str, text: str) -> Bend:
    """A literal that JSON libraries do not write, in the first item."""

    def bend(reply: Reply, _: dict[str, Any]) -> bytes:
        items = json.loads(json.dumps(reply.value))
        items[0]["paper"][field] = "@@"
        return json.dumps(items).replace('"@@"', text, 1).encode("ascii")

    return bend


def _many(items: list[dict[str, Any]], options: dict[str, Any]) -> Any:
    count = options.get("count", 20_000)
    return (items * (count // len(items) + 1))[:count]


_ODD_AUTHORS = [
    *({"name": f"Author {number}"} for number in range(5_000)),
    *(None, 7, "Plain Name", {"hidden": True}, {"name": ""}),
]
_BAD_URLS = {
    "githubRepo": "javascript:alert(1)",
    "projectPage": "file:///etc/passwd",
    "mediaUrls": ["-P evil", "https://a:b@c/"],
}
_ODD_DATES = {"publishedAt": "9999-99-99T00:00:00Z", "submittedOnDailyAt": "yesterday"}

SHAPES |= {
    # Syntax
    "json_cut": _raw(lambda body, options: body[: options.get("at", len(body) * 2 // 3)]),
    "json_bad": _raw(lambda body, _: body.replace(b'"paper":', b'"paper"', 1)),
    "json_concat": _raw(lambda body, _: body + body),
    "json_deep": _raw(lambda _, options: b"[" * options.get("depth", 100_000)),
    "json_deep_obj": _raw(lambda _, options: b'{"a":' * options.get("depth", 100_000)),
    "json_dupkeys": _raw(lambda body, _: body.replace(b'"upvotes":', b'"upvotes":1,"upvotes":', 1)),
    "bom": _raw(lambda body, _: b"\xef\xbb\xbf" + body),
    "utf16": _raw(lambda body, _: body.decode().encode("utf-16")),
    "bad_utf8": _raw(lambda body, _: body.replace(b'"title":"', b'"title":"\xff\xfe', 1)),
    "json_nan": _literal("upvotes", "NaN"),
    "json_infinity": _literal("upvotes", "-Infinity"),
    "json_hugeint": _literal("upvotes", "9" * 5000),
    "json_int64": _literal("upvotes", "9223372036854775808"),
    "json_float": _literal("upvotes", "1e400"),
    "surrogate": _literal("title", r'"half \ud800 a pair"'),
    # Shape
    "json_null": _raw(lambda _body, _options: b"null"),
    "json_scalar": _raw(lambda _body, _options: b"42"),
    "json_string": _raw(lambda _body, _options: b'"hello"'),
    "json_object": _raw(lambda _body, _options: b'{"message":"hello"}'),
    "json_empty_list": _raw(lambda _body, _options: b"[]"),
    "json_wrapped": _value(lambda items, _: {"papers": items, "total": len(items)}),
    "json_list_mixed": _value(lambda items, _: [None, 1, "two", [], True, {}, *items]),
    "json_many": _value(_many),
    "renamed": _value(lambda items, _: [{"article": item["paper"]["id"], "name": item["title"]} for item in items]),
    # Items
    "no_title": _each(_without("title")),
    "no_id": _each(_without("id"), every=2),
    "no_id_no_title": _each(_without("id", "title"), every=2),
    "no_paper": _each(_without("paper"), every=2),
    "nulls": _each(_nulls),
    "types": _each(_types),
    "extra": _each(_with(newField={"a": [1, {"b": None}]}, anotherOne="x")),
    "authors_odd": _each(_with(authors=_ODD_AUTHORS)),
    "dates_odd": _each(_with(**_ODD_DATES)),
    "bad_ids": _value(_bad_ids),
    "bad_urls": _each(_with(**_BAD_URLS)),
    "long": _each(_with(title="t" * 10**6, summary="s " * 10**5), every=50),
    "hostile": _each(_hostile),
    # Order
    "dups": _value(lambda items, _: [*items, *items[: len(items) // 2]]),
    "shuffle": _value(_shuffled),
}
