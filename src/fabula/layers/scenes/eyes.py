"""Through whose eyes a scene is seen: the narrator's, or those of whom alone the narration says what goes on inside."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Quote, Span

__all__ = ["find_eyes"]

_INSIDE = frozenset(
    "thought knew felt wondered remembered hoped wanted wished saw heard noticed realised realized understood believed "
    "supposed feared guessed recalled imagined decided meant hated loved liked minded dreaded expected forgot "
    "thinks knows feels wonders remembers hopes wants wishes sees hears notices realises realizes understands".split()
)
"""Verbs of which only oneself, or a narrator who looks inside, can tell."""
_BETWEEN = frozenset("had has never only not always also suddenly still then".split())
_I = frozenset({"i", "my", "me"})
_OFTEN = 2
"""So many words of the narration must show it, and …"""
_AHEAD = 2
"""… so many times as many as of anybody else: else the view changes, or the narrator looks inside everybody."""


def find_eyes(
    wording: Wording, characters: Sequence[Character], mentions: Sequence[Mention], quotes: Sequence[Quote], scene: Span
) -> str | None:
    """The id of that person; None where the text does not let one know."""
    words = wording.within(scene)
    narrator = next((character.id for character in characters if character.narrator), None)
    told_as_i = sum(wording.lower[i] in _I for i in words if wording.quote[i] == -1)
    if told_as_i >= _OFTEN:
        return narrator
    inside = _looked_into(wording, mentions, scene)
    first = bisect_left(quotes, scene.start, key=lambda quote: quote.start)
    own = quotes[first : bisect_left(quotes, scene.end, first, key=lambda quote: quote.start)]
    inside.update(q.speaker for q in own if q.mode == "thought" and q.speaker is not None)
    best = inside.most_common(2)
    if not best or best[0][1] < _OFTEN or (len(best) > 1 and best[0][1] < _AHEAD * best[1][1]):
        return None
    return best[0][0]


def _looked_into(wording: Wording, mentions: Sequence[Mention], scene: Span) -> Counter[str]:
    """How often each person is the subject of such a verb, in the narration."""
    first = bisect_left(mentions, scene.start, key=lambda mention: mention.start)
    found: Counter[str] = Counter()
    for mention in mentions[first : bisect_left(mentions, scene.end, first, key=lambda m: m.start)]:
        at = wording.at(mention.end)
        if mention.character is None or at >= len(wording) or wording.quote[at] != -1:
            continue
        if wording.lower[at] in _BETWEEN and at + 1 < len(wording):
            at += 1
        found[mention.character] += wording.lower[at] in _INSIDE
    return +found
