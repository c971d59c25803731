"""Which scenes go on where an earlier one broke off: the strands that a story interleaves."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.order.heads import Head
from fabula.layers.order.signs import Sign
from fabula.segment.wording import Wording
from fabula.story import Quote, Scene

__all__ = ["Return", "Strands", "find_strands", "signs_of_strands"]

_REACH = 6
"""A strand is taken up again after at most so many scenes of others."""
_LIKE = 8.5
"""How much it weighs that a scene's words are more like an earlier one's than like those of the scene before it."""
_AS_I = 0.01
"""A scene is told as "I" where so much of its narration is "I", "my" and "me"."""
_BAR = 1.6
"""What a scene must show to be taken for the continuation of an earlier one, …"""
_BAR_KNOWN = 0.6
"""… and what, where the scene between them says that it goes back in time."""


class Return(msgspec.Struct, frozen=True):
    """Scene `to` goes on where scene `since` broke off, over the scenes told between them."""

    since: int
    to: int
    score: float


class Strands(msgspec.Struct, frozen=True):
    """The strands of a story.

    Attributes:
        of: for each scene the number of its strand, from 1 in order of telling.
        returns: what shows them.
        people: who is there, scene by scene.
        likely: how much speaks for one scene going on in another, by their numbers.
    """

    of: tuple[int, ...]
    returns: tuple[Return, ...]
    people: tuple[frozenset[str], ...]
    likely: dict[tuple[int, int], float]

    def resumed(self, since: int) -> int | None:
        """The scene in which scene `since` is likeliest to go on, if something else is known to come between."""
        found = {to: score for (one, to), score in self.likely.items() if one == since and score >= _BAR_KNOWN}
        return max(found, key=lambda to: (found[to], -to), default=None)


def find_strands(
    wording: Wording, scenes: Sequence[Scene], heads: Sequence[Head], quotes: Sequence[Quote] = ()
) -> Strands:
    """The strands of a story; one for all where nothing is taken up again."""
    traits = _traits(wording, scenes, heads, quotes)
    strand = [0] * len(scenes)
    returns: list[Return] = []
    linked: set[int] = set()
    likely: dict[tuple[int, int], float] = {}
    for told in range(1, len(scenes)):
        near = range(max(0, told - _REACH), told - 1)
        found = [Return(since, told, _score(since, told, traits)) for since in near]
        likely |= {(one.since, told): one.score for one in found}
        best = max(found, key=lambda one: (one.score, one.since), default=None)
        if best is None or best.score < _BAR:
            strand[told] = strand[told - 1]
            continue
        returns.append(best)
        linked |= {best.since, told}
        strand[told] = strand[best.since]
        fresh = max(strand) + 1
        for between in range(best.since + 1, told):  # what only followed is a strand of its own, now that it is left
            if between in linked or strand[between] != strand[told]:
                break
            strand[between] = fresh
    return Strands(_numbered(strand), tuple(returns), tuple(one.people for one in traits), likely)


def signs_of_strands(heads: Sequence[Head], strands: Strands) -> Iterator[Sign]:
    """What goes on happened after what it goes on from: the end of the one and the beginning of the other show it."""
    for found in strands.returns:
        shown = (heads[found.since].closing, heads[found.to].opening)
        yield Sign(before=found.since, after=found.to, kind="continues", weight=0.4, evidence=shown)


def _numbered(strand: Sequence[int]) -> tuple[int, ...]:
    number: dict[int, int] = {}
    return tuple(number.setdefault(one, len(number) + 1) for one in strand)


class _Traits(msgspec.Struct, frozen=True):
    """By what one knows scenes of one strand: who is there, who speaks, its rare words, how it opens, its place."""

    people: frozenset[str]
    voices: frozenset[str]
    words: dict[str, float]
    head: Head
    place: str | None

    @property
    def as_i(self) -> bool:
        """Whether it is told as "I"."""
        return self.head.first_person >= _AS_I


def _traits(wording: Wording, scenes: Sequence[Scene], heads: Sequence[Head], quotes: Sequence[Quote]) -> list[_Traits]:
    starts = [scene.start for scene in scenes]
    voices: list[set[str]] = [set() for _ in scenes]
    for quote in quotes:
        if quote.depth == 0 and quote.mode == "spoken" and quote.speaker is not None:
            voices[max(0, bisect_right(starts, quote.start) - 1)].add(quote.speaker)
    vectors = _vectors(wording, scenes)
    return [
        _Traits(frozenset(scene.present), frozenset(said), words, head, scene.place)
        for scene, said, words, head in zip(scenes, voices, vectors, heads, strict=True)
    ]


def _score(since: int, told: int, traits: Sequence[_Traits]) -> float:
    """How much speaks for scene `told` going on from `since` rather than from the scene before it: natural log odds,
    but for a constant, from the gold stories."""
    before, here, last = traits[since], traits[told], traits[told - 1]
    other = frozenset[str]().union(*(one.people for one in traits[since + 1 : told]))
    head = here.head
    score = _LIKE * (_like(before.words, here.words) - _like(last.words, here.words))
    score += 0.5 * (_shared(before.people, here.people) - _shared(last.people, here.people))
    score += 0.4 * bool((before.people & here.people) - other) + 1.0 * bool((before.voices & here.voices) - last.voices)
    score += 1.0 * (head.resumes is not None) + 0.9 * head.speech - 0.4 * (head.on is not None)
    score -= 0.8 * (head.far is not None or head.near is not None)
    score += 0.5 * (here.place is not None and here.place == before.place != last.place)
    if before.as_i != last.as_i:
        score += 0.8 if here.as_i == before.as_i else -0.8
    return score - 0.25 * (told - since - 2)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _vectors(wording: Wording, scenes: Sequence[Scene]) -> list[dict[str, float]]:
    """For each scene its rare words, weighed by how rare they are, of length 1."""
    common = lexicon.words("function_words")
    counts = [
        Counter(
            w for i in wording.within(scene) if (w := wording.lower[i]).isalpha() and len(w) > 2 and w not in common
        )
        for scene in scenes
    ]
    held = Counter(word for count in counts for word in count)
    many = len(scenes)
    vectors = []
    for count in counts:
        raw = {
            word: (1 + math.log(number)) * math.log(1 + many / held[word])
            for word, number in count.items()
            if held[word] > 1 or many == 1
        }
        size = math.sqrt(sum(v * v for v in raw.values()) + sum(math.log(1 + many) ** 2 for w in count if held[w] == 1))
        vectors.append({word: value / size for word, value in raw.items()} if size else {})
    return vectors


def _like(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other.get(word, 0.0) for word, value in one.items())
