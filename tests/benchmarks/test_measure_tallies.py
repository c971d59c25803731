"""Counts are summed before they are divided, and documents drawn again bound what chance can do."""

from __future__ import annotations

import math

from benchmarks.metrics.shares import summed
from benchmarks.metrics.tallies import Tally, score


def test_f1_of_summed_counts() -> None:
    assert Tally(1, 2, 1, 1).f1 == 2 / 3
    assert summed([Tally(1, 2, 1, 1), Tally(0, 0, 0, 3)]) == Tally(1, 2, 1, 4)
    assert Tally.of({1, 2}, {2, 3, 4}) == Tally(1, 2, 1, 3)
    assert Tally.share(3, 4).f1 == 0.75


def test_nothing_right_is_0_and_nothing_at_all_is_no_number() -> None:
    assert Tally(0, 2, 0, 2).f1 == 0
    assert math.isnan(Tally(0, 0, 0, 0).f1)


def test_a_score_lies_between_its_bounds() -> None:
    rows = [{"events": Tally.share(n, 10)} for n in range(11)]
    scored = score(rows)["events"]
    assert scored.value == 0.5
    assert 0.2 < scored.low < 0.5 < scored.high < 0.8
    assert score(rows) == score(rows)


def test_like_documents_leave_nothing_to_chance() -> None:
    scored = score([{"events": Tally.share(3, 4)}] * 5)["events"]
    assert (scored.low, scored.value, scored.high) == (0.75, 0.75, 0.75)


def test_coreference_is_the_mean_of_its_three_measures() -> None:
    row = {"muc": Tally.share(1, 2), "b3": Tally.share(1, 4), "ceafe": Tally.share(3, 4)}
    assert score([row])["coreference"].value == 0.5
    assert "coreference" not in score([{"muc": Tally.share(1, 2)}])


def test_what_nobody_said_and_nobody_knows_is_not_scored() -> None:
    assert list(score([{"GPE": Tally(0, 0, 0, 0), "PER": Tally(0, 1, 0, 0)}])) == ["PER"]


def test_without_documents_there_is_no_score() -> None:
    assert score([]) == {}
