"""M9: pairs of scenes, Kendall's tau-b, frames, and what one gets for nothing."""

from __future__ import annotations

import math

import pytest
from gold_by_hand import known_scenes, reading

from benchmarks.metrics.order import Ranking, measure_order, rank_pairs
from benchmarks.metrics.shares import Share, summed


def test_as_told_and_turned() -> None:
    result = measure_order(reading("a|b|c", order=[1, 2, 3]), known_scenes("a|b|c", order=[2, 1, 3]))
    assert result.order == result.as_told == Ranking(agreed=2, opposed=1, known=3, said=3)
    assert result.order.pairs == pytest.approx(2 / 3)
    assert result.order.tau == pytest.approx(1 / 3)
    assert result.turned == Ranking(agreed=0, opposed=1, known=1, said=1)
    assert result.turned.pairs == 0


def test_turned_back() -> None:
    result = measure_order(reading("a|b|c", order=[2, 1, 3]), known_scenes("a|b|c", order=[2, 1, 3]))
    assert (result.order.pairs, result.order.tau, result.turned.pairs) == (1, 1, 1)
    assert result.as_told.pairs == pytest.approx(2 / 3)


def test_a_tie_counts_a_half() -> None:
    ranking = rank_pairs([1, 2, 3], [1, 1, 2])
    assert ranking == Ranking(agreed=2, opposed=0, known=3, said=2)
    assert ranking.pairs == pytest.approx(2.5 / 3)
    assert ranking.tau == pytest.approx(2 / math.sqrt(6))


def test_known_ties_are_not_asked() -> None:
    ranking = rank_pairs([1, 1, 2], [2, 1, 3])
    assert ranking == Ranking(agreed=2, opposed=0, known=2, said=3)
    assert ranking.pairs == 1
    assert ranking.tau == pytest.approx(2 / math.sqrt(6))


def test_an_order_that_is_not_told_is_a_tie() -> None:
    assert rank_pairs([1, 2], [None, 1]) == Ranking(agreed=0, opposed=0, known=1, said=0)
    assert (rank_pairs([1, 2], [None, 1]).pairs, rank_pairs([1, 2], [None, 1]).tau) == (0.5, 0)


def test_where_all_happens_at_once_nothing_is_measured() -> None:
    ranking = rank_pairs([1, 1], [1, 2])
    assert math.isnan(ranking.pairs)
    assert math.isnan(ranking.tau)


def test_scenes_taken_for_one_are_a_tie_and_share_a_frame() -> None:
    known = known_scenes("a|b|cd", frame=["main", "dream", "main"])
    result = measure_order(reading("ab|cd", order=[1, 2], frame=["dream", "main"]), known)
    assert result.order == Ranking(agreed=2, opposed=0, known=3, said=2)
    assert result.frames == Share(2, 3)
    assert result.all_main == Share(2, 3)


def test_a_scene_is_the_one_that_covers_most_of_it() -> None:
    known = known_scenes("a|bcde|f", order=[3, 1, 2])
    result = measure_order(reading("ab|cdef", order=[2, 1]), known)
    assert result.order == Ranking(agreed=2, opposed=0, known=3, said=2)


def test_pairs_are_summed_over_stories() -> None:
    both = summed([rank_pairs([1, 2], [1, 2]), rank_pairs([1, 2, 3], [3, 2, 1])])
    assert both == Ranking(agreed=1, opposed=3, known=4, said=4)
    assert (both.pairs, both.tau) == (0.25, -0.5)
