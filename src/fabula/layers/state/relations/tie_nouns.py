"""The nouns that say how one person stands to another, and which of those ties go both ways."""

from __future__ import annotations

from functools import cache

from fabula import lexicon
from fabula.story import Relation

__all__ = ["ENDING", "SYMMETRIC", "kind_of", "tie_nouns", "tie_of", "turned"]

SYMMETRIC = frozenset(
    "sibling cousin spouse friend enemy colleague partner neighbour lover rival betrothed in-law".split()
)
ENDING = frozenset(
    "spouse lover betrothed friend enemy boss servant employer master colleague partner neighbour".split()
)
"""What ends with a death; kin stay kin."""
_TURNED = {
    "child": "parent",
    "grandchild": "grandparent",
    "nephew": "uncle",
    "servant": "boss",
    "pupil": "teacher",
    "tenant": "landlord",
}
"""Ties that are another one seen from below."""
_WIDER = {"employer": "boss", "master": "boss", "tutor": "teacher"}


@cache
def tie_nouns() -> dict[str, tuple[str, str]]:
    """By noun: the gender it tells, and the tie; kin and the like, and who serves or commands."""
    both = lexicon.table("office_nouns") | lexicon.table("kin")
    return {noun: (row[0], row[1]) for noun, row in both.items()}


def kind_of(noun: str) -> str:
    """What a relation by this noun is called: kin by the noun itself, offices by what they come to."""
    return noun if noun in lexicon.table("kin") else tie_nouns()[noun][1]


def tie_of(kind: str) -> str:
    """The tie of a relation's kind: "father" and "stepfather" are parents."""
    return tie_nouns().get(kind, ("", kind))[1]


def turned(relation: Relation) -> tuple[str, str, str]:
    """A relation as tie, upper and lower: a daughter's mother and a mother's daughter are one."""
    tie = tie_of(relation.kind)
    if tie in _TURNED:
        return _TURNED[tie], relation.b, relation.a
    return _WIDER.get(tie, tie), relation.a, relation.b
