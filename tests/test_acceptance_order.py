"""In what order a user's own story happened, its scenes given. Skipped where the story is not at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from fabula.reader import read_text
from fabula.sources import read_source
from fabula.story import Story
from fabula.story.corrections import Corrections
from fabula.story.corrections.entries import SceneEntry

_DATA = os.environ.get("FABULA_DATA")
STORIES = Path(_DATA).parent / "stories" if _DATA else Path(__file__).parents[2] / "shared" / "stories"
FILE = STORIES / "users_story.txt"

if not FILE.is_file():
    pytest.skip(f"the user's story is not at hand: {FILE}", allow_module_level=True)

BEGINS = ('James!" Ianto shouted', "Does he hate you", "Ianto woke up next to James")


@cache
def story() -> Story:
    heard = Corrections(scene=tuple(SceneEntry(begins=words) for words in BEGINS))
    return read_text(read_source(FILE), corrections=heard)


def test_the_second_and_the_fourth_scene_happened_first() -> None:
    assert [scene.order for scene in story().scenes] == [3, 1, 4, 2]


def test_there_are_two_threads() -> None:
    assert [scene.thread for scene in story().scenes] == [1, 2, 1, 2]


def test_each_edge_against_the_telling_has_words_that_show_it() -> None:
    edges = [order for order in story().orders if order.before > order.after]
    assert edges
    assert all(order.evidence and order.confidence < 1 for order in edges)
    assert {"killed"} <= {story().words(span) for order in edges for span in order.evidence}


def test_what_happened_before_is_known_by_story_order_and_not_by_telling() -> None:
    james = story().character("James").id
    assert james not in story().at("s1").alive
    assert james in {*story().at("s1", by="story").alive, *story().at("s1", by="story").dead}
