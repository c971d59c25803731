"""Kin that follows from kin: two children of one mother are siblings, her brother is their uncle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fabula.layers.state.ground import Who
from fabula.layers.state.relations.tie_nouns import turned
from fabula.story import Relation

__all__ = ["derive"]

_LESS = 0.7
"""What follows from two statements is less sure than the weaker of them."""
_LEAST = 0.45
"""What would be less sure than this is left unsaid."""


def derive(who: Who, relations: Sequence[Relation]) -> Iterator[Relation]:
    """What follows from these relations; each with the words of both it follows from."""
    of: dict[str, list[tuple[str, str, Relation]]] = {}
    for relation in relations:
        tie, a, b = turned(relation)
        of.setdefault(tie, []).append((a, b, relation))
        if tie in ("sibling", "spouse"):
            of.setdefault(tie, []).append((b, a, relation))
    for relation in (*_siblings(of), *_over_parents(who, of), *_in_laws(who, of), *_wed(who, of), *_of_both(who, of)):
        if relation.confidence >= _LEAST:
            yield relation


_Known = Mapping[str, Sequence[tuple[str, str, Relation]]]


def _siblings(of: _Known) -> Iterator[Relation]:
    """Two children of one parent; and a sibling's parent is one's own."""
    parents = of.get("parent", ())
    for at, (parent, child, told) in enumerate(parents):
        for also, other, also_told in parents[at + 1 :]:
            if also == parent and other != child:
                yield _following(child, other, "sibling", told, also_told)
        for one, other, sibling in of.get("sibling", ()):
            if one == child and other != parent:
                yield _following(parent, other, "parent", told, sibling)


def _over_parents(who: Who, of: _Known) -> Iterator[Relation]:
    """A parent's parent, a parent's sibling."""
    for parent, child, told in of.get("parent", ()):
        for one, other, above in of.get("parent", ()):
            if other == parent and one != child:
                kind = {"m": "grandfather", "f": "grandmother"}.get(who.gender[one], "")
                if kind:
                    yield _following(one, child, kind, told, above)
        for one, other, beside in of.get("sibling", ()):
            if other == parent and one != child:
                kind = {"m": "uncle", "f": "aunt"}.get(who.gender[one], "")
                if kind:
                    yield _following(one, child, kind, told, beside)


def _in_laws(who: Who, of: _Known) -> Iterator[Relation]:
    """A husband's sister-in-law is no more than that; a wife's sister-in-law of his own name is his sister."""
    for one, other, told in of.get("in-law", ()):
        if told.kind not in ("sister-in-law", "brother-in-law"):
            continue
        for wife, husband, marriage in of.get("spouse", ()):
            if wife == other and husband != one and _family(who, one) == _family(who, husband):
                yield _following(one, husband, "sibling", told, marriage)


def _wed(who: Who, of: _Known) -> Iterator[Relation]:
    """A father and a mother of one child."""
    parents = of.get("parent", ())
    for at, (parent, child, told) in enumerate(parents):
        for also, other, also_told in parents[at + 1 :]:
            apart = {who.gender[parent], who.gender[also]} == {"m", "f"}
            if other == child and apart and not any(one.kind.startswith("step") for one in (told, also_told)):
                yield _following(parent, also, "spouse", told, also_told)


def _of_both(who: Who, of: _Known) -> Iterator[Relation]:
    """A mother's husband is the father, where the child has no other."""
    parents = of.get("parent", ())
    for parent, child, told in parents:
        others = {who.gender[one] for one, other, _ in parents if other == child and one != parent}
        for one, other, marriage in of.get("spouse", ()):
            apart = {who.gender[parent], who.gender[other]} == {"m", "f"} and who.gender[other] not in others
            if one == parent and other != child and apart and not told.kind.startswith("step"):
                yield _following(other, child, "parent", told, marriage)


def _family(who: Who, one: str) -> str:
    return who.characters[one].name.split()[-1]


def _following(one: str, other: str, kind: str, first: Relation, second: Relation) -> Relation:
    confidence = round(_LESS * min(first.confidence, second.confidence), 3)
    evidence = tuple(sorted({*first.evidence[:1], *second.evidence[:1]}))
    return Relation(a=one, b=other, kind=kind, confidence=confidence, evidence=evidence)
