"""Tasks made from linear books: what is told in which order, the same for one seed, and the truth with it."""

from __future__ import annotations

import pytest

from benchmarks.order_running import make_tasks, shuffled

SCENES = [f"Scene {number}." for number in range(12)]


@pytest.mark.parametrize(
    ("shape", "told"),
    [("linear", [0, 1, 2, 3]), ("interleaved", [2, 0, 3, 1]), ("moved", [2, 3, 0, 1])],
)
def test_each_shape_tells_the_scenes_in_its_own_order(shape: str, told: list[int]) -> None:
    assert shuffled(shape, 4) == told


def test_the_truth_goes_with_the_scenes() -> None:
    for task in make_tasks(SCENES, seed=1):
        happened = [scene for _, scene in sorted(zip(task.known, task.scenes, strict=True))]
        numbers = [int(scene.removeprefix("Scene ").rstrip(".")) for scene in happened]
        assert numbers == sorted(numbers)


def test_one_seed_makes_the_same_tasks() -> None:
    assert list(make_tasks(SCENES, seed=3)) == list(make_tasks(SCENES, seed=3))


def test_a_book_of_too_few_scenes_makes_none() -> None:
    assert list(make_tasks(SCENES[:6], seed=0)) == []
