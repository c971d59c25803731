"""How much the words on either side of a seam are the same words (after Hearst's TextTiling, 1997)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fabula import lexicon
from fabula.layers.scenes.passages import Passage
from fabula.layers.scenes.windows import sides_of
from fabula.segment.wording import Wording

__all__ = ["cohesions", "depths"]

WINDOW = 150
"""Content words on either side."""
_STEM = 6
"""Words that begin with the same so many letters count as one."""
_COLUMNS = 1024
"""Words share so many columns: two rare words that fall together are seldom near each other."""
_BLOCK = 64
"""Columns summed at once, so that a long text needs little room."""

Floats = NDArray[np.float32]


def cohesions(wording: Wording, passages: Sequence[Passage], *, window: int = WINDOW) -> Floats:
    """For the seam before each passage the likeness (cosine, 0 to 1) of the words before and after."""
    rows, columns = _places(wording, passages)
    many = len(passages)
    sides = sides_of(np.bincount(rows, minlength=many).tolist(), window)
    both, one, other = (np.zeros(many, np.float32) for _ in range(3))
    for begin in range(0, _COLUMNS, _BLOCK):
        own = (columns >= begin) & (columns < begin + _BLOCK)
        table = np.zeros((many, _BLOCK), np.float32)
        np.add.at(table, (rows[own], columns[own] - begin), 1)
        weight = np.log(1 + many / np.maximum(1, (table > 0).sum(0))).astype(np.float32)
        before, after = (side * weight for side in sides.sums(table))
        both += (before * after).sum(1)
        one += (before**2).sum(1)
        other += (after**2).sum(1)
    likeness: Floats = both / np.maximum(np.sqrt(one * other), 1e-6)
    return likeness


def depths(likeness: Sequence[float]) -> list[float]:
    """How deep each seam lies in its valley: the climb to the nearest peak on either side, added up."""
    return [_climb(likeness, at, -1) + _climb(likeness, at, 1) for at in range(len(likeness))]


def _climb(likeness: Sequence[float], at: int, step: int) -> float:
    top, here = likeness[at], at + step
    while 0 <= here < len(likeness) and likeness[here] >= top:
        top = likeness[here]
        here += step
    return top - likeness[at]


def _places(wording: Wording, passages: Sequence[Passage]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each word that counts its passage and its column."""
    common = lexicon.words("function_words")
    number: dict[str, int] = {}
    rows, columns = [], []
    for at, passage in enumerate(passages):
        for word in wording.lower[passage.first : passage.end]:
            if len(word) > 2 and word.isalpha() and word not in common:
                rows.append(at)
                columns.append(number.setdefault(word[:_STEM], len(number)) % _COLUMNS)
    return np.array(rows, np.int64), np.array(columns, np.int64)
