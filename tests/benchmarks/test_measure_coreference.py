"""Three measures of the same grouping, worked out by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics.coreference import grouped, measure_groups
from benchmarks.metrics.pairing import best_total


def groups(*words: str) -> list[frozenset[str]]:
    return [frozenset(word) for word in words]


def test_what_is_right_is_right_by_all_three() -> None:
    found = measure_groups(groups("abc", "d", "ef"), groups("ef", "abc", "d"))
    assert {name: tally.f1 for name, tally in found.items()} == {"muc": 1.0, "b3": 1.0, "ceafe": 1.0}


def test_one_group_cut_in_two() -> None:
    found = measure_groups(groups("ab", "cd"), groups("abcd"))
    muc, b3, ceafe = found["muc"], found["b3"], found["ceafe"]
    assert (muc.right, muc.said, muc.found, muc.known) == (2, 2, 2, 3)
    assert (b3.right, b3.said, b3.found, b3.known) == (4, 4, 2, 4)
    assert (round(ceafe.right, 4), ceafe.said, ceafe.known) == (0.6667, 2, 1)


def test_groups_of_one_count_but_not_as_links() -> None:
    found = measure_groups(groups("a", "b"), groups("ab"))
    assert found["muc"].f1 == 0
    assert found["b3"].f1 == pytest.approx(2 / 3)


def test_mentions_only_one_side_has_are_wrong() -> None:
    found = measure_groups(groups("abx"), groups("ab", "y"))
    b3, muc = found["b3"], found["muc"]
    assert (round(b3.right, 4), b3.said, b3.found, b3.known) == (1.3333, 3, 2, 3)
    assert (muc.right, muc.said) == (1, 2)


def test_nothing_said_is_nothing_right() -> None:
    assert {tally.f1 for tally in measure_groups([], groups("ab")).values()} == {0.0}


def test_members_are_grouped_by_the_name_of_their_group() -> None:
    assert grouped([("a", 1), ("b", 2), ("c", 1)]) == [frozenset("ac"), frozenset("b")]


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_best_pairs_are_worth_most_of_all_pairs(rows: list[list[int]]) -> None:
    worth = np.array(rows, float)
    most = max(sum(worth[r, c] for r, c in enumerate(order)) for order in permutations(range(4), len(rows)))
    assert best_total(worth) == pytest.approx(most)
    assert best_total(worth.T) == pytest.approx(most)
