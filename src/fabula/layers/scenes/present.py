"""Who is there in a scene, who is heard from afar, and who is only spoken of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from fabula.layers.scenes.acts import is_act
from fabula.layers.scenes.afar import count_channels, speaks_afar
from fabula.segment.wording import Wording
from fabula.story import Character, Frame, Mention, Quote, Span

__all__ = ["Company", "find_company"]

T = TypeVar("T", bound=Span)

_BEFORE = frozenset(",.!?—–-“‘\"'«…")
_BEHIND = frozenset(",.!?—–-”’\"'»…")
_OWNERS = frozenset({"'s", "’s"})
_MERELY = frozenset("had 'd would could should might must may will can".split())
"""Behind somebody's name, these speak of what was, or may be: it need not be shown."""
_NAMES = frozenset("was were is named called name".split())
"""Before a name, these only say who bears it."""
_STATES = frozenset({"was", "were"})
_WIRED = 2
"""So often the narration names what carries a voice, in a scene of which it is an affair."""
_GUESSED = frozenset({"turn", "same", "nearest"})
"""Where only this says who speaks, somebody who is there may have been taken for a voice from afar."""
_NEAR = 600
"""Characters. Whose voice it is that nobody names, was said so shortly before."""
_TOLD = frozenset({"told"})
"""Frames in which those are there of whom the speech tells that they did something."""


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Ids, each group in order of first appearance; nobody is in two of them."""

    present: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()


def find_company(
    wording: Wording,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scene: Span,
    *,
    frame: Frame = "main",
) -> Company:
    """Those who speak aloud, do something in the narration, or are called by name, are there; so are those whom the
    narration shows in two ways that are weak alone.

    One who merely "was" or "had" something need not be there: "Anne rose", not "Anne was tall". One who speaks where
    the narration names a telephone or the like, and does nothing else, is only heard.
    """
    signs = _Signs(wording)
    for quote in _inside(quotes, scene):
        signs.hear(quote)
    narrator = next((character.id for character in characters if character.narrator), None)
    for mention in _inside(mentions, scene):
        who = mention.character or (narrator if wording.segments.text[mention] == "I" else None)
        if who is not None:
            signs.see(who, mention, frame=frame)
    weak = (signs.shown & signs.owning) | (signs.shown & signs.being)
    present = signs.aloud | signs.acting | signs.called | weak
    heard = signs.afar - signs.acting
    if count_channels(wording, scene) >= _WIRED and signs.acting:
        heard |= signs.aloud - signs.acting
        present -= signs.called - signs.acting
    present -= heard
    heard |= {who for place in signs.voices if (who := signs.last_before(place, absent_from=present)) is not None}
    return Company(
        present=signs.ordered(present),
        heard=signs.ordered(heard),
        spoken_of=signs.ordered(set(signs.first) - present - heard),
    )


class _Signs:
    """What each person's words and mentions in a scene say about being there."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.first: dict[str, int] = {}
        self.aloud: set[str] = set()
        self.afar: set[str] = set()
        self.acting: set[str] = set()
        self.called: set[str] = set()
        self.shown: set[str] = set()
        self.owning: set[str] = set()
        self.being: set[str] = set()
        self.voices: list[int] = []
        self._met: list[tuple[int, str]] = []

    def ordered(self, who: set[str]) -> tuple[str, ...]:
        return tuple(sorted(who, key=lambda one: self.first[one]))

    def last_before(self, place: int, *, absent_from: set[str]) -> str | None:
        """Who was spoken of just before a voice from afar is heard, of those who are not there."""
        near = [who for at, who in self._met if place - _NEAR <= at < place and who not in absent_from]
        return near[-1] if near else None

    def hear(self, quote: Quote) -> None:
        if quote.mode != "spoken" or quote.depth:
            return
        afar = speaks_afar(self._wording, quote)
        if quote.speaker is None or (afar and quote.cue in _GUESSED):
            self.voices += [quote.start] * afar
            return
        self._meet(quote.speaker, quote.start)
        (self.afar if afar else self.aloud).add(quote.speaker)

    def see(self, who: str, mention: Mention, *, frame: Frame) -> None:
        wording = self._wording
        first, behind = wording.at(mention.start), wording.at(mention.end)
        if first >= len(wording):
            return
        self._meet(who, mention.start)
        before = wording.lower[first - 1] if first else ""
        after = wording.lower[behind] if behind < len(wording) else ""
        if wording.quote[first] != -1:
            if mention.form == "name" and before in _BEFORE and after in _BEHIND:
                self.called.add(who)
            elif frame in _TOLD and is_act(wording, mention):
                self.acting.add(who)
        elif is_act(wording, mention):
            self.acting.add(who)
        elif after in _MERELY or before in _NAMES:
            return
        elif after in _OWNERS or wording.lower[first] in ("his", "her", "their", "my"):
            self.owning.add(who)
        elif after in _STATES:
            self.being.add(who)
        elif mention.form != "pronoun":
            self.shown.add(who)

    def _meet(self, who: str, place: int) -> None:
        self._met.append((place, who))
        self.first[who] = min(place, self.first.get(who, place))


def _inside(records: Sequence[T], scene: Span) -> Sequence[T]:
    first = bisect_left(records, scene.start, key=lambda record: record.start)
    return records[first : bisect_left(records, scene.end, first, key=lambda record: record.start)]
