"""Takes the measures on the novels of the Project Dialogism Novel Corpus, one process for each novel at a time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.corpora.pdnc import PdncNovel, load_novel
from benchmarks.given import write_cast
from benchmarks.metrics.addressees import AddresseeResult, measure_addressees
from benchmarks.metrics.cast import CastResult, measure_cast
from benchmarks.metrics.quotations import QuotationResult, measure_quotations
from benchmarks.metrics.speakers import SpeakerResult, measure_speakers
from benchmarks.metrics.speech_mentions import SpeechMentionResult, measure_speech_mentions
from benchmarks.reading import read
from fabula.story import Story

__all__ = ["MEASURES", "NovelRun", "measure_story", "run_novels"]

MEASURES: tuple[str, ...] = ("m1", "m2", "m3", "m4", "m5", "m7")
"""The measures taken on PDNC. M3 reads each novel a second time."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


class NovelRun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was measured on one novel. A measure that was not taken is None. `seconds` is the time of the first reading
    in a process that other novels share, loading included: for M12 see the speed result."""

    novel: str
    words: int
    quotes: int
    seconds: float
    m1: QuotationResult | None = None
    m2: SpeakerResult | None = None
    m3: SpeakerResult | None = None
    m4: AddresseeResult | None = None
    m5: CastResult | None = None
    m7: SpeechMentionResult | None = None


def run_novels(names: Sequence[str], *, wanted: Sequence[str] = MEASURES, jobs: int = 2) -> Iterator[NovelRun]:
    """Read the novels and measure, `jobs` at a time; results come in the order of `names`.

    Raises:
        DataAbsent: if a novel is not on this machine.
        ReaderAbsent: if this checkout cannot read, or M3 is wanted and the cast cannot be given.
    """
    if jobs <= 1:
        yield from (_run_novel(name, tuple(wanted)) for name in names)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_novel, names, [tuple(wanted)] * len(names))


def measure_story(
    predicted: Story, gold: PdncNovel, *, wanted: Sequence[str], seconds: float = 0.0, informed: Story | None = None
) -> NovelRun:
    """The wanted measures of one reading. `informed` is the reading that was given the cast, for M3."""
    return NovelRun(
        novel=gold.name,
        words=count_words(gold.story.text.content),
        quotes=len(gold.story.quotes),
        seconds=round(seconds, 2),
        m1=measure_quotations(predicted, gold.story) if "m1" in wanted else None,
        m2=measure_speakers(predicted, gold) if "m2" in wanted else None,
        m3=measure_speakers(informed, gold) if informed is not None and "m3" in wanted else None,
        m4=measure_addressees(predicted, gold.story) if "m4" in wanted else None,
        m5=measure_cast(predicted, gold) if "m5" in wanted else None,
        m7=measure_speech_mentions(predicted, gold) if "m7" in wanted else None,
    )


def count_words(content: str) -> int:
    """How many words a text has: runs of letters and digits, an apostrophe inside allowed."""
    return sum(1 for _ in _WORD.finditer(content))


def _run_novel(name: str, wanted: tuple[str, ...]) -> NovelRun:
    gold = load_novel(name)
    start = time.perf_counter()
    predicted = read(gold.story.text)
    seconds = time.perf_counter() - start
    informed = _read_informed(gold) if "m3" in wanted else None
    return measure_story(predicted, gold, wanted=wanted, seconds=seconds, informed=informed)


def _read_informed(gold: PdncNovel) -> Story:
    """The novel read with its cast given through a corrections file."""
    with TemporaryDirectory() as place:
        return read(gold.story.text, corrections=write_cast(gold.story, Path(place)))
