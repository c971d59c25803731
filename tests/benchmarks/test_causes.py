"""Why a speaker was wrong: one small story for each cause, and a fair draw."""

from __future__ import annotations

import pytest
from by_hand import novel, people, story

from benchmarks.causes import CAUSES, count_causes, draw, name_causes
from benchmarks.metrics.speakers import judge_speakers

GOLD_CAST = people(g1="Anna", g2="Vronsky", g3="Stiva")
CAST = people(c1="Anna", c2="Vronsky", c3="the stranger")


def causes(guessed: str, gold: str) -> list[str]:
    return [cause for _, cause in name_causes(story(guessed, CAST), novel(story(gold, GOLD_CAST)))]


@pytest.mark.parametrize(
    ("guessed", "gold", "cause"),
    [
        ('"Go."', '[g1|"Go."]', "quotation"),
        ('[c1|"Go."]', '[?|"Go."]', "nobody"),
        ('[c1|"Go."]', '[g3|"Go."]', "not in cast"),
        ('[c3|"Go."]', '[g1|"Go."]', "split"),
        ('[c2|"Go."]', '[g1|"Go."]', "turn"),
    ],
)
def test_each_cause(guessed: str, gold: str, cause: str) -> None:
    assert causes(guessed, gold) == [cause]


def test_right_answers_have_no_cause() -> None:
    assert causes('[c1|"Go."]', '[g1|"Go."]') == []


def test_every_wrong_answer_is_counted_once() -> None:
    guess, gold = story('[c2|"Go."] [c1|"No."]', CAST), novel(story('[g1|"Go."] [g1|"No."]', GOLD_CAST))
    named = name_causes(guess, gold)
    assert list(count_causes(named)) == list(CAUSES)
    assert sum(count_causes(named).values()) == sum(v.outcome != "right" for v in judge_speakers(guess, gold)) == 1


def test_the_draw_is_fair_and_the_same_twice() -> None:
    drawn = draw(10, seed=4, sizes=[3, 30, 0])
    assert drawn == draw(10, seed=4, sizes=[3, 30, 0]) != draw(10, seed=5, sizes=[3, 30, 0])
    assert sum(map(len, drawn)) == 10
    assert draw(100, seed=4, sizes=[2, 1]) == [[0, 1], [0]]
