"""Scenes in which somebody speaks who is dead in a scene told before: they happened earlier."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fabula.layers.order.deeds import Deeds
from fabula.layers.order.heads import Head
from fabula.layers.order.signs import Sign
from fabula.layers.order.strands import Strands
from fabula.story import Quote, Scene

__all__ = ["signs_of_the_departed"]

_SPEAKS = 2.4
"""How much it weighs that the dead speak in a scene told later."""
_BESIDE = 0.4
"""How much less for the scenes just before that one, in which its other people are."""
_SURE = 0.9
"""Whose voice is less sure may be somebody else's."""
_REAL = frozenset({"main", "memory", "told"})


def signs_of_the_departed(
    scenes: Sequence[Scene], quotes: Sequence[Quote], heads: Sequence[Head], strands: Strands, deeds: Deeds
) -> Iterator[Sign]:
    """For each death the scenes told behind it in which the dead one still speaks. Letters are read, and ghosts are
    seen in dreams and visions."""
    voices = _voices(scenes, quotes)
    known: dict[str, int] = {}
    for told, scene in enumerate(scenes):
        for who, dead in sorted(known.items()):
            if scene.frame in _REAL and who in voices[told] and who not in deeds.dead_in(told):
                place = deeds.dead_in(dead)[who]
                for one in _together(told, dead, strands):
                    weight = _SPEAKS - _BESIDE * (one < told)
                    shown = (place, heads[one].opening)
                    yield Sign(before=one, after=dead, kind="death", weight=weight, evidence=shown)
        for who in deeds.dead_in(told):
            known.setdefault(who, told)


def _voices(scenes: Sequence[Scene], quotes: Sequence[Quote]) -> list[set[str]]:
    """Who surely speaks, scene by scene: tags say so."""
    starts = [scene.start for scene in scenes]
    voices: list[set[str]] = [set() for _ in scenes]
    for quote in quotes:
        sure = quote.cue == "tag" and quote.confidence >= _SURE
        if sure and quote.speaker is not None and quote.depth == 0 and quote.mode == "spoken":
            voices[max(0, bisect_right(starts, quote.start) - 1)].add(quote.speaker)
    return voices


def _together(told: int, dead: int, strands: Strands) -> Iterator[int]:
    """The scene, and those told just before it in which people are who are not where the death is told."""
    yield told
    others = strands.people[told] - strands.people[dead]
    for one in range(told - 1, dead, -1):
        if not others & strands.people[one]:
            return
        yield one
