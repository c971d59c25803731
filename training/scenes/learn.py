"""Learn the weights of `fabula.layers.scenes.weights` from marked breaks and chapter starts, their marks taken out.

    python -m training.scenes.learn > src/fabula/layers/scenes/weights.py

A break that an author marks is a free label; a place without a mark is not one, for many changes of scene go unmarked.
So each work has its own constant, which takes up how often it marks, and which is thrown away. Chapter starts of novels
are labels too: with marks alone the weights find fewer of the unmarked changes in the gold stories (F1 .434, with them
.458; development).
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.unmarked import TAUGHT, load_unmarked
from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.scenes.seams import Seam, find_seams
from fabula.segment.wording import lay_out

Array = NDArray[np.float64]

KEPT = 0.25
"""Of the places without a mark so many are learned from."""
SHRINK = 3.0
"""How strongly weights are drawn to nothing."""
WORKS, TIMES = 5, 60
"""A sign must be seen in so many works, and so often."""
STEPS = 25

HEAD = '''"""How much each sign at a seam between paragraphs weighs when it is decided where a scene begins."""

from __future__ import annotations

__all__ = ["WEIGHTS"]

'''
NOTE = (
    '"""Natural log odds, learned by `training/scenes` from marked breaks and chapter starts of public-domain works."""'
)


class Lesson(msgspec.Struct, frozen=True):
    """One work: its seams, which of them were marked, and its chapters' starts as if they were seams."""

    seams: Sequence[Seam]
    marked: Sequence[bool]
    chapters: Sequence[Seam]


def main() -> None:
    """Learn, and write the module."""
    lessons = []
    for slug in TAUGHT:
        lessons.append(make_lesson(slug))
        print(slug, file=sys.stderr, flush=True)
    print(write(learn(lessons)), end="")


def make_lesson(slug: str) -> Lesson:
    """Read one work. The chapters of a collection are stories, and no change of scene."""
    work = load_unmarked(slug)
    wording = lay_out(work.segments)
    names = [m for m in gather_cast(wording, find_mentions(wording)).mentions if m.form == "name"]
    seams, breaks = find_seams(wording, names), set(work.breaks)
    known = {seam.start for seam in seams}
    inside = [] if "short-fiction" in slug else find_seams(wording, names, chapters=False)
    return Lesson(seams, [seam.start in breaks for seam in seams], [seam for seam in inside if seam.start not in known])


def learn(lessons: Sequence[Lesson]) -> dict[str, float]:
    """The weight of each sign that is frequent enough."""
    names = _frequent(lessons)
    column = {name: at for at, name in enumerate(names)}
    chance = random.Random(7)
    tables = [_table(lesson, column, chance) for lesson in lessons]
    return dict(zip(names, climb(tables).tolist(), strict=True))


def climb(tables: Sequence[tuple[Array, Array]]) -> Array:
    """The weights under which the labels are likeliest, each work with a constant of its own (Newton's method)."""
    many = tables[0][0].shape[1]
    weights = np.zeros(many)
    constants = np.array([np.log((y.sum() + 0.5) / (len(y) - y.sum() + 0.5)) for _, y in tables])
    for _ in range(STEPS):
        slope, bend = -SHRINK * weights, SHRINK * np.eye(many)
        own_slope, own_bend, cross = np.zeros(len(tables)), np.zeros(len(tables)), np.zeros((len(tables), many))
        for at, (x, y) in enumerate(tables):
            p = 1 / (1 + np.exp(-(x @ weights + constants[at])))
            r = p * (1 - p)
            slope += x.T @ (y - p)
            bend += (x * r[:, None]).T @ x
            own_slope[at], own_bend[at], cross[at] = (y - p).sum(), r.sum() + 1e-3, x.T @ r
        step = np.linalg.solve(bend - (cross.T / own_bend) @ cross, slope - cross.T @ (own_slope / own_bend))
        weights += step
        constants += np.clip((own_slope - cross @ step) / own_bend, -2, 2)
        if np.abs(step).max() < 1e-4:
            break
    return weights


def write(weights: dict[str, float]) -> str:
    """The module."""
    kept = sorted((name, value) for name, value in weights.items() if round(value, 2))
    rows = "".join(f'    "{_written(name)}": {value:.2f},\n' for name, value in kept)
    return f"{HEAD}WEIGHTS: dict[str, float] = {{\n{rows}}}\n{NOTE}\n"


def _written(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _frequent(lessons: Sequence[Lesson]) -> list[str]:
    works: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for lesson in lessons:
        own = Counter(name for seam in lesson.seams for name in seam.signs)
        works.update(own.keys())
        times.update(own)
    return sorted(name for name, n in works.items() if n >= WORKS and times[name] >= TIMES)


def _table(lesson: Lesson, column: dict[str, int], chance: random.Random) -> tuple[Array, Array]:
    kept = [(s, m) for s, m in zip(lesson.seams, lesson.marked, strict=True) if m or chance.random() < KEPT]
    kept += [(seam, True) for seam in lesson.chapters]
    x = np.zeros((len(kept), len(column)))
    for row, (seam, _) in zip(x, kept, strict=True):
        for name, value in seam.signs.items():
            if name in column:
                row[column[name]] = value
    return x, np.array([marked for _, marked in kept], float)


if __name__ == "__main__":
    main()
