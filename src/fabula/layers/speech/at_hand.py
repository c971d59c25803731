"""Who is at hand: where each character is named, and who was named last."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import log

from fabula.layers.speech.stage import Stage
from fabula.layers.speech.turns import Turn
from fabula.story import Mention

__all__ = ["Presence"]

_REACH = 12
"""So many paragraphs back a name still counts; the speaker of a quotation is named within it in 97 % of cases."""
_FADE = 0.8
_ELSEWHERE = 0.3
"""What is left of that behind a marked break."""
_IN_SPEECH = 0.25
"""A name in speech puts its bearer on the stage less than one in the narration."""
_STORY = 8_000
"""In a text of so many words whoever was named once may be the one of whom it goes on to tell."""
_HEAD = 2
"""A name so near its sentence's beginning is its subject, nearly always."""
_LAST = 12
"""So many of the latest names in the narration are looked through for the last of one gender."""


class Presence:
    """Where each character is named in the narration or called in speech.

    Args:
        hidden: mentions to overlook, as if the text did not have them (for learning from hidden tags).
        breaks: paragraphs that begin a chapter or a scene; who was there before is hardly there behind.
    """

    def __init__(
        self, stage: Stage, turns: Sequence[Turn], *, hidden: Collection[Mention] = (), breaks: Collection[int] = ()
    ) -> None:
        wording = stage.wording
        self._breaks = frozenset(breaks)
        self._near: defaultdict[int, dict[str, float]] = defaultdict(dict)
        self._named: list[tuple[int, str]] = []
        self._acting: list[tuple[int, str]] = []
        counts: defaultdict[str, int] = defaultdict(int)
        for mention in stage.mentions:
            if not mention.character or mention in hidden:
                continue
            counts[mention.character] += 1
            word = stage.words_of[mention].start
            if word >= len(wording):
                continue
            narrated = wording.quote[word] == -1
            if mention.form != "pronoun":
                self._add(wording.paragraph[word], mention.character, 1.0 if narrated else _IN_SPEECH)
            if narrated and mention.form != "pronoun":
                self._named.append((mention.start, mention.character))
                if word - wording.at(wording.segments.sentences[wording.sentence[word]].start) <= _HEAD:
                    self._acting.append((mention.start, mention.character))
        for turn in turns:
            for called in turn.called:
                self._add(turn.paragraph, called, 0.9)
        self._short = len(wording) <= _STORY
        self._first: dict[str, int] = {}
        for place, character in self._named:
            self._first.setdefault(character, place)
        self._ends = [p.end for p in wording.segments.paragraphs]
        for turn in turns:
            start = wording.segments.quotations[turn.quotations[0]].start
            for called in (*turn.called, *turn.introduced):
                self._first[called] = min(start, self._first.get(called, start))
        self.often = {character: log(1 + count) for character, count in counts.items()}

    def _add(self, paragraph: int, character: str, weight: float) -> None:
        near = self._near[paragraph]
        near[character] = max(weight, near.get(character, 0.0))

    def met(self, place: int) -> set[str]:
        """In a short story everybody whom the narration has named before a place: it may go on with "he"."""
        return {c for c, first in self._first.items() if first < place} if self._short else set()

    def is_unmet(self, character: str, turn: Turn) -> bool:
        """Whether in a short story somebody is only spoken of so far, and the narration does not name him soon after a
        turn. (In a novel whoever has long been spoken of may come in as "he", and be named by nobody for pages.)"""
        at = self._first.get(character)
        return self._short and (at is None or at >= self._ends[min(turn.last + 2, len(self._ends) - 1)])

    def behind(self, turn: Turn) -> dict[str, float]:
        """The characters named in the paragraphs before a turn, nearer ones higher, up to 2."""
        reach: dict[str, float] = {}
        fade = 2.0
        for distance in range(1, _REACH + 1):
            if turn.paragraph - distance + 1 in self._breaks:
                fade *= _ELSEWHERE
            for character, weight in self._near.get(turn.paragraph - distance, {}).items():
                reach[character] = max(reach.get(character, 0.0), fade * weight)
            fade *= _FADE
        return reach

    def here(self, turn: Turn) -> dict[str, float]:
        """The characters named in a turn's own paragraph."""
        return self._near.get(turn.paragraph, {})

    def ahead(self, turn: Turn) -> dict[str, float]:
        """The characters named in the next two paragraphs."""
        reach = {c: 0.5 * w for c, w in self._near.get(turn.last + 2, {}).items()}
        for character, weight in self._near.get(turn.last + 1, {}).items():
            reach[character] = max(reach.get(character, 0.0), weight)
        return reach

    def last_named(self, place: int) -> list[str]:
        """The characters named last in the narration before a place, the latest first, each once."""
        return _latest(self._named, place)

    def last_acting(self, place: int) -> list[str]:
        """The same for characters that open a sentence, as its subject does."""
        return _latest(self._acting, place)


def _latest(places: Sequence[tuple[int, str]], place: int) -> list[str]:
    at = bisect_left(places, (place, ""))
    return list(dict.fromkeys(character for _, character in reversed(places[max(0, at - _LAST) : at])))
