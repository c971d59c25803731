"""The part of M10 that asks who knows what, and since when."""

from __future__ import annotations

import re

import msgspec

from benchmarks.corpora.gold import GoldStory
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.mapping import CastMap
from fabula.story import Span, Story

__all__ = ["KnowledgeResult", "measure_knowledge"]

ALIKE = 0.5
"""Two facts are one where they share half of the words that either has, or where the text asserts one at the very words
at which the other is learnt: the list tells facts in an editor's words, the text in its own."""

_EMPTY = frozenset("a an the is are was were be been to of in on at by for with that his her its their and or".split())
_WORD = re.compile(r"\w+")


class KnowledgeResult(msgspec.Struct, frozen=True):
    """`since`: who, which fact, and the scene since when. `known`: who and which fact."""

    since: Hits
    known: Hits


def measure_knowledge(predicted: Story, gold: GoldStory, cast: CastMap) -> KnowledgeResult:
    """Knowledge of the facts that are listed. What is said of other facts is left out: the list holds what matters. One
    who knows and is nobody on the list counts as wrong. Whoever is said to know a fact several times, in several
    wordings, is said to know it since the first."""
    facts = _facts(predicted, gold)
    ranks = {
        scene.id: (scene.order if scene.order is not None else at, at) for at, scene in enumerate(predicted.scenes)
    }
    since: dict[tuple[str, str], str] = {}
    for row in predicted.knowledge:
        for fact in facts.get(row.fact, ()):
            key = (cast.find(row.who) or f"?{row.who}", fact)
            if key not in since or ranks[row.since_scene] < ranks[since[key]]:
                since[key] = row.since_scene
    known = [(row.who, row.fact, predicted.scene_at(row.since.start).id) for row in gold.knowledge]
    return KnowledgeResult(
        since=Hits.of([(*key, scene) for key, scene in since.items()], known),
        known=Hits.of(since, {(who, fact) for who, fact, _ in known}),
    )


def _facts(predicted: Story, gold: GoldStory) -> dict[str, tuple[str, ...]]:
    """From a predicted fact's id to the known facts it is: the one whose words are most like its own, or else those
    that somebody learns at words which assert it."""
    known = {fact.id: _words(fact.text) for fact in gold.facts}
    found: dict[str, tuple[str, ...]] = {}
    for fact in predicted.facts:
        words = _words(fact.text)
        best = max(known, key=lambda id_: _alike(words, known[id_]), default=None)
        if best is not None and _alike(words, known[best]) >= ALIKE:
            found[fact.id] = (best,)
            continue
        learnt = {row.fact: None for row in gold.knowledge if any(_overlap(row.since, span) for span in fact.evidence)}
        if learnt:
            found[fact.id] = tuple(learnt)
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _EMPTY


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
