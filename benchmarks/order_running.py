"""Takes M9 on tasks made from linear books: two stretches of scenes interleaved, or a block moved, to be put right."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from benchmarks.corpora.unmarked import load_unmarked
from benchmarks.metrics.order import Ranking, rank_pairs
from benchmarks.reading import encoding_of
from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.order import order_scenes
from fabula.layers.resolve import resolve_mentions
from fabula.layers.scenes import cut_scenes
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import SceneWord, Text

__all__ = [
    "SHAPES",
    "LinearRun",
    "OrderTask",
    "TaskRun",
    "displaced",
    "make_tasks",
    "run_linear",
    "run_tasks",
    "shuffled",
]

SHAPES = ("linear", "interleaved", "moved")
_SCENES = 4
"""Scenes of a stretch."""
_EACH = 2
"""Tasks of each shape made from one work."""
_WORDS = (80, 900)
"""A scene of a task has so many words; a longer one is cut at a paragraph."""
_GAP = "\n\n"


class OrderTask(msgspec.Struct, frozen=True):
    """Scenes in an order of telling, and for each its true place."""

    shape: str
    scenes: tuple[str, ...]
    known: tuple[int, ...]


class TaskRun(msgspec.Struct, frozen=True):
    """What was recovered of one shape in one work, and what one gets for nothing."""

    work: str
    shape: str
    ours: Ranking
    as_told: Ranking


class LinearRun(msgspec.Struct, frozen=True):
    """A whole book, taken for one told as it happened: its scenes as cut, and how many of them are set elsewhere.

    What a novel does tell out of order counts as displaced too, so that the true number of errors is no higher.
    """

    work: str
    words: int
    scenes: int
    displaced: int


def shuffled(shape: str, many: int) -> list[int]:
    """In which order the scenes 0 … many-1, as they happened, are told."""
    half = many // 2
    if shape == "interleaved":
        return [scene for pair in zip(range(half, many), range(half), strict=False) for scene in pair]
    return [*range(half, many), *range(half)] if shape == "moved" else list(range(many))


def make_tasks(scenes: Sequence[str], *, seed: int) -> Iterator[OrderTask]:
    """Tasks from the scenes of a linear book, always the same for one seed."""
    draw = random.Random(seed)
    for shape in SHAPES:
        for _ in range(_EACH):
            room = len(scenes) - 2 * _SCENES
            if room < 1:
                return
            first = draw.randrange(room)
            later = draw.randrange(first + _SCENES, len(scenes) - _SCENES + 1)
            taken = [*scenes[first : first + _SCENES], *scenes[later : later + _SCENES]]
            told = shuffled(shape, len(taken))
            yield OrderTask(shape, tuple(taken[scene] for scene in told), tuple(told))


def run_tasks(works: Sequence[str]) -> Iterator[TaskRun]:
    """Recover the order of the tasks of each work; scenes are given, and no encoder is needed."""
    for number, work in enumerate(works):
        for task in make_tasks(_scenes_of(work), seed=number):
            told = list(range(len(task.scenes)))
            yield TaskRun(work, task.shape, rank_pairs(task.known, _recovered(task)), rank_pairs(task.known, told))


def run_linear(works: Sequence[str], *, jobs: int = 2) -> Iterator[LinearRun]:
    """Order whole books, whose marks were taken out; results come in the order of the names."""
    if jobs <= 1:
        yield from map(_run_whole, works)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_whole, works)


def _run_whole(work: str) -> LinearRun:
    wording = lay_out(load_unmarked(work).segments)
    cast = gather_cast(wording, find_mentions(wording))
    mentions = resolve_mentions(wording, cast.characters, cast.mentions, ())
    cut = cut_scenes(wording, cast.characters, mentions, (), encoding=encoding_of(wording))
    scenes = order_scenes(wording, cut, mentions).scenes
    words = sum(any(map(str.isalnum, form)) for form in wording.forms)
    return LinearRun(work, words, len(scenes), displaced([scene.order or 0 for scene in scenes]))


def displaced(order: Sequence[int]) -> int:
    """The least number of scenes to be moved so that the others happen as they are told; ties are as told."""
    ends: list[int] = []
    for place in order:
        at = bisect_left(ends, place + 1)  # the longest run that never falls
        ends[at : at + 1] = [place]
    return len(order) - len(ends)


def _scenes_of(work: str) -> list[str]:
    """The scenes of a book as its marks and chapters part them, headings left out, each cut to a size."""
    book = load_unmarked(work)
    content, paragraphs = book.segments.text.content, book.segments.paragraphs
    starts = {*book.breaks, *(chapter.start for chapter in book.segments.chapters)}
    scenes: list[list[str]] = []
    for paragraph in paragraphs:
        if paragraph.start in starts or not scenes:
            scenes.append([])
        if paragraph.kind == "prose" and sum(map(len, scenes[-1])) < 6 * _WORDS[1]:
            scenes[-1].append(content[paragraph.start : paragraph.body])
    joined = [_GAP.join(parts) for parts in scenes]
    return [scene for scene in joined if len(scene.split()) >= _WORDS[0]]


def _recovered(task: OrderTask) -> list[int | None]:
    text = Text.of(_GAP.join(task.scenes))
    starts = [sum(len(scene) + len(_GAP) for scene in task.scenes[:at]) for at in range(len(task.scenes))]
    wording = lay_out(segment(text))
    cast = gather_cast(wording, find_mentions(wording))
    mentions = resolve_mentions(wording, cast.characters, cast.mentions, ())
    paragraphs = [p.start for p in wording.segments.paragraphs if p.kind != "blank"]
    settled = [SceneWord(start, start + 1, begins=start in starts) for start in paragraphs]
    cut = cut_scenes(wording, cast.characters, mentions, (), settled=settled)
    ordered = order_scenes(wording, cut, mentions).scenes
    return [next(scene.order for scene in reversed(ordered) if scene.start <= start) for start in starts]
