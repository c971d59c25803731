"""Which scenes go on where an earlier one broke off: the strands that a story interleaves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.order.heads import Head
from fabula.layers.order.signs import Sign
from fabula.segment.wording import Wording
from fabula.story import Scene

__all__ = ["Return", "Strands", "find_strands", "signs_of_strands"]

_REACH = 6
"""A strand is taken up again after at most so many scenes of others."""
_LIKE = 7.0
"""How much it weighs that a scene's words are more like an earlier one's than like those of the scene before it."""
_BAR = 1.0
"""What a scene must show to be taken for the continuation of an earlier one."""


class Return(msgspec.Struct, frozen=True):
    """Scene `to` goes on where scene `since` broke off, over the scenes told between them."""

    since: int
    to: int
    score: float


class Strands(msgspec.Struct, frozen=True):
    """For each scene the number of its strand, from 1 in order of telling; and the returns that show them."""

    of: tuple[int, ...]
    returns: tuple[Return, ...]
    people: tuple[frozenset[str], ...]


def find_strands(wording: Wording, scenes: Sequence[Scene], heads: Sequence[Head]) -> Strands:
    """The strands of a story; one for all where nothing is taken up again."""
    people = [frozenset(scene.present) for scene in scenes]
    vectors = _vectors(wording, scenes)
    strand = [0] * len(scenes)
    returns: list[Return] = []
    linked: set[int] = set()
    for told in range(1, len(scenes)):
        near = range(max(0, told - _REACH), told - 1)
        found = (Return(since, told, _score(since, told, people, vectors, heads, scenes)) for since in near)
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
    return Strands(_numbered(strand), tuple(returns), tuple(people))


def signs_of_strands(heads: Sequence[Head], strands: Strands) -> Iterator[Sign]:
    """What goes on happened after what it goes on from: the end of the one and the beginning of the other show it."""
    for found in strands.returns:
        shown = (heads[found.since].closing, heads[found.to].opening)
        yield Sign(before=found.since, after=found.to, kind="continues", weight=0.4, evidence=shown)


def _numbered(strand: Sequence[int]) -> tuple[int, ...]:
    number: dict[int, int] = {}
    return tuple(number.setdefault(one, len(number) + 1) for one in strand)


def _score(
    since: int,
    told: int,
    people: Sequence[frozenset[str]],
    vectors: Sequence[dict[str, float]],
    heads: Sequence[Head],
    scenes: Sequence[Scene],
) -> float:
    before, here, last = people[since], people[told], people[told - 1]
    other = frozenset[str]().union(*people[since + 1 : told])
    score = _LIKE * (_like(vectors[since], vectors[told]) - _like(vectors[told - 1], vectors[told]))
    score += 1.1 * bool((before & here) - other) + 0.6 * bool(other - before - here)
    score -= 0.8 * bool((last & here) - before)
    head = heads[told]
    score += 0.7 * (head.resumes is not None) + 0.3 * head.speech - 0.4 * (head.on is not None)
    score -= 0.8 * (head.far is not None or head.near is not None)
    place = scenes[told].place
    if place is not None and place == scenes[since].place and place != scenes[told - 1].place:
        score += 0.5
    if (heads[since].first_person < 0.01) != (heads[told - 1].first_person < 0.01):
        score += 0.8 if (heads[told].first_person < 0.01) == (heads[since].first_person < 0.01) else -0.8
    score -= 0.1 * (told - since - 2)
    return score


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
