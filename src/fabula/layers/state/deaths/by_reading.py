"""Who has died, as a network read it in the stretches of text where they are met."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.layers.state.deaths.told import Told
from fabula.layers.state.ground import Ground, Meant
from fabula.layers.state.reading import Claims, DeathClaim

__all__ = ["find_read"]

_LEAST = 0.8
"""What is less probable than this in every stretch is not taken for told."""
_NOW = 0.5


def find_read(ground: Ground, read: Claims) -> Iterator[Told]:
    """The surest claim that somebody is dead, for each who is claimed to be."""
    best: dict[str, DeathClaim] = {}
    for claim in read.deaths:
        if claim.probability >= _LEAST and claim.probability > _of(best.get(claim.who)):
            best[claim.who] = claim
    for claim in best.values():
        words = ground.who.wording.within(claim.evidence)
        dead = Meant(claim.who, claim.at, claim.at + 1, claim.probability)
        yield Told(dead, words.start, words.stop - 1, claim.shown >= _NOW, claim.probability)


def _of(claim: DeathClaim | None) -> float:
    return claim.probability if claim is not None else 0.0
