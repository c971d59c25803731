"""Who remembers, dreams, imagines, writes or tells a scene that does not simply happen."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import msgspec

from fabula.story import Quote, Scene

__all__ = ["find_tellers"]

_INWARD = frozenset({"memory", "dream", "imagined", "vision"})


def find_tellers(scenes: Sequence[Scene], quotes: Sequence[Quote]) -> tuple[Scene, ...]:
    """The scenes, those of another frame than the main one with `teller` where one can know: a tale's is who speaks
    most of it, or who spoke last before it; a dream's, a memory's who saw the scene before, or sees this one.
    """
    told = []
    for at, scene in enumerate(scenes):
        before = scenes[at - 1] if at else None
        who = None
        if scene.frame == "told":
            who = _speaks_most(scene, quotes) or (_spoke_last(before, quotes) if before is not None else None)
        elif scene.frame in _INWARD:
            who = (before.point_of_view if before is not None else None) or scene.point_of_view
        elif scene.frame == "letter":
            who = scene.point_of_view
        told.append(msgspec.structs.replace(scene, teller=who))
    return tuple(told)


def _speaks_most(scene: Scene, quotes: Sequence[Quote]) -> str | None:
    """Who speaks more than half of the scene."""
    said: Counter[str] = Counter()
    for quote in _inside(scene, quotes):
        if quote.speaker is not None:
            said[quote.speaker] += quote.end - quote.start
    best = said.most_common(1)
    return best[0][0] if best and 2 * best[0][1] > scene.end - scene.start else None


def _spoke_last(scene: Scene, quotes: Sequence[Quote]) -> str | None:
    own = _inside(scene, quotes)
    return own[-1].speaker if own else None


def _inside(scene: Scene, quotes: Sequence[Quote]) -> Sequence[Quote]:
    outer = quotes[bisect_left(quotes, scene.start, key=lambda quote: quote.start) :]
    end = bisect_left(outer, scene.end, key=lambda quote: quote.start)
    return [quote for quote in outer[:end] if quote.depth == 0 and quote.mode == "spoken"]
