"""Learn the weights of the signs of a new scene from marked breaks and chapter starts, their marks taken out.

    python -m training.scenes.learn > src/fabula/lexicon/data/scene_signs.txt

A break that an author marks is a free label; a place without a mark is not one, for many changes of scene go unmarked.
So each work has its own constant, which takes up how often it marks, and which is thrown away. Chapter starts of novels
are labels too: with marks alone the weights find fewer of the unmarked changes in the gold stories (F1 .434, with them
.458; development). The very words at a seam are drawn to nothing ten times as strongly as the other signs; they raise
the average precision on the works held out from .239 to .261. Tried and left out, since they measure no better: the
chapter starts of 57 more novels (.251), chapter starts that weigh a third (.252), and a layer of 24 hidden units (.276,
but no better breaks at one false break in 2,500 words).
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
from fabula.layers.scenes.phrases import is_phrase
from fabula.layers.scenes.seams import Seam, find_seams
from fabula.segment.wording import lay_out

Array = NDArray[np.float64]

KEPT = 0.25
"""Of the places without a mark so many are learned from."""
SHRINK, SHRINK_WORDS = 3.0, 30.0
"""How strongly weights are drawn to nothing: those of signs, and of the very words."""
WORKS, TIMES = 6, 60
"""A sign must be seen in so many works, and so often."""
STEPS, MEMORY = 120, 10
CLOSE = 1e-6
"""What a step must gain, as a share of what is left."""

HEAD = """# How much each sign at a seam between paragraphs weighs when it is decided where a scene begins: log odds.
# Source: learned by training/scenes from marked breaks and chapter starts of 27 works of Standard Ebooks (CC0).
# Licence: MIT.
"""


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
    table = _table(lessons, column)
    shrink = np.array([SHRINK_WORDS if is_phrase(name) else SHRINK for name in names])
    return dict(zip(names, climb(table, shrink).tolist(), strict=True))


class Table(msgspec.Struct, frozen=True):
    """Seams as rows: for each sign of each its row, its column and its value; for each row its work and its label."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: Array
    work: NDArray[np.int64]
    label: Array


def climb(table: Table, shrink: Array) -> Array:
    """The weights under which the labels are likeliest, each work with a constant of its own (L-BFGS, Nocedal 1980)."""
    many = len(shrink)
    here = np.concatenate([np.zeros(many), np.full(int(table.work.max()) + 1, -2.0)])
    loss, slope = _loss(table, shrink, here)
    steps: list[tuple[Array, Array]] = []
    for _ in range(STEPS):
        way, size = _direction(slope, steps), 1.0
        there = here - way
        new_loss, new_slope = _loss(table, shrink, there)
        while new_loss > loss - 1e-4 * size * (slope @ way) and size > 1e-6:
            size /= 2
            there = here - size * way
            new_loss, new_slope = _loss(table, shrink, there)
        if (there - here) @ (new_slope - slope) > 1e-10:
            steps = [*steps, (there - here, new_slope - slope)][-MEMORY:]
        gained = loss - new_loss
        here, loss, slope = there, new_loss, new_slope
        if gained < CLOSE * loss:
            break
    weights: Array = here[:many]
    return weights


def _loss(table: Table, shrink: Array, here: Array) -> tuple[float, Array]:
    """How unlikely the labels are under these weights and constants, and which way that grows."""
    many, rows = len(shrink), len(table.label)
    weights, constants = here[:many], here[many:]
    odds = np.bincount(table.row, table.value * weights[table.column], rows) + constants[table.work]
    off = 1 / (1 + np.exp(-np.clip(odds, -30, 30))) - table.label
    loss = (np.logaddexp(0, odds) - table.label * odds).sum() + (shrink * weights**2).sum() / 2
    own = np.bincount(table.column, table.value * off[table.row], many) + shrink * weights
    return float(loss), np.concatenate([own, np.bincount(table.work, off, len(constants))])


def _direction(slope: Array, steps: Sequence[tuple[Array, Array]]) -> Array:
    way, shares = slope.copy(), []
    for step, bend in reversed(steps):
        shares.append(step @ way / (bend @ step))
        way -= shares[-1] * bend
    if steps:
        step, bend = steps[-1]
        way *= step @ bend / (bend @ bend)
    else:
        way /= np.abs(slope).max()
    for (step, bend), share in zip(steps, reversed(shares), strict=True):
        way += step * (share - bend @ way / (bend @ step))
    return way


def write(weights: dict[str, float]) -> str:
    """The file."""
    kept = sorted((name, value) for name, value in weights.items() if round(value, 2))
    return HEAD + "".join(f"{name}\t{value:.2f}\n" for name, value in kept)


def _frequent(lessons: Sequence[Lesson]) -> list[str]:
    works: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for lesson in lessons:
        own = Counter(name for seam in lesson.seams for name in seam.signs)
        works.update(own.keys())
        times.update(own)
    return sorted(name for name, n in works.items() if n >= WORKS and times[name] >= TIMES)


def _table(lessons: Sequence[Lesson], column: dict[str, int]) -> Table:
    """All marked seams and chapter starts, and some of the other seams."""
    chance = random.Random(7)
    row, columns, value, work, label = [], [], [], [], []
    for at, lesson in enumerate(lessons):
        kept = [(s, m) for s, m in zip(lesson.seams, lesson.marked, strict=True) if m or chance.random() < KEPT]
        for seam, marked in [*kept, *((seam, True) for seam in lesson.chapters)]:
            own = [(column[name], amount) for name, amount in seam.signs.items() if name in column]
            row += [len(label)] * len(own)
            columns += [number for number, _ in own]
            value += [amount for _, amount in own]
            work.append(at)
            label.append(float(marked))
    return Table(np.array(row), np.array(columns), np.array(value, float), np.array(work), np.array(label))


if __name__ == "__main__":
    main()
