"""Which pairs to make so that they are worth most together: what CEAF asks of two ways to group mentions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_total"]

Floats = NDArray[np.float64]


def best_total(worth: Floats) -> float:
    """The greatest sum over pairs of a row and a column, each taken at most once; nothing is worth less than 0.

    Kuhn's method (1955), row by row along shortest paths; the work grows with the cube of the shorter side.
    """
    worth = worth[worth.any(1)][:, worth.any(0)]
    cost = -(worth if worth.shape[0] <= worth.shape[1] else worth.T)
    rows, columns = cost.shape
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)
    taken = np.zeros(columns + 1, np.int64)  # by which row; rows and columns count from 1, and 0 is nobody
    for row in range(1, rows + 1):
        _place(row, cost, of_row, of_column, taken)
    pairs = np.flatnonzero(taken[1:])
    return float(-cost[taken[1:][pairs] - 1, pairs].sum())


def _place(row: int, cost: Floats, of_row: Floats, of_column: Floats, taken: NDArray[np.int64]) -> None:
    """Give a row a column, moving others to their next best where that costs least."""
    least = np.full(len(taken), np.inf)
    before = np.zeros(len(taken), np.int64)
    seen = np.zeros(len(taken), bool)
    column, taken[0] = 0, row
    while True:
        seen[column] = True
        here = taken[column]
        step = np.concatenate([[np.inf], cost[here - 1] - of_row[here] - of_column[1:]])
        better = ~seen & (step < least)
        least[better], before[better] = step[better], column
        column = int(np.where(seen, np.inf, least).argmin())
        change = least[column]
        of_row[taken[seen]] += change
        of_column[seen] -= change
        least[~seen] -= change
        if taken[column] == 0:
            break
    while column:
        taken[column] = taken[before[column]]
        column = int(before[column])
