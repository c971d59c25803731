"""What is planned in one scene and done in another, and who is dead in one and alive in another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import msgspec

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Mention, Quote, Scene, Span

__all__ = ["SOMEBODY", "Deed", "Deeds", "find_deeds"]

SOMEBODY = "?"
_THIRD = frozenset({"him", "her", "them"})

_MODALS = frozenset("will 'll shall must could can should would may might".split())
_TO = frozenset(
    "had have has going means meant mean need needs needed ought wants want wanted about plan planned".split()
)
_SAME = dict.fromkeys(("di", "kill", "murder", "sacrific", "slay", "drown", "strangl", "execut"), "die")
"""What one plans as a death another speaks of as a killing. Verbs as `_stem` has them."""
_SUFFERED = frozenset({"di", "die"})
"""What befalls the subject: "James had to die", "we killed James"."""
_OF_THE_DEAD = frozenset({"die", "buri"})
_BURIED = "buri"
"""Whom one has buried is dead; whom one will bury is so already."""
_LIGHT = frozenset(
    "be have do go come say tell know think see look get take make want like hear feel ask find let try turn seem "
    "mean call keep put leave need speak talk answer reply nod smile sit stand stop start begin wait".split()
)
_DENIED = frozenset("not n't never cannot".split())
_NEAR = 4
"""Words between a verb and the person it is done to, and between modal and verb."""


class Deed(msgspec.Struct, frozen=True):
    """A deed done to somebody (or, of dying, suffered by somebody), as planned or as done.

    Attributes:
        whom: the id of that person, or `SOMEBODY`: a "him" of whom nobody can say who it is.
        talkers: of a deed that is spoken of, who says it and to whom; they are not "him".
    """

    verb: str
    whom: str
    done: bool
    place: Span
    talkers: tuple[str, ...] = ()


class Deeds(msgspec.Struct, frozen=True):
    """The deeds of which each scene speaks."""

    scenes: tuple[tuple[Deed, ...], ...]

    def done_after(self, planned: int, done: int) -> Iterator[tuple[Deed, Deed]]:
        """What the one scene plans and the other speaks of as done, each deed once."""
        seen: set[str] = set()
        for plan, deed in product(self.scenes[planned], self.scenes[done]):
            if plan.done or not deed.done or plan.verb != deed.verb or plan.verb in seen:
                continue
            if _may_be_one(plan, deed) and not self._is_done((plan.verb, plan.whom), planned):
                seen.add(plan.verb)
                yield plan, deed

    def _is_done(self, key: tuple[str, str], scene: int) -> bool:
        return any(deed.done and (deed.verb, deed.whom) == key for deed in self.scenes[scene])

    def dead_in(self, scene: int) -> dict[str, Span]:
        """Who is said to have died, been killed or been buried there."""
        return {d.whom: d.place for d in self.scenes[scene] if d.done and d.verb in _OF_THE_DEAD and d.whom != SOMEBODY}


def _may_be_one(plan: Deed, deed: Deed) -> bool:
    """Whether both may befall one person: "him" is nobody who talks there."""
    if plan.whom == SOMEBODY:
        return False
    return plan.whom == deed.whom or (deed.whom == SOMEBODY and plan.whom not in deed.talkers)


def find_deeds(
    wording: Wording, scenes: Sequence[Scene], mentions: Sequence[Mention], quotes: Sequence[Quote] = ()
) -> Deeds:
    """The deeds, planned and done, in narration and speech, that befall somebody."""
    people = _People(wording, mentions, quotes)
    starts = [scene.start for scene in scenes]
    found: list[list[Deed]] = [[] for _ in scenes]
    for word, lower in enumerate(wording.lower):
        for verb, done in _verbs_at(wording, word, lower):
            whom = people.whom(word, verb)
            if whom is not None:
                scene = max(0, bisect_left(starts, wording.starts[word] + 1) - 1)
                span = Span(wording.starts[word], wording.ends[word])
                same = _SAME.get(verb, "die" if done and verb == _BURIED else verb)
                found[scene].append(Deed(same, whom, done, span, people.talkers(word)))
    return Deeds(tuple(tuple(deeds) for deeds in found))


class _People:
    """Who is meant by the words beside a verb."""

    def __init__(self, wording: Wording, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> None:
        self._wording = wording
        known = [mention for mention in mentions if mention.character is not None]
        self._at = {wording.at(mention.start): mention for mention in known}
        self._stops = {wording.at(mention.end): mention for mention in known}
        self._quotes = [quote for quote in quotes if quote.depth == 0]
        self._starts = [quote.start for quote in self._quotes]

    def whom(self, word: int, verb: str) -> str | None:
        """Whom the deed befalls: the object of the verb, of dying its subject."""
        return self._subject(word) if verb in _SUFFERED else self._object(word)

    def talkers(self, word: int) -> tuple[str, ...]:
        """Of a word that is said, who says it and to whom."""
        place = self._wording.starts[word]
        at = bisect_right(self._starts, place) - 1
        if at < 0 or self._quotes[at].end <= place:
            return ()
        quote = self._quotes[at]
        return tuple(who for who in (quote.speaker, *quote.addressees) if who is not None)

    def _subject(self, word: int) -> str | None:
        for place in range(word, max(0, word - _NEAR - 1), -1):
            if place in self._stops and self._wording.sentence[place - 1] == self._wording.sentence[word]:
                return self._stops[place].character
        return None

    def _object(self, word: int) -> str | None:
        for place in range(word + 1, min(len(self._wording), word + 3)):
            if self._wording.sentence[place] != self._wording.sentence[word]:
                return None
            meant = self._at[place].character if place in self._at else None
            if self._wording.lower[place] in _THIRD and (meant is None or meant in self.talkers(word)):
                return SOMEBODY  # nobody says "him" of himself, or of the one he talks to
            if meant is not None:
                return meant
            if self._wording.forms[place][0] in ",.;:!?—":
                return None
        return None


def _verbs_at(wording: Wording, word: int, lower: str) -> Iterator[tuple[str, bool]]:
    """The verb that stands there, and whether it is done; nothing for what is denied or asked to be light."""
    before = [
        wording.lower[w] for w in range(max(0, word - _NEAR), word) if wording.sentence[w] == wording.sentence[word]
    ]
    if _DENIED & set(before):
        return
    planned, past = _is_planned(before), _done_verb(lower)
    if planned and lower.isalpha() and lower not in _LIGHT:
        yield lower if lower in _verbs() else _stem(lower), False
    elif not planned and past is not None and past not in _LIGHT:
        yield past, True


def _is_planned(before: Sequence[str]) -> bool:
    if before[-1:] == ["to"]:
        return len(before) > 1 and bool(_TO & set(before[-3:-1]))
    return bool(_MODALS & set(before[-2:]))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lexicon.table("irregular_verbs"))


@cache
def _irregular() -> dict[str, str]:
    """From a past form to the verb: "gave" and "given" to "give"."""
    rows = lexicon.table("irregular_verbs").items()
    return {past: verb for verb, row in rows for forms in row for past in forms.split("/") if past and past != verb}


def _done_verb(lower: str) -> str | None:
    """The verb of which the word is a past form, as `_stem` has it."""
    if lower in _irregular():
        return _irregular()[lower]
    return _stem(lower[:-2]) if len(lower) > 4 and lower.endswith("ed") else None


def _stem(verb: str) -> str:
    """What "kill" and "kill(ed)", "marry" and "marri(ed)", "plan" and "plann(ed)" have in common."""
    if len(verb) > 3 and verb[-1] == verb[-2] and verb[-1] not in "sl":
        verb = verb[:-1]
    return verb.removesuffix("e") if not verb.endswith(("i", "y")) else verb[:-1] + "i"
