"""Who gets, has, hides or loses a thing, as a network read it in the stretches of text where both are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fabula.layers.state.custody.steps import Handing
from fabula.layers.state.custody.things import Thing, Things
from fabula.layers.state.ground import Ground
from fabula.layers.state.reading import Claims, HandClaim
from fabula.story import Custody

__all__ = ["find_read"]

_LEAST = dict.fromkeys(("gets", "has", "finds", "hides", "loses", "destroys"), 0.65)
"""What is less probable than this is not taken for said."""
_PARTS = 0.5
"""As probable as this somebody gave the thing, or lost it to whoever gets it."""
_NEAR = 30
"""So many words from a step that the words' own grammar tells, nothing else is read of the same thing."""
_SURE = 0.8
"""What is left of the probability: a reading knows less where a sentence ends than the grammar does."""
_HOW: Mapping[str, Custody] = {
    "gets": "taken", "has": "has", "finds": "taken", "hides": "hidden", "loses": "lost", "destroys": "destroyed"
}  # fmt: skip


def find_read(ground: Ground, things: Things, read: Claims, known: Sequence[Handing]) -> Iterator[Handing]:
    """The steps of a thing's way that are read surely enough where no others are told.

    `known`: the steps that are told by the words' own grammar.
    """
    told: dict[int, list[int]] = {}
    for step in known:
        told.setdefault(id(step.thing), []).append(step.at)
    taken: dict[tuple[int, str], list[int]] = {}
    for claim in sorted(read.hands, key=lambda one: (-one.probability, one.at, one.who)):
        thing = things.all[claim.thing]
        if claim.deed not in _LEAST or claim.probability < _LEAST[claim.deed]:
            continue
        here = [*told.get(id(thing), ()), *taken.get((claim.thing, ""), ())]
        if any(abs(at - claim.at) <= _NEAR for at in here):
            continue
        taken.setdefault((claim.thing, ""), []).append(claim.at)
        yield _step(ground, thing, claim, read)


def _step(ground: Ground, thing: Thing, claim: HandClaim, read: Claims) -> Handing:
    gone = claim.deed in ("hides", "loses", "destroys")
    giver = claim.who if gone else _giver(claim, read) if claim.deed == "gets" else None
    return Handing(
        thing=thing,
        at=claim.at,
        holder=None if gone else claim.who,
        how="given" if giver is not None and not gone else _HOW[claim.deed],
        sure=_SURE * claim.probability,
        over=ground.is_spoken(claim.at),
        evidence=claim.evidence,
        giver=giver,
        weak=claim.deed == "has",
    )


def _giver(claim: HandClaim, read: Claims) -> str | None:
    """Who parts with what somebody gets, in the same stretch."""
    others = [
        one
        for one in read.hands
        if one.deed == "parts" and one.thing == claim.thing and one.first == claim.first and one.who != claim.who
    ]
    best = max(others, key=lambda one: one.probability, default=None)
    return best.who if best is not None and best.probability >= _PARTS else None
