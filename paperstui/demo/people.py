"""The invented people, organisations and names of methods."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import zip_longest
from typing import Any

from paperstui.demo.prose import HERE
from paperstui.models import Account, Author, Organization

_PEOPLE = 3_001  # a prime, so that every stride through the list visits each person once
_WIDE_EVERY = 48
_INITIALS = "ABCDEFGHJKLMNPRSTVW"
_STATUSES = ("claimed_verified", "admin_assigned", "extracted_confirmed", "extracted_pending")


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))


def _words(text: str) -> tuple[str, ...]:
    """The words of a list; a list that begins with `|` has entries of several words."""
    if text.startswith("|"):
        return tuple(text[1:].split("|"))
    if '"' not in text:
        return tuple(text.split())
    bare, *quoted = text.split('"')
    return (*bare.split(), *(word.strip() for word in quoted if word.strip()))


@cache
def authors() -> tuple[Author, ...]:
    """3,001 authors, all of them different. The values are shared by all papers, so that a million fit into memory."""
    groups = [(group["weight"], _words(group["given"]), _words(group["family"])) for group in _names()["people"]]
    turns = [at for at, (weight, _, _) in enumerate(groups) for _ in range(weight)]
    used = [0] * len(groups)
    found = []
    for number in range(_PEOPLE - len(_wide())):
        at = turns[number * 7 % len(turns)]
        found.append(_person(*groups[at][1:], used[at]))
        used[at] += 1
    for number, name in enumerate(_wide()):
        found.insert(number * _WIDE_EVERY, name)
    return tuple(map(Author, found))


def _person(given: tuple[str, ...], family: tuple[str, ...], turn: int) -> str:
    """A pair of names for each turn: first all pairs there are, then all of them with an initial."""
    again, turn = divmod(turn, len(given) * len(family))
    row, place = divmod(turn, len(given))
    initial = f" {_INITIALS[again - 1]}." if again else ""
    return f"{given[place]}{initial} {family[(place + row) % len(family)]}"


@cache
def _wide() -> tuple[str, ...]:
    """Names in Chinese, Japanese and Korean, and single ones, one kind after the other."""
    groups = [
        [
            family + group["between"] + given
            for given in (_words(group["given"]) or ("",))
            for family in _words(group["family"])
        ]
        for group in _names()["wide"]
    ]
    return tuple(name for names in zip_longest(*groups) for name in names if name)


@cache
def organizations() -> tuple[Organization, ...]:
    """The organisations; one of them has no name but its login."""
    return tuple(
        Organization(entry["login"], entry.get("name", ""), f"https://avatars.example.org/{entry['login']}.png")
        for entry in _names()["organizations"]
    )


@cache
def accounts() -> tuple[Account, ...]:
    """The accounts that submit papers and comment on them."""
    names = _names()["accounts"]
    logins = [first + second for first in names["first"].split() for second in names["second"].split()]
    people = authors()
    return tuple(
        Account(
            login=login,
            name=people[at * 31 % len(people)].name if at % 3 else login,
            avatar=f"https://avatars.example.org/users/{login}.png" if at % 4 else "",
            kind="user",
            pro=at % 7 == 0,
            followers=None if at % 4 == 1 else at * at % 900,
        )
        for at, login in enumerate(logins)
    )


def matched(author: Author, number: int) -> Author:
    """The author with an account that Hugging Face matched, more or less surely, to them."""
    known = accounts()
    return Author(author.name, account=known[number % len(known)], status=_STATUSES[number % len(_STATUSES)])


@cache
def _parts() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    methods = _names()["methods"]
    return tuple(methods["singles"].split()), tuple(methods["first"].split()), tuple(methods["second"].split())


METHOD_NAMES = 2_490
"""How many different names `method_name` knows."""


def method_name(number: int) -> str:
    """The name of a method, "Tern" or "SilkRoad"; neighbouring numbers have different ones."""
    singles, first, second = _parts()
    turn, kind = divmod(number, 3)
    if kind == 0:
        return singles[turn * 37 % len(singles)]
    place = (number - turn) * 619 % (len(first) * len(second))
    return first[place % len(first)] + second[place // len(first)]
