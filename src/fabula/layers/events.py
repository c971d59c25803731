"""What happens: the words that say that something really took place in the story's world."""

from __future__ import annotations

import numpy as np

from fabula.encode import Encoding
from fabula.segment.wording import Wording
from fabula.story import Event

__all__ = ["find_events"]

_NO_STORY = frozenset({"heading", "break", "apart", "blank"})


def find_events(wording: Wording, encoding: Encoding) -> tuple[Event, ...]:
    """The words that tell of an event, with the chance of each.

    Realis events as LitBank marks them (Sims, Park and Bamman 2019): asserted, not denied, wished, foretold or usual.
    Headings and what stands apart from the story tell of none.
    """
    told = [paragraph.kind not in _NO_STORY for paragraph in wording.segments.paragraphs]
    chance = 1 / (1 + np.exp(-encoding.event.astype(np.float64)))
    return tuple(
        Event(wording.starts[at], wording.ends[at], confidence=round(float(chance[at]), 3))
        for at in np.flatnonzero(encoding.event > 0).tolist()
        if told[wording.paragraph[at]]
    )
