"""The sentences invented papers are made of: the files in `prose/` and `common.toml`, compiled for speed.

A template marks its blanks as `<key>`. It is compiled once to a %-format, so that a whole abstract is filled in by a
single operation; that is what lets the benchmarks build a hundred thousand papers in seconds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_BLANK = re.compile(r"<([A-Za-z0-9]+)>")
_SMALL_WORDS = {"and", "of", "with", "in", "a"}

Texts = tuple[str, ...]


def compiled(template: str) -> str:
    """A template as a %-format over a dictionary."""
    return _BLANK.sub(r"%(\1)s", template.replace("%", "%%"))


def blanks(template: str) -> set[str]:
    """The keys a compiled template needs."""
    return set(re.findall(r"%\(([A-Za-z0-9]+)\)s", template))


# Sentences of one abstract take their numbers from different sets, or every gain would be the same 4.7 points.
_NUMBERED = re.compile(r"<([gpxfn])([123])>")
# The set of points gained (g), the set of other numbers, and the word for a small number. The first result takes its
# gain from the first set, which is the one that summaries quote.
_SETS = {"first": (0, 0, "small"), "results": (0, 3, "few"), "more": (3, 6, "few"), "late": (6, 6, "several")}


def _from(which: str, template: str) -> str:
    """The template with its numbers taken from one of the sets."""
    gains, others, small = _SETS[which]
    moved = _NUMBERED.sub(
        lambda found: f"<{found[1]}{int(found[2]) + (gains if found[1] == 'g' else others)}>", template
    )
    return moved.replace("<small>", f"<{small}>")


def _all(templates: Iterable[str], which: str = "first") -> Texts:
    return tuple(compiled(_from(which, template)) for template in templates)


def _titles(templates: Iterable[str]) -> Texts:
    """Templates of titles, in which a small number is written with a capital."""
    return tuple(compiled(template.replace("<small>", "<Small>")) for template in templates)


# Titles whose formulas can still be read when Hugging Face has stripped them.
_LEGIBLE = re.compile(r"(?:[^\\]|\\(?:mathcal|ell|log|sqrt)\b)*")


def _stripped(template: str) -> str:
    """The template without dollar signs and without the backslashes of commands, as Hugging Face would deliver it."""
    return re.sub(r"\$|\\(?=[A-Za-z])", "", template)


def capitalised(words: str) -> str:
    """A phrase as it is written in a title."""
    return " ".join(word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in words.split())


@dataclass(frozen=True, slots=True)
class Task:
    """What a paper is about, as part of a title and as a noun phrase."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Idea:
    """What a paper proposes: title, noun phrase with its article, short noun, explanation and keywords."""

    title: str
    text: str
    short: str
    how: Texts
    keys: Texts


@dataclass(frozen=True, slots=True)
class Study:
    """A paper that asks a question instead of proposing something."""

    title: str
    how: Texts
    keys: Texts


@dataclass(frozen=True, slots=True)
class Kind:
    """The templates of one kind of paper; `middle` are its own sentences, `end` its last ones."""

    titles: Texts
    intro: Texts
    middle: Texts
    results: Texts
    more_results: Texts
    end: Texts
    summary: Texts


@dataclass(frozen=True, slots=True)
class Topic:
    """One field of research with everything a paper in it can say."""

    name: str
    field: str
    release: str
    categories: Texts
    keywords: Texts
    models: Texts
    benches: Texts
    bases: Texts
    hooks: Texts
    surveys: Texts
    wide: Texts
    context: Texts
    problem: Texts
    results: Texts
    more_results: Texts
    surprise: Texts
    maths: Texts
    maths_titles: Texts
    bare: Texts
    bare_titles: Texts
    tasks: tuple[Task, ...]
    ideas: tuple[Idea, ...]
    studies: tuple[Study, ...]


def _topic(path: Path) -> Topic:
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    plain = ("categories", "keywords", "models", "benches", "bases")
    sentences = ("context", "problem", "maths", "bare")
    return Topic(
        name=path.stem,
        field=raw["field"],
        release=raw.get("release", ""),
        hooks=_titles(raw["hooks"]),
        surveys=_titles(raw["surveys"]),
        wide=_titles(raw.get("wide", ())),
        results=_all(raw["results"], "results"),
        more_results=_all(raw["results"], "more"),
        surprise=_all(raw["surprise"], "late"),
        maths_titles=_titles(raw["maths_titles"]),
        bare_titles=_titles(_stripped(title) for title in raw["maths_titles"] if _LEGIBLE.fullmatch(title)),
        tasks=tuple(Task(**task) for task in raw["tasks"]),
        ideas=tuple(
            Idea(idea["title"], idea["text"], idea["short"], _all(idea["how"]), tuple(idea["keys"]))
            for idea in raw["ideas"]
        ),
        studies=tuple(
            Study(_titles([study["title"]])[0], _all(study["how"]), tuple(study["keys"])) for study in raw["studies"]
        ),
        **{key: tuple(raw[key]) for key in plain},
        **{key: _all(raw[key]) for key in sentences},
    )


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of their names."""
    return tuple(_topic(path) for path in sorted((HERE / "prose").glob("*.toml")))


@cache
def _common() -> dict[str, Any]:
    return tomllib.loads((HERE / "common.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """The templates by kind of paper. Topics supply the results of methods and the titles of studies and surveys."""
    common = _common()
    found = {"method": Kind(_titles(common["titles"]), *_parts(common, "ablation"))}
    for name, middle in (("benchmark", "build"), ("release", "build"), ("survey", "build"), ("study", "extra")):
        section = common[name]
        found[name] = Kind(_titles(section.get("titles", ())), *_parts(section, middle))
    return found


def _parts(section: dict[str, Any], middle: str) -> tuple[Texts, Texts, Texts, Texts, Texts, Texts]:
    results = section.get("results", ())
    return (
        _all(section["intro"]) if "intro" in section else (),
        _all(section[middle], "late"),
        _all(results, "results"),
        _all(results, "more"),
        _all(section["closing"], "late"),
        _all(section["summary"]) if "summary" in section else (),
    )


@cache
def endings() -> Texts:
    """What the name of a benchmark ends in."""
    return tuple(_common()["benchmark"]["endings"])


@cache
def sizes() -> Texts:
    """Billions of parameters a released model may have."""
    return tuple(_common()["release"]["sizes"])
