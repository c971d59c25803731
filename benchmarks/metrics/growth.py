"""M12, growth: whether twice the words take twice the time and twice the memory, up to two million words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec
import numpy as np

from benchmarks.metrics.speed import count_stretches, first_stretches, time_reading

__all__ = ["SIZES", "Grown", "GrowthResult", "Line", "fit", "join_works", "measure_growth", "steepness"]

SIZES = (1_000, 10_000, 50_000, 120_000, 250_000, 500_000, 1_000_000, 2_000_000)
STEEP_FROM = 50_000
"""Words below which the start of the program hides how the rest grows."""


class Grown(msgspec.Struct, frozen=True):
    """So many words: seconds of the whole command, and its peak memory in MiB; medians."""

    words: int
    seconds: float
    peak_mib: float


class Line(msgspec.Struct, frozen=True):
    """`start + slope · words`, by least squares; `r2` is the share of the variance it explains."""

    start: float
    slope: float
    r2: float

    def at(self, words: float) -> float:
        return self.start + self.slope * words


class GrowthResult(msgspec.Struct, frozen=True, kw_only=True):
    """`works` set one behind the other and cut at several sizes, each read in a process of its own.

    Attributes:
        works: their names, in order.
        seconds, memory: the lines through all points.
        seconds_steepness, memory_steepness: the power of the words by which time and memory grow from 50,000 words on:
            1 is a line, 2 a square. Memory may be below 1, since the program itself takes some.
    """

    works: tuple[str, ...]
    runs: int
    pack: str
    points: tuple[Grown, ...]
    seconds: Line
    memory: Line
    seconds_steepness: float
    memory_steepness: float


def measure_growth(
    works: Sequence[tuple[str, str]],
    *,
    sizes: Sequence[int] = SIZES,
    runs: int = 1,
    command: Sequence[str] = (),
    pack: str = "",
    tell: Callable[[Grown], None] = lambda point: None,
) -> GrowthResult:
    """Read the beginnings of some works set one behind the other (name and content of each).

    Raises:
        ReaderAbsent: if the command does not end well.
        ValueError: if the works are too short for the sizes.
    """
    names, content = join_works(works, max(sizes))
    points = []
    with TemporaryDirectory() as place:
        for size in sizes:
            path = Path(place) / f"{size}.txt"
            path.write_text(first_stretches(content, size), encoding="utf-8", newline="")
            timed = [time_reading(path, command=command) for _ in range(runs)]
            seconds, peak = median(run.seconds for run in timed), median(run.peak_mib for run in timed)
            points.append(Grown(size, round(seconds, 2), round(peak, 1)))
            tell(points[-1])
    return GrowthResult(
        works=names,
        runs=runs,
        pack=pack,
        points=tuple(points),
        seconds=fit([(p.words, p.seconds) for p in points]),
        memory=fit([(p.words, p.peak_mib) for p in points]),
        seconds_steepness=steepness([(p.words, p.seconds) for p in points]),
        memory_steepness=steepness([(p.words, p.peak_mib) for p in points]),
    )


def join_works(works: Sequence[tuple[str, str]], words: int) -> tuple[tuple[str, ...], str]:
    """The names and the text of as many works as are needed for so many words.

    Raises:
        ValueError: if they are too short.
    """
    names, parts = [], []
    for name, content in _until(works, words):
        names.append(name)
        parts.append(content.rstrip("\n"))
    return tuple(names), "\n\n\n".join(parts) + "\n"


def fit(points: Sequence[tuple[float, float]]) -> Line:
    """The line through the points by least squares; flat through a single one."""
    x, y = np.array(points, float).T
    spread = ((x - x.mean()) ** 2).sum()
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / spread) if spread else 0.0
    start = float(y.mean() - slope * x.mean())
    whole = float(((y - y.mean()) ** 2).sum())
    left = float(((y - start - slope * x) ** 2).sum())
    return Line(round(start, 4), slope, round(1 - left / whole, 5) if whole else 1.0)


def steepness(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the line through the points of `STEEP_FROM` words and more, both axes in logarithms."""
    far = [(np.log(x), np.log(max(y, 1e-9))) for x, y in points if x >= STEEP_FROM]
    return round(fit(far).slope, 3) if len(far) > 1 else 1.0


def _until(works: Sequence[tuple[str, str]], words: int) -> Iterator[tuple[str, str]]:
    left = words
    for name, content in works:
        if left <= 0:
            return
        left -= count_stretches(content)
        yield name, content
    if left > 0:
        raise ValueError(f"the works are {left:,} words short of {words:,}")
