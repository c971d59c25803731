"""The order of scenes: as told, and no surer than that."""

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
        "Ten years before, Phil was a boy.",
        "It was three weeks earlier.",
        "Phil had come to Rome in the spring. He had seen the Tiber and slept.",
    ],
)
def test_a_scene_that_opens_in_the_past_is_less_sure_but_not_moved(opening: str) -> None:
    scenes = ordered(opening)
    assert [scene.order for scene in scenes] == [1, 2]
    assert scenes[1].confidence < scenes[0].confidence
    assert scenes[1].evidence


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

    assert _around(20_000, ()) == list(range(1, 20_001))
