"""Who stands how to whom: all that seems to say so, weighed against each other and set between two scenes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.layers.state.ground import Ground
from fabula.layers.state.reading import Claims
from fabula.layers.state.relations.by_circumstance import called_by_name, find_nearby
from fabula.layers.state.relations.by_deeds import find_bonds
from fabula.layers.state.relations.by_nouns import find_stated
from fabula.layers.state.relations.by_ranks import find_offices
from fabula.layers.state.relations.by_reading import find_read
from fabula.layers.state.relations.by_titles import find_families
from fabula.layers.state.relations.consistent import gathered, without_contradictions
from fabula.layers.state.relations.derived import derive
from fabula.layers.state.relations.lasting import last
from fabula.layers.state.relations.named_later import find_bridges
from fabula.layers.state.relations.tie_nouns import SYMMETRIC, turned
from fabula.story import Death, Relation

__all__ = ["find_relations"]

_ELDERS = frozenset({"parent", "grandparent", "uncle"})
_STATED = 0.64
"""A relation that is less sure than this is not said outright."""
_LEAST = 0.4
"""What is less sure than this, when all its words are counted, is left unsaid."""


def find_relations(ground: Ground, deaths: Sequence[Death] = (), read: Claims | None = None) -> tuple[Relation, ...]:
    """The relations between two characters that the text states, in order of their first evidence.

    One that goes both ways (sister, friend) is kept once, and so are a father of a son and the son of his father. What
    is denied, asked or only supposed is left out; what is said in speech is a little less sure than what is narrated,
    what follows from two relations less sure than both, and what contradicts something surer is left out.
    """
    who = ground.who
    claims = [*find_stated(who), *find_families(who), *find_offices(ground), *find_bridges(ground)]
    parted: dict[frozenset[str], int] = {}
    for relation, ends in find_bonds(ground):
        if not ends or relation.kind == "spouse":
            claims.append(relation)
        if ends:
            parted[frozenset((relation.a, relation.b))] = relation.evidence[0].start
    claims += find_nearby(ground, _hints(claims))
    claims += _unsaid(claims, read) if read is not None else ()
    claims = list(_seemly(ground, claims))
    told = [one for one in gathered(who, claims) if one.confidence >= _LEAST]
    told = without_contradictions(who, told)
    pairs = {frozenset((one.a, one.b)) for one in told}
    follows = [one for one in derive(who, told) if frozenset((one.a, one.b)) not in pairs]
    return tuple(last(ground, without_contradictions(who, [*told, *gathered(who, follows)]), deaths, parted))


def _unsaid(claims: Sequence[Relation], read: Claims) -> Iterator[Relation]:
    """What was read of those of whom no words are known that tell it."""
    said = {frozenset((one.a, one.b)) for one in claims}
    return (one for one in find_read(read) if frozenset((one.a, one.b)) not in said)


def _seemly(ground: Ground, claims: Sequence[Relation]) -> Iterator[Relation]:
    """Without guesses that somebody calls a mother or an uncle by a bare first name."""
    by_name = called_by_name(ground)
    for claim in claims:
        tie, upper, lower = turned(claim)
        if claim.confidence >= _STATED or tie not in _ELDERS or (lower, upper) not in by_name:
            yield claim


def _hints(claims: Sequence[Relation]) -> dict[tuple[str, str], list[tuple[float, str]]]:
    """By somebody and a tie, who has shown signs of being that to them: whom "his boss" may mean."""
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for claim in claims:
        tie, a, b = turned(claim)
        found.setdefault((b, tie), []).append((claim.confidence, a))
        if tie in SYMMETRIC:
            found.setdefault((a, tie), []).append((claim.confidence, b))
    return found
