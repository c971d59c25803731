"""The part of M10 that asks who knows what, and since when."""

from __future__ import annotations

import re

import msgspec

from benchmarks.corpora.gold import GoldStory
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.mapping import CastMap
from fabula.story import Story

__all__ = ["KnowledgeResult", "measure_knowledge"]

ALIKE = 0.5
"""Two facts are one where they share half of the words that either has; a choice, not measured: no reader tells facts
yet."""

_EMPTY = frozenset("a an the is are was were be been to of in on at by for with that his her its their and or".split())
_WORD = re.compile(r"\w+")


class KnowledgeResult(msgspec.Struct, frozen=True):
    """`since`: who, which fact, and the scene since when. `known`: who and which fact."""

    since: Hits
    known: Hits


def measure_knowledge(predicted: Story, gold: GoldStory, cast: CastMap) -> KnowledgeResult:
    """Knowledge of the facts that are listed. What is said of other facts is left out: the list holds what matters. One
    who knows and is nobody on the list counts as wrong."""
    facts = _facts(predicted, gold)
    said = [
        (cast.find(row.who) or f"?{row.who}", facts[row.fact], row.since_scene)
        for row in predicted.knowledge
        if row.fact in facts
    ]
    known = [(row.who, row.fact, predicted.scene_at(row.since.start).id) for row in gold.knowledge]
    return KnowledgeResult(
        since=Hits.of(said, known),
        known=Hits.of({(who, fact) for who, fact, _ in said}, {(who, fact) for who, fact, _ in known}),
    )


def _facts(predicted: Story, gold: GoldStory) -> dict[str, str]:
    """From a predicted fact's id to the known fact most like it, where one is like it at all."""
    known = {fact.id: _words(fact.text) for fact in gold.facts}
    found = {}
    for fact in predicted.facts:
        words = _words(fact.text)
        best = max(known, key=lambda id_: _alike(words, known[id_]), default=None)
        if best is not None and _alike(words, known[best]) >= ALIKE:
            found[fact.id] = best
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _EMPTY


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
