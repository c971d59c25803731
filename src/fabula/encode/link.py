"""Which earlier mentions each mention may mean the same as."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.encode.encoding import Encoding
from fabula.encode.pairs import Places, link_features, place_spans
from fabula.encode.session import Network
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Links", "link_mentions", "link_places"]

_REACH = 60
"""Mentions back."""
_SURE, _UNLIKE = 15.0, -8.0
"""Log odds beyond which one pair says no more, for and against."""
_DISAGREED = 0.1
"""What disagreement with a cluster counts for: without it CoNLL F1 on LitBank's development documents is .679, at .05
.682, at .1 .686, at .2 .679; who is merged wrongly once draws in everybody after."""
_BLOCK = 64
"""Mentions linked at once."""
_ABREAST = 2
"""Blocks compared at the same time, each by one thread; more gain little beside what stays with one."""


class Links(NamedTuple):
    """For each of M mentions the `reach` before it: log odds that both mean the same, against somebody new (0).

    `odds[m, k]` is about the mention k + 1 before m, -inf where there is none.
    """

    odds: NDArray[np.float32]

    def best(self) -> NDArray[np.int64]:
        """M: the one earlier mention each most likely means the same as, -1 where somebody new is likelier."""
        many = len(self.odds)
        if not many or not self.odds.shape[1]:
            return np.full(many, -1, np.int64)
        back = self.odds.argmax(1)
        new = self.odds[np.arange(many), back] <= 0
        return np.where(new, -1, np.arange(many) - back - 1)

    def clusters(self) -> NDArray[np.int64]:
        """M numbers, the same for mentions that mean the same, in order of first appearance.

        A mention joins the cluster whose members together are likeliest, unless somebody new is likelier: learned was
        the sum over all right mentions before, and LitBank's development documents bear it out (CoNLL F1 .649; .607
        when each joins its one likeliest mention). The mean odds of the members that speak against it weigh a little.
        """
        found = np.zeros(len(self.odds), np.int64)
        many = 0
        for m, row in enumerate(self.odds):
            odds = row[:m]
            groups = found[m - 1 :: -1][: len(odds)] if m else found[:0]
            masses = np.bincount(groups, np.exp(np.minimum(odds, _SURE)), minlength=1)
            against = np.bincount(groups, np.clip(odds, _UNLIKE, 0), minlength=1)
            members = np.maximum(1, np.bincount(groups, minlength=1))
            masses = masses * np.exp(_DISAGREED * against / members)
            best = int(masses.argmax())
            joins = masses[best] > 1
            found[m] = best if joins else many
            many += not joins
        return found


def link_mentions(
    wording: Wording, encoding: Encoding, network: Network, mentions: Sequence[Mention], *, reach: int = _REACH
) -> Links:
    """Compare each mention of a text with the `reach` before it. The mentions are in order of place, none empty."""
    return link_places(encoding, place_spans(wording, mentions), network, reach=reach)


def link_places(encoding: Encoding, mentions: Places, network: Network, *, reach: int = _REACH) -> Links:
    """As `link_mentions`, for mentions already laid out.

    Args:
        encoding: of the text.
        mentions: laid out by `encode.pairs.place_mentions`, in order of place.
        network: of the pack that made the encoding.
        reach: how many mentions back one may mean the same.
    """
    many = len(mentions.first)
    odds = np.full((many, min(reach, max(0, many - 1))), -np.inf, np.float32)
    vectors = encoding.vectors(mentions.first, mentions.last)

    def compare(at: int) -> None:
        end, start = min(at + _BLOCK, many), max(0, at - odds.shape[1])
        later, earlier = mentions.some(slice(at, end)), mentions.some(slice(start, end - 1))
        scored = network.link(vectors[at:end], vectors[start : end - 1], link_features(later, earlier))
        for m in range(at, end):
            back = np.arange(m - 1, max(start, m - odds.shape[1]) - 1, -1)
            odds[m, : len(back)] = scored[m - at, back - start]

    with ThreadPoolExecutor(_ABREAST) as readers:
        for _ in readers.map(compare, range(1, many, _BLOCK)):
            pass
    return Links(odds)
