"""Weigh signs by examples, near what was set by hand (maximum a posteriori logistic regression, by Newton's method)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALWAYS", "weigh"]

Array = NDArray[np.float64]
Signs = Mapping[str, float]

ALWAYS = "always"
"""The sign that every example has."""
_DRAWN_BACK = 30.0
"""How strongly weights are drawn back to those set by hand: one over the variance of a Gaussian prior around them."""
_STEPS = 60


def weigh(by_hand: Signs, examples: Sequence[tuple[Signs, bool]]) -> dict[str, float]:
    """The weights, in log odds, that fit the examples best, drawn back to those set by hand.

    Args:
        by_hand: every sign with its weight before anything is learned.
        examples: what signs each has and how much, and whether it is so.
    """
    names = list(by_hand)
    rows = np.array([[1.0 if n == ALWAYS else signs.get(n, 0.0) for n in names] for signs, _ in examples])
    true = np.array([so for _, so in examples], float)
    prior = np.array([by_hand[name] for name in names])
    weights = prior.copy()
    for _ in range(_STEPS):
        likely: Array = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - true) + _DRAWN_BACK * (weights - prior)
        bend = (rows.T * (likely * (1 - likely))) @ rows + _DRAWN_BACK * np.eye(len(names))
        weights = weights - np.linalg.solve(bend, slope)
    return dict(zip(names, weights.tolist(), strict=True))
