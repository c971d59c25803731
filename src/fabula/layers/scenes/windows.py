"""How far one looks to either side of a seam, and what is summed there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

__all__ = ["Sides", "sides_of"]

Floats = NDArray[np.float32]


class Sides:
    """For the seam before each of P passages the run of passages before it and the run from it on.

    Attributes:
        first: where the run before begins; it ends at the seam.
        end: where the run from the seam on ends.
    """

    def __init__(self, first: NDArray[np.int64], end: NDArray[np.int64]) -> None:
        self.first, self.end = first, end

    def sums(self, rows: Floats) -> tuple[Floats, Floats]:
        """P×N before and P×N after, for P×N rows: the rows of the passages on either side added up."""
        total = np.concatenate([np.zeros((1, rows.shape[1]), np.float32), np.cumsum(rows, 0, dtype=np.float32)])
        at = np.arange(len(rows))
        return total[at] - total[self.first], total[self.end] - total[at]


def sides_of(lengths: Sequence[int], reach: int) -> Sides:
    """Sides of at least `reach` in length (words, say), where there is as much, and of whole passages."""
    ends = np.array(list(accumulate(lengths, initial=0)))
    first = np.searchsorted(ends, ends[:-1] - reach, side="right") - 1
    end = np.searchsorted(ends, ends[:-1] + reach, side="left")
    return Sides(np.maximum(0, first), np.minimum(len(lengths), end))
