"""Who stands how to whom, as a network read it in the stretches of text where both are met."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.layers.state.reading import Claims, TieClaim
from fabula.layers.state.relations.tie_nouns import SYMMETRIC
from fabula.story import Relation

__all__ = ["find_read"]

_LEAST = 0.7
"""What is less probable than this in every stretch is not taken for said."""
_SURER = {
    "doctor": 0.95,
    **dict.fromkeys(("colleague", "friend", "host", "guest", "lawyer", "client", "rival", "enemy", "neighbour"), 0.95),
}
"""Ties of which it must be surer: who is called Doctor is not everybody's, and two who talk are not yet friends."""
_WORDS = 20
"""In fewer there is too little to read it from: the pieces have thirty and more."""
_CALLED = {"aunt-uncle": "uncle", "ex": "spouse"}
"""Ties that go by another name among relations."""
_BOTH_WAYS = SYMMETRIC | {"kin", "ex"}
_MOST = 3
"""Stretches that tell of one tie, the surest, whose words are kept."""


def find_read(read: Claims) -> Iterator[Relation]:
    """What is claimed of two people, once for each stretch that claims it surely enough.

    A tie that goes both ways is asked both ways; what counts is the mean of the two answers.
    """
    told: dict[tuple[str, str, str], list[tuple[float, TieClaim]]] = {}
    taken: set[tuple[str, str, int]] = set()
    stands: dict[frozenset[str], tuple[str, str, str]] = {}
    for sure, (a, b, kind, first), claim in _surest_first(read):
        ends = {(a, kind, first), (f"to {b}", kind, first)}
        if taken & ends or stands.setdefault(frozenset((a, b)), (a, b, kind)) != (a, b, kind):
            continue
        taken |= ends
        told.setdefault((a, b, kind), []).append((sure, claim))
    for (a, b, kind), found in told.items():
        for sure, claim in sorted(found, key=lambda one: (-one[0], one[1].first))[:_MOST]:
            kind = _CALLED.get(kind, kind)
            yield Relation(a=a, b=b, kind=kind, confidence=round(sure, 3), evidence=(claim.evidence,))


def _surest_first(read: Claims) -> list[tuple[float, tuple[str, str, str, int], TieClaim]]:
    found = []
    for pair, both in _asked(read).items():
        sure = sum(one.probability for one in both) / (2 if pair[2] in _BOTH_WAYS else 1)
        if sure >= _SURER.get(pair[2], _LEAST):
            found.append((sure, pair, both[0]))
    return sorted(found, key=lambda one: (-one[0], one[1]))


def _asked(read: Claims) -> dict[tuple[str, str, str, int], list[TieClaim]]:
    """By pair, kind and stretch: the answer, or, where the tie goes both ways, the two answers."""
    found: dict[tuple[str, str, str, int], list[TieClaim]] = {}
    for one in read.ties:
        if one.stop - one.first < _WORDS:
            continue
        a, b = (min(one.a, one.b), max(one.a, one.b)) if one.kind in _BOTH_WAYS else (one.a, one.b)
        found.setdefault((a, b, one.kind, one.first), []).append(one)
    return found
