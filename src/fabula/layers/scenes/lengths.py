"""What is asked of a short story, and what of a novel."""

from __future__ import annotations

import math

__all__ = ["between"]

_SHORT, _LONG = 1_000, 100_000
"""Words of a short story and of a novel."""


def between(ends: tuple[float, float], length: int) -> float:
    """From what is asked of a short story and of a novel, what is of a text of so many words: between the two it goes
    with the logarithm of the length."""
    share = math.log(max(_SHORT, min(_LONG, length)) / _SHORT) / math.log(_LONG / _SHORT)
    return ends[0] + share * (ends[1] - ends[0])
