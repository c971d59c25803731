"""Who remembers, dreams, imagines, writes or tells a scene that does not simply happen."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import msgspec

from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Quote, Scene, Span

__all__ = ["Told", "find_tellers", "hand_over"]

_INWARD = frozenset({"memory", "dream", "imagined", "vision"})
_NAMELESS = "the narrator"
"""How a narrator is called whom nobody names."""
_ASKING = frozenset({"asked", "asks", "begged", "bade", "urged"})


class Told(msgspec.Struct, frozen=True):
    """The scenes and the people, where each is meant and what each says, when every witness has his own "I"."""

    scenes: tuple[Scene, ...]
    characters: tuple[Character, ...]
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]


def find_tellers(
    wording: Wording, scenes: Sequence[Scene], mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> tuple[Scene, ...]:
    """The scenes, those of another frame than the main one with `teller` where one can know: a tale's is who speaks
    most of it, or who was asked or spoke last before it; a dream's, a memory's who saw the scene before, or sees this
    one.
    """
    told = []
    for at, scene in enumerate(scenes):
        before = scenes[at - 1] if at else None
        who = None
        if scene.frame == "told":
            who = _speaks_most(scene, quotes)
            if who is None and before is not None:
                who = _asked_last(wording, before, mentions) or _spoke_last(before, quotes)
        elif scene.frame in _INWARD:
            who = (before.point_of_view if before is not None else None) or scene.point_of_view
        elif scene.frame == "letter":
            who = scene.point_of_view
        told.append(msgspec.structs.replace(scene, teller=who))
    return tuple(told)


def hand_over(
    wording: Wording,
    scenes: tuple[Scene, ...],
    characters: tuple[Character, ...],
    mentions: tuple[Mention, ...],
    quotes: tuple[Quote, ...],
) -> Told:
    """Give the "I" of a tale to whoever tells it, where the story's narrator would be somebody without a name; and
    leave that one out of the people where nothing is left of him."""
    nameless = {c.id for c in characters if c.narrator and c.name.startswith(_NAMELESS)}
    tales = [s for s in scenes if s.frame == "told" and s.teller and s.teller not in nameless and _is_told(wording, s)]
    if not nameless or not tales:
        return Told(scenes, characters, mentions, quotes)

    def teller(where: Span, who: str | None) -> str | None:
        tale = next((t for t in tales if who in nameless and t.start <= where.start < t.end), None)
        return tale.teller if tale is not None else who

    scenes = tuple(msgspec.structs.replace(s, point_of_view=teller(s, s.point_of_view)) for s in scenes)
    mentions = tuple(msgspec.structs.replace(m, character=teller(m, m.character)) for m in mentions)
    quotes = tuple(
        msgspec.structs.replace(
            q,
            speaker=teller(q, q.speaker),
            addressees=tuple(dict.fromkeys(teller(q, who) or who for who in q.addressees)),
        )
        for q in quotes
    )
    left = {m.character for m in mentions} | {q.speaker for q in quotes} | {a for q in quotes for a in q.addressees}
    left |= {who for scene in scenes for who in (scene.point_of_view, scene.teller)}
    return Told(scenes, tuple(c for c in characters if c.id not in nameless - left), mentions, quotes)


def _is_told(wording: Wording, scene: Span) -> bool:
    """Whether most of it stands in no quotation marks, so that its "I" is the narration's."""
    words = wording.within(scene)
    return 2 * sum(wording.quote[i] == -1 for i in words) > len(words)


def _asked_last(wording: Wording, scene: Span, mentions: Sequence[Mention]) -> str | None:
    """Who is asked in the last sentence of a scene: "The judge asked her about the boat." """
    words = [i for i in wording.within(scene) if wording.forms[i][:1].isalpha()]
    if not words or wording.quote[words[-1]] != -1:
        return None
    last = [i for i in words if wording.sentence[i] == wording.sentence[words[-1]]]
    asked = next((i for i in reversed(last) if wording.lower[i] in _ASKING), None)
    if asked is None or asked + 1 >= len(wording):
        return None
    at = bisect_left(mentions, wording.starts[asked + 1], key=lambda mention: mention.start)
    found = mentions[at] if at < len(mentions) else None
    return found.character if found is not None and found.start == wording.starts[asked + 1] else None


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
