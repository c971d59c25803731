"""M9: in what order things happened, and which of them only in memory, dream or tale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import msgspec

from benchmarks.corpora.gold import GoldScene
from benchmarks.metrics.matching import Places
from benchmarks.metrics.shares import Share
from fabula.story import Scene, Story

__all__ = ["OrderResult", "Ranking", "measure_order", "rank_pairs", "stand_for"]


class Ranking(msgspec.Struct, frozen=True):
    """Pairs of scenes, as two rankings order them.

    Attributes:
        agreed: pairs that both put in the same order.
        opposed: pairs that they put in contrary order.
        known: pairs of which the known ranks differ.
        said: pairs of which the ranks said differ.
    """

    agreed: int = 0
    opposed: int = 0
    known: int = 0
    said: int = 0

    @property
    def pairs(self) -> float:
        """The share of pairs of different known rank that are put in the right order; a tie counts a half."""
        return (1 + (self.agreed - self.opposed) / self.known) / 2 if self.known else math.nan

    @property
    def tau(self) -> float:
        """Kendall's tau-b: 1 the same order, -1 the contrary one; 0 where all is said to happen at once. NaN where all
        is known to."""
        if not self.known:
            return math.nan
        return (self.agreed - self.opposed) / math.sqrt(self.known * self.said) if self.said else 0.0


class OrderResult(msgspec.Struct, frozen=True):
    """The order of a story's scenes.

    Attributes:
        order: the ranks said against those known.
        as_told: the order of telling against those known: what one gets for nothing.
        turned: the ranks said, over those pairs alone that are told in the contrary order.
        frames: scenes whose frame is right.
        all_main: the same if every scene were said to be "main".
    """

    order: Ranking
    as_told: Ranking
    turned: Ranking
    frames: Share
    all_main: Share


def measure_order(predicted: Story, gold: tuple[GoldScene, ...]) -> OrderResult:
    """M9. A known scene has the order and frame of the predicted scene that covers most of it; those that share one,
    and those whose order is not told, are ties."""
    guesses = stand_for(gold, predicted)
    known = [scene.order for scene in gold]
    said = [guess.order for guess in guesses]
    told = list(range(len(gold)))
    return OrderResult(
        order=rank_pairs(known, said),
        as_told=rank_pairs(known, told),
        turned=_turned(known, said),
        frames=Share.of(guess.frame == scene.frame for scene, guess in zip(gold, guesses, strict=True)),
        all_main=Share.of(scene.frame == "main" for scene in gold),
    )


def stand_for(gold: Sequence[GoldScene], predicted: Story) -> list[Scene]:
    """For each known scene the predicted scene that covers most of its characters."""
    places = Places(predicted.scenes)
    return [places.best(scene) or predicted.scene_at(scene.start) for scene in gold]


def rank_pairs(known: Sequence[int], said: Sequence[int | None]) -> Ranking:
    """Compare two rankings of the same scenes, pair by pair; None is a tie with everything."""
    agreed = opposed = differ = told_apart = 0
    for (k, s), (other_k, other_s) in combinations(zip(known, said, strict=True), 2):
        way, theirs = _way(k, other_k), _way(s, other_s)
        agreed += way * theirs > 0
        opposed += way * theirs < 0
        differ += way != 0
        told_apart += theirs != 0
    return Ranking(agreed, opposed, differ, told_apart)


def _turned(known: Sequence[int], said: Sequence[int | None]) -> Ranking:
    """The pairs of which the one told later happened earlier."""
    pairs = combinations(zip(known, said, strict=True), 2)
    ways = [_way(s, other_s) for (k, s), (other_k, other_s) in pairs if other_k < k]
    return Ranking(ways.count(-1), ways.count(1), len(ways), len(ways) - ways.count(0))


def _way(one: int | None, other: int | None) -> int:
    """1 where the first is earlier, -1 where the second is, 0 where neither is or it is not said."""
    if one is None or other is None:
        return 0
    return (one < other) - (one > other)
