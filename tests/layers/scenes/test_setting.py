"""Where and when a scene plays: a place still to be reached is none, nor is a length of time."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Text


@pytest.mark.parametrize("said", ["half-way to Exeter", "halfway to Exeter", "on her way to Exeter"])
def test_one_who_is_on_the_way_is_not_there_yet(said: str) -> None:
    (scene,) = fabula.read(Text.of(f"Joan was {said}. Joan sang to Phil.\n")).scenes
    assert scene.place != "Exeter"


def test_one_who_went_is_there() -> None:
    (scene,) = fabula.read(Text.of("Joan went to Exeter. Joan sang to Phil.\n")).scenes
    assert scene.place == "Exeter"


def test_how_long_it_was_before_something_happened_is_no_time_of_the_scene() -> None:
    (scene,) = fabula.read(Text.of("It was two winters before they met again. Joan sang to Phil.\n")).scenes
    assert not scene.time
