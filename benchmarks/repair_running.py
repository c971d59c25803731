"""Simulates a user who corrects the first wrong line of every chapter, and reads the novel again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.corpora.pdnc import PdncNovel, load_novel
from benchmarks.given import write_lines
from benchmarks.metrics.mapping import CastMap, map_cast
from benchmarks.metrics.matching import is_found
from benchmarks.metrics.repair import RepairResult, first_wrong, measure_repair
from benchmarks.metrics.speakers import Verdict, judge_speakers
from benchmarks.reading import read
from benchmarks.running import count_words
from fabula.encode import MemoryShelf
from fabula.story import Span, Story
from fabula.story.anchors import Anchors
from fabula.story.corrections import SaidEntry

__all__ = ["RepairRun", "corrections_of", "run_repair"]

_WORDS = 4
"""So many words of a line a user quotes at first; more, where the text has them twice."""


class RepairRun(msgspec.Struct, frozen=True, kw_only=True):
    """One novel. `chapters` is how many the reading found in all; `seconds` is the time of the second reading."""

    novel: str
    words: int
    quotes: int
    chapters: int
    seconds: float
    repair: RepairResult


def run_repair(names: Sequence[str], *, jobs: int = 1) -> Iterator[RepairRun]:
    """Read each novel, correct, read again, and compare; results come in the order of `names`.

    Raises:
        DataAbsent: if a novel is not on this machine.
        ReaderAbsent: if this checkout cannot read.
    """
    if jobs <= 1:
        yield from map(_run_novel, names)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_novel, names)


def corrections_of(predicted: Story, gold: PdncNovel, first: Mapping[int, Verdict]) -> dict[int, SaidEntry]:
    """For each chapter the correction of its first wrong line, as a user would write it: the line's first words, enough
    to find it, and the name under which the reading has the speaker; the known name where the reading has nobody.

    A line that the reading does not have as a quotation cannot be corrected, and its chapter is left out.
    """
    anchors, names = Anchors(predicted.text), _names(predicted, gold, map_cast(predicted, gold.story))
    quotes = [quote.span for quote in predicted.quotes]
    entries = {}
    for chapter, verdict in first.items():
        if verdict.predicted is None or not is_found(verdict.gold, verdict.predicted) or verdict.gold.speaker is None:
            continue
        quoted = _quoted(anchors, predicted, verdict.predicted.span, quotes)
        if quoted is not None:
            entries[chapter] = SaidEntry(words=quoted[0], nth=quoted[1], by=names[verdict.gold.speaker])
    return entries


def _run_novel(name: str) -> RepairRun:
    gold = load_novel(name)
    text = gold.story.text
    shelf = None if os.environ.get("FABULA_SHELF") else MemoryShelf()
    predicted = read(text, shelf=shelf)
    before = judge_speakers(predicted, gold)
    first = first_wrong(before, predicted.chapters)
    entries = corrections_of(predicted, gold, first)
    start = time.perf_counter()
    with TemporaryDirectory() as place:
        again = read(text, corrections=write_lines(tuple(entries.values()), Path(place)), shelf=shelf)
    seconds = time.perf_counter() - start
    return RepairRun(
        novel=name,
        words=count_words(text.content),
        quotes=len(gold.story.quotes),
        chapters=len(predicted.chapters),
        seconds=round(seconds, 2),
        repair=measure_repair(before, judge_speakers(again, gold), predicted.chapters, first, said=frozenset(entries)),
    )


def _names(predicted: Story, gold: PdncNovel, cast: CastMap) -> dict[str, str]:
    """For each known character the name of the predicted one that stands for him oftenest, else his own."""
    names = {known.id: known.name for known in gold.story.characters}
    most: dict[str, int] = {}
    for character in predicted.characters:
        known = cast.find(character.id)
        if known is not None and cast.voters[character.id] > most.get(known, -1):
            names[known], most[known] = character.name, cast.voters[character.id]
    return names


def _quoted(anchors: Anchors, predicted: Story, line: Span, quotes: Sequence[Span]) -> tuple[str, int | None] | None:
    """The first words of a line that stand nowhere else, or all of them and which of their places it is."""
    words = predicted.words(line).split()
    for length in range(min(_WORDS, len(words)), len(words) + 1):
        found = anchors.one(" ".join(words[:length]), within=quotes)
        if isinstance(found, Span) and line.covers(found):
            return " ".join(words[:length]), None
    nth = 1
    while isinstance(found := anchors.one(" ".join(words), nth=nth, within=quotes), Span):
        if line.covers(found):
            return " ".join(words), nth
        nth += 1
    return None
