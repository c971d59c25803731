"""Takes M8 on works whose marked breaks were taken out, one process for each at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from benchmarks.corpora.unmarked import load_unmarked
from benchmarks.metrics.breaks import near_hits
from benchmarks.metrics.hits import Hits
from benchmarks.reading import encoding_of
from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.scenes import cut_scenes
from fabula.layers.scenes.cohesion import cohesions, depths
from fabula.layers.scenes.passages import Passage, lay_passages
from fabula.segment.wording import Wording, lay_out

__all__ = ["BreaksFound", "WorkRun", "deepest", "run_works"]


class BreaksFound(msgspec.Struct, frozen=True):
    """Break paragraphs hit exactly, and within one."""

    exact: Hits
    near: Hits


class WorkRun(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured on one work.

    Attributes:
        ours: the breaks of the reading, chapter starts left out. Cutting at chapter starts alone finds none of them.
        cohesion: as many breaks, where the words on both sides are least alike: a baseline.
    """

    work: str
    words: int
    seconds: float
    ours: BreaksFound
    cohesion: BreaksFound


def run_works(names: Sequence[str], *, jobs: int = 2) -> Iterator[WorkRun]:
    """Cut the works into scenes and measure; results come in the order of the names. The people are those whom the
    names give, as the cut asks of the rest of a reading only what the encoder says.

    Raises:
        ReaderAbsent: if this checkout has no model pack to read with.
    """
    if jobs <= 1:
        yield from map(_run_one, names)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_one, names)


def _run_one(name: str) -> WorkRun:
    work = load_unmarked(name)
    wording = lay_out(work.segments)
    cast = gather_cast(wording, find_mentions(wording))
    encoding = encoding_of(wording)
    start = time.perf_counter()
    scenes = cut_scenes(wording, cast.characters, cast.mentions, (), encoding=encoding)
    seconds = time.perf_counter() - start
    passages = lay_passages(wording, cast.mentions)
    number = {passage.start: at for at, passage in enumerate(passages)}
    said = {
        number[scene.start] for scene in scenes if scene.start in number and not passages[number[scene.start]].fresh
    }
    known = {number[place] for place in work.breaks}
    baseline = deepest(wording, passages, many=len(said))
    words = sum(any(map(str.isalnum, form)) for form in wording.forms)
    return WorkRun(
        work=name, words=words, seconds=round(seconds, 2), ours=_found(said, known), cohesion=_found(baseline, known)
    )


def deepest(wording: Wording, passages: Sequence[Passage], *, many: int) -> set[int]:
    """So many passages that begin where the words on both sides are least alike, chapter starts left out."""
    deep = depths(cohesions(wording, passages).tolist())
    free = [at for at, passage in enumerate(passages) if not passage.fresh]
    return set(sorted(free, key=lambda at: -deep[at])[:many])


def _found(said: set[int], known: set[int]) -> BreaksFound:
    return BreaksFound(Hits.of(said, known), near_hits(said, known))
