"""Tasks made from linear books: what is told in which order, the same for one seed, and the truth with it."""

from __future__ import annotations

import pytest

from benchmarks.order_running import LinearRun, displaced, make_tasks, shuffled
from benchmarks.scenes_commands import linear_table

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


@pytest.mark.parametrize(
    ("order", "moved"), [([1, 2, 3], 0), ([1, 2, 2, 3], 0), ([3, 1, 2, 4], 1), ([3, 2, 1], 2), ([], 0)]
)
def test_as_few_scenes_as_can_be_are_displaced(order: list[int], moved: int) -> None:
    assert displaced(order) == moved


def test_displaced_scenes_are_counted_by_the_words_of_all_works() -> None:
    shown = linear_table([LinearRun("one", 60_000, 30, 1), LinearRun("two", 40_000, 20, 2)])
    assert shown.splitlines()[-1].split("|")[1:-1] == [
        " **all** ",
        " 100,000 ",
        "     50 ",
        "         3 ",
        "            1.50 ",
    ]
