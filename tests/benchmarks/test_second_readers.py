"""How far a second reader agrees with the first."""

from __future__ import annotations

import math

import msgspec
import pytest

from benchmarks.agreement import Second, agreement, second_readings
from benchmarks.corpora.gold import GoldStory


@pytest.fixture(scope="module")
def readings() -> list[tuple[GoldStory, Second]]:
    return list(second_readings())


def test_every_second_reading_can_be_placed_in_its_story(readings: list[tuple[GoldStory, Second]]) -> None:
    assert len(readings) >= 10
    for story, second in readings:
        people = {one.id for one in story.people}
        assert [one.number for one in second.scenes] == list(range(1, len(story.scenes) + 1)), story.name
        assert {who for one in second.scenes for who in one.present} <= people, story.name
        for words in [row.start for row in second.custody] + [row.since for row in second.knowledge]:
            assert story.text.content.count(words) == 1, (story.name, words)


def test_a_reader_agrees_with_himself_and_with_another_in_part(readings: list[tuple[GoldStory, Second]]) -> None:
    hits = agreement(readings)
    assert set(hits) == {
        "presence", "deaths", "relations", "pairs", "possession, whole", "possession, by scene", "knowledge",
    }  # fmt: skip
    assert all(0.5 < one.f1 < 1 for one in hits.values())


def test_who_finds_nobody_agrees_with_nobody(readings: list[tuple[GoldStory, Second]]) -> None:
    story, second = readings[0]
    empty = tuple(msgspec.structs.replace(one, present=()) for one in second.scenes)
    assert agreement([(story, msgspec.structs.replace(second, scenes=empty))])["presence"].f1 == 0
    nothing = agreement([(story, Second(scenes=empty))])
    assert nothing["possession, whole"].f1 == 0
    assert not math.isnan(nothing["deaths"].f1)
