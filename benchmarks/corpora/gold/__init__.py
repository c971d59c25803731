"""Stories and small cases of our own with known answers: who says what, where scenes begin, what happened when."""

from __future__ import annotations

from benchmarks.corpora.gold.load import case_paths, check_gold, gold_digest, load_gold, story_paths
from benchmarks.corpora.gold.novel import as_novel
from benchmarks.corpora.gold.records import (
    GoldCustody,
    GoldDeath,
    GoldError,
    GoldFact,
    GoldKnowledge,
    GoldLine,
    GoldObject,
    GoldPerson,
    GoldRelation,
    GoldScene,
    GoldStory,
)

__all__ = [
    "GoldCustody",
    "GoldDeath",
    "GoldError",
    "GoldFact",
    "GoldKnowledge",
    "GoldLine",
    "GoldObject",
    "GoldPerson",
    "GoldRelation",
    "GoldScene",
    "GoldStory",
    "as_novel",
    "case_paths",
    "check_gold",
    "gold_digest",
    "load_gold",
    "story_paths",
]
