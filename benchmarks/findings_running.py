"""Takes M11: plants flaws into gold stories and novels and reads them, and reads the sound texts, one process each."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import msgspec

from benchmarks.corpora import novels
from benchmarks.corpora.gold import load_gold, story_paths
from benchmarks.flaws import plant_known, plant_unknown, planted
from benchmarks.metrics.findings import FindingsResult, SoundResult, measure_flaws, measure_sound
from benchmarks.metrics.shares import summed
from benchmarks.reading import read
from fabula.encode import FileShelf, MemoryShelf
from fabula.story import Text

__all__ = ["SOUND", "FindingsRun", "run_findings", "works_of"]

SEED = 11
_EACH_KNOWN, _EACH_UNKNOWN = 3, 4
"""Flaws of each kind in a gold story, and in the first part of a novel."""
SOUND = 20
"""Novels read for false findings, evenly drawn from the collection in alphabetical order."""
_PART = 60_000
"""Characters of a novel that flaws are planted in: its first chapters."""


class FindingsRun(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured on one text; `gold`: whether it is one of our own stories."""

    text: str
    gold: bool
    seconds: float
    flaws: FindingsResult
    sound: SoundResult


def works_of(part: Sequence[str] = ()) -> tuple[str, ...]:
    """The texts of a run: all gold stories and twenty novels, or those named."""
    every = [path.stem for path in story_paths()]
    slugs = novels.names()
    drawn = [slugs[at * len(slugs) // SOUND] for at in range(SOUND)] if slugs else []
    return tuple(name for name in (part or [*every, *drawn]))


def run_findings(names: Sequence[str], *, jobs: int = 2, whole: bool = True) -> Iterator[FindingsRun]:
    """Measure text by text, in the order of the names. `whole`: novels are read whole for false findings, not only the
    part that flaws are planted in."""
    if jobs <= 1:
        yield from (_run_one(name, whole) for name in names)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_one, names, repeat(whole))


def _run_one(name: str, whole: bool) -> FindingsRun:
    start = time.perf_counter()
    path = next((path for path in story_paths() if path.stem == name), None)
    flaws, sound = _on_story(path) if path else _on_novel(name, whole)
    seconds = time.perf_counter() - start
    return FindingsRun(text=name, gold=path is not None, seconds=seconds, flaws=flaws, sound=sound)


def _on_story(path: Path) -> tuple[FindingsResult, SoundResult]:
    """Each flaw in a reading of its own, as a writer's draft has it."""
    gold, shelf = load_gold(path), _shelf()
    sound = read(gold.text, shelf=shelf)
    results = [FindingsResult({}, {})]
    for flaw in plant_known(gold, each=_EACH_KNOWN, seed=SEED):
        text, places = planted(gold.text, [flaw])
        results.append(measure_flaws(read(text, shelf=shelf), [flaw], places, sound))
    return summed(results), measure_sound(sound)


def _on_novel(name: str, whole: bool) -> tuple[FindingsResult, SoundResult]:
    """All flaws in one reading of the first chapters, far enough apart."""
    text, shelf = novels.load_text(name), _shelf()
    part = _first(text)
    sound = read(part, shelf=shelf)
    flaws = plant_unknown(part, each=_EACH_UNKNOWN, seed=SEED)
    broken, places = planted(part, flaws)
    result = measure_flaws(read(broken, shelf=shelf), flaws, places, sound)
    return result, measure_sound(read(text, shelf=shelf) if whole else sound)


def _first(text: Text) -> Text:
    end = text.content.rfind("\n\n", 0, _PART)
    content = text.content[: end if end > 0 else _PART]
    return Text.of(content, name=text.source.name)


def _shelf() -> FileShelf | MemoryShelf | None:
    """One for all readings of a text, so that only what a flaw changes is encoded anew."""
    return None if os.environ.get("FABULA_SHELF") else MemoryShelf()
