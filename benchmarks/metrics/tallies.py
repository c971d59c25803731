"""Counts of right answers, summed over documents before they are divided, and how far chance may have moved them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Scored", "Tally", "score"]

DRAWS = 1000
"""How often the documents are drawn again; the bounds then hold to about .002."""
_PARTS: dict[str, tuple[str, ...]] = {"coreference": ("muc", "b3", "ceafe")}
"""Measures that are the mean of others: CoNLL F1."""

Row = Mapping[str, "Tally"]


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """`right` of all that was `said`, `found` of all that is `known`: the same number where a thing is right or wrong;
    where it may be right in part (B³) they differ."""

    right: float
    said: float
    found: float
    known: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is right, NaN where there was nothing at all."""
        return float(_f1(np.array([self.right, self.said, self.found, self.known], float)))

    @classmethod
    def of(cls, said: Collection[Hashable], known: Collection[Hashable]) -> Tally:
        """Things are right that are equal."""
        right = len(set(said) & set(known))
        return cls(right, len(set(said)), right, len(set(known)))

    @classmethod
    def share(cls, right: int, total: int) -> Tally:
        """So many right answers to so many questions: F1 is their share."""
        return cls(right, total, right, total)


class Scored(msgspec.Struct, frozen=True):
    """A measure over some documents, and the bounds of 95 % of its values when the documents are drawn again."""

    value: float
    low: float
    high: float


def score(rows: Sequence[Row]) -> dict[str, Scored]:
    """Every measure of the rows, one row for each document, in the order of the first row; those of which nothing was
    said and nothing is known in any document are left out."""
    if not rows:
        return {}
    chance = np.random.default_rng(0)
    drawn = chance.integers(0, len(rows), (DRAWS, len(rows)))
    names = list(rows[0])
    counts = {name: np.array([msgspec.structs.astuple(row[name]) for row in rows], float) for name in names}
    all_of = {name: _f1(own.sum(0)) for name, own in counts.items()}
    again = {name: _f1(own[drawn].sum(1)) for name, own in counts.items()}
    for name, parts in _PARTS.items():
        if set(parts) <= set(names):
            all_of[name] = np.mean([all_of[part] for part in parts], axis=0)
            again[name] = np.mean([again[part] for part in parts], axis=0)
    return {name: _scored(float(value), again[name]) for name, value in all_of.items() if not np.isnan(value)}


def _scored(value: float, again: NDArray[np.float64]) -> Scored:
    low, high = np.nanquantile(again, (0.025, 0.975))
    return Scored(round(value, 4), round(float(low), 4), round(float(high), 4))


def _f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """…×4 counts to … values."""
    right, said, found, known = np.moveaxis(counts, -1, 0)
    precision, recall = right / np.maximum(said, 1e-12), found / np.maximum(known, 1e-12)
    value = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    harmonic: NDArray[np.float64] = np.where(said + known > 0, value, np.nan)
    return harmonic
