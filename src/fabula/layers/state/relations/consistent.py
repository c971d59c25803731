"""What of all that seems to be said of kin, love and service fits together: nobody has two fathers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Who
from fabula.layers.state.relations.tie_nouns import SYMMETRIC, tie_of, turned
from fabula.story import Character, Relation

__all__ = ["gathered", "without_contradictions"]

_AGAIN = 0.5
"""How much of its confidence another statement of the same takes away from the doubt that is left."""
_MOST = 0.95
_SAME_NAME, _OTHER_NAME, _WED_NAME = 1.15, 0.7, 0.8
"""What a family name that is shared, or is not, does to the confidence that two are close kin."""
_LEVELS = frozenset({"parent", "grandparent", "uncle", "sibling", "spouse", "in-law"})
"""Of these two people have one only."""
_BLOOD = frozenset({"parent", "grandparent", "sibling", "uncle"})
_TWICE = 0.85
"""A second husband is believed in if it is said so surely."""


def gathered(who: Who, claims: Iterable[Relation]) -> list[Relation]:
    """One relation for each thing claimed, with the words of all that claim it; what is said twice is surer."""
    groups: dict[tuple[str, str, str], list[Relation]] = {}
    for claim in claims:
        tie, a, b = turned(claim)
        key = (b, a, tie) if tie in SYMMETRIC and (b, a, tie) in groups else (a, b, tie)
        groups.setdefault(key, []).append(claim)
    return [_one(who, group) for group in groups.values()]


def _one(who: Who, group: Sequence[Relation]) -> Relation:
    best = max(
        group, key=lambda one: (one.kind != tie_of(one.kind), one.confidence)
    )  # "brother" tells more than "sibling"
    surest: dict[object, float] = {}
    for claim in group:
        place = claim.evidence[0] if claim.evidence else None
        surest[place] = max(surest.get(place, 0.0), claim.confidence)
    first, *again = sorted(surest.values(), reverse=True)
    doubt = 1 - first
    for sure in again:
        doubt *= 1 - _AGAIN * sure
    sure = min(_MOST, (1 - doubt) * _by_name(who, best))
    evidence = tuple(sorted({span for claim in group for span in claim.evidence}))
    return msgspec.structs.replace(best, confidence=round(sure, 3), evidence=evidence)


def _by_name(who: Who, relation: Relation) -> float:
    """Close kin share a family name, save those who marry."""
    tie, a, b = turned(relation)
    if tie not in ("parent", "sibling", "spouse") or relation.kind.startswith("step"):
        return 1.0
    ours, theirs = _families(who.characters[a]), _families(who.characters[b])
    if not ours or not theirs:
        return 1.0
    if ours & theirs:
        return _SAME_NAME
    takes_a_name = tie == "spouse" or "f" in (who.gender[a] if tie == "sibling" else "", who.gender[b])
    return _WED_NAME if takes_a_name else _OTHER_NAME


def _families(character: Character) -> set[str]:
    """The family names somebody bears, where a first name or a title stands before one."""
    titles, found = lexicon.table("titles"), set()
    for name in (character.name, *character.aliases):
        words = name.split()
        if len(words) > 1 and words[-1][:1].isupper() and words[0][:1].isupper():
            first, last = words[0].lower(), words[-1].lower()
            if last not in titles and (first not in titles or last not in lexicon.table("first_names")):
                found.add(last.removesuffix("'s").removesuffix("’s"))
    return found


def without_contradictions(who: Who, relations: Sequence[Relation]) -> list[Relation]:
    """Without what contradicts something surer: nobody is somebody's mother and sister, or has two mothers."""
    ranked = sorted(relations, key=lambda one: -one.confidence)
    kept: list[Relation] = []
    level: dict[frozenset[str], tuple[str, str, str]] = {}
    taken: set[tuple[str, str]] = set()
    for one in ranked:
        pair = frozenset((one.a, one.b))
        own = _level(one)
        if own is not None and level.setdefault(pair, own) != own:
            continue
        places = _places(who, one)
        if any(place in taken for place in places) and not (own and own[0] == "spouse" and one.confidence >= _TWICE):
            continue
        taken.update(places)
        kept.append(one)
    return [one for one in kept if not _is_out_of_place(one, level)]


def _level(relation: Relation) -> tuple[str, str, str] | None:
    """Who is above whom, and by how much: a mother of a daughter is a daughter's mother."""
    tie, a, b = turned(relation)
    if tie not in _LEVELS:
        return None
    return (tie, min(a, b), max(a, b)) if tie in SYMMETRIC else (tie, a, b)


def _places(who: Who, relation: Relation) -> list[tuple[str, str]]:
    """What only one can be to somebody: a father, a mother, a husband or wife."""
    tie, a, b = turned(relation)
    if relation.kind.startswith("step"):
        return []
    if tie == "parent":
        return [(b, f"parent {who.gender[a]}")] if who.gender[a] else []
    return [(a, "spouse"), (b, "spouse")] if tie == "spouse" else []


def _is_out_of_place(relation: Relation, level: dict[frozenset[str], tuple[str, str, str]]) -> bool:
    """Whether two who are kin would be lovers for a kiss, or master and man for a "guv'nor"."""
    held = level.get(frozenset((relation.a, relation.b)))
    if held is None:
        return False
    tie = tie_of(relation.kind)
    if tie in ("lover", "betrothed", "enemy"):
        return held[0] in _BLOOD
    return relation.kind == "boss" and held[0] in _BLOOD
