"""Who is spoken of on either side of a seam between paragraphs: the same people, or others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fabula.layers.scenes.passages import Passage
from fabula.layers.scenes.windows import Sides, sides_of
from fabula.segment.wording import Wording

__all__ = ["PeopleAtSeams"]

_NEAR, _FAR = 250, 1000
"""Words on either side within which people are compared."""
_I = frozenset({"i", "me", "my", "we", "us", "our"})
_PERSONS = frozenset("he she they we him her them his their".split())

Floats = NDArray[np.float32]


class PeopleAtSeams:
    """Who is named around each seam of a text; asked for the seams in order."""

    def __init__(self, wording: Wording, passages: Sequence[Passage]) -> None:
        self._wording, self._passages = wording, passages
        lengths = [passage.words for passage in passages]
        near, far = sides_of(lengths, _NEAR), sides_of(lengths, _FAR)
        self._shares = _shares_of_i(wording, passages, near)
        at = range(len(passages))
        self._before = _Rolling(passages, near.first.tolist(), at)
        self._after = _Rolling(passages, at, near.end.tolist())
        self._far = _Rolling(passages, far.first.tolist(), at)

    def signs(self, at: int) -> Iterator[tuple[str, float]]:
        """For the seam before passage `at`."""
        before, after, far = self._before.move(at), self._after.move(at), self._far.move(at)
        gone, come = before.total(), after.total()
        if gone and come:
            yield "same people", _likeness(before, after)
            yield "others come", 1 - sum(n for who, n in after.items() if who in before) / come
            yield "others go", 1 - sum(n for who, n in before.items() if who in after) / gone
        yield "nobody before", float(not gone)
        yield "nobody after", float(not come)
        yield "i comes or goes", float(self._shares[at])
        yield from self._first_named(at, before, far)

    def _first_named(self, at: int, near: Counter[str], far: Counter[str]) -> Iterator[tuple[str, float]]:
        """Whether the narration begins with somebody's name rather than a pronoun, and with whose."""
        passage, wording = self._passages[at], self._wording
        told = frozenset(passage.told)
        name = next(((who, i) for who, i in passage.names if i in told), None)
        pronoun = next((i for i in passage.told if wording.lower[i] in _PERSONS), None)
        if name is None:
            yield ("pronoun alone" if pronoun is not None else "nobody in it"), 1.0
        elif pronoun is not None and pronoun < name[1]:
            yield "pronoun before name", 1.0
        else:
            who, i = name
            yield "name first", 1.0
            yield "name at head", float(i - passage.first <= 1)
            yield "new to these pages", float(who not in far)
            yield "returns", float(who in far and who not in near)
            yield "full name", float(i + 1 < len(wording) and wording.forms[i + 1][:1].isupper())
            yield "two named", float(len({w for w, j in passage.names if j in told}) > 1)


class _Rolling:
    """How often each is named in a run of passages that moves through the text."""

    def __init__(self, passages: Sequence[Passage], first: Sequence[int], end: Sequence[int]) -> None:
        self._passages, self._first, self._end = passages, first, end
        self._from = self._to = 0
        self._counts: Counter[str] = Counter()

    def move(self, at: int) -> Counter[str]:
        """The counts for the seam before passage `at`; no seam comes before one asked for already."""
        for passage in self._passages[self._to : self._end[at]]:
            self._counts.update(who for who, _ in passage.names)
        for passage in self._passages[self._from : self._first[at]]:
            for who, _ in passage.names:
                self._counts[who] -= 1
                if not self._counts[who]:
                    del self._counts[who]
        self._from, self._to = self._first[at], self._end[at]
        return self._counts


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    both = sum(n * other[who] for who, n in one.items() if who in other)
    return both / math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))


def _shares_of_i(wording: Wording, passages: Sequence[Passage], sides: Sides) -> Floats:
    """How much more one side than the other is told as "I"."""
    rows = np.array([(sum(wording.lower[i] in _I for i in p.told), len(p.told)) for p in passages], np.float32)
    before, after = (side[:, 0] / np.maximum(1, side[:, 1]) for side in sides.sums(rows))
    shares: Floats = np.minimum(1, 12 * np.abs(after - before)).astype(np.float32)
    return shares
