"""Walk a text stretch by stretch and ask of the people and things met there who is dead, tied, or has what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.encode import Answer, Encoding, Network, Question, lay_question
from fabula.layers.state.reading.claims import Claims, DeathClaim, HandClaim, TieClaim
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["Asking", "ThingMention", "people_met", "read_claims", "stretches"]

_ROOM = 160
"""Words of a stretch, unless one paragraph has more: two or three of the pieces that were learned from."""
_ABREAST, _AT_ONCE = 2, 32
"""Stretches read side by side, and so many are laid out before they are."""
_MOST = 9
"""People asked about in one stretch, those met oftest."""
_THINGS = 6
_NEAR = 60
"""Words between the nearest mentions of two of whom it is asked what they are to each other."""
_STRANGERS = 12
_NOBODY = ""
_LEAST = 0.02
"""Ties and deeds less probable than this are not kept."""

Floats = NDArray[np.float32]
T = TypeVar("T", str, int)


class ThingMention(msgspec.Struct, frozen=True, order=True):
    """Words `first` … `stop` (not included) mean the thing of a number."""

    first: int
    stop: int
    thing: int


def read_claims(
    wording: Wording,
    encoding: Encoding,
    network: Network,
    mentions: Sequence[Mention],
    things: Sequence[ThingMention] = (),
) -> Claims:
    """Read who is dead, who is what to whom, and who has what, as far as a stretch of text tells each by itself.

    Args:
        wording: the words of the text.
        encoding: of the text.
        network: of the pack that made the encoding.
        mentions: with the character each means; those that mean none are left out.
        things: where each thing is meant.
    """
    ties, deeds = encoding.labels.ties, encoding.labels.deeds
    if not ties or not deeds:
        return Claims()
    met = people_met(wording, mentions)
    goods = sorted(things)
    deaths, tied, hands = list[DeathClaim](), list[TieClaim](), list[HandClaim]()
    asked = set[tuple[str, str]]()
    for words, asking, answer in _answered(wording, encoding, network, met, goods):
        deaths += _deaths(wording, words, asking, answer)
        tied += _ties(wording, words, asking, answer, ties)
        hands += _hands(wording, words, asking, answer, deeds)
        asked |= {(asking.people[a], asking.people[b]) for a, b in asking.pairs}
    return Claims(deaths=tuple(deaths), ties=tuple(tied), hands=tuple(hands), asked=frozenset(asked))


def _answered(
    wording: Wording,
    encoding: Encoding,
    network: Network,
    met: Sequence[tuple[int, int, str]],
    goods: Sequence[ThingMention],
) -> Iterator[tuple[range, Asking, Answer]]:
    """Each stretch in which somebody is met, what is asked about it, and the answer; some are answered side by side."""
    here = ((words, asking) for words in stretches(wording) if (asking := Asking.of(words, met, goods)) is not None)
    with ThreadPoolExecutor(_ABREAST) as readers:
        while some := list(islice(here, _AT_ONCE)):
            questions = [_question(wording, encoding, words, asking) for words, asking in some]
            for (words, asking), answer in zip(some, readers.map(network.claim, questions), strict=True):
                yield words, asking, answer


def _question(wording: Wording, encoding: Encoding, words: range, asking: Asking) -> Question:
    return lay_question(
        encoding,
        wording.forms,
        words,
        wording.quote,
        asking.mentions,
        len(asking.people) + asking.strangers,
        len(asking.things),
        asking.pairs,
        asking.hands,
    )


def people_met(wording: Wording, mentions: Sequence[Mention]) -> list[tuple[int, int, str]]:
    """First word, last word and character of each mention of somebody, in order of place; "" for nobody known: that
    "my father" is none of those who are met is worth knowing."""
    found = set[tuple[int, int, str]]()
    for mention in mentions:
        words = wording.within(mention)
        stranger = mention.character is None and mention.type == "PER" and mention.form != "pronoun"
        if words and (mention.character is not None or stranger):
            found.add((words.start, words.stop - 1, mention.character or _NOBODY))
    known = {(first, last) for first, last, who in found if who}
    return sorted(one for one in found if one[2] or one[:2] not in known)


def stretches(wording: Wording) -> Iterator[range]:
    """Runs of paragraphs of about `_ROOM` words, each beginning in the middle of the one before; a longer paragraph is
    cut between its sentences."""
    borders = _borders(wording)
    number = 0
    while number < len(borders) - 1:
        start = borders[number]
        end = max(number + 1, bisect_left(borders, start + _ROOM + 1) - 1)
        yield range(start, borders[end])
        if end == len(borders) - 1:
            return
        number = max(number + 1, bisect_left(borders, start + (borders[end] - start) // 2))


def _borders(wording: Wording) -> list[int]:
    """Words at which a stretch may begin or end: where a paragraph does; in a long one, where a sentence does."""
    size = len(wording)
    paragraphs = [0, *(at for at in range(1, size) if wording.paragraph[at] != wording.paragraph[at - 1]), size]
    borders = [0]
    for start, end in pairwise(paragraphs):
        if end - start > _ROOM // 2:
            for at in range(start + 1, end):
                if wording.sentence[at] != wording.sentence[at - 1] and at - borders[-1] >= _ROOM // 4:
                    borders.append(at)
        if end > borders[-1]:
            borders.append(end)
    return [at for one, at in enumerate(borders) if one == 0 or at > borders[one - 1]]


class Asking(msgspec.Struct, frozen=True):
    """Of whom and what is asked in a stretch: numbers of people count from 0, then of `strangers`, then of things."""

    people: list[str]
    strangers: int
    things: list[int]
    mentions: list[tuple[int, int, int]]
    pairs: list[tuple[int, int]]
    hands: list[tuple[int, int]]

    def met(self, *ones: int) -> Iterator[int]:
        """The words that mean one of them."""
        return (first for first, _, one in self.mentions if one in ones)

    @classmethod
    def of(cls, words: range, met: Sequence[tuple[int, int, str]], goods: Sequence[ThingMention]) -> Asking | None:
        """Those met in the stretch; None where nobody is."""
        low, high = bisect_left(met, (words.start,)), bisect_left(met, (words.stop,))
        here = [one for one in met[low:high] if one[1] < words.stop]
        people = _oftest([who for _, _, who in here if who], _MOST)
        if not people:
            return None
        first, stop = (bisect_left(goods, place, key=lambda one: one.first) for place in (words.start, words.stop))
        had = [one for one in goods[first:stop] if one.stop <= words.stop]
        things = _oftest([one.thing for one in had], _THINGS)
        own = {who: n for n, who in enumerate(people)}
        strangers = [(a, b) for a, b, who in here if not who][:_STRANGERS]
        goods_own = {thing: len(people) + len(strangers) + n for n, thing in enumerate(things)}
        mentions = [(a, b, own[who]) for a, b, who in here if who in own]
        mentions += [(a, b, len(people) + n) for n, (a, b) in enumerate(strangers)]
        mentions += [(one.first, one.stop - 1, goods_own[one.thing]) for one in had if one.thing in goods_own]
        near = [
            (a, b) for a in range(len(people)) for b in range(len(people)) if a != b and _apart(mentions, a, b) <= _NEAR
        ]
        hands = [(a, b) for a in range(len(people)) for b in goods_own.values() if _apart(mentions, a, b) <= _NEAR]
        return cls(people, len(strangers), things, sorted(mentions), near, hands)


def _oftest(all_: Sequence[T], most: int) -> list[T]:
    """Those met oftest, in order of their first place."""
    counted = Counter(all_)
    kept = {one for one, _ in counted.most_common(most)}
    return [one for one in counted if one in kept]


def _apart(mentions: Sequence[tuple[int, int, int]], a: int, b: int) -> int:
    """Words between the nearest mentions of two."""
    ones = [(first, last) for first, last, who in mentions if who == a]
    others = [(first, last) for first, last, who in mentions if who == b]
    return min(max(0, o[0] - s[1], s[0] - o[1]) for s in ones for o in others)


def _deaths(wording: Wording, words: range, asking: Asking, answer: Answer) -> Iterator[DeathClaim]:
    sure = _sigmoid(answer.dead)
    for number, (who, row) in enumerate(zip(asking.people, sure.tolist(), strict=False)):  # strangers come last
        at, evidence = _loudest(wording, words, answer.dead_seen[number], asking.met(number))
        yield DeathClaim(
            who=who,
            probability=round(row[0], 4),
            shown=round(row[1], 4),
            first=words.start,
            stop=words.stop,
            at=at,
            evidence=evidence,
        )


def _ties(wording: Wording, words: range, asking: Asking, answer: Answer, ties: Sequence[str]) -> Iterator[TieClaim]:
    sure = _sigmoid(answer.tie[:, : len(ties)])
    for (a, b), row, seen in zip(asking.pairs, sure, answer.tie_seen, strict=True):
        at, evidence = _loudest(wording, words, seen, asking.met(a, b))
        for kind in np.flatnonzero(row >= _LEAST).tolist():
            yield TieClaim(
                a=asking.people[a],
                b=asking.people[b],
                kind=ties[kind],
                probability=round(float(row[kind]), 4),
                first=words.start,
                stop=words.stop,
                at=at,
                evidence=evidence,
            )


def _hands(wording: Wording, words: range, asking: Asking, answer: Answer, deeds: Sequence[str]) -> Iterator[HandClaim]:
    sure = _sigmoid(answer.hand)
    for (who, thing), row, seen in zip(asking.hands, sure, answer.hand_seen, strict=True):
        at, evidence = _loudest(wording, words, seen, asking.met(who, thing))
        for deed in np.flatnonzero(row >= _LEAST).tolist():
            yield HandClaim(
                who=asking.people[who],
                thing=asking.things[thing - len(asking.people) - asking.strangers],
                deed=deeds[deed],
                probability=round(float(row[deed]), 4),
                first=words.start,
                stop=words.stop,
                at=at,
                evidence=evidence,
            )


def _loudest(wording: Wording, words: range, seen: Floats, met: Iterable[int]) -> tuple[int, Span]:
    """The word that weighs most in the sentence that does, and that sentence, as far as it stands in the stretch; only
    sentences in which somebody asked about is `met` are weighed."""
    sentence = np.array(wording.sentence[words.start : words.stop], np.int64)
    sentence -= sentence.min()
    weights = np.bincount(sentence, weights=seen)
    here = np.unique(sentence[[at - words.start for at in met]])
    best = int(here[weights[here].argmax()])
    own = np.flatnonzero(sentence == best)
    at = int(own[seen[own].argmax()])
    return words.start + at, Span(wording.starts[words.start + int(own[0])], wording.ends[words.start + int(own[-1])])


def _sigmoid(odds: Floats) -> Floats:
    sure: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return sure
