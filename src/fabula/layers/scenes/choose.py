"""Which of the seams between paragraphs begin a scene."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import fsum

from fabula.layers.scenes.lengths import between
from fabula.layers.scenes.seams import Seam
from fabula.layers.scenes.weights import weights

__all__ = ["choose_seams", "score_of"]

_BAR = (0.0, 1.5)
"""The score a seam must pass in a short story, and in a novel. Stories of 1,000 words change the scene every 200,
novels every 1,500. Chosen where F1 is best on the gold stories, and where a novel has at most one false break in
2,500 words."""
_LEAST = (100, 200)
"""The shortest scene, in words, likewise."""
_SHARE = 1 / 6
_FEWEST = 50
"""Of a text of a page or two a scene has at least so much, and never fewer words."""


def score_of(seam: Seam) -> float:
    """Natural log odds that a scene begins there, but for a constant."""
    known = weights()
    return fsum(known.get(name, 0.0) * value for name, value in seam.signs.items())


def choose_seams(
    seams: Sequence[Seam], scores: Sequence[float], *, length: int, walls: Sequence[int] = ()
) -> list[tuple[Seam, float]]:
    """The seams where scenes begin, and by how much each passes the bar: those with the greatest sum of all choices
    that leave no scene too short.

    Args:
        seams: of the text, in order.
        scores: of each, what speaks for a new scene there.
        length: of the text, in words.
        walls: the words with which scenes begin anyway.
    """
    bar, least = between(_BAR, length), min(between(_LEAST, length), max(_FEWEST, length * _SHARE))
    ends = sorted({0, length, *walls})
    both = zip(seams, scores, strict=True)
    gains = [score - bar if _is_free(seam.word, ends, least) else -1.0 for seam, score in both]
    places = [seam.word for seam in seams]
    best = [0.0]
    for at, gain in enumerate(gains):
        room = bisect_right(places, places[at] - least, hi=at)
        best.append(max(best[-1], gain + best[room]))
    chosen, at = [], len(seams)
    while at:
        if best[at] == best[at - 1]:
            at -= 1
            continue
        chosen.append((seams[at - 1], gains[at - 1]))
        at = bisect_right(places, places[at - 1] - least, hi=at - 1)
    return chosen[::-1]


def _is_free(place: int, ends: Sequence[int], least: float) -> bool:
    """Whether the scenes on both sides are long enough, whatever else is chosen."""
    at = bisect_right(ends, place)
    return place - ends[at - 1] >= least and (at == len(ends) or ends[at] - place >= least)
