"""The order of our own stories: as read, with the true breaks, and beside what one gets for nothing."""

from __future__ import annotations

import msgspec

from benchmarks.corpora.gold import GoldStory, load_gold, story_paths
from benchmarks.order_stories import break_table, measure_story_order, order_table, with_breaks
from fabula.reader import read_text
from fabula.story import Story


def known() -> tuple[GoldStory, Story]:
    path = next(path for path in story_paths() if path.name == "the-barometer")
    gold = load_gold(path)
    return gold, read_text(gold.text)


def test_with_the_true_breaks_given_each_true_scene_is_one() -> None:
    gold, _ = known()
    given = with_breaks(gold)
    assert len(given.scenes) == len(gold.scenes)


def test_a_story_is_measured_beside_what_one_gets_for_nothing() -> None:
    gold, predicted = known()
    run = measure_story_order(predicted, with_breaks(gold), gold)
    assert run.own.as_told == run.given.as_told
    assert run.marked.exact.found.total == run.ours.exact.found.total == run.cohesion.exact.found.total
    assert run.ours.exact.true.total == run.cohesion.exact.true.total
    rows = order_table([run, msgspec.structs.replace(run, held_out=True)])
    assert "held out" in rows
    assert "cohesion" in break_table([run])
