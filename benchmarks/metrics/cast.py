"""M5: is everybody there, and is each of them one person?"""

from __future__ import annotations

from collections import Counter

import msgspec

from benchmarks.corpora.pdnc import CATEGORIES, PdncNovel
from benchmarks.metrics.mapping import CastMap, map_cast
from benchmarks.metrics.shares import Share
from fabula.story import Story

__all__ = ["CastResult", "measure_cast"]


class CastResult(msgspec.Struct, frozen=True):
    """How the cast was gathered.

    Attributes:
        found: for each category, the known characters to which some predicted one maps.
        purity: of all name mentions of predicted characters, those that vote for the character mapped to. Mentions that
            vote for nobody (a name the list lacks) count against it.
        unmixed: the same of those that vote at all: what is left of purity when the list's gaps are taken out.
        split: known characters to which several predicted ones map: one person taken for two.
    """

    found: dict[str, Share]
    purity: Share
    unmixed: Share
    split: Share


def measure_cast(predicted: Story, gold: PdncNovel) -> CastResult:
    """M5, over the known characters whose name does not begin with `_`."""
    cast = map_cast(predicted, gold.story)
    counted = [c for c in gold.story.characters if not c.name.startswith("_")]
    times = Counter(cast.known.values())
    return CastResult(
        found={
            category: Share.of(times[c.id] > 0 for c in counted if gold.categories.get(c.id) == category)
            for category in CATEGORIES
        },
        purity=Share(_pure(cast), sum(cast.mentions.values())),
        unmixed=Share(_pure(cast), sum(cast.voters.values())),
        split=Share.of(times[c.id] > 1 for c in counted if times[c.id]),
    )


def _pure(cast: CastMap) -> int:
    return sum(cast.mention_votes[name].get(known, 0) for name, known in cast.known.items())
