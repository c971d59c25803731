"""Somebody's death as some words tell it, before it is known which of these belong together."""

from __future__ import annotations

import msgspec

from fabula.layers.state.ground import Ground, Meant

__all__ = ["Told", "confidence", "manner", "together"]

_SHOWN, _TOLD, _SAID = 0.85, 0.75, 0.6
"""Shown as it happens, told by the narrator as past, said by somebody."""


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


def manner(ground: Ground, report: Told) -> str:
    """Whether it is "said" by somebody, "shown" as it happens, or "told"."""
    return "said" if ground.is_spoken(report.first) else "shown" if report.now else "told"


def confidence(ground: Ground, report: Told) -> float:
    """How sure these words are by themselves."""
    sure = {"said": _SAID, "shown": _SHOWN, "told": _TOLD}[manner(ground, report)]
    return sure * report.sure * min(1.0, report.dead.confidence + 0.1)
