"""Counts are added before they are divided."""

from __future__ import annotations

import math

import pytest

from benchmarks.metrics.cast import CastResult
from benchmarks.metrics.shares import Share, f1, mean, summed
from benchmarks.metrics.speakers import Bin, SpeakerResult
from benchmarks.running import NovelRun


def test_micro_and_macro_differ() -> None:
    shares = [Share(1, 1), Share(0, 9)]
    assert summed(shares) == Share(1, 10)
    assert mean(shares) == 0.5


def test_macro_leaves_out_what_had_no_cases() -> None:
    assert mean([Share(1, 2), Share(0, 0)]) == 0.5
    assert math.isnan(mean([Share(0, 0)]))


def test_a_share_refuses_to_be_wrong() -> None:
    with pytest.raises(ValueError, match="not a share"):
        Share(2, 1)


def test_f1() -> None:
    assert f1(Share(1, 2), Share(1, 1)) == pytest.approx(2 / 3)
    assert f1(Share(0, 2), Share(0, 1)) == 0
    assert math.isnan(f1(Share(0, 0), Share(0, 1)))


def test_results_are_summed_field_by_field() -> None:
    def result(kind: str, right: int) -> SpeakerResult:
        return SpeakerResult(Share(right, 2), {kind: Share(right, 2)}, {"right": right}, (Bin(right, 2, 0.5),))

    total = summed([result("Explicit", 1), result("Implicit", 2), result("Implicit", 0)])
    assert total.all == Share(3, 6)
    assert total.by_type == {"Explicit": Share(1, 2), "Implicit": Share(2, 4)}
    assert total.outcomes == {"right": 3}
    assert total.bins == (Bin(3, 6, 1.5),)


def test_runs_are_summed_with_measures_not_taken() -> None:
    cast = CastResult({"major": Share(1, 2)}, Share(1, 1), Share(1, 1), Share(0, 1))
    runs = [NovelRun(novel=name, words=10, quotes=2, seconds=1.0, m5=cast) for name in "ab"]
    total = summed(runs)
    assert (total.words, total.m2) == (20, None)
    assert total.m5 is not None
    assert total.m5.found == {"major": Share(2, 4)}
