"""Repair: how many other lines of a chapter come right when its first wrong line is put right by a correction."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence

import msgspec

from benchmarks.metrics.speakers import Verdict
from fabula.story import Span

__all__ = ["Moved", "RepairResult", "first_wrong", "is_wrong", "measure_repair"]


class Moved(msgspec.Struct, frozen=True):
    """Lines that were wrong and are right now, and lines that were right and are wrong now."""

    repaired: int = 0
    broken: int = 0

    @property
    def net(self) -> int:
        return self.repaired - self.broken


class RepairResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of correcting the first wrong line of every chapter at once, and reading the novel a second time.

    A line is one known quotation; a line of which the corpus names no speaker is never wrong. Corrections of other
    chapters may have had a hand in what changed in one: they were all made before one second reading.

    Attributes:
        chapters: those with a wrong line.
        said: of these, those whose first wrong line the reading has as a quotation, so that it can be corrected.
        heard: of these, those in which that line is right after the second reading.
        other: the other wrong lines of these chapters: the most that could be repaired.
        lines: what became of the other lines of these chapters.
        speeches: the same without the other parts of the corrected speech itself ("I," he said, "am here.").
        elsewhere: what became of the lines of chapters that had no wrong line.
    """

    chapters: int
    said: int
    heard: int
    other: int
    lines: Moved
    speeches: Moved
    elsewhere: Moved

    @property
    def per_correction(self) -> float:
        """Further lines repaired, less those broken, for each chapter with a wrong line; 0 without one."""
        return self.lines.net / self.chapters if self.chapters else 0.0


def is_wrong(verdict: Verdict) -> bool:
    """Whether a line has an answer and the reading did not give it."""
    return verdict.outcome not in ("right", "unanswerable")


def first_wrong(verdicts: Sequence[Verdict], chapters: Sequence[Span]) -> dict[int, Verdict]:
    """For each chapter (by its place in the list) with a wrong line, the first one."""
    found: dict[int, Verdict] = {}
    for verdict in sorted((v for v in verdicts if is_wrong(v)), key=lambda v: v.gold.start):
        found.setdefault(_chapter(chapters, verdict.gold), verdict)
    return found


def measure_repair(
    before: Sequence[Verdict],
    after: Sequence[Verdict],
    chapters: Sequence[Span],
    first: Mapping[int, Verdict],
    *,
    said: Collection[int],
) -> RepairResult:
    """Compare two readings of one novel, the second with the first wrong line of every chapter corrected.

    Args:
        before, after: what came of each known line, in the same order.
        chapters: of the first reading; they tile the text.
        first: the first wrong line of each chapter that has one.
        said: the chapters whose first wrong line was corrected.

    Raises:
        ValueError: if the two are not of the same lines.
    """
    if [v.gold.id for v in before] != [v.gold.id for v in after]:
        raise ValueError("not two readings of the same lines")
    corrected = {verdict.gold.id: verdict for verdict in first.values()}
    turns = {(chapter, verdict.gold.turn) for chapter, verdict in first.items()}
    lines, speeches, elsewhere = [], [], []
    heard = other = 0
    for one, two in zip(before, after, strict=True):
        chapter = _chapter(chapters, one.gold)
        if one.gold.id in corrected:
            heard += chapter in said and not is_wrong(two)
        elif chapter in first:
            other += is_wrong(one)
            lines.append((one, two))
            if (chapter, one.gold.turn) not in turns:
                speeches.append((one, two))
        else:
            elsewhere.append((one, two))
    return RepairResult(
        chapters=len(first),
        said=len(said),
        heard=heard,
        other=other,
        lines=_moved(lines),
        speeches=_moved(speeches),
        elsewhere=_moved(elsewhere),
    )


def _chapter(chapters: Sequence[Span], line: Span) -> int:
    return max(0, bisect_right(chapters, line.start, key=lambda chapter: chapter.start) - 1)


def _moved(pairs: Sequence[tuple[Verdict, Verdict]]) -> Moved:
    return Moved(
        repaired=sum(is_wrong(one) and not is_wrong(two) for one, two in pairs),
        broken=sum(not is_wrong(one) and is_wrong(two) for one, two in pairs),
    )
