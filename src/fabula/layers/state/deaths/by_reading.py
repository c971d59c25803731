"""Deaths that no listed word tells: those a network read in the stretches of text in which the dead are met."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.layers.state.deaths.told import Told
from fabula.layers.state.ground import Ground, Meant
from fabula.layers.state.reading import Claims, DeathClaim

__all__ = ["find_read"]

_LEAST = 0.65
"""What is less probable than this in every stretch is not taken for told: on the pieces set aside three claims of four
that are so probable are right."""
_NOW = 0.5


def find_read(ground: Ground, read: Claims) -> Iterator[Told]:
    """The deaths that were read surely enough, each where it is read most surely."""
    best: dict[str, DeathClaim] = {}
    for claim in read.deaths:
        least = best[claim.who].probability if claim.who in best else _LEAST
        if claim.probability > least and claim.who in ground.who.characters:
            best[claim.who] = claim
    for claim in best.values():
        words = ground.who.wording.within(claim.evidence)
        dead = Meant(claim.who, claim.at, claim.at + 1, 1.0)
        yield Told(dead, words.start, words.stop - 1, claim.shown >= _NOW, claim.probability)
