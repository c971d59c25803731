"""The picture of how right the reader was at each confidence: on the broken line it was as right as it claimed."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from benchmarks.metrics.shares import summed
from benchmarks.metrics.speakers import Bin, SpeakerResult
from benchmarks.plot import Panel, draw
from benchmarks.records import RESULTS, Result

__all__ = ["draw_reliability", "keep_reliability", "reliability_picture"]

_LARGEST, _SMALLEST = 14.0, 2.5
"""Radius of the dot of the fullest bin; no dot is smaller than the second."""


def reliability_picture(result: Result) -> str:
    """The file name of the picture that goes with a result."""
    return f"{result.date[:10]}-{result.name}-reliability.svg"


def keep_reliability(result: Result) -> str:
    """Write the picture beside its result; return its name, "" where no speakers were measured."""
    known = [run.m2 for run in result.novels if run.m2 is not None]
    if not known or not any(row.total for row in summed(known).bins):
        return ""
    name = reliability_picture(result)
    (RESULTS / name).write_text(draw_reliability(summed(known)), encoding="utf-8")
    return name


def draw_reliability(result: SpeakerResult) -> str:
    """Right over claimed, a dot for each bin of confidence, its area by the number of answers; and these numbers."""
    rows = [row for row in result.bins if row.total]
    most = max(row.total for row in rows)
    return draw(
        [
            Panel(
                title="Who speaks: right, of what was claimed",
                across="claimed confidence (mean of the bin)",
                up="share right",
                points=[_place(row) for row in rows],
                sizes=[max(_SMALLEST, _LARGEST * sqrt(row.total / most)) for row in rows],
                start=0.0,
                slope=1.0,
                whole=1.0,
            ),
            Panel(
                title="How many answers",
                across="claimed confidence (mean of the bin)",
                up="share of the answers up to this confidence",
                points=_heaped(rows),
                start=0.0,
                slope=1.0,
                whole=1.0,
            ),
        ]
    )


def _place(row: Bin) -> tuple[float, float]:
    return row.claimed / row.total, row.right / row.total


def _heaped(rows: Sequence[Bin]) -> list[tuple[float, float]]:
    whole, so_far, points = sum(row.total for row in rows), 0, []
    for row in rows:
        so_far += row.total
        points.append((row.claimed / row.total, so_far / whole))
    return points
