"""The part of M10 that asks who stands how to whom."""

from __future__ import annotations

import msgspec

from benchmarks.corpora.gold import GoldStory
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.mapping import CastMap
from fabula import lexicon
from fabula.story import Story

__all__ = ["RelationResult", "measure_relations", "tie_of"]

_ONE: dict[str, str] = {
    "uncle": "kin", "nephew": "kin", "cousin": "kin", "grandparent": "kin", "grandchild": "kin", "in-law": "kin",
    "godparent": "kin", "ward": "kin", "guardian": "kin", "family": "kin",
    "betrothed": "lover", "admirer": "lover",
    "employer": "boss", "master": "boss", "superior": "boss", "head": "boss",
    "nurse": "servant", "governess": "servant", "subordinate": "servant", "employee": "servant",
    "partner": "colleague", "comrade": "colleague", "rival": "enemy", "tutor": "teacher",
}  # fmt: skip
"""Kinds that are counted as one: the wider kind is what most stories let one know."""
_TURNED = {"child": "parent", "servant": "boss", "pupil": "teacher"}
"""Kinds that are another kind seen from the other side."""
_DIRECTED = frozenset({"parent", "boss", "teacher"})
"""The others that are left hold both ways."""


class RelationResult(msgspec.Struct, frozen=True):
    """`kinds`: who, to whom, of which kind. `pairs`: who and whom alone."""

    kinds: Hits
    pairs: Hits


def measure_relations(predicted: Story, gold: GoldStory, cast: CastMap) -> RelationResult:
    """Relations by pair and kind, whenever they hold; one told twice is one, and one to nobody on the list is wrong."""
    said = {
        tie_of(cast.find(row.a) or f"?{row.a}", cast.find(row.b) or f"?{row.b}", row.kind)
        for row in predicted.relations
    }
    known = {tie_of(row.a, row.b, row.kind) for row in gold.relations}
    return RelationResult(
        kinds=Hits.of(said, known),
        pairs=Hits.of({frozenset(tie[1:]) for tie in said}, {frozenset(tie[1:]) for tie in known}),
    )


def tie_of(a: str, b: str, kind: str) -> tuple[str, str, str]:
    """A relation in one form: a daughter's mother and a mother's daughter are one, so are two sisters either way."""
    noun = kind.casefold().strip()
    tie = lexicon.table("kin").get(noun, ("", noun))[1]
    tie = _ONE.get(tie, tie)
    if tie in _TURNED:
        tie, a, b = _TURNED[tie], b, a
    return (tie, a, b) if tie in _DIRECTED else (tie, min(a, b), max(a, b))
