"""Is speech told from thought, from writing, and from words that are only set in marks?"""

from __future__ import annotations

import msgspec

from benchmarks.corpora.gold import GoldStory
from benchmarks.metrics.matching import Places, is_found
from benchmarks.metrics.shares import Share
from fabula.story import Story

__all__ = ["ModeResult", "measure_modes"]


class ModeResult(msgspec.Struct, frozen=True):
    """`right`: known lines that were found and given their mode. `terms`: known terms that are not taken for anything
    said; one that no quotation covers is right too."""

    right: Share
    terms: Share


def measure_modes(predicted: Story, gold: GoldStory) -> ModeResult:
    """The share of lines whose best-overlapping predicted quotation covers half of it and has its mode."""
    places = Places(predicted.quotes)
    rows = []
    for line in gold.lines:
        guess = places.best(line)
        rows.append((line.mode, guess.mode if guess is not None and is_found(line, guess) else None))
    return ModeResult(
        right=Share.of(said == mode for mode, said in rows if mode != "term"),
        terms=Share.of(said in ("term", None) for mode, said in rows if mode == "term"),
    )
