"""Who is read to have a thing in a stretch of text in which no rule says who has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.layers.state.custody.steps import CALLED, Handing
from fabula.layers.state.custody.things import Thing, Things
from fabula.layers.state.reading import Claims

__all__ = ["of_reading"]

_LEAST = 0.9
"""As sure as this the network must be. Where rules do say who has a thing it mends no more of their mistakes than it
makes of its own, at any threshold; so it speaks only where they are silent."""
_READ = 0.5
"""How sure what is only read is taken to be."""


def of_reading(claims: Claims, things: Things, told: Sequence[Handing]) -> Iterator[Handing]:
    """What the network reads of who has which thing, where nothing is `told`: it takes a thing from nobody."""
    known: dict[int, list[int]] = {}
    for handing in told:
        if handing.sure > CALLED:
            known.setdefault(id(handing.thing), []).append(handing.at)
    met = set[tuple[str, int, int]]()
    for claim in claims.hands:
        if claim.deed != "has" or claim.probability < _LEAST or (claim.who, claim.thing, claim.at) in met:
            continue
        thing: Thing = things.all[claim.thing]
        if any(claim.first <= at < claim.stop for at in known.get(id(thing), ())):
            continue
        met.add((claim.who, claim.thing, claim.at))
        yield Handing(
            thing=thing,
            at=claim.at,
            holder=claim.who,
            how="has",
            sure=_READ,
            over=False,
            evidence=claim.evidence,
            weak=True,
        )
