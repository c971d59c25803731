"""Takes the measures on our own stories and cases, one process for each at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from benchmarks.corpora.gold import GoldError, GoldStory, as_novel, case_paths, check_gold, load_gold, story_paths
from benchmarks.corpora.pdnc import PdncNovel
from benchmarks.metrics.breaks import BreakResult, measure_breaks
from benchmarks.metrics.modes import ModeResult, measure_modes
from benchmarks.metrics.order import OrderResult, measure_order
from benchmarks.metrics.speakers import measure_speakers
from benchmarks.metrics.state import StateResult, measure_state
from benchmarks.reading import read
from benchmarks.running import NovelRun, measure_story
from fabula.story import Story

__all__ = ["GOLD", "GoldRun", "measure_gold", "run_gold", "spoken_of"]

GOLD: dict[str, Callable[[], tuple[Path, ...]]] = {"stories": story_paths, "cases": case_paths}
"""What can be run, and where each of them lies."""

HELD_OUT = "held out"
"""The tag of a story that nobody looks at while rules are made: on it one sees whether they hold elsewhere."""

ON_SPEECH: tuple[str, ...] = ("m1", "m4", "m5")


class GoldRun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was measured on one story or case. A measure of which nothing is known there is None.

    `novel`: the measures that PDNC has too (M1, M2, M4, M5), over the lines that are no mere terms; M2 over those of
    which somebody can know the speaker. `held_out`: no rule was made on this one.
    """

    novel: NovelRun
    scenes: int
    modes: ModeResult
    m8: BreakResult | None = None
    m9: OrderResult | None = None
    m10: StateResult
    held_out: bool = False


def run_gold(paths: Sequence[Path], *, jobs: int = 2) -> Iterator[GoldRun]:
    """Read the stories or cases and measure, `jobs` at a time; results come in the order of `paths`.

    Raises:
        GoldError: if one of them is not written as it should be.
        ReaderAbsent: if this checkout cannot read.
    """
    _check(paths)
    if jobs <= 1:
        yield from map(_run_one, paths)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_one, paths)


def measure_gold(predicted: Story, gold: GoldStory, *, seconds: float = 0.0) -> GoldRun:
    """The measures of one reading."""
    lines = [line for line in gold.lines if line.mode != "term"]
    novel = measure_story(predicted, as_novel(gold, lines=lines), wanted=ON_SPEECH, seconds=seconds)
    return GoldRun(
        novel=msgspec.structs.replace(novel, m2=measure_speakers(predicted, spoken_of(gold))),
        scenes=len(gold.scenes),
        modes=measure_modes(predicted, gold),
        m8=measure_breaks(predicted, gold.scenes) if gold.scenes else None,
        m9=measure_order(predicted, gold.scenes) if gold.scenes else None,
        m10=measure_state(predicted, gold),
        held_out=HELD_OUT in gold.tags,
    )


def spoken_of(gold: GoldStory) -> PdncNovel:
    """The story with those of its lines whose speaker somebody can know: what M2 is taken over."""
    return as_novel(gold, lines=[line for line in gold.lines if line.mode != "term" and line.by is not None])


def _check(paths: Sequence[Path]) -> None:
    """Nothing is read before all of them can be."""
    problems = [problem for path in paths for problem in check_gold(path)[0]]
    if problems:
        raise GoldError(problems)


def _run_one(path: Path) -> GoldRun:
    gold = load_gold(path)
    start = time.perf_counter()
    predicted = read(gold.text)
    return measure_gold(predicted, gold, seconds=time.perf_counter() - start)
