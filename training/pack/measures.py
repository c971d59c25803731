"""The measures of coreference (MUC, B³, CEAFe) as counts to be summed over documents; bounds by resampling."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["Counts", "bounds", "conll", "f1", "same_group"]

T = TypeVar("T")
Cluster = frozenset[Hashable]
Counts = tuple[float, float, float, float]
"""Right and all of the predicted, right and all of the known."""


def f1(counts: Iterable[Counts]) -> float:
    """F1 over summed counts; 0 where nothing is right."""
    right, predicted, found, known = (float(sum(column)) for column in zip(*counts, strict=True))
    if not right or not found:
        return 0.0
    precision, recall = right / predicted, found / known
    return 2 * precision * recall / (precision + recall)


def conll(predicted: Sequence[Cluster], known: Sequence[Cluster]) -> tuple[Counts, Counts, Counts]:
    """MUC, B³ and CEAFe of one document; singletons count."""
    muc = (*_muc(predicted, known), *_muc(known, predicted))
    cubed = (*_cubed(predicted, known), *_cubed(known, predicted))
    aligned = _aligned(predicted, known)
    return muc, cubed, (aligned, len(predicted), aligned, len(known))


def same_group(members: Iterable[tuple[Hashable, int]]) -> list[Cluster]:
    """Clusters from (member, number of its cluster)."""
    groups: dict[int, set[Hashable]] = {}
    for member, number in members:
        groups.setdefault(number, set()).add(member)
    return [frozenset(group) for group in groups.values()]


def bounds(per_document: Sequence[T], measure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """Between which 95 % of the values lie when documents are drawn again, a thousand times."""
    chance = random.Random(0)
    values = sorted(measure(chance.choices(per_document, k=len(per_document))) for _ in range(1000))
    return values[24], values[974]


def _muc(one: Sequence[Cluster], other: Sequence[Cluster]) -> tuple[float, float]:
    where = {member: number for number, cluster in enumerate(other) for member in cluster}
    right = whole = 0
    for cluster in one:
        parts = {where[m] for m in cluster if m in where}
        lost = sum(m not in where for m in cluster)
        right += len(cluster) - len(parts) - lost
        whole += len(cluster) - 1
    return right, whole


def _cubed(one: Sequence[Cluster], other: Sequence[Cluster]) -> tuple[float, float]:
    where = {member: cluster for cluster in other for member in cluster}
    right = sum(len(cluster & where.get(m, frozenset())) / len(cluster) for cluster in one for m in cluster)
    return right, sum(map(len, one))


def _aligned(predicted: Sequence[Cluster], known: Sequence[Cluster]) -> float:
    if not predicted or not known:
        return 0.0
    alike = np.array([[2 * len(p & k) / (len(p) + len(k)) for k in known] for p in predicted])
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].sum())
