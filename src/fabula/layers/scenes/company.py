"""Who is there in a scene, who is heard from afar, and who is only spoken of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from math import fsum

import msgspec

from fabula import lexicon
from fabula.encode import Clauses, Encoding, lay_clauses
from fabula.layers.scenes.afar import count_channels, is_wired, speaks_afar
from fabula.layers.scenes.signs_of_presence import Signs, find_signs, inside
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Quote, Scene

__all__ = ["find_company"]

_GUESSED = frozenset({"turn", "same", "nearest"})
"""Where only this says who speaks, somebody who is there may have been taken for a voice from afar."""
_NAMED = frozenset({"tag", "beat", "user"})
_NEAR = 600
"""Characters. Whose voice it is that nobody names, was said so shortly before."""
_ACTS = frozenset({"does", "is doing"})


def find_company(
    wording: Wording,
    encoding: Encoding,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scenes: Sequence[Scene],
) -> tuple[Scene, ...]:
    """The scenes with those who are there, those only heard, and those only spoken of, each in order of appearance.

    Many signs are weighed for everybody met in a scene (see `signs_of_presence`): who does something there, speaks, is
    called; less counts who merely is, has, or had; against it, who is met in speech alone. One who speaks where the
    narration names a telephone or the like, and does nothing, is only heard.
    """
    clauses = lay_clauses(encoding)
    wired = _wired(wording, quotes)
    found: list[Scene] = []
    for scene in scenes:
        before = found[-1].present if found else ()
        found.append(_with_company(wording, clauses, characters, mentions, quotes, scene, wired, before))
    return tuple(found)


def _wired(wording: Wording, quotes: Sequence[Quote]) -> frozenset[str]:
    """Those of whom the story says somewhere, in so many words, that their voice comes from afar."""
    named = (quote for quote in quotes if quote.speaker is not None and quote.cue in _NAMED and not quote.depth)
    return frozenset(quote.speaker or "" for quote in named if speaks_afar(wording, quote))


def _with_company(
    wording: Wording,
    clauses: Clauses,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scene: Scene,
    wired: Collection[str],
    before: Collection[str],
) -> Scene:
    met = find_signs(wording, clauses, characters, mentions, quotes, scene, frame=scene.frame, before=before)
    acting = {who for who, signs in met.items() if signs.signs.keys() & _ACTS}
    embodied = {who for who, signs in met.items() if "in body" in signs.signs}
    heard = {who for who, signs in met.items() if signs.afar} - (
        embodied or acting
    )  # who only acts there may act at his end
    there = {who for who, signs in met.items() if weigh(signs.signs) > 0}
    if acting and is_wired(wording, scene):
        heard |= {who for who, signs in met.items() if signs.aloud} - acting
        there -= {who for who, signs in met.items() if "called" in signs.signs} - acting
    if any(signs.afar for signs in met.values()) or count_channels(wording, scene):
        heard |= {who for who, signs in met.items() if who in wired and "in body" not in signs.signs} & there
    there -= heard
    heard |= _voices(wording, mentions, quotes, scene, there)
    return msgspec.structs.replace(
        scene,
        present=_ordered(met, there),
        heard=_ordered(met, heard),
        spoken_of=_ordered(met, {who for who, signs in met.items() if not signs.spoken_to} - there - heard),
    )


def weigh(signs: Mapping[str, float]) -> float:
    """Log odds of being there."""
    weights = _weights()
    return weights["always"] + fsum(weights.get(sign, 0.0) * given for sign, given in signs.items())


@cache
def _weights() -> dict[str, float]:
    return {sign: float(weight) for sign, (weight,) in lexicon.table("presence_signs").items()}


def _voices(
    wording: Wording, mentions: Sequence[Mention], quotes: Sequence[Quote], scene: Scene, there: Collection[str]
) -> set[str]:
    """Those whose voice it is that comes from afar and that nobody names: spoken of shortly before, and not there."""
    found = set()
    for quote in inside(quotes, scene):
        unnamed = quote.speaker is None or quote.cue in _GUESSED
        if quote.mode != "spoken" or quote.depth or not unnamed or not speaks_afar(wording, quote):
            continue
        last = bisect_left(mentions, quote.start, key=lambda mention: mention.start)
        for mention in reversed(mentions[:last]):
            if mention.start < max(scene.start, quote.start - _NEAR):
                break
            if mention.character is not None and mention.character not in there:
                found.add(mention.character)
                break
    return found


def _ordered(met: Mapping[str, Signs], who: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted((one for one in met if one in who), key=lambda one: met[one].first))
