"""Counts that keep their denominators, so that they can be added over books before they are divided."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

__all__ = ["Share", "f1", "mean", "summed"]

T = TypeVar("T")


class Share(msgspec.Struct, frozen=True):
    """So many right out of so many. `value` is between 0 and 1, or NaN where there was nothing to get right."""

    right: int = 0
    total: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.right <= self.total:
            raise ValueError(f"not a share: {self.right} of {self.total}")

    @property
    def value(self) -> float:
        return self.right / self.total if self.total else math.nan

    @classmethod
    def of(cls, hits: Iterable[bool]) -> Share:
        """The share of true values."""
        known = list(hits)
        return cls(sum(known), len(known))


def f1(precision: Share, recall: Share) -> float:
    """The harmonic mean of two shares; 0 where both are 0, NaN where either has no cases."""
    p, r = precision.value, recall.value
    return 2 * p * r / (p + r) if p + r else p + r


def mean(shares: Iterable[Share]) -> float:
    """The macro average: the mean of the values of those that had cases; NaN without any."""
    values = [share.value for share in shares if share.total]
    return sum(values) / len(values) if values else math.nan


def summed(results: Iterable[T]) -> T:
    """The micro sum of results of one kind: counts are added field by field, tables by key, rows by position;
    names stay the first's.

    Raises:
        ValueError: if there are no results.
    """
    first, *rest = results
    total: T = first
    for result in rest:
        total = _plus(total, result)
    return total


def _plus(a: Any, b: Any) -> Any:
    if isinstance(a, msgspec.Struct):
        return type(a)(**{name: _plus(getattr(a, name), getattr(b, name)) for name in a.__struct_fields__})
    if isinstance(a, Mapping):
        return {key: _plus(a[key], b[key]) if key in a and key in b else {**a, **b}[key] for key in {**a, **b}}
    if isinstance(a, tuple):
        return tuple(_plus(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, int | float):
        return a + b
    if isinstance(a, str) or a is None:  # a name, or a measure that was not taken
        return a
    raise TypeError(f"not counts: {type(a).__name__}")
