"""Where one goes out of a conversation and another comes into it: a scene has changed somewhere in between."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from fabula.layers.scenes.afar import speaks_afar
from fabula.layers.scenes.seams import Seam
from fabula.segment.wording import Wording
from fabula.story import Quote

__all__ = ["raise_exchanges"]

_TURNS = 8
"""Turns of speech on either side, …"""
_OWN = 3
"""… of which so many are the one's who goes, and so many the one's who comes."""
_SURE = 0.7
"""How often a scene does begin in between, in the gold stories."""
_FAR = 10
"""Seams. Where more lie in between, the turns do not belong together."""


def raise_exchanges(
    wording: Wording, quotes: Sequence[Quote], seams: Sequence[Seam], scores: Sequence[float]
) -> list[float]:
    """The scores of the seams, raised where the speakers say that a scene begins at one of a few: among those the
    scores they have decide. It begins behind the last words of one who speaks no more and not behind the first of
    one who has not spoken yet; voices from afar do not count.
    """
    raised = list(scores)
    starts = [seam.start for seam in seams]
    for last, first in _exchanges(_turns(wording, quotes)):
        own = range(bisect_right(starts, last), bisect_right(starts, first))
        if not own or len(own) > _FAR:
            continue
        best = max(own, key=lambda at: scores[at])
        raised[best] = max(raised[best], math.log(_SURE / (1 - _SURE)))
    return raised


def _turns(wording: Wording, quotes: Sequence[Quote]) -> list[tuple[int, str]]:
    """Who speaks in turn, and where that paragraph begins."""
    paragraphs = wording.segments.paragraphs
    turns: list[tuple[int, str]] = []
    for quote in quotes:
        if quote.mode != "spoken" or quote.depth or quote.speaker is None:
            continue
        turn = (paragraphs[wording.segments.paragraph_at(quote.start)].start, quote.speaker)
        if (not turns or turns[-1] != turn) and not speaks_afar(wording, quote):
            turns.append(turn)
    return turns


def _exchanges(turns: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """From the last turn of one to the first of another; of two such stretches that overlap, the shorter."""
    found = set()
    for at in range(1, len(turns)):
        before, after = turns[max(0, at - _TURNS) : at], turns[at : at + _TURNS]
        gone, come = _only(before, after), _only(after, before)
        if gone and come:
            last = max(place for place, who in before if who in gone)
            found.add((last, min(place for place, who in after if who in come)))
    kept: list[tuple[int, int]] = []
    for last, first in sorted(found, key=lambda stretch: stretch[1] - stretch[0]):
        if last < first and all(first <= begin or last >= end for begin, end in kept):
            kept.append((last, first))
    return sorted(kept)


def _only(these: Sequence[tuple[int, str]], those: Sequence[tuple[int, str]]) -> Mapping[str, int]:
    others = {who for _, who in those}
    return {who: n for who, n in Counter(who for _, who in these).items() if n >= _OWN and who not in others}
