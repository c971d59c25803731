"""What speaks for a new scene where a paragraph opens in speech: other partners, and a setting told only afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from fabula.layers.scenes.openings import find_kinds
from fabula.layers.scenes.passages import Passage
from fabula.segment.wording import Wording

__all__ = ["Talk"]

_TURNS = 6
"""Paragraphs on either side within which partners are compared."""
_CLOSE, _WIDE = 4, 10
"""The same for how much the company changes: the nearer and the wider view."""
_LINE = 30
"""A paragraph of so few words is a line that a scene may open with, its setting told behind it."""
_THEN = frozenset({"it was", "there was", "weather", "house", "season", "part of day", "clock", "weekday", "next day"})


class Talk:
    """Who takes part around each seam: those named in the narration, and by whom a line is said."""

    def __init__(self, wording: Wording, passages: Sequence[Passage]) -> None:
        self._wording, self._passages = wording, passages
        self._acting = [_acting(passage) for passage in passages]
        self._turned = {reach: self._turns(reach) for reach in (_CLOSE, _WIDE)}

    def signs(self, at: int) -> Iterator[tuple[str, float]]:
        """For the seam before passage `at`."""
        before = self._named(max(0, at - _TURNS), at)
        after = self._named(at, min(len(self._passages), at + _TURNS))
        if before and after:
            both = len(before & after)
            yield "same partners", both / len(before | after)
            yield "no partner stays", float(not both)
        passage, turned = self._passages[at], self._turned[_WIDE][at]
        yield "close company turns", self._turned[_CLOSE][at]
        yield "company turns", turned
        steepest = turned >= max(self._turned[_WIDE][max(0, at - 3) : at + 4])
        yield "company turns most here", turned * steepest
        yield "line: company turns most here", turned * steepest * passage.opens
        yield "one for another", self._exchanged(at)
        if passage.opens:
            yield from self._of_line(at, passage, before)
        elif self._opens_late(at):
            yield "behind a newcomer's line", 1.0

    def _of_line(self, at: int, passage: Passage, before: frozenset[str]) -> Iterator[tuple[str, float]]:
        own = self._acting[at]
        yield "line: tagged", float(bool(passage.told))
        yield "line: by a newcomer", float(bool(own) and not own & before)
        yield "line: behind narration", float(not self._passages[at - 1].speaks)
        yield "line: a whole paragraph", float(not passage.told)
        for kind in find_kinds(" ".join(self._wording.lower[i] for i in passage.told[:_LINE])):
            yield f"line: {kind}", 1.0
        if at + 1 < len(self._passages) and passage.words <= _LINE:
            yield from self._behind(self._passages[at + 1], newcomer=bool(own) and not own & before)

    def _behind(self, after: Passage, *, newcomer: bool) -> Iterator[tuple[str, float]]:
        """What the paragraph behind a line tells, where that is narration."""
        if after.fresh or after.opens:
            return
        yield "line: narration behind", 1.0
        yield "line: a newcomer's, narration behind", float(newcomer)
        kinds = set(find_kinds(" ".join(self._wording.lower[i] for i in after.told[:_LINE])))
        yield "line: setting behind", float(bool(kinds & _THEN))
        yield "line: two settings behind", float(len(kinds & _THEN) > 1)

    def _opens_late(self, at: int) -> bool:
        """Whether the paragraph before is a newcomer's line, which the scene may have opened with."""
        if at < 2 or not self._passages[at - 1].opens or self._passages[at - 1].words > _LINE:
            return False
        own = self._acting[at - 1]
        return bool(own) and not own & self._named(max(0, at - 1 - _TURNS), at - 1)

    def _turns(self, reach: int) -> list[float]:
        """For each seam how different the people are on its two sides: 0 the same, 1 wholly others."""
        return [_distance(*self._sides(at, reach)) for at in range(len(self._passages))]

    def _exchanged(self, at: int) -> float:
        """How much one who was there before is gone and another is there who was not."""
        before, after = self._sides(at, _WIDE)
        gone = max((n for who, n in before.items() if who not in after), default=0)
        come = max((n for who, n in after.items() if who not in before), default=0)
        return min(gone, come) / _WIDE

    def _sides(self, at: int, reach: int) -> tuple[Counter[str], Counter[str]]:
        before = Counter(who for own in self._acting[max(0, at - reach) : at] for who in own)
        return before, Counter(who for own in self._acting[at : at + reach] for who in own)

    def _named(self, first: int, end: int) -> frozenset[str]:
        return frozenset().union(*self._acting[first:end])


def _acting(passage: Passage) -> frozenset[str]:
    told = frozenset(passage.told)
    return frozenset(who for who, at in passage.names if at in told)


def _distance(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    if not one or not other:
        return 0.0
    many, few = sum(one.values()), sum(other.values())
    return fsum(abs(one.get(who, 0) / many - other.get(who, 0) / few) for who in {*one, *other}) / 2
