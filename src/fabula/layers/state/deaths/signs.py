"""What speaks for and against a death that no words of dying tell: how surely it is read, how often, and what else."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from fabula import lexicon
from fabula.layers.state.deaths.lives import Life
from fabula.layers.state.ground import Ground
from fabula.layers.state.reading import Claims, DeathClaim

__all__ = ["chance", "find_signs", "mourning"]

_NEAR, _MUCH = 40, 8.0
"""Words to either side of a mention in which words of a deathbed are counted, and what they weigh together at most."""
_ON_AND_ON, _PASSING = 4, 2
"""Whoever does so much lives on for good; whoever is met no oftener, and does nothing, is only mentioned in passing."""
_ODDS = 4.0
"""Log odds of what is read are counted up to so much, and as a share of it."""


def find_signs(ground: Ground, lives: Mapping[str, Life], read: Claims) -> Mapping[str, Mapping[str, float]]:
    """For everybody who can die and of whom it was asked, what speaks for and against it: each sign from 0 up."""
    asked: dict[str, list[DeathClaim]] = {}
    for claim in read.deaths:
        if claim.who in lives and ground.who.characters[claim.who].kind in ("person", "animal"):
            asked.setdefault(claim.who, []).append(claim)
    words = mourning(ground)
    found: dict[str, Mapping[str, float]] = {}
    for who, claims in asked.items():
        best, life = max(claims, key=lambda one: one.probability), lives[who]
        others = (one.probability for one in claims if one.stop <= best.first or one.first >= best.stop)
        found[who] = {
            "read": _odds(best.probability),
            "read surely": max(0.0, best.probability - 0.5) * 2,
            "read again": max(others, default=0.0),
            "mourned": max((_mourned(words, at) for at in life.met), default=0.0),
            "acts": min(1.0, len(life.acts) / _ON_AND_ON),
            "acts after": min(1.0, life.acts_after(best.at) / _ON_AND_ON),
            "in passing": float(len(life.met) <= _PASSING and not life.acts),
            "narrates": float(ground.who.characters[who].narrator),
        }
    return found


def _odds(probability: float) -> float:
    """Log odds as a share of `_ODDS`, from -1 to 1."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return min(1.0, max(-1.0, math.log(kept / (1 - kept)) / _ODDS))


def mourning(ground: Ground) -> list[tuple[int, float]]:
    """The words of a deathbed or of mourning, and what each weighs."""
    table = lexicon.table("deathbed_words")
    return [(at, float(table[word][0])) for at, word in enumerate(ground.who.wording.lower) if word in table]


def _mourned(words: Sequence[tuple[int, float]], at: int) -> float:
    first = bisect_left(words, at - _NEAR, key=lambda one: one[0])
    last = bisect_right(words, at + _NEAR, key=lambda one: one[0])
    return min(1.0, sum(weight for _, weight in words[first:last]) / _MUCH)


def chance(signs: Mapping[str, float]) -> float:
    """How likely it is, from 0 to 1, that somebody of whom these signs are given is dead."""
    weights = _weights()
    odds = weights["always"] + math.fsum(weights.get(sign, 0.0) * given for sign, given in signs.items())
    return 1 / (1 + math.exp(-odds))


@cache
def _weights() -> dict[str, float]:
    return {sign: float(weight) for sign, (weight,) in lexicon.table("mortal_signs").items()}
