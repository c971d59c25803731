"""What was found of what is known, and how much of what was said is true."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable

import msgspec

from benchmarks.metrics.shares import Share

__all__ = ["Hits"]


class Hits(msgspec.Struct, frozen=True):
    """`found`: known things that were said (recall). `true`: said things that are known (precision)."""

    found: Share
    true: Share

    @property
    def f1(self) -> float:
        """The harmonic mean of the two shares; 0 where nothing was said, NaN where nothing is known either."""
        both = self.true.total + self.found.total
        return 2 * self.true.right / both if both else math.nan

    @classmethod
    def of(cls, said: Iterable[Hashable], known: Iterable[Hashable]) -> Hits:
        """Things are hit that are equal; one that is said twice hits twice only if it is known twice."""
        theirs, ours = Counter(iter(said)), Counter(iter(known))
        return cls.counted((theirs & ours).total(), said=theirs.total(), known=ours.total())

    @classmethod
    def counted(cls, right: int, *, said: int, known: int) -> Hits:
        """From the number of hits."""
        return cls(found=Share(right, known), true=Share(right, said))
