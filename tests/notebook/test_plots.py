"""A story's plots are Altair's charts that its own schema takes, with the story's marks in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hand_story import hand_story

import fabula
from fabula.notebook import marks
from fabula.story import Character, Layers, Object, Possession, Quote, Scene, Story, Text

PLOTS = "orders presence shares relations hands".split()


@pytest.mark.parametrize("name", PLOTS)
def test_each_plot_is_a_chart_that_vega_lite_takes(name: str) -> None:
    chart = getattr(hand_story().plots, name)()
    spec: dict[str, Any] = chart.to_dict(validate=True)
    assert "vega-lite" in spec["$schema"]
    assert "http" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"}), "asks nobody"


@pytest.mark.parametrize("name", PLOTS)
def test_a_story_of_nothing_has_empty_plots(name: str) -> None:
    empty = Layers(scenes=(), characters=(), mentions=(), quotes=(), relations=(), objects=(), possessions=())
    getattr(Story(Text.of(""), empty).plots, name)().to_dict()


@pytest.mark.parametrize("name", PLOTS)
def test_unread_is_not_empty(name: str) -> None:
    with pytest.raises(fabula.NotRead):
        getattr(Story(Text.of("")).plots, name)()


def test_a_scene_whose_time_is_open_stands_below_the_others() -> None:
    first, second = marks.scene_marks(hand_story())
    assert (first["told"], first["at"], first["known"]) == (1, 2, True)
    assert (second["told"], second["at"], second["known"], second["frame"]) == (2, 3, False, "memory")


def test_shares_are_of_all_that_is_said_and_those_of_nobody_are_told() -> None:
    rows = marks.share_marks(hand_story(), 1)
    assert [(row["person"], row["words"]) for row in rows] == [("Ann <b>", 3), ("all others", 2), ("not known who", 2)]
    assert sum(row["share"] for row in rows) == pytest.approx(1, abs=0.001)


def test_forty_people_are_thinned_to_those_who_are_there_most() -> None:
    people = tuple(Character(id=f"c{i}", name=f"Person {i}") for i in range(40))
    scenes = tuple(
        Scene(i, i + 1, id=f"s{i + 1}", present=tuple(f"c{who}" for who in range(40 - i))) for i in range(40)
    )
    _, shown = marks.presence_marks(Story(Text.of("x" * 40), Layers(characters=people, scenes=scenes, quotes=())), 30)
    assert shown == [f"Person {i}" for i in range(30)]


def test_pairs_that_only_speak_are_told_after_those_that_are_something_to_each_other() -> None:
    bars, dots, pairs = marks.relation_marks(hand_story(), 10)
    assert pairs == ["Ann <b> · Bo"]
    assert [(bar["says"], bar["from"], bar["until"]) for bar in bars] == [("Ann <b> is the sister of Bo", 1, 3)]
    assert [dot["from"] for dot in dots] == [1.5]


def test_two_hands_in_one_scene_share_it_in_order() -> None:
    rows, things, holders = marks.hand_marks(hand_story(), 5)
    assert things == ["ring"]
    assert holders == ["Ann <b>", "Bo", "nobody"]
    assert [(row["holder"], row["from"], row["until"]) for row in rows] == [("Ann <b>", 1, 1.5), ("Bo", 1.5, 3)]


def test_a_thing_that_several_have_keeps_each_in_its_time() -> None:
    scenes = tuple(Scene(i, i + 1, id=f"s{i + 1}", order=i + 1) for i in range(4))
    held = (
        Possession(object="o1", holder="c1", from_scene="s1", until_scene="s1"),
        Possession(object="o1", holder=None, from_scene="s3", how="lost"),
        Possession(object="gone", holder="c1", from_scene="s9"),
    )
    layers = Layers(
        scenes=scenes, characters=(Character(id="c1", name="A"),), objects=(Object(id="o1", name="cup"),),
        possessions=held, quotes=(Quote(0, 1, id="q1"),),
    )  # fmt: skip
    rows, _, _ = marks.hand_marks(Story(Text.of("abcd"), layers), 5)
    assert [(row["holder"], row["from"], row["until"]) for row in rows] == [("A", 1, 2), ("nobody", 3, 5)]
