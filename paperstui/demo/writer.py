"""Writes one invented paper: its title, abstract, summary and keywords, which all speak of the same thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from paperstui.demo.people import METHOD_NAMES, method_name
from paperstui.demo.prose import Idea, Kind, Study, Task, Texts, Topic, capitalised, endings, kinds, sizes, topics
from paperstui.models import TextSource

Draw = Callable[[], float]

LONGEST = 1_900
"""Abstracts are no longer than this, in characters."""

_WORDS = ("five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MACHINES = ("64", "128", "256", "512", "1,024", "2,048", "4,096")
# Shares of all papers: with LaTeX formulas, with LaTeX at all, and these together with what Hugging Face has stripped.
_FORMULAS, _LATEX, _STRIPPED = 0.25, 0.4, 0.5
# Shares of titles of methods: with a formula among papers that have some, catchy ones, and those in two scripts.
_FORMULA_TITLE, _HOOK, _TWO_SCRIPTS = 0.3, 0.12, 0.12
_SMALL_CAPITALS = 0.3
_PARAGRAPHS = 0.05
_KINDS = ("method", "method", "method", "study", "method", "method", "method", "benchmark", "method", "release")
_ROUNDS = 4  # rounds through the kinds after which studies and surveys come again
_TENTHS = tuple(f"{number // 10}.{number % 10}" for number in range(320))
_LONG, _LONGER = 10, 12
# How many sentences an abstract has; they are about 120 characters each.
_LENGTHS = (6, 9, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14)

# What the three kinds of source text write for the same thing: arXiv's LaTeX, Hugging Face's text without any, and its
# text of papers that had LaTeX, from which it has taken `$` and most backslashes.
_TEX = {
    "b": r"\emph{", "e": "}", "to": "--", "percent": r"\%", "times": r"$%s\times$",
    "Schro": r"Schr\"odinger", "Holder": r"H\"older",
}  # fmt: skip
_PLAIN = {"b": "", "e": "", "to": "–", "percent": "%", "times": "%sx", "Schro": "Schrödinger", "Holder": "Hölder"}
_BARE = {"b": "", "e": "", "to": "--", "percent": r"\%", "times": "%stimes", "Schro": "Schrödinger", "Holder": "Hölder"}


class Draft(NamedTuple):
    """The words of a paper, as the source named in `source` would deliver them."""

    name: str
    title: str
    abstract: str
    source: TextSource
    summary: str
    keywords: Texts
    categories: Texts


def write(serial: int, seed: int, random: Draw, *, crowded: bool = False) -> Draft:
    """Write paper number `serial`; `crowded` numbers the names of methods, because there are more papers than names.

    The serial number walks through topics, kinds, tasks and ideas so that neighbours differ in all of them and a
    library of some hundred papers repeats next to nothing; everything else is drawn.
    """
    every = topics()
    which = (serial * 5 + seed) % len(every)
    topic = every[which]
    turn = (
        serial // len(every) + seed * 7 + which * 3
    )  # topics are at different turns, or a day's papers would be of one kind
    place = turn * 29 % (len(topic.ideas) * len(topic.tasks))
    idea = topic.ideas[place % len(topic.ideas)]
    task = topic.tasks[(place // len(topic.ideas) + place) % len(topic.tasks)]
    study = topic.studies[turn // len(_KINDS) % _ROUNDS % len(topic.studies)]
    kind = _kind(turn, topic)
    chance = random()
    maths = chance < _FORMULAS
    source: TextSource = "arxiv" if chance < _LATEX else "hf"
    marks = _TEX if chance < _LATEX else _BARE if chance < _STRIPPED else _PLAIN
    facts, numbers = _facts(topic, idea, task, random), _numbers(random)
    name = _name(kind, serial + seed * 131, facts["size"], crowded=crowded)
    _mark(facts, numbers, marks, name)
    formulas = topic.maths_titles if maths else topic.bare_titles if marks is _BARE else ()
    title = _title(kind, topic, study, formulas, random) % facts
    if marks is _TEX and random() < _SMALL_CAPITALS:
        facts["NAME"] = f"\\textsc{{{name}}}"
    sentences = _sentences(kind, topic, idea, study, random)
    if maths or marks is _BARE:
        sentences.insert(max(2, len(sentences) // 2), _pick(topic.maths if maths else topic.bare, random))
    abstract = _joined(sentences, random) % facts
    if len(abstract) > LONGEST:
        abstract = abstract[: abstract.rindex(". ", 0, LONGEST) + 1]
    _mark(facts, numbers, _PLAIN, name)
    return Draft(
        name=name,
        title=title,
        abstract=abstract,
        source=source,
        summary=_summary(kind, study, random) % facts,
        keywords=_keywords(kind, topic, idea, study, random),
        categories=topic.categories[: 1 + int(random() * len(topic.categories))] if source == "arxiv" else (),
    )


def _name(kind: str, number: int, size: str, *, crowded: bool) -> str:
    name = method_name(number)
    if crowded:
        name += f"-{number // METHOD_NAMES % 97 + 2}"
    if kind == "benchmark":
        return name + endings()[number % len(endings())]
    return f"{name}-{size}B" if kind == "release" else name


def _kind(turn: int, topic: Topic) -> str:
    """Seven papers in ten propose a method; the rest are studies, benchmarks, models and a few surveys."""
    kind = _KINDS[turn % len(_KINDS)]
    if kind == "study" and turn // len(_KINDS) % _ROUNDS == len(topic.studies):
        return "benchmark"  # all studies have been told in this round
    if kind != "release":
        return kind
    return "survey" if turn // len(_KINDS) % _ROUNDS == 0 else kind if topic.release else "method"


def _pick(options: Texts, random: Draw) -> str:
    return options[int(random() * len(options))]


def _facts(topic: Topic, idea: Idea, task: Task, random: Draw) -> dict[str, str]:
    """What fills the blanks, but for the numbers: the subject and what it is tested with."""
    models, benches, bases = topic.models, topic.benches, topic.bases
    model, bench, base = int(random() * len(models)), int(random() * len(benches)), int(random() * len(bases))
    small = int(random() * len(_WORDS))
    return {
        "field": topic.field,
        "rel": topic.release,
        "RelT": capitalised(topic.release),
        "task": task.text,
        "TaskT": task.title,
        "idea": idea.text,
        "IdeaT": idea.title,
        "short": idea.short,
        "model": models[model],
        "model2": models[model - 1],
        "bench": benches[bench],
        "bench2": benches[bench - 1],
        "base": bases[base],
        "small": _WORDS[small],
        "Small": _WORDS[small].capitalize(),
        "few": _WORDS[small - 2],
        "several": _WORDS[small - 3],
        "size": _pick(sizes(), random),
        "gpus": _pick(_MACHINES, random),
    }


def _numbers(random: Draw) -> dict[str, str]:
    """Three sets of numbers: counts (n), points (g), and percentages (p) and factors (f) as yet without their signs."""
    found = {}
    for shift in (0, 3, 6):
        one, two, three = str(1 + shift), str(2 + shift), str(3 + shift)
        found["n" + one] = f"{1_200 + int(random() * random() * 46_800):,}"
        found["n" + two] = str(40 + int(random() * 180))
        found["g" + one] = _TENTHS[15 + int(random() * 52)]
        found["g" + two] = _TENTHS[72 + int(random() * 70)]
        found["g" + three] = _TENTHS[2 + int(random() * 12)]
        found["p" + one] = _TENTHS[61 + int(random() * 240)]
        found["p" + two] = _TENTHS[5 + int(random() * 24)]
        found["p" + three] = str(48 + int(random() * 40))
        found["f" + one] = _TENTHS[16 + int(random() * 48)]
    return found


def _mark(facts: dict[str, str], numbers: dict[str, str], marks: dict[str, str], name: str) -> None:
    """Write percentages, factors and emphasis the way the source does."""
    facts.update(numbers)
    facts.update(marks)
    percent, times = marks["percent"], marks["times"]
    for digit in "123456789":
        facts["p" + digit] += percent
    for digit in "147":
        facts["x" + digit] = times % facts["f" + digit]
    facts["Name"] = facts["NAME"] = name


def _title(kind: str, topic: Topic, study: Study, formulas: Texts, random: Draw) -> str:
    if kind == "study":
        return study.title
    if kind == "survey":
        return _pick(topic.surveys, random)
    draw = random()
    if kind == "method":
        if formulas and draw < _FORMULA_TITLE:
            return _pick(formulas, random)
        if topic.wide and draw < _TWO_SCRIPTS:
            return _pick(topic.wide, random)
        if draw > 1 - _HOOK:
            return _pick(topic.hooks, random)
    return _pick(kinds()[kind].titles, random)


def _sentences(kind: str, topic: Topic, idea: Idea, study: Study, random: Draw) -> list[str]:
    """The sentences of an abstract in their order, a drawn number of them at most."""
    said: Kind = kinds()[kind]
    count = _LENGTHS[int(random() * len(_LENGTHS))]
    long, longer = count >= _LONG, count >= _LONGER
    chosen = [_pick(topic.context, random), _pick(topic.problem, random)]
    if kind == "method":
        chosen += (_pick(said.intro, random), *idea.how)
        chosen += _results(topic.results, topic.more_results, 1 + long, random)
        chosen += _some(said.middle, 1 + longer, random)
    elif kind == "study":
        chosen += (*study.how, *_some(said.middle, 2 + long, random))
    elif kind == "survey":
        chosen += (_pick(said.intro, random), *_some(said.middle, 5, random))
    else:
        chosen += (_pick(said.intro, random), *_some(said.middle, 3 + longer, random))
        chosen += _results(said.results, said.more_results, 2, random)
    if kind != "survey":
        chosen.append(_pick(topic.surprise, random))
    chosen.append(_pick(said.end, random))
    return chosen if len(chosen) <= count else _shortened(chosen, count)


def _shortened(chosen: list[str], count: int) -> list[str]:
    """Leave out what stands before the end and, of short abstracts, the opening; what is proposed and how stays."""
    tail = max(1, count - 6)
    start = 0 if count >= _LONG else 1
    return chosen[start : start + count - tail] + chosen[-tail:]


def _some(options: Texts, count: int, random: Draw) -> list[str]:
    """`count` neighbouring options from a drawn start, or all there are."""
    start = int(random() * len(options))
    return [options[(start + turn) % len(options)] for turn in range(min(count, len(options)))]


def _results(first: Texts, more: Texts, count: int, random: Draw) -> list[str]:
    """One or two results; the second takes its numbers from another set."""
    start = int(random() * len(first))
    return [first[start], more[start - 1]][:count]


def _joined(sentences: list[str], random: Draw) -> str:
    """The sentences as one paragraph, in one paper in twenty as two."""
    if random() < _PARAGRAPHS and len(sentences) >= _LONG:
        return " ".join(sentences[:2]) + "\n" + " ".join(sentences[2:])
    return " ".join(sentences)


def _summary(kind: str, study: Study, random: Draw) -> str:
    return study.how[1] if kind == "study" else _pick(kinds()[kind].summary, random)


def _keywords(kind: str, topic: Topic, idea: Idea, study: Study, random: Draw) -> Texts:
    own = study.keys if kind == "study" else (kind,) if kind in ("benchmark", "survey") else idea.keys
    return (*own, *_some(topic.keywords, 3 + int(random() * 4), random))
