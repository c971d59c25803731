"""The order of scenes: as told, but for those whose own words set them earlier."""

from __future__ import annotations

import pytest

from fabula.layers.order import order_scenes
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Scene, Text

_FIRST = "Anne rose.\n\n* * *\n\n"


def ordered(second: str) -> tuple[Scene, ...]:
    content = _FIRST + second
    wording = lay_out(segment(Text.of(content)))
    scenes = (
        Scene(0, len(_FIRST), id="s1", confidence=0.9),
        Scene(len(_FIRST), len(content), id="s2", confidence=0.9),
    )
    return order_scenes(wording, scenes)


def test_scenes_are_ordered_as_told_in_one_thread() -> None:
    scenes = ordered("Phil sat.")
    assert [(scene.order, scene.thread) for scene in scenes] == [(1, 1), (2, 1)]
    assert {scene.confidence for scene in scenes} == {0.5}


@pytest.mark.parametrize(
    "opening",
    [
        "Phil was a boy in those days.",
        "Ten minutes before, Phil had sat down.",
        "Three days before the wedding Phil ran.",
        "Seven years ago, Phil sat here.",
        "Phil had come to Rome in the spring. He had seen the Tiber and slept.",
        "Phil sat down in the kitchen and thought of all that had been his and was gone, ten years before.",
    ],
)
def test_a_scene_that_only_hints_at_the_past_is_less_sure_but_not_moved(opening: str) -> None:
    scenes = ordered(opening)
    assert [scene.order for scene in scenes] == [1, 2]
    assert scenes[1].confidence < scenes[0].confidence
    assert scenes[1].evidence


@pytest.mark.parametrize("opening", ["Ten years before, Phil was a boy.", "It was three weeks earlier."])
def test_a_scene_headed_by_how_long_ago_it_was_goes_before_what_was_told(opening: str) -> None:
    scenes = ordered(opening)
    assert [scene.order for scene in scenes] == [2, 1]
    assert scenes[1].confidence == 0.6
    assert scenes[1].evidence


def scenes_in(*parts: str) -> tuple[Scene, ...]:
    starts = [len("".join(parts[:at])) for at in range(len(parts) + 1)]
    scenes = tuple(
        Scene(start, start + len(part), id=f"s{at}", confidence=0.9)
        for at, (start, part) in enumerate(zip(starts, parts, strict=False), start=1)
    )
    return order_scenes(lay_out(segment(Text.of("".join(parts)))), scenes)


def test_two_scenes_of_the_past_keep_their_order_and_the_story_goes_on() -> None:
    scenes = scenes_in(
        "Anne rose.\n\n", "Ten years before, Phil sat.\n\n", "A week earlier he ran.\n\n", "Anne left.\n\n"
    )
    assert [scene.order for scene in scenes] == [3, 1, 2, 4]


def test_dated_scenes_go_by_their_dates() -> None:
    scenes = scenes_in(
        "Rome, 20 September 1947\n\nDear Anne,\n\n", "Rome, 2 March 1947\n\nDear Phil,\n\n", "June 10, 1947. Rain.\n\n"
    )
    assert [scene.order for scene in scenes] == [3, 1, 2]


def test_a_date_further_on_moves_nothing() -> None:
    late = "Anne sat down in the garden behind the house and read what he had written on 2 March 1921.\n\n"
    assert [scene.order for scene in scenes_in("20 September 1947. Rain.\n\n", late)] == [1, 2]


def test_what_somebody_says_of_the_past_moves_nothing() -> None:
    assert ordered("“Ten years before, I was a boy,” said Phil.")[1].confidence == 0.5


def test_a_single_scene_keeps_its_confidence() -> None:
    wording = lay_out(segment(Text.of("Anne rose.")))
    (scene,) = order_scenes(wording, (Scene(0, 10, id="s1", confidence=0.9),))
    assert (scene.order, scene.confidence) == (1, 0.9)


def test_the_given_scenes_are_not_changed() -> None:
    scene = Scene(0, 10, id="s1", confidence=0.9)
    order_scenes(lay_out(segment(Text.of("Anne rose."))), (scene,))
    assert scene == Scene(0, 10, id="s1", confidence=0.9)


def test_twenty_thousand_scenes_are_ordered_at_once() -> None:
    from fabula.layers.order import _around

    assert _around(range(20_000), ()) == list(range(1, 20_001))
