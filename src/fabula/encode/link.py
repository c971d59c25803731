"""Which earlier mention each mention means the same as, by the encoder's vectors and what the words themselves say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.encode.encoding import Encoding
from fabula.encode.session import Network

__all__ = ["FEATURES", "Links", "bare_words", "link_mentions", "numbered", "pair_features"]

Numbers = NDArray[np.int64]

_STEPS = 11
FEATURES = _STEPS + 4
"""How far apart (eleven steps, each twice the last), the same words, the same last word, one inside the other, next."""
_PAIRS = 16_384
"""Pairs compared at once, which takes about 60 MB."""

_LIGHT = frozenset("the a an this that his her its my our your their 's ’s mr mr. mrs mrs. miss sir".split())


class Links(NamedTuple):
    """For each of M mentions, the earlier mention it most likely means the same as (-1: somebody new), and how surely.

    `score` is the log odds against somebody new; 0 where there is no earlier mention.
    """

    earlier: Numbers
    score: NDArray[np.float32]

    def clusters(self) -> Numbers:
        """M numbers, the same for mentions that are linked, in order of first appearance."""
        found = np.zeros(len(self.earlier), np.int64)
        many = 0
        for number, earlier in enumerate(self.earlier.tolist()):
            found[number] = many if earlier < 0 else found[earlier]
            many += earlier < 0
        return found


def link_mentions(
    encoding: Encoding, forms: Sequence[str], network: Network, chosen: Numbers, *, reach: int = 200
) -> Links:
    """Link each chosen mention to the best of the `reach` chosen before it, if that is likelier than somebody new.

    Args:
        encoding: of the text.
        forms: its words.
        network: of the pack that made the encoding.
        chosen: numbers of possible mentions of the encoding, in order of place.
        reach: how many mentions back one may mean the same.
    """
    first, last = encoding.first[chosen].astype(np.int64), encoding.last[chosen].astype(np.int64)
    words = [bare_words(forms[a : b + 1]) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    whole, tail = numbered(words), numbered([word[-1:] for word in words])
    vectors = encoding.vector[chosen].astype(np.float32)
    best = np.full(len(chosen), -1, np.int64)
    score = np.zeros(len(chosen), np.float32)
    step = max(1, _PAIRS // reach)
    for at in range(1, len(chosen), step):
        block = np.arange(at, min(at + step, len(chosen)))
        later = np.repeat(block, np.minimum(block, reach))
        earlier = np.concatenate([np.arange(max(0, m - reach), m) for m in block.tolist()])
        features = pair_features(later, earlier, first, last, whole, tail)
        odds = network.compare(vectors[later], vectors[earlier], features)
        for m in block.tolist():
            own = slice(*np.searchsorted(later, [m, m + 1]))
            top = int(odds[own].argmax())
            score[m] = odds[own][top]
            if score[m] > 0:
                best[m] = earlier[own][top]
    return Links(best, score)


def bare_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a mention that can be compared with another's: lower case, without articles and the like."""
    lower = [word.lower() for word in words]
    return tuple(word for word in lower if word not in _LIGHT) or tuple(lower)


def numbered(words: Sequence[tuple[str, ...]]) -> Numbers:
    """A number for each, the same for the same words."""
    known: dict[tuple[str, ...], int] = {}
    return np.fromiter((known.setdefault(word, len(known)) for word in words), np.int64, len(words))


def pair_features(
    later: Numbers, earlier: Numbers, first: Numbers, last: Numbers, whole: Numbers, tail: Numbers
) -> NDArray[np.float32]:
    """P×FEATURES for the pairs (later[p], earlier[p]) of mentions.

    Args:
        later, earlier: which mentions make each pair.
        first, last: the first and the last word of each mention.
        whole, tail: `numbered` bare words of each mention, and their last words.
    """
    features = np.zeros((len(later), FEATURES), np.float32)
    gap = np.maximum(0, first[later] - last[earlier])
    step = np.minimum(_STEPS - 1, np.log2(1 + gap).astype(np.int64))
    features[np.arange(len(later)), step] = 1
    features[:, _STEPS] = whole[later] == whole[earlier]
    features[:, _STEPS + 1] = tail[later] == tail[earlier]
    features[:, _STEPS + 2] = first[later] <= last[earlier]
    features[:, _STEPS + 3] = later - earlier == 1
    return features
