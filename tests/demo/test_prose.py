"""The sentences are complete: every blank can be filled, and every topic has all it needs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from paperstui.demo import people, writer
from paperstui.demo.prose import Topic, blanks, compiled, kinds, topics


def always(value: float) -> writer.Draw:
    return lambda: value


def facts(topic: Topic) -> dict[str, str]:
    known = writer._facts(topic, topic.ideas[0], topic.tasks[0], always(0.5))
    writer._mark(known, writer._numbers(always(0.5)), writer._TEX, "Tern")
    return known


def templates(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from templates(inner)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from templates(getattr(value, field.name))


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_every_blank_of_a_topic_can_be_filled(topic: Topic) -> None:
    known = facts(topic)
    for template in templates(topic):
        assert blanks(template) <= set(known), template
        assert "<" not in re.sub(r"\$[^$]*\$", "", template.replace("%(", "")), template


def test_every_blank_that_all_topics_share_can_be_filled() -> None:
    known = facts(topics()[0])
    for kind in kinds().values():
        for template in templates(kind):
            assert template % known


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_a_topic_has_enough_to_say(topic: Topic) -> None:
    assert len(topic.tasks) >= 8
    assert len(topic.ideas) >= 6
    assert len(topic.studies) == 3
    assert min(map(len, (topic.models, topic.benches, topic.context, topic.problem, topic.results))) >= 3
    for idea in topic.ideas:
        assert len(idea.how) == 3
        assert idea.text[0].islower()
    for sentence in (*topic.context, *topic.problem, *topic.results, *topic.surprise, *topic.maths, *topic.bare):
        assert sentence.endswith("."), sentence
        assert 60 <= len(sentence) <= 260, sentence


def test_there_are_fourteen_topics_and_their_ideas_have_their_own_names() -> None:
    assert len(topics()) == 14
    titles = [idea.title for topic in topics() for idea in topic.ideas]
    assert len(set(titles)) == len(titles)


def test_per_cent_signs_and_blanks_do_not_meet() -> None:
    assert compiled("<p1> of 5% <Name>") % {"p1": "3%", "Name": "Tern"} == "3% of 5% Tern"


def test_people_are_all_different() -> None:
    names = [author.name for author in people.authors()]
    assert len(set(names)) == len(names) == 3_001
    assert 40 <= sum(ord(max(name)) > 0x2E80 for name in names) <= 80
    assert len({account.login for account in people.accounts()}) == len(people.accounts())


def test_neighbouring_methods_have_different_names() -> None:
    names = [people.method_name(number) for number in range(500_000, 500_400)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", name) for name in names)


def test_long_abstracts_end_with_a_sentence() -> None:
    for serial in range(0, 4_000, 7):
        for value in (0.05, 0.3, 0.45, 0.999):
            draft = writer.write(serial, 1, always(value))
            assert len(draft.abstract) <= writer.LONGEST
            assert draft.abstract.endswith(".")
