"""Scenes that open in the midst of talk: their first paragraph is the talk before the one that says where they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from fabula.layers.scenes.lengths import between
from fabula.layers.scenes.seams import Seam
from fabula.segment.wording import Wording
from fabula.story import Quote

__all__ = ["find_overtures"]

_MOST = 3
"""Paragraphs of talk before the one that paints the scene."""
_NOVEL, _ALONE = (-1.0, 0.5), (-0.45, 1.05)
"""What must speak for a new scene at the talk itself, in a short story and in a novel: where a voice begins that has
not been heard just before and speaks on in the scene, and where none does. Talk that closes a scene has less in the
gold stories; in novels more must speak for any scene."""
_BEFORE, _AFTER = 6, 8
"""Speeches looked at on either side."""


def find_overtures(
    wording: Wording,
    quotes: Sequence[Quote],
    seams: Sequence[Seam],
    scores: Sequence[float],
    chosen: Sequence[tuple[Seam, float]],
    walls: Sequence[int] = (),
) -> list[tuple[Seam, float]]:
    """The seams chosen, each moved before the talk that belongs to its scene: “They are here,” said Anne. / She stood
    at the window of the mill. …

    Args:
        seams: of the text, in order.
        scores: of each, what speaks for a new scene there.
        chosen: those at which scenes begin, and by how much each passes the bar.
        walls: the words with which scenes begin anyway, in order; no talk before one belongs behind it.
    """
    spoken = [quote for quote in quotes if quote.mode == "spoken" and not quote.depth and quote.speaker is not None]
    starts = [quote.start for quote in spoken]
    place = {seam.start: at for at, seam in enumerate(seams)}
    taken = {seam.start for seam, _ in chosen}
    moved = []
    for seam, passed in chosen:
        best = at = place[seam.start]
        while at > 0 and place[seam.start] - at < _MOST and seams[at].start not in taken - {seam.start}:
            at -= 1
            walled = bisect_right(walls, seams[at].word) < bisect_right(walls, seam.word)
            if walled or not _opens_in_speech(wording, seams[at]):
                break
            bar = _NOVEL if _is_novel(spoken, starts, seams[at].start, seam.start) else _ALONE
            if scores[at] >= between(bar, len(wording)):
                best = at
        moved.append((seams[best], passed))
    return moved


def _opens_in_speech(wording: Wording, seam: Seam) -> bool:
    return wording.quote[seam.word] != -1


def _is_novel(spoken: Sequence[Quote], starts: Sequence[int], start: int, scene: int) -> bool:
    """Whether whoever speaks first from `start` on is heard again behind `scene`, and not before."""
    first, behind = bisect_left(starts, start), bisect_left(starts, scene)
    if first == behind:
        return False
    who = spoken[first].speaker
    before = {quote.speaker for quote in spoken[max(0, first - _BEFORE) : first]}
    after = {quote.speaker for quote in spoken[behind : behind + _AFTER]}
    return bool(before) and who not in before and who in after
