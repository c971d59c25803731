"""Somebody's death as some words tell it, before it is known which of these belong together."""

from __future__ import annotations

import msgspec

from fabula.layers.state.ground import Ground, Meant

__all__ = ["Told", "together"]


class Told(msgspec.Struct, frozen=True):
    """Somebody's death as the words from first to last tell it. `now`: as it happens."""

    dead: Meant
    first: int
    last: int
    now: bool
    sure: float = 1.0


def together(ground: Ground, one: int, other: int) -> bool:
    """Whether two words stand in one sentence, and in the same quotation or outside of all."""
    wording = ground.who.wording
    return wording.sentence[one] == wording.sentence[other] and wording.quote[one] == wording.quote[other]
