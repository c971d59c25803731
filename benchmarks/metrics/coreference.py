"""M6, coreference: how well mentions are grouped by who or what they mean, by three measures that see other faults."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from benchmarks.metrics.pairing import best_total
from benchmarks.metrics.tallies import Tally

__all__ = ["Group", "grouped", "measure_groups"]

Group = frozenset[Hashable]


def grouped(members: Iterable[tuple[Hashable, Hashable]]) -> list[Group]:
    """Groups from (member, whatever its group is called), in order of first appearance."""
    groups: dict[Hashable, set[Hashable]] = {}
    for member, name in members:
        groups.setdefault(name, set()).add(member)
    return [frozenset(group) for group in groups.values()]


def measure_groups(said: Sequence[Group], known: Sequence[Group]) -> dict[str, Tally]:
    """MUC (Vilain and others 1995), B³ (Bagga and Baldwin 1998) and CEAFe (Luo 2005) of one document; groups of one
    count, and a mention that only one side has is wrong. CoNLL F1 is the mean of the three."""
    aligned = _aligned(said, known)
    return {
        "muc": Tally(*_muc(said, known), *_muc(known, said)),
        "b3": Tally(*_cubed(said, known), *_cubed(known, said)),
        "ceafe": Tally(aligned, len(said), aligned, len(known)),
    }


def _muc(one: Sequence[Group], other: Sequence[Group]) -> tuple[int, int]:
    """Of the links that hold the groups together, those the other side has too, and all."""
    where = {member: number for number, group in enumerate(other) for member in group}
    right = whole = 0
    for group in one:
        parts = {where[member] for member in group if member in where}
        lost = sum(member not in where for member in group)
        right += len(group) - len(parts) - lost
        whole += len(group) - 1
    return right, whole


def _cubed(one: Sequence[Group], other: Sequence[Group]) -> tuple[float, int]:
    """For each member the share of its group that the other side puts with it too; and all members."""
    where = {member: group for group in other for member in group}
    right = sum(len(group & where.get(member, frozenset())) / len(group) for group in one for member in group)
    return round(right, 4), sum(map(len, one))


def _aligned(said: Sequence[Group], known: Sequence[Group]) -> float:
    """How alike the groups are, each beside the one that fits so that all together fit best."""
    number = {member: k for k, group in enumerate(known) for member in group}
    alike = np.zeros((len(said), len(known)))
    for p, group in enumerate(said):
        for k in {number[member] for member in group if member in number}:
            alike[p, k] = 2 * len(group & known[k]) / (len(group) + len(known[k]))
    return round(best_total(alike), 4)
