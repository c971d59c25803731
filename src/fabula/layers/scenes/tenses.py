"""How the telling changes at a seam: its tense, how far it looks back, how much is speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fabula.layers.scenes.passages import Passage
from fabula.layers.scenes.windows import sides_of
from fabula.segment.wording import Wording

__all__ = ["Tenses"]

_REACH = 200
"""Words on either side."""
_PRESENT = frozenset("is are am has does says goes comes isn't doesn't".split())
_PAST = frozenset("was were had did said went came wasn't didn't".split())
_PERFECT = frozenset({"had", "hadn't", "'d"})

Floats = NDArray[np.float32]


class Tenses:
    """The shares of present, past perfect and speech on either side of each seam."""

    def __init__(self, wording: Wording, passages: Sequence[Passage]) -> None:
        rows = np.array([_counts(wording, passage) for passage in passages], np.float32)
        before, after = sides_of([passage.words for passage in passages], _REACH).sums(rows)
        self._present = _share(after[:, 0], after[:, 1]) - _share(before[:, 0], before[:, 1])
        self._perfect = _share(after[:, 2], after[:, 3]) - _share(before[:, 2], before[:, 3])
        self._told = _share(after[:, 3], after[:, 4]) - _share(before[:, 3], before[:, 4])

    def signs(self, at: int) -> Iterator[tuple[str, float]]:
        """For the seam before passage `at`."""
        yield "tense changes", abs(float(self._present[at]))
        yield "looks back from here", max(0.0, float(self._perfect[at])) * 20
        yield "looks back no more", max(0.0, -float(self._perfect[at])) * 20
        yield "narration behind talk", max(0.0, float(self._told[at]))
        yield "talk behind narration", max(0.0, -float(self._told[at]))


def _counts(wording: Wording, passage: Passage) -> tuple[int, int, int, int, int]:
    told = [wording.lower[i] for i in passage.told]
    present, past = sum(w in _PRESENT for w in told), sum(w in _PAST for w in told)
    return present, present + past, sum(w in _PERFECT for w in told), len(told), passage.words


def _share(part: Floats, whole: Floats) -> Floats:
    share: Floats = (part / np.maximum(1, whole)).astype(np.float32)
    return share
